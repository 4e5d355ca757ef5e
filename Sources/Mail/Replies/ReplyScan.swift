/// One line and what is plain about it.
struct ReplyLine {
  let bytes: ArraySlice<UInt8>
  let marks: ReplyMarks
  /// Quotation signs in front of it.
  let depth: Int
  /// Quoted by "|" or by a blockquote that may be mere indentation: a quotation only under an introduction.
  let doubtful: Bool
  let blank: Bool

  init(_ bytes: ArraySlice<UInt8>, marks: ReplyMarks) {
    let bytes = bytes.last == 13 ? bytes.dropLast() : bytes
    self.bytes = bytes
    self.marks = marks
    blank = Self.isBlank(bytes)
    let signs = Self.signs(bytes)
    let barred = signs == 0 && Self.isBarred(bytes)
    depth = blank ? 0 : max(signs, barred || marks.contains(.cited) ? 1 : 0)
    doubtful = depth > 0 && !marks.contains(.cited) && (barred || marks.contains(.indented))
  }

  var quoted: Bool { depth > 0 }

  /// Whether a person would call what stands there a text: one letter or digit is enough, a row of dashes is not.
  var hasWords: Bool {
    !blank && bytes.contains { !ReplyWords.isOrnament($0) && $0 != 42 && $0 != 62 && $0 != 9 && $0 != 13 }
  }

  /// The line without quotation signs.
  var content: ArraySlice<UInt8> { bytes.drop { $0 == 62 || $0 == 32 || $0 == 9 || $0 == 124 } }

  /// Spaces, also without width or without break.
  static func isBlank(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes.drop { $0 == 32 || $0 == 9 || $0 == 13 }
    while !rest.isEmpty {
      if rest.starts(with: [0xC2, 0xA0]) {
        rest = rest.dropFirst(2)
      } else if rest.starts(with: [0xE2, 0x80, 0x8B]) || rest.starts(with: [0xEF, 0xBB, 0xBF]) {
        rest = rest.dropFirst(3)
      } else {
        return false
      }
      rest = rest.drop { $0 == 32 || $0 == 9 || $0 == 13 }
    }
    return true
  }

  private static func signs(_ bytes: ArraySlice<UInt8>) -> Int {
    var count = 0
    for (offset, byte) in bytes.enumerated() {
      if byte == 62 {
        count += 1
      } else if byte != 32 || (count == 0 && offset > 0) {
        break
      }
    }
    // "> wrote:" is the end of a broken "Name <address> wrote:", not a quotation.
    if count == 1, bytes.count < 60, isBrokenEnd(bytes) { return 0 }
    return count
  }

  private static func isBrokenEnd(_ bytes: ArraySlice<UInt8>) -> Bool {
    let words = ReplyWords.folded(bytes.drop { $0 == 62 || $0 == 32 })
    guard words.last == 58, let end = ReplyTables.all.verbEnd(in: words) else { return false }
    return end == words.count - 1 && ReplyWords.tokens(words).count <= 4
  }

  /// "| text", but no row of a table, which has a bar at its end too.
  private static func isBarred(_ bytes: ArraySlice<UInt8>) -> Bool {
    let trimmed = ReplyWords.trimmed(bytes) { $0 == 32 || $0 == 13 }
    return trimmed.first == 124 && (trimmed.count == 1 || trimmed.last != 124)
  }
}

/// Looks at the lines of one message and says which of them are to be hidden.
struct ReplyScan {
  let lines: [ReplyLine]
  let context: ReplyContext
  /// What each line would be in a header block.
  let labels: [HeaderLabel]
  let subject: ReplySubject
  /// The first line a person would call text; the number of lines when there is none.
  private let firstWords: Int

  init(_ lines: [ArraySlice<UInt8>], marks: [ReplyMarks], context: ReplyContext) {
    let marked = marks.count >= lines.count
    self.lines = lines.enumerated().map { ReplyLine($1, marks: marked ? marks[$0] : []) }
    self.context = context
    labels = self.lines.map { ReplyScan.label($0) }
    subject = ReplySubject(context.subject)
    firstWords = self.lines.firstIndex { $0.hasWords } ?? lines.count
  }

  /// A message that answers nothing has no history; what it quotes, it wants to show.
  var mayQuote: Bool { context.answers != false }

  /// Ranges of lines to hide, in order; empty when everything is to stay.
  func hidden() -> [Range<Int>] {
    // Signatures and history at its end are those of the message that was sent on.
    guard subject != .forward, let cut = historyStart(), hasWords(before: cut) else { return [] }
    var end = tail(cut)
    var middle: Range<Int>?
    if mayQuote {
      let runs = quotedRuns(end)
      var used = 0
      while used < 50, let run = runs.dropLast(used).last, run.upperBound == end {
        // A second quotation above the first is history only when it is introduced as such.
        let start = used == 0 ? historyAbove(run, among: runs) : introduced(run)
        guard let start, hasWords(before: start) else { break }
        end = tail(start)
        used += 1
      }
      if used == 0, runs.count == 1, let run = runs.first { middle = answeredBelow(run, end) }
    }
    return [middle, end..<lines.count].compactMap(\.self).filter { !$0.isEmpty }
  }

  // MARK: - Words

  func hasWords(before end: Int) -> Bool { firstWords < end }

  func previous(_ index: Int, within limit: Int = 3) -> Int? {
    var at = index - 1
    while at >= 0, index - at <= limit + 1 {
      if !lines[at].blank { return at }
      at -= 1
    }
    return nil
  }

  func next(_ index: Int, within limit: Int = 20) -> Int? {
    var at = index + 1
    while at < lines.count, at - index <= limit + 1 {
      if !lines[at].blank { return at }
      at += 1
    }
    return nil
  }

  func words(_ index: Int) -> [UInt8] { ReplyWords.folded(lines[index].content) }
}
