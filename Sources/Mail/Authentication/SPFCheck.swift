/// Results of SPF (RFC 7208 §2.6).
public enum SPFResult: String, Sendable, CaseIterable {
  case none, neutral, pass, fail, softfail, temperror, permerror
}

/// The envelope of a delivery, as the server that accepted it saw it.
public struct MailEnvelope: Sendable, Equatable {
  /// The other end of the connection.
  public var client: IPAddress
  /// What the client called itself in EHLO or HELO; an address literal or nonsense is fine.
  public var helo: String
  /// Address of MAIL FROM without angle brackets; empty for the null path.
  public var sender: String

  public init(client: IPAddress, helo: String, sender: String) {
    self.client = client
    self.helo = helo
    self.sender = sender
  }
}

/// What SPF says of one delivery.
public struct SPFOutcome: Sendable, Equatable {
  public var result: SPFResult
  /// The domain that was checked, in lower case; nil when there was none to check.
  public var domain: String?
  /// The domain's own words on a fail (§6.2), ASCII; asked for only on demand, and as hostile as any other text.
  public var explanation: String?
  /// A pass that any address of the world would have got (`+all`, `ip4:…/0`).
  public var open = false
}

/// The check of RFC 7208: may this client send for this domain?
///
/// Enters: the envelope, the time, a budget of questions. Leaves: one result. Every limit of §4.6.4 holds: ten terms
/// that ask the DNS, ten MX names, ten PTR names, two void answers. Known limits: one identity, MAIL FROM (or
/// postmaster at the HELO name for the null path, §2.4); names beyond ASCII are not looked up and give `none`.
public struct SPFCheck {
  public static func check(
    _ envelope: MailEnvelope, lookups port: any DNSLookups, now seconds: Int, explain: Bool = false
  ) async -> SPFOutcome {
    var lookups = BoundedLookups(port)
    return await check(envelope, lookups: &lookups, now: seconds, explain: explain)
  }

  static func check(
    _ envelope: MailEnvelope, lookups: inout BoundedLookups, now seconds: Int, explain: Bool = false
  ) async -> SPFOutcome {
    let sender = Array((envelope.sender.isEmpty ? "postmaster@" + envelope.helo : envelope.sender).utf8.prefix(1_000))
    let at = sender.lastIndex(of: 64)
    let name = at.map { String(decoding: sender[($0 + 1)...], as: UTF8.self) } ?? ""
    let local = at.map { Array(sender[..<$0]) } ?? []
    // §4.3: no domain of at least two labels that could be asked for, no result.
    guard let domain = DNSName.normal(name), DNSName.labels(domain).count >= 2, !domain.utf8.contains(91) else {
      return SPFOutcome(result: .none)
    }
    var run = SPFRun(
      client: envelope.client, helo: Array(envelope.helo.utf8.prefix(300)), domain: Array(domain.utf8),
      local: local.isEmpty ? Array("postmaster".utf8) : local, seconds: seconds, lookups: lookups)
    let verdict = await run.verdict(domain)
    var outcome = SPFOutcome(result: verdict.result, domain: domain, open: verdict.open)
    if explain, verdict.result == .fail, let text = verdict.explanation {
      outcome.explanation = await run.explanation(text, verdict.domain)
    }
    lookups = run.lookups
    return outcome
  }
}

/// One run of check_host() with all that it shares between includes and redirects.
struct SPFRun {
  /// Why a check stops at once.
  enum Stop: Error {
    case temporary, permanent
  }

  struct Verdict {
    var result: SPFResult
    /// Of the record that decided, with its domain; an include's own is dropped (§6.2).
    var explanation: SPFMacro?
    var domain: String
    var open = false
  }

  static let terms = 10
  static let voids = 2
  static let names = 10

  let client: IPAddress
  let helo: [UInt8]
  /// Domain and local part of the sender, for the macros.
  let domain: [UInt8]
  let local: [UInt8]
  let seconds: Int
  var lookups: BoundedLookups
  private var terms = 0
  private var voids = 0
  private var validated: [String]?

