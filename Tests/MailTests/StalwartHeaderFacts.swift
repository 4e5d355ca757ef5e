import Foundation
import Mail

/// mail-parse-stalwart, single header values: each is put into a message and read back.
extension CorpusFacts {
  mutating func stalwartHeaders(_ folder: URL) {
    func read(_ field: String, _ row: Row) -> MailMessage {
      MailReader.read(Array("\(field): \(Self.line(row))\nX-End: x\n\nisi".utf8))
    }
    for row in Self.rows(folder, "headers-address.jsonl") {
      let expect = row["expect"] as? Row
      let list =
        expect?["List"] as? [Row] ?? (expect?["Group"] as? [Row] ?? []).flatMap { $0["addresses"] as? [Row] ?? [] }
      let wanted = list.map { "\($0["name"] as? String ?? "") <\($0["address"] as? String ?? "")>" }
      let found = Self.mailboxes(read("To", row).to)
      check(row, "addresses", wanted == found, "\(wanted) \(found)")
    }
    for row in Self.rows(folder, "headers-date.jsonl") {
      let wanted = Self.instant(row["expect"] as? Row)
      let found = read("Date", row).date?.timeIntervalSince1970
      check(row, "date", wanted == found, "\(wanted as Any) \(found as Any)")
    }
    for row in Self.rows(folder, "headers-unstructured.jsonl") {
      let found = read("Subject", row).subject
      check(row, "subject", Self.same(row["expect"] as? String ?? "", found), "\(row["expect"] as Any) | \(found)")
    }
    for row in Self.rows(folder, "headers-list.jsonl") {
      let found = read("Subject", row).subject.split(separator: ",").map { Self.spaced(String($0)) }.filter {
        !$0.isEmpty
      }
      let wanted = (row["expect"] as? [String] ?? []).joined(separator: ", ")
      check(row, "words", wanted == found.joined(separator: ", "), "\(wanted) | \(found)")
    }
    for row in Self.rows(folder, "headers-id.jsonl") {
      let found = read("References", row).references
      check(row, "ids", row["expect"] as? [String] ?? [] == found, "\(found)")
    }
    for row in Self.rows(folder, "headers-content_type.jsonl") { stalwartType(row) }
    notHeld["Received fields"] = Self.rows(folder, "headers-received.jsonl").count
  }

  /// The header value without the line end behind it.
  private static func line(_ row: Row) -> String {
    var scalars = (row["header"] as? String ?? "").unicodeScalars
    while let last = scalars.last, last == "\n" || last == "\r" { scalars.removeLast() }
    return String(scalars)
  }

  /// The instant that the oracle's fields name; nil where it says that there is none.
  private static func instant(_ expect: Row?) -> Double? {
    guard let expect, let year = expect["year"] as? Int, year > 0 else { return nil }
    var date = DateComponents()
    date.calendar = Foundation.Calendar(identifier: .gregorian)
    date.timeZone = TimeZone(secondsFromGMT: 0)
    (date.year, date.month, date.day) = (year, expect["month"] as? Int, expect["day"] as? Int)
    (date.hour, date.minute, date.second) = (
      expect["hour"] as? Int, expect["minute"] as? Int, expect["second"] as? Int
    )
    let zone = (expect["tz_hour"] as? Int ?? 0) * 3_600 + (expect["tz_minute"] as? Int ?? 0) * 60
    return date.date.map { $0.timeIntervalSince1970 - Double(expect["tz_before_gmt"] as? Bool ?? false ? -zone : zone) }
  }

  /// Type, boundary and name are what the product takes from the field.
  private mutating func stalwartType(_ row: Row) {
    let line = Self.line(row)
    let expect = row["expect"] as? Row
    let attributes = Dictionary(
      (expect?["attributes"] as? [[String]] ?? []).map { ($0.first ?? "", $0.last ?? "") }, uniquingKeysWith: { $1 })
    notHeld["other parameters of Content-Type", default: 0] +=
      attributes.keys.filter { !["name", "filename", "boundary"].contains($0) }.count
    let major = expect?["c_type"] as? String
    let minor = expect?["c_subtype"] as? String
    if let boundary = attributes["boundary"] {
      let text = "Content-Type: \(line)\n\n--\(boundary)\n\nsatu\n--\(boundary)--\n"
      check(row, "boundary", MailReader.read(Array(text.utf8)).text == "satu")
      return
    }
    let text = "Subject: x\nContent-Type: \(line)\nContent-Disposition: attachment\n\nFrom: a@x.example\n\nisi"
    let message = MailReader.read(Array(text.utf8))
    let file = message.attachments.first
    if let major, let minor {
      check(row, "type", file?.contentType == "\(major)/\(minor)", "\(file?.contentType as Any)")
    } else {
      check(row, "no type", file != nil, "\(message.text)")
    }
    if let name = attributes["name"] ?? attributes["filename"] {
      check(row, "name", file?.fileName == Self.safe(name, file?.contentType ?? ""), "\(name) \(file?.fileName as Any)")
    }
  }
}
