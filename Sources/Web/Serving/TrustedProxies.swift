// Where a request really comes from.
//
// In: the peer's address and the X-Forwarded-For fields. Out: the address that rations count. Only a proxy named in
// `http.trustedProxies` is believed: the list is read from its end, and the first address that is not such a proxy is
// the visitor (what stands before it, the visitor wrote). A text that is no address ends the walk at the last address
// known. IPv6 visitors count as their /64: one household has 2^64 addresses to change between.

import Glibc
import HTTPTypes

/// The reverse proxies whose word about their visitors is believed.
public struct TrustedProxies: Sendable {
  /// Nobody: the peer is the visitor.
  public static let none = TrustedProxies(ranges: [])
  /// At most so many addresses of a list are looked at.
  private static let mostHops = 20

  private struct Range: Sendable {
    let bytes: [UInt8]
    let bits: Int
  }
  private let ranges: [Range]

  private init(ranges: [Range]) { self.ranges = ranges }

  /// `text`: addresses and ranges (`127.0.0.1, ::1, 10.0.0.0/8`), separated by commas or spaces; empty: nobody.
  /// `nil` when one of them is neither.
  public init?(_ text: String) {
    var ranges: [Range] = []
    for word in text.utf8.split(whereSeparator: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: " ") }) {
      let parts = word.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      guard parts.count <= 2, let bytes = TrustedProxies.bytes(String(decoding: Array(parts[0]), as: UTF8.self)) else {
        return nil
      }
      var bits = bytes.count * 8
      if parts.count == 2 {
        guard let asked = Int(String(decoding: Array(parts[1]), as: UTF8.self)), (0...bits).contains(asked) else {
          return nil
        }
        bits = asked
      }
      ranges.append(Range(bytes: bytes, bits: bits))
    }
    self.ranges = ranges
  }

  /// The visitor's address, fit to be the key of a ration; "-" when there is none.
  func visitor(peer: String?, fields: HTTPFields) -> String {
    guard let peer, var last = TrustedProxies.bytes(peer) else { return "-" }
    if isTrusted(last) {
      let hops = fields[values: .forwardedFor].flatMap { $0.utf8.split(separator: UInt8(ascii: ",")).map(Array.init) }
      for hop in hops.suffix(TrustedProxies.mostHops).reversed() {
        let word = hop.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
        guard let bytes = TrustedProxies.bytes(String(decoding: word, as: UTF8.self)) else { break }
        last = bytes
        guard isTrusted(bytes) else { break }
      }
    }
    return TrustedProxies.key(last)
  }

  private func isTrusted(_ address: [UInt8]) -> Bool {
    ranges.contains { range in
      guard range.bytes.count == address.count else { return false }
      let whole = range.bits / 8
      guard range.bytes.prefix(whole) == address.prefix(whole) else { return false }
      let rest = range.bits % 8
      guard rest > 0 else { return true }
      return range.bytes[whole] >> (8 - rest) == address[whole] >> (8 - rest)
    }
  }

  /// Four bytes, or sixteen; an IPv4 address written as IPv6 (`::ffff:192.0.2.1`) is the IPv4 address.
  private static func bytes(_ text: String) -> [UInt8]? {
    // The zone of a link-local address (RFC 4007 §11) says nothing about who it is.
    let address = text.utf8.prefix { $0 != UInt8(ascii: "%") }
    guard address.count <= 45, address.allSatisfy({ $0 != 0 }) else { return nil }
    let plain = String(decoding: Array(address), as: UTF8.self)
    var bytes = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET, plain, &bytes) == 1 { return Array(bytes.prefix(4)) }
    guard inet_pton(AF_INET6, plain, &bytes) == 1 else { return nil }
    let mapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 255 && bytes[11] == 255
    return mapped ? Array(bytes.suffix(4)) : bytes
  }

  private static func key(_ bytes: [UInt8]) -> String {
    if bytes.count == 4 { return bytes.map { String($0) }.joined(separator: ".") }
    let groups = stride(from: 0, to: 8, by: 2).map { String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16) }
    return groups.joined(separator: ":") + "::/64"
  }
}

extension HTTPField.Name {
  static let forwardedFor = own("X-Forwarded-For")
}
