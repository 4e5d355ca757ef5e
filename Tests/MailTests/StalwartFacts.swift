import Foundation
import Mail

/// mail-parse-stalwart: whole messages (headers, decoded parts, files, nested messages) and single header values.
extension CorpusFacts {
  static func stalwart(_ folder: URL) -> CorpusFacts {
    var facts = CorpusFacts()
    facts.exceptions = stalwartExceptions
    for row in rows(folder) {
      guard let expect = row["expect"] as? Row else { continue }
      let read = message(folder, row)
      let name = row["file"] as? String ?? ""
      facts.notLost(row, read, (try? Data(contentsOf: folder.appendingPathComponent(name))) ?? Data())
      facts.stalwartTree(row, expect, read, "")
    }
    facts.stalwartHeaders(folder)
    return facts
  }

  /// - Parameter place: path of a nested message, so that each fact has a name of its own.
  private mutating func stalwartTree(_ row: Row, _ expect: Row, _ message: MailMessage, _ place: String) {
    guard let parts = expect["parts"] as? [Row], let root = parts.first else { return }
    stalwartFields(row, root["headers"] as? Row ?? [:], message, place)
    let shown = Set((expect["text_body"] as? [Int] ?? []) + (expect["html_body"] as? [Int] ?? []))
    let files = Set(expect["attachments"] as? [Int] ?? [])
    var nested = message.attachments.filter { $0.contentType.hasPrefix("message/") }[...]
    for (number, part) in parts.enumerated() {
      let kind = part["kind"] as? String ?? ""
      let fact = "\(place)\(number)"
      if kind == "message", let inner = part["message"] as? Row {
        let file = nested.popFirst()
        check(row, "\(fact) message", file != nil)
        stalwartTree(row, inner, MailReader.read(file?.bytes ?? []), fact + "/")
      } else if let text = part["text"] as? String {
        if Self.spaced(text).isEmpty { continue }
        if shown.contains(number), !files.contains(number) {
          let whole = kind == "html" ? message.html ?? "" : message.text
          check(row, "\(fact) text", Self.holds(whole, text), "\(text.prefix(80)) | \(whole.prefix(80))")
        } else {
          let found = message.attachments.contains { Self.same(Self.text($0), text) }
          check(
            row, "\(fact) file", found || !part.keys.contains("file") && Self.holds(message.text, text),
            "\(text.prefix(80)) | \(message.attachments.map(\.fileName)) \(message.text.prefix(80))")
        }
      } else if let hash = part["sha256"] as? String {
        stalwartFile(row, fact, hash, part, message)
      }
    }
  }

  private mutating func stalwartFile(_ row: Row, _ fact: String, _ hash: String, _ part: Row, _ message: MailMessage) {
    let found = message.attachments.filter { $0.sha256 == hash }
    check(row, "\(fact) bytes", !found.isEmpty, "\(message.attachments.map { ($0.fileName, $0.bytes.count) })")
    let headers = part["headers"] as? Row ?? [:]
    let type = (headers["content-type"] as? [Row])?.last
    let disposition = (headers["content-disposition"] as? [Row])?.first
    if let major = type?["type"] as? String, let minor = type?["subtype"] as? String {
      check(row, "\(fact) type", found.contains { $0.contentType == "\(major)/\(minor)".lowercased() })
    }
    if let id = (headers["content-id"] as? [String])?.first {
      check(row, "\(fact) content id", found.contains { $0.contentID == id })
    }
    let name =
      (disposition?["attributes"] as? Row)?["filename"] as? String ?? (type?["attributes"] as? Row)?["name"] as? String
    if let name {
      check(row, "\(fact) name", found.contains { $0.fileName == Self.safe(name, $0.contentType) }, name)
    }
  }

  private mutating func stalwartFields(_ row: Row, _ headers: Row, _ message: MailMessage, _ place: String) {
    func first(_ name: String) -> String? { (headers[name] as? [String])?.first }
    if let subject = first("subject") {
      check(row, "\(place)subject", Self.same(subject, message.subject), "\(subject) | \(message.subject)")
    }
    if let date = first("date"), let wanted = ISO8601DateFormatter().date(from: date) {
      check(row, "\(place)date", wanted == message.date, "\(date) \(message.date as Any)")
    }
    if let id = first("message-id") { check(row, "\(place)id", id == message.messageID, "\(message.messageID as Any)") }
    if let id = first("in-reply-to") { check(row, "\(place)parent", id == message.inReplyTo) }
    if let ids = headers["references"] as? [String] { check(row, "\(place)references", ids == message.references) }
    if let path = first("return-path") { check(row, "\(place)return path", path == message.returnPath) }
    for name in ["delivered-to", "envelope-to", "x-original-to"] {
      guard let value = first(name) else { continue }
      let bare = value.filter { $0 != "<" && $0 != ">" }
      check(row, "\(place)\(name)", message.deliveredTo.contains(bare), "\(message.deliveredTo)")
    }
    let lists = [("from", message.from), ("to", message.to), ("cc", message.cc), ("reply-to", message.replyTo)]
    for (name, found) in lists {
      guard let wanted = headers[name] as? [[Row]] else { continue }
      let list = wanted.flatMap(\.self).map { "\($0["name"] as? String ?? "") <\($0["address"] as? String ?? "")>" }
      check(row, "\(place)\(name)", list == Self.mailboxes(found), "\(list) \(Self.mailboxes(found))")
    }
  }

  static let stalwartExceptions: [String: String] = {
    let classes = [
      "the boundary around a part does not end it for the oracle (RFC 2046 §5.1.2)": [
        "malformed-009 3 file", "malformed-011 3 file", "malformed-012 3/0 text",
      ],
      "a header without end runs on over the next boundaries for the oracle": [
        "2/subject", "2/date", "2/id", "2/parent", "2/return path", "2/from", "2/0 message", "2/0/return path",
        "2/0/delivered-to", "2/0/0 text",
      ].map { "thirdparty-015 " + $0 },
      "a comment and nothing else is a mailbox to the oracle": [
        "rfc-000 7/from", "rfc-000 7/to", "address-011 addresses",
      ],
      "comments within the brackets are part of the name to the oracle": ["address-008 addresses"],
      "an obsolete route and spaces around dots kept (RFC 5322 §4.4)": ["address-013 addresses"],
      "a remark behind the padding decoded as base64": ["thirdparty-002 2 text"],
      "six loose numbers are a date with a time to the oracle": ["date-012 date"],
      "a space where the field has none": [
        "unstructured-021 subject", "unstructured-027 subject", "unstructured-028 subject",
      ],
      "a space between encoded words kept (RFC 2047 §6.2)": ["content_type-034 name"],
    ]
    return Dictionary(classes.flatMap { name, keys in keys.map { ($0, name) } }, uniquingKeysWith: { $1 })
  }()
}
