/// An address of IPv4 or IPv6, as the client of a delivery or as an answer of the DNS.
///
/// Enters: text (RFC 4291 §2.2, dotted quads without leading zeros) or bytes. Leaves: four or sixteen bytes; an IPv6
/// address that only wraps an IPv4 one becomes that one (RFC 7208 §5). Known limit: no zones (`%eth0`).
public struct IPAddress: Sendable, Hashable {
  /// Four or sixteen bytes in network order.
  public let bytes: [UInt8]

  public var isIPv4: Bool { bytes.count == 4 }

  /// - Returns: nil unless there are four or sixteen bytes.
  public init?(bytes: [UInt8]) {
    switch bytes.count {
    case 4: self.bytes = bytes
    case 16: self.bytes = bytes.starts(with: Self.mapped) ? Array(bytes.suffix(4)) : bytes
    default: return nil
    }
  }

  /// - Returns: nil for text that is no address.
  public init?(_ text: String) {
    let utf8 = Array(text.utf8.prefix(64))
    guard let bytes = Self.quad(utf8[...]) ?? Self.groups(utf8[...]) else { return nil }
    self.init(bytes: bytes)
  }

  private static let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]

  /// Dotted quad; the grammar of RFC 7208 §5.6 knows no leading zero.
  static func quad(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    let parts = text.split(separator: 46, maxSplits: 4, omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bytes: [UInt8] = []
    for part in parts {
      guard (1...3).contains(part.count), part.count == 1 || part.first != 48,
        let value = DecimalNumber.read(part, limit: 255)
      else { return nil }
      bytes.append(UInt8(truncatingIfNeeded: value))
    }
    return bytes
  }

  /// Groups of hexadecimal digits, at most one `::`, perhaps a dotted quad at the end. Sixteen bytes, not unwrapped.
  static func groups(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    let parts = text.split(separator: 58, maxSplits: 9, omittingEmptySubsequences: false)
    guard (3...9).contains(parts.count) else { return nil }
    var before: [UInt8] = []
    var after: [UInt8]?
    for (index, part) in parts.enumerated() {
      if part.isEmpty {
        // The first or last `::` of the text gives two empty parts; the outer one says nothing.
        if index == 0 || index == parts.count - 1 {
          let neighbour = index == 0 ? parts.dropFirst().first : parts.dropLast().last
          guard neighbour?.isEmpty == true else { return nil }
          continue
        }
        guard after == nil else { return nil }
        after = []
        continue
      }
      guard let bytes = group(part, last: index == parts.count - 1) else { return nil }
      if after == nil { before += bytes } else { after? += bytes }
    }
    guard let rest = after else { return before.count == 16 ? before : nil }
    let gap = 16 - before.count - rest.count
    return gap >= 2 ? before + [UInt8](repeating: 0, count: gap) + rest : nil
  }

  private static func group(_ part: ArraySlice<UInt8>, last: Bool) -> [UInt8]? {
    if last, part.contains(46) { return quad(part) }
    guard part.count <= 4 else { return nil }
    var value = 0
    for byte in part {
      guard let digit = HexDigit.value(byte) else { return nil }
      value = value << 4 | Int(digit)
    }
    return [UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value)]
  }

  /// Whether both are of one family and equal in their first `prefix` bits.
  func matches(_ network: IPAddress, prefix: Int) -> Bool {
    guard bytes.count == network.bytes.count else { return false }
    var left = max(0, min(prefix, bytes.count * 8))
    for (mine, theirs) in zip(bytes, network.bytes) {
      if left <= 0 { return true }
      let mask: UInt8 = left >= 8 ? 0xFF : ~(0xFF >> UInt8(truncatingIfNeeded: left))
      guard mine & mask == theirs & mask else { return false }
      left -= 8
    }
    return true
  }

  /// Dotted quad, or eight groups of hexadecimal digits.
  public var text: String {
    if isIPv4 { return bytes.map { String($0) }.joined(separator: ".") }
    let pairs = stride(from: 0, to: 16, by: 2).map { Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]) }
    return pairs.map { String($0, radix: 16) }.joined(separator: ":")
  }

  /// Decimal numbers of IPv4, nibbles of IPv6: the parts of macro `i` (RFC 7208 §7.3) and of the reverse name.
  var parts: [String] {
    if isIPv4 { return bytes.map { String($0) } }
    return bytes.flatMap { [String($0 >> 4, radix: 16), String($0 & 15, radix: 16)] }
  }

  /// The name whose PTR records name the address (RFC 1035 §3.5, RFC 3596 §2.5).
  var reverseName: String {
    parts.reversed().joined(separator: ".") + (isIPv4 ? ".in-addr.arpa" : ".ip6.arpa")
  }
}

/// Decimal digits of outside text, never over a bound.
enum DecimalNumber {
  /// - Returns: nil when there is no digit, another byte, or a value over `limit`.
  static func read(_ digits: some Collection<UInt8>, limit: Int) -> Int? {
    guard !digits.isEmpty else { return nil }
    var value = 0
    for byte in digits {
      guard (48...57).contains(byte) else { return nil }
      let (tens, over) = value.multipliedReportingOverflow(by: 10)
      guard !over else { return nil }
      value = tens &+ Int(byte &- 48)
      guard value >= 0, value <= limit else { return nil }
    }
    return value
  }
}

enum HexDigit {
  static func value(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70: byte - 55
    case 97...102: byte - 87
    default: nil
    }
  }
}
