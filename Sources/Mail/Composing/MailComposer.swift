import Foundation

/// Composing of letters: RFC 5322, 2045–2047, 2231.
///
/// Enters: an `OutgoingMail` whose values may be hostile (subject and names come from outside). Leaves: the
/// bytes for SMTP, with CRLF only, ASCII but for addresses beyond ASCII, no line over 998 bytes; the same mail
/// gives the same bytes (the boundary is derived from the content). `HeaderEncoder` is the only way into a
/// header; addresses, identifiers and codes that do not pass their strict scanner are refused, never repaired.
public enum MailComposer {
  public static func compose(_ mail: OutgoingMail) throws(MailComposeError) -> [UInt8] {
    var header = HeaderEncoder()
    try envelope(mail, &header)
    try thread(mail, &header)
    try machine(mail, &header)
    header.plain("MIME-Version", "1.0")
    let body = self.body(mail)
    guard header.bytes.count + body.count <= MailLimits.message else { throw .tooLarge }
    return header.bytes + body
  }

  private static func envelope(_ mail: OutgoingMail, _ header: inout HeaderEncoder) throws(MailComposeError) {
    guard let date = MailDate.header(mail.date) else { throw .date }
    guard (1...100).contains(mail.to.count) else { throw .recipients }
    guard MailAddress.parse(mail.from.address) != nil else { throw .address(field: "from") }
    guard mail.to.allSatisfy({ MailAddress.parse($0.address) != nil }) else { throw .address(field: "to") }
    header.plain("Date", date)
    header.mailboxes("From", [mail.from])
    if let replyTo = mail.replyTo {
      guard MailAddress.parse(replyTo.address) != nil else { throw .address(field: "replyTo") }
      header.mailboxes("Reply-To", [replyTo])
    }
    header.mailboxes("To", mail.to)
    header.text("Subject", mail.subject)
  }

  /// At most 100 references: the first and the newest (RFC 5322 §3.6.4 leaves the trimming to us).
  private static func thread(_ mail: OutgoingMail, _ header: inout HeaderEncoder) throws(MailComposeError) {
    guard isIdentifier(mail.messageID) else { throw .identifier(field: "messageID") }
    header.identifiers("Message-ID", [mail.messageID])
    if let parent = mail.inReplyTo {
      guard isIdentifier(parent) else { throw .identifier(field: "inReplyTo") }
      header.identifiers("In-Reply-To", [parent])
    }
    guard mail.references.allSatisfy(isIdentifier) else { throw .identifier(field: "references") }
    let kept =
      mail.references.count > 100 ? mail.references.prefix(1) + mail.references.suffix(99) : mail.references[...]
    if !kept.isEmpty { header.identifiers("References", Array(kept)) }
  }

  private static func machine(_ mail: OutgoingMail, _ header: inout HeaderEncoder) throws(MailComposeError) {
    if let kind = mail.autoSubmitted {
      guard ["auto-replied", "auto-generated"].contains(kind) else { throw .autoSubmitted }
      header.plain("Auto-Submitted", kind)
      header.plain("X-Auto-Response-Suppress", "All")
    }
    if let number = mail.ticketNumber {
      let allowed = number.utf8.allSatisfy { byte in
        switch byte {
        case 48...57, 65...90, 97...122, 45: true
        default: false
        }
      }
      guard allowed, (1...40).contains(number.utf8.count) else { throw .ticketNumber }
      header.plain("X-Sigap-Ticket", number)
    }
  }

  /// An identifier fit for our headers: printable ASCII, one `@` inside, no white space, brackets or quotes.
  /// An identifier read from a foreign message may be none: leave it out then.
  public static func isIdentifier(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard (3...250).contains(bytes.count), bytes.first != 64, bytes.last != 64 else { return false }
    var signs = 0
    for byte in bytes {
      guard (33...126).contains(byte), !"<>()\"\\,;:[]".utf8.contains(byte) else { return false }
      if byte == 64 { signs += 1 }
    }
    return signs == 1
  }

  // MARK: - Body

  private static func body(_ mail: OutgoingMail) -> [UInt8] {
    let text = leaf("text/plain; charset=utf-8", "quoted-printable", QuotedPrintable.encoded(mail.text))
    var body = text
    if let html = mail.html {
      body = multipart(
        "alternative",
        [
          text, leaf("text/html; charset=utf-8", "quoted-printable", QuotedPrintable.encoded(html)),
        ])
    }
    if !mail.attachments.isEmpty { body = multipart("mixed", [body] + mail.attachments.enumerated().map(file)) }
    return body
  }

  private static func leaf(_ type: String, _ encoding: String, _ content: [UInt8]) -> [UInt8] {
    Array("Content-Type: \(type)\r\nContent-Transfer-Encoding: \(encoding)\r\n\r\n".utf8) + content + [13, 10]
  }

  /// "=_" stands in no quoted-printable or base64 text (RFC 2045 §6.7), so the boundary is nowhere inside.
  private static func multipart(_ subtype: String, _ parts: [[UInt8]]) -> [UInt8] {
    let boundary = "=_sigap_" + sha256Hex(Array(parts.joined())).prefix(32) + "_" + subtype.prefix(3)
    var out = Array("Content-Type: multipart/\(subtype);\r\n boundary=\"\(boundary)\"\r\n\r\n".utf8)
    for part in parts { out += Array("--\(boundary)\r\n".utf8) + part }
    return out + Array("--\(boundary)--\r\n".utf8)
  }

  private static func file(_ number: Int, _ file: MailAttachment) -> [UInt8] {
    let name = SafeFileName.make(file.fileName, contentType: file.contentType, number: number + 1)
    var out = Array("Content-Type: \(safeType(file.contentType))\r\n".utf8)
    out += Array("Content-Transfer-Encoding: base64\r\nContent-Disposition: ".utf8)
    out += Array((file.inline ? "inline" : "attachment").utf8) + Array(parameter(name).utf8) + [13, 10]
    if let id = file.contentID, isIdentifier(id) { out += Array("Content-ID: <\(id)>\r\n".utf8) }
    return out + [13, 10] + Base64.encoded(file.bytes) + [13, 10]
  }

  /// RFC 2231 §4; a name is at most 120 bytes, so one piece is at most 360.
  private static func parameter(_ name: String) -> String {
    var out = ";\r\n filename*=utf-8''"
    for byte in name.utf8 {
      switch byte {
      case 48...57, 65...90, 97...122, 45, 46, 95: out.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let hex = String(byte, radix: 16, uppercase: true)
        out += (byte < 16 ? "%0" : "%") + hex
      }
    }
    return out
  }

  /// `type/subtype` of tokens; composite types may not be base 64 (RFC 2046 §5), so they travel as bytes.
  private static func safeType(_ type: String) -> String {
    let parts = asciiLowercased(Array(type.utf8)).split(separator: 47, omittingEmptySubsequences: false)
    let tokens = parts.allSatisfy { part in
      !part.isEmpty && part.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || "-.+_".utf8.contains($0) }
    }
    let text = String(decoding: asciiLowercased(Array(type.utf8)), as: UTF8.self)
    guard parts.count == 2, tokens, text.utf8.count <= 100, !text.hasPrefix("multipart/"), !text.hasPrefix("message/")
    else { return "application/octet-stream" }
    return text
  }
}
