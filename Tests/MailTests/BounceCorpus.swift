import Foundation
import Mail
import Testing

/// Third-party bounces of some eighty mail systems, and all other third-party mail, which is none.
///
/// What the facts of the oracle mean: `status` 5.0.9xx and 4.0.9xx are pseudo codes (only their class is compared);
/// `hard` is true for dead addresses and domains only, so it is compared with the cause and not with `permanent`, which
/// follows the class; `delivered` is a report of success, which is no bounce to a desk. The oracle's word `filtered`
/// for "unknown user" said late in the dialogue is left out of `hard`: the words say otherwise.
struct BounceCorpus {
  /// Floors are what was measured; raise them when reading gets better, never lower them.
  static let floors: KeyValuePairs<String, Double> = [
    "kind": 0.99, "recipients": 0.99, "status": 0.985, "class": 0.96, "recipient field": 1, "recipient in words": 1,
    "reply code": 0.985, "dead address": 0.94, "letter": 1, "other line ends": 1,
  ]

  private(set) var groups: [String: CorpusFacts] = [:]

  private mutating func check(
    _ group: String, _ row: CorpusFacts.Row, _ holds: Bool, _ detail: @autoclosure () -> String
  ) {
    groups[group, default: CorpusFacts()].check(row, group, holds, detail())
  }

  init(_ folder: URL) {
    for row in CorpusFacts.rows(folder) {
      let message = CorpusFacts.message(folder, row)
      let verdicts = row["verdicts"] as? [CorpusFacts.Row] ?? []
      let delivered = !verdicts.isEmpty && verdicts.allSatisfy { $0["reason"] as? String == "delivered" }
      let wanted: Automatic.Kind =
        switch row["kind"] as? String {
        case "bounce": delivered ? .notification : .bounce
        case "auto-reply": .autoReply
        case "abuse-report": .abuseReport
        default: .none
        }
      check("kind", row, message.automatic.kind == wanted, "\(wanted) \(message.automatic) \(message.subject)")
      for key in ["dos_file", "mac_file"] {
        guard let file = row[key] as? String else { continue }
        let twin = CorpusFacts.message(folder, ["file": file])
        check(
          "other line ends", row, twin.automatic.kind == wanted && twin.bounce?.status == message.bounce?.status,
          "\(file) \(twin.automatic)")
      }
      guard wanted == .bounce, let bounce = message.bounce else { continue }
      let failures = [bounce.failure] + bounce.others
      check("recipients", row, failures.count == verdicts.count, "\(failures.compactMap(\.recipient))")
      for (failure, verdict) in zip(failures, verdicts) { compare(row, failure, verdict) }
      compareFields(
        row, bounce, raw: (try? Data(contentsOf: folder.appendingPathComponent(row["file"] as? String ?? ""))))
    }
  }

  private mutating func compare(_ row: CorpusFacts.Row, _ failure: DeliveryFailure, _ verdict: CorpusFacts.Row) {
    let status = verdict["status"] as? String ?? ""
    let pseudo = status.hasPrefix("5.0.9") || status.hasPrefix("4.0.9")
    if !status.isEmpty {
      check("class", row, failure.permanent == status.hasPrefix("5"), "\(status) \(failure)")
    }
    if !status.isEmpty, !pseudo { check("status", row, failure.status == status, "\(status) \(failure)") }
    let code = verdict["reply_code"] as? String ?? ""
    if !code.isEmpty { check("reply code", row, failure.replyCode.map(String.init) == code, "\(code) \(failure)") }
    guard let hard = verdict["hard"] as? Bool, verdict["reason"] as? String != "filtered" else { return }
    let dead = [BounceCause.addressUnknown, .addressMoved, .domainNotFound, .domainTakesNoMail].contains(failure.cause)
    check("dead address", row, dead == hard, "\(verdict["reason"] ?? "") \(failure)")
  }

  /// What the raw report says of itself, read in the plainest way.
  private mutating func compareFields(_ row: CorpusFacts.Row, _ bounce: BounceReport, raw: Data?) {
    let lines = String(decoding: raw ?? Data(), as: UTF8.self).split(whereSeparator: \.isNewline)
    func values(_ names: [String]) -> [String] {
      lines.compactMap { line in
        names.contains { line.lowercased().hasPrefix($0) } ? line.split(separator: ":", maxSplits: 1).last : nil
      }.map { value in
        value.lowercased().split(separator: ";").last?.filter { !" <>\t".contains($0) } ?? ""
      }.filter { $0.contains("@") }
    }
    let named = values(["final-recipient:", "original-recipient:"])
    let recipient = bounce.recipient?.lowercased() ?? ""
    if named.isEmpty {
      check("recipient in words", row, !recipient.isEmpty, "none")
    } else {
      check(
        "recipient field", row, named.contains { !recipient.isEmpty && $0.contains(recipient) }, "\(named) \(recipient)"
      )
    }
    let letters = values(["message-id:"]).dropFirst()
    if !letters.isEmpty {
      let id = bounce.originalMessageID?.lowercased() ?? ""
      check("letter", row, letters.contains(id), "\(letters) \(id)")
    }
  }
}

struct BounceCorpusTests {
  @Test func `bounces of eighty mail systems are told, with their facts`() throws {
    guard let root = CorpusFacts.folder else {
      print("skipped: no corpora (SIGAP_CORPORA)")
      return
    }
    let corpus = BounceCorpus(root.appendingPathComponent("bounces-sisimai"))
    for (group, floor) in BounceCorpus.floors {
      let facts = try #require(corpus.groups[group])
      print("bounces-sisimai \(group): \(facts.right) right, \(facts.missed.count) missed")
      for line in facts.missed { print("  \(line)") }
      #expect(facts.share >= floor, "\(group) \(facts.missed.prefix(5))")
    }
  }

  /// A mail is known to be a bounce when its own header says so.
  @Test func `other mail is no bounce`() throws {
    guard let root = CorpusFacts.folder else {
      print("skipped: no corpora (SIGAP_CORPORA)")
      return
    }
    var facts = CorpusFacts()
    let folders = [
      "mail-parse-zammad", "mail-parse-stalwart", "mail-parse-mime4j", "helpdesk-mail", "mail-reports-stalwart",
      "reply-talon", "auth-arc", "auth-dkim-stalwart", "auth-dmarc-rspamd",
    ]
    for folder in folders.map(root.appendingPathComponent) {
      let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
      for case let file as URL in files ?? .init() where ["eml", "box", "msg", "mbox"].contains(file.pathExtension) {
        guard let data = try? Data(contentsOf: file) else { continue }
        let head = String(decoding: data.prefix(16 << 10), as: UTF8.self)
        let says = head.lowercased().contains("report-type=delivery-status")
        let message = MailReader.read([UInt8](data))
        facts.check(
          ["id": file.lastPathComponent], says ? "bounce" : "no bounce", (message.automatic.kind == .bounce) == says,
          "\(message.automatic) \(message.subject)")
      }
    }
    print("other mail: \(facts.right) right, \(facts.missed.count) missed")
    for line in facts.missed { print("  \(line)") }
    #expect(facts.right > 200 && facts.missed.isEmpty, "\(facts.missed.prefix(5))")
  }
}
