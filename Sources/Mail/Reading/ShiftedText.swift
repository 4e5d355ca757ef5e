/// Seven-bit sets of East Asia turned into their eight-bit forms, which `iconv` reads.
///
/// Own code because `iconv` has no HZ at all, refuses ISO-2022-KR without its opening escape, and knows of
/// ISO-2022-JP only the standard's characters and not those that Windows and telephones write (①, ㈱, half-width kana).

/// ISO-2022-JP (RFC 1468, with JIS X 0201 kana) as Shift JIS.
enum JapaneseEscapes {
  private enum Mode { case ascii, kana, pairs }

  /// nil when another set of the family is designated (JIS X 0212 and the like), which is left to `iconv`.
  static func shiftJIS(_ bytes: [UInt8]) -> [UInt8]? {
    var out = [UInt8]()
    out.reserveCapacity(bytes.count)
    var mode = Mode.ascii
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      if byte == 0x1B {
        guard let (next, length) = designation(bytes[(at + 1)...].prefix(3)) else { return nil }
        mode = next
        at += length
      } else if byte < 0x21 || byte > 0x7E {
        // A line begins in ASCII, whether its end was told or not (RFC 1468).
        if byte == 10 { mode = .ascii }
        out.append(byte)
        at += 1
      } else if mode == .pairs, at + 1 < bytes.count, (0x21...0x7E).contains(bytes[at + 1]) {
        append(byte, bytes[at + 1], &out)
        at += 2
      } else {
        out.append(mode == .kana && byte < 0x60 ? byte | 0x80 : byte)
        at += 1
      }
    }
    return out
  }

  private static func designation(_ rest: ArraySlice<UInt8>) -> (Mode, Int)? {
    switch Array(rest.prefix(2)) {
    case [0x28, 0x42], [0x28, 0x4A], [0x28, 0x48]: (.ascii, 3)
    case [0x28, 0x49]: (.kana, 3)
    case [0x24, 0x40], [0x24, 0x42]: (.pairs, 3)
    case [0x24, 0x28]: rest.dropFirst(2).first == 0x42 || rest.dropFirst(2).first == 0x40 ? (.pairs, 4) : nil
    default: nil
    }
  }

  /// Row and cell of JIS X 0208 to lead and trail byte.
  private static func append(_ row: UInt8, _ cell: UInt8, _ out: inout [UInt8]) {
    out.append((row + 1) / 2 + (row < 0x5F ? 0x70 : 0xB0))
    if row % 2 == 1 {
      out.append(cell + (cell < 0x60 ? 0x1F : 0x20))
    } else {
      out.append(cell + 0x7E)
    }
  }
}

/// Pairs of seven-bit bytes between two signs, as pairs with the high bit.
enum ShiftedPairs {
  enum Signs {
    /// SO and SI, after an escape that names the set (ISO-2022-KR, RFC 1557).
    case shiftOut
    /// `~{` and `~}` (HZ, RFC 1843).
    case tilde
  }

  static func highBit(_ bytes: [UInt8], _ signs: Signs) -> [UInt8] {
    var out = [UInt8]()
    out.reserveCapacity(bytes.count)
    var shifted = false
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      let next = at + 1 < bytes.count ? bytes[at + 1] : 0
      at += 1
      switch (signs, byte) {
      case (.shiftOut, 0x0E): shifted = true
      case (.shiftOut, 0x0F): shifted = false
      // ESC $ ) C
      case (.shiftOut, 0x1B): at = min(at + 3, bytes.count)
      case (.tilde, 0x7E) where next == 0x7B || next == 0x7D:
        shifted = next == 0x7B
        at += 1
      case (.tilde, 0x7E) where !shifted && next == 0x7E:
        out.append(byte)
        at += 1
      case (.tilde, 0x7E) where !shifted && next == 10: at += 1
      default:
        if byte == 10 { shifted = false }
        out.append(shifted && (0x21...0x7E).contains(byte) ? byte | 0x80 : byte)
      }
    }
    return out
  }
}
