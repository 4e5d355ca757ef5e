/// The macro language of SPF (RFC 7208 §7): text with `%{…}` in it, read once, expanded with the facts of a delivery.
///
/// Enters: a domain-spec or macro-string of a record, or the text of an explanation. Leaves: bytes. Expansion is
/// bounded to `SPFMacro.expanded` bytes; what would be longer is no name and no explanation.
struct SPFMacro: Sendable, Equatable {
  enum Piece: Sendable, Equatable {
    case literal([UInt8])
    case macro(Macro)
  }

  struct Macro: Sendable, Equatable {
    /// Lower case.
    var letter: UInt8
    /// Written in upper case: the value is percent-encoded (§7.3).
    var encoded: Bool
    /// How many parts of the right remain; nil for all.
    var keep: Int?
    var reversed: Bool
    /// Bytes that part the value; the dot when none is named.
    var delimiters: [UInt8]
  }

  static let expanded = 4 << 10

  private(set) var pieces: [Piece] = []
  /// Whether the last piece is a macro-expand (`%{…}`, `%%`, `%_`, `%-`), so that a domain may end with it.
  private(set) var endsInMacro = false

  /// - Returns: nil for a syntax error. The letters `c`, `r` and `t`, and spaces, belong to explanations only (§7.2).
  init?(_ text: ArraySlice<UInt8>, explanation: Bool = false) {
    var literal: [UInt8] = []
    var rest = text
    while let byte = rest.popFirst() {
      endsInMacro = false
      guard byte == 37 else {
        guard (33...126).contains(byte) || explanation && byte == 32 else { return nil }
        literal.append(byte)
        continue
      }
      endsInMacro = true
      switch rest.popFirst() {
      case 37: literal.append(37)
      case 95: literal.append(32)
      case 45: literal += [37, 50, 48]
      case 123:
        guard let macro = Self.macro(&rest, explanation: explanation) else { return nil }
        if !literal.isEmpty { pieces.append(.literal(literal)) }
        literal = []
        pieces.append(.macro(macro))
      default: return nil
      }
    }
    if !literal.isEmpty { pieces.append(.literal(literal)) }
  }

  /// A domain-spec: ends in a macro or in a dot and a top label (§7.1).
  static func domain(_ text: ArraySlice<UInt8>) -> SPFMacro? {
    guard !text.isEmpty, let macro = SPFMacro(text) else { return nil }
    return macro.endsInMacro || endsInTopLabel(text) ? macro : nil
  }

  /// Letters, digits and inner hyphens, not digits alone, behind a dot; one final dot may follow.
  private static func endsInTopLabel(_ text: ArraySlice<UInt8>) -> Bool {
    let name = text.last == 46 ? text.dropLast() : text
    guard let dot = name.lastIndex(of: 46) else { return false }
    let label = name[name.index(after: dot)...]
    guard let first = label.first, let last = label.last, first != 45, last != 45 else { return false }
    return label.allSatisfy { isLetter($0) || isDigit($0) || $0 == 45 } && !label.allSatisfy(isDigit)
  }

  /// What stands between `%{` and `}`.
  private static func macro(_ rest: inout ArraySlice<UInt8>, explanation: Bool) -> Macro? {
    guard let close = rest.firstIndex(of: 125), let name = rest.popFirst() else { return nil }
    var body = rest[rest.startIndex..<max(rest.startIndex, close)]
    guard close >= rest.startIndex else { return nil }
    rest = rest[rest.index(after: close)...]
    let letter = name | 32
    guard isLetter(name), (explanation ? "slodiphvcrt" : "slodiphv").utf8.contains(letter) else { return nil }
    let digits = body.prefix(while: isDigit)
    body = body.dropFirst(digits.count)
    var keep: Int?
    if !digits.isEmpty {
      // More parts than a name can have are all parts.
      let count = DecimalNumber.read(digits, limit: 1_000_000) ?? 1_000_000
      guard count > 0 else { return nil }
      keep = count
    }
    let reversed = body.first.map { $0 | 32 == 114 } ?? false
    if reversed { body = body.dropFirst() }
    guard body.allSatisfy({ ".-+,/_=".utf8.contains($0) }) else { return nil }
    return Macro(
      letter: letter, encoded: name != letter, keep: keep, reversed: reversed,
      delimiters: body.isEmpty ? [46] : Array(body))
  }

  /// Whether expansion needs the validated name of the client, which costs questions.
  var needsValidatedName: Bool {
    pieces.contains { if case .macro(let macro) = $0 { macro.letter == 112 } else { false } }
  }

  /// - Parameter value: the value of each letter.
  /// - Returns: nil when the text grows over the bound.
  func expand(_ value: (UInt8) -> [UInt8]) -> [UInt8]? {
    var out: [UInt8] = []
    for piece in pieces {
      switch piece {
      case .literal(let bytes): out += bytes
      case .macro(let macro): out += Self.transformed(value(macro.letter), macro)
      }
      guard out.count <= Self.expanded else { return nil }
    }
    return out
  }

  private static func transformed(_ value: [UInt8], _ macro: Macro) -> [UInt8] {
    var text = value
    if macro.keep != nil || macro.reversed || macro.delimiters != [46] {
      var parts = value.split(omittingEmptySubsequences: false) { macro.delimiters.contains($0) }
      if macro.reversed { parts.reverse() }
      if let keep = macro.keep { parts = Array(parts.suffix(keep)) }
      text = Array(parts.joined(separator: [46]))
    }
    guard macro.encoded else { return text }
    // Unreserved characters of RFC 3986 §2.3 stay.
    let digits = Array("0123456789ABCDEF".utf8)
    return text.flatMap { byte -> [UInt8] in
      if isLetter(byte) || isDigit(byte) || "-._~".utf8.contains(byte) { return [byte] }
      return [37, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }

  static func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 32) }
  static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
