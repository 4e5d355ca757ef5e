/// The only way of a value into a header. Everything leaves as printable ASCII: what is not plainly safe is
/// encoded in base 64 words (RFC 2047 §4.1), so no byte of a value can end a line or open another field.
/// Decisions are made on bytes, never on characters.
struct HeaderEncoder {
  private(set) var bytes: [UInt8] = []

  /// A field whose value is known to be printable ASCII within 900 bytes; anything else is dropped to `?`.
  mutating func plain(_ name: String, _ value: String) {
    append(name)
    append(": ")
    for byte in value.utf8.prefix(900) { bytes.append((32...126).contains(byte) ? byte : 63) }
    append("\r\n")
  }

  /// Free text such as a subject; cleaned to one line first.
  mutating func text(_ name: String, _ value: String) {
    append(name)
    append(":")
    let clean = CleanText.line(value)
    if Self.isPlain(clean) {
      var column = name.utf8.count + 1
      for word in Array(clean.utf8).split(separator: 32) {
        if column + word.count + 1 > 76, column > name.utf8.count + 1 {
          append("\r\n")
          column = 0
        }
        bytes.append(32)
        bytes.append(contentsOf: word)
        column += word.count + 1
      }
      append("\r\n")
    } else {
      encodedWords(clean)
      append("\r\n")
    }
  }

  /// Mailboxes, one on a line. The addresses must have passed `MailAddress.parse`.
  mutating func mailboxes(_ name: String, _ list: [MailAddress]) {
    append(name)
    append(":")
    for (index, mailbox) in list.enumerated() {
      if index > 0 { append(",\r\n") }
      let phrase = CleanText.line(mailbox.name, limit: 500)
      if phrase.isEmpty {
        append(" " + mailbox.address)
        continue
      }
      phrase.utf8.count <= 60 && Self.isPlain(phrase) ? quoted(phrase) : encodedWords(phrase)
      append("\r\n <" + mailbox.address + ">")
    }
    append("\r\n")
  }

  /// Identifiers that passed `MailComposer.isIdentifier`, one on a line.
  mutating func identifiers(_ name: String, _ list: [String]) {
    append(name)
    append(":")
    for (index, id) in list.enumerated() { append((index > 0 ? "\r\n <" : " <") + id + ">") }
    append("\r\n")
  }

  mutating func end() { append("\r\n") }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func quoted(_ phrase: String) {
    append(" \"")
    for byte in phrase.utf8 {
      if byte == 34 || byte == 92 { bytes.append(92) }
      bytes.append(byte)
    }
    append("\"")
  }

  /// Chunks of at most 45 bytes on scalar borders: each word stays under 75 (RFC 2047 §2).
  private mutating func encodedWords(_ text: String) {
    var chunk: [UInt8] = []
    var first = true
    func word() -> String { " =?utf-8?B?" + Base64.encode(chunk) + "?=" }
    for scalar in text.unicodeScalars {
      let width = UTF8.width(scalar)
      if chunk.count + width > (first ? 39 : 45) {
        append(word() + "\r\n")
        chunk = []
        first = false
      }
      chunk.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
    append(word())
  }

  /// Printable ASCII that no reader takes for an encoded word and that folds without a change.
  private static func isPlain(_ text: String) -> Bool {
    var last: UInt8 = 32
    var run = 0
    for byte in text.utf8 {
      guard (32...126).contains(byte) else { return false }
      if byte == 32, last == 32 { return false }
      if last == 61, byte == 63 { return false }
      run = byte == 32 ? 0 : run + 1
      if run > 60 { return false }
      last = byte
    }
    return text.utf8.isEmpty || last != 32
  }
}

/// Transfer encodings of bodies (RFC 2045 §6.7 and §6.8); output is ASCII with CRLF.
enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ bytes: some Collection<UInt8>) -> String {
    String(decoding: encoded(Array(bytes), lineLength: .max), as: UTF8.self)
  }

  static func encoded(_ bytes: [UInt8], lineLength: Int = 76) -> [UInt8] {
    var out = [UInt8]()
    out.reserveCapacity(bytes.count / 3 * 4 + bytes.count / 57 * 2 + 8)
    var column = 0
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let left = min(3, bytes.count - start)
      let b0 = Int(bytes[start])
      let b1 = left > 1 ? Int(bytes[start + 1]) : 0
      let b2 = left > 2 ? Int(bytes[start + 2]) : 0
      out.append(alphabet[b0 >> 2])
      out.append(alphabet[(b0 & 3) << 4 | b1 >> 4])
      out.append(left > 1 ? alphabet[(b1 & 15) << 2 | b2 >> 6] : 61)
      out.append(left > 2 ? alphabet[b2 & 63] : 61)
      column += 4
      if column >= lineLength, start + 3 < bytes.count {
        out.append(contentsOf: [13, 10])
        column = 0
      }
    }
    return out
  }
}

enum QuotedPrintable {
  private static let digits = Array("0123456789ABCDEF".utf8)

  /// Text with any line ends; lines of at most 76 bytes. "." and "From " at a line's start are encoded, so
  /// that no carrier has to touch them.
  static func encoded(_ text: String) -> [UInt8] {
    let source = Array(CleanText.lines(text, limit: MailLimits.message).text.utf8)
    var out = [UInt8]()
    out.reserveCapacity(source.count + source.count / 8)
    var column = 0
    for (index, byte) in source.enumerated() {
      if byte == 10 {
        out.append(contentsOf: [13, 10])
        column = 0
        continue
      }
      let endsLine = index + 1 == source.count || source[index + 1] == 10
      var safe = (33...126).contains(byte) && byte != 61 || (byte == 32 || byte == 9) && !endsLine
      if column == 0, byte == 46 || (byte == 70 && source[index...].starts(with: "From ".utf8)) { safe = false }
      let width = safe ? 1 : 3
      if column + width > 75 {
        out.append(contentsOf: [61, 13, 10])
        column = 0
        if byte == 46 { safe = false }
      }
      if safe {
        out.append(byte)
      } else {
        out.append(contentsOf: [61, digits[Int(byte >> 4)], digits[Int(byte & 15)]])
      }
      column += safe ? 1 : 3
    }
    return out
  }
}
