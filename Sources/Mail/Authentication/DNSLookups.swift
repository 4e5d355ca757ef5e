/// What the DNS said to one question.
public enum DNSAnswer<Value: Sendable & Equatable>: Sendable, Equatable {
  /// The records; empty when the name exists and has none of this type.
  case values([Value])
  /// NXDOMAIN (RFC 8020): nothing lies under the name either.
  case noSuchName
  /// No answer in time, SERVFAIL, a broken delegation: asking later may help.
  case temporaryFailure
}

/// One MX record.
public struct MailExchange: Sendable, Equatable {
  public var preference: UInt16
  public var host: String

  public init(preference: UInt16, host: String) {
    self.preference = preference
    self.host = host
  }
}

/// The port through which authentication asks the DNS. Whoever stands behind it gives each question a time limit,
/// follows aliases, and answers `temporaryFailure` rather than late. Names come in lower-case ASCII without a final
/// dot; their labels may hold any printable byte, because macros of SPF make names out of outside text.
public protocol DNSLookups: Sendable {
  /// Each record as one value, its strings joined without a gap (RFC 7208 §3.3, RFC 6376 §3.6.2.2).
  func txt(_ name: String) async -> DNSAnswer<[UInt8]>
  func a(_ name: String) async -> DNSAnswer<IPAddress>
  func aaaa(_ name: String) async -> DNSAnswer<IPAddress>
  func mx(_ name: String) async -> DNSAnswer<MailExchange>
  /// `name` is the reverse name (`…in-addr.arpa`, `…ip6.arpa`).
  func ptr(_ name: String) async -> DNSAnswer<String>
}

/// The questions of one message: none is asked twice, and there is an end to them. Beyond the bound, or when too many
/// of them got no answer, every further question is answered by a temporary failure, so that no message makes the desk
/// ask or wait for ever.
struct BoundedLookups {
  private let port: any DNSLookups
  private(set) var left: Int
  private var failures = 0
  private var texts: [String: DNSAnswer<[UInt8]>] = [:]
  private var addresses: [String: DNSAnswer<IPAddress>] = [:]
  private var exchanges: [String: DNSAnswer<MailExchange>] = [:]
  private var names: [String: DNSAnswer<String>] = [:]

  init(_ port: any DNSLookups, limit: Int = AuthenticationLimits.lookups) {
    self.port = port
    left = limit
  }

  mutating func txt(_ name: String) async -> DNSAnswer<[UInt8]> {
    guard let name = DNSName.normal(name) else { return .noSuchName }
    if let known = texts[name] { return known }
    guard spend() else { return .temporaryFailure }
    let answer = bounded(await port.txt(name))
    texts[name] = answer
    return answer
  }

  /// The addresses of the family the client speaks (RFC 7208 §5.3).
  mutating func addresses(_ name: String, ipv4: Bool) async -> DNSAnswer<IPAddress> {
    guard let name = DNSName.normal(name) else { return .noSuchName }
    let key = (ipv4 ? "4 " : "6 ") + name
    if let known = addresses[key] { return known }
    guard spend() else { return .temporaryFailure }
    let answer = bounded(ipv4 ? await port.a(name) : await port.aaaa(name))
    addresses[key] = answer
    return answer
  }

  mutating func mx(_ name: String) async -> DNSAnswer<MailExchange> {
    guard let name = DNSName.normal(name) else { return .noSuchName }
    if let known = exchanges[name] { return known }
    guard spend() else { return .temporaryFailure }
    let answer = bounded(await port.mx(name))
    exchanges[name] = answer
    return answer
  }

  mutating func ptr(_ name: String) async -> DNSAnswer<String> {
    if let known = names[name] { return known }
    guard spend() else { return .temporaryFailure }
    let answer = bounded(await port.ptr(name))
    names[name] = answer
    return answer
  }

  private mutating func spend() -> Bool {
    guard left > 0, failures < AuthenticationLimits.failures else { return false }
    left -= 1
    return true
  }

  /// An answer of more records than anybody publishes is cut, and silence is counted.
  private mutating func bounded<Value>(_ answer: DNSAnswer<Value>) -> DNSAnswer<Value> {
    if answer == .temporaryFailure { failures += 1 }
    guard case .values(let values) = answer, values.count > AuthenticationLimits.records else { return answer }
    return .values(Array(values.prefix(AuthenticationLimits.records)))
  }
}

/// Bounds of authentication. What lies beyond is not looked at, and never makes a result better.
public enum AuthenticationLimits {
  /// Questions to the DNS for one message.
  public static let lookups = 200
  /// Questions without an answer after which no more is asked.
  public static let failures = 8
  /// Records of one answer.
  static let records = 200
  /// DKIM signatures of one message that are verified.
  public static let signatures = 10
  /// Pairs of form and length in which the body of one message is hashed.
  static let bodyForms = 4
  /// ARC sets (RFC 8617 §4.2.1).
  static let arcSets = 50
  /// Bytes of one signature, seal, results field or record of the DNS.
  static let field = 16 << 10
  /// Tags of one tag list.
  static let tags = 50
  /// Authentication-Results fields that are read.
  static let resultFields = 20
}

/// Names of the DNS as bytes: compared in ASCII lower case, label by label.
enum DNSName {
  /// - Returns: lower-case ASCII without final dot; nil when no question can be made of it (RFC 1035 §2.3.4).
  static func normal(_ name: String) -> String? {
    var bytes = asciiLowercased(name.utf8.prefix(300))
    if bytes.last == 46 { bytes.removeLast() }
    guard (1...253).contains(bytes.count), bytes.allSatisfy({ (32...126).contains($0) }) else { return nil }
    let labels = bytes.split(separator: 46, omittingEmptySubsequences: false)
    guard labels.allSatisfy({ (1...63).contains($0.count) }) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// - Returns: the normal form of a domain that can send mail: letters, digits, hyphens and underscores in at least
  ///   `labels` labels; nil for everything else, addresses in brackets and names beyond ASCII among it.
  static func mailDomain(_ name: String, labels least: Int = 2) -> String? {
    guard let name = normal(name) else { return nil }
    let labels = labels(name)
    guard labels.count >= least else { return nil }
    let letters = name.utf8.allSatisfy { byte in
      switch byte {
      case 45, 46, 48...57, 95, 97...122: true
      default: false
      }
    }
    return letters ? name : nil
  }

  static func labels(_ name: String) -> [Substring.UTF8View] {
    name.utf8.split(separator: 46, omittingEmptySubsequences: false)
  }

  /// Whether `name` is `parent` or lies under it; both in normal form.
  static func isWithin(_ name: String, _ parent: String) -> Bool {
    let (inner, outer) = (name.utf8, parent.utf8)
    guard inner.count > outer.count else { return inner.elementsEqual(outer) }
    return inner.dropLast(outer.count).last == 46 && inner.suffix(outer.count).elementsEqual(outer)
  }

  /// The last `count` labels of a name.
  static func last(_ count: Int, of name: String) -> String {
    labels(name).suffix(max(0, count)).map { String(decoding: $0, as: UTF8.self) }.joined(separator: ".")
  }
}
