// How text becomes HTML.
//
// In: any text, hostile or not. Out: text that is inert between tags and inside double quotes.
// The escaper works on UTF-8 bytes: the library's own works on Characters, and a mark such as U+0600 before `<`
// makes one Character of both, which then passes unescaped.
// Only `CleanHTML` is written without escaping, and only `Link` stands in an address; `PageValue` holds both to it.

import Mustache

/// `text` with `& < > " ' `` written as character references; every other byte is kept.
func escapeHTML(_ text: String) -> String {
  var text = text
  return text.withUTF8 { bytes in
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count + 64)
    for byte in bytes {
      switch byte {
      case 38: out += "&amp;".utf8
      case 60: out += "&lt;".utf8
      case 62: out += "&gt;".utf8
      case 34: out += "&quot;".utf8
      case 39: out += "&#39;".utf8
      case 96: out += "&#96;".utf8
      case 0: out += "\u{FFFD}".utf8
      default: out.append(byte)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}

/// The content type every template of the house is written in; the loader puts its pragma before each of them.
struct SafeHTML: MustacheContentType {
  static let pragma = "{{%CONTENT_TYPE:SIGAP}}\n"

  /// Registered once, before the first template is compiled.
  static let registered: Void = MustacheContentTypes.register(SafeHTML(), named: "SIGAP")

  func escapeText(_ text: String) -> String { escapeHTML(text) }
}

/// HTML that may be written as it is: made by the mail sanitiser, or drawn by our own code from escaped parts.
struct CleanHTML: Sendable, Equatable, MustacheCustomRenderable {
  let text: String

  /// - Parameter text: the output of the HTML sanitiser of the house, nothing else.
  init(sanitised text: String) { self.text = text }

  /// Plain text as HTML: escaped, with `<br>` for each line end.
  init(plain text: String) {
    let lines = text.utf8.split(separator: 10, omittingEmptySubsequences: false)
    self.text = lines.map { escapeHTML(String(decoding: $0, as: UTF8.self)) }.joined(separator: "<br>\n")
  }

  /// Drawings of our own (charts, delegation chains) written in code from escaped parts.
  init(drawn text: String) { self.text = text }

  var renderText: String { text }
  var isNull: Bool { text.isEmpty }
}

/// An address that may stand in `href`, `src` or `action`: this site's own path, a place on the page, or an outside
/// address of a known kind. There is no way to make one from free text that would run as a script.
struct Link: Sendable, Equatable, MustacheCustomRenderable {
  let text: String

  /// A path of this site, written in code.
  init(_ path: StaticString) { text = path.description }

  /// A path of this site whose further segments are data, for example `Link("/meja/tiket", number)`.
  /// - Parameter query: pairs put behind `?`; pairs whose value is nil are left out.
  init(_ path: StaticString, _ segments: String..., query: [(String, String?)] = []) {
    self.init(path: path.description, segments: segments, query: query)
  }

  init(path: String, segments: [String], query: [(String, String?)]) {
    var out = path
    for segment in segments { out += (out.utf8.last == 47 ? "" : "/") + Link.encode(segment) }
    var separator = "?"
    for (name, value) in query {
      guard let value else { continue }
      out += separator + Link.encode(name) + "=" + Link.encode(value)
      separator = "&"
    }
    text = out
  }

  private init(checked text: String) { self.text = text }

  /// A place on the same page; the id is percent-encoded.
  static func anchor(_ id: String) -> Link { Link(checked: "#" + encode(id)) }

  /// An outside page: https only, printable ASCII only, at most 2,000 bytes; nil for anything else.
  static func web(_ address: String) -> Link? {
    let bytes = Array(address.utf8)
    guard bytes.count <= 2_000, address.utf8.starts(with: "https://".utf8),
      bytes.allSatisfy({ $0 > 32 && $0 < 127 && $0 != 34 && $0 != 60 && $0 != 62 && $0 != 92 })
    else { return nil }
    return Link(checked: address)
  }

  /// A mail address; nil unless it is plain ASCII with one `@`.
  static func mail(_ address: String) -> Link? {
    let bytes = Array(address.utf8)
    guard bytes.count <= 254, bytes.count(where: { $0 == 64 }) == 1, bytes.allSatisfy({ $0 > 32 && $0 < 127 })
    else { return nil }
    return Link(checked: "mailto:" + encode(address, keeping: [64, 43]))
  }

  /// A telephone number: its digits and a leading plus.
  static func phone(_ number: String) -> Link {
    Link(checked: "tel:" + String(decoding: number.utf8.filter { (48...57).contains($0) || $0 == 43 }, as: UTF8.self))
  }

  /// RFC 3986 §2.3: everything but the unreserved characters is percent-encoded, byte by byte. A segment that is
  /// only dots would be a step in the path, so its dots are encoded too.
  static func encode(_ text: String, keeping: Set<UInt8> = []) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    let dots = text.utf8.allSatisfy { $0 == 46 }
    var out: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 65...90, 97...122, 48...57, 45, 95, 126: out.append(byte)
      case 46 where !dots: out.append(byte)
      case _ where keeping.contains(byte): out.append(byte)
      default: out += [37, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  var renderText: String { text }
  var isNull: Bool { false }
}
