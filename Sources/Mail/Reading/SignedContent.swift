/// What was signed, taken out of its signature without looking whether the signature holds.
///
/// A signature proves nothing here: text and files come to life as those of an unsigned mail do.

/// Opaque S/MIME signatures (RFC 8551 §3.5.2): the content within a CMS SignedData (RFC 5652 §5.1).
///
/// Enters: the bytes of application/pkcs7-mime. Leaves: the MIME entity that was signed, or nil for anything else,
/// encrypted mail above all. Reads BER with definite and indefinite lengths, forward only, without recursion; a length
/// that reaches beyond its container ends the reading.
enum OpaqueSignature {
  /// Larger ones stay a file.
  static let most = 10 << 20
  private static let signedData: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02]
  private static let data: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01]

  static func content(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count <= most else { return nil }
    var reader = BERReader(bytes: bytes)
    // ContentInfo { OID, [0] { SignedData { version, digestAlgorithms, encapContentInfo { OID, [0] { OCTET STRING } } } } }
    guard reader.enter(0x30), reader.primitive(0x06)?.elementsEqual(signedData) == true, reader.enter(0xA0),
      reader.enter(0x30), reader.skip(), reader.skip(), reader.enter(0x30),
      reader.primitive(0x06)?.elementsEqual(data) == true, reader.enter(0xA0)
    else { return nil }
    return reader.octets()
  }

  /// EnvelopedData or AuthEnvelopedData (RFC 5652 §6.1, RFC 5083).
  static func isEncrypted(_ bytes: [UInt8]) -> Bool {
    var reader = BERReader(bytes: bytes)
    guard reader.enter(0x30), let type = reader.primitive(0x06) else { return false }
    let pkcs7 = signedData.dropLast()
    return type.elementsEqual(pkcs7 + [0x03])
      || type.elementsEqual([0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x01, 0x17])
  }
}

/// Parts of S/MIME (RFC 8551 §3.2).
enum PKCS7 {
  /// application/pkcs7-mime, or a file of that kind whose type a gateway forgot.
  static func isMime(_ part: MimePart) -> Bool {
    switch part.contentType {
    case "application/pkcs7-mime", "application/x-pkcs7-mime": true
    case "application/octet-stream":
      asciiLowercased(Array(part.fileName.utf8.suffix(4))).elementsEqual(".p7m".utf8)
    default: false
    }
  }
}

/// Walks the first elements of nested BER containers.
private struct BERReader {
  let bytes: [UInt8]
  private var at = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// Tag and length of the element at hand; a length of nil is indefinite. Leaves the place behind them.
  private mutating func header() -> (tag: UInt8, length: Int?)? {
    guard at + 1 < bytes.count else { return nil }
    let tag = bytes[at]
    let first = bytes[at + 1]
    at += 2
    // Tags of several bytes do not occur here.
    guard tag & 0x1F != 0x1F else { return nil }
    if first == 0x80 { return (tag, nil) }
    if first < 0x80 { return fits(Int(first)) ? (tag, Int(first)) : nil }
    let count = Int(first & 0x7F)
    guard count <= 4, at + count <= bytes.count else { return nil }
    let length = bytes[at..<(at + count)].reduce(0) { $0 << 8 | Int($1) }
    at += count
    return fits(length) ? (tag, length) : nil
  }

  private func fits(_ length: Int) -> Bool { length <= bytes.count - at }

  mutating func enter(_ tag: UInt8) -> Bool { header()?.tag == tag }

  mutating func primitive(_ tag: UInt8) -> ArraySlice<UInt8>? {
    guard let found = header(), found.tag == tag, let length = found.length else { return nil }
    defer { at += length }
    return bytes[at..<(at + length)]
  }

  /// One whole element; of indefinite length to its end mark, counting those within.
  mutating func skip() -> Bool {
    var open = 0
    repeat {
      if open > 0, at + 1 < bytes.count, bytes[at] == 0, bytes[at + 1] == 0 {
        at += 2
        open -= 1
        continue
      }
      guard let found = header() else { return false }
      if let length = found.length { at += length } else { open += 1 }
    } while open > 0
    return true
  }

  /// An octet string in one piece or in many.
  mutating func octets() -> [UInt8]? {
    let start = at
    guard let outer = header() else { return nil }
    if outer.tag == 0x04 {
      at = start
      return primitive(0x04).map { Array($0) }
    }
    guard outer.tag == 0x24 else { return nil }
    let end = outer.length.map { at + $0 } ?? bytes.count
    var out: [UInt8] = []
    while at < end {
      if outer.length == nil, bytes[at] == 0 { break }
      guard let piece = primitive(0x04) else { return nil }
      out.append(contentsOf: piece)
    }
    return out
  }
}

/// PGP within the text itself (RFC 9580 §7, the cleartext signature framework).
enum PGPText {
  /// - Returns: the text without the armour of a cleartext signature, and whether it holds an encrypted message.
  static func read(_ text: String) -> (text: String, signed: Bool, encrypted: Bool) {
    let lines = Array(text.utf8).split(separator: 10, omittingEmptySubsequences: false)
    guard lines.contains(where: { $0.starts(with: "-----BEGIN PGP ".utf8) }) else { return (text, false, false) }
    var out: [ArraySlice<UInt8>] = []
    var state = State.outside
    var signed = false
    var encrypted = false
    for line in lines {
      switch state {
      case .outside where isLine(line, "-----BEGIN PGP SIGNED MESSAGE-----"):
        signed = true
        state = .armourHeader
      case .outside:
        if isLine(line, "-----BEGIN PGP MESSAGE-----") { encrypted = true }
        out.append(line)
      case .armourHeader: if line.allSatisfy({ $0 <= 32 }) { state = .signedText }
      case .signedText where isLine(line, "-----BEGIN PGP SIGNATURE-----"): state = .signature
      // Lines that began with a dash were given "- " (§7.1).
      case .signedText: out.append(line.starts(with: [45, 32]) ? line.dropFirst(2) : line)
      case .signature: if isLine(line, "-----END PGP SIGNATURE-----") { state = .outside }
      }
    }
    // A signature that never ended may have swallowed a person's words: then all stays.
    guard signed, state == .outside else { return (text, false, encrypted) }
    return (String(decoding: Array(out.joined(separator: [10])), as: UTF8.self), true, encrypted)
  }

  private static func isLine(_ line: ArraySlice<UInt8>, _ mark: String) -> Bool {
    line.starts(with: mark.utf8) && line.dropFirst(mark.utf8.count).allSatisfy { $0 <= 32 }
  }

  private enum State { case outside, armourHeader, signedText, signature }
}
