import Foundation
import Testing

@testable import Mail

/// Third-party cases of SPF, DKIM, DMARC and ARC with their answers, read where they lie.
struct AuthCorpus {
  var right = 0
  var wrong: [String] = []
  /// Cases that were not evaluated, with the reason.
  var left: [String] = []
  var share: Double { right + wrong.count == 0 ? 1 : Double(right) / Double(right + wrong.count) }

  mutating func check(_ row: CorpusFacts.Row, _ holds: Bool, _ detail: @autoclosure () -> String) {
    if holds { right += 1 } else { wrong.append("\(row["id"] as? String ?? "?"): \(detail())") }
  }

  mutating func leave(_ row: CorpusFacts.Row, _ reason: String) {
    left.append("\(row["id"] as? String ?? "?"): \(reason)")
  }

  /// Cases that ask for something else than the standards of today: by id, with the reason.
  static let apart = [
    "03-ams_fields_c_na": "signed in the relaxed form without saying so; the default is simple (RFC 6376 §3.5)",
    "mine_ietf01_3": "a signature of a draft, without the version that RFC 6376 §3.5 requires",
    "dmarc-pct-zero-sp-quarantine-0": "pct= is gone in RFC 9989",
    "dmarc-subdomain-pass-spf-relaxed-alignment-0":
      "the parent has no record, so by RFC 9989 §4.10.2 the subdomain is an organization of its own",
    "spf-allow-dns-requests-at-limit-0": "thirty terms that ask the DNS; RFC 7208 §4.6.4 allows ten",
  ]

  /// The cases of a folder, those apart left out.
  mutating func rows(_ folder: URL) -> [CorpusFacts.Row] {
    CorpusFacts.rows(folder).filter { row in
      guard let reason = (row["id"] as? String).flatMap({ Self.apart[$0] }) else { return true }
      leave(row, reason)
      return false
    }
  }

  static func bytes(_ folder: URL, _ file: String, crlf: Bool = false) -> [UInt8] {
    let raw = [UInt8]((try? Data(contentsOf: folder.appendingPathComponent(file))) ?? Data())
    guard crlf else { return raw }
    return raw.filter { $0 != 13 }.flatMap { $0 == 10 ? [13, 10] : [$0] }
  }

  static func json(_ folder: URL, _ file: String) -> Any? {
    (try? Data(contentsOf: folder.appendingPathComponent(file))).flatMap { try? JSONSerialization.jsonObject(with: $0) }
  }

  /// When all the cases without a time of their own arrive.
  static let now = 1_793_672_100

  /// Floors are what was measured; raise them when verification gets better, never lower them.
  static let adapters: [(folder: String, floor: Double, read: @Sendable (URL) async -> AuthCorpus)] = [
    ("auth-spf-rfc7208", 1, spf), ("auth-dkim-stalwart", 1, stalwart), ("auth-dkim-mail-dkim", 1, mailDKIM),
    ("auth-dmarc-rspamd", 1, rspamd), ("auth-arc", 1, arc),
  ]
}

struct AuthCorpusTests {
  @Test(arguments: AuthCorpus.adapters.map(\.folder))
  func `third-party cases of authentication are judged as well as when they were last measured`(
    folder: String
  ) async throws {
    guard let root = CorpusFacts.folder else {
      print("skipped: no corpora (SIGAP_CORPORA)")
      return
    }
    let adapter = try #require(AuthCorpus.adapters.first { $0.folder == folder })
    let facts = await adapter.read(root.appendingPathComponent(folder))
    print("\(folder): \(facts.right + facts.wrong.count) cases, \(facts.right) right, \(facts.wrong.count) wrong")
    for line in facts.wrong { print("\(folder) wrong: \(line)") }
    for line in facts.left { print("\(folder) left out: \(line)") }
    #expect(facts.right + facts.wrong.count > 0)
    #expect(facts.share >= adapter.floor, "\(facts.wrong.prefix(20))")
  }
}
