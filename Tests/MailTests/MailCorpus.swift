import Foundation
import Mail

/// What the adapters of mail corpora share: comparing a tree of parts with a read message, strictly in words and
/// bytes, loosely in white space.
extension CorpusFacts {
  /// White space of any kind is one space; nothing else is forgiven.
  static func spaced(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace || scalar.value == 0 || scalar.value == 0xFEFF {
        if out.last != " ", !out.isEmpty { out.append(" ") }
      } else {
        out.append(scalar)
      }
    }
    if out.last == " " { out.removeLast() }
    return String(out)
  }

  static func holds(_ text: String, _ part: String) -> Bool {
    contains(Array(spaced(text).utf8), Array(spaced(part).utf8))
  }

  static func same(_ one: String, _ other: String) -> Bool { spaced(one) == spaced(other) }

  /// A name as the product would keep it.
  static func safe(_ name: String, _ type: String) -> String {
    MailAttachment(fileName: name, contentType: type, bytes: []).fileName
  }

  /// Bytes of a text file as Unicode, for oracles that tell text where the product keeps bytes.
  static func text(_ file: MailAttachment) -> String {
    String(validating: file.bytes, as: UTF8.self)
      ?? String(data: Data(file.bytes), encoding: .windowsCP1252) ?? String(decoding: file.bytes, as: UTF8.self)
  }

  static func mailboxes(_ list: [MailAddress]) -> [String] { list.map { "\($0.name) <\($0.address)>" } }

  /// Everything that looks like an address, for oracles that give a field as one text.
  static func addresses(in text: String) -> [String] {
    let separators = Set(" \t\r\n<>,;'()".unicodeScalars)
    // What stands in quotes before an address is its name.
    var quoted = false
    let bare = text.unicodeScalars.filter { scalar in
      if scalar == "\"" { quoted.toggle() }
      return !quoted && scalar != "\""
    }
    return bare.split(whereSeparator: { separators.contains($0) })
      .map { String(String.UnicodeScalarView($0)).lowercased() }.filter { $0.unicodeScalars.contains("@") }
  }

  /// No word and no file came out of something that had both.
  mutating func notLost(_ row: Row, _ message: MailMessage, _ raw: Data) {
    let empty = message.text.isEmpty && message.attachments.isEmpty && message.subject.isEmpty && message.html == nil
    check(row, "not lost", !empty || raw.allSatisfy { $0 <= 32 })
  }
}
