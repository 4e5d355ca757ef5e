/// Encoded words (RFC 2047, with the language of RFC 2231 §5) in every form that programs write.
///
/// Enters: the raw value of a header field or a parameter, folded or not. Leaves: Unicode text, not yet cleaned.
/// Linear, whatever the value.
///
/// Read beyond the standard: words without white space around them, longer than 75, within quoted strings, with
/// spaces or folds in them, without end; "B" without padding or with padding in the middle; characters cut in two by
/// the end of a word; bytes beyond ASCII outside of words (RFC 6532, or the set of the body, or Windows-1252).
/// Own code because GMime 3.2 loses what follows a padded "B" word, reads each word by itself, and gives up on
/// character sets it has no name for.
struct EncodedWords {
  static func decode(_ raw: some Collection<UInt8>, fallback: String? = nil) -> String {
    // Unfolding takes the line ends away and nothing else (RFC 5322 §2.2.3).
    let line = raw.filter { $0 != 10 && $0 != 13 && $0 != 0 }
    guard line.contains(where: { $0 == 61 || $0 > 127 || $0 == 0x1B }) else {
      return String(decoding: line, as: UTF8.self)
    }
    var reader = EncodedWords(line: line, fallback: fallback)
    reader.read()
    return reader.text
  }

  private let line: [UInt8]
  private let fallback: String?
  private var text = ""
  private var plain: [UInt8] = []
  /// Bytes of words in a row that have the same set: a character may begin in one and end in the next.
  private var run: (charset: String, bytes: [UInt8])?
  /// The next "?=" at or behind the index last asked for; the end of the line when there is none.
  private var close = -1

  private init(line: [UInt8], fallback: String?) {
    self.line = line
    self.fallback = fallback
  }

  private mutating func read() {
    var at = 0
    while at < line.count {
      guard line[at] == 61, let word = word(at) else {
        plain.append(line[at])
        at += 1
        continue
      }
      // White space between two words belongs to neither (RFC 2047 §6.2).
      let between = run != nil && plain.allSatisfy { $0 == 32 || $0 == 9 }
      if between { plain = [] } else { flush() }
      if run?.charset == word.charset {
        run?.bytes.append(contentsOf: word.bytes)
      } else {
        flushRun()
        run = (word.charset, word.bytes)
      }
      at = word.end
    }
    flush()
  }

  private mutating func flush() {
    flushRun()
    if !plain.isEmpty { text += TextDecoding.decode(plain, charset: nil, fallback: fallback, whole: false).text }
    plain = []
  }

  private mutating func flushRun() {
    if let run { text += TextDecoding.decode(run.bytes, charset: run.charset, fallback: fallback, whole: false).text }
    run = nil
  }

  /// `=?charset*language?B?text?=` at an index.
  private mutating func word(_ at: Int) -> (charset: String, bytes: [UInt8], end: Int)? {
    guard let head = head(at) else { return nil }
    let end = end(of: head.text, isQ: head.isQ)
    let content = line[head.text..<end.text]
    let charset = head.charset.prefix { $0 != 42 }
    return (
      String(decoding: asciiLowercased(charset), as: UTF8.self),
      head.isQ ? Self.quoted(content) : Base64Content.loose(content), end.next
    )
  }

  private func head(_ at: Int) -> (charset: ArraySlice<UInt8>, isQ: Bool, text: Int)? {
    guard at + 1 < line.count, line[at] == 61, line[at + 1] == 63 else { return nil }
    let charset = line[(at + 2)...].prefix(60).prefix { $0 != 63 && $0 > 32 && $0 < 127 }
    let kind = charset.endIndex + 1
    guard !charset.isEmpty, kind + 1 < line.count, line[charset.endIndex] == 63, line[kind + 1] == 63 else {
      return nil
    }
    switch line[kind] | 32 {
    case 98: return (charset, false, kind + 2)
    case 113: return (charset, true, kind + 2)
    default: return nil
    }
  }

  /// The word ends at "?=", where another one begins, or with the line.
  private mutating func end(of start: Int, isQ: Bool) -> (text: Int, next: Int) {
    var from = start
    while true {
      if close < from {
        close = from
        while close < line.count, !(line[close] == 63 && close + 1 < line.count && line[close + 1] == 61) { close += 1 }
      }
      // In "Q" a "?" that was not encoded before an encoded byte looks like the end: "apa?=20".
      let after = line[min(close + 2, line.count)...].prefix(2)
      guard isQ, after.count == 2, after.allSatisfy({ TransferDecoding.hexValue($0) != nil }), hasClose(from: close + 2)
      else { break }
      from = close + 2
    }
    if let other = nextWord(start, close) { return (other, other) }
    return (close, min(close + 2, line.count))
  }

  /// Whether the word goes on to a "?=" of its own within the length of a word.
  private func hasClose(from start: Int) -> Bool {
    let rest = line[start...].prefix(200)
    var before: UInt8 = 0
    for byte in rest {
      if before == 63, byte == 61 { return true }
      if before == 61, byte == 63 || byte == 32 { return false }
      before = byte
    }
    return false
  }

  /// A word that begins before this one has ended: the end of this one was lost.
  private func nextWord(_ start: Int, _ end: Int) -> Int? {
    var at = start
    while at + 1 < end {
      if line[at] == 61, line[at + 1] == 63, head(at) != nil { return at }
      at += 1
    }
    return nil
  }

  /// Index behind the encoded word that begins at an index, within the longest a program may write; nil when none does.
  static func wordEnd(_ line: [UInt8], _ at: Int) -> Int? {
    let reader = EncodedWords(line: line, fallback: nil)
    guard let head = reader.head(at) else { return nil }
    var before: UInt8 = 0
    for (offset, byte) in line[head.text...].prefix(1_000).enumerated() {
      if before == 63, byte == 61 { return head.text + offset + 1 }
      before = byte
    }
    return nil
  }

  /// The "Q" encoding (RFC 2047 §4.2).
  private static func quoted(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var out = [UInt8]()
    out.reserveCapacity(text.count)
    var at = text.startIndex
    while at < text.endIndex {
      let byte = text[at]
      let rest = text[(at + 1)...]
      if byte == 61, let high = rest.first.flatMap(TransferDecoding.hexValue),
        let low = rest.dropFirst().first.flatMap(TransferDecoding.hexValue)
      {
        out.append(high << 4 | low)
        at += 3
      } else {
        out.append(byte == 95 ? 32 : byte)
        at += 1
      }
    }
    return out
  }
}