  init(
    client: IPAddress, helo: [UInt8], domain: [UInt8], local: [UInt8], seconds: Int, lookups: BoundedLookups
  ) {
    self.client = client
    self.helo = helo
    self.domain = domain
    self.local = local
    self.seconds = seconds
    self.lookups = lookups
  }

  mutating func verdict(_ domain: String) async -> Verdict {
    do throws(Stop) {
      return try await checkHost(domain)
    } catch {
      return Verdict(result: error == .temporary ? .temperror : .permerror, domain: domain)
    }
  }

  /// check_host() (§4). Depth is bounded by the ten terms.
  private mutating func checkHost(_ domain: String) async throws(Stop) -> Verdict {
    let record: SPFRecord
    switch await lookups.txt(domain) {
    case .temporaryFailure: throw .temporary
    case .noSuchName: return Verdict(result: .none, domain: domain)
    case .values(let values):
      let found = values.filter(SPFRecord.isRecord)
      guard let first = found.first else { return Verdict(result: .none, domain: domain) }
      guard found.count == 1, let read = SPFRecord(first) else { throw .permanent }
      record = read
    }
    for directive in record.directives {
      guard let matchesAny = try await match(directive.mechanism, domain) else { continue }
      return Verdict(
        result: directive.result, explanation: record.explanation, domain: domain,
        open: directive.result == .pass && matchesAny)
    }
    guard let redirect = record.redirect else { return Verdict(result: .neutral, domain: domain) }
    try spendTerm()
    guard let target = try await name(redirect, domain) else { throw .permanent }
    let verdict = try await checkHost(target)
    // §6.1: a redirect to nothing is an error of whoever wrote it.
    if verdict.result == .none { throw .permanent }
    return verdict
  }

  /// - Returns: nil when the mechanism does not match; true when it would match any client.
  private mutating func match(_ mechanism: SPFRecord.Mechanism, _ domain: String) async throws(Stop) -> Bool? {
    switch mechanism {
    case .all:
      return true
    case .network(let network, let ipv4, let prefix):
      return ipv4 == client.isIPv4 && client.matches(network, prefix: prefix) ? prefix == 0 : nil
    case .include(let spec):
      try spendTerm()
      guard let target = try await name(spec, domain) else { throw .permanent }
      let inner = try await checkHost(target)
      // §5.2: an included domain without a record is an error.
      if inner.result == .none { throw .permanent }
      return inner.result == .pass ? inner.open : nil
    case .a(let spec, let prefix):
      try spendTerm()
      let bits = client.isIPv4 ? prefix.ipv4 : prefix.ipv6
      guard let target = try await target(spec, domain) else { return nil }
      return try await anyAddress(target, bits) ? bits == 0 : nil
    case .mx(let spec, let prefix):
      try spendTerm()
      let bits = client.isIPv4 ? prefix.ipv4 : prefix.ipv6
      guard let target = try await target(spec, domain) else { return nil }
      for host in try await exchanges(target) where try await anyAddress(host, bits) { return bits == 0 }
      return nil
    case .ptr(let spec):
      try spendTerm()
      guard let target = try await target(spec, domain) else { return nil }
      return await validatedNames().contains { DNSName.isWithin($0, target) } ? false : nil
    case .exists(let spec):
      try spendTerm()
      guard let target = try await name(spec, domain) else { return nil }
      // §5.7: the type is A whatever the client speaks.
      return try await !values(lookups.addresses(target, ipv4: true)).isEmpty ? false : nil
    }
  }

  private mutating func spendTerm() throws(Stop) {
    terms += 1
    if terms > Self.terms { throw .permanent }
  }

  private mutating func target(_ spec: SPFMacro?, _ domain: String) async throws(Stop) -> String? {
    guard let spec else { return domain }
    return try await name(spec, domain)
  }

