/// Why a signature is no proof; stable codes.
public enum DKIMFault: String, Sendable, CaseIterable, Error {
  case syntax = "signature_syntax"
  case version = "signature_version"
  case algorithm = "signature_algorithm"
  /// Historic, and forbidden for verifiers (RFC 8301 §3.1).
  case sha1 = "signature_sha1"
  case canonicalization = "signature_canonicalization"
  case queryMethod = "signature_query_method"
  case domain = "signature_domain"
  case identity = "signature_identity"
  case fromUnsigned = "from_unsigned"
  case expired = "signature_expired"
  case keyMissing = "key_missing"
  case keyUnanswered = "key_unanswered"
  case keySyntax = "key_syntax"
  case keyRevoked = "key_revoked"
  case keyService = "key_service"
  case keyAlgorithm = "key_algorithm"
  /// Under 1024 bits (RFC 8301 §3.2), or more than can be computed.
  case keySize = "key_size"
  case bodyLength = "body_length"
  /// The signatures of the message name more forms and lengths of the body than are computed.
  case bodyForms = "body_forms"
  case bodyChanged = "body_changed"
  case headerChanged = "header_changed"
  case messageTooLarge = "message_too_large"

  var result: DKIMResult {
    switch self {
    case .keyUnanswered: .temperror
    case .bodyChanged, .headerChanged: .fail
    default: .permerror
    }
  }
}

/// What a signature says of itself: DKIM-Signature (RFC 6376 §3.5), ARC-Message-Signature and ARC-Seal
/// (RFC 8617 §4.1), which share most of their tags.
struct DKIMSignature: Sendable, Equatable {
  enum Kind: Sendable { case dkim, arcMessage, arcSeal }

  enum Algorithm: String, Sendable {
    case rsa = "rsa-sha256"
    case ed25519 = "ed25519-sha256"  // RFC 8463
    var keyType: String { self == .rsa ? "rsa" : "ed25519" }
  }

  var algorithm: Algorithm
  var signature: [UInt8]
  var bodyHash: [UInt8] = []
  var header = Canonicalization.simple
  var body = Canonicalization.simple
  var domain: String
  var selector: String
  /// Domain of `i=`; the signing domain when the tag is absent.
  var identity: String
  /// Names in lower case, in the order of `h=`.
  var signedFields: [String] = []
  var bodyLength: Int?
  var expiration: Int?
  /// `cv=` of a seal, in lower case.
  var chain: String?

  /// A clock may be this wrong, in seconds.
  static let drift = 300

  init(_ value: ArraySlice<UInt8>, kind: Kind, now: Int) throws(DKIMFault) {
    guard let tags = TagList(value) else { throw .syntax }
    if kind == .dkim {
      guard let version = tags.text("v") else { throw .syntax }
      guard version.utf8.elementsEqual("1".utf8) else { throw .version }
    }
    algorithm = try Self.algorithm(tags)
    guard let signature = tags.base64("b"), !signature.isEmpty else { throw .syntax }
    self.signature = signature
    guard let domain = tags.text("d"), let selector = tags.text("s") else { throw .syntax }
    guard let domain = DNSName.mailDomain(domain), let selector = DNSName.mailDomain(selector, labels: 1) else {
      throw .domain
    }
    self.domain = domain
    self.selector = selector
    identity = domain
    try readTimes(tags, now: now)
    switch kind {
    case .arcSeal:
      // RFC 8617 §4.1.3: a seal signs a fixed set of fields and no body.
      guard tags.bytes("h") == nil, tags.bytes("bh") == nil, let chain = tags.text("cv") else { throw .syntax }
      self.chain = asciiLowercased(chain)
      (header, body) = (.relaxed, .relaxed)
    case .arcMessage:
      try readCoverage(tags)
    case .dkim:
      try readCoverage(tags)
      guard tags.lists("h", "from") == true else { throw .fromUnsigned }
      if tags.lists("q", "dns/txt") == false { throw .queryMethod }
      try readIdentity(tags)
    }
  }

  private static func algorithm(_ tags: TagList) throws(DKIMFault) -> Algorithm {
    guard let name = tags.text("a") else { throw .syntax }
    if name.utf8.elementsEqual("rsa-sha1".utf8) { throw .sha1 }
    guard let algorithm = Algorithm(rawValue: name) else { throw .algorithm }
    return algorithm
  }

  private mutating func readTimes(_ tags: TagList, now: Int) throws(DKIMFault) {
    // A time to come says more about clocks than about the signer (§3.5 leaves it to the verifier).
    if tags.bytes("t") != nil, tags.number("t") == nil { throw .syntax }
    if tags.bytes("x") != nil {
      guard let end = tags.number("x"), end >= tags.number("t") ?? 0 else { throw .syntax }
      expiration = end
      if now > end &+ Self.drift { throw .expired }
    }
  }

  /// What of the message is signed, and in which form.
  private mutating func readCoverage(_ tags: TagList) throws(DKIMFault) {
    if let text = tags.text("c") {
      let words = asciiLowercased(text.utf8).split(separator: 47, omittingEmptySubsequences: false)
        .map { Canonicalization(rawValue: String(decoding: $0, as: UTF8.self)) }
      guard (1...2).contains(words.count), let first = words[0] else { throw .canonicalization }
      header = first
      if words.count == 2 {
        guard let second = words[1] else { throw .canonicalization }
        body = second
      }
    }
    guard let names = tags.words("h"), !names.contains(""), let hash = tags.base64("bh"), !hash.isEmpty else {
      throw .syntax
    }
    signedFields = names
    bodyHash = hash
    if tags.bytes("l") != nil {
      guard let length = tags.number("l") else { throw .syntax }
      bodyLength = length
    }
  }

  /// The domain of `i=` is `d=` or lies under it; its local part is quoted-printable and says nothing to us.
  private mutating func readIdentity(_ tags: TagList) throws(DKIMFault) {
    guard let bytes = tags.bytes("i") else { return }
    let value = bytes.filter { !TagList.isSpace($0) }
    guard let at = value.lastIndex(of: 64),
      let name = DNSName.mailDomain(String(decoding: value[(at + 1)...], as: UTF8.self), labels: 1),
      DNSName.isWithin(name, domain)
    else { throw .identity }
    identity = name
  }

  /// Name of the TXT record that holds the key (RFC 6376 §3.6.2.1).
  var keyName: String { selector + "._domainkey." + domain }
}
