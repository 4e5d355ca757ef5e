import Foundation
import Mail

/// Facts of third-party corpora, compared with what `MailReader` says. Reads the files where they lie.
struct CorpusFacts {
  var right = 0
  var missed: [String] = []
  var share: Double { right + missed.count == 0 ? 1 : Double(right) / Double(right + missed.count) }

  /// Folder of all corpora: `SIGAP_CORPORA`, or beside the checkout; nil when absent.
  static var folder: URL? {
    let path = ProcessInfo.processInfo.environment["SIGAP_CORPORA"] ?? "../shared/corpora"
    let url = URL(fileURLWithPath: path)
    return FileManager.default.fileExists(atPath: url.appendingPathComponent("README.md").path) ? url : nil
  }

  typealias Row = [String: Any]

  static func rows(_ folder: URL, _ file: String = "oracle.jsonl") -> [Row] {
    guard let text = try? String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8) else { return [] }
    return text.split(separator: "\n").compactMap {
      try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? Row
    }
  }

  static func message(_ folder: URL, _ row: Row) -> MailMessage {
    let name = row["file"] as? String ?? ""
    return MailReader.read([UInt8]((try? Data(contentsOf: folder.appendingPathComponent(name))) ?? Data()))
  }

  mutating func check(_ row: Row, _ fact: String, _ holds: Bool, _ detail: @autoclosure () -> String = "") {
    if holds { right += 1 } else { missed.append("\(row["id"] as? String ?? "?") \(fact) \(detail())") }
  }

  /// Letters and digits only: words compare, layout does not.
  static func words(_ text: String) -> [UInt8] {
    var out = [UInt8]()
    for scalar in text.lowercased().unicodeScalars
    where scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
      out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
    return out
  }

  static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    part.isEmpty || Data(text).range(of: Data(part)) != nil
  }

  static func tidy(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  // MARK: - Adapters

  static func stalwart(_ folder: URL) -> CorpusFacts {
    var facts = CorpusFacts()
    for row in rows(folder) {
      let message = message(folder, row)
      guard let expect = row["expect"] as? Row, let parts = expect["parts"] as? [Row], let root = parts.first else {
        continue
      }
      facts.headers(row, root["headers"] as? Row ?? [:], message)
      let all = words(message.text + " " + (message.html ?? ""))
      let attached = message.attachments.reduce(into: [UInt8]()) {
        $0 += words(String(decoding: $1.bytes, as: UTF8.self))
      }
      for part in parts {
        let kind = part["kind"] as? String ?? ""
        if let text = part["text"] as? String, kind == "text" || kind == "html" {
          facts.check(
            row, "text", contains(all, words(text)) || contains(attached, words(text)), text.prefix(60).description)
        } else if let hash = part["sha256"] as? String, part["bytes"] as? Int ?? 0 > 0 {
          facts.check(row, "file", message.attachments.contains { $0.sha256 == hash })
        }
      }
    }
    for row in rows(folder, "headers-address.jsonl") {
      let message = MailReader.read(Array("To: \(row["header"] as? String ?? "")\n\nx".utf8))
      let expect = row["expect"] as? Row
      let list =
        expect?["List"] as? [Row] ?? (expect?["Group"] as? [Row] ?? []).flatMap { $0["addresses"] as? [Row] ?? [] }
      let wanted = list.map { "\($0["name"] as? String ?? "") <\($0["address"] as? String ?? "")>" }
      let found = message.to.map { "\($0.name) <\($0.address)>" }
      facts.check(row, "addresses", wanted == found, "\(wanted) \(found)")
    }
    for row in rows(folder, "headers-date.jsonl") {
      let message = MailReader.read(Array("Date: \(row["header"] as? String ?? "")\n\nx".utf8))
      let expect = row["expect"] as? [String: Int]
      let flags = row["expect"] as? Row
      var wanted: Double?
      if let expect = flags ?? expect, let year = expect["year"] as? Int, year > 0 {
        var date = DateComponents()
        date.calendar = Foundation.Calendar(identifier: .gregorian)
        date.timeZone = TimeZone(secondsFromGMT: 0)
        (date.year, date.month, date.day) = (year, expect["month"] as? Int, expect["day"] as? Int)
        (date.hour, date.minute, date.second) = (
          expect["hour"] as? Int, expect["minute"] as? Int, expect["second"] as? Int
        )
        let zone = (expect["tz_hour"] as? Int ?? 0) * 3_600 + (expect["tz_minute"] as? Int ?? 0) * 60
        let before = expect["tz_before_gmt"] as? Bool ?? false
        wanted = date.date.map { $0.timeIntervalSince1970 - Double(before ? -zone : zone) }
      }
      facts.check(row, "date", wanted == message.date?.timeIntervalSince1970, "\(wanted as Any) \(message.date as Any)")
    }
    for row in rows(folder, "headers-unstructured.jsonl") {
      let message = MailReader.read(Array("Subject: \(row["header"] as? String ?? "")\n\nx".utf8))
      let wanted = row["expect"] as? String ?? ""
      facts.check(row, "subject", tidy(wanted) == tidy(message.subject), "\(wanted) \(message.subject)")
    }
    for row in rows(folder, "headers-id.jsonl") {
      let message = MailReader.read(Array("References: \(row["header"] as? String ?? "")\n\nx".utf8))
      facts.check(row, "ids", row["expect"] as? [String] ?? [] == message.references, "\(message.references)")
    }
    return facts
  }

  mutating func headers(_ row: Row, _ headers: Row, _ message: MailMessage) {
    if let subject = (headers["subject"] as? [String])?.last {
      check(row, "subject", Self.tidy(subject) == Self.tidy(message.subject), "\(subject) \(message.subject)")
    }
    if let id = (headers["message-id"] as? [String])?.first {
      check(row, "id", id == message.messageID, "\(id) \(message.messageID as Any)")
    }
    if let date = (headers["date"] as? [String])?.first, let wanted = ISO8601DateFormatter().date(from: date) {
      check(row, "date", wanted == message.date, "\(date) \(message.date as Any)")
    }
    for (name, found) in [
      ("from", message.from), ("to", message.to), ("cc", message.cc), ("reply-to", message.replyTo),
    ] {
      guard let lists = headers[name] as? [[Row]] else { continue }
      let wanted = lists.flatMap { $0 }.map { "\($0["name"] as? String ?? "") <\($0["address"] as? String ?? "")>" }
      let have = found.map { "\($0.name) <\($0.address)>" }
      check(row, name, wanted == have, "\(wanted) \(have)")
    }
  }

  static func zammad(_ folder: URL) -> CorpusFacts {
    var facts = CorpusFacts()
    for row in rows(folder) {
      let message = message(folder, row)
      guard let expect = row["expect"] as? Row else { continue }
      let from = expect["from_email"] as? String ?? ""
      facts.check(
        row, "from", message.from.first?.address.lowercased() ?? "" == from.lowercased(), "\(from) \(message.from)")
      let name = expect["from_display_name"] as? String ?? ""
      facts.check(row, "name", tidy(message.from.first?.name ?? "") == tidy(name), "\(name) \(message.from)")
      let subject = expect["subject"] as? String ?? ""
      facts.check(row, "subject", tidy(subject) == tidy(message.subject), "\(subject) | \(message.subject)")
      for file in row["attachments"] as? [Row] ?? [] where file["content-alternative"] as? Bool != true {
        let hash = file["sha256"] as? String ?? ""
        let name = file["filename"] as? String ?? ""
        facts.check(
          row, "file", message.attachments.contains { $0.sha256 == hash },
          "\(name) \(file["bytes"] ?? 0) \(message.attachments.map { "\($0.fileName):\($0.bytes.count)" })")
        facts.check(row, "file name", message.attachments.contains { $0.fileName == name }, name)
      }
      guard let body = row["body_words"] as? String, body != "no visible content" else { continue }
      let wanted = body.split(separator: " ").map { words(String($0)) }.filter { !$0.isEmpty }
      let have = words(message.text)
      let hits = wanted.filter { contains(have, $0) }.count
      facts.check(row, "body", hits * 100 >= wanted.count * 97, "\(hits)/\(wanted.count)")
    }
    return facts
  }

  static func mime4j(_ folder: URL) -> CorpusFacts {
    var facts = CorpusFacts()
    for row in rows(folder) {
      let message = message(folder, row)
      guard let expect = row["expect"] as? Row else { continue }
      for header in expect["headers"] as? [String] ?? [] where header.hasPrefix("Subject: ") && !header.contains("=?") {
        facts.check(
          row, "subject", tidy(String(header.dropFirst(9))) == tidy(message.subject), "\(header) | \(message.subject)")
      }
      let all =
        words(message.text + " " + (message.html ?? ""))
        + message.attachments.reduce(into: [UInt8]()) { $0 += words(String(decoding: $1.bytes, as: UTF8.self)) }
      var stack = [expect]
      while let node = stack.popLast() {
        stack += node["children"] as? [Row] ?? []
        guard let bytes = node["bytes"] as? Int, bytes > 0, let hash = node["sha256"] as? String else { continue }
        if let file = node["body_file"] as? String,
          let body = try? Data(contentsOf: folder.appendingPathComponent("bodies").appendingPathComponent(file))
        {
          let text = String(validating: body, as: UTF8.self) ?? String(data: body, encoding: .windowsCP1252) ?? ""
          let same = contains(all, words(text)) || message.attachments.contains { $0.sha256 == hash }
          facts.check(row, "text", same, file)
        } else {
          facts.check(
            row, "file", message.attachments.contains { $0.sha256 == hash },
            "\(bytes) \(message.attachments.map(\.bytes.count))")
        }
      }
    }
    return facts
  }

  static func helpdesk(_ folder: URL) -> CorpusFacts {
    var facts = CorpusFacts()
    for row in rows(folder) {
      let message = message(folder, row)
      for test in [row["expect"] as? Row] + ((row["tests"] as? [String: Row])?.values.map { $0 } ?? []) {
        guard let test else { continue }
        if let subject = test["subject"] as? String {
          facts.check(row, "subject", tidy(subject) == tidy(message.subject), message.subject)
        }
        if let count = test["attachments"] as? Int {
          facts.check(row, "count", count == message.attachments.count, "\(message.attachments.map(\.fileName))")
        }
        if let parent = test["in_reply_to"] as? String { facts.check(row, "parent", parent == message.inReplyTo) }
        if let ids = test["references"] as? [String] { facts.check(row, "references", ids == message.references) }
        if let start = test["reply_starts_with"] as? String {
          facts.check(row, "reply", message.visibleText.hasPrefix(start), message.visibleText.prefix(80).description)
        }
        if let start = test["reply_matches"] as? String {
          facts.check(row, "reply", message.visibleText.contains(start))
        }
        if let body = test["body_equals"] as? String {
          facts.check(row, "body", tidy(message.text).hasPrefix(tidy(body)), message.text.prefix(80).description)
        }
        for part in test["body_contains"] as? [String] ?? [] {
          facts.check(row, "body", contains(words(message.text), words(part)), part)
        }
        if let file = test["attachment"] as? Row {
          let found = message.attachments.contains {
            (file["sha256"] as? String ?? $0.sha256) == $0.sha256
              && (file["bytes"] as? Int ?? $0.bytes.count) == $0.bytes.count
              && (file["filename"] as? String ?? $0.fileName) == $0.fileName
          }
          facts.check(row, "file", found, "\(file) \(message.attachments.map { ($0.fileName, $0.bytes.count) })")
        }
      }
      for same in row["same"] as? [Row] ?? [] {
        switch same["of"] as? String {
        case "message->subject":
          facts.check(row, "subject", tidy(same["value"] as? String ?? "") == tidy(message.subject), message.subject)
        case "attachments->count()": facts.check(row, "count", same["value"] as? Int == message.attachments.count)
        case "attachment->filename":
          facts.check(
            row, "name", message.attachments.contains { $0.fileName == same["value"] as? String },
            "\(message.attachments.map(\.fileName))")
        default: break
        }
      }
    }
    return facts
  }

  /// Floors are what was measured; raise them when reading gets better, never lower them.
  static let adapters: [(folder: String, floor: Double, read: @Sendable (URL) -> CorpusFacts)] = [
    ("mail-parse-stalwart", 0.885, stalwart), ("mail-parse-zammad", 0.89, zammad), ("mail-parse-mime4j", 0.98, mime4j),
    ("helpdesk-mail", 1, helpdesk),
  ]
}
