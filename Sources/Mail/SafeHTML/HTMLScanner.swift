/// The tokens of HTML, as far as they may be shown.
///
/// In: any bytes. Out: runs of text (character references as they were), start tags and end tags. Comments,
/// declarations and everything inside dropped elements never leave. Follows the tokenizer of HTML §13.2.5, except that
/// it rather shows than hides: a comment or a dropped element that nobody ends hides nothing but its own tag.
/// One pass: what could not be found once is not searched for again.
struct HTMLScanner {
  struct Attribute {
    let name: String
    /// In the source, without quotes.
    let value: Range<Int>
  }

  enum Token {
    case text(Range<Int>)
    case start(name: String, attributes: [Attribute], closed: Bool)
    case end(name: String)
  }

  /// Of one tag; a browser would take more, no mail needs them.
  static let attributes = 16

  let source: [UInt8]
  private var at = 0
  private var commentsNeverEnd = false
  private var neverEnded: Set<String> = []

  init(_ source: [UInt8]) { self.source = source }

  mutating func next() -> Token? {
    while let token = markup() {
      guard case .start(let name, _, let closed) = token, HTMLVocabulary.dropped.contains(name) else { return token }
      // Only in foreign content does a slash end a tag (HTML §13.2.6.5).
      if closed, name == "svg" || name == "math" { continue }
      skipElement(name)
    }
    return nil
  }

  /// To the matching end tag; stays where it is when there is none.
  private mutating func skipElement(_ name: String) {
    guard !neverEnded.contains(name) else { return }
    let start = at
    var depth = 1
    while let token = markup() {
      switch token {
      case .start(name, _, false): depth += 1
      case .end(name): depth -= 1
      default: continue
      }
      if depth == 0 { return }
    }
    neverEnded.insert(name)
    at = start
  }

  /// The next token, dropped elements included; the content of raw-text elements is skipped.
  private mutating func markup() -> Token? {
    while at < source.count {
      let start = at
      while at < source.count, source[at] != 60 || !opensMarkup { at += 1 }
      if at > start { return .text(start..<at) }
      let next = byte(at + 1)
      if isLetter(next) || next == 47 && isLetter(byte(at + 2)) {
        guard let token = tag() else { return nil }
        guard case .start(let name, _, _) = token, HTMLVocabulary.rawText.contains(name) else { return token }
        skipRawText(name)
      } else if starts("<!--", at) {
        skipComment()
      } else {
        skip(past: 62)
      }
    }
    return nil
  }

  private func byte(_ index: Int) -> UInt8 { index < source.count ? source[index] : 0 }
  private func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 32) }
  private func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
  /// Behind the `<` at hand stands a letter, `!`, `?`, or a slash that is not the last byte (HTML §13.2.5.6–7).
  private var opensMarkup: Bool {
    let next = byte(at + 1)
    return isLetter(next) || next == 33 || next == 63 || next == 47 && at + 2 < source.count
  }

  private func starts(_ word: StaticString, _ index: Int) -> Bool {
    let count = word.utf8CodeUnitCount
    guard index + count <= source.count else { return false }
    return word.withUTF8Buffer { $0.elementsEqual(source[index..<(index + count)]) }
  }

  private mutating func skip(past end: UInt8) {
    while at < source.count, source[at] != end { at += 1 }
    at += 1
  }

  /// HTML §13.2.5.43–51: `<!-->` and `<!--->` are whole comments, `--!>` ends one too.
  private mutating func skipComment() {
    let start = at
    at += 4
    if byte(at) == 62 || starts("->", at) { return skip(past: 62) }
    while !commentsNeverEnd, at < source.count {
      if source[at] == 45, starts("-->", at) || starts("--!>", at) { return skip(past: 62) }
      at += 1
    }
    commentsNeverEnd = true
    at = start
    skip(past: 62)
  }

  /// To the end tag of the same name, or to the end (HTML §13.2.5.3, §13.2.5.9–14).
  private mutating func skipRawText(_ name: String) {
    let count = name.utf8.count
    while at < source.count {
      if source[at] == 60, byte(at + 1) == 47, at + 2 + count <= source.count,
        asciiLowercased(source[(at + 2)..<(at + 2 + count)]).elementsEqual(name.utf8)
      {
        let next = byte(at + 2 + count)
        if isSpace(next) || next == 47 || next == 62 || next == 0 { return skip(past: 62) }
      }
      at += 1
    }
  }

  /// The tag at hand; nil when the text ends within it: then it is none (HTML §13.2.5.8).
  private mutating func tag() -> Token? {
    let closing = byte(at + 1) == 47
    at += closing ? 2 : 1
    let name = word(limit: 24) { $0 == 47 || $0 == 62 }
    var attributes: [Attribute] = []
    while true {
      var slash = false
      while at < source.count, isSpace(source[at]) || source[at] == 47 {
        slash = source[at] == 47
        at += 1
      }
      guard at < source.count else { return nil }
      if source[at] == 62 {
        at += 1
        return closing ? .end(name: name) : .start(name: name, attributes: attributes, closed: slash)
      }
      guard let attribute = attribute() else { return nil }
      guard HTMLVocabulary.attributes.contains(attribute.name), attributes.count < Self.attributes else { continue }
      // Of attributes of one name the first counts (HTML §13.2.5.33).
      if !attributes.contains(where: { $0.name == attribute.name }) { attributes.append(attribute) }
    }
  }

  private mutating func word(limit: Int, until ends: (UInt8) -> Bool) -> String {
    let start = at
    while at < source.count, !isSpace(source[at]), !ends(source[at]) { at += 1 }
    return String(decoding: asciiLowercased(source[start..<min(at, start + limit)]), as: UTF8.self)
  }

  /// Name and value; nil when a quoted value never ends.
  private mutating func attribute() -> Attribute? {
    var first = true
    let name = word(limit: 24) { byte in
      // An equals sign that comes first is part of the name (HTML §13.2.5.32).
      defer { first = false }
      return byte == 47 || byte == 62 || byte == 61 && !first
    }
    let nothing = at..<at
    while isSpace(byte(at)) { at += 1 }
    guard byte(at) == 61 else { return Attribute(name: name, value: nothing) }
    at += 1
    while isSpace(byte(at)) { at += 1 }
    let quote = byte(at)
    if quote == 34 || quote == 39 {
      let start = at + 1
      at = start
      while at < source.count, source[at] != quote { at += 1 }
      guard at < source.count else { return nil }
      at += 1
      return Attribute(name: name, value: start..<(at - 1))
    }
    let start = at
    while at < source.count, !isSpace(source[at]), source[at] != 62 { at += 1 }
    return Attribute(name: name, value: start..<at)
  }
}
