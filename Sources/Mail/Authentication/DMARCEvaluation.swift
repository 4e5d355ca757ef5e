/// A domain that SPF or DKIM has proven for a message (RFC 9989 §4.4).
public struct ProvenDomain: Sendable, Equatable {
  public enum Source: String, Sendable { case spf, dkim }

  public var source: Source
  /// In normal form: lower case, no final dot.
  public var domain: String

  public init(source: Source, domain: String) {
    self.source = source
    self.domain = domain
  }
}

/// Results of DMARC.
public enum DMARCResult: String, Sendable, CaseIterable {
  /// The author's domain has no policy: DMARC does not apply.
  case none
  case pass, fail
  /// The DNS did not answer: neither passed nor failed (RFC 9989 §5.3.6).
  case temperror
}

/// What DMARC says of a message.
public struct DMARCOutcome: Sendable, Equatable {
  public var result: DMARCResult
  /// What the domain asks for, also when the message passes; nil without a record.
  public var policy: DMARCPolicy?
  /// Where the record was found.
  public var recordDomain: String?
  /// Organizational Domain of the author, as far as it had to be found.
  public var organization: String?
  /// The proven domains that are aligned with the author's.
  public var aligned: [ProvenDomain] = []
}

/// DMARC as of RFC 9989, which replaces RFC 7489: organizational domains are found by walking up the tree of names,
/// and no list of public suffixes is needed.
///
/// Enters: the domain of the one author, the domains proven for the message, a budget of questions. Leaves: result,
/// policy and alignment. `suffixes` are names known to be registries although they may publish a policy without
/// `psd=y`; nobody is aligned with somebody else merely because both stand under one of them.
public struct DMARCEvaluation {
  /// One stop of a walk.
  private struct Stop {
    var domain: String
    var record: DMARCRecord
  }

  private struct Unanswered: Error {}

  let suffixes: Set<String>
  private var walks: [String: [Stop]] = [:]

  init(suffixes: Set<String>) {
    self.suffixes = suffixes
  }

  public static func evaluate(
    author: String, proven: [ProvenDomain], lookups port: any DNSLookups, suffixes: Set<String> = []
  ) async -> DMARCOutcome {
    var lookups = BoundedLookups(port)
    var evaluation = DMARCEvaluation(suffixes: suffixes)
    return await evaluation.evaluate(author: author, proven: proven, lookups: &lookups)
  }

  mutating func evaluate(
    author: String, proven: [ProvenDomain], lookups: inout BoundedLookups
  ) async -> DMARCOutcome {
    guard let author = DNSName.mailDomain(author, labels: 1) else { return DMARCOutcome(result: .none) }
    do {
      guard let found = try await policy(author, &lookups) else { return DMARCOutcome(result: .none) }
      var outcome = DMARCOutcome(result: .fail, policy: found.policy, recordDomain: found.stop.domain)
      var unanswered = false
      for identity in proven {
        do {
          let strict = identity.source == .spf ? found.stop.record.strictSPF : found.stop.record.strictDKIM
          if try await isAligned(identity.domain, author, strict, &lookups, &outcome) {
            outcome.aligned.append(identity)
          }
        } catch {
          unanswered = true
        }
      }
      if !outcome.aligned.isEmpty { outcome.result = .pass } else if unanswered { outcome.result = .temperror }
      return outcome
    } catch {
      return DMARCOutcome(result: .temperror)
    }
  }

  // MARK: - The tree walk (§4.10)

  /// The records from the domain itself up to the top label, at most eight questions, ending early at a `psd=y` or
  /// `psd=n`.
  private mutating func walk(
    _ domain: String, _ lookups: inout BoundedLookups
  ) async throws(Unanswered) -> [Stop] {
    if let known = walks[domain] { return known }
    var stops: [Stop] = []
    var count = DNSName.labels(domain).count
    var target = domain
    while true {
      if let record = try await Self.record(target, &lookups) {
        stops.append(Stop(domain: target, record: record))
        if record.psd != .unsaid { break }
      }
      // §4.10 step 4: names of eight labels and more go on with their last seven.
      count = count >= 8 ? 7 : count - 1
      guard count > 0 else { break }
      target = DNSName.last(count, of: domain)
    }
    walks[domain] = stops
    return stops
  }

  /// - Returns: the one valid record; nil for none or several.
  private static func record(
    _ domain: String, _ lookups: inout BoundedLookups
  ) async throws(Unanswered) -> DMARCRecord? {
    switch await lookups.txt("_dmarc." + domain) {
    case .temporaryFailure: throw Unanswered()
    case .noSuchName: return nil
    case .values(let values):
      let records = values.compactMap { DMARCRecord($0) }
      return records.count == 1 ? records.first : nil
    }
  }

  /// §4.10.2: where a walk ends, by the records it met; below every name that is known to be a registry.
  private func organization(_ domain: String, _ stops: [Stop]) -> String {
    var found = stops.last?.domain ?? domain
    for stop in stops where stop.record.psd != .unsaid {
      let isStart = stop.domain.utf8.elementsEqual(domain.utf8)
      found = stop.record.psd == .no || isStart ? stop.domain : below(stop.domain, domain)
      break
    }
    while suffixes.contains(found), !found.utf8.elementsEqual(domain.utf8) { found = below(found, domain) }
    return found
  }

  /// The name one label longer than `suffix` on the way to `domain`.
  private func below(_ suffix: String, _ domain: String) -> String {
    DNSName.last(DNSName.labels(suffix).count + 1, of: domain)
  }

  /// §4.10.1: the author's own record, else that of its organization, else that of the registry above.
  private mutating func policy(
    _ author: String, _ lookups: inout BoundedLookups
  ) async throws(Unanswered) -> (stop: Stop, policy: DMARCPolicy)? {
    let first = try await Self.record(author, &lookups)
    if let own = first {
      return own.isVoid ? nil : (Stop(domain: author, record: own), own.policy(isOwn: true, exists: true))
    }
    let stops = try await walk(author, &lookups)
    let organization = organization(author, stops)
    let own = stops.first { $0.domain.utf8.elementsEqual(organization.utf8) }
    guard let stop = own ?? stops.last, !stop.record.isVoid else { return nil }
    return (stop, stop.record.policy(isOwn: false, exists: try await exists(author, stop.record, &lookups)))
  }

  /// A name exists unless the DNS says that it does not; asked only when that makes a difference (§3.2.13).
  private func exists(
    _ domain: String, _ record: DMARCRecord, _ lookups: inout BoundedLookups
  ) async throws(Unanswered) -> Bool {
    guard record.nonexistent != nil else { return true }
    switch await lookups.addresses(domain, ipv4: true) {
    case .values: return true
    case .noSuchName: return false
    case .temporaryFailure: throw Unanswered()
    }
  }

  // MARK: - Alignment (§4.4, §4.10.2)

  private mutating func isAligned(
    _ domain: String, _ author: String, _ strict: Bool, _ lookups: inout BoundedLookups, _ outcome: inout DMARCOutcome
  ) async throws(Unanswered) -> Bool {
    guard let domain = DNSName.mailDomain(domain, labels: 1) else { return false }
    if domain.utf8.elementsEqual(author.utf8) { return true }
    if strict { return false }
    let mine = organization(author, try await walk(author, &lookups))
    outcome.organization = mine
    // What lies elsewhere cannot belong to the author's organization; no question is spent on it.
    guard DNSName.isWithin(domain, mine) else { return false }
    return organization(domain, try await walk(domain, &lookups)).utf8.elementsEqual(mine.utf8)
  }
}
