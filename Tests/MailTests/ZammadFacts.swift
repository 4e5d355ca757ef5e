import Foundation
import Mail

/// mail-parse-zammad: who, to whom, subject, the words shown, the files by name and content.
extension CorpusFacts {
  static func zammad(_ folder: URL) -> CorpusFacts {
    var facts = CorpusFacts()
    facts.exceptions = zammadExceptions
    for row in rows(folder) {
      guard let expect = row["expect"] as? Row else { continue }
      let read = message(folder, row)
      let name = row["file"] as? String ?? ""
      facts.notLost(row, read, (try? Data(contentsOf: folder.appendingPathComponent(name))) ?? Data())
      facts.zammadPeople(row, expect, read)
      let subject = expect["subject"] as? String ?? ""
      facts.check(row, "subject", same(subject, read.subject), "\(subject) | \(read.subject)")
      facts.check(
        row, "kind of body", (expect["content_type"] as? String == "text/html") == (read.html != nil),
        "\(expect["content_type"] as Any)")
      facts.zammadFiles(row, read)
      facts.zammadWords(row, read)
    }
    return facts
  }

  private mutating func zammadPeople(_ row: Row, _ expect: Row, _ message: MailMessage) {
    let author = message.from.first
    let from = expect["from_email"] as? String ?? ""
    check(row, "from", author?.address.lowercased() ?? "" == from.lowercased(), "\(from) \(message.from)")
    let name = expect["from_display_name"] as? String ?? ""
    check(row, "name", Self.same(author?.name ?? "", name), "\(name) \(message.from)")
    for (key, found) in [("to", message.to), ("cc", message.cc), ("reply-to", message.replyTo)] {
      guard let wanted = expect[key] as? String else { continue }
      let list = Self.addresses(in: wanted)
      check(row, key, list == found.map { $0.address.lowercased() }.filter { $0.contains("@") }, "\(wanted) \(found)")
    }
  }

  private mutating func zammadFiles(_ row: Row, _ message: MailMessage) {
    var left = message.attachments
    for (number, file) in (row["attachments"] as? [Row] ?? []).enumerated()
    where file["content-alternative"] as? Bool != true {
      let hash = file["sha256"] as? String ?? ""
      let name = file["filename"] as? String ?? ""
      let same = left.indices.filter { left[$0].sha256 == hash }
      let index = same.first { left[$0].fileName == Self.safe(name, left[$0].contentType) } ?? same.first
      check(
        row, "\(number) bytes", index != nil,
        "\(name) \(file["bytes"] ?? 0) \(message.attachments.map { "\($0.fileName):\($0.bytes.count)" })")
      guard let index else { continue }
      let found = left.remove(at: index)
      check(
        row, "\(number) file name", found.fileName == Self.safe(name, found.contentType), "\(name) \(found.fileName)")
      if let type = file["Mime-Type"] as? String {
        check(row, "\(number) type", found.contentType == type, "\(type) \(found.contentType)")
      }
      if let id = file["Content-ID"] as? String { check(row, "\(number) content id", found.contentID == id, "\(id)") }
    }
  }

  /// Of the words shown, 97 in 100 stand in the text, each as often as it should.
  private mutating func zammadWords(_ row: Row, _ message: MailMessage) {
    guard let body = row["body_words"] as? String else { return }
    guard body != "no visible content" else {
      return check(row, "body", Self.spaced(message.text).isEmpty, message.text)
    }
    let wanted = body.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).map { Self.words(String($0)) }
      .filter { !$0.isEmpty }
    // The oracle shows the HTML, the product the plain text; where they differ the words of the HTML count.
    let head = "From: a@x.example\nContent-Type: text/html; charset=utf-8\n\n"
    let other = message.html.map { MailReader.read(Array((head + $0).utf8)).text } ?? ""
    let missing = [message.text, other].map { Self.missing(wanted, in: $0) }.min { $0.count < $1.count } ?? []
    check(row, "body", missing.count * 100 <= wanted.count * 3, "\(wanted.count) \(missing.prefix(20))")
  }

  /// Words that the text has less often than it should; letters and digits only, since scripts without spaces are cut
  /// by the oracle where its HTML was.
  private static func missing(_ wanted: [[UInt8]], in text: String) -> [String] {
    let have = Data(words(text))
    var missing: [String] = []
    for (word, count) in Dictionary(wanted.map { ($0, 1) }, uniquingKeysWith: +) {
      var left = count
      var at = have.startIndex
      while left > 0, let hit = have.range(of: Data(word), in: at..<have.endIndex) {
        at = hit.upperBound
        left -= 1
      }
      missing += Array(repeating: String(decoding: word, as: UTF8.self), count: left)
    }
    return missing
  }

  static let zammadExceptions: [String: String] = {
    let classes = [
      "a name the oracle makes up for a nameless file, or for the second of a name": [
        "mail008 1 file name", "mail018 0 file name", "mail042 0 file name", "mail053 1 file name",
        "mail080 1 file name",
        "mail100 2 file name", "mail100 3 file name", "mail102 2 file name",
      ],
      "UTF-7, labelled as such, left undecoded by the oracle": ["mail018 subject", "mail018 body"],
      "an empty From: the oracle takes Reply-To": ["mail019 from"],
      "quotes of a quoted address kept, and a stray bracket": ["mail035 from", "mail076 from", "mail076 name"],
      "a boundary that stands at the line's begin, or text without any part: the oracle shows nothing": [
        "mail054 kind of body", "mail054 body", "mail105 body",
      ],
      "windows-1258 read as windows-1252 by the oracle": ["mail064 1 file name"],
      "a comment within a name, which the oracle drops": ["mail092 name"],
      "HTML that the oracle makes of plain parts around images": ["mail102 kind of body"],
    ]
    return Dictionary(classes.flatMap { name, keys in keys.map { ($0, name) } }, uniquingKeysWith: { $1 })
  }()
}
