public import Foundation
public import SOP

/// Turns raw mail into what intake asks about. Never throws: what cannot be read says so.
public protocol MessageReader: Sendable {
  func read(_ raw: Data) -> ReadMail
}

public struct ReadMail: Sendable, Equatable {
  public enum Automatic: String, Sendable, Codable {
    case none
    case autoReply = "auto_reply"
    case bounce
    case abuseReport = "abuse_report"
    case list
    case notification
  }
  public struct Bounce: Sendable, Equatable {
    public var status: String?
    public var recipient: String?
    public var permanent: Bool
    public var originalMessageID: String?
    public var diagnostic: String?
    public init(
      status: String?, recipient: String?, permanent: Bool, originalMessageID: String?, diagnostic: String?
    ) {
      self.status = status
      self.recipient = recipient
      self.permanent = permanent
      self.originalMessageID = originalMessageID
      self.diagnostic = diagnostic
    }
  }

  /// Why nothing could be read; such a message goes to quarantine.
  public var unreadable: String?
  public var messageID: String?
  /// The one canonical author, lower-case address; `nil` when it is ambiguous or missing.
  public var senderAddress: String?
  public var senderName: String?
  /// Message ids of In-Reply-To and References, without brackets, newest first.
  public var answers: [String] = []
  /// Every address the message was sent or delivered to, lower case.
  public var recipients: [String] = []
  public var subject = ""
  /// What the writer wrote now, and what was quoted or signed below it.
  public var text = ""
  public var foldedText: String?
  public var attachments: [Attachment] = []
  public var files: [StoredFile] = []
  public var automatic = Automatic.none
  public var automaticReasons: [String] = []
  public var bounce: Bounce?
  /// Equal for two deliveries of one message, different for everything else.
  public var fingerprint = ""
  public var problems: [String] = []

  public init() {}
}
