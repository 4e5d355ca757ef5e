/// Many phrases, looked for in one pass over a text.
///
/// Each phrase carries bits that say what it is a sign of. A phrase counts where it stands as words of its own: a
/// Latin letter right beside a Latin letter of it would make another word; other scripts have no such rule.
struct PhraseTable: Sendable {
  private struct Entry: Sendable {
    let phrase: [UInt8]
    let bits: UInt8
  }

  /// By their first byte.
  private let buckets: [[Entry]]

  /// - Parameter lists: phrases as `ReplyLanguage` writes them, with bars between.
  init(_ lists: [(phrases: String, bits: UInt8)]) {
    var buckets = [[Entry]](repeating: [], count: 256)
    for list in lists {
      for phrase in ReplyWords.phrases(list.phrases) {
        if let first = phrase.first { buckets[Int(first)].append(Entry(phrase: phrase, bits: list.bits)) }
      }
    }
    // The longest first: "ha scritto" before a phrase that begins alike.
    self.buckets = buckets.map { $0.sorted { $0.phrase.count > $1.phrase.count } }
  }

  init(_ phrases: String) { self.init([(phrases, 1)]) }

  /// Bits of all phrases in the text; with `first` only of one.
  func bits(in words: [UInt8], first: Bool = false) -> UInt8 {
    var found: UInt8 = 0
    var latin = false
    for (start, byte) in words.enumerated() {
      defer { latin = Self.isLatin(byte) }
      if latin, Self.isLatin(byte) { continue }
      for entry in buckets[Int(byte)] where entry.bits & ~found != 0 && stands(entry.phrase, words, start) {
        found |= entry.bits
        if first { return found }
      }
    }
    return found
  }

  func isIn(_ words: [UInt8]) -> Bool { bits(in: words, first: true) != 0 }

  /// Whether the text begins with a phrase.
  func begins(_ words: [UInt8]) -> Bool { length(of: words) != nil }

  /// Bytes of the longest phrase the text begins with.
  func length(of words: [UInt8]) -> Int? {
    guard let first = words.first else { return nil }
    return buckets[Int(first)].first { stands($0.phrase, words, 0) }?.phrase.count
  }

  func ends(_ words: [UInt8]) -> Bool { lastEnd(in: words, tail: true) != nil }

  /// Where the last phrase of the text ends; with `tail` only one at its very end.
  func lastEnd(in words: [UInt8], tail: Bool = false) -> Int? {
    var start = words.count - 1
    while start >= 0 {
      let byte = words[start]
      if !buckets[Int(byte)].isEmpty, !(start > 0 && Self.isLatin(byte) && Self.isLatin(words[start - 1])) {
        for entry in buckets[Int(byte)] where stands(entry.phrase, words, start) {
          if !tail || start + entry.phrase.count == words.count { return start + entry.phrase.count }
        }
      }
      start -= 1
      if tail, words.count - start > 80 { return nil }
    }
    return nil
  }

  /// The phrase at `start`, and no Latin letter that would lengthen its last word.
  private func stands(_ phrase: [UInt8], _ words: [UInt8], _ start: Int) -> Bool {
    let end = start + phrase.count
    guard end <= words.count else { return false }
    var at = start
    for byte in phrase {
      if words[at] != byte { return false }
      at += 1
    }
    return end == words.count || !Self.isLatin(words[end]) || !Self.isLatin(words[end - 1])
  }

  private static func isLatin(_ byte: UInt8) -> Bool { (97...122).contains(byte) }
}
