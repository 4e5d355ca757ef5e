/// Where a mail server is, read from an address such as `imaps://mail.example:993/INBOX`.
///
/// Every part is checked byte by byte against a short list of what is allowed, because libcurl would otherwise read
/// further meaning into it (users, options, UIDs, line breaks).
public struct ServerAddress: Sendable, Equatable {
  public var scheme: String
  public var host: String
  /// Written in the address, or nil for the scheme's own (993, 143, 587, 465).
  public var port: Int?
  /// What follows the first slash after the port, without that slash; may be empty.
  public var path: String

  /// - Throws: `ServerAddressFault`, saying which part cannot be used.
  public init(_ text: String, schemes: [String]) throws(ServerAddressFault) {
    let bytes = Array(text.utf8)
    guard bytes.count <= 500 else { throw .tooLong }
    guard let scheme = schemes.first(where: { bytes.starts(with: Array(($0 + "://").utf8)) }) else {
      throw .scheme(allowed: schemes)
    }
    var rest = bytes.dropFirst(scheme.utf8.count + 3)
    let slash = rest.firstIndex(of: UInt8(ascii: "/"))
    let path = slash.map { rest[rest.index(after: $0)...] } ?? []
    rest = rest[..<(slash ?? rest.endIndex)]
    (self.scheme, self.path) = (scheme, String(decoding: path, as: UTF8.self))
    guard path.allSatisfy({ ServerAddress.isPlain($0) || $0 == UInt8(ascii: "/") }) else { throw .path }
    var port: Int?
    if let colon = rest.lastIndex(of: UInt8(ascii: ":")), !(rest.last == UInt8(ascii: "]")) {
      let digits = rest[rest.index(after: colon)...]
      guard (1...5).contains(digits.count), digits.allSatisfy({ (48...57).contains($0) }),
        let number = Int(String(decoding: digits, as: UTF8.self)), (1...65535).contains(number)
      else { throw .port }
      port = number
      rest = rest[..<colon]
    }
    self.port = port
    host = String(decoding: rest, as: UTF8.self)
    guard ServerAddress.isHost(Array(rest)) else { throw .host }
  }

  /// Whether the host is this machine: only there may anything be said without TLS.
  public var isLoopback: Bool {
    if host == "localhost" || host == "[::1]" { return true }
    let parts = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4 && host.utf8.starts(with: "127.".utf8)
      && parts.allSatisfy { (1...3).contains($0.count) && $0.allSatisfy { (48...57).contains($0) } }
  }

  /// The address without its path, as libcurl reads it.
  /// `scheme://host:port/`, as shown to people.
  public var root: String { "\(scheme)://\(host)" + (port.map { ":\($0)" } ?? "") + "/" }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122: true
    case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"): true
    default: false
    }
  }

  private static func isHost(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first, let last = bytes.last, bytes.count <= 253 else { return false }
    if first == UInt8(ascii: "["), last == UInt8(ascii: "]") {
      let inner = bytes.dropFirst().dropLast()
      return !inner.isEmpty
        && inner.allSatisfy {
          (48...57).contains($0) || (65...70).contains($0) || (97...102).contains($0) || $0 == 58 || $0 == 46
        }
    }
    return bytes.allSatisfy(isPlain) && first != UInt8(ascii: "-")
  }
}

/// Why an address of a mail server cannot be used.
public enum ServerAddressFault: Error, Sendable, Equatable {
  case tooLong
  case scheme(allowed: [String])
  case host
  case port
  case path
  /// Without TLS from the first byte only this machine is spoken to.
  case notLoopback
}
