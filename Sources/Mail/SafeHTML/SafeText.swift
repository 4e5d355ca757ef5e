/// Text inside HTML: what of it is kept, and how it is written. Works on scalars and bytes only.
enum SafeText {
  /// Without control characters and without marks that turn or embed the direction of other text (Unicode UAX #9
  /// §2.1–2.4: LRE, RLE, PDF, LRO, RLO, LRI, RLI, FSI, PDI); the weak marks that Arabic and Hebrew need stay.
  static func visible(_ text: String) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 9, 10: out.append(UInt8(scalar.value))
      case 13: out.append(10)
      case 0..<32, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: continue
      default: out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
    return out
  }

  /// Inert between tags and inside double or single quotes; byte by byte, so that no neighbour hides a sign.
  /// - Returns: false when it stopped, between two scalars, because `out` would grow over `limit`.
  @discardableResult
  static func escape(_ bytes: some Sequence<UInt8>, into out: inout [UInt8], limit: Int = .max) -> Bool {
    for byte in bytes {
      if out.count >= limit, byte & 0xC0 != 0x80 { return false }
      switch byte {
      case 38: out += "&amp;".utf8
      case 60: out += "&lt;".utf8
      case 62: out += "&gt;".utf8
      case 34: out += "&quot;".utf8
      case 39: out += "&#39;".utf8
      case 96: out += "&#96;".utf8
      default: out.append(byte)
      }
    }
    return true
  }
}
