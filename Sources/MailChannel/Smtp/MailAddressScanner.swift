/// Decides whether an address may be written into an SMTP command.
///
/// libcurl writes what it is given: a line break in a recipient becomes a second command. So only what RFC 5321 §4.1.2
/// calls a dot-string or a simple quoted-free local part passes: printable ASCII without space, brackets, quotes,
/// commas, colons, semicolons, parentheses and backslash, and a host name or address literal after the only `@`.
enum MailAddressScanner {
  static func allows(_ address: String) -> Bool {
    let bytes = Array(address.utf8)
    // RFC 5321 §4.5.3.1: 64 before the @, 254 in all (the path's 256 hold two brackets).
    guard bytes.count <= 254 else { return false }
    let parts = bytes.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard parts.count == 2, (1...64).contains(parts[0].count), !parts[1].isEmpty else { return false }
    return parts[0].allSatisfy(isLocal) && isHost(parts[1])
  }

  /// For EHLO: a host name, nothing else.
  static func allowsHost(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    return !bytes.isEmpty && bytes.count <= 253 && isHost(bytes[...])
  }

  private static func isLocal(_ byte: UInt8) -> Bool {
    guard (33...126).contains(byte) else { return false }
    return !"()<>[]:;,\\\"".utf8.contains(byte)
  }

  private static func isHost(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
      (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
        && label.allSatisfy { (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45 }
    }
  }
}
