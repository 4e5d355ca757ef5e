import Foundation

/// Bytes of a text part or a header value to Unicode.
///
/// Enters: bytes and the sender's word for their character set, which may be missing, unknown or wrong. Leaves: text,
/// always; what cannot be read becomes U+FFFD. Linear.
///
/// What the bytes say goes before the label: a byte order mark, well-formed UTF-8 (no other set makes it by chance),
/// escapes of ISO-2022-JP in what calls itself ASCII. A text that claims to be UTF-8 and holds not one whole
/// character of it beyond ASCII is read by the fallback, else as Windows-1252.
/// Own code around `iconv`, because GMime's conversion gives up on the first wrong byte of a text.
enum TextDecoding {
  /// - Parameters:
  ///   - charset: the label as sent.
  ///   - fallback: where the label says nothing or is a lie: another label from near by, such as that of the body for
  ///     its header.
  ///   - whole: a text of its own and not a piece of a line, so that it may begin with a byte order mark.
  /// - Returns: text and whether bytes had to be replaced.
  static func decode(
    _ bytes: [UInt8], charset: String?, fallback: String? = nil, whole: Bool = true
  ) -> (text: String, damaged: Bool) {
    if bytes.isEmpty { return ("", false) }
    if whole, let marked = marked(bytes) { return marked }
    let named = Charset(charset)
    switch named {
    case .utf16, .utf32:
      if let wide = wide(bytes, named) { return wide }
    case .utf7, .iso2022jp, .iso2022kr, .hz, .table("ISO-2022-CN"):
      // A text with bytes over 127 is none of these.
      if let named, bytes.allSatisfy({ $0 < 128 }) { return escaped(bytes, named) }
    default: break
    }
    if let text = String(validating: bytes, as: UTF8.self) {
      return hasJapaneseEscape(bytes) ? escaped(bytes, .iso2022jp) : (text, false)
    }
    let other = Charset(fallback)
    if let named, named != .utf8, other == nil || !isASCII(charset), let result = convert(bytes, from: named) {
      return result
    }
    if looksLikeUTF8(bytes) { return (String(decoding: bytes, as: UTF8.self), true) }
    if let other, other != .utf8, let result = convert(bytes, from: other) { return result }
    let latin = convert(bytes, from: .latin1) ?? (String(decoding: bytes, as: UTF8.self), true)
    return (latin.text, latin.damaged || named == .utf8)
  }

  // MARK: - Signs in the bytes

