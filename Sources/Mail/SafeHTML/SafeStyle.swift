/// Inline style with known properties and values of known shapes.
///
/// In: the value of a `style` attribute. Out: `property: value` joined by "; ", or nothing. Nothing in it loads,
/// moves out of its place, covers other text, or hides: sizes have bounds on both sides, no value is negative, there is
/// neither `position` nor `display: none` nor a function but `rgb()`. The same input gives the same output, and the
/// output gives itself.
/// Known limits: text in the colour of its background stays unseen; shorthands `font` and `background` with more than
/// a colour are left out.
enum SafeStyle {
  private typealias Token = StyleTokens.Token
  private typealias Bounds = StyleProperties.Bounds
  private typealias Shape = StyleProperties.Shape

  static let declarations = 100

  static func filter(_ value: [UInt8]) -> [UInt8]? {
    var tokens = StyleTokens(value)
    var out: [UInt8] = []
    var declaration: [Token] = []
    var count = 0
    while count < declarations {
      let token = tokens.next()
      if let token, token != .semicolon {
        declaration.append(token)
        continue
      }
      if let (name, value) = safe(declaration) {
        if !out.isEmpty { out += "; ".utf8 }
        out += "\(name): ".utf8
        out += value
      }
      if token == nil { break }
      declaration = []
      count += 1
    }
    return out.isEmpty ? nil : out
  }

  /// The value of `font-family` or of the attribute `face`.
  static func fonts(_ value: [UInt8]) -> [UInt8]? {
    var tokens = StyleTokens(value)
    var all: [Token] = []
    while let token = tokens.next() { all.append(token) }
    return fonts(all[...])
  }

  private static func safe(_ tokens: [Token]) -> (name: String, value: [UInt8])? {
    guard tokens.count >= 3, tokens.count <= 60, case .word(let name) = tokens[0], tokens[1] == .colon else {
      return nil
    }
    let values = tokens.last == .important ? tokens[2..<(tokens.count - 1)] : tokens[2...]
    let property = String(decoding: asciiLowercased(name), as: UTF8.self)
    guard let rule = StyleProperties.rules[property], !values.contains(.bad) else { return nil }
    return value(values, rule.shape).map { (rule.name, $0) }
  }

  // MARK: - Shapes

  private static func value(_ tokens: ArraySlice<Token>, _ shape: Shape) -> [UInt8]? {
    switch shape {
    case .words(let known, let most): words(tokens, known, most)
    case .colour(let opaque): tokens.count == 1 ? tokens.first.flatMap { colour($0, opaque) } : nil
    case .sizes(let bounds, let most): sizes(tokens, bounds, most)
    case .border: border(tokens)
    case .fonts: fonts(tokens)
    case .either(let first, let second): value(tokens, first) ?? value(tokens, second)
    }
  }

  private static func words(_ tokens: ArraySlice<Token>, _ known: Set<String>, _ most: Int) -> [UInt8]? {
    guard (1...most).contains(tokens.count) else { return nil }
    var out: [[UInt8]] = []
    for token in tokens {
      guard case .word(let word) = token, known.contains(String(decoding: asciiLowercased(word), as: UTF8.self)) else {
        return nil
      }
      out.append(asciiLowercased(word))
    }
    return Array(out.joined(separator: [32]))
  }

  /// `rgb()`, `#rrggbb` or one plain word: names of colours are many, and none of them does anything else.
  private static func colour(_ token: Token, _ opaque: Bool) -> [UInt8]? {
    switch token {
    case .colour(let bytes, let isOpaque): return isOpaque || !opaque ? bytes : nil
    case .word(let word):
      let name = asciiLowercased(word)
      let plain = name.count <= 24 && name.allSatisfy { (97...122).contains($0) }
      return plain && !(opaque && name.elementsEqual("transparent".utf8)) ? name : nil
    default: return nil
    }
  }

  /// Units of length in thousandths of a pixel (CSS Values 4 §6); those of the font as if it had 16.
  private static let units = [
    "px": 1_000, "pt": 1_333, "pc": 16_000, "in": 96_000, "cm": 37_795, "mm": 3_780, "em": 16_000, "rem": 16_000,
    "ex": 8_000, "ch": 8_000,
  ]

  private static func size(_ token: Token, _ bounds: Bounds) -> [UInt8]? {
    guard case .number(var measure) = token else { return nil }
    if measure.unit == "%" {
      return bounds.percent?.contains(measure.thousandths) == true ? measure.written : nil
    }
    if measure.unit == "" {
      if let factor = bounds.factor { return factor.contains(measure.thousandths) ? measure.written : nil }
      if measure.thousandths != 0 { measure.unit = "px" }
    }
    guard let unit = units[measure.unit.utf8.isEmpty ? "px" : measure.unit],
      bounds.pixels.contains(measure.thousandths * unit / 1_000)
    else { return nil }
    return measure.written
  }

  private static func sizes(_ tokens: ArraySlice<Token>, _ bounds: Bounds, _ most: Int) -> [UInt8]? {
    guard (1...most).contains(tokens.count) else { return nil }
    var out: [[UInt8]] = []
    for token in tokens {
      if case .word(let word) = token, asciiLowercased(word).elementsEqual("auto".utf8) {
        out.append(Array("auto".utf8))
      } else if let size = size(token, bounds) {
        out.append(size)
      } else {
        return nil
      }
    }
    return Array(out.joined(separator: [32]))
  }

  /// Width, style and colour in any order, each at most once; written in this order.
  private static func border(_ tokens: ArraySlice<Token>) -> [UInt8]? {
    var width: [UInt8]?
    var line: [UInt8]?
    var paint: [UInt8]?
    for token in tokens {
      if width == nil, let size = size(token, StyleProperties.lineWidth) ?? words([token], StyleProperties.widths, 1) {
        width = size
      } else if line == nil, let style = words([token], StyleProperties.lines, 1) {
        line = style
      } else if paint == nil, let tone = colour(token, false) {
        paint = tone
      } else {
        return nil
      }
    }
    let parts = [width, line, paint].compactMap { $0 }
    return parts.isEmpty ? nil : Array(parts.joined(separator: [32]))
  }

  /// Families by name: words bare, everything else of letters, digits and spaces in quotes.
  private static func fonts(_ tokens: ArraySlice<Token>) -> [UInt8]? {
    var families: [[UInt8]] = []
    for part in tokens.split(separator: .comma, omittingEmptySubsequences: true).prefix(10) {
      var words: [[UInt8]] = []
      for token in part {
        switch token {
        case .word(let word): words.append(word)
        case .text(let text): words += text.split(separator: 32).map { Array($0) }
        default: return nil
        }
      }
      if let family = family(words) { families.append(family) }
    }
    return families.isEmpty ? nil : Array(families.joined(separator: [44, 32]))
  }

  private static func family(_ words: [[UInt8]]) -> [UInt8]? {
    let name = Array(words.joined(separator: [32]))
    guard (1...60).contains(name.count) else { return nil }
    let bare = words.allSatisfy { word in
      word.first.map { (97...122).contains($0 | 32) } == true
        && word.allSatisfy { (97...122).contains($0 | 32) || (48...57).contains($0) || $0 == 45 }
    }
    if bare { return name }
    let plain = String(decoding: name, as: UTF8.self).unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || (48...57).contains($0.value) || $0 == " " || $0 == "-" || $0 == "_" || $0 == "."
    }
    return plain ? [39] + name + [39] : nil
  }
}
