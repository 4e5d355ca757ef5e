import Foundation

/// Address fields built of nested groups. GMime reads six fields as addresses, by recursion, wherever it takes a line
/// for one of a header; so every logical line of the message that bears one of their names is looked at, whatever part
/// it stands in. No text of a person has a thousand colons in a line that begins with "To:".
enum GroupBomb {
  /// Blanks the colons of address fields beyond a number. Linear: goes from colon to colon, and looks for the begin of
  /// a line only between two of them.
  /// - Returns: whether there was anything to blank.
  static func disarm(_ bytes: inout [UInt8], keeping most: Int) -> Bool {
    var found = false
    var line = 0
    var scanned = 0
    var count = 0
    var at = 0
    while let colon = next(58, in: bytes, from: at) {
      at = colon + 1
      if let start = lineStart(in: bytes, from: scanned, to: colon) {
        line = start
        count = 0
      }
      scanned = colon
      count += 1
      if count > most, isAddressField(bytes[line...]) {
        bytes[colon] = 32
        found = true
      }
    }
    return found
  }

  static func isBomb(_ line: ArraySlice<UInt8>, beyond most: Int) -> Bool {
    line.count > most && isAddressField(line) && line.reduce(0) { $0 + ($1 == 58 ? 1 : 0) } > most
  }

  private static func next(_ byte: UInt8, in bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBytes { all in
      guard start < all.count, let base = all.baseAddress,
        let hit = memchr(base.advanced(by: start), Int32(byte), all.count - start)
      else { return nil }
      return base.distance(to: UnsafeRawPointer(hit))
    }
  }

  /// Where the last logical line (one that begins with no white space) begins between two places.
  private static func lineStart(in bytes: [UInt8], from start: Int, to end: Int) -> Int? {
    var at = end
    while at > start {
      at -= 1
      if bytes[at] == 10, at + 1 < bytes.count, bytes[at + 1] != 32, bytes[at + 1] != 9 { return at + 1 }
    }
    return nil
  }

  private static func isAddressField(_ line: ArraySlice<UInt8>) -> Bool {
    let name = line.prefix(40).prefix { $0 != 58 }
    switch String(decoding: asciiLowercased(name.filter { $0 > 32 }), as: UTF8.self) {
    case "from", "sender", "reply-to", "to", "cc", "bcc": return true
    default: return false
    }
  }
}

/// What stands before the header.
enum FirstLines {
  /// - Returns: where the header begins, and whether lines were left out that no mail program puts there.
  static func header(_ text: ArraySlice<UInt8>) -> (start: Int, junk: Bool) {
    var start = text.startIndex
    // The line of an mbox, quoted or not, and the empty line that some put behind it.
    while start < text.endIndex, isEnvelope(text[start...]) {
      start = MailGuard.lineEnd(text, start)
      while start < text.endIndex, text[start] == 10 || text[start] == 13 { start += 1 }
    }
    guard start < text.endIndex, !isField(text[start...]) else { return (start, false) }
    // At most twenty lines before the first field whose name every mail has.
    var at = start
    for _ in 0..<20 {
      at = MailGuard.lineEnd(text, at)
      guard at < text.endIndex, text[at] != 10, text[at] != 13 else { break }
      if isKnownField(text[at...]) { return (at, true) }
    }
    return (start, false)
  }

  private static func isEnvelope(_ line: ArraySlice<UInt8>) -> Bool {
    let bare = line.first == 62 ? line.dropFirst() : line
    return bare.starts(with: "From ".utf8) && bare.dropFirst(5).first(where: { $0 != 32 && $0 != 9 }) != 58
  }

  private static func isField(_ line: ArraySlice<UInt8>) -> Bool {
    let name = line.prefix(1_000).prefix { $0 > 32 && $0 != 58 && $0 != 127 }
    return !name.isEmpty && line[name.endIndex...].first { $0 != 32 && $0 != 9 } == 58
  }

  private static func isKnownField(_ line: ArraySlice<UInt8>) -> Bool {
    guard isField(line) else { return false }
    switch String(decoding: asciiLowercased(line.prefix { $0 > 32 && $0 != 58 }), as: UTF8.self) {
    case "from", "to", "subject", "date", "received", "return-path", "message-id", "mime-version", "content-type",
      "delivered-to", "x-original-to", "dkim-signature":
      return true
    default: return false
    }
  }
}
