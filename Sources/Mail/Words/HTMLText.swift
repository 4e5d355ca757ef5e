import CGumbo

/// HTML as a person would read it aloud: blocks become lines, quotations get "> ", links keep their address
/// when it says more than their text, images their description; scripts and styles are not there.
/// The tree comes from gumbo (over `HTMLTidy`) and is walked with an own stack.
struct HTMLText {
  /// - Parameter images: file names by Content-ID, for images that stand in the text without a word.
  static func text(of html: String, images: [String: String] = [:], problems: inout [String]) -> String {
    read(html, images: images, problems: &problems).text
  }

  /// The text, and for each of its lines what the markup says of it.
  static func read(
    _ html: String, images: [String: String] = [:], problems: inout [String]
  ) -> (text: String, marks: [ReplyMarks]) {
    let tidy = HTMLTidy(html)
    if tidy.cut, !problems.contains("html_cut") { problems.append("html_cut") }
    var options = kGumboDefaultOptions
    options.max_errors = 0
    let output = tidy.out.withUnsafeBytes { buffer -> UnsafeMutablePointer<GumboOutput>? in
      guard let base = buffer.baseAddress, !buffer.isEmpty else { return nil }
      return gumbo_parse_with_options(&options, base.assumingMemoryBound(to: CChar.self), buffer.count)
    }
    guard let output else { return ("", []) }
    defer { gumbo_destroy_output(&options, output) }
    var writer = HTMLText()
    writer.images = images
    writer.walk(output.pointee.root)
    return writer.finished()
  }

  private var images: [String: String] = [:]
  private var lines: [[UInt8]] = []
  private var line: [UInt8] = []
  /// Marks of the finished lines, of the line at hand, of the elements it stands in, and for the next line alone.
  private var marks: [ReplyMarks] = []
  private var lineMarks: ReplyMarks = []
  private var open: [ReplyMarks] = []
  private var momentary: ReplyMarks = []
  private var space = false
  private var quotes = 0
  private var pre = 0
  /// Byte counts are enough to know what a link said: text written since it opened.
  private var links: [(href: String, text: [UInt8])] = []

  private typealias Node = UnsafeMutablePointer<GumboNode>

  private mutating func walk(_ root: Node?) {
    guard let root else { return }
    var stack: [(node: Node, next: Int)] = [(root, 0)]
    enter(root)
    while let top = stack.last {
      guard let child = child(top.node, top.next) else {
        stack.removeLast()
        leave(top.node)
        continue
      }
      stack[stack.count - 1].next += 1
      switch child.pointee.type {
      case GUMBO_NODE_ELEMENT, GUMBO_NODE_TEMPLATE:
        enter(child)
        stack.append((child, 0))
      case GUMBO_NODE_TEXT, GUMBO_NODE_WHITESPACE, GUMBO_NODE_CDATA:
        if let text = child.pointee.v.text.text { put(String(cString: text)) }
      default: break
      }
    }
  }

  private func child(_ node: Node, _ index: Int) -> Node? {
    let children = node.pointee.v.element.children
    guard index < Int(children.length), let data = children.data, let raw = data[index] else { return nil }
    return raw.assumingMemoryBound(to: GumboNode.self)
  }

  private mutating func enter(_ node: Node) {
    let tag = node.pointee.v.element.tag
    switch tag {
    case GUMBO_TAG_BR: breakLine()
    case GUMBO_TAG_HR:
      endLine()
      mark(node)
      for byte in "---".utf8 { append(byte) }
      return endLine()
    case GUMBO_TAG_IMG:
      if let words = words(ofImage: node) { put(" " + words + " ") }
    case GUMBO_TAG_A: links.append((attribute(node, "href") ?? "", []))
    case GUMBO_TAG_TD, GUMBO_TAG_TH: space = !line.isEmpty
    case GUMBO_TAG_LI:
      endLine()
      mark(node)
      return put("- ")
    case GUMBO_TAG_PRE:
      endLine()
      pre += 1
    case GUMBO_TAG_BLOCKQUOTE:
      endLine()
      quotes += 1
    default: if isBlock(tag) { isParagraph(tag) ? gap() : endLine() }
    }
    mark(node)
  }

  private mutating func mark(_ node: Node) {
    let own = attribute(node, "class").flatMap { UInt8($0) }.map { ReplyMarks(rawValue: $0) } ?? []
    var all = (open.last ?? []).union(own.subtracting(.momentary))
    if node.pointee.v.element.tag == GUMBO_TAG_BLOCKQUOTE, !all.contains(.cited) { all.insert(.indented) }
    momentary.formUnion(own.intersection(.momentary))
    open.append(all)
  }

