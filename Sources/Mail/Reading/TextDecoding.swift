import Foundation

/// Bytes of a text part to Unicode. Never fails: what cannot be read becomes U+FFFD.
enum TextDecoding {
  /// - Parameter charset: the sender's word; a wrong or missing one is replaced by UTF-8 when the bytes are
  ///   valid UTF-8, else by Windows-1252 (WHATWG reads ISO-8859-1 and US-ASCII so).
  /// - Returns: text and whether bytes had to be replaced.
  static func decode(_ bytes: [UInt8], charset: String?) -> (text: String, damaged: Bool) {
    let name = canonical(charset)
    let escapes =
      name.hasPrefix("ISO-2022") || name == "UTF-7" || name.hasPrefix("UTF-16")
      || name.hasPrefix("UTF-32") || name == "HZ"
    if !escapes, let text = String(validating: bytes, as: UTF8.self) { return (text, false) }
    if name == "UTF-8" { return (String(decoding: bytes, as: UTF8.self), true) }
    if let result = convert(bytes, from: name) { return result }
    if let text = String(validating: bytes, as: UTF8.self) { return (text, false) }
    return convert(bytes, from: "WINDOWS-1252") ?? (String(decoding: bytes, as: UTF8.self), true)
  }

  /// Name for iconv; only harmless bytes pass (`//TRANSLIT` and the like are switches of iconv).
  static func canonical(_ charset: String?) -> String {
    let bytes = Array((charset ?? "").utf8)
    let allowed = bytes.allSatisfy { byte in
      switch byte {
      case 48...57, 65...90, 97...122, 45, 46, 58, 95: true
      default: false
      }
    }
    guard allowed, (1...40).contains(bytes.count) else { return "WINDOWS-1252" }
    switch asciiLowercased(String(decoding: bytes, as: UTF8.self)) {
    case "utf-8", "utf8", "unicode-1-1-utf-8": return "UTF-8"
    case "us-ascii", "ascii", "iso-8859-1", "latin1", "iso8859-1", "ansi_x3.4-1968", "x-unknown", "unknown-8bit",
      "default", "_autodetect":
      return "WINDOWS-1252"
    case "iso-8859-9", "latin5": return "WINDOWS-1254"
    case "iso-8859-8-i", "iso-8859-8-e": return "ISO-8859-8"
    case "ks_c_5601-1987", "ks_c_5601", "euc-kr", "cp949", "x-windows-949": return "CP949"
    case "gb2312", "gbk", "x-gbk", "gb_2312-80", "cp936": return "GB18030"
    case "shift_jis", "shift-jis", "x-sjis", "sjis", "windows-31j", "cp932": return "CP932"
    case "iso-2022-jp", "x-iso-2022-jp": return "ISO-2022-JP-3"
    case "big5", "x-x-big5", "cn-big5": return "BIG5-HKSCS"
    case "unicode-1-1-utf-7", "utf-7": return "UTF-7"
    case "windows-874", "tis-620", "iso-8859-11": return "CP874"
    case "cp-850": return "CP850"
    default: return String(decoding: bytes, as: UTF8.self).uppercased()
    }
  }

  /// nil when the charset is unknown or unreadable throughout.
  private static func convert(_ bytes: [UInt8], from charset: String) -> (text: String, damaged: Bool)? {
    guard let handle = iconv_open("UTF-8", charset), handle != iconv_t(bitPattern: -1) else { return nil }
    defer { iconv_close(handle) }
    var out = [UInt8]()
    out.reserveCapacity(bytes.count * 2)
    var bad = 0
    var source = bytes
    var chunk = [CChar](repeating: 0, count: 16 << 10)
    source.withUnsafeMutableBytes { buffer in
      var input = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
      var left = buffer.count
      while left > 0, out.count < 4 * MailLimits.text {
        let state = chunk.withUnsafeMutableBufferPointer { room -> (written: Int, error: Int32) in
          var target = room.baseAddress
          var space = room.count
          let result = iconv(handle, &input, &left, &target, &space)
          let error = result == Int.max || result == -1 ? errno : 0
          return (room.count - space, error)
        }
        for unit in chunk[..<state.written] { out.append(UInt8(bitPattern: unit)) }
        if state.error == E2BIG { continue }
        if state.error == EILSEQ || state.error == EINVAL, left > 0 {
          bad += 1
          out.append(contentsOf: UTF8.encodedReplacementCharacter)
          input = input?.advanced(by: 1)
          left -= 1
        } else if state.written == 0 {
          break
        }
      }
    }
    return (String(decoding: out, as: UTF8.self), bad > 0)
  }
}
