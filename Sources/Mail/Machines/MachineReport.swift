/// Reports that machines send about mail, other than failed deliveries: told by their parts and headers, which a
/// person does not write, and by names of files.
///
/// Standards: RFC 5965 and 6591 (abuse and authentication failure), 8098 (read receipts), 7489 §7.2 (DMARC
/// aggregate), 8460 §3 (TLS), 5546 §3.2.3 (answers of calendars). Known limits: compressed reports are not looked
/// into.
enum MachineReport: String, CaseIterable {
  case feedback = "feedback_report"
  case readReceipt = "read_receipt"
  case dmarc = "dmarc_report"
  case tls = "tls_report"
  case calendarAnswer = "calendar_answer"

  /// - Parameter type: report-type of multipart/report in lower case; nil when the message is none.
  static func find(_ header: HeaderFields, _ message: MailMessage, type: String?) -> MachineReport? {
    if type == "feedback-report" || has(message, "message/feedback-report") || isComplaint(header, message) {
      return .feedback
    }
    if type == "disposition-notification" || type != nil && has(message, "message/disposition-notification") {
      return .readReceipt
    }
    let hasTLS = has(message, "application/tlsrpt+gzip") || has(message, "application/tlsrpt+json")
    if type == "tlsrpt" || header["tls-report-domain"] != nil || hasTLS && !SubjectWords.isAnswer(message.subject) {
      return .tls
    }
    if isDMARC(message) { return .dmarc }
    if message.attachments.prefix(20).contains(where: isCalendarAnswer) { return .calendarAnswer }
    return nil
  }

  private static func has(_ message: MailMessage, _ type: String) -> Bool {
    message.attachments.contains { $0.contentType == type }
  }

  /// Outlook.com sends complaints of its users in a form of its own, Amazon in JSON.
  private static func isComplaint(_ header: HeaderFields, _ message: MailMessage) -> Bool {
    if CloudNotice.kind(message) == "complaint" { return true }
    let staff = message.from.contains { asciiLowercased($0.address).utf8.elementsEqual("staff@hotmail.com".utf8) }
    return staff && has(message, "message/rfc822")
  }

  // MARK: - DMARC

  /// The subject that the standard asks for; or a report file, nobody who says a word about it, and a machine's
  /// address.
  private static func isDMARC(_ message: MailMessage) -> Bool {
    guard !SubjectWords.isAnswer(message.subject) else { return false }
    let files = message.attachments.prefix(20)
    if SubjectWords.isDMARC(message.subject), files.contains(where: isPacked) { return true }
    guard CleanText.isBlank(message.text), let sender = message.from.first else { return false }
    let names = ["dmarc", "noreply", "no-reply", "postmaster", "report"].map { Array($0.utf8) }
    let local = asciiLowercased(sender.address.utf8.prefix { $0 != 64 }.prefix(100))
    return names.contains { name in local.indices.contains { local[$0...].starts(with: name) } }
      && files.contains { isDMARCName($0.fileName) || isDMARCText($0.bytes) }
  }

  /// A report that came without the mail around it: DMARC's XML, or JSON with the keys of RFC 8460 §4.4.
  static func bare(_ bytes: [UInt8]) -> MachineReport? {
    if isDMARCText(bytes) { return .dmarc }
    let start = bytes.prefix(64 << 10).drop { $0 <= 32 || $0 >= 0x80 }
    guard start.first == UInt8(ascii: "{") else { return nil }
    let names = start.split(separator: UInt8(ascii: "\""), maxSplits: 2_000)
    let keys = ["organization-name", "date-range", "policies"]
    return keys.allSatisfy { key in names.contains { $0.elementsEqual(key.utf8) } } ? .tls : nil
  }

  static func verdict(ofBare bytes: [UInt8]) -> Automatic {
    guard let report = bare(bytes) else { return Automatic(kind: .none, reasons: []) }
    return Automatic(kind: .notification, reasons: [report.rawValue])
  }

  private static func isPacked(_ file: MailAttachment) -> Bool {
    ["gzip", "zip", "xml", "x-gzip", "x-zip-compressed", "octet-stream"].contains {
      file.contentType.utf8.elementsEqual("application/\($0)".utf8)
        || file.contentType.utf8.elementsEqual("text/\($0)".utf8)
    }
  }

  /// `receiver!domain!begin!end[!id].xml[.gz]` or `.zip` (RFC 7489 §7.2.1.1).
  private static func isDMARCName(_ name: String) -> Bool {
    let parts = Array(name.utf8).split(separator: UInt8(ascii: "!"), omittingEmptySubsequences: false)
    guard parts.count >= 4, parts[0].contains(46), parts[1].contains(46) else { return false }
    func isTime(_ part: ArraySlice<UInt8>) -> Bool { (9...13).contains(part.prefix { (48...57).contains($0) }.count) }
    return isTime(parts[2]) && isTime(parts[3])
  }

  /// A bare report: `<feedback>` is the root and report metadata come first in it.
  private static func isDMARCText(_ bytes: [UInt8]) -> Bool {
    let start = asciiLowercased(bytes.prefix(4_096)).drop { $0 <= 32 || $0 >= 0x80 }
    guard start.first == UInt8(ascii: "<") else { return false }
    var tags = start.split(separator: UInt8(ascii: "<")).lazy.map { tag in
      Array(tag.prefix { (97...122).contains($0) || $0 == UInt8(ascii: "_") })
    }[...]
    while let tag = tags.first, tag.isEmpty { tags = tags.dropFirst() }
    return tags.first.map { $0.elementsEqual("feedback".utf8) } ?? false
      && tags.prefix(8).contains { $0.elementsEqual("report_metadata".utf8) }
  }

  // MARK: - Calendars

  /// Who was invited answers: `METHOD:REPLY`. An invitation itself is a person's mail.
  private static func isCalendarAnswer(_ file: MailAttachment) -> Bool {
    guard file.contentType == "text/calendar" || file.contentType == "application/ics" else { return false }
    for line in file.bytes.prefix(16 << 10).split(whereSeparator: { $0 == 10 || $0 == 13 }) {
      let bare = asciiLowercased(line.prefix(80).drop { $0 == 32 })
      guard bare.starts(with: "method:".utf8) else { continue }
      let method = bare.dropFirst(7).filter { $0 > 32 }
      return method.elementsEqual("reply".utf8) || method.elementsEqual("refresh".utf8)
    }
    return false
  }
}
