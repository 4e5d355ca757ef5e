import Foundation
import Mail

/// helpdesk-mail: what three other help desks ask of their own samples.
extension CorpusFacts {
  static func helpdesk(_ folder: URL) -> CorpusFacts {
    var facts = CorpusFacts()
    facts.exceptions = helpdeskExceptions
    for row in rows(folder) {
      let message = message(folder, row)
      let name = row["file"] as? String ?? ""
      facts.notLost(row, message, (try? Data(contentsOf: folder.appendingPathComponent(name))) ?? Data())
      if let expect = row["expect"] as? Row { facts.helpdeskTest(row, expect, message) }
      for test in (row["tests"] as? [String: Row] ?? [:]).sorted(by: { $0.key < $1.key }).map(\.value) {
        facts.helpdeskTest(row, test, message)
      }
      for same in row["same"] as? [Row] ?? [] { facts.freescout(row, same, message) }
    }
    return facts
  }

  private mutating func helpdeskTest(_ row: Row, _ test: Row, _ message: MailMessage) {
    if let subject = test["subject"] as? String {
      check(row, "subject", Self.same(subject, message.subject), message.subject)
    }
    if let count = test["attachments"] as? Int {
      check(row, "count", count == message.attachments.count, "\(message.attachments.map(\.fileName))")
    }
    if let parent = test["in_reply_to"] as? String { check(row, "parent", parent == message.inReplyTo) }
    if let ids = test["references"] as? [String] { check(row, "references", ids == message.references) }
    if let author = test["author"] as? String { check(row, "author", author == message.sender?.address, author) }
    if let start = test["reply_starts_with"] as? String {
      check(row, "reply", message.visibleText.hasPrefix(start), message.visibleText.prefix(80).description)
    }
    if let start = test["reply_matches"] as? String { check(row, "reply", message.visibleText.contains(start)) }
    // Lines that the other desk reads as commands and cuts off may follow.
    if let body = test["body_equals"] as? String {
      check(row, "body", Self.spaced(message.text).hasPrefix(Self.spaced(body)), message.text.prefix(80).description)
    }
    for part in test["body_contains"] as? [String] ?? [] {
      check(row, "body", Self.holds(message.text, part), part)
    }
    if let file = test["attachment"] as? Row {
      let found = message.attachments.contains {
        (file["sha256"] as? String ?? $0.sha256) == $0.sha256
          && (file["bytes"] as? Int ?? $0.bytes.count) == $0.bytes.count
          && (file["filename"] as? String ?? $0.fileName) == $0.fileName
          && (file["content_type"] as? String ?? $0.contentType) == $0.contentType
      }
      check(row, "file", found, "\(file) \(message.attachments.map { ($0.fileName, $0.bytes.count) })")
    }
  }

  private mutating func freescout(_ row: Row, _ same: Row, _ message: MailMessage) {
    switch same["of"] as? String {
    case "message->subject":
      check(row, "subject", Self.same(same["value"] as? String ?? "", message.subject), message.subject)
    case "attachments->count()": check(row, "count", same["value"] as? Int == message.attachments.count)
    case "attachment->filename":
      let name = same["value"] as? String ?? ""
      check(
        row, "file name", message.attachments.contains { $0.fileName == Self.safe(name, $0.contentType) },
        "\(message.attachments.map(\.fileName))")
    case let other: notHeld["\(other ?? "?")", default: 0] += 1
    }
  }

  static let helpdeskExceptions: [String: String] = [:]
}
