public import Foundation

extension MailMessage {
  /// The message as `sigap mail parse` prints it: one JSON object, keys sorted, absent values as null.
  public func json() -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    // Only strings, integers, booleans and nulls: the encoder has nothing to refuse.
    return (try? encoder.encode(Page(message: self))) ?? Data("{}".utf8)
  }
}

private struct Page: Encodable {
  let message: MailMessage

  enum Key: String, CodingKey {
    case messageID, inReplyTo, references, from, replyTo, to, cc, subject, date, text, html, visibleText
    case quotedText, attachments, automatic, bounce, problems
    case name, address, fileName, contentType, size, sha256, contentID, inline, kind, reasons
    case status, recipient, permanent, originalMessageID, replyCode, action, cause, diagnostic, finalRecipient, others
  }

  func encode(to encoder: any Encoder) throws {
    var page = encoder.container(keyedBy: Key.self)
    try page.encode(message.messageID, forKey: .messageID)
    try page.encode(message.inReplyTo, forKey: .inReplyTo)
    try page.encode(message.references, forKey: .references)
    try page.encode(message.sender.map(Mailbox.init), forKey: .from)
    try page.encode(message.replyTo.map(Mailbox.init), forKey: .replyTo)
    try page.encode(message.to.map(Mailbox.init), forKey: .to)
    try page.encode(message.cc.map(Mailbox.init), forKey: .cc)
    try page.encode(message.subject, forKey: .subject)
    try page.encode(message.date.map { MailDate.internet($0) }, forKey: .date)
    try page.encode(message.text, forKey: .text)
    try page.encode(message.html, forKey: .html)
    try page.encode(message.visibleText, forKey: .visibleText)
    try page.encode(message.quotedText, forKey: .quotedText)
    try page.encode(message.attachments.map(File.init), forKey: .attachments)
    try page.encode(Machine(automatic: message.automatic), forKey: .automatic)
    try page.encode(message.bounce.map(Failure.init), forKey: .bounce)
    try page.encode(message.problems, forKey: .problems)
  }

  struct Mailbox: Encodable {
    let address: MailAddress
    func encode(to encoder: any Encoder) throws {
      var page = encoder.container(keyedBy: Key.self)
      try page.encode(address.name, forKey: .name)
      try page.encode(address.address, forKey: .address)
    }
  }

  struct File: Encodable {
    let attachment: MailAttachment
    func encode(to encoder: any Encoder) throws {
      var page = encoder.container(keyedBy: Key.self)
      try page.encode(attachment.fileName, forKey: .fileName)
      try page.encode(attachment.contentType, forKey: .contentType)
      try page.encode(attachment.bytes.count, forKey: .size)
      try page.encode(attachment.sha256, forKey: .sha256)
      try page.encode(attachment.contentID, forKey: .contentID)
      try page.encode(attachment.inline, forKey: .inline)
    }
  }

  struct Machine: Encodable {
    let automatic: Automatic
    func encode(to encoder: any Encoder) throws {
      var page = encoder.container(keyedBy: Key.self)
      try page.encode(automatic.kind.rawValue, forKey: .kind)
      try page.encode(automatic.reasons, forKey: .reasons)
    }
  }

  struct Failure: Encodable {
    let report: BounceReport
    func encode(to encoder: any Encoder) throws {
      try Recipient(failure: report.failure).encode(to: encoder)
      var page = encoder.container(keyedBy: Key.self)
      try page.encode(report.originalMessageID, forKey: .originalMessageID)
      try page.encode(report.others.map(Recipient.init), forKey: .others)
    }
  }

  struct Recipient: Encodable {
    let failure: DeliveryFailure
    func encode(to encoder: any Encoder) throws {
      var page = encoder.container(keyedBy: Key.self)
      try page.encode(failure.status, forKey: .status)
      try page.encode(failure.recipient, forKey: .recipient)
      try page.encode(failure.finalRecipient, forKey: .finalRecipient)
      try page.encode(failure.permanent, forKey: .permanent)
      try page.encode(failure.replyCode, forKey: .replyCode)
      try page.encode(failure.action.rawValue, forKey: .action)
      try page.encode(failure.cause.rawValue, forKey: .cause)
      try page.encode(failure.diagnostic, forKey: .diagnostic)
    }
  }
}
