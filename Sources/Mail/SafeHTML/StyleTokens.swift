/// The tokens of an inline style, as far as a kept value may hold them (CSS Syntax 3 §4, much reduced).
///
/// In: the bytes of a `style` attribute. Out: words, numbers, colours, texts and signs; whatever else there is makes
/// its declaration `bad`: escapes, addresses and other functions, blocks, at-rules. What leaves is written from the
/// tokens, never copied from the input between them.
struct StyleTokens {
  enum Token: Equatable {
    case word([UInt8])
    case number(Measure)
    case colour([UInt8], opaque: Bool)
    case text([UInt8])
    case comma, slash, colon, semicolon, important, bad
  }

  /// A number in thousandths, and its unit in lower case.
  struct Measure: Equatable {
    var thousandths: Int
    var unit: String

    /// In the one spelling that we write.
    var written: [UInt8] {
      let size = abs(thousandths)
      var text = "\(thousandths < 0 ? "-" : "")\(size / 1_000)"
      if size % 1_000 != 0 {
        var digits = Array(String(size % 1_000 + 1_000).utf8.dropFirst())
        while digits.last == 48 { digits.removeLast() }
        text += "." + String(decoding: digits, as: UTF8.self)
      }
      return Array((text + unit).utf8)
    }
  }

  private let source: [UInt8]
  private var at = 0

  init(_ source: [UInt8]) { self.source = source }

  mutating func next() -> Token? {
    skipSpace()
    guard at < source.count else { return nil }
    let byte = source[at]
    switch byte {
    case 34, 39: return text(byte)
    case 35: return hash()
    case 33: return important()
    case 44: return sign(.comma)
    case 47: return sign(.slash)
    case 58: return sign(.colon)
    case 59: return sign(.semicolon)
    case _ where startsNumber: return number().map { .number($0) } ?? .bad
    case _ where isWordByte(byte): return word()
    default: return sign(.bad)
    }
  }

  private func peek(_ offset: Int) -> UInt8 { at + offset < source.count ? source[at + offset] : 0 }
  private func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
  private func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 32) }
  private func isWordByte(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || byte == 45 || byte == 95 || byte >= 128
  }

  private mutating func sign(_ token: Token) -> Token {
    at += 1
    return token
  }

  /// Space and comments.
  private mutating func skipSpace() {
    while at < source.count {
      if source[at] <= 32 {
        at += 1
      } else if source[at] == 47, peek(1) == 42 {
        at += 2
        while at < source.count, source[at] != 42 || peek(1) != 47 { at += 1 }
        at += 2
      } else {
        return
      }
    }
  }

  private mutating func text(_ quote: UInt8) -> Token {
    at += 1
    let start = at
    while at < source.count, source[at] != quote { at += 1 }
    let bytes = Array(source[start..<min(at, source.count)])
    let ended = at < source.count
    at += 1
    return ended && bytes.allSatisfy({ $0 >= 32 && $0 != 92 }) ? .text(bytes) : .bad
  }

  private mutating func word() -> Token {
    let start = at
    while at < source.count, isWordByte(source[at]) { at += 1 }
    let bytes = Array(source[start..<at])
    guard peek(0) == 40 else { return .word(bytes) }
    at += 1
    let name = String(decoding: asciiLowercased(bytes), as: UTF8.self)
    return name == "rgb" || name == "rgba" ? colourFunction() : skipFunction()
  }

  /// To the parenthesis that ends it, so that what stands inside is not taken for declarations.
  private mutating func skipFunction() -> Token {
    var depth = 1
    while at < source.count, depth > 0 {
      if source[at] == 40 { depth += 1 }
      if source[at] == 41 { depth -= 1 }
      at += 1
    }
    return .bad
  }

  /// CSS Color 4 §4.1: three numbers, or a fourth for how much shines through.
  private mutating func colourFunction() -> Token {
    var parts: [[UInt8]] = []
    while at < source.count {
      skipSpace()
      if peek(0) == 41 {
        at += 1
        guard parts.count == 3 || parts.count == 4 else { return .bad }
        let name = parts.count == 3 ? "rgb(" : "rgba("
        return .colour(Array(name.utf8) + parts.joined(separator: [44, 32]) + [41], opaque: parts.count == 3)
      }
      if peek(0) == 44 || peek(0) == 47 {
        at += 1
      } else if startsNumber, let part = number(), part.thousandths >= 0, part.unit == "" || part.unit == "%" {
        parts.append(part.written)
      } else {
        return skipFunction()
      }
    }
    return .bad
  }

  /// `#rgb` or `#rrggbb`.
  private mutating func hash() -> Token {
    at += 1
    let start = at
    while at < source.count, isWordByte(source[at]) { at += 1 }
    guard let digits = Self.hexColour(source[start..<at]) else { return .bad }
    return .colour([35] + digits, opaque: true)
  }

  private static func hexColour(_ digits: some Collection<UInt8>) -> [UInt8]? {
    let lower = asciiLowercased(digits)
    let hex = lower.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    return hex && (lower.count == 3 || lower.count == 6) ? lower : nil
  }

  private mutating func important() -> Token {
    at += 1
    skipSpace()
    if isWordByte(peek(0)), case .word(let word) = word(), asciiLowercased(word).elementsEqual("important".utf8) {
      return .important
    }
    return .bad
  }

  private var startsNumber: Bool {
    let signed = peek(0) == 43 || peek(0) == 45 ? 1 : 0
    return isDigit(peek(signed)) || peek(signed) == 46 && isDigit(peek(signed + 1))
  }

  /// At most five digits before the point; of those behind it three count.
  private mutating func number() -> Measure? {
    let negative = peek(0) == 45
    if negative || peek(0) == 43 { at += 1 }
    let start = at
    while isDigit(peek(0)) { at += 1 }
    let whole = source[start..<at]
    var fraction: [UInt8] = []
    if peek(0) == 46, isDigit(peek(1)) {
      at += 1
      while isDigit(peek(0)) {
        if fraction.count < 3 { fraction.append(source[at]) }
        at += 1
      }
    }
    while fraction.count < 3 { fraction.append(48) }
    let unitStart = at
    if peek(0) == 37 { at += 1 } else { while isWordByte(peek(0)) { at += 1 } }
    let unit = asciiLowercased(source[unitStart..<at])
    guard whole.count <= 5, unit.count <= 4,
      let size = Int(String(decoding: Array(whole) + fraction, as: UTF8.self))
    else { return nil }
    return Measure(thousandths: negative ? -size : size, unit: String(decoding: unit, as: UTF8.self))
  }

  /// The value of `bgcolor` or `color`: `#rrggbb`, also without its sign, or a name (HTML §2.3.6, its sane part).
  static func attributeColour(_ value: [UInt8]) -> [UInt8]? {
    let bare = Array(value.filter { $0 > 32 }.drop { $0 == 35 })
    if let digits = hexColour(bare) { return [35] + digits }
    let name = asciiLowercased(bare)
    return (3...24).contains(name.count) && name.allSatisfy { (97...122).contains($0) } ? name : nil
  }
}
