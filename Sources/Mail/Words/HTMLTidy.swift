/// HTML made tame before gumbo sees it.
///
/// Gumbo is a good HTML5 parser with costs an attacker can drive: thousands of attributes in one tag are
/// compared with each other, formatting elements are opened again in every paragraph, and its tree is freed by
/// recursion. So the sender's tags are scanned here in one pass and written anew: only elements that matter to
/// text, only `href`, `alt` and `src` of images, properly nested, at most `depth` deep and `tags` many. What is
/// not a tag is escaped; character references stay for gumbo. What classes, identifiers and borders say about
/// quotation and signature becomes a number in `class` (`ReplyMarks`); the sender's own names stay behind.
struct HTMLTidy {
  static let depth = 200
  static let tags = 50_000

  private(set) var out: [UInt8] = []
  private(set) var cut = false
  private let source: [UInt8]
  private var at = 0
  private var open: [String] = []
  private var written = 0

  private static let kept: Set<String> = [
    "a", "address", "article", "aside", "blockquote", "caption", "center", "dd", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "li", "main", "nav",
    "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
  ]
  private static let void: Set<String> = ["br", "hr", "img"]
  /// Their content is no text for a reader.
  private static let skipped: Set<String> = [
    "script", "style", "title", "template", "svg", "math", "textarea", "select", "iframe", "noembed", "noframes",
    "xmp", "object", "applet", "audio", "video", "canvas",
  ]

  init(_ html: String) {
    source = Array(html.utf8.prefix(MailLimits.text))
    cut = html.utf8.count > source.count
    out.reserveCapacity(source.count)
    run()
    while let name = open.popLast() { write("</\(name)>") }
  }

  private mutating func write(_ text: String) { out.append(contentsOf: text.utf8) }

  private mutating func run() {
    while at < source.count {
      let byte = source[at]
      if byte != 60 {
        if byte != 0 { out.append(byte) }
        at += 1
        continue
      }
      let next = at + 1 < source.count ? source[at + 1] : 0
      if next == 33 || next == 63 {
        skipDeclaration()
      } else if isLetter(next) {
        startTag()
      } else if next == 47, at + 2 < source.count, isLetter(source[at + 2]) {
        endTag()
      } else {
        write("&lt;")
        at += 1
      }
    }
  }

  private func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (97...122).contains(byte) }
  private func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

  /// `<!-- -->`, `<!doctype …>`, `<?xml …>`; conditional comments keep what they hold for other programs.
  private mutating func skipDeclaration() {
    if starts("<!--", at) {
      at += 4
      // `<!-->` and `<!--->` are whole comments (HTML §13.2.5.43).
      if starts(">", at) {
        at += 1
        return
      }
      if starts("->", at) {
        at += 2
        return
      }
      while at < source.count {
        if source[at] == 45, starts("-->", at) {
          at += 3
          return
        }
        if source[at] == 45, starts("--!>", at) {
          at += 4
          return
        }
        at += 1
      }
      return
    }
    while at < source.count, source[at] != 62 { at += 1 }
    at += 1
  }

  private func starts(_ word: String, _ index: Int) -> Bool {
    index <= source.count && source[index...].starts(with: word.utf8)
  }

  private mutating func tagName() -> String {
    let start = at
    while at < source.count, !isSpace(source[at]), source[at] != 47, source[at] != 62 { at += 1 }
    return String(decoding: asciiLowercased(source[start..<min(at, start + 20)]), as: UTF8.self)
  }

  private mutating func startTag() {
    at += 1
    let name = tagName()
    var wanted: [(String, [UInt8])] = []
    var marks: ReplyMarks = []
    var seen = 0
    while let (key, value) = attribute() {
      seen += 1
      if seen <= 40 { marks.formUnion(ReplyMarks.read(name, key, value)) }
      guard wanted.count < 3, ["href", "alt", "src"].contains(key), value.count <= 8 << 10 else { continue }
      if !wanted.contains(where: { $0.0 == key }) { wanted.append((key, value)) }
    }
    if Self.skipped.contains(name) { return skipContent(of: name) }
    guard Self.kept.contains(name) || Self.void.contains(name) else { return }
    written += 1
    guard written <= Self.tags else {
      cut = true
      return out.append(32)
    }
    if Self.void.contains(name) {
      write("<\(name)")
      if name == "img" { attributes(wanted, ["alt", "src"]) } else { mark(marks) }
      return write(">")
    }
    // These end their like by themselves; without it a list of 300 items would be 300 deep.
    if ["p", "li", "td", "th", "tr", "dd", "dt", "a"].contains(name), open.last == name { close(name) }
    guard open.count < Self.depth else {
      cut = true
      return out.append(10)
    }
    write("<\(name)")
    if name == "a" { attributes(wanted, ["href"]) }
    mark(marks)
    write(">")
    open.append(name)
  }

  private mutating func mark(_ marks: ReplyMarks) {
    if !marks.isEmpty { write(" class=\"\(marks.rawValue)\"") }
  }

  private mutating func attributes(_ wanted: [(String, [UInt8])], _ names: [String]) {
    for (key, value) in wanted where names.contains(key) {
      write(" \(key)=\"")
      for byte in value {
        switch byte {
        case 34: write("&quot;")
        case 60: write("&lt;")
        case 0: continue
        default: out.append(byte)
        }
      }
      write("\"")
    }
  }

  /// Next attribute of the tag at hand; nil past the `>`.
  private mutating func attribute() -> (String, [UInt8])? {
    while at < source.count, isSpace(source[at]) || source[at] == 47 { at += 1 }
    guard at < source.count else { return nil }
    if source[at] == 62 {
      at += 1
      return nil
    }
    let start = at
    at += 1
    while at < source.count, !isSpace(source[at]), source[at] != 47, source[at] != 62, source[at] != 61 { at += 1 }
    let key = String(decoding: asciiLowercased(source[start..<min(at, start + 10)]), as: UTF8.self)
    while at < source.count, isSpace(source[at]) { at += 1 }
    guard at < source.count, source[at] == 61 else { return (key, []) }
    at += 1
    while at < source.count, isSpace(source[at]) { at += 1 }
    guard at < source.count, source[at] != 62 else { return (key, []) }
    let quote = source[at]
    let from: Int
    if quote == 34 || quote == 39 {
      at += 1
      from = at
      while at < source.count, source[at] != quote { at += 1 }
      let value = Array(source[from..<at])
      at += 1
      return (key, value)
    }
    from = at
    while at < source.count, !isSpace(source[at]), source[at] != 62 { at += 1 }
    return (key, Array(source[from..<at]))
  }

  /// To the end tag of the same name, or to the end.
  private mutating func skipContent(of name: String) {
    let end = "</" + name
    while at < source.count {
      if source[at] == 60, at + 2 + name.utf8.count <= source.count,
        asciiLowercased(source[at..<(at + 2 + name.utf8.count)]).elementsEqual(end.utf8)
      {
        while at < source.count, source[at] != 62 { at += 1 }
        at += 1
        return
      }
      at += 1
    }
  }

  private mutating func endTag() {
    at += 2
    let name = tagName()
    while at < source.count, source[at] != 62 { at += 1 }
    at += 1
    guard Self.kept.contains(name) else { return }
    close(name)
  }

  /// Closes down to the element; a close without its open is nothing.
  private mutating func close(_ name: String) {
    guard open.contains(name) else { return }
    while let top = open.popLast() {
      write("</\(top)>")
      if top == name { return }
    }
  }
}
