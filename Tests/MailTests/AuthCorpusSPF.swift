import Foundation

@testable import Mail

/// The reference suite of RFC 7208: one fake zone for each group of cases.
extension AuthCorpus {
  static func spf(_ folder: URL) async -> AuthCorpus {
    var facts = AuthCorpus()
    for row in facts.rows(folder) {
      guard let file = row["zone"] as? String, let client = IPAddress(row["host"] as? String ?? ""),
        let wanted = row["result"] as? [String]
      else {
        facts.leave(row, "no address or result")
        continue
      }
      let envelope = MailEnvelope(
        client: client, helo: row["helo"] as? String ?? "", sender: row["mailfrom"] as? String ?? "")
      let outcome = await SPFCheck.check(envelope, lookups: zone(folder, file), now: now, explain: true)
      var holds = wanted.contains(outcome.result.rawValue)
      if let text = row["explanation"] as? String {
        holds = holds && (text == "DEFAULT" ? outcome.explanation == nil : outcome.explanation == text)
      }
      facts.check(row, holds, "\(wanted) \(row["explanation"] as? String ?? "-"), not \(outcome)")
    }
    return facts
  }

  private static func zone(_ folder: URL, _ file: String) -> RecordedLookups {
    let page = json(folder, file) as? [String: Any]
    var entries: [String: [RecordedLookups.Entry]] = [:]
    for (name, list) in page?["zonedata"] as? [String: [Any]] ?? [:] {
      let hasTXT = list.contains { ($0 as? [String: Any])?["TXT"] != nil }
      entries[name] = list.flatMap { entry($0, copiesSPF: !hasTXT) } + [.empty]
    }
    return RecordedLookups(entries)
  }

  private static func entry(_ entry: Any, copiesSPF: Bool) -> [RecordedLookups.Entry] {
    if entry as? String == "TIMEOUT" { return [.silence] }
    guard let (type, value) = (entry as? [String: Any])?.first else { return [] }
    switch type {
    case "TXT": return value as? String == "NONE" ? [] : [.txt(octets(value))]
    case "SPF": return copiesSPF ? [.txt(octets(value))] : []
    case "A": return (value as? String).flatMap { IPAddress($0) }.map { [.a($0)] } ?? []
    case "AAAA": return (value as? String).flatMap { IPAddress($0) }.map { [.aaaa($0)] } ?? []
    case "MX":
      guard let pair = value as? [Any], let host = pair.last as? String else { return [] }
      return [.mx(UInt16(pair.first as? Int ?? 0), host)]
    case "PTR": return [.ptr(value as? String ?? "")]
    case "CNAME": return [.alias(value as? String ?? "")]
    default: return []
    }
  }

  /// The strings of a record, joined; each character is one byte.
  private static func octets(_ value: Any) -> [UInt8] {
    let text = (value as? [String])?.joined() ?? value as? String ?? ""
    return text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
  }
}
