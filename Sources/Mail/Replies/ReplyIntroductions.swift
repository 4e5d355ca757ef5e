/// Introductions of a quotation: "On Monday, 2 November 2026 at 10:00, Budi <budi@…> wrote:", on one to five lines.
struct Introduction {
  /// First line of it.
  var start: Int
  /// Plain enough to stand for itself: what follows is a quotation even without a sign in front of each line.
  var strong: Bool
}

extension ReplyScan {
  /// - Parameter beforeQuote: a quoted line follows, so less has to be said.
  func introduction(endingAt end: Int, beforeQuote: Bool) -> Introduction? {
    if lines[end].marks.contains(.introduction) {
      var start = end
      while start > 0, lines[start - 1].marks.contains(.introduction) { start -= 1 }
      return Introduction(start: start, strong: true)
    }
    guard lines[end].bytes.count <= 600, mayEnd(lines[end].bytes, beforeQuote) else { return nil }
    var joined: [UInt8] = []
    var found: Introduction?
    for back in 0..<5 {
      let index = end - back
      guard index >= 0 else { break }
      let line = lines[index]
      // A blank line only where an address was broken off.
      if line.blank {
        guard back > 0, lines[index + 1].bytes.first == 60 else { break }
        continue
      }
      let words = self.words(index)
      guard line.depth == lines[end].depth, words.count < 400, back == 0 || !endsSentence(words) else { break }
      joined = words + (joined.isEmpty ? [] : [32]) + joined
      guard joined.count <= 600 else { break }
      // A line above a whole introduction belongs to it only when it is the date.
      if found != nil, !(opens(words) && ReplyWords.hasDate(words)) { break }
      guard let strong = judge(joined, beforeQuote) else { continue }
      found = Introduction(start: index, strong: strong || (found?.strong ?? false))
      if opens(words) { break }
    }
    return found
  }

  /// Cheap, before anything else: an introduction ends with a colon, a dash, an address or "wrote".
  private func mayEnd(_ bytes: ArraySlice<UInt8>, _ beforeQuote: Bool) -> Bool {
    if beforeQuote { return true }
    switch bytes.last(where: { $0 != 32 && $0 != 13 && $0 != 9 && $0 != 42 }) {
    case 58, 45, 0x9A, 0x96: return true
    default: return false
    }
  }

  private func endsSentence(_ words: [UInt8]) -> Bool {
    switch words.last {
    case 33, 63: true
    // "am Fr., 28." goes on in the next line.
    case 46: !(words.dropLast().last.map(ReplyWords.isDigit) ?? false)
    default: false
    }
  }

  /// Begins as an introduction does: a word of the table or a figure.
  private func opens(_ words: [UInt8]) -> Bool {
    let bare = words.drop { $0 == 45 || $0 == 32 || $0 == 58 }
    guard let first = bare.first else { return false }
    if ReplyWords.isDigit(first) { return true }
    let token = bare.prefix { $0 != 32 && $0 != 44 && $0 != 46 }
    if ReplyTables.all.openings.contains(Array(token)) { return true }
    // No space between the words: 在2026年…
    return first >= 128 && bare.prefix(12).contains(where: ReplyWords.isDigit)
  }

  /// nil: no introduction. The text stands in one line here.
  private func judge(_ text: [UInt8], _ beforeQuote: Bool) -> Bool? {
    let dashed = text.starts(with: [45, 45]) && text.suffix(2).elementsEqual([45, 45])
    let body = ReplyWords.trimmed(text) { $0 == 45 || $0 == 32 }
    guard let first = body.first, first != 60, isBalanced(body) else { return nil }
    let colon = body.last == 58
    let core = ReplyWords.trimmed(body) { $0 == 58 || $0 == 46 || $0 == 32 }
    let date = ReplyWords.hasDate(core)
    let address = core.contains(64)
    let bracketed = address && core.contains(60)
    guard let verbEnd = ReplyTables.all.verbEnd(in: core) else {
      return verbless(core, colon: colon, dated: date && opens(core) && bracketed, beforeQuote)
    }
    if dashed { return date || address ? true : beforeQuote ? false : nil }
    let last = verbEnd == core.count || first == 58
    guard last || colon, date || address, opens(core) || namesAuthor(core, verbEnd) else { return nil }
    if date && bracketed && (colon || last) { return true }
    return beforeQuote ? false : nil
  }

  /// "ср, 30 апр. 2025 г. в 15:19, Name <address>:" and "2011/4/7 Name <address>".
  private func verbless(_ core: [UInt8], colon: Bool, dated: Bool, _ beforeQuote: Bool) -> Bool? {
    guard dated, core.last == 62 else { return nil }
    return colon ? true : beforeQuote ? false : nil
  }

  /// No ">" before its "<": else the text begins in the middle of an address.
  private func isBalanced(_ words: [UInt8]) -> Bool {
    guard let close = words.firstIndex(of: 62) else { return true }
    return words[..<close].contains(60)
  }

  /// "Budi Santoso <budi@…> wrote": few words, then an address or the verb.
  private func namesAuthor(_ core: [UInt8], _ verbEnd: Int) -> Bool {
    let name = core[..<verbEnd].prefix { $0 != 60 }
    return ReplyWords.tokens(Array(name)).count { !ReplyWords.isDigit($0.first ?? 0) } <= 6 && !name.contains(63)
      && !name.contains(33)
  }
}
