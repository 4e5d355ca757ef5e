/// What stands at the end of the writer's own text and is not meant for the reader: signature, client footer, footer of
/// a mailing list, legal notice. Each rule looks at few lines from the end.
extension ReplyScan {
  /// The new end of the text that ends at `limit`. At least some words are left.
  func tail(_ limit: Int) -> Int {
    var end = withoutBlank(limit)
    for _ in 0..<6 {
      let cuts = [authorBlock, clientFooters, markedSignature, delimitedSignature, listFooter, legalNotices]
      guard let cut = cuts.lazy.compactMap({ $0(end) }).first(where: { $0 < end }), hasWords(before: cut) else { break }
      end = withoutOrnaments(cut)
    }
    return end
  }

  private func withoutBlank(_ limit: Int) -> Int {
    var end = limit
    while end > 0, lines[end - 1].blank { end -= 1 }
    return end
  }

  /// Also without rows of dashes and signs of trackers, which belong to what was cut off below.
  private func withoutOrnaments(_ limit: Int) -> Int {
    var end = limit
    while end > 0, lines[end - 1].blank || isOrnament(lines[end - 1].bytes) { end -= 1 }
    return end
  }

  private func isOrnament(_ bytes: ArraySlice<UInt8>) -> Bool {
    // U+1427: Gmail's trackers mark a mail with it.
    bytes.allSatisfy { ReplyWords.isOrnament($0) || $0 == 42 || $0 == 13 } || bytes.starts(with: [0xE1, 0x90, 0xA7])
  }

  // MARK: - Signatures

  /// "-- " (RFC 3676 §4.3) with at most twenty lines below it; "--" too, when they are short.
  private func delimitedSignature(_ end: Int) -> Int? {
    for index in stride(from: end - 1, through: max(0, end - 21), by: -1) {
      let bytes = lines[index].bytes
      if lines[index].quoted { return nil }
      let bare = ReplyWords.trimmed(bytes) { $0 == 32 || $0 == 13 }
      guard bare.elementsEqual([45, 45]) else { continue }
      let below = lines[(index + 1)..<end].filter { !$0.blank }
      let exact = bytes.elementsEqual("-- ".utf8) || bytes.elementsEqual("-- \r".utf8)
      return exact || (below.count <= 12 && below.allSatisfy { $0.bytes.count <= 120 }) ? index : nil
    }
    return nil
  }

  /// Elements that a mail program named a signature, when they are of its size.
  private func markedSignature(_ end: Int) -> Int? {
    var start = end
    while start > 0, lines[start - 1].blank || lines[start - 1].marks.contains(.signature), end - start <= 30 {
      start -= 1
    }
    return end - start <= 30 && lines[start..<end].contains { !$0.blank } ? start : nil
  }

  /// The author's own name, over lines of which one is a telephone number, an address or a client footer.
  private func authorBlock(_ end: Int) -> Int? {
    let name = ReplyWords.folded(context.senderName.utf8, limit: 120)
    guard name.count >= 3 else { return nil }
    var contact = false
    var count = 0
    for index in stride(from: end - 1, through: max(0, end - 24), by: -1) where !lines[index].blank {
      let line = lines[index]
      let words = self.words(index)
      if line.quoted || line.bytes.count > 100 || words.last == 63 || words.last == 33 { return nil }
      if contact, words == name || words.dropLast().elementsEqual(name) { return index }
      if contact, isRow(words), holdsName(name, (index + 1)..<end) { return index }
      contact = contact || isContact(words)
      count += 1
      if count > 10 { return nil }
    }
    return nil
  }

  private func isRow(_ words: [UInt8]) -> Bool { words.count >= 3 && words.allSatisfy(ReplyWords.isOrnament) }

  private func holdsName(_ name: [UInt8], _ range: Range<Int>) -> Bool {
    range.contains { ReplyWords.holds(words($0), name) }
  }

  private func isContact(_ words: [UInt8]) -> Bool {
    words.contains(64) || words.filter(ReplyWords.isDigit).count >= 7 || ClientFooters.isFooter(words)
      || ["http", "www"].contains { web in ReplyWords.tokens(words).contains { $0.starts(with: web.utf8) } }
  }

  // MARK: - Footers

  /// "Sent from my iPhone" and its like, several of them too.
  private func clientFooters(_ end: Int) -> Int? {
    var start: Int?
    var index = end - 1
    while index >= 0, end - index <= 60 {
      let line = lines[index]
      if line.blank {
        index -= 1
        continue
      }
      guard !line.quoted, line.bytes.count <= 800 else { break }
      if ClientFooters.isFooter(words(index)) {
        start = index
      } else {
        // A short line between two footers belongs to them.
        guard start != nil, ReplyWords.tokens(words(index)).count <= 4 else { break }
        guard let above = previous(index), !lines[above].quoted, ClientFooters.isFooter(words(above)) else { break }
      }
      index -= 1
    }
    return start
  }

  /// A row of underscores over the name and the address of a mailing list.
  private func listFooter(_ end: Int) -> Int? {
    for index in stride(from: end - 1, through: max(0, end - 10), by: -1) where !lines[index].blank {
      if lines[index].quoted { return nil }
      let bare = ReplyWords.trimmed(lines[index].bytes) { $0 == 32 || $0 == 13 }
      guard bare.count >= 2, bare.allSatisfy({ $0 == 95 }) else { continue }
      let below = paragraph((index + 1)..<end)
      return ClientFooters.lists.isIn(below) ? index : nil
    }
    return nil
  }

  /// Paragraphs at the end that are legal notices, one of them beyond doubt.
  private func legalNotices(_ end: Int) -> Int? {
    var start: Int?
    var certain: Int?
    var stop = end
    for _ in 0..<8 {
      stop = withoutBlank(stop)
      var from = stop
      while from > 0, !lines[from - 1].blank, stop - from < 40 { from -= 1 }
      guard from < stop, !lines[from..<stop].contains(where: \.quoted) else { break }
      let weight = LegalNotices.weight(paragraph(from..<stop))
      guard weight > 0, let first = (from..<stop).first(where: { LegalNotices.begins(self.words($0)) }) else { break }
      start = first
      if weight > 1 { certain = start }
      if first > from { break }
      stop = from
    }
    return certain
  }

  /// The lines as one.
  private func paragraph(_ range: Range<Int>) -> [UInt8] {
    Array(range.map { ReplyWords.folded(lines[$0].bytes, limit: 4_000) }.joined(separator: [32]))
  }
}
