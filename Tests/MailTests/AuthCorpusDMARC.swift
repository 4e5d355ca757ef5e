import Foundation

@testable import Mail

/// Deliveries with the expected results of SPF, DKIM and DMARC, and one fake DNS for all.
extension AuthCorpus {
  static func rspamd(_ folder: URL) async -> AuthCorpus {
    var facts = AuthCorpus()
    for row in facts.rows(folder) {
      let dns = recorded(folder)
      let raw = (row["file"] as? String).map { bytes(folder, $0) } ?? []
      var envelope: MailEnvelope?
      if let client = IPAddress(row["ip"] as? String ?? "") {
        let sender = row["mailfrom"] as? String ?? MailReader.read(raw).sender?.address ?? ""
        envelope = MailEnvelope(
          client: client, helo: row["helo"] as? String ?? "", sender: sender == "<>" ? "" : sender)
      }
      let author = MailReader.read(raw).sender
      let report = await MailAuthentication(settings: AuthenticationSettings(suffixes: []), lookups: dns)
        .verify(raw, author: author, envelope: envelope, now: Date(timeIntervalSince1970: Double(now)))
      let seen = [
        "spf": report.spf?.result.rawValue ?? "none", "dkim": best(report.dkim),
        "dmarc": report.dmarc.result == .fail
          ? "fail, policy \(report.dmarc.policy?.rawValue ?? "?")" : report.dmarc.result.rawValue,
      ]
      let wanted = row["expect"] as? [String: String] ?? [:]
      // Above the organization RFC 9989 asks for names that a list of suffixes makes needless.
      let unknown = dns.unknown.filter { needs(wanted, $0) }
      if !unknown.isEmpty {
        facts.leave(row, "needs \(unknown.sorted()), which the fake DNS does not hold; wanted \(wanted), saw \(seen)")
        continue
      }
      let barred = row["must_not"] as? [[String: String]] ?? []
      let holds =
        wanted.allSatisfy { seen[$0.key] == $0.value }
        && barred.allSatisfy { $0.allSatisfy { seen[$0.key] != $0.value } }
      facts.check(row, holds, "\(wanted), not \(seen)")
    }
    return facts
  }

  /// Whether an expected result depends on a name.
  private static func needs(_ wanted: [String: String], _ name: String) -> Bool {
    if name.hasPrefix("_dmarc.") { return false }
    if name.contains("._domainkey.") { return wanted["dkim"] != nil || wanted["dmarc"] != nil }
    return wanted["spf"] != nil || wanted["dmarc"] != nil
  }

  private static func best(_ outcomes: [DKIMOutcome]) -> String {
    let order: [DKIMResult] = [.pass, .fail, .temperror, .permerror]
    return order.first { result in outcomes.contains { $0.result == result } }?.rawValue ?? "none"
  }

  private static func recorded(_ folder: URL) -> RecordedLookups {
    var entries: [String: [RecordedLookups.Entry]] = [:]
    var seen: Set<String> = []
    for record in json(folder, "dns.json") as? [[String: Any]] ?? [] {
      guard let name = record["name"] as? String, let type = record["type"] as? String,
        seen.insert("\(type) \(name)").inserted
      else { continue }
      let replies = record["replies"] as? [String] ?? []
      switch record["rcode"] as? String {
      case "noerror": entries[name, default: []] += replies.compactMap { entry(type, $0) } + [.empty]
      case "nxdomain": entries[name, default: []] += [.nothing]
      case "timeout", "servfail": entries[name, default: []] += [.silent(type)]
      default: entries[name, default: []] += [.empty]
      }
    }
    return RecordedLookups(entries)
  }

  private static func entry(_ type: String, _ reply: String) -> RecordedLookups.Entry? {
    switch type {
    case "TXT": return .txt(Array(reply.utf8))
    case "A": return IPAddress(reply).map { .a($0) }
    case "AAAA": return IPAddress(reply).map { .aaaa($0) }
    case "PTR": return .ptr(reply)
    case "MX":
      let words = reply.split(separator: " ")
      return words.count == 2 ? .mx(UInt16(words[0]) ?? 0, String(words[1])) : nil
    default: return nil
    }
  }
}
