/// A letter's text with holes: `{{number}}` is filled in, `{{#link}}…{{/link}}` stands only when there is one,
/// `{{^link}}…{{/link}}` only when there is none. The first line is the subject, the text begins after an empty line.
///
/// Templates are written by us (`LetterTexts…`) or by an administrator, never by anyone else: what people write only
/// ever fills a hole. A template may use nothing but the names of its letter: no partials, no raw or transformed
/// values, no pragmas. The result is plain text; HTML is made from the finished text (`LetterHTML`).
internal import Mustache
public import SOP

public struct LetterTemplate: Sendable {
  let subject: MustacheTemplate
  let body: MustacheTemplate

  /// Why a template is refused.
  public enum Flaw: Error, Sendable, Equatable {
    case tooLong
    case subjectMissing
    case subjectTooLong
    case bodyMissing
    case tagOpen
    /// Something between braces that is neither a name nor a section.
    case tagRefused(String)
    case nameUnknown(String)
    case sectionOpen(String)
    case notCompiled
  }

  /// Longest template, in bytes.
  public static let longest = 16 * 1_024

  init(_ source: String, for stem: LetterStem) throws(Flaw) {
    guard source.utf8.count <= LetterTemplate.longest else { throw .tooLong }
    let text = Clean.paragraphs(source)
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
    let first = lines.first.map { String(decoding: $0, as: UTF8.self) } ?? ""
    let rest = lines.count > 1 ? Clean.paragraphs(String(decoding: lines[1], as: UTF8.self)) : ""
    guard !Clean.line(first).isEmpty else { throw .subjectMissing }
    guard first.utf8.count <= 200 else { throw .subjectTooLong }
    guard !rest.isEmpty else { throw .bodyMissing }
    let names = stem.names
    try LetterTemplate.examine(first, names: names)
    try LetterTemplate.examine(rest, names: names)
    do {
      // TEXT: values go in as they are; the finished text is what gets escaped.
      subject = try MustacheTemplate(string: "{{%CONTENT_TYPE:TEXT}}" + first)
      body = try MustacheTemplate(string: "{{%CONTENT_TYPE:TEXT}}" + rest)
    } catch { throw .notCompiled }
  }

  /// Walks the tags byte by byte: every one must be a name of this letter or a section of one.
  private static func examine(_ text: String, names: Set<String>) throws(Flaw) {
    let bytes = Array(text.utf8)
    var open: [String] = []
    var index = 0
    while let start = pair(UInt8(ascii: "{"), in: bytes, from: index) {
      guard let end = pair(UInt8(ascii: "}"), in: bytes, from: start + 2) else { throw .tagOpen }
      let inside = Clean.line(String(decoding: bytes[(start + 2)..<end], as: UTF8.self), limit: 60)
      index = end + 2
      let sign = inside.utf8.first
      let isSection = sign == UInt8(ascii: "#") || sign == UInt8(ascii: "^") || sign == UInt8(ascii: "/")
      let name = isSection ? Clean.line(String(decoding: inside.utf8.dropFirst(), as: UTF8.self)) : inside
      guard !name.isEmpty, name.utf8.allSatisfy({ (65...90).contains($0) || (97...122).contains($0) }),
        index >= bytes.count || bytes[index] != UInt8(ascii: "}")
      else { throw .tagRefused(inside) }
      guard names.contains(name) else { throw .nameUnknown(name) }
      if sign == UInt8(ascii: "/") {
        guard open.popLast() == name else { throw .sectionOpen(name) }
      } else if isSection {
        open.append(name)
      }
    }
    if let left = open.last { throw .sectionOpen(left) }
  }

  private static func pair(_ byte: UInt8, in bytes: [UInt8], from: Int) -> Int? {
    var index = from
    while index + 1 < bytes.count {
      if bytes[index] == byte, bytes[index + 1] == byte { return index }
      index += 1
    }
    return nil
  }

  func render(_ values: [String: String]) -> (subject: String, text: String) {
    let filled = values.filter { !$0.value.isEmpty }
    return (Clean.line(subject.render(filled), limit: 160), LetterTemplate.squeezed(body.render(filled)))
  }

  /// At most one empty line in a row: sections that fell away leave no holes.
  private static func squeezed(_ text: String) -> String {
    var out: [UInt8] = []
    var breaks = 0
    for byte in Clean.paragraphs(text).utf8 {
      breaks = byte == UInt8(ascii: "\n") ? breaks + 1 : 0
      if breaks <= 2 { out.append(byte) }
    }
    return String(decoding: out, as: UTF8.self) + "\n"
  }
}

extension LetterTemplate.Flaw {
  /// What is wrong with the template and what to do, for the administrator who saves it.
  public func sentence(_ language: Language) -> String {
    switch self {
    case .tooLong:
      language.choose(
        "Naskah terlalu panjang; paling banyak 16 KB.", "The template is too long; it may have at most 16 KB.")
    case .subjectMissing:
      language.choose("Baris pertama adalah perihal; isi baris itu.", "The first line is the subject; fill it in.")
    case .subjectTooLong:
      language.choose("Perihal terlalu panjang; paling banyak 200 bita.", "The subject is longer than 200 bytes.")
    case .bodyMissing:
      language.choose("Isi surat setelah perihal masih kosong.", "There is no text after the subject.")
    case .tagOpen:
      language.choose("Ada tanda {{ tanpa penutup }}.", "There is a {{ without its }}.")
    case .tagRefused(let tag):
      language.choose(
        "Tanda {{\(tag)}} tidak diizinkan; pakai nama saja, misalnya {{number}}.",
        "The tag {{\(tag)}} is not allowed; use plain names such as {{number}}.")
    case .nameUnknown(let name):
      language.choose(
        "Nama {{\(name)}} tidak dikenal untuk surat ini.", "The name {{\(name)}} is not known to this letter.")
    case .sectionOpen(let name):
      language.choose(
        "Bagian {{#\(name)}} dan {{/\(name)}} tidak berpasangan dalam baris perihal atau isi.",
        "The section {{#\(name)}} and {{/\(name)}} do not pair up within subject or text.")
    case .notCompiled:
      language.choose("Naskah tidak dapat dibaca; periksa tanda kurungnya.", "The template could not be read.")
    }
  }
}
