/// Encoded words (RFC 2047) made ready for GMime 3.2, which loses what follows a base64 word that ends in
/// padding when another word stands right behind it: such words are written anew in the "Q" encoding.
enum EncodedWords {
  /// - Returns: the header line with every base64 word rewritten, or nil when none of them is padded.
  static func withoutPadding(_ line: ArraySlice<UInt8>) -> [UInt8]? {
    guard hasPaddedWord(line) else { return nil }
    var out = [UInt8]()
    out.reserveCapacity(line.count * 2)
    var at = line.startIndex
    while at < line.endIndex {
      if let word = word(line, at) {
        out.append(contentsOf: line[at..<word.kind])
        out.append(81)
        out.append(63)
        for byte in decoded(line[word.text]) { append(byte, &out) }
        out.append(contentsOf: [63, 61])
        at = word.end
      } else {
        out.append(line[at])
        at += 1
      }
    }
    return out
  }

  private static func hasPaddedWord(_ line: ArraySlice<UInt8>) -> Bool {
    var index = line.startIndex
    // "=?=": padding, or an empty end, right before the end of a word.
    while index + 2 < line.endIndex {
      if line[index] == 61, line[index + 1] == 63, line[index + 2] == 61 { return true }
      index += 1
    }
    return false
  }

  /// `=?charset?B?text?=` at an index: where kind, text and end are.
  private static func word(_ line: ArraySlice<UInt8>, _ at: Int) -> (kind: Int, text: Range<Int>, end: Int)? {
    guard line[at] == 61, at + 1 < line.endIndex, line[at + 1] == 63 else { return nil }
    let charset = line[(at + 2)...].prefix(60).prefix { $0 != 63 && $0 > 32 && $0 < 127 }
    let kind = charset.endIndex + 1
    guard !charset.isEmpty, kind + 1 < line.endIndex, line[charset.endIndex] == 63, line[kind] | 32 == 98,
      line[kind + 1] == 63
    else { return nil }
    let text = line[(kind + 2)...].prefix(8 << 10).prefix { $0 != 63 && $0 > 32 }
    let end = text.endIndex
    guard end + 1 < line.endIndex, line[end] == 63, line[end + 1] == 61 else { return nil }
    return (kind, text.startIndex..<end, end + 2)
  }

  private static func append(_ byte: UInt8, _ out: inout [UInt8]) {
    switch byte {
    case 48...57, 65...90, 97...122: out.append(byte)
    default:
      let digits = Array("0123456789ABCDEF".utf8)
      out.append(contentsOf: [61, digits[Int(byte >> 4)], digits[Int(byte & 15)]])
    }
  }

  /// Loose base64: foreign bytes are skipped, padding ends it.
  private static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var out = [UInt8]()
    var bits: UInt32 = 0
    var count = 0
    for byte in text {
      let value: UInt8
      switch byte {
      case 65...90: value = byte - 65
      case 97...122: value = byte - 71
      case 48...57: value = byte + 4
      case 43: value = 62
      case 47: value = 63
      case 61: return out
      default: continue
      }
      bits = (bits << 6 | UInt32(value)) & 0xFF_FFFF
      count += 6
      if count >= 8 {
        count -= 8
        out.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return out
  }
}
