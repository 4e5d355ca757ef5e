/// One SPF record (RFC 7208 §4.5, §5, §6), read whole before any of it is obeyed: an error anywhere counts (§4.6).
///
/// Enters: the bytes of a TXT record. Leaves: directives in order, `redirect` and `exp`; nil for a syntax error.
struct SPFRecord: Sendable, Equatable {
  struct Directive: Sendable, Equatable {
    /// What the check says when the mechanism matches.
    var result: SPFResult
    var mechanism: Mechanism
  }

  enum Mechanism: Sendable, Equatable {
    case all
    case include(SPFMacro)
    case a(SPFMacro?, DualPrefix)
    case mx(SPFMacro?, DualPrefix)
    case ptr(SPFMacro?)
    case exists(SPFMacro)
    case network(IPAddress, ipv4: Bool, prefix: Int)
  }

  struct DualPrefix: Sendable, Equatable {
    var ipv4 = 32
    var ipv6 = 128
  }

  private(set) var directives: [Directive] = []
  private(set) var redirect: SPFMacro?
  private(set) var explanation: SPFMacro?

  /// Whether a TXT record is an SPF record: the version, in any case, and a space or nothing behind it (§4.5).
  static func isRecord(_ bytes: [UInt8]) -> Bool {
    asciiLowercased(bytes.prefix(6)).elementsEqual("v=spf1".utf8) && (bytes.count == 6 || bytes[6] == 32)
  }

  init?(_ bytes: [UInt8]) {
    guard Self.isRecord(bytes), bytes.count <= AuthenticationLimits.field else { return nil }
    for term in bytes.dropFirst(6).split(separator: 32) {
      guard term.allSatisfy({ (33...126).contains($0) }) else { return nil }
      guard modifier(term) ?? directive(term) else { return nil }
    }
  }

  /// - Returns: nil when the term is none; false for an error in it.
  private mutating func modifier(_ term: ArraySlice<UInt8>) -> Bool? {
    let name = term.prefix { SPFMacro.isLetter($0) || SPFMacro.isDigit($0) || "-_.".utf8.contains($0) }
    guard let first = name.first, SPFMacro.isLetter(first), name.endIndex < term.endIndex, term[name.endIndex] == 61
    else { return nil }
    let value = term[(name.endIndex + 1)...]
    switch String(decoding: asciiLowercased(name), as: UTF8.self) {
    // Neither may stand twice, nor be empty (§6, erratum 5436).
    case "redirect":
      guard redirect == nil, let domain = SPFMacro.domain(value) else { return false }
      redirect = domain
      return true
    case "exp":
      guard explanation == nil, let domain = SPFMacro.domain(value) else { return false }
      explanation = domain
      return true
    default:
      return SPFMacro(value) != nil
    }
  }

  private mutating func directive(_ term: ArraySlice<UInt8>) -> Bool {
    var rest = term
    var result = SPFResult.pass
    switch term.first {
    case 43: rest.removeFirst()
    case 45: (result, rest) = (.fail, term.dropFirst())
    case 126: (result, rest) = (.softfail, term.dropFirst())
    case 63: (result, rest) = (.neutral, term.dropFirst())
    default: break
    }
    let name = rest.prefix { $0 != 58 && $0 != 47 }
    let argument = rest[name.endIndex...]
    guard let mechanism = Self.mechanism(String(decoding: asciiLowercased(name), as: UTF8.self), argument) else {
      return false
    }
    directives.append(Directive(result: result, mechanism: mechanism))
    return true
  }

  /// - Parameter argument: what follows the name: empty, `:…` or `/…`.
  private static func mechanism(_ name: String, _ argument: ArraySlice<UInt8>) -> Mechanism? {
    let value = argument.first == 58 ? argument.dropFirst() : nil
    switch name {
    case "all": return argument.isEmpty ? .all : nil
    case "include": return value.flatMap(SPFMacro.domain).map { .include($0) }
    case "exists": return value.flatMap(SPFMacro.domain).map { .exists($0) }
    case "ptr":
      if argument.isEmpty { return .ptr(nil) }
      return value.flatMap(SPFMacro.domain).map { .ptr($0) }
    case "a", "mx":
      guard let (spec, prefix) = dualPrefix(argument) else { return nil }
      var domain: SPFMacro?
      if !spec.isEmpty {
        guard spec.first == 58, let read = SPFMacro.domain(spec.dropFirst()) else { return nil }
        domain = read
      }
      return name == "a" ? .a(domain, prefix) : .mx(domain, prefix)
    case "ip4": return value.flatMap { network($0, ipv4: true) }
    case "ip6": return value.flatMap { network($0, ipv4: false) }
    default: return nil
    }
  }

  /// `[ip4-cidr-length] ["/" ip6-cidr-length]` (§5.6), taken from the end, since a domain-spec may hold slashes.
  private static func dualPrefix(_ argument: ArraySlice<UInt8>) -> (rest: ArraySlice<UInt8>, prefix: DualPrefix)? {
    var rest = argument
    var prefix = DualPrefix()
    if let slash = digitsAfterSlash(rest), slash > rest.startIndex, rest[slash - 1] == 47 {
      guard let bits = bits(rest[(slash + 1)...], limit: 128) else { return nil }
      prefix.ipv6 = bits
      rest = rest[..<(slash - 1)]
    }
    if let slash = digitsAfterSlash(rest) {
      guard let bits = bits(rest[(slash + 1)...], limit: 32) else { return nil }
      prefix.ipv4 = bits
      rest = rest[..<slash]
    }
    return (rest, prefix)
  }

  /// Index of the slash before the digits that end the text.
  private static func digitsAfterSlash(_ text: ArraySlice<UInt8>) -> Int? {
    guard let slash = text.lastIndex(of: 47), slash + 1 < text.endIndex,
      text[(slash + 1)...].allSatisfy(SPFMacro.isDigit)
    else { return nil }
    return slash
  }

  /// No leading zero (§5.6).
  private static func bits(_ digits: ArraySlice<UInt8>, limit: Int) -> Int? {
    guard digits.count == 1 || digits.first != 48 else { return nil }
    return DecimalNumber.read(digits, limit: limit)
  }

  private static func network(_ value: ArraySlice<UInt8>, ipv4: Bool) -> Mechanism? {
    let text = value.prefix { $0 != 47 }
    let most = ipv4 ? 32 : 128
    var prefix = most
    if text.endIndex < value.endIndex {
      guard let bits = bits(value[(text.endIndex + 1)...], limit: most) else { return nil }
      prefix = bits
    }
    guard let bytes = ipv4 ? IPAddress.quad(text) : IPAddress.groups(text), let address = IPAddress(bytes: bytes)
    else { return nil }
    return .network(address, ipv4: ipv4, prefix: prefix)
  }
}
