/// A judge of cleaned HTML. It shares nothing with what cleans: it knows the few forms that may leave, and whatever else
/// it meets is a fault in words.
struct StrictHTML {
  private static let elements = Set(
    """
    a abbr b bdi big blockquote br caption center cite code dd del dfn div dl dt em font h1 h2 h3 h4 h5 h6 hr i img ins
    kbd li mark ol p pre q s samp small span strong sub sup table tbody td tfoot th thead tr u ul var
    """.split { $0 == " " || $0 == "\n" }.map(String.init))
  private static let attributes = Set(
    """
    align alt bgcolor border cellpadding cellspacing color colspan data-cid data-remote-src dir face height href lang
    nowrap referrerpolicy rel rowspan size src start style target title type valign value width
    """.split { $0 == " " || $0 == "\n" }.map(String.init))
  private static let references: [String: String] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "#39": "'", "#96": "`",
  ]

  private(set) var faults: [String] = []
  /// The text between the tags.
  private(set) var text = ""
  private(set) var links: [String] = []
  private(set) var images: [String] = []
  private var open: [String] = []
  private var rest: Substring.UnicodeScalarView

  init(_ html: String, remote: Bool = false) {
    rest = html[...].unicodeScalars
    while let scalar = rest.first {
      switch scalar {
      case "<": tag(remote)
      case ">", "\"", "'", "`": fault("a bare \(scalar)")
      default: if let next = character() { text.unicodeScalars.append(next) }
      }
    }
    if !open.isEmpty { faults.append("left open: \(open)") }
  }

  private mutating func fault(_ words: String) {
    faults.append(words)
    rest = rest.dropFirst()
  }

  private mutating func take(while fits: (Unicode.Scalar) -> Bool) -> String {
    let head = rest.prefix(while: fits)
    rest = rest.dropFirst(head.count)
    return String(String.UnicodeScalarView(head))
  }

  private mutating func takes(_ sign: Unicode.Scalar) -> Bool {
    guard rest.first == sign else { return false }
    rest = rest.dropFirst()
    return true
  }

  /// One scalar of text, its reference resolved.
  private mutating func character() -> Unicode.Scalar? {
    guard let scalar = rest.first else { return nil }
    rest = rest.dropFirst()
    switch scalar.value {
    case 38:
      let name = take { $0 != ";" && $0.isASCII && $0 != "<" && $0 != "&" }
      guard takes(";"), let resolved = Self.references[name] else {
        faults.append("reference \(name)")
        return nil
      }
      return resolved.unicodeScalars.first
    case 9, 10: return scalar
    case 0..<32, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069:
      faults.append("control \(scalar.value)")
      return nil
    default: return scalar
    }
  }

  private static func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) || scalar == "-"
  }

  private mutating func tag(_ remote: Bool) {
    rest = rest.dropFirst()
    let closing = takes("/")
    let name = take(while: Self.isNameScalar)
    if !Self.elements.contains(name) { faults.append("element \(name)") }
    if closing {
      if open.popLast() != name || !takes(">") { faults.append("end of \(name)") }
      return
    }
    var found: [String: String] = [:]
    while takes(" ") {
      let key = take(while: Self.isNameScalar)
      guard Self.attributes.contains(key), found[key] == nil, takes("="), takes("\"") else {
        faults.append("attribute \(key) of \(name)")
        return
      }
      var value = ""
      while let next = rest.first, next != "\"" {
        if next == "<" || next == ">" || next == "'" || next == "`" { faults.append("bare \(next) in \(key)") }
        if let scalar = character() { value.unicodeScalars.append(scalar) }
      }
      _ = takes("\"")
      found[key] = value
    }
    if !takes(">") { faults.append("end of the tag \(name)") }
    if !["br", "hr", "img"].contains(name) { open.append(name) }
    judge(name, found, remote)
  }

  private mutating func judge(_ name: String, _ found: [String: String], _ remote: Bool) {
    if let style = found["style"] { faults += Self.styleFaults(style) }
    let sources = Set(["src", "data-cid", "data-remote-src", "alt", "referrerpolicy"])
    if name != "img", !sources.isDisjoint(with: found.keys) { faults.append("source of \(name)") }
    if (name == "a") != (found["href"] != nil) { faults.append("address of \(name)") }
    if let address = found["href"] {
      links.append(address)
      let known = ["http://", "https://", "mailto:", "tel:"].contains { address.utf8.starts(with: $0.utf8) }
      if !known || !address.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) { faults.append("link \(address)") }
      if found["rel"] != "noopener noreferrer nofollow" || found["target"] != "_blank" { faults.append("rel \(found)") }
    }
    if let source = found["src"] {
      images.append(source)
      let own = source.utf8.first == 47 && source.utf8.dropFirst().first != 47 && found["data-cid"] != nil
      let data = ["png", "gif", "jpeg", "jpg", "webp"].contains {
        source.utf8.starts(with: "data:image/\($0);base64,".utf8)
      }
      let outside = remote && ["http://", "https://"].contains { source.utf8.starts(with: $0.utf8) }
      if !own, !data, !outside { faults.append("source \(source)") }
    }
  }

  /// `property: value; …` of plain signs; a parenthesis only behind rgb.
  private static func styleFaults(_ style: String) -> [String] {
    var faults: [String] = []
    let forbidden = [
      "\\", "/", "@", "{", "}", "<", "\"", "!", "url", "expression", "import", "javascript", "behavior", "binding",
      "position:", "position :", "z-index", "content:", "none; visibility", "display: none", "opacity", "transform:",
      "filter", "animation", "cursor", "var(", "env(", "attr(", "image",
    ]
    let lower = Array(asciiLower(style).utf8)
    for word in forbidden where CorpusFacts.contains(lower, Array(word.utf8)) { faults.append("style \(word)") }
    let pieces = lower.split(separator: 40, omittingEmptySubsequences: false)
    for piece in pieces.dropLast()
    where !piece.reversed().starts(with: "bgr".utf8) && !piece.reversed().starts(with: "abgr".utf8) {
      faults.append("function in \(style)")
    }
    for part in lower.split(separator: 59) {
      let name = part.drop { $0 == 32 }.prefix { $0 != 58 }
      let plain = name.allSatisfy { (97...122).contains($0) || $0 == 45 }
      if !plain || name.isEmpty || part.count(where: { $0 == 58 }) != 1 { faults.append("declaration in \(style)") }
      if part.contains(45), zip(part, part.dropFirst()).contains(where: { ($0 == 32 || $0 == 58) && $1 == 45 }) {
        faults.append("negative in \(style)")
      }
    }
    return faults
  }

  private static func asciiLower(_ text: String) -> String {
    String(
      String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.lowercaseMapping.unicodeScalars.first ?? $0 }))
  }
}
