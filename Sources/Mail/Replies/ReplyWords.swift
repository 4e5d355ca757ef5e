/// Words as the tables of this folder compare them: lower case, one space between, nothing invisible.
///
/// Enters: a line of outside bytes. Leaves: bytes that may be searched one by one. Known limits: only the first
/// `limit` bytes of a line are looked at; case follows Unicode's simple table without a language, so a Turkish
/// dotless i stays itself.
enum ReplyWords {
  static func folded(_ line: some Collection<UInt8>, limit: Int = 400) -> [UInt8] {
    var out: [UInt8] = []
    var gap = false
    for scalar in String(decoding: line.prefix(limit), as: UTF8.self).unicodeScalars {
      let value = scalar.value
      if isInvisible(value) { continue }
      if isSpace(value) {
        gap = !out.isEmpty
        continue
      }
      if gap { out.append(32) }
      gap = false
      switch value {
      case 65...90: out.append(UInt8(truncatingIfNeeded: value + 32))
      case 0...127: out.append(UInt8(truncatingIfNeeded: value))
      // Colons of other scripts, the typographic apostrophe, Arabic and Persian digits: one spelling.
      case 0xFF1A, 0x17D6, 0x0589: out.append(58)
      case 0x2019, 0x02BC: out.append(39)
      case 0x0660...0x0669: out.append(UInt8(truncatingIfNeeded: value - 0x0660 + 48))
      case 0x06F0...0x06F9: out.append(UInt8(truncatingIfNeeded: value - 0x06F0 + 48))
      default: out.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
      }
    }
    return out
  }

  /// Space of any width.
  static func isSpace(_ value: UInt32) -> Bool {
    switch value {
    case 9...13, 32, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  /// Zero width, direction and control characters, and the star that stands for bold type.
  private static func isInvisible(_ value: UInt32) -> Bool {
    switch value {
    case 0...8, 14...31, 42, 127...159, 0xAD, 0x061C, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF: true
    default: false
    }
  }

  static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  /// A letter, digit, or part of a character beyond ASCII.
  static func isWord(_ byte: UInt8) -> Bool { isDigit(byte) || (97...122).contains(byte) || byte >= 128 }

  /// Without the bytes `drop` at both ends.
  static func trimmed(_ words: some BidirectionalCollection<UInt8>, _ drop: (UInt8) -> Bool) -> [UInt8] {
    var slice = words[...]
    while let last = slice.last, drop(last) { slice = slice.dropLast() }
    return Array(slice.drop(while: drop))
  }

  /// Ends of a phrase that carry no word: spaces, dashes, rules.
  static func isOrnament(_ byte: UInt8) -> Bool {
    switch byte {
    case 32, 35, 43, 45, 61, 95, 126: true
    default: false
    }
  }

  /// Whether `part` stands anywhere in the bytes.
  static func holds(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
    guard let first = part.first, bytes.count >= part.count else { return false }
    return (0...(bytes.count - part.count)).contains { bytes[$0] == first && bytes[$0...].starts(with: part) }
  }

  /// The words, cut at everything that is no letter, digit or character beyond ASCII.
  static func tokens(_ words: [UInt8]) -> [ArraySlice<UInt8>] { words.split { !isWord($0) } }

  /// Phrases of a table, written with bars between them.
  static func phrases(_ list: String) -> [[UInt8]] {
    Array(list.utf8).split(separator: 124).map { folded($0) }
  }

  // MARK: - Dates

  /// A year, a time of day or a date in figures.
  static func hasDate(_ words: [UInt8]) -> Bool {
    figures(words) { size, value, separator, next in
      switch size {
      case 4: (1_970...2_099).contains(value) || (2_513...2_642).contains(value)
      case 1, 2: next > 0 && (separator == 58 || separator == 46 || separator == 47 || separator == 45)
      default: false
      }
    }
  }

  /// A time of day with a colon.
  static func hasClock(_ words: [UInt8]) -> Bool {
    figures(words) { size, value, separator, next in size <= 2 && value < 25 && separator == 58 && next == 2 }
  }

  /// Looks at each run of digits: its size and value, the byte behind it, the digits behind that.
  private static func figures(_ words: [UInt8], _ wanted: (Int, Int, UInt8, Int) -> Bool) -> Bool {
    var at = 0
    while at < words.count {
      guard isDigit(words[at]) else {
        at += 1
        continue
      }
      let run = words[at...].prefix { isDigit($0) }
      let value = run.prefix(6).reduce(0) { $0 * 10 + Int($1 - 48) }
      at = run.endIndex
      let separator = at < words.count ? words[at] : 0
      let next = words.dropFirst(at + 1).prefix(5).prefix { isDigit($0) }.count
      if wanted(run.count, value, separator, next) { return true }
    }
    return false
  }
}
