/// The codes of mail servers in outside text.
///
/// Enters: a line of diagnostics or a whole notice. Leaves: reply codes (RFC 5321 §4.2) with the enhanced status code
/// (RFC 3463 §2) that stands beside them, or a status code that stands alone. Numbers that only look alike
/// (addresses, versions, sizes, telephone numbers) are left out as well as can be. Linear: each byte is looked at a
/// few times.
enum StatusCode {
  struct Reply: Equatable {
    var code: Int
    /// Only when its class is that of the code.
    var status: String?
  }

  /// What the text says, the most telling pair first.
  struct Said: Equatable {
    var code: Int?
    /// The status code beside a reply code, class and code agreeing.
    var status: String?
    /// A status code that stands alone.
    var alone: String?
  }

  static func said(in text: [UInt8]) -> Said {
    let replies = replies(in: text)
    let pair =
      replies.first { $0.status.map { !isGeneric($0) } ?? false } ?? replies.first { $0.status != nil }
    if let pair { return Said(code: pair.code, status: pair.status, alone: alone(in: text)) }
    return Said(code: replies.first?.code, status: nil, alone: alone(in: text))
  }

  /// `5.0.0` and its like say no more than the class.
  static func isGeneric(_ status: String) -> Bool { status.utf8.dropFirst().elementsEqual(".0.0".utf8) }

  /// 2, 4 or 5.
  static func classOf(_ status: String?) -> Int? { status?.utf8.first.map { Int($0) - 48 } }

  /// At most 100 reply codes 400...559 in their order.
  static func replies(in text: [UInt8]) -> [Reply] {
    var found: [Reply] = []
    var index = 0
    while index + 2 < text.count, found.count < 100 {
      defer { index += 1 }
      guard text[index] == 52 || text[index] == 53, startsToken(text, index), (48...53).contains(text[index + 1]),
        isDigit(text[index + 2]), endsToken(text, index + 3)
      else { continue }
      let code = Int(text[index] - 48) * 100 + Int(text[index + 1] - 48) * 10 + Int(text[index + 2] - 48)
      var next = index + 3
      while next < text.count, next < index + 6, " -:#_(['\"".utf8.contains(text[next]) { next += 1 }
      if let (status, end) = status(in: text, at: next) {
        let agrees = classOf(status) == code / 100
        found.append(Reply(code: code, status: agrees ? status : nil))
        index = end - 1
      } else if standsAsReply(text, index) {
        found.append(Reply(code: code, status: nil))
        index += 2
      }
    }
    return found
  }

  /// A code without a status counts where servers write replies: at the start of a line, after an opening mark or
  /// after a word such as `said`.
  private static func standsAsReply(_ text: [UInt8], _ start: Int) -> Bool {
    let after = start + 3
    if after + 1 < text.count, text[after] == UInt8(ascii: "-"), isDigit(text[after + 1]) { return false }
    if after < text.count, !" -:;,)].>\"'\r\n".utf8.contains(text[after]) { return false }
    var before = start
    while before > 0, text[before - 1] == 32 || text[before - 1] == 9 { before -= 1 }
    guard before > 0 else { return true }
    if "\n\r:([<>\"'#=|".utf8.contains(text[before - 1]) { return true }
    // The arrow of a transcript: `<-- 550 …`.
    if before > 1, text[before - 1] == UInt8(ascii: "-"), text[before - 2] == UInt8(ascii: "-") { return true }
    var word = before
    while word > 0, before - word < 12, isLetter(text[word - 1]) { word -= 1 }
    let said = asciiLowercased(text[word..<before])
    return ["said", "error", "code", "reply", "response", "smtp", "reason", "returned", "status", "answered", "with"]
      .contains { said.suffix($0.utf8.count).elementsEqual($0.utf8) }
  }

  /// The first status code of class 4 or 5 that stands alone: one after `#`, `(` or `[` is preferred.
  static func alone(in text: [UInt8]) -> String? {
    var plain: String?
    var index = 0
    while index < text.count {
      defer { index += 1 }
      guard text[index] == 52 || text[index] == 53, startsToken(text, index),
        let (status, end) = status(in: text, at: index), isKnown(status)
      else { continue }
      let mark = index > 0 ? text[index - 1] : 32
      if mark == UInt8(ascii: "#") || mark == UInt8(ascii: "(") || mark == UInt8(ascii: "[") { return status }
      if plain == nil, !followsVersionWord(text, index) { plain = status }
      index = end - 1
    }
    return plain
  }

  /// The status code that starts at `index`, and where it ends.
  static func status(in text: [UInt8], at index: Int) -> (status: String, end: Int)? {
    guard index < text.count, text[index] == 50 || text[index] == 52 || text[index] == 53 else { return nil }
    func part(_ dot: Int) -> Int? {
      guard dot < text.count, text[dot] == UInt8(ascii: ".") else { return nil }
      var end = dot + 1
      while end < text.count, isDigit(text[end]), end - dot <= 4 { end += 1 }
      return (2...4).contains(end - dot) ? end : nil
    }
    guard let middle = part(index + 1), let end = part(middle) else { return nil }
    if end < text.count, isLetter(text[end]) { return nil }
    if end + 1 < text.count, text[end] == UInt8(ascii: "."), isDigit(text[end + 1]) { return nil }
    return (String(decoding: text[index..<end], as: UTF8.self), end)
  }

  /// The first status code of a Status field: also class 2.
  static func field(_ value: String) -> String? {
    let text = Array(value.utf8.prefix(200))
    for index in text.indices where startsToken(text, index) {
      if let found = status(in: text, at: index) { return found.status }
    }
    return nil
  }

  /// Subjects 0 to 7 are registered (RFC 5248 §2.4), and subject 0 has no details: `5.0.8` is a version of something.
  private static func isKnown(_ status: String) -> Bool {
    let parts = Array(status.utf8).split(separator: UInt8(ascii: "."))
    guard parts.count == 3, parts[1].count == 1, let subject = parts[1].first, subject <= 55 else { return false }
    return subject != 48 || parts[2].elementsEqual("0".utf8)
  }

  private static func followsVersionWord(_ text: [UInt8], _ start: Int) -> Bool {
    var end = start
    while end > 0, text[end - 1] == 32 || text[end - 1] == UInt8(ascii: "/") { end -= 1 }
    var word = end
    while word > 0, end - word < 12, isLetter(text[word - 1]) { word -= 1 }
    let before = asciiLowercased(text[word..<end])
    return [
      "version", "release", "ver", "v", "server", "exim", "postfix", "sendmail", "lotus", "domino", "build", "mta",
    ]
    .contains { before.elementsEqual($0.utf8) }
  }

  private static func startsToken(_ text: [UInt8], _ index: Int) -> Bool {
    guard index > 0 else { return true }
    let before = text[index - 1]
    return !isDigit(before) && !isLetter(before) && before != UInt8(ascii: ".") && before < 0x80
  }

  private static func endsToken(_ text: [UInt8], _ index: Int) -> Bool {
    guard index < text.count else { return true }
    if isDigit(text[index]) || isLetter(text[index]) { return false }
    return text[index] != UInt8(ascii: ".") || index + 1 >= text.count || !isDigit(text[index + 1])
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private static func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 32) }
}