  /// By a byte order mark, or by zeros in every second place and no other.
  private static func marked(_ bytes: [UInt8]) -> (text: String, damaged: Bool)? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]), let text = String(validating: bytes.dropFirst(3), as: UTF8.self) {
      return (text, false)
    }
    guard bytes.count >= 4 else { return nil }
    if bytes.starts(with: [0xFF, 0xFE]) { return units(bytes.dropFirst(2), bigEndian: false) }
    if bytes.starts(with: [0xFE, 0xFF]) { return units(bytes.dropFirst(2), bigEndian: true) }
    let head = bytes.prefix(1_024)
    let zeros = zeros(head)
    if zeros.even == 0, zeros.odd * 4 >= head.count { return units(bytes[...], bigEndian: false) }
    if zeros.odd == 0, zeros.even * 4 >= head.count { return units(bytes[...], bigEndian: true) }
    return nil
  }

  private static func zeros(_ bytes: ArraySlice<UInt8>) -> (even: Int, odd: Int) {
    var zeros = (even: 0, odd: 0)
    for (index, byte) in bytes.enumerated() where byte == 0 {
      if index % 2 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
    }
    return zeros
  }

  /// ASCII for a text with other bytes is no label.
  private static func isASCII(_ label: String?) -> Bool {
    guard let label else { return true }
    return asciiLowercased(label.utf8.filter { $0 > 32 && $0 != 45 }).starts(with: "usascii".utf8)
  }

  /// More whole characters beyond ASCII than broken ones.
  private static func looksLikeUTF8(_ bytes: [UInt8]) -> Bool {
    var whole = 0
    var broken = 0
    for scalar in String(decoding: bytes.prefix(256 << 10), as: UTF8.self).unicodeScalars where !scalar.isASCII {
      if scalar.value == 0xFFFD { broken += 1 } else { whole += 1 }
    }
    return whole > broken
  }

  /// ESC $ @, ESC $ B, ESC ( J and ESC ( I stand in no other text.
  private static func hasJapaneseEscape(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while let at = rest.firstIndex(of: 0x1B) {
      rest = rest[(at + 1)...]
      let next = Array(rest.prefix(2))
      if [[0x24, 0x40], [0x24, 0x42], [0x28, 0x4A], [0x28, 0x49]].contains(next) { return true }
    }
    return false
  }

  // MARK: - UTF-16 and UTF-32

  /// nil when the text is not of such units: the label lies.
  private static func wide(_ bytes: [UInt8], _ charset: Charset?) -> (text: String, damaged: Bool)? {
    if charset == .utf32 {
      let values = stride(from: 0, to: bytes.count - bytes.count % 4, by: 4).map { at in
        (bytes[at..<(at + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
      }
      let big = values.allSatisfy { $0 < 0x11_0000 }
      guard !values.isEmpty, big || values.allSatisfy({ $0.byteSwapped < 0x11_0000 }) else { return nil }
      var out = String.UnicodeScalarView()
      for value in values {
        guard let scalar = Unicode.Scalar(big ? value : value.byteSwapped) else { continue }
        if scalar.value != 0xFEFF { out.append(scalar) }
      }
      return (String(out), false)
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      return units(bytes[...], bigEndian: bytes.first == 0xFE)
    }
    let zeros = zeros(bytes[...])
    // ASCII under a wrong label has no zero bytes; a text in another script has few.
    if zeros == (0, 0), String(validating: bytes, as: UTF8.self) != nil { return nil }
    return units(bytes[...], bigEndian: zeros.even > zeros.odd)
  }

  private static func units(_ bytes: ArraySlice<UInt8>, bigEndian: Bool) -> (text: String, damaged: Bool) {
    var units = [UInt16]()
    units.reserveCapacity(bytes.count / 2)
    var first: UInt8?
    for byte in bytes {
      guard let held = first else {
        first = byte
        continue
      }
      units.append(bigEndian ? UInt16(held) << 8 | UInt16(byte) : UInt16(byte) << 8 | UInt16(held))
      first = nil
    }
    if units.first == 0xFEFF { units.removeFirst() }
    return (String(decoding: units, as: UTF16.self), first != nil)
  }

  // MARK: - Sets that shift with ASCII signs

  private static func escaped(_ bytes: [UInt8], _ charset: Charset) -> (text: String, damaged: Bool) {
    let result: (text: String, damaged: Bool)?
    switch charset {
    case .iso2022jp:
      result =
        JapaneseEscapes.shiftJIS(bytes).flatMap { iconv($0, from: "CP932") } ?? iconv(bytes, from: "ISO-2022-JP-2")
    case .iso2022kr: result = iconv(ShiftedPairs.highBit(bytes, .shiftOut), from: "CP949")
    case .hz: result = iconv(ShiftedPairs.highBit(bytes, .tilde), from: "GB18030")
    default: result = convert(bytes, from: charset)
    }
    return result ?? (String(decoding: bytes, as: UTF8.self), true)
  }

  private static func convert(_ bytes: [UInt8], from charset: Charset) -> (text: String, damaged: Bool)? {
    switch charset {
    case .table(let name): iconv(bytes, from: name)
    case .utf7: iconv(bytes, from: "UTF-7")
    // With bytes over 127, which these sets do not have: what programs write that forget to shift.
    case .iso2022jp: iconv(bytes, from: "CP932")
    case .iso2022kr: iconv(bytes, from: "CP949")
    case .hz: iconv(bytes, from: "GB18030")
    case .utf8, .utf16, .utf32: nil
    }
  }

  // MARK: - iconv

  private static func iconv(_ bytes: [UInt8], from charset: String) -> (text: String, damaged: Bool)? {
    guard let handle = iconv_open("UTF-8", charset), handle != iconv_t(bitPattern: -1) else { return nil }
    defer { iconv_close(handle) }
    var out = [UInt8]()
    out.reserveCapacity(min(bytes.count * 2, 4 * MailLimits.text))
    var damaged = false
    var source = bytes
    var chunk = [CChar](repeating: 0, count: 16 << 10)
    source.withUnsafeMutableBytes { buffer in
      var input = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
      var left = buffer.count
      while left > 0, out.count < 8 * MailLimits.text {
        let before = left
        let (written, error) = chunk.withUnsafeMutableBufferPointer { room -> (Int, Int32) in
          var target = room.baseAddress
          var space = room.count
          let result = Foundation.iconv(handle, &input, &left, &target, &space)
          return (room.count - space, result == Int.max || result == -1 ? errno : 0)
        }
        chunk.withUnsafeBytes { out.append(contentsOf: $0.prefix(written)) }
        if error == EILSEQ || error == EINVAL, left > 0, let wrong = input?.pointee {
          let byte = UInt8(bitPattern: wrong)
          damaged = true
          // A sign of ASCII that the set does not have is meant as it is.
          if (32...126).contains(byte) {
            out.append(byte)
          } else {
            out.append(contentsOf: UTF8.encodedReplacementCharacter)
          }
          input = input?.advanced(by: 1)
          left -= 1
        } else if written == 0, left == before {
          break
        }
      }
    }
    return (String(decoding: out, as: UTF8.self), damaged)
  }
}
