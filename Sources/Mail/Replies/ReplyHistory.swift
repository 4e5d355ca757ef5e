/// Where history begins that has no sign in front of each line: header blocks, separators, introductions over plain
/// text, "reply above this line", and elements that say so.
extension ReplyScan {
  /// First line of what reaches to the end of the message; the number of lines when there is none; nil when a
  /// forwarded message stands there, so that everything stays.
  func historyStart() -> Int? {
    var budget = 1_000
    for (index, line) in lines.enumerated() where !line.blank {
      if line.quoted {
        if forwardsInQuote(index) { return nil }
        continue
      }
      if asksToReplyAbove(index) { return index }
      guard line.bytes.count <= 600 || line.marks.contains(.onward) else { continue }
      if forwards(index) { return nil }
      guard mayQuote else { continue }
      if line.marks.contains(.onward) { return withSeparator(index) }
      if isOriginalSeparator(index) { return index }
      if !labels[index].isEmpty ? isHeaderBlock(index) : isRuledBlock(index) { return withSeparator(index) }
      // Each look at an introduction costs some lines; no honest mail has a thousand.
      if budget > 0, let start = plainIntroduction(index, &budget) { return start }
    }
    return lines.count
  }

  /// An introduction over text that is not quoted line by line.
  private func plainIntroduction(_ index: Int, _ budget: inout Int) -> Int? {
    guard let last = lines[index].bytes.last(where: { $0 != 32 && $0 != 13 && $0 != 9 }) else { return nil }
    guard last == 58 || last == 45 || last == 0x9A || last == 0x96 || lines[index].marks.contains(.introduction) else {
      return nil
    }
    budget -= 1
    guard let found = introduction(endingAt: index, beforeQuote: false), found.strong else { return nil }
    if let next = next(index), lines[next].quoted { return nil }
    return found.start
  }

  // MARK: - Header blocks

  /// The label in front of the first colon, with what else the line says.
  static func label(_ line: ReplyLine) -> HeaderLabel {
    guard !line.blank, line.bytes.count <= 4_000 else { return [] }
    let start = line.content.prefix(80)
    // A colon, of this script or another.
    guard start.contains(where: { $0 == 58 || $0 == 0x9A || $0 == 0x96 || $0 == 0x89 }) else { return [] }
    let words = ReplyWords.folded(start, limit: 80)
    guard let colon = words.firstIndex(of: 58) else { return [] }
    let name = ReplyWords.trimmed(words[..<colon]) { $0 == 32 }
    guard var label = ReplyTables.all.labels[name] else { return [] }
    // In one line there may be all of them.
    let party = !label.isDisjoint(with: [.from, .to])
    if party, line.bytes.contains(64) { label.insert(.address) }
    if party || !label.isDisjoint(with: [.date, .sent]), ReplyWords.hasClock(ReplyWords.folded(line.content)) {
      label.insert(.clock)
    }
    return label
  }

  /// Three labelled lines, one of them the author's, and something only a mail program writes: an address, a time of
  /// day, "Sent" beside "Subject". Two lines are enough when they hold an address and a time.
  func isHeaderBlock(_ start: Int) -> Bool {
    var seen: HeaderLabel = []
    var count = 0
    var loose = 0
    for index in start..<min(start + 20, lines.count) {
      let line = lines[index]
      let label = labels[index]
      if line.blank {
        loose += 1
      } else if label.isEmpty || line.depth != lines[start].depth {
        // A long list of recipients or a long subject goes on in the next line, not behind a blank one.
        if lines[index - 1].blank { break }
        loose += 1
      } else {
        count += 1
        loose = 0
        seen.formUnion(label)
      }
      if loose > 3 { break }
    }
    guard seen.contains(.from) else { return isRuledBlock(start) }
    let both = seen.contains(.address) && seen.contains(.clock)
    if count >= 2, both { return !seen.isDisjoint(with: [.date, .sent]) }
    if count == 1 { return both && isBlockInOneLine(start) }
    return count >= 3 && (!seen.isDisjoint(with: [.address, .clock]) || seen.isSuperset(of: [.sent, .subject]))
  }

  /// "From: a@b Sent: Monday, 10:00 To: …" without line ends, as some converters leave it.
  private func isBlockInOneLine(_ index: Int) -> Bool {
    ReplyTables.all.dates.isIn(words(index))
  }

