import Testing

@testable import Web

/// Walks a template with a page value as the renderer would, and notes which tags were reached and which names no
/// value on the way answers. The renderer itself shows an unknown name as nothing.
struct TemplateWalk {
  let sources: [String: String]
  private(set) var reached: [String: Set<Int>] = [:]
  private(set) var unknown: Set<String> = []

  /// Each file's tags, read once: the walk passes every file hundreds of times.
  private let tags: [String: [TemplateTag]]

  init(sources: [String: String]) throws {
    self.sources = sources
    tags = try sources.reduce(into: [:]) { $0[$1.key] = try TemplateRules.tags(of: $1.value, file: $1.key) }
  }

  typealias Blocks = [String: (file: String, body: Range<Int>)]

  mutating func walk(_ page: any Page, in frame: PageFrame) throws {
    try walk(file: type(of: page).template, values: [frame, page], blocks: [:])
  }

  /// Tags that no walk reached: a branch without a preview.
  func unreached() -> [String] {
    sources.keys.sorted().flatMap { file in
      (tags[file] ?? []).enumerated().compactMap { index, tag in
        tag.kind == .end || reached[file, default: []].contains(index) ? nil : "\(file): \(tag.kind) \(tag.name)"
      }
    }
  }

  private mutating func walk(file: String, values: [any PageValue], blocks: Blocks, depth: Int = 0) throws {
    try #require(depth < 30, "partials go round in a circle at \(file)")
    let tags = self.tags[file] ?? []
    try walk(file, tags, tags.indices, values, blocks, depth)
  }

  private mutating func walk(
    _ file: String, _ tags: [TemplateTag], _ range: Range<Int>, _ values: [any PageValue], _ blocks: Blocks,
    _ depth: Int
  ) throws {
    var index = range.lowerBound
    while index < range.upperBound {
      let tag = tags[index]
      reached[file, default: []].insert(index)
      switch tag.kind {
      case .text, .clean:
        _ = look(up: tag, values, file)
      case .section, .inverted:
        let end = try close(tags, index)
        let body = (index + 1)..<end
        let shown = look(up: tag, values, file)
        for pushed in scopes(shown, inverted: tag.kind == .inverted) {
          try walk(file, tags, body, values + (pushed.map { [$0] } ?? []), blocks, depth)
        }
        index = end
      case .partial:
        try walk(file: tag.name, values: values, blocks: blocks, depth: depth + 1)
      case .layout:
        let end = try close(tags, index)
        var filled = blocks
        var at = index + 1
        while at < end {
          reached[file, default: []].insert(at)
          try #require(tags[at].kind == .block, "\(file): only blocks may stand inside a layout")
          let blockEnd = try close(tags, at)
          filled[tags[at].name] = (file, (at + 1)..<blockEnd)
          at = blockEnd + 1
        }
        try walk(file: tag.name, values: values, blocks: filled, depth: depth + 1)
        index = end
      case .block:
        let end = try close(tags, index)
        if let filled = blocks[tag.name] {
          let other = self.tags[filled.file] ?? []
          try walk(filled.file, other, filled.body, values, blocks, depth)
        }
        // The text a block has by itself is walked too: another page may leave the block out.
        if blocks[tag.name] == nil || NameRule.of(tag.name) == .plain {
          try walk(file, tags, (index + 1)..<end, values, blocks, depth)
        }
        index = end
      case .end:
        Issue.record("\(file): an end without a beginning: \(tag.name)")
      }
      index += 1
    }
  }

  private mutating func look(up tag: TemplateTag, _ values: [any PageValue], _ file: String) -> Shown {
    for value in values.reversed() {
      if let shown = value.value(of: tag.name) { return shown }
    }
    unknown.insert("\(file): \(tag.name)")
    return .absent
  }

  /// What is pushed for each turn of a section; nil pushes nothing. Empty: the section is skipped.
  private func scopes(_ shown: Shown, inverted: Bool) -> [(any PageValue)?] {
    let there: [(any PageValue)?]
    switch shown {
    case .absent: there = []
    case .flag(let flag): there = flag ? [nil] : []
    case .text(let text): there = text.isEmpty ? [] : [nil]
    case .clean(let html): there = html.isNull ? [] : [nil]
    case .number, .link: there = [nil]
    case .part(let part): there = [part]
    case .rows(let rows): there = rows.map { $0 }
    }
    return inverted ? (there.isEmpty ? [nil] : []) : there
  }

  private func close(_ tags: [TemplateTag], _ start: Int) throws -> Int {
    var depth = 0
    for index in start..<tags.count {
      switch tags[index].kind {
      case .section, .inverted, .layout, .block: depth += 1
      case .end:
        depth -= 1
        if depth == 0 { return index }
      default: break
      }
    }
    throw TemplateDefect(file: tags[start].name, reason: "not closed")
  }
}
