import SOP

/// Text of people before it goes into a sentence or a letter. All work is on Unicode scalars: on `Character`s a
/// line break or a bracket can hide behind a combining sign.
enum Clean {
  /// One line of at most `limit` scalars: line breaks, controls and direction marks become spaces, runs of spaces one.
  static func line(_ text: String, limit: Int = 200) -> String {
    var out = String.UnicodeScalarView()
    var count = 0
    var gap = false
    for scalar in text.unicodeScalars {
      if isBlank(scalar) {
        gap = count > 0
        continue
      }
      if gap, count < limit {
        out.append(" ")
        count += 1
      }
      gap = false
      if count >= limit { break }
      out.append(scalar)
      count += 1
    }
    return String(out)
  }

  /// Paragraphs: CR LF and CR become LF, other controls and direction marks go, tabs stay.
  static func paragraphs(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      defer { previous = scalar }
      switch scalar {
      case "\r", "\u{2028}", "\u{2029}", "\u{85}", "\u{0B}", "\u{0C}": out.append("\n")
      case "\n": if previous != "\r" { out.append("\n") }
      case "\t": out.append("\t")
      default: if !isControl(scalar) { out.append(scalar) }
      }
    }
    while let last = out.last, last == "\n" || last == " " { out.removeLast() }
    while let first = out.first, first == "\n" { out.removeFirst() }
    return String(out)
  }

  /// The lines of a text that hold anything, each cleaned.
  static func lines(_ text: String) -> [String] {
    paragraphs(text).unicodeScalars.split(separator: "\n").map { line(String($0), limit: 500) }.filter { !$0.isEmpty }
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || isControl(scalar)
  }

  /// C0, C1, and the marks that turn the direction of text (UAX #9), which can make a sentence read otherwise.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }
}
