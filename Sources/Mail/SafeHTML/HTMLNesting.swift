/// HTML made tame before gumbo sees it: kept elements only, properly nested, in bounds.
///
/// Gumbo follows the standard, and the standard lets a sender drive costs: formatting elements are opened again in
/// every paragraph, misplaced content of tables is moved, the tree may be as deep as the text is long and is freed by
/// recursion. Here every element is closed where the standard would close it, formatting goes on in what follows as far
/// as the bounds allow, and content that stands in a table outside its cells gets a cell. The tree of what leaves is
/// the tree as written: gumbo has nothing to repair. In the manner of `HTMLTidy`, which does the same for text alone.
struct HTMLNesting {
  static let depth = 200
  static let tags = 50_000
  /// Formatting elements open at one time.
  static let formatting = 24
  static let styleSize = 16 << 10

  private(set) var out: [UInt8] = []
  /// Something was left out because of a bound.
  private(set) var cut = false

  private typealias Element = HTMLVocabulary.Element

  private struct Open {
    let element: Element
    let tag: [UInt8]
    /// Its end tag came while a block in it was open; ends with that block.
    var ended = false
  }

  private var scanner: HTMLScanner
  private let limit: Int
  private var open: [Open] = []
  /// Of `open`, for searching.
  private var path: [HTMLVocabulary.Step] = []
  /// How many of each code are open: most searches are for what is not.
  private var counts = [Int](repeating: 0, count: 256)
  /// Formatting that a closed block interrupted: goes on with the next content (HTML §13.2.4.3).
  private var interrupted: [Open] = []
  private var written = 0

  /// - Parameter limit: bytes that may be written before tags are left out.
  init(_ source: [UInt8], limit: Int) {
    scanner = HTMLScanner(source)
    self.limit = limit
    out.reserveCapacity(source.count + 64)
    out += "<!doctype html><body>".utf8
    while let token = scanner.next() {
      switch token {
      case .text(let range): text(range)
      case .start(let name, let attributes, _): start(name, attributes)
      case .end(let name): end(name)
      }
    }
    close(0)
  }

  private mutating func text(_ range: Range<Int>) {
    let bytes = scanner.source[range]
    if inTable {
      // Space between the parts of a table is no content.
      if bytes.allSatisfy({ $0 == 32 || (9...13).contains($0) || $0 == 0 }) { return }
      openTablePart(.cell, nil)
    }
    goOn()
    for byte in bytes {
      switch byte {
      case 60: out += "&lt;".utf8
      case 0: continue
      default: out.append(byte)
      }
    }
  }

  private var inTable: Bool {
    switch path.last?.kind {
    case .table, .section, .row: true
    default: false
    }
  }

  // MARK: - Start tags

  private mutating func start(_ name: String, _ attributes: [HTMLScanner.Attribute]) {
    guard let element = HTMLVocabulary.element(name) else { return }
    guard written < Self.tags else {
      cut = true
      return
    }
    let tag = tag(element, attributes)
    switch element.kind {
    case .caption, .section, .row, .cell: return openTablePart(element.kind, Open(element: element, tag: tag))
    default: break
    }
    // A link without an address is none.
    if element.name == "a", !attributes.contains(where: { $0.name == "href" }) { return }
    if inTable { openTablePart(.cell, nil) }
    closeImplied(by: element)
    if !element.endsParagraph || element.kind == .table { goOn() }
    push(Open(element: element, tag: tag))
  }

  private func tag(_ element: Element, _ attributes: [HTMLScanner.Attribute]) -> [UInt8] {
    var tag = Array("<\(element.name)".utf8)
    for attribute in attributes where element.attributes.contains(attribute.name) {
      if attribute.name == "style", attribute.value.count > Self.styleSize { continue }
      tag += " \(attribute.name)=\"".utf8
      for byte in scanner.source[attribute.value] {
        switch byte {
        case 34: tag += "&quot;".utf8
        case 60: tag += "&lt;".utf8
        case 0: continue
        default: tag.append(byte)
        }
      }
      tag.append(34)
    }
    tag.append(62)
    return tag
  }

  private static let item = HTMLVocabulary.code("li")
  private static let terms = [HTMLVocabulary.code("dd"), HTMLVocabulary.code("dt")]
  private static let paragraph = HTMLVocabulary.code("p")
  private static let division = HTMLVocabulary.code("div")
  private static let heading = HTMLVocabulary.code("h1")