  /// Under a border, in a language nobody told us: three lines "Word: value", the first with an address, another with
  /// a time of day.
  private func isRuledBlock(_ start: Int) -> Bool {
    guard lines[start].marks.contains(.ruled), lines[start].bytes.contains(64) else { return false }
    let block = lines[start...].prefix(6).prefix { !$0.blank }
    return block.filter { $0.bytes.prefix(48).contains(58) }.count >= 3
      && block.dropFirst().contains { ReplyWords.hasClock(ReplyWords.folded($0.bytes)) }
  }

  /// A rule or a named separator right above goes with the block.
  private func withSeparator(_ index: Int) -> Int {
    guard let above = previous(index) else { return index }
    return isRule(above) || isTitle(above) ? above : index
  }

  private func isRule(_ index: Int) -> Bool {
    let bytes = ReplyWords.trimmed(lines[index].bytes) { $0 == 32 || $0 == 13 }
    return bytes.count >= 3 && (bytes.allSatisfy { $0 == 45 } || bytes.allSatisfy { $0 == 95 })
  }

  /// Words between dashes: over a header block whatever they say.
  private func isTitle(_ index: Int) -> Bool {
    let bytes = lines[index].bytes.drop { $0 == 32 }
    let last = bytes.last { $0 != 32 }
    return bytes.count <= 160 && bytes.starts(with: [45, 45]) && last == 45
  }

  /// "-----Original Message-----", alone on its line.
  func isOriginalSeparator(_ index: Int) -> Bool {
    let line = lines[index].bytes.drop { $0 == 32 }
    guard line.count <= 160, line.starts(with: [45, 45]) || line.starts(with: [95, 95]) else { return false }
    let words = ReplyWords.folded(line)
    guard let last = words.last, ReplyWords.isOrnament(last) else { return false }
    return ReplyTables.all.originals.contains(ReplyWords.trimmed(words, ReplyWords.isOrnament))
  }

  // MARK: - Forwarded messages

  /// "---------- Forwarded message ---------", "Begin forwarded message:".
  func forwards(_ index: Int) -> Bool {
    let content = lines[index].content
    guard content.count <= 160, let last = content.last(where: { $0 != 32 && $0 != 13 && $0 != 42 }) else {
      return false
    }
    let dashed = content.starts(with: [45, 45]) || content.starts(with: [95, 95])
    guard dashed || last == 58 || last == 0x9A || last == 45 else { return false }
    let words = ReplyWords.trimmed(ReplyWords.folded(content)) { ReplyWords.isOrnament($0) || $0 == 58 }
    guard !words.isEmpty, words.count <= 80 else { return false }
    return ReplyTables.all.forwards.isIn(words)
  }

  /// The same inside a quotation, when it is the first thing there and nobody "wrote" it.
  private func forwardsInQuote(_ index: Int) -> Bool {
    guard forwards(index) else { return false }
    guard index > 0, let above = previous(index) else { return true }
    return !lines[above].quoted && introduction(endingAt: above, beforeQuote: true) == nil
  }

  // MARK: - "Reply above this line"

  private static let above = PhraseTable(
    "reply above this line|please reply above this line|type your reply above this line|write above this line"
      + "|please type your reply above this line|respond above this line|enter your reply above this line"
      + "|balas di atas garis ini|balas di atas baris ini|mohon balas di atas garis ini|silakan balas di atas garis ini"
      + "|tulis balasan di atas garis ini|tulis balasan anda di atas garis ini|tulis jawaban anda di atas garis ini"
      + "|tulis balasan anda di atas baris ini|mohon tulis balasan anda di atas garis ini|jawab di atas garis ini"
      + "|bitte antworten sie über dieser linie|répondez au-dessus de cette ligne|responda por encima de esta línea"
      + "|antwoord boven deze lijn|responda acima desta linha")

  /// The line of a help desk: the phrase alone, or set between dashes and the like.
  private func asksToReplyAbove(_ index: Int) -> Bool {
    let bytes = lines[index].bytes
    guard (18...200).contains(bytes.count) else { return false }
    let words = ReplyWords.folded(bytes)
    guard let end = Self.above.lastEnd(in: words) else { return false }
    // Dashes in front, long ones too.
    let framed = words.first.map { !ReplyWords.isWord($0) } ?? false || words.starts(with: [0xE2, 0x80])
    return words.count - end <= 30 && (framed ? end <= 80 : Self.above.begins(words) && words.count - end <= 8)
  }
}