  /// The records of an answer that a term asked for; the third void answer ends the check (§4.6.4).
  private mutating func values<Value>(_ answer: DNSAnswer<Value>) throws(Stop) -> [Value] {
    switch answer {
    case .temporaryFailure: throw .temporary
    case .values(let values) where !values.isEmpty: return values
    default:
      voids += 1
      if voids > Self.voids { throw .permanent }
      return []
    }
  }

  private mutating func anyAddress(_ name: String, _ bits: Int) async throws(Stop) -> Bool {
    let answer = await lookups.addresses(name, ipv4: client.isIPv4)
    return try values(answer).contains { client.matches($0, prefix: bits) }
  }

  /// Hosts of the MX records, the best first; more than ten are an error (§4.6.4), none is not replaced (§5.4).
  private mutating func exchanges(_ name: String) async throws(Stop) -> [String] {
    let answer = await lookups.mx(name)
    let found = try values(answer)
    if found.count > Self.names { throw .permanent }
    return found.sorted { $0.preference < $1.preference }.compactMap { DNSName.normal($0.host) }
  }

  /// Names of the client that lead back to it (§5.5); failures on the way only leave names out.
  private mutating func validatedNames() async -> [String] {
    if let validated { return validated }
    var names: [String] = []
    if case .values(let pointers) = await lookups.ptr(client.reverseName) {
      for pointer in pointers.prefix(Self.names) {
        guard let name = DNSName.normal(pointer) else { continue }
        if case .values(let found) = await lookups.addresses(name, ipv4: client.isIPv4), found.contains(client) {
          names.append(name)
        }
      }
    }
    validated = names
    return names
  }

  /// Macro `p` (§7.3): the domain itself, else a name under it, else any, else "unknown".
  private mutating func validatedName(_ domain: String) async -> String {
    let names = await validatedNames()
    return names.first { $0.utf8.elementsEqual(domain.utf8) } ?? names.first { DNSName.isWithin($0, domain) }
      ?? names.first ?? "unknown"
  }

  /// Expands a domain-spec. - Returns: nil when no question can be made of it.
  private mutating func name(_ spec: SPFMacro, _ domain: String) async throws(Stop) -> String? {
    if spec.needsValidatedName { try spendTerm() }
    guard var bytes = await expand(spec, domain) else { return nil }
    if bytes.last == 46 { bytes.removeLast() }
    // §7.3: a name that is too long loses labels on the left.
    var rest = bytes[...]
    while rest.count > 253 {
      guard let dot = rest.firstIndex(of: 46) else { return nil }
      rest = rest[(dot + 1)...]
    }
    return DNSName.normal(String(decoding: rest, as: UTF8.self))
  }

  private mutating func expand(_ spec: SPFMacro, _ domain: String) async -> [UInt8]? {
    let validated = spec.needsValidatedName ? await validatedName(domain) : ""
    return spec.expand { letter in value(letter, domain, validated) }
  }

  private func value(_ letter: UInt8, _ current: String, _ validated: String) -> [UInt8] {
    switch letter {
    case 115: local + [64] + domain
    case 108: local
    case 111: domain
    case 100: Array(current.utf8)
    case 105: Array(client.parts.joined(separator: ".").utf8)
    case 112: Array(validated.utf8)
    case 118: Array((client.isIPv4 ? "in-addr" : "ip6").utf8)
    case 104: helo
    case 99: Array(client.text.utf8)
    case 114: Array("unknown".utf8)
    case 116: Array(String(seconds).utf8)
    default: []
    }
  }

  /// §6.2: exactly one TXT record, ASCII, no syntax error; else as if there were no `exp`.
  mutating func explanation(_ spec: SPFMacro, _ domain: String) async -> String? {
    guard let target = try? await name(spec, domain), case .values(let values) = await lookups.txt(target),
      values.count == 1, let text = values.first, text.count <= SPFMacro.expanded,
      let macro = SPFMacro(text[...], explanation: true), let bytes = await expand(macro, domain)
    else { return nil }
    return CleanText.line(String(decoding: bytes, as: UTF8.self))
  }
}