  /// Ends what the standard says that a start tag ends (HTML §13.2.6.4.7).
  private mutating func closeImplied(by element: Element) {
    switch element.name {
    case "li": closeItem([Self.item])
    case "dd", "dt": closeItem(Self.terms)
    case "a":
      interrupted.removeAll { $0.element.name == "a" }
      if let link = inScope(element.step.code) { close(link, again: true) }
    default: break
    }
    if element.endsParagraph, let paragraph = inScope(Self.paragraph) { close(paragraph, again: true) }
    if element.step.code == Self.heading, path.last?.code == Self.heading { close(open.count - 1, again: true) }
  }

  private mutating func closeItem(_ codes: [UInt8?]) {
    for index in path.indices.reversed() {
      let step = path[index]
      if codes.contains(step.code) { return close(index, again: true) }
      if !step.isPhrase, step.code != Self.division, step.code != Self.paragraph { return }
    }
  }

  /// Index of the innermost element of that name, without looking out of a cell, caption or table.
  private func inScope(_ code: UInt8?) -> Int? {
    guard let code, counts[Int(code)] > 0 else { return nil }
    for index in path.indices.reversed() {
      let step = path[index]
      if step.code == code { return index }
      if step.isBarrier { return nil }
    }
    return nil
  }

  /// Opens a part of the innermost table, with the parts it needs around it. `part` nil: a bare cell.
  private mutating func openTablePart(_ kind: HTMLVocabulary.Kind, _ part: Open?) {
    guard let table = path.lastIndex(where: { $0.kind == .table }) else { return }
    var level = table + 1
    if kind == .row || kind == .cell {
      if level < path.count, path[level].kind == .section {
        level += 1
      } else {
        close(level)
        bare("tbody")
        level += 1
      }
    }
    if kind == .cell {
      if level < path.count, path[level].kind == .row {
        level += 1
      } else {
        close(level)
        bare("tr")
        level += 1
      }
    }
    close(level)
    if let part { push(part) } else { bare("td") }
  }

  private mutating func bare(_ name: String) {
    guard let element = HTMLVocabulary.element(name) else { return }
    push(Open(element: element, tag: Array("<\(name)>".utf8)))
  }

  private mutating func push(_ element: Open) {
    let kind = element.element.kind
    // A table needs room for a section, a row and a cell.
    let room = kind == .table ? Self.depth - 3 : Self.depth
    let isPart = [.section, .row, .cell, .caption].contains(kind)
    guard written < Self.tags, out.count + element.tag.count < limit, isPart || open.count < room,
      kind != .formatting || path.count(where: { $0.kind == .formatting }) < Self.formatting
    else {
      cut = true
      return
    }
    written += 1
    out += element.tag
    guard kind != .void else { return }
    open.append(element)
    path.append(element.element.step)
    counts[Int(element.element.step.code)] += 1
  }

  // MARK: - End tags

  private mutating func end(_ name: String) {
    if name == "br" { return start("br", []) }
    guard let element = HTMLVocabulary.element(name) else { return }
    switch element.kind {
    case .void: return
    case .table:
      if let table = path.lastIndex(where: { $0.kind == .table }) { close(table) }
    case .caption, .section, .row, .cell:
      let table = path.lastIndex { $0.kind == .table } ?? path.count
      if let index = path.lastIndex(where: { $0.code == element.step.code }), index > table { close(index) }
    case .formatting: endFormatting(element)
    case .inline:
      for index in path.indices.reversed() {
        let step = path[index]
        if step.code == element.step.code { return close(index, again: true) }
        if !step.isPhrase { return }
      }
    case .block:
      if let index = inScope(element.step.code) { close(index, again: true) }
    }
  }

  private mutating func endFormatting(_ element: Element) {
    if let index = interrupted.lastIndex(where: { $0.element.name == element.name }) {
      interrupted.remove(at: index)
      return
    }
    guard let index = inScope(element.step.code) else { return }
    if path[(index + 1)...].allSatisfy({ $0.isPhrase }) {
      close(index, again: true)
    } else {
      open[index].ended = true
    }
  }

  /// Closes down to the element at `index`; `again`: formatting that was opened inside of it goes on later.
  private mutating func close(_ index: Int, again: Bool = false) {
    var inside: [Open] = []
    while open.count > index, let last = closeLast() {
      if open.count > index, last.element.kind == .formatting, !last.ended { inside.append(last) }
    }
    interrupted = again ? inside.reversed() + interrupted : []
    while open.last?.ended == true { _ = closeLast() }
  }

  private mutating func closeLast() -> Open? {
    guard let last = open.popLast() else { return nil }
    path.removeLast()
    counts[Int(last.element.step.code)] -= 1
    out += "</\(last.element.name)>".utf8
    return last
  }

  private mutating func goOn() {
    let elements = interrupted
    interrupted = []
    for element in elements { push(element) }
  }
}