  private mutating func leave(_ node: Node) {
    let tag = node.pointee.v.element.tag
    switch tag {
    case GUMBO_TAG_A:
      if let link = links.popLast() { addAddress(link.href, said: link.text) }
    case GUMBO_TAG_TD, GUMBO_TAG_TH: space = !line.isEmpty
    case GUMBO_TAG_PRE:
      endLine()
      pre -= 1
    case GUMBO_TAG_BLOCKQUOTE:
      endLine()
      quotes -= 1
    default: if isBlock(tag) { isParagraph(tag) ? gap() : endLine() }
    }
    _ = open.popLast()
  }

  private func isParagraph(_ tag: GumboTag) -> Bool {
    switch tag {
    case GUMBO_TAG_P, GUMBO_TAG_H1, GUMBO_TAG_H2, GUMBO_TAG_H3, GUMBO_TAG_H4, GUMBO_TAG_H5, GUMBO_TAG_H6,
      GUMBO_TAG_UL, GUMBO_TAG_OL, GUMBO_TAG_TABLE:
      true
    default: false
    }
  }

  private func isBlock(_ tag: GumboTag) -> Bool {
    switch tag {
    case GUMBO_TAG_A, GUMBO_TAG_IMG, GUMBO_TAG_TBODY, GUMBO_TAG_THEAD, GUMBO_TAG_TFOOT, GUMBO_TAG_HTML, GUMBO_TAG_HEAD,
      GUMBO_TAG_UNKNOWN:
      false
    default: true
    }
  }

  private func attribute(_ node: Node, _ name: String) -> String? {
    var list = node.pointee.v.element.attributes
    guard let found = gumbo_get_attribute(&list, name), let value = found.pointee.value else { return nil }
    return String(cString: value)
  }

  /// Its description, or else the name of the attached file it shows.
  private func words(ofImage node: Node) -> String? {
    if let alt = attribute(node, "alt"), !CleanText.isBlank(alt) { return alt }
    guard let place = attribute(node, "src").map({ Array($0.utf8) }), place.count > 4,
      asciiLowercased(place.prefix(4)).elementsEqual("cid:".utf8)
    else { return nil }
    let id = String(decoding: Parameters.percentDecoded(place[4...]), as: UTF8.self)
    return images[id].map { "[" + $0 + "]" }
  }

  /// Adds text; white space runs are one space outside `pre`.
  private mutating func put(_ text: String) {
    for byte in text.utf8 {
      if byte == 32 || (9...13).contains(byte) {
        if pre > 0, byte == 10 {
          breakLine()
        } else if pre > 0 {
          append(32)
        } else {
          space = !line.isEmpty
        }
        continue
      }
      if space {
        append(32)
        space = false
      }
      append(byte)
    }
  }

  private mutating func append(_ byte: UInt8) {
    if line.isEmpty {
      lineMarks = (open.last ?? []).union(momentary)
      momentary = []
    }
    line.append(byte)
    if let last = links.indices.last, links[last].text.count < 4_096 { links[last].text.append(byte) }
  }

  private mutating func breakLine() {
    // A no-break space is white space to a reader.
    lines.append(quotes > 0 ? Array("> ".utf8) + line : line)
    marks.append(line.isEmpty ? open.last ?? [] : lineMarks)
    line = []
    space = false
  }

  private mutating func endLine() {
    if !line.isEmpty { breakLine() }
    space = false
  }

  /// A paragraph's end: one empty line, never two.
  private mutating func gap() {
    endLine()
    if let last = lines.last, !last.isEmpty, last != Array("> ".utf8) {
      lines.append(quotes > 0 ? Array("> ".utf8) : [])
      marks.append(open.last ?? [])
    }
  }

  /// `text (address)` when the address says something that the text does not.
  private mutating func addAddress(_ href: String, said: [UInt8]) {
    let address = CleanText.line(href, limit: 2_048)
    let lower = asciiLowercased(Array(address.utf8))
    let shown = ["http://", "https://", "mailto:"].first { lower.starts(with: $0.utf8) }
    guard let shown else { return }
    var bare = lower.dropFirst(shown.utf8.count)
    if bare.last == 47 { bare = bare.dropLast() }
    let text = String(decoding: asciiLowercased(said), as: UTF8.self)
    if bare.isEmpty || text.contains(String(decoding: bare, as: UTF8.self)) { return }
    put(said.isEmpty ? address : " (" + address + ")")
  }

  private mutating func finished() -> (text: String, marks: [ReplyMarks]) {
    endLine()
    while let last = lines.last, last.isEmpty { lines.removeLast() }
    let start = lines.firstIndex { !$0.isEmpty } ?? 0
    let text = String(decoding: Array(lines[start...].joined(separator: [10])), as: UTF8.self)
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { out.append(scalar.value == 0xA0 ? " " : scalar) }
    return (String(out), Array(marks[start..<lines.endIndex]))
  }
}
