import Crypto

/// Results of one signature (RFC 8601 §2.7.1).
public enum DKIMResult: String, Sendable, CaseIterable {
  case pass, fail, permerror, temperror
}

/// What one DKIM signature proves.
public struct DKIMOutcome: Sendable, Equatable {
  public var result: DKIMResult
  /// Why not `pass`; nil on a pass.
  public var fault: DKIMFault?
  /// `d=` in lower case; nil when it could not be read.
  public var domain: String?
  public var selector: String?
  /// False when `l=` leaves bytes of the body unsigned: anybody may have added them.
  public var wholeBody = true
  /// The key is published for tests; the message counts as unsigned (RFC 6376 §3.6.1).
  public var testing = false
  /// Names of `h=` in lower case.
  public var signedFields: [String] = []
}

/// Verification of DKIM-Signature fields (RFC 6376 §6, RFC 8301, RFC 8463).
///
/// Enters: the exact bytes of a message, the time, a budget of questions. Leaves: one outcome for each signature, at
/// most `AuthenticationLimits.signatures`, those of the author's domain first. The body is hashed once for each pair
/// of form and length that signatures name, four of them at most.
public struct DKIMVerifier {
  /// - Parameter author: domain whose signatures are looked at first when there are too many.
  public static func verify(
    _ raw: [UInt8], lookups port: any DNSLookups, now seconds: Int, author: String? = nil
  ) async -> [DKIMOutcome] {
    var lookups = BoundedLookups(port)
    return await verify(RawMessage(raw), lookups: &lookups, now: seconds, author: author)
  }

  static func verify(
    _ message: RawMessage, lookups: inout BoundedLookups, now seconds: Int, author: String?
  ) async -> [DKIMOutcome] {
    var run = SignatureRun(message)
    var outcomes: [DKIMOutcome] = []
    for field in chosen(message, author: author) {
      outcomes.append(await run.outcome(field, lookups: &lookups, now: seconds))
    }
    return outcomes
  }

  /// Too many signatures must not hide the one that matters: those that name the author's domain, or one around or
  /// under it, come first.
  private static func chosen(_ message: RawMessage, author: String?) -> [RawMessage.Field] {
    let fields = message.fields(named: "dkim-signature")
    guard fields.count > AuthenticationLimits.signatures, let author else {
      return Array(fields.prefix(AuthenticationLimits.signatures))
    }
    var near: [RawMessage.Field] = []
    var far: [RawMessage.Field] = []
    for field in fields {
      let domain = TagList(message.value(field)).flatMap { $0.text("d") }.flatMap { DNSName.mailDomain($0) }
      let isNear = domain.map { DNSName.isWithin($0, author) || DNSName.isWithin(author, $0) } ?? false
      if isNear { near.append(field) } else { far.append(field) }
    }
    return Array((near + far).prefix(AuthenticationLimits.signatures))
  }
}

/// The signatures of one message and what they share.
struct SignatureRun {
  private struct BodyForm: Hashable {
    var form: Canonicalization
    var limit: Int?
  }

  let message: RawMessage
  private var bodies: [BodyForm: (digest: SHA256.Digest, length: Int)] = [:]
  /// Positions of the fields of each name, from the top.
  private let places: [[UInt8]: [Int]]

  init(_ message: RawMessage) {
    self.message = message
    var places: [[UInt8]: [Int]] = [:]
    for (index, field) in message.fields.enumerated() { places[field.name, default: []].append(index) }
    self.places = places
  }

  mutating func outcome(
    _ field: RawMessage.Field, lookups: inout BoundedLookups, now seconds: Int
  ) async -> DKIMOutcome {
    var outcome = DKIMOutcome(result: .permerror)
    do throws(DKIMFault) {
      let signature = try DKIMSignature(message.value(field), kind: .dkim, now: seconds)
      outcome.domain = signature.domain
      outcome.selector = signature.selector
      outcome.signedFields = signature.signedFields
      let key = try await Self.key(signature, &lookups)
      outcome.testing = key.testing
      if key.strict, !signature.identity.utf8.elementsEqual(signature.domain.utf8) { throw DKIMFault.identity }
      outcome.wholeBody = try verify(signature, in: field, with: key)
      outcome.result = .pass
    } catch {
      outcome.fault = error
      outcome.result = error.result
    }
    return outcome
  }

  static func key(_ signature: DKIMSignature, _ lookups: inout BoundedLookups) async throws(DKIMFault) -> DKIMKey {
    switch await lookups.txt(signature.keyName) {
    case .temporaryFailure: throw .keyUnanswered
    case .noSuchName: throw .keyMissing
    case .values(let records):
      // §6.1.2: of several records one may be chosen; the first that is a key for this algorithm.
      var fault = DKIMFault.keyMissing
      for record in records.prefix(3) {
        do throws(DKIMFault) {
          let key = try DKIMKey(record)
          if key.type == signature.algorithm.keyType { return key }
          fault = .keyAlgorithm
        } catch {
          fault = error
        }
      }
      throw fault
    }
  }

  /// Body hash, then header hash (§6.1.3). - Returns: whether the whole body is signed.
  mutating func verify(
    _ signature: DKIMSignature, in field: RawMessage.Field, with key: DKIMKey
  ) throws(DKIMFault) -> Bool {
    if message.tooLarge { throw .messageTooLarge }
    guard let body = body(signature.body, limit: signature.bodyLength) else { throw .bodyForms }
    if let limit = signature.bodyLength, limit > body.length { throw .bodyLength }
    guard signature.bodyHash.elementsEqual(body.digest) else { throw .bodyChanged }
    guard key.verifies(signature.signature, of: headerDigest(signature, field)) else { throw .headerChanged }
    return signature.bodyLength.map { $0 == body.length } ?? true
  }

  private mutating func body(_ form: Canonicalization, limit: Int?) -> (digest: SHA256.Digest, length: Int)? {
    let key = BodyForm(form: form, limit: limit)
    if let known = bodies[key] { return known }
    guard bodies.count < AuthenticationLimits.bodyForms else { return nil }
    let made = form.bodyDigest(message, limit: limit)
    bodies[key] = made
    return made
  }

  /// The named fields, each name taking them from the bottom upwards (§5.4.2); a name for which none is left stands
  /// for nothing, so that a field added later breaks the signature. Then the signature's own field without its value.
  private func headerDigest(_ signature: DKIMSignature, _ own: RawMessage.Field) -> SHA256.Digest {
    var sink = HashSink()
    var taken: [String: Int] = [:]
    for name in signature.signedFields {
      guard let all = places[Array(name.utf8)] else { continue }
      let used = taken[name, default: 0]
      guard used < all.count else { continue }
      taken[name] = used + 1
      signature.header.write(message.fields[all[all.count - 1 - used]], of: message, into: &sink)
      sink.writeLineEnd()
    }
    SignatureRun.writeUnsigned(own, of: message, form: signature.header, into: &sink)
    return sink.finish()
  }

  /// A signature's own field: `b=` emptied, no line end behind it (§3.7).
  static func writeUnsigned(
    _ field: RawMessage.Field, of message: RawMessage, form: Canonicalization, into sink: inout HashSink
  ) {
    let colon = field.colon - field.range.lowerBound
    let emptied = TagList.withoutSignature(message.bytes[field.range], colon: colon)
    form.write(emptied[...], colon: colon, unixLines: message.unixLines, into: &sink)
  }
}
