import Foundation
import Mail
import Testing

/// Third-party mail with its bytes changed at random: every message comes to life, within its bounds.
struct CorpusMutationTests {
  private static let folders = ["mail-parse-stalwart", "mail-parse-mime4j", "mail-parse-zammad", "helpdesk-mail"]

  @Test(.timeLimit(.minutes(5)), arguments: folders)
  func `mail of others survives whatever happens to its bytes`(folder: String) throws {
    guard let root = CorpusFacts.folder?.appendingPathComponent(folder) else {
      print("skipped: no corpora (SIGAP_CORPORA)")
      return
    }
    var numbers = Numbers(23)
    for row in CorpusFacts.rows(root) {
      let file = root.appendingPathComponent(row["file"] as? String ?? "")
      // Large ones say nothing that small ones do not, and take long to read in a build for tests.
      guard let data = try? Data(contentsOf: file), (1..<20_000).contains(data.count) else { continue }
      for _ in 0..<12 { check(MailReader.read(Self.changed(Array(data), &numbers)), row["id"] as? String ?? "?") }
    }
  }

  private static func changed(_ source: [UInt8], _ numbers: inout Numbers) -> [UInt8] {
    let marks = [
      "=?utf-8?B?", "\n\n", "--", "\"", "(", "<", "\u{1B}$B", "=\n", "begin 644 a\n", "\0", "\r", "boundary=", ";",
    ]
    var bytes = source
    for _ in 0..<Int.random(in: 1...8, using: &numbers) where !bytes.isEmpty {
      let at = Int.random(in: 0..<bytes.count, using: &numbers)
      switch Int.random(in: 0..<5, using: &numbers) {
      case 0: bytes[at] = UInt8.random(in: 0...255, using: &numbers)
      case 1: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...200, using: &numbers)))
      case 2: bytes.insert(contentsOf: Array(marks[Int.random(in: 0..<marks.count, using: &numbers)].utf8), at: at)
      case 3: bytes.insert(contentsOf: Array(bytes[at..<min(bytes.count, at + 300)]), at: at)
      default: bytes.removeSubrange(at...)
      }
    }
    return bytes
  }

  private func check(_ message: MailMessage, _ id: String) {
    let people = message.from + message.to + message.cc + message.replyTo
    let lines = [message.subject, message.messageID ?? ""] + people.flatMap { [$0.name, $0.address] }
    for line in lines + message.attachments.map(\.fileName) {
      #expect(!line.unicodeScalars.contains { $0.value < 32 || (0x7F...0x9F).contains($0.value) }, "\(id)")
    }
    #expect(message.text.utf8.count <= MailLimits.text && message.attachments.count <= MailLimits.parts, "\(id)")
    #expect(
      message.attachments.allSatisfy { (1...120).contains($0.fileName.utf8.count) && !$0.fileName.utf8.contains(47) },
      "\(id)")
  }
}
