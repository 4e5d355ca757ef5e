import CGMime
import Foundation

/// Reading of mail.
///
/// Enters: the bytes of one message as they came, of any origin and size. Leaves: a `MailMessage`, always.
/// Nothing is thrown, nothing waits, nothing is remembered between calls; calls may run at once on many
/// threads. On the way: `MailGuard` repairs and bounds the bytes, GMime takes the MIME tree apart, `HeaderFields`,
/// `AddressList` and `MailDate` read the header, `PartWalk` gathers text and files, `AutomaticSigns` and
/// `BounceReading` say whether a machine wrote it, `ReplySplit` parts the answer from what it answers.
///
/// Standards: RFC 5322, 2045–2047, 2231, 2392, 3464, 3834, 5545, 5965, 6532, 8098, 8551. Known limits: TNEF is named and
/// not opened, nothing is decrypted, no signature is verified; attached messages are files and looked into only in
/// bounces and where the mail around them has no words of its own.
public enum MailReader {
  public static func read(_ raw: [UInt8]) -> MailMessage { read(raw, within: 0) }

  /// - Parameter level: how many messages this one is attached to.
  private static func read(_ raw: [UInt8], within level: Int) -> MailMessage {
    let parsed = ParsedMail(raw)
    let guarded = parsed.guarded
    var message = MailMessage()
    message.problems = guarded.problems
    message.unreadable = guarded.wild
    if let wild = guarded.wild { message.problems.append(wild) }
    if MachineReport.bare(guarded.bytes) != nil { return rawText(guarded.bytes, message) }
    guard let outer = parsed.message else { return rawText(guarded.bytes, message) }
    fill(&message, parsed, HeaderFields(sg_object(outer), fallback: parsed.charset), level)
    if guarded.wild != nil { message.sender = nil }
    return message
  }

  /// No header at all: the first readable text is the text.
  private static func rawText(_ bytes: [UInt8], _ start: MailMessage) -> MailMessage {
    var message = start
    let cut = Array(bytes.prefix(MailLimits.text))
    message.text = CleanText.lines(TextDecoding.decode(cut, charset: nil).text).text
    message.visibleText = message.text
    message.automatic = MachineReport.verdict(ofBare: cut)
    message.unreadable = bytes.isEmpty ? "empty" : "no_header"
    message.problems.append(bytes.isEmpty ? "empty" : "no_header")
    return message
  }

  private static func fill(_ message: inout MailMessage, _ parsed: ParsedMail, _ header: HeaderFields, _ level: Int) {
    readThread(&message, header)
    readAddresses(&message, header, parsed.charset)
    message.subject = CleanText.line(header["subject"] ?? "")
    message.date = header.raw("date").lazy.compactMap { MailDate.read($0) }.first
    if message.date == nil { note(&message, header["date"] == nil ? "date_missing" : "date_unreadable") }
    var walk = PartWalk()
    walk.walk(parsed)
    let body = walk.body()
    for problem in walk.problems + body.problems { note(&message, problem) }
    message.text = body.text
    message.html = body.html
    message.attachments = walk.attachments
    var marks = body.marks
    if walk.reportType == nil, level < mostLevels, takeWords(&message, level) { marks = [] }
    let split = ReplySplit.split(message.text, marks: marks, context: ReplyContext(message))
    message.visibleText = split.visible
    message.quotedText = split.quoted
    let signs = AutomaticSigns(header: header, message: message, reportType: walk.reportType)
    message.bounce = BounceReading.read(walk: walk, message: message, signs: signs)
    message.automatic = signs.verdict(bounce: message.bounce)
  }

  private static let mostLevels = 2

