import SOP

/// The requester's answer to our answer. The letter asks for SELESAI or BELUM on the first line. Only a line that says
/// nothing else confirms: "sudah selesai, tetapi …" closes no ticket. BELUM may go on after a punctuation mark; "belum
/// bisa dibuka" is words for an officer like everything else.
enum RequesterReplyReading {
  static func verdict(of text: String) -> RequesterVerdict? {
    let scalars = text.unicodeScalars.drop(while: isFiller)
    for (sign, isSolved) in signs {
      guard let rest = rest(of: scalars, after: sign) else { continue }
      let line = rest.prefix { !isBreak($0) }
      let isAlone = line.allSatisfy { isFiller($0) || isPunctuation($0) }
      if isSolved { return isAlone ? .solved : nil }
      guard isAlone || line.first.map(isPunctuation) == true else { continue }
      return .notSolved(reason: reason(rest) ?? text)
    }
    return nil
  }

  /// The longer sign first.
  private static let signs: [(String, Bool)] = [
    ("sudah selesai", true), ("selesai", true), ("solved", true), ("belum selesai", false), ("belum", false),
    ("not solved", false),
  ]

  private static func rest(
    of text: Substring.UnicodeScalarView, after sign: String
  ) -> Substring.UnicodeScalarView? {
    var rest = text
    for scalar in sign.unicodeScalars {
      guard let next = rest.popFirst(), String(next).asciiLowered.unicodeScalars.elementsEqual([scalar]) else {
        return nil
      }
    }
    return rest
  }

  /// What follows the sign, from its first word on; `nil`: nothing does.
  private static func reason(_ rest: Substring.UnicodeScalarView) -> String? {
    let words = rest.drop { isFiller($0) || isPunctuation($0) }
    return words.isEmpty ? nil : String(String.UnicodeScalarView(words))
  }

  private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\n" || scalar == "\r" || scalar == "\u{2028}" || scalar == "\u{2029}"
  }

  /// White space, invisible characters, and the marks of bold and quoted words.
  private static func isFiller(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.properties.isWhitespace || "*_\"'\u{201C}\u{201D}".unicodeScalars.contains(scalar) { return true }
    return scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
  }

  private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool { ".,:;!".unicodeScalars.contains(scalar) }
}
