public import Foundation

/// A letter about to leave. Values are taken as they are: `MailComposer` encodes or refuses them.
public struct OutgoingMail: Sendable, Equatable {
  /// Without angle brackets; stable over retries, so that a receiver can see the same letter twice.
  public var messageID: String
  public var date: Date
  public var from: MailAddress
  public var replyTo: MailAddress?
  /// 1...100 recipients.
  public var to: [MailAddress]
  public var subject: String
  /// Plain text; any line ends.
  public var text: String
  /// The same words as HTML; must already be safe.
  public var html: String?
  public var inReplyTo: String?
  public var references: [String]
  /// `auto-replied`, `auto-generated` or nil for a person's letter (RFC 3834 §5).
  public var autoSubmitted: String?
  /// For the X-Sigap-Ticket header: letters, digits and hyphens, at most 40.
  public var ticketNumber: String?
  public var attachments: [MailAttachment]

  public init(
    messageID: String, date: Date, from: MailAddress, replyTo: MailAddress? = nil, to: [MailAddress],
    subject: String, text: String, html: String? = nil, inReplyTo: String? = nil, references: [String] = [],
    autoSubmitted: String? = nil, ticketNumber: String? = nil, attachments: [MailAttachment] = []
  ) {
    self.messageID = messageID
    self.date = date
    self.from = from
    self.replyTo = replyTo
    self.to = to
    self.subject = subject
    self.text = text
    self.html = html
    self.inReplyTo = inReplyTo
    self.references = references
    self.autoSubmitted = autoSubmitted
    self.ticketNumber = ticketNumber
    self.attachments = attachments
  }
}

/// Why a letter is not composed: a value that can be neither sent as it is nor encoded.
public enum MailComposeError: Error, Sendable, Equatable {
  /// Not an addr-spec by `MailAddress.parse`; the field is `from`, `replyTo` or `to`.
  case address(field: String)
  /// No recipient, or more than 100.
  case recipients
  /// Not `dot-atom@dot-atom` within 250 bytes; the field is `messageID`, `inReplyTo` or `references`.
  case identifier(field: String)
  /// Outside the years 1900...9999.
  case date
  case autoSubmitted
  case ticketNumber
  /// Over 30 MB as composed.
  case tooLarge
}
