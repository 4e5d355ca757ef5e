import CGumbo

/// Safe HTML out of the tree that gumbo made.
///
/// In: tamed HTML (`HTMLNesting`). Out: bytes that hold start tags of kept elements with checked attributes in double
/// quotes, their end tags, and escaped text, nothing else. No byte of the input reaches the output but through
/// `escape`. A browser that reads the output differently from gumbo still finds no other tag and no other attribute:
/// there is no element in it that would change how the bytes after it are cut into tokens.
struct HTMLWriter {
  private(set) var out: [UInt8] = []
  private(set) var cut = false
  private(set) var attributes: SafeAttributes

  private typealias Node = UnsafeMutablePointer<GumboNode>

  private struct Frame {
    let node: Node
    var next = 0
    /// What was written for it; nil: only its content.
    var element: HTMLVocabulary.Element?
    var start = 0
    var content = 0
  }

  private let limit: Int
  private var stack: [Frame] = []
  /// Frames with an element; the last one's name and where its content starts.
  private var depth = 0
  private var within: [(name: String, content: Int)] = []
  private var tags = 0

  init(attributes: SafeAttributes, limit: Int) {
    self.attributes = attributes
    self.limit = limit
  }

  /// Parses and writes. Gumbo's tree is freed before this returns.
  mutating func write(_ tame: [UInt8]) {
    var options = kGumboDefaultOptions
    options.max_errors = 0
    let output = tame.withUnsafeBytes { buffer -> UnsafeMutablePointer<GumboOutput>? in
      guard let base = buffer.baseAddress, !buffer.isEmpty else { return nil }
      return gumbo_parse_with_options(&options, base.assumingMemoryBound(to: CChar.self), buffer.count)
    }
    guard let output else { return }
    // The tree of an element points into the text of the input only by fields that are not read here.
    defer { gumbo_destroy_output(&options, output) }
    guard let root = output.pointee.root else { return }
    out.reserveCapacity(tame.count)
    stack = [Frame(node: root)]
    walk()
    trim()
  }

  private mutating func walk() {
    while let frame = stack.last {
      guard let child = child(frame.node, frame.next) else {
        leave(frame)
        stack.removeLast()
        continue
      }
      stack[stack.count - 1].next += 1
      switch child.pointee.type {
      case GUMBO_NODE_ELEMENT: enter(child)
      case GUMBO_NODE_TEXT, GUMBO_NODE_WHITESPACE: text(child)
      // Comments, templates and CDATA are not shown.
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
    let source = node.pointee.v.element
    guard source.tag_namespace == GUMBO_NAMESPACE_HTML, let raw = gumbo_normalized_tagname(source.tag) else { return }
    let name = String(cString: raw)
    if HTMLVocabulary.dropped.contains(name) || HTMLVocabulary.rawText.contains(name) { return }
    var frame = Frame(node: node)
    if let element = HTMLVocabulary.element(name) {
      let start = out.count
      if let tag = attributes.tag(element, pairs(source)), fits(tag) {
        out += tag
        tags += 1
        if element.kind == .void { return }
        frame.element = element
        frame.start = start
        frame.content = out.count
        within.append((element.name, out.count))
      }
    }
    stack.append(frame)
  }

  /// In bounds; `HTMLNesting` already kept them, here they are kept for the text as it is written.
  private mutating func fits(_ tag: [UInt8]) -> Bool {
    let fits = tags < HTMLNesting.tags && within.count < HTMLNesting.depth && out.count + tag.count < limit
    if !fits { cut = true }
    return fits
  }

  private mutating func leave(_ frame: Frame) {
    guard let element = frame.element else { return }
    within.removeLast()
    if element.mayVanish, out.count == frame.content {
      out.removeSubrange(frame.start...)
    } else {
      out += "</\(element.name)>".utf8
    }
  }

  private func pairs(_ element: GumboElement) -> [(name: String, value: [UInt8])] {
    var pairs: [(name: String, value: [UInt8])] = []
    for index in 0..<min(Int(element.attributes.length), HTMLScanner.attributes) {
      guard let raw = element.attributes.data?[index] else { continue }
      let attribute = raw.assumingMemoryBound(to: GumboAttribute.self).pointee
      guard attribute.attr_namespace == GUMBO_ATTR_NAMESPACE_NONE, let name = attribute.name,
        let value = attribute.value
      else { continue }
      pairs.append((String(cString: name), Array(String(cString: value).utf8)))
    }
    return pairs
  }

  private mutating func text(_ node: Node) {
    guard let raw = node.pointee.v.text.text else { return }
    let visible = SafeText.visible(String(cString: raw))
    guard !visible.isEmpty else { return }
    // The parser takes away one line end that follows the start tag (HTML §13.2.6.4.7).
    if let last = within.last, last.name == "pre", last.content == out.count, visible.first == 10 { out.append(10) }
    if !SafeText.escape(visible, into: &out, limit: limit) { cut = true }
  }

  /// Space at both ends says nothing.
  private mutating func trim() {
    let isSpace = { (byte: UInt8) in byte == 32 || byte == 9 || byte == 10 }
    while let last = out.last, isSpace(last) { out.removeLast() }
    out.removeFirst(out.prefix(while: isSpace).count)
  }
}
