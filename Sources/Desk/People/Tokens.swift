import Crypto
import Foundation
public import SOP

/// Everything that proves something without being stored: reply addresses, message ids, links, codes.
///
/// Each is an HMAC-SHA256 over its purpose and what it stands for, cut to 128 bits, in lower-case base32 (mail
/// systems fold the case of addresses). There is no older format and no way around the MAC.
public struct Tokens: Sendable {
  private let key: SymmetricKey

  /// `secret`: at least 32 random bytes, kept in the data folder.
  public init(secret: [UInt8]) {
    key = SymmetricKey(data: secret)
  }

  // MARK: Reply addresses

  /// `aduan+20261100042k.r…@example`: whoever writes here answers in this ticket on this wall. The sender's address
  /// is checked besides: a forwarded letter carries its token to strangers.
  public func replyAddress(_ ticket: TicketNumber, _ party: Party, at mailbox: String) -> String {
    let (local, domain) = Tokens.parts(of: mailbox)
    let letter = Tokens.letter(of: party)
    return "\(local)+\(Tokens.compact(ticket)).\(letter)\(code("reply", ticket.description, letter))@\(domain)"
  }

  /// The ticket and wall of a reply address; `nil` when it is not ours or its MAC is wrong.
  public func readReplyAddress(_ address: String, mailbox: String) -> (ticket: TicketNumber, party: Party)? {
    let (local, domain) = Tokens.parts(of: mailbox)
    let lowered = address.asciiLowered
    let prefix = Array("\(local)+".utf8)
    let suffix = Array("@\(domain)".utf8)
    let bytes = Array(lowered.utf8)
    guard bytes.count < 320, bytes.starts(with: prefix), bytes.suffix(suffix.count).elementsEqual(suffix),
      bytes.count > prefix.count + suffix.count
    else { return nil }
    let middle = bytes[prefix.count..<(bytes.count - suffix.count)]
    let pieces = middle.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard pieces.count == 2, let first = pieces[1].first,
      let ticket = Tokens.expand(pieces[0]), let party = Tokens.party(of: first)
    else { return nil }
    let given = Array(pieces[1].dropFirst())
    guard matches(given, code("reply", ticket.description, Tokens.letter(of: party))) else { return nil }
    return (ticket, party)
  }

  // MARK: Message ids

  /// The stable Message-ID of a letter, without brackets.
  public func messageID(ofLetter id: String, at mailbox: String) -> String {
    "\(id.asciiLowered).\(code("letter", id.asciiLowered))@\(Tokens.parts(of: mailbox).domain)"
  }

  /// The letter id inside one of our message ids; `nil` for every other one.
  public func letterID(inMessageID messageID: String, mailbox: String) -> String? {
    let suffix = Array("@\(Tokens.parts(of: mailbox).domain)".utf8)
    let bytes = Array(messageID.asciiLowered.utf8)
    guard bytes.count < 320, bytes.suffix(suffix.count).elementsEqual(suffix) else { return nil }
    let left = bytes.dropLast(suffix.count)
    guard let dot = left.lastIndex(of: UInt8(ascii: ".")) else { return nil }
    let id = String(decoding: left[..<dot], as: UTF8.self)
    guard matches(Array(left[(dot + 1)...]), code("letter", id)) else { return nil }
    let parts = id.utf8.split(separator: UInt8(ascii: "."), maxSplits: 1)
    guard parts.count == 2, let ticket = TicketNumber(String(decoding: parts[0], as: UTF8.self)) else { return nil }
    return "\(ticket).\(String(decoding: parts[1], as: UTF8.self))"
  }

  // MARK: Links and codes

  /// The key of a requester's page.
  public func followKey(_ ticket: TicketNumber) -> String { code("follow", ticket.description) }

  public func isFollowKey(_ key: String, of ticket: TicketNumber) -> Bool {
    matches(Array(key.asciiLowered.utf8), followKey(ticket))
  }

  /// The signed link of one hand-off: good for this packet only.
  public func handoffToken(_ ticket: TicketNumber, ordinal: Int) -> String {
    "\(Tokens.compact(ticket))-\(ordinal)-\(code("handoff", ticket.description, String(ordinal)))"
  }

  public func readHandoffToken(_ token: String) -> (ticket: TicketNumber, ordinal: Int)? {
    guard token.utf8.count < 100 else { return nil }
    let pieces = token.asciiLowered.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard pieces.count == 3, let ticket = Tokens.expand(pieces[0]),
      let ordinal = Int(String(decoding: pieces[1], as: UTF8.self)), (1...9_999).contains(ordinal),
      pieces[1].elementsEqual(String(ordinal).utf8),  // one spelling only: neither +1 nor 01
      matches(Array(pieces[2]), code("handoff", ticket.description, String(ordinal)))
    else { return nil }
    return (ticket, ordinal)
  }

