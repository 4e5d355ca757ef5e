/// States of a chain (RFC 8617 §4.4), and the DNS that did not answer.
public enum ARCResult: String, Sendable, CaseIterable {
  /// No ARC field at all.
  case none
  case pass, fail, temperror
}

/// What the chain of custody of a message is worth.
public struct ARCOutcome: Sendable, Equatable {
  public var result: ARCResult
  /// How many sets the chain has.
  public var sets = 0
  /// Domain of the newest seal, in lower case, on a pass.
  public var sealer: String?
  /// The results that the newest sealer wrote down (ARC-Authentication-Results), on a pass.
  public var results: AuthenticationResults?
}

/// Validation of the Authenticated Received Chain (RFC 8617 §5.2).
///
/// Enters: the exact bytes of a message, the time, a budget of questions. Leaves: the state of the chain. The newest
/// message signature and every seal are verified; older message signatures may be broken by what followed. Known
/// limit: a pass only says that the sealers said so; whom to believe is for others to decide.
public struct ARCChain {
  private struct ChainSet {
    var results: RawMessage.Field?
    var signature: RawMessage.Field?
    var seal: RawMessage.Field?
    var isWhole: Bool { results != nil && signature != nil && seal != nil }
  }

  public static func validate(_ raw: [UInt8], lookups port: any DNSLookups, now seconds: Int) async -> ARCOutcome {
    var lookups = BoundedLookups(port)
    return await validate(RawMessage(raw), lookups: &lookups, now: seconds)
  }

  static func validate(
    _ message: RawMessage, lookups: inout BoundedLookups, now seconds: Int
  ) async -> ARCOutcome {
    let names = ["arc-authentication-results", "arc-message-signature", "arc-seal"]
    guard names.contains(where: { !message.fields(named: $0).isEmpty }) else { return ARCOutcome(result: .none) }
    guard let sets = sets(message), let newest = sets.last, let results = newest.results, let seal = newest.seal else {
      return ARCOutcome(result: .fail)
    }
    do throws(DKIMFault) {
      try await verifyNewest(newest, message, &lookups, seconds)
      for count in stride(from: sets.count, through: 1, by: -1) {
        try await verifySeal(of: Array(sets.prefix(count)), message, &lookups, seconds)
      }
    } catch {
      return ARCOutcome(result: error == .keyUnanswered ? .temperror : .fail, sets: sets.count)
    }
    return ARCOutcome(
      result: .pass, sets: sets.count,
      sealer: TagList(message.value(seal)).flatMap { $0.text("d") }.flatMap { DNSName.mailDomain($0) },
      results: AuthenticationResults(arc: message.value(results)))
  }

  /// - Returns: the sets from the first to the newest; nil unless each instance from one on has one of each kind.
  private static func sets(_ message: RawMessage) -> [ChainSet]? {
    var sets: [Int: ChainSet] = [:]
    for field in message.fields where field.name.starts(with: "arc-".utf8) {
      let name = String(decoding: field.name, as: UTF8.self)
      let place: WritableKeyPath<ChainSet, RawMessage.Field?>
      switch name {
      case "arc-authentication-results": place = \.results
      case "arc-message-signature": place = \.signature
      case "arc-seal": place = \.seal
      default: continue
      }
      guard let instance = instance(message.value(field), results: place == \.results) else { return nil }
      guard sets[instance]?[keyPath: place] == nil else { return nil }
      sets[instance, default: ChainSet()][keyPath: place] = field
    }
    var chain: [ChainSet] = []
    for number in 1...max(1, sets.count) {
      guard let set = sets[number], set.isWhole else { return nil }
      chain.append(set)
    }
    return chain
  }

  /// `i=`, from 1 to 50 (§4.2.1); in the results field it stands before the first semicolon.
  private static func instance(_ value: ArraySlice<UInt8>, results: Bool) -> Int? {
    let text = results ? value.prefix { $0 != 59 } : value
    guard let digits = TagList(text)?.bytes("i"),
      let number = DecimalNumber.read(digits, limit: AuthenticationLimits.arcSets), number > 0
    else { return nil }
    return number
  }

  private static func verifyNewest(
    _ set: ChainSet, _ message: RawMessage, _ lookups: inout BoundedLookups, _ seconds: Int
  ) async throws(DKIMFault) {
    guard let field = set.signature else { throw .syntax }
    let signature = try DKIMSignature(message.value(field), kind: .arcMessage, now: seconds)
    // §4.1.2: a message signature never covers seals.
    guard !signature.signedFields.contains("arc-seal") else { throw .syntax }
    let key = try await SignatureRun.key(signature, &lookups)
    var run = SignatureRun(message)
    _ = try run.verify(signature, in: field, with: key)
  }

  /// The seal of the last of the sets, over all of them in order (§5.1.1).
  private static func verifySeal(
    of sets: [ChainSet], _ message: RawMessage, _ lookups: inout BoundedLookups, _ seconds: Int
  ) async throws(DKIMFault) {
    guard let own = sets.last?.seal else { throw .syntax }
    let seal = try DKIMSignature(message.value(own), kind: .arcSeal, now: seconds)
    // §5.2: the first has nothing behind it, each later one found what came before it good.
    guard seal.chain == (sets.count == 1 ? "none" : "pass") else { throw .syntax }
    let key = try await SignatureRun.key(seal, &lookups)
    var sink = HashSink()
    for (index, set) in sets.enumerated() {
      for field in [set.results, set.signature] + (index < sets.count - 1 ? [set.seal] : []) {
        guard let field else { throw .syntax }
        Canonicalization.relaxed.write(field, of: message, into: &sink)
        sink.writeLineEnd()
      }
    }
    SignatureRun.writeUnsigned(own, of: message, form: .relaxed, into: &sink)
    guard key.verifies(seal.signature, of: sink.finish()) else { throw .headerChanged }
  }
}
