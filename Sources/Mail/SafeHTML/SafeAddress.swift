/// Addresses that a shown message may link to or load.
///
/// In: the value of an attribute, character references decoded. Out: printable ASCII in a known scheme, or nothing.
/// Read as a browser reads it (WHATWG URL §4.4): space at the ends and line ends and tabs anywhere do not count.
/// Relative addresses have no meaning in a message and would point into the desk: they are dropped.
enum SafeAddress {
  /// Bytes of an address as written.
  static let size = 4 << 10
  /// Bytes of an image within its address.
  static let imageSize = 512 << 10

  enum Image: Equatable {
    case data([UInt8])
    case part(String)
    case remote([UInt8])
  }

  /// http, https, mailto and tel only.
  static func link(_ value: [UInt8]) -> [UInt8]? {
    let address = stripped(value)
    if let web = web(address) { return web }
    if address.prefix(4).elementsEqual("www.".utf8) { return web(Array("http://".utf8) + address) }
    guard let (scheme, rest) = split(address), !rest.isEmpty else { return nil }
    switch scheme {
    case "mailto": return encoded(Array("mailto:".utf8), rest)
    case "tel": return phone(rest)
    default: return nil
    }
  }

  static func image(_ value: [UInt8]) -> Image? {
    let address = stripped(value)
    if let (scheme, rest) = split(address) {
      switch scheme {
      case "cid": return part(percentDecoded(rest))
      case "data": return data(rest).map { .data($0) }
      default: break
      }
    }
    return web(address).map { .remote($0) }
  }

  static func remoteImage(_ value: [UInt8]) -> Image? { web(stripped(value)).map { .remote($0) } }

  /// A Content-ID without angle brackets.
  static func part(_ value: [UInt8]) -> Image? {
    guard value.count <= 512 else { return nil }
    let id = CleanText.line(String(decoding: value, as: UTF8.self), limit: 512)
    return id.utf8.isEmpty ? nil : .part(id)
  }

  /// A path of this site that the desk gave; anything else is not written.
  static func ownPath(_ path: String) -> [UInt8]? {
    let bytes = Array(path.utf8)
    guard bytes.first == 47, bytes.count <= size, bytes.count < 2 || bytes[1] != 47, bytes.allSatisfy(isPrintable)
    else { return nil }
    return bytes
  }

  // MARK: - Schemes

  private static func split(_ address: [UInt8]) -> (scheme: String, rest: [UInt8])? {
    guard let colon = address.prefix(8).firstIndex(of: 58),
      address[..<colon].allSatisfy({ (97...122).contains($0 | 32) })
    else { return nil }
    let scheme = String(decoding: asciiLowercased(address[..<colon]), as: UTF8.self)
    return (scheme, Array(address[(colon + 1)...]))
  }

  /// `http://…`, `https://…` and `//…`, with a host. A backslash is a slash in them (WHATWG URL §4.4).
  private static func web(_ address: [UInt8]) -> [UInt8]? {
    var scheme = Array("https:".utf8)
    var rest = address
    if let (name, behind) = split(address) {
      guard name == "http" || name == "https" else { return nil }
      scheme = Array("\(name):".utf8)
      rest = behind
    }
    let query = rest.firstIndex { $0 == 63 || $0 == 35 } ?? rest.count
    for index in 0..<query where rest[index] == 92 { rest[index] = 47 }
    let slashes = rest.prefix { $0 == 47 }.count
    guard slashes >= 2, namesHost(rest[slashes..<query].prefix { $0 != 47 }) else { return nil }
    return encoded(scheme + [47, 47], Array(rest[slashes...]))
  }

  /// `host` or `host:port`. A name in front of the host has one use left, to look like another host (RFC 3986 §7.6).
  private static func namesHost(_ authority: ArraySlice<UInt8>) -> Bool {
    if authority.contains(64) { return false }
    let host = authority.first == 91 ? authority.prefix { $0 != 93 } : authority.prefix { $0 != 58 }
    let port = authority.dropFirst(host.count).drop { $0 == 93 || $0 == 58 }
    return !host.isEmpty && port.count <= 5 && port.allSatisfy { (48...57).contains($0) }
  }

  private static func phone(_ rest: [UInt8]) -> [UInt8]? {
    let number = rest.filter { $0 != 32 }
    let known = number.allSatisfy { (48...57).contains($0) || [40, 41, 43, 45, 46].contains($0) }
    guard known, number.count <= 40, number.contains(where: { (48...57).contains($0) }) else { return nil }
    return Array("tel:".utf8) + number
  }

  /// `image/TYPE;base64,…` of a type that browsers draw and that holds no markup.
  private static func data(_ rest: [UInt8]) -> [UInt8]? {
    for type in ["png", "gif", "jpeg", "jpg", "webp"] {
      let head = Array("image/\(type);base64,".utf8)
      guard asciiLowercased(rest.prefix(head.count)).elementsEqual(head) else { continue }
      let body = rest.dropFirst(head.count)
      let known = body.allSatisfy {
        (97...122).contains($0 | 32) || (48...57).contains($0) || $0 == 43 || $0 == 47 || $0 == 61
      }
      return known && (1...imageSize).contains(body.count) ? Array("data:".utf8) + head + body : nil
    }
    return nil
  }

  // MARK: - Bytes

  /// WHATWG URL §4.4.
  private static func stripped(_ value: [UInt8]) -> [UInt8] {
    let start = value.firstIndex { $0 > 32 } ?? value.count
    let end = value.lastIndex { $0 > 32 }.map { $0 + 1 } ?? start
    return value[start..<end].filter { $0 != 9 && $0 != 10 && $0 != 13 }
  }

  private static func isPrintable(_ byte: UInt8) -> Bool {
    // Neither space nor `"`, `<`, `>`, `\`, `^`, `` ` ``, `{`, `|`, `}`.
    (33...126).contains(byte) && ![34, 60, 62, 92, 94, 96, 123, 124, 125].contains(byte)
  }

  /// Every byte that is not plain is percent-encoded (RFC 3986 §2.1): marks of direction too.
  private static func encoded(_ head: [UInt8], _ rest: [UInt8]) -> [UInt8]? {
    let digits = Array("0123456789ABCDEF".utf8)
    var out = head
    for byte in rest {
      if isPrintable(byte) {
        out.append(byte)
      } else {
        out += [37, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
      if out.count > size { return nil }
    }
    return out
  }

  /// RFC 2392 §2: a Content-ID in an address is percent-encoded.
  private static func percentDecoded(_ bytes: [UInt8]) -> [UInt8] {
    func digit(_ byte: UInt8) -> UInt8? {
      switch byte {
      case 48...57: byte - 48
      case 65...70: byte - 55
      case 97...102: byte - 87
      default: nil
      }
    }
    var out: [UInt8] = []
    var at = 0
    while at < bytes.count {
      if bytes[at] == 37, at + 2 < bytes.count, let high = digit(bytes[at + 1]), let low = digit(bytes[at + 2]) {
        out.append(high << 4 | low)
        at += 3
      } else {
        out.append(bytes[at])
        at += 1
      }
    }
    return out
  }
}