  /// Six digits that prove an address; guessing is limited by the caller.
  public func proofCode(_ ticket: TicketNumber, email: String) -> String {
    let bytes = mac(["proof-code", ticket.description, email.asciiLowered])
    let number = bytes.prefix(7).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } % 1_000_000
    let digits = String(number)
    return String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits
  }

  public func isProofCode(_ text: String, _ ticket: TicketNumber, email: String) -> Bool {
    let digits = text.utf8.filter { $0 != UInt8(ascii: " ") }
    return matches(Array(digits), proofCode(ticket, email: email))
  }

  /// The link of the proof letter.
  public func proofKey(_ ticket: TicketNumber, email: String) -> String {
    code("proof-link", ticket.description, email.asciiLowered)
  }

  public func isProofKey(_ key: String, _ ticket: TicketNumber, email: String) -> Bool {
    matches(Array(key.asciiLowered.utf8), proofKey(ticket, email: email))
  }

  /// A token that binds a form to a session or visitor (CSRF).
  public func formToken(for session: String) -> String { code("form", session) }
  public func isFormToken(_ token: String, for session: String) -> Bool {
    matches(Array(token.utf8), formToken(for: session))
  }

  // MARK: The MAC

  private func mac(_ parts: [String]) -> [UInt8] {
    var message: [UInt8] = []
    for part in parts {
      // Length-prefixed, so that no two lists of parts read alike.
      withUnsafeBytes(of: UInt32(clamping: part.utf8.count).bigEndian) { message.append(contentsOf: $0) }
      message.append(contentsOf: part.utf8)
    }
    return Array(HMAC<SHA256>.authenticationCode(for: message, using: key))
  }

  private func code(_ parts: String...) -> String { base32(mac(parts).prefix(16)) }

  /// Compares in a time that depends on the length alone.
  private func matches(_ given: [UInt8], _ expected: String) -> Bool {
    let wanted = Array(expected.utf8)
    guard given.count == wanted.count else { return false }
    var difference: UInt8 = 0
    for (a, b) in zip(given, wanted) { difference |= a ^ b }
    return difference == 0
  }

  private static func compact(_ ticket: TicketNumber) -> String {
    ticket.description.utf8.split(separator: UInt8(ascii: "-")).dropFirst()
      .map { String(decoding: $0, as: UTF8.self) }.joined().asciiLowered
  }

  private static func expand(_ compact: some Collection<UInt8>) -> TicketNumber? {
    guard compact.count == 12 else { return nil }
    return TicketNumber("ADU" + String(decoding: compact, as: UTF8.self))
  }

  private static func letter(of party: Party) -> String {
    switch party {
    case .requester: "r"
    case .registry: "p"
    case .supervisor: "s"
    case .team: "t"
    case .administrator: "a"
    case .machine: "m"
    }
  }

  private static func party(of letter: UInt8) -> Party? {
    Party.allCases.first { Tokens.letter(of: $0).utf8.first == letter }
  }

  /// The local part (without an extension of its own) and the domain of the mailbox address.
  private static func parts(of mailbox: String) -> (local: String, domain: String) {
    let pieces = mailbox.asciiLowered.utf8.split(separator: UInt8(ascii: "@"), maxSplits: 1)
    let local = pieces.first.map { String(decoding: $0, as: UTF8.self) } ?? ""
    let domain = pieces.count == 2 ? String(decoding: pieces[1], as: UTF8.self) : ""
    return (local, domain)
  }
}

/// RFC 4648 §6 in lower case, without padding.
func base32(_ bytes: some Sequence<UInt8>) -> String {
  let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
  var out: [UInt8] = []
  var buffer: UInt32 = 0
  var bits = 0
  for byte in bytes {
    buffer = (buffer << 8 | UInt32(byte)) & 0xFFFF
    bits += 8
    while bits >= 5 {
      bits -= 5
      out.append(alphabet[Int(buffer >> UInt32(bits) & 31)])
    }
  }
  if bits > 0 { out.append(alphabet[Int(buffer << UInt32(5 - bits) & 31)]) }
  return String(decoding: out, as: UTF8.self)
}

extension String {
  /// A–Z become a–z; every other byte stays. Never a change by locale or canonical equivalence.
  public var asciiLowered: String {
    String(decoding: utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
  }
}
