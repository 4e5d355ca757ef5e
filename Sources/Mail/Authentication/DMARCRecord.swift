/// What a domain asks receivers to do with mail that is not aligned (RFC 9989 §4.7), from mild to harsh.
public enum DMARCPolicy: String, Sendable, CaseIterable {
  case none, quarantine, reject

  /// One step milder: what a domain in test mode (`t=y`) expects.
  var milder: DMARCPolicy {
    switch self {
    case .none, .quarantine: .none
    case .reject: .quarantine
    }
  }
}

/// A DMARC policy record (RFC 9989 §4.7, §4.8). Tags that say nothing valid count as absent; the policy tags do not.
struct DMARCRecord: Sendable, Equatable {
  enum Suffix: Sendable { case yes, no, unsaid }

  /// `p`; none when the tag is absent.
  var policy = DMARCPolicy.none
  /// `sp` and `np`.
  var subdomains: DMARCPolicy?
  var nonexistent: DMARCPolicy?
  var strictDKIM = false
  var strictSPF = false
  var psd = Suffix.unsaid
  var testing = false
  /// A policy tag could not be read and there is nobody to report it to: the record asks for nothing (§4.10.1).
  var isVoid = false

  /// Whether a TXT record begins with the version, which is told apart by case.
  static func isRecord(_ bytes: [UInt8]) -> Bool {
    let tag = bytes.prefix { $0 != 59 }
    guard let equals = tag.firstIndex(of: 61) else { return false }
    return TagList.trimmed(tag[..<equals]).elementsEqual("v".utf8)
      && TagList.trimmed(tag[(equals + 1)...]).elementsEqual("DMARC1".utf8)
  }

  init?(_ bytes: [UInt8]) {
    guard Self.isRecord(bytes), bytes.count <= AuthenticationLimits.field else { return nil }
    var tags: [String: String] = [:]
    for part in bytes.split(separator: 59, maxSplits: AuthenticationLimits.tags).dropFirst() {
      guard let equals = part.firstIndex(of: 61) else { continue }
      let name = String(decoding: asciiLowercased(TagList.trimmed(part[..<equals])), as: UTF8.self)
      let value = String(decoding: asciiLowercased(TagList.trimmed(part[(equals + 1)...])), as: UTF8.self)
      // The first of a repeated tag counts.
      if tags[name] == nil { tags[name] = value }
    }
    strictDKIM = tags["adkim"].map { $0.utf8.elementsEqual("s".utf8) } ?? false
    strictSPF = tags["aspf"].map { $0.utf8.elementsEqual("s".utf8) } ?? false
    testing = tags["t"].map { $0.utf8.elementsEqual("y".utf8) } ?? false
    switch tags["psd"] {
    case "y": psd = .yes
    case "n": psd = .no
    default: break
    }
    readPolicies(tags)
  }

  private mutating func readPolicies(_ tags: [String: String]) {
    let named = ["p", "sp", "np"].compactMap { tags[$0] }
    guard named.allSatisfy({ DMARCPolicy(rawValue: $0) != nil }) else {
      isVoid = !Self.reports(tags["rua"])
      return
    }
    policy = tags["p"].flatMap(DMARCPolicy.init) ?? .none
    subdomains = tags["sp"].flatMap(DMARCPolicy.init)
    nonexistent = tags["np"].flatMap(DMARCPolicy.init)
  }

  /// Whether one of the addresses is a `mailto:` with an `@`, or another URI of a scheme and something behind it.
  private static func reports(_ list: String?) -> Bool {
    guard let list else { return false }
    return list.utf8.split(separator: 44).contains { entry in
      let uri = TagList.trimmed(Array(entry)[...])
      guard let colon = uri.firstIndex(of: 58), colon > uri.startIndex, colon + 1 < uri.endIndex,
        uri[..<colon].allSatisfy({ SPFMacro.isLetter($0) || SPFMacro.isDigit($0) || "+-.".utf8.contains($0) })
      else { return false }
      return !uri[..<colon].elementsEqual("mailto".utf8) || uri[(colon + 1)...].contains(64)
    }
  }

  /// The policy for the author's domain.
  func policy(isOwn: Bool, exists: Bool) -> DMARCPolicy {
    let stated = isOwn ? policy : (exists ? subdomains : nonexistent ?? subdomains) ?? policy
    return testing ? stated.milder : stated
  }
}
