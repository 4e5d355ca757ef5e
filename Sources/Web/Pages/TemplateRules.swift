// What a template of the house may contain; checked for every file before it is compiled.
//
// Mustache here is: {{name}} {{{nameHTML}}} {{#name}} {{^name}} {{/name}} {{>file}} {{<file}} {{$block}} {{!comment}}.
// No transforms, no dynamic partials, no own delimiters, no dotted names. No inline script, style or event handler:
// the content security policy forbids them, and HTML escaping would not be enough inside them.

/// One tag of a template.
struct TemplateTag: Equatable, Sendable {
  enum Kind: Equatable, Sendable { case text, clean, section, inverted, end, partial, layout, block }
  let kind: Kind
  let name: String
  /// Where the tag begins, in bytes.
  let offset: Int
}

/// Why a template is refused: a defect of the program, found at start.
struct TemplateDefect: Error, Equatable, CustomStringConvertible {
  let file: String
  let reason: String
  var description: String { "template \(file): \(reason)" }
}

enum TemplateRules {
  /// The tags of `source` in order; throws when one of them is not allowed.
  static func tags(of source: String, file: String) throws(TemplateDefect) -> [TemplateTag] {
    let bytes = Array(source.utf8)
    var tags: [TemplateTag] = []
    var at = 0
    while at + 1 < bytes.count {
      guard bytes[at] == 123, bytes[at + 1] == 123 else {
        at += 1
        continue
      }
      let start = at
      let triple = at + 2 < bytes.count && bytes[at + 2] == 123
      at += triple ? 3 : 2
      let from = at
      while at < bytes.count, bytes[at] != 125 { at += 1 }
      let inner = String(decoding: bytes[from..<at], as: UTF8.self)
      at += triple ? 3 : 2
      guard at <= bytes.count else { throw TemplateDefect(file: file, reason: "tag without an end: \(inner)") }
      if let tag = try tag(inner, triple: triple, offset: start, file: file) { tags.append(tag) }
    }
    try checkMarkup(source, tags: tags, file: file)
    return tags
  }

  private static func tag(
    _ inner: String, triple: Bool, offset: Int, file: String
  ) throws(TemplateDefect) -> TemplateTag? {
    let signs: [Character: TemplateTag.Kind] = [
      "#": .section, "^": .inverted, "/": .end, ">": .partial, "<": .layout, "$": .block,
    ]
    if inner.first == "!" { return nil }
    var kind = TemplateTag.Kind.text
    var name = Substring(inner)
    if triple {
      kind = .clean
    } else if let first = inner.first, let sign = signs[first] {
      kind = sign
      name = name.dropFirst()
    }
    let plain = name.utf8.allSatisfy { (65...90).contains($0) || (97...122).contains($0) || (48...57).contains($0) }
    let path = name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 47 || $0 == 45 }
    let isFile = kind == .partial || kind == .layout || kind == .end
    guard !name.isEmpty, isFile ? path || plain : plain else {
      throw TemplateDefect(file: file, reason: "tag not allowed here: \(inner)")
    }
    guard (kind == .clean) == (NameRule.of(String(name)) == .clean) || isFile || kind == .section || kind == .inverted
    else { throw TemplateDefect(file: file, reason: "three braces go with a name that ends in HTML: \(inner)") }
    return TemplateTag(kind: kind, name: String(name), offset: offset)
  }

  /// Attributes that hold an address: their value begins with a fixed path or is one `…Link`.
  private static let addressed = [
    "href=\"", "src=\"", "action=\"", "formaction=\"", "data-live=\"", "data-draft=\"", "poster=\"",
  ]

  private static func checkMarkup(_ source: String, tags: [TemplateTag], file: String) throws(TemplateDefect) {
    let lower = Array(source.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 })
    for word in ["<style", " style=", "javascript:", "={{", "='", "<script>", "<iframe", "<base", "<object"] {
      if !offsets(of: word, in: lower).isEmpty { throw TemplateDefect(file: file, reason: "not allowed: \(word)") }
    }
    for at in offsets(of: " on", in: lower) where isHandler(lower, from: at + 3) {
      throw TemplateDefect(file: file, reason: "event handler in the markup")
    }
    for word in addressed {
      for at in offsets(of: word, in: lower) {
        let start = at + word.utf8.count
        guard let tag = tags.first(where: { $0.offset == start }), tag.kind == .text else { continue }
        guard NameRule.of(tag.name) == .link else {
          throw TemplateDefect(file: file, reason: "an address must be a name that ends in Link: \(tag.name)")
        }
      }
    }
  }

  /// Is this the rest of an attribute such as `onclick=`?
  private static func isHandler(_ bytes: [UInt8], from: Int) -> Bool {
    var at = from
    while at < bytes.count, (97...122).contains(bytes[at]) { at += 1 }
    return at > from && at < bytes.count && bytes[at] == 61
  }

  private static func offsets(of word: String, in bytes: [UInt8]) -> [Int] {
    let word = Array(word.utf8)
    guard !word.isEmpty, bytes.count >= word.count else { return [] }
    return (0...(bytes.count - word.count)).filter {
      bytes[$0] == word[0] && bytes[$0..<($0 + word.count)].elementsEqual(word)
    }
  }
}
