/// What an e-mail address typed by a person must look like. Narrower than RFC 5321 §4.1.2: no quoted local part, no
/// address literal, printable ASCII only, so that no two programs on the way read it differently.
public enum EmailAddress {
  /// True for `local@host.name` of at most 320 bytes.
  public static func isPlain(_ text: String) -> Bool {
    guard text.utf8.count <= 320 else { return false }
    let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard parts.count == 2, let local = parts.first, let host = parts.last, (1...64).contains(local.count) else {
      return false
    }
    let special = Array("\"(),:;<>[\\]".utf8)
    guard local.allSatisfy({ (33...126).contains($0) && !special.contains($0) }) else { return false }
    return DomainName(String(decoding: host, as: UTF8.self)) != nil
  }
}
