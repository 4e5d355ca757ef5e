/// The address of the one author, read straight from the raw From field (RFC 5322 §3.6.2), strictly.
///
/// The reader of mail forgives much; this one forgives nothing, and the two must agree. Enters: the value of From.
/// Leaves: the addr-spec as written; nil for none, several, groups, routes, and whatever has two readings.
enum AuthorField {
  static func address(_ value: ArraySlice<UInt8>) -> [UInt8]? {
    guard value.count <= AuthenticationLimits.field, let plain = withoutDecoration(value) else { return nil }
    var address = TagList.trimmed(plain[...])
    if let open = address.firstIndex(of: 60) {
      // name <address>, with nothing behind it.
      guard let close = address.firstIndex(of: 62), close > open, close == address.endIndex - 1 else { return nil }
      let name = TagList.trimmed(address[..<open])
      address = TagList.trimmed(address[(open + 1)..<close])
      // Some write the address as its own name, without quotes.
      guard name == address || !name.contains(where: { ",:;@>".utf8.contains($0) }) else { return nil }
    }
    guard let at = address.firstIndex(of: 64), at > address.startIndex, at == address.lastIndex(of: 64),
      !address.contains(where: { $0 <= 32 || $0 == 127 || ",:;<>()[]\\\"".utf8.contains($0) })
    else { return nil }
    return Array(address)
  }

  /// Comments become a space and quoted text a letter, so that what they hold cannot be taken for structure.
  private static func withoutDecoration(_ value: ArraySlice<UInt8>) -> [UInt8]? {
    var out: [UInt8] = []
    var depth = 0
    var quoted = false
    var escaped = false
    for byte in value {
      if escaped {
        escaped = false
      } else if byte == 92 {
        guard quoted || depth > 0 else { return nil }
        escaped = true
      } else if quoted {
        quoted = byte != 34
      } else if byte == 40 {
        depth += 1
        out.append(32)
      } else if depth > 0 {
        if byte == 41 { depth -= 1 }
      } else if byte == 34 {
        quoted = true
        out.append(120)
      } else {
        out.append(byte)
      }
    }
    return depth == 0 && !quoted && !escaped ? out : nil
  }
}
