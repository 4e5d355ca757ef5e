public import Foundation

/// One read message: what the desk may know of a mail. Everything in it came from outside and is only
/// cleaned (no control characters in one-line values), never trusted.
public struct MailMessage: Sendable, Equatable {
  /// Message-ID without angle brackets (RFC 5322 §3.6.4); the first one when the header repeats.
  public var messageID: String?
  /// First identifier of In-Reply-To, without angle brackets.
  public var inReplyTo: String?
  /// Identifiers of References in their order, without angle brackets.
  public var references: [String] = []
  /// Every mailbox of every From header, so that ambiguity is visible.
  public var from: [MailAddress] = []
  /// The one canonical author; nil when there is none, when From repeats or names several mailboxes.
  public var sender: MailAddress?
  public var replyTo: [MailAddress] = []
  public var to: [MailAddress] = []
  public var cc: [MailAddress] = []
  /// Address of Return-Path; empty for the null path `<>`, nil when the header is absent.
  public var returnPath: String?
  /// Addresses of Delivered-To, X-Original-To, Envelope-To.
  public var deliveredTo: [String] = []
  /// Decoded subject, one line.
  public var subject = ""
  /// Date header; nil when absent or unreadable.
  public var date: Date?
  /// The best plain text of all text parts, lines ended by LF, at most `MailLimits.text` bytes.
  public var text = ""
  /// HTML as sent (decoded to Unicode, NOT made safe), at most `MailLimits.text` bytes.
  public var html: String?
  /// What the author wrote now. Holds all of `text` when the split is uncertain.
  public var visibleText = ""
  /// Signature and quotation cut off `text`; may be empty.
  public var quotedText = ""
  public var attachments: [MailAttachment] = []
  public var automatic = Automatic(kind: .none, reasons: [])
  public var bounce: BounceReport?
  /// What was odd; stable codes in snake case.
  public var problems: [String] = []
  /// Why this message cannot be read as mail and belongs to quarantine; nil for readable mail.
  public var unreadable: String?
}

/// A file of a message.
public struct MailAttachment: Sendable, Equatable {
  /// Safe to show and to store: no path, no control or direction characters, 1...120 bytes.
  public var fileName: String
  /// Lower-case `type/subtype` as the sender says; not checked against the bytes.
  public var contentType: String
  public var bytes: [UInt8]
  /// SHA-256 of `bytes`, lower-case hexadecimal.
  public var sha256: String
  /// Content-ID without angle brackets.
  public var contentID: String?
  /// Meant to be shown within the text (Content-Disposition inline or named by a Content-ID).
  public var inline: Bool

  public init(
    fileName: String, contentType: String, bytes: [UInt8], contentID: String? = nil, inline: Bool = false
  ) {
    self.fileName = SafeFileName.make(fileName, contentType: contentType, number: 1)
    self.contentType = contentType
    self.bytes = bytes
    self.sha256 = sha256Hex(bytes)
    self.contentID = contentID
    self.inline = inline
  }
}

/// Whether a machine wrote the message (RFC 3834), and how that was seen.
public struct Automatic: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    case none
    case autoReply = "auto_reply"
    case bounce
    case abuseReport = "abuse_report"
    case list
    case notification
  }
  public var kind: Kind
  /// Each sign seen, as `header: value` in lower case or a short code.
  public var reasons: [String]

  public init(kind: Kind, reasons: [String]) {
    self.kind = kind
    self.reasons = reasons
  }
}

/// Bounds of reading. Over a bound the message still comes to life, cut, with a problem.
public enum MailLimits {
  /// Bytes of a whole message.
  public static let message = 30 << 20
  /// Bytes of the outer header.
  public static let header = 256 << 10
  /// Fields of the outer header.
  public static let fields = 1_000
  /// Nesting of multiparts.
  public static let depth = 64
  /// MIME parts of any kind.
  public static let parts = 1_000
  /// Mailboxes of one kind (from, to, cc…).
  public static let addresses = 500
  /// Bytes of text and, separately, of HTML.
  public static let text = 1 << 20
  /// Bytes of a name, subject or identifier.
  public static let name = 4 << 10
}
