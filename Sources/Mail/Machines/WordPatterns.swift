/// Finds phrases among the words of outside text and says what the most telling one means.
///
/// Enters: rows of a meaning and its phrases, the most telling row first; then text of any kind. Leaves: the meaning
/// of the first row that occurs. Phrases are parted by commas. A phrase is words in a row; `*` stands for up to four
/// words between, `+` at the end of a word for any ending: `mailbox * full`, `quota exceed+`. Case, punctuation and
/// apostrophes do not count; addresses and the paths of links are left out, because they hold words that nobody
/// meant. Linear in the text.
struct WordPatterns<Meaning: Sendable>: Sendable {
  private struct Step: Sendable {
    var word: [UInt8]
    var anyEnding: Bool
    /// Words that may stand before this one.
    var gap: Int

    func fits(_ other: [UInt8]) -> Bool { anyEnding ? other.starts(with: word) : other == word }
  }

  private struct Pattern: Sendable {
    var row: Int
    var first: Step
    var rest: [Step]
  }

  private let meanings: [Meaning]
  /// By the first four bytes of their first word.
  private var patterns: [[UInt8]: [Pattern]] = [:]

  init(_ rows: [(Meaning, String)]) {
    meanings = rows.map(\.0)
    for (row, entry) in rows.enumerated() {
      for phrase in Array(entry.1.utf8).split(separator: UInt8(ascii: ",")) { add(phrase, row) }
    }
  }

  /// Phrases without a meaning of their own: whether one of them occurs.
  init(_ phrases: String) where Meaning == Bool { self.init([(true, phrases)]) }

  func occur(in text: [UInt8]) -> Bool where Meaning == Bool { meaning(in: text) ?? false }

  private mutating func add(_ phrase: ArraySlice<UInt8>, _ row: Int) {
    var steps: [Step] = []
    var gap = 0
    for raw in phrase.split(whereSeparator: { $0 == 32 || $0 == 10 }) {
      if raw.elementsEqual("*".utf8) {
        gap = 4
        continue
      }
      let anyEnding = raw.last == UInt8(ascii: "+")
      for word in Self.words(Array(anyEnding ? raw.dropLast() : raw)) {
        steps.append(Step(word: word, anyEnding: anyEnding, gap: gap))
        gap = 0
      }
    }
    guard let first = steps.first else { return }
    patterns[Array(first.word.prefix(4)), default: []]
      .append(Pattern(row: row, first: first, rest: Array(steps.dropFirst())))
  }

  func meaning(in text: [UInt8]) -> Meaning? { meaning(ofWords: Self.words(text)) }

  func meaning(ofWords words: [[UInt8]]) -> Meaning? {
    var best: Int?
    for start in words.indices {
      for pattern in patterns[Array(words[start].prefix(4))] ?? [] where pattern.row < best ?? .max {
        if pattern.first.fits(words[start]), follows(pattern.rest, words, start + 1) { best = pattern.row }
      }
      if best == 0 { break }
    }
    return best.map { meanings[$0] }
  }

  private func follows(_ steps: [Step], _ words: [[UInt8]], _ start: Int) -> Bool {
    var next = start
    for step in steps {
      let last = min(words.count, next + step.gap + 1)
      guard next < last,
        let found = (next..<last).first(where: { step.fits(words[$0]) })
      else { return false }
      next = found + 1
    }
    return true
  }

  /// Words in ASCII lower case; letters beyond ASCII belong to words.
  static func words(_ text: [UInt8], limit: Int = 4_000) -> [[UInt8]] {
    var words: [[UInt8]] = []
    for whole in text.split(whereSeparator: { $0 <= 32 || $0 == 60 || $0 == 62 }) {
      if whole.contains(UInt8(ascii: "@")) { continue }
      let token = host(whole)
      var word: [UInt8] = []
      for byte in token {
        switch byte {
        case 48...57, 97...122, 0x80...: word.append(byte)
        case 65...90: word.append(byte + 32)
        case UInt8(ascii: "'"): continue
        default:
          if !word.isEmpty { words.append(word) }
          word = []
        }
      }
      if !word.isEmpty { words.append(word) }
      if words.count >= limit { break }
    }
    return words
  }

  /// Of a link only its host: `http://list.example/query` to `list.example`.
  private static func host(_ token: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let colon = token.firstIndex(of: UInt8(ascii: ":")), token[colon...].starts(with: "://".utf8) else {
      return token
    }
    return token[(colon + 3)...].prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
  }
}