  /// A mail without a word of its own speaks through the message attached to it ("forward as attachment").
  /// - Returns: whether the text is that message's.
  private static func takeWords(_ message: inout MailMessage, _ level: Int) -> Bool {
    guard CleanText.isBlank(message.text),
      let file = message.attachments.first(where: { $0.contentType == "message/rfc822" && !$0.bytes.isEmpty })
    else { return false }
    let inner = read(Array(file.bytes.prefix(2 * MailLimits.text)), within: level + 1)
    guard inner.unreadable == nil, !CleanText.isBlank(inner.text) else { return false }
    note(&message, "text_of_attached_message")
    message.text = inner.text
    if message.subject.isEmpty { message.subject = inner.subject }
    return true
  }

  private static func note(_ message: inout MailMessage, _ problem: String) {
    if !message.problems.contains(problem) { message.problems.append(problem) }
  }

  private static func readThread(_ message: inout MailMessage, _ header: HeaderFields) {
    message.messageID = header["message-id"].flatMap { MessageIDs.read($0).first }
    if message.messageID == nil { note(&message, "message_id_missing") }
    if header.count("message-id") > 1 { note(&message, "message_id_repeated") }
    message.inReplyTo = header["in-reply-to"].flatMap { MessageIDs.read($0).first }
    message.references = Array(header.all("references").flatMap { MessageIDs.read($0) }.prefix(1_000))
  }

  private static func readAddresses(_ message: inout MailMessage, _ header: HeaderFields, _ charset: String?) {
    message.from = addresses(header, "from", charset, &message)
    message.replyTo = addresses(header, "reply-to", charset, &message)
    message.to = addresses(header, "to", charset, &message)
    message.cc = addresses(header, "cc", charset, &message)
    if let path = header["return-path"] { message.returnPath = envelopeAddress(path) }
    for name in ["delivered-to", "x-original-to", "envelope-to"] {
      message.deliveredTo += header.all(name).prefix(20).map(envelopeAddress).filter { !$0.isEmpty }
    }
    switch (header.count("from"), message.from.count) {
    case (0, _): note(&message, "from_missing")
    case (1, 1):
      message.sender = message.from.first.flatMap { isPlain($0.address) ? $0 : nil }
      if message.sender == nil { note(&message, "from_unreadable") }
    case (1, 0): note(&message, "from_unreadable")
    default: note(&message, "from_ambiguous")
    }
  }

  /// Mailboxes of all fields of one kind, at most `MailLimits.addresses`.
  private static func addresses(
    _ header: HeaderFields, _ name: String, _ charset: String?, _ message: inout MailMessage
  ) -> [MailAddress] {
    var found: [MailAddress] = []
    for raw in header.raw(name) {
      let list = AddressList(raw, fallback: charset, limit: MailLimits.addresses - found.count)
      found += list.mailboxes
      // Gone from the clean names; whoever looks for disguises wants to know.
      if name == "from",
        EncodedWords.decode(raw, fallback: charset).unicodeScalars.contains(where: CleanText.isDirection)
      {
        note(&message, "from_direction_characters")
      }
      if list.over {
        note(&message, "too_many_addresses")
        break
      }
    }
    return found
  }

  /// One `@`, no empty piece between dots, and nothing that another reader could take apart differently.
  private static func isPlain(_ address: String) -> Bool {
    let parts = Array(address.utf8).split(separator: 64, omittingEmptySubsequences: false)
    return parts.count == 2
      && parts.allSatisfy { $0.split(separator: 46, omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty } }
      && !address.utf8.contains { $0 <= 32 || $0 == 127 || "<>,;:\"()[]\\".utf8.contains($0) }
      && !address.unicodeScalars.contains { CleanText.isControl($0) }
  }

  /// `<a@b>` or `a@b` to `a@b`, `<>` to the empty text.
  private static func envelopeAddress(_ value: String) -> String {
    let bytes = Array(CleanText.line(value, limit: 1_000).utf8)
    guard let open = bytes.firstIndex(of: 60) else { return String(decoding: bytes, as: UTF8.self) }
    let inner = bytes[(open + 1)...].prefix { $0 != 62 }
    return CleanText.line(String(decoding: inner, as: UTF8.self))
  }
}
