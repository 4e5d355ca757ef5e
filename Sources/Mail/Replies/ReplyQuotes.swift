/// Quotations with a sign in front of each line ("> "), or in an element of the same meaning.
extension ReplyScan {
  /// Runs of quoted lines before `end`; blank lines between quoted ones belong to the run.
  func quotedRuns(_ end: Int) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start: Int?
    var last = 0
    for index in 0..<end where !lines[index].blank {
      if lines[index].quoted || (start != nil && continuesBroken(index, end)) {
        start = start ?? index
        last = index
      } else if let from = start {
        runs.append(from..<(last + 1))
        start = nil
      }
    }
    if let from = start { runs.append(from..<end) }
    return runs
  }

  /// The rest of a quoted line that a program broke: right below a full line that ends in the middle of a sentence,
  /// right above the next quoted line.
  private func continuesBroken(_ index: Int, _ end: Int) -> Bool {
    guard index > 0, index + 1 < end, lines[index + 1].quoted, lines[index - 1].quoted else { return false }
    let above = lines[index - 1].bytes
    guard above.count >= 70, let last = above.last, ReplyWords.isWord(last | 32) || last == 44 else { return false }
    return lines[index].bytes.first.map { (97...122).contains($0) } ?? false
  }

  /// First line of the run with its introduction, when it is history; nil when it may be the writer's own.
  func historyAbove(_ run: Range<Int>, among runs: [Range<Int>]) -> Int? {
    if let start = introduced(run) { return start }
    let inner = lines[run].indices.prefix(3)
    if inner.contains(where: { beginsWithIntroduction($0) }) { return run.lowerBound }
    if lines[run].contains(where: \.doubtful) { return nil }
    // A quoted header block without a word about it is how some programs answer and others forward.
    if !labels[run.lowerBound].isEmpty, isHeaderBlock(run.lowerBound) {
      return context.answers == true ? run.lowerBound : nil
    }
    if lines[run.lowerBound].marks.contains(.cited) { return run.lowerBound }
    // "The log says:" above it: the writer quotes.
    if context.answers == true, let above = previous(run.lowerBound), words(above).last != 58 { return run.lowerBound }
    // What remains of a quotation whose beginning was answered above.
    return runs.contains { $0.lowerBound < run.lowerBound && introduced($0) != nil } ? run.lowerBound : nil
  }

  /// First line of the introduction above the run.
  func introduced(_ run: Range<Int>) -> Int? {
    guard let above = previous(run.lowerBound, within: 4), !lines[above].quoted else { return nil }
    if let found = introduction(endingAt: above, beforeQuote: true) { return found.start }
    // In an element made for it, in whatever language: one line with a colon over the quotation.
    let line = lines[above]
    guard line.marks.contains(.holder), lines[run.lowerBound].marks.contains(.cited) else { return nil }
    guard line.bytes.count <= 300, ReplyWords.folded(line.bytes).last == 58 else { return nil }
    return above > 0 && lines[above - 1].marks.contains(.holder) && !lines[above - 1].blank ? nil : above
  }

  /// The line is an introduction, or begins with one and goes on, as where line ends were lost.
  private func beginsWithIntroduction(_ index: Int) -> Bool {
    guard !lines[index].blank else { return false }
    if introduction(endingAt: index, beforeQuote: true) != nil { return true }
    let words = ReplyWords.folded(lines[index].content, limit: 240)
    guard let colon = words.indices.first(where: { isVerbColon(words, $0) }) else { return false }
    return ReplyWords.hasDate(Array(words[..<colon])) && words.first.map { $0 != 60 } ?? false
  }

  private func isVerbColon(_ words: [UInt8], _ index: Int) -> Bool {
    words[index] == 58 && index > 4 && ReplyTables.all.verbEnd(in: Array(words[..<index])) == index
  }

  /// The only quotation of the message, introduced, with the answer below it: it may go, the answer stays.
  func answeredBelow(_ run: Range<Int>, _ end: Int) -> Range<Int>? {
    guard run.upperBound < end, !lines[run].contains(where: \.doubtful), let start = introduced(run) else { return nil }
    guard lines[run.upperBound..<end].contains(where: \.hasWords), !holdsIntroduction(0..<start),
      !holdsIntroduction(run.upperBound..<end)
    else {
      return nil
    }
    return start..<run.upperBound
  }

  /// Another introduction nearby: then nobody knows which words are whose.
  private func holdsIntroduction(_ range: Range<Int>) -> Bool {
    range.prefix(400).contains { index in
      !lines[index].blank && lines[index].bytes.count <= 600
        && lines[index].bytes.last(where: { $0 != 32 && $0 != 13 }) == 58
        && introduction(endingAt: index, beforeQuote: false) != nil
    }
  }
}
