import CGMime
import Foundation

/// Reading of mail.
///
/// Enters: the bytes of one message as they came, of any origin and size. Leaves: a `MailMessage`, always.
/// Nothing is thrown, nothing waits, nothing is remembered between calls; calls may run at once on many
/// threads. On the way: `MailGuard` repairs and bounds the bytes, GMime takes the MIME tree apart,
/// `PartWalk` gathers text and files, `AutomaticSigns` and `BounceReading` say whether a machine wrote it,
/// `QuoteSplit` parts the answer from what it answers.
///
/// Standards: RFC 5322, 2045–2047, 2231, 2392, 3464, 3834, 5965, 8098. Known limits: no uuencode, no TNEF, no
/// decryption; attached messages are kept as files and not looked into, except in bounces.
public enum MailReader {
  private static let ready: Void = g_mime_init()

  public static func read(_ raw: [UInt8]) -> MailMessage {
    _ = ready
    let guarded = MailGuard(raw)
    var message = MailMessage()
    message.problems = guarded.problems
    message.unreadable = guarded.wild
    if let wild = guarded.wild { message.problems.append(wild) }
    if MachineReport.bare(guarded.bytes) != nil { return rawText(guarded.bytes, message) }
    let options = sg_options()
    defer { g_mime_parser_options_free(options) }
    let parsed = guarded.bytes.withUnsafeBytes { buffer -> UnsafeMutablePointer<GMimeMessage>? in
      guard let base = buffer.baseAddress, !buffer.isEmpty else { return nil }
      return sg_parse(base.assumingMemoryBound(to: CChar.self), buffer.count, options)
    }
    guard let parsed else { return rawText(guarded.bytes, message) }
    defer { sg_unref(parsed) }
    fill(&message, parsed)
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

  private static func fill(_ message: inout MailMessage, _ parsed: UnsafeMutablePointer<GMimeMessage>) {
    let header = HeaderFields(sg_object(parsed))
    readThread(&message, header)
    readAddresses(&message, parsed, header)
    if let subject = g_mime_message_get_subject(parsed) {
      message.subject = CleanText.line(String(cString: subject))
    }
    if let date = g_mime_message_get_date(parsed) {
      message.date = Date(timeIntervalSince1970: Double(g_date_time_to_unix(date)))
    } else {
      note(&message, header["date"] == nil ? "date_missing" : "date_unreadable")
    }
    var walk = PartWalk()
    if let root = g_mime_message_get_mime_part(parsed) { walk.walk(root) }
    for problem in walk.problems { note(&message, problem) }
    let body = walk.body()
    message.text = body.text
    message.html = body.html
    message.attachments = walk.attachments
    for problem in body.problems { note(&message, problem) }
    let split = QuoteSplit.split(message.text)
    message.visibleText = split.visible
    message.quotedText = split.quoted
    let signs = AutomaticSigns(header: header, message: message, reportType: walk.reportType)
    message.bounce = BounceReading.read(walk: walk, message: message, signs: signs)
    message.automatic = signs.verdict(bounce: message.bounce)
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

  private static func readAddresses(
    _ message: inout MailMessage, _ parsed: UnsafeMutablePointer<GMimeMessage>, _ header: HeaderFields
  ) {
    message.from = addresses(parsed, GMIME_ADDRESS_TYPE_FROM, &message)
    message.replyTo = addresses(parsed, GMIME_ADDRESS_TYPE_REPLY_TO, &message)
    message.to = addresses(parsed, GMIME_ADDRESS_TYPE_TO, &message)
    message.cc = addresses(parsed, GMIME_ADDRESS_TYPE_CC, &message)
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

  /// One `@` and nothing that another reader could take apart differently.
  private static func isPlain(_ address: String) -> Bool {
    let parts = Array(address.utf8).split(separator: 64, omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
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

  /// Mailboxes of one kind with groups flattened, at most `MailLimits.addresses`; groups by explicit stack.
  private static func addresses(
    _ parsed: UnsafeMutablePointer<GMimeMessage>, _ kind: GMimeAddressType, _ message: inout MailMessage
  ) -> [MailAddress] {
    guard let list = g_mime_message_get_addresses(parsed, kind) else { return [] }
    var found: [MailAddress] = []
    var stack: [(list: UnsafeMutablePointer<InternetAddressList>, next: Int32)] = [(list, 0)]
    while let top = stack.last {
      guard top.next < internet_address_list_length(top.list) else {
        stack.removeLast()
        continue
      }
      stack[stack.count - 1].next += 1
      guard let entry = internet_address_list_get_address(top.list, top.next) else { continue }
      if found.count >= MailLimits.addresses || stack.count > MailLimits.depth {
        note(&message, "too_many_addresses")
        return found
      }
      if sg_is_group(entry) != 0 {
        if let members = internet_address_group_get_members(sg_group(entry)) { stack.append((members, 0)) }
      } else if sg_is_mailbox(entry) != 0 {
        let address = internet_address_mailbox_get_addr(sg_mailbox(entry)).map { String(cString: $0) } ?? ""
        let name = internet_address_get_name(entry).map { String(cString: $0) } ?? ""
        let clean = CleanText.line(address, limit: 1_000)
        if !clean.isEmpty { found.append(MailAddress(name: CleanText.line(name), address: clean)) }
      }
    }
    return found
  }
}
