/// Transfer encodings undone (RFC 2045 §6), as they really arrive.
///
/// Enters: the content of a part as sent, and its Content-Transfer-Encoding. Leaves: bytes, always, and whether
/// something had to be guessed. One pass, linear.
///
/// Own code because GMime's decoders do not tell what they skipped: a footer that a mailing list put behind base64
/// would become noise in a file, and a text that only claims to be base64 would be destroyed.
enum TransferDecoding {
  enum Encoding: Equatable {
    /// Lines of text: 7bit, 8bit, none, or a name that nobody knows.
    case lines
    case binary
    case base64
    case quotedPrintable
    case uuencode
  }

  /// The first word of the field; quotes, comments and parameters that do not belong there are no hindrance.
  static func encoding(_ field: [UInt8]) -> Encoding {
    let word = field.lazy.map { (65...90).contains($0) ? $0 + 32 : $0 }.drop { !isWordByte($0) }.prefix(
      while: isWordByte)
    switch String(decoding: Array(word), as: UTF8.self) {
    case "base64", "base-64", "x-base64": return .base64
    case "quoted-printable", "quotedprintable", "quoted_printable": return .quotedPrintable
    case "quoted": return .quotedPrintable
    case "x-uuencode", "uuencode", "x-uue", "uue": return .uuencode
    case "binary": return .binary
    default: return .lines
    }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 97...122, 45, 95: true
    default: false
    }
  }

  static func decode(_ content: ArraySlice<UInt8>, _ encoding: Encoding) -> (bytes: [UInt8], damaged: Bool) {
    switch encoding {
    case .lines: return (lineEnds(content), false)
    case .binary: return (Array(content), false)
    case .base64: return Base64Content.decode(content)
    case .quotedPrintable: return quotedPrintable(lineEnds(content)[...])
    case .uuencode:
      let bytes = Uuencode.blocks(in: content, limit: 1).first?.bytes ?? Uuencode.lines(content)
      return bytes.map { ($0, false) } ?? (Array(content), true)
    }
  }

  /// CRLF as LF. A line's end is a matter of the way the mail came (IMAP or a pipe): one file sent twice is to be one
  /// file here. What is no text does not come this way, it could not survive.
  private static func lineEnds(_ content: ArraySlice<UInt8>) -> [UInt8] {
    guard content.contains(13) else { return Array(content) }
    var out = [UInt8]()
    out.reserveCapacity(content.count)
    for (index, byte) in zip(content.indices, content) {
      if byte == 13, index + 1 < content.endIndex, content[index + 1] == 10 { continue }
      out.append(byte)
    }
    return out
  }

  /// RFC 2045 §6.7. A "=" that begins nothing stays as it is. White space at a line's end stays: relays that padded
  /// lines are gone, programs that do not encode the space of "-- " are not.
  static func quotedPrintable(_ content: ArraySlice<UInt8>) -> (bytes: [UInt8], damaged: Bool) {
    var out = [UInt8]()
    out.reserveCapacity(content.count)
    var damaged = false
    var at = content.startIndex
    while at < content.endIndex {
      let byte = content[at]
      at += 1
      guard byte == 61 else {
        out.append(byte)
        continue
      }
      let rest = content[at...]
      if let high = rest.first.flatMap(hexValue), let low = rest.dropFirst().first.flatMap(hexValue) {
        out.append(high << 4 | low)
        at += 2
        continue
      }
      // A soft line break, white space before it or not; the end of all counts as one.
      var end = at
      while end < content.endIndex, content[end] == 32 || content[end] == 9 || content[end] == 13 { end += 1 }
      if end == content.endIndex || content[end] == 10 {
        at = min(end + 1, content.endIndex)
      } else {
        out.append(61)
        damaged = true
      }
    }
    return (out, damaged)
  }

  static func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70: byte - 55
    case 97...102: byte - 87
    default: nil
    }
  }
}

/// Base64 of a whole part (RFC 2045 §6.8), line by line.
///
/// A line that is plainly no base64 (an eighth of it or more are other signs) is left out; when it is the first one,
/// the label lies and the content is given as it stands. Other signs within a line are skipped. Padding ends a group:
/// what follows on the same line after white space is a remark, a later line goes on only if it is whole base64.
struct Base64Content {
  private var out: [UInt8] = []
  private var bits: UInt32 = 0
  private var held = 0
  private var ended = false
  private var damaged = false

  static func decode(_ content: ArraySlice<UInt8>) -> (bytes: [UInt8], damaged: Bool) {
    var decoder = Base64Content()
    decoder.out.reserveCapacity(content.count / 4 * 3 + 3)
    var started = false
    var start = content.startIndex
    while start < content.endIndex {
      let end = content[start...].firstIndex(of: 10) ?? content.endIndex
      let line = content[start..<end]
      start = min(end + 1, content.endIndex)
      switch decoder.take(line) {
      case .blank: continue
      case .taken: started = true
      case .foreign:
        decoder.damaged = true
        if !started { return (Array(content), true) }
      }
    }
    return (decoder.out, decoder.damaged || decoder.held >= 6)
  }

  /// Within an encoded word: no lines, foreign signs skipped, padding begins anew.
  static func loose(_ text: some Sequence<UInt8>) -> [UInt8] {
    var decoder = Base64Content()
    for byte in text { _ = decoder.put(byte) }
    return decoder.out
  }

  private enum Line { case blank, taken, foreign }

  private mutating func take(_ line: ArraySlice<UInt8>) -> Line {
    if ended, !isWhole(line) { return line.allSatisfy { $0 <= 32 } ? .blank : .foreign }
    let before = (count: out.count, bits: bits, held: held, ended: ended)
    var digits = 0
    var foreign = 0
    var gap = false
    var padded = false
    for byte in line {
      if byte <= 32 {
        gap = digits > 0
        continue
      }
      if gap, padded {
        damaged = true
        break
      }
      if gap { foreign += 1 }
      gap = false
      switch put(byte) {
      case .digit: digits += 1
      case .padding: padded = true
      case .other: foreign += 1
      }
    }
    if digits == 0 && foreign == 0 && !padded { return .blank }
    guard foreign * 8 < digits + foreign else {
      (bits, held, ended) = (before.bits, before.held, before.ended)
      out.removeLast(out.count - before.count)
      return .foreign
    }
    if foreign > 0 { damaged = true }
    ended = padded
    return .taken
  }

  /// Base64 and nothing else, in whole groups.
  private func isWhole(_ line: ArraySlice<UInt8>) -> Bool {
    let text = line.last == 13 ? line.dropLast() : line
    return text.count >= 4 && text.count % 4 == 0 && text.allSatisfy { Self.value($0) < 64 || $0 == 61 }
  }

  private enum Sign { case digit, padding, other }

  private mutating func put(_ byte: UInt8) -> Sign {
    let value = Self.value(byte)
    guard value < 64 else {
      guard byte == 61 else { return .other }
      (bits, held) = (0, 0)
      return .padding
    }
    bits = (bits << 6 | UInt32(value)) & 0xFF_FFFF
    held += 6
    if held >= 8 {
      held -= 8
      out.append(UInt8(truncatingIfNeeded: bits >> UInt32(held)))
    }
    return .digit
  }

  @inline(__always)
  private static func value(_ byte: UInt8) -> UInt8 {
    switch byte {
    case 65...90: byte - 65
    case 97...122: byte - 71
    case 48...57: byte + 4
    case 43: 62
    case 47: 63
    default: 255
    }
  }
}
