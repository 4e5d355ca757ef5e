import Foundation
import Mail

/// mail-parse-mime4j: the tree of parts of odd and broken messages, and the fields of their headers.
extension CorpusFacts {
  static func mime4j(_ folder: URL) -> CorpusFacts {
    var facts = CorpusFacts()
    facts.exceptions = mime4jExceptions
    for row in rows(folder) {
      guard let expect = row["expect"] as? Row else { continue }
      let read = message(folder, row)
      let name = row["file"] as? String ?? ""
      facts.notLost(row, read, (try? Data(contentsOf: folder.appendingPathComponent(name))) ?? Data())
      facts.mime4jMessage(row, expect, read, folder, "")
    }
    return facts
  }

  private mutating func mime4jMessage(
    _ row: Row, _ expect: Row, _ message: MailMessage, _ folder: URL, _ place: String
  ) {
    mime4jFields(row, expect["headers"] as? [String] ?? [], message, place)
    var nested = message.attachments.filter { $0.contentType.hasPrefix("message/") }[...]
    var stack: [(node: Row, place: String)] = [(expect, place)]
    while let (node, place) = stack.popLast() {
      for (number, child) in (node["children"] as? [Row] ?? []).enumerated().reversed() {
        stack.append((child, "\(place)\(number + 1)."))
      }
      if let inner = node["message"] as? Row {
        let file = nested.popFirst()
        check(row, "\(place) message", file != nil)
        mime4jMessage(row, inner, MailReader.read(file?.bytes ?? []), folder, place + "/")
      }
      mime4jLeaf(row, node, message, folder, place)
    }
  }

  /// Text stands in the text, the HTML or a file, in whole; other content is a file, byte for byte.
  private mutating func mime4jLeaf(_ row: Row, _ node: Row, _ message: MailMessage, _ folder: URL, _ place: String) {
    guard let size = node["bytes"] as? Int, size > 0, let hash = node["sha256"] as? String else { return }
    if message.attachments.contains(where: { $0.sha256 == hash }) { return check(row, "\(place) content", true) }
    guard node["kind"] as? String == "text", let file = node["body_file"] as? String,
      let body = try? Data(contentsOf: folder.appendingPathComponent("bodies").appendingPathComponent(file))
    else {
      return check(row, "\(place) content", false, "\(size) \(message.attachments.map(\.bytes.count))")
    }
    let latin9 = (node["headers"] as? [String] ?? []).contains { $0.lowercased().contains("iso-8859-15") }
    let latin = String(data: body, encoding: .windowsCP1252) ?? ""
    let text = String(validating: body, as: UTF8.self) ?? latin.replacingOccurrences(of: latin9 ? "¤" : "\0", with: "€")
    let places = [message.text, message.html ?? ""] + message.attachments.map(Self.text)
    check(
      row, "\(place) content", places.contains { Self.holds($0, text) },
      "\(text.prefix(80)) | \(message.text.prefix(80))")
  }

  private mutating func mime4jFields(_ row: Row, _ headers: [String], _ message: MailMessage, _ place: String) {
    func first(_ name: String) -> String? {
      headers.first { $0.lowercased().hasPrefix(name + ":") }.map { String($0.dropFirst(name.utf8.count + 1)) }
    }
    if let subject = first("subject"), !subject.contains("=?") {
      check(row, "\(place) subject", Self.same(subject, message.subject), "\(subject) | \(message.subject)")
    }
    let lists = [("from", message.from), ("to", message.to), ("cc", message.cc), ("reply-to", message.replyTo)]
    for (name, found) in lists {
      guard let value = first(name) else { continue }
      let wanted = Self.addresses(in: value)
      let have = found.map { $0.address.lowercased() }.filter { $0.contains("@") }
      check(row, "\(place) \(name)", wanted == have, "\(value) \(found)")
    }
    if let id = first("message-id") {
      check(row, "\(place) id", id.filter { !" <>\t".contains($0) } == message.messageID, id)
    }
    if let date = first("date"), let wanted = Self.date(date) {
      check(row, "\(place) date", wanted == message.date, "\(date) \(message.date as Any)")
    }
  }

  /// Only the plain forms, by a reader that is not the product's.
  private static func date(_ value: String) -> Date? {
    let format = DateFormatter()
    format.locale = Foundation.Locale(identifier: "en_US_POSIX")
    for pattern in ["EEE, d MMM yyyy HH:mm:ss Z", "d MMM yyyy HH:mm:ss Z"] {
      format.dateFormat = pattern
      let bare = value.split(separator: "(").first.map { spaced(String($0)) } ?? ""
      if bare.split(separator: " ").last?.utf8.count == 5, let date = format.date(from: bare) { return date }
    }
    return nil
  }

  static let mime4jExceptions: [String: String] = [
    "frag 2./2./2./2. content": "the last group of base64, which lacks its padding, dropped by the oracle",
    "multi-frag 3.2. content": "junk behind the padding decoded by the oracle",
    "malformedHeaderStartsBody-nocrlfcrlf  content": "one file with two answers, and the other one is taken",
    "uu-junk 2. content": "files in uuencode are taken out of the text, the oracle leaves them",
    "uu-zeegee  content": "files in uuencode are taken out of the text, the oracle leaves them",
  ]
}
