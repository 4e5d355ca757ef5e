import Foundation

/// A tag list of DKIM, ARC and DMARC (RFC 6376 §3.2): `name=value` between semicolons.
///
/// Enters: bytes of a header field or TXT record. Leaves: values as written, white space trimmed at their ends; nil
/// for a syntax error, a tag that stands twice, or more tags than anybody writes.
struct TagList {
  private var values: [String: ArraySlice<UInt8>] = [:]
  private(set) var first: String?

  init?(_ bytes: ArraySlice<UInt8>) {
    guard bytes.count <= AuthenticationLimits.field else { return nil }
    var parts = bytes.split(
      separator: 59, maxSplits: AuthenticationLimits.tags + 1, omittingEmptySubsequences: false)[...]
    // One semicolon may end the list.
    if let last = parts.last, Self.trimmed(last).isEmpty { parts.removeLast() }
    guard (1...AuthenticationLimits.tags).contains(parts.count) else { return nil }
    for part in parts {
      guard let equals = part.firstIndex(of: 61), let name = Self.name(part[..<equals]) else { return nil }
      let value = Self.trimmed(part[part.index(after: equals)...])
      guard value.allSatisfy({ $0 > 32 && $0 != 127 || Self.isSpace($0) }) else { return nil }
      guard values.updateValue(value, forKey: name) == nil else { return nil }
      if first == nil { first = name }
    }
  }

  /// A letter, then letters, digits and underscores. Names are told apart by case.
  private static func name(_ bytes: ArraySlice<UInt8>) -> String? {
    let name = trimmed(bytes)
    guard let first = name.first, SPFMacro.isLetter(first), name.count <= 64,
      name.allSatisfy({ SPFMacro.isLetter($0) || SPFMacro.isDigit($0) || $0 == 95 })
    else { return nil }
    return String(decoding: name, as: UTF8.self)
  }

  static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 13 || byte == 10 }

  static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = bytes.drop(while: isSpace)
    while let last = rest.last, isSpace(last) { rest.removeLast() }
    return rest
  }

  func bytes(_ name: String) -> ArraySlice<UInt8>? { values[name] }

  func text(_ name: String) -> String? { values[name].map { String(decoding: $0, as: UTF8.self) } }

  /// Words between colons, white space around them left out, in lower case.
  func words(_ name: String) -> [String]? {
    values[name].map { value in
      value.split(separator: 58, omittingEmptySubsequences: false).map {
        String(decoding: asciiLowercased(Self.trimmed($0)), as: UTF8.self)
      }
    }
  }

  /// Whether a list of words names one, given in lower case. - Returns: nil when the tag is absent.
  func lists(_ name: String, _ word: String) -> Bool? {
    words(name).map { $0.contains { $0.utf8.elementsEqual(word.utf8) } }
  }

  /// Base64 with white space anywhere (§2.10). - Returns: nil when absent or ill-formed.
  func base64(_ name: String) -> [UInt8]? {
    guard let value = values[name] else { return nil }
    return Data(base64Encoded: Data(value.filter { !Self.isSpace($0) })).map { [UInt8]($0) }
  }

  /// Decimal digits. - Returns: nil when absent or anything else.
  func number(_ name: String) -> Int? {
    values[name].flatMap { DecimalNumber.read($0, limit: 1 << 53) }
  }

  /// A header field's bytes with the value of its `b` tag taken out (§3.7), wherever that stands.
  static func withoutSignature(_ field: ArraySlice<UInt8>, colon: Int) -> [UInt8] {
    var out = Array(field.prefix(colon + 1))
    let parts = field.dropFirst(colon + 1).split(separator: 59, omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if index > 0 { out.append(59) }
      if let equals = part.firstIndex(of: 61), trimmed(part[..<equals]).elementsEqual("b".utf8) {
        out += part[...equals]
      } else {
        out += part
      }
    }
    return out
  }
}
