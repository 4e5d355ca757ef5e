import Foundation

@testable import Mail

/// Signed messages and chains of custody.
extension AuthCorpus {
  static func stalwart(_ folder: URL) async -> AuthCorpus {
    var facts = AuthCorpus()
    for row in facts.rows(folder) {
      let raw = bytes(folder, row["file"] as? String ?? "", crlf: true)
      let dns = RecordedLookups(txt: row["dns_txt"] as? [String: String] ?? [:])
      let time = row["at_unix_time"] as? Int ?? now
      let dkim = await DKIMVerifier.verify(raw, lookups: dns, now: time)
      var seen = ["dkim \(dkim.map { $0.fault?.rawValue ?? "pass" })"]
      var holds = true
      if row["last_dkim_signature"] as? String == "pass" { holds = dkim.last?.result == .pass }
      if row["some_dkim_signature"] as? String == "pass" { holds = holds && dkim.contains { $0.result == .pass } }
      if let chain = row["arc"] as? String {
        let outcome = await ARCChain.validate(raw, lookups: dns, now: time)
        holds = holds && outcome.result.rawValue == chain
        seen.append("arc \(outcome.result)")
      }
      facts.check(row, holds, "\(seen)")
    }
    return facts
  }

  static func mailDKIM(_ folder: URL) async -> AuthCorpus {
    var facts = AuthCorpus()
    let dns = RecordedLookups(
      (json(folder, "dns.json") as? [String: String] ?? [:]).mapValues { text in
        switch text {
        case "NXDOMAIN": [.nothing]
        case "Query timed out", "SERVFAIL": [.silence]
        case "\"\"": [.txt([])]
        default: [.txt(Array(text.utf8))]
        }
      })
    for row in facts.rows(folder) {
      let raw = bytes(folder, row["file"] as? String ?? "")
      let dkim = await DKIMVerifier.verify(raw, lookups: dns, now: now)
      let passes = dkim.contains { $0.result == .pass }
      let fails = dkim.contains { $0.result == .fail }
      let seen = dkim.map { $0.fault?.rawValue ?? "pass" }
      let wanted = row["result"] as? String ?? ""
      if row["legacy"] as? Bool == true {
        // RFC 8301: rsa-sha1 and short keys never pass; how they are refused is not the case's business.
        facts.check(row, !passes && !dkim.isEmpty, "legacy, \(seen)")
      } else {
        let result = passes ? "pass" : fails ? "fail" : "invalid"
        facts.check(row, result == wanted, "\(wanted), not \(result) \(seen)")
      }
    }
    return facts
  }

  static func arc(_ folder: URL) async -> AuthCorpus {
    var facts = AuthCorpus()
    for row in facts.rows(folder) {
      guard let wanted = row["cv"] as? String else {
        facts.leave(row, "the corpus says that the message cannot be judged")
        continue
      }
      let keys = json(folder, row["keys"] as? String ?? "") as? [String: Any]
      let dns = RecordedLookups(txt: keys?["txt"] as? [String: String] ?? [:])
      let raw = bytes(folder, row["file"] as? String ?? "", crlf: true)
      let outcome = await ARCChain.validate(raw, lookups: dns, now: now)
      facts.check(row, outcome.result.rawValue == wanted.lowercased(), "\(wanted), not \(outcome.result)")
    }
    return facts
  }
}
