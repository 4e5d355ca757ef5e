import Foundation
import Mail
import Testing

/// Third-party mail of machines: vacation replies, lists, abuse, DMARC and TLS reports; and what only looks like it.
enum MachineCorpus {
  static func automatic(_ folder: URL) -> CorpusFacts {
    var facts = CorpusFacts()
    for row in CorpusFacts.rows(folder) {
      let message: MailMessage
      if let headers = row["headers"] as? [String] {
        let lines = headers + ["From: warga@example.id", "Subject: \(row["subject"] as? String ?? "")", "", "x"]
        message = MailReader.read(Array(lines.joined(separator: "\n").utf8))
      } else {
        message = CorpusFacts.message(folder, row)
      }
      facts.check(
        row, "automatic", (message.automatic.kind != .none) == row["automatic"] as? Bool, "\(message.automatic)")
    }
    return facts
  }

  static func reports(_ folder: URL) -> CorpusFacts {
    var facts = CorpusFacts()
    for row in CorpusFacts.rows(folder) {
      let message = CorpusFacts.message(folder, row)
      let wanted: (Automatic.Kind, String) =
        switch row["kind"] as? String {
        case "arf": (.abuseReport, "feedback_report")
        case "dmarc-feedback": (.notification, "dmarc_report")
        default: (.notification, "tls_report")
        }
      facts.check(
        row, "report", message.automatic.kind == wanted.0 && message.automatic.reasons.first == wanted.1,
        "\(message.automatic)")
      facts.check(row, "no bounce", message.bounce == nil)
    }
    return facts
  }

  static let adapters: [(folder: String, floor: Double, read: @Sendable (URL) -> CorpusFacts)] = [
    ("mail-automatic", 1, automatic), ("mail-reports-stalwart", 1, reports),
  ]
}

struct MachineCorpusTests {
  @Test(arguments: MachineCorpus.adapters.map(\.folder))
  func `third-party mail of machines is told as well as when it was last measured`(folder: String) throws {
    guard let root = CorpusFacts.folder else {
      print("skipped: no corpora (SIGAP_CORPORA)")
      return
    }
    let adapter = try #require(MachineCorpus.adapters.first { $0.folder == folder })
    let facts = adapter.read(root.appendingPathComponent(folder))
    print("\(folder): \(facts.right) right, \(facts.missed.count) missed \(facts.missed)")
    #expect(facts.right + facts.missed.count > 0)
    #expect(facts.share >= adapter.floor, "\(facts.missed.prefix(20))")
  }
}
