import SOP

/// A finished plain text as HTML: escaped byte for byte, paragraphs as they stand, and our own link, and only that one,
/// as an anchor. Nothing anyone wrote becomes an element or an address.
enum LetterHTML {
  static func page(_ text: String, title: String, link: String, language: Language) -> String {
    let body = paragraphs(text).map { "<p>\(anchored($0, link: link))</p>" }.joined(separator: "\n")
    return """
      <!DOCTYPE html>
      <html lang="\(language.rawValue)">
      <head><meta charset="utf-8"><title>\(escape(title))</title></head>
      <body style="font-family:sans-serif;font-size:16px;line-height:1.5;max-width:40em">
      \(body)
      </body>
      </html>

      """
  }

  /// Every byte that means something in HTML text or attributes, as a reference.
  static func escape(_ text: String) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(text.utf8.count + 64)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): out += "&amp;".utf8
      case UInt8(ascii: "<"): out += "&lt;".utf8
      case UInt8(ascii: ">"): out += "&gt;".utf8
      case UInt8(ascii: "\""): out += "&quot;".utf8
      case UInt8(ascii: "'"): out += "&#39;".utf8
      case UInt8(ascii: "`"): out += "&#96;".utf8
      default: out.append(byte)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func paragraphs(_ text: String) -> [[String]] {
    var all: [[String]] = []
    var current: [String] = []
    for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      if line.isEmpty {
        if !current.isEmpty { all.append(current) }
        current = []
      } else {
        current.append(String(decoding: line, as: UTF8.self))
      }
    }
    if !current.isEmpty { all.append(current) }
    return all
  }

  /// A line that is our link and nothing else becomes an anchor.
  private static func anchored(_ lines: [String], link: String) -> String {
    let isWeb = link.utf8.starts(with: "https://".utf8) || link.utf8.starts(with: "http://".utf8)
    return lines.map { line in
      let escaped = escape(line)
      return isWeb && line.utf8.elementsEqual(link.utf8) ? "<a href=\"\(escaped)\">\(escaped)</a>" : escaped
    }.joined(separator: "<br>\n")
  }
}
