public import Desk
public import SOP

/// One message as it was fetched.
public struct FetchedMail: Sendable, Equatable {
  public var uidValidity: UInt32
  public var uid: UInt32
  /// The whole message; with a `problem` only its beginning, perhaps nothing.
  public var bytes: [UInt8]
  /// Why the message is not whole. It belongs into quarantine, where people see it; the mailbox still has it.
  public var problem: FetchProblem?

  public init(uidValidity: UInt32, uid: UInt32, bytes: [UInt8], problem: FetchProblem? = nil) {
    (self.uidValidity, self.uid, self.bytes, self.problem) = (uidValidity, uid, bytes, problem)
  }
}

/// Why a message could not be fetched whole.
public enum FetchProblem: Sendable, Equatable {
  /// `limit` in bytes.
  case tooLarge(limit: Int)
  /// The server failed to give it, `attempts` times, while it answered other questions.
  case unreadable(attempts: Int)
}

/// Where fetched mail goes, and where the cursor is kept. Implemented over the desk's ledger.
public protocol FetchedMailSink: Sendable {
  /// The cursor last kept for this mailbox; nil before the first.
  func cursor(of mailbox: String) async throws -> MailboxCursor?
  /// Returns only when every message and then the cursor, better both at once, are durable. The same messages may come
  /// again after a crash or a new UIDVALIDITY: the ledger knows them. Called with no messages when all of a row were
  /// removed from the mailbox before they could be fetched.
  func keep(_ mails: [FetchedMail], advancing cursor: MailboxCursor) async throws
}

/// What administration and `sigap doctor` show of a mailbox.
public struct MailboxHealth: Sendable, Equatable {
  /// When the mailbox was last looked at without a fault.
  public var lastSuccess: Instant?
  /// The newest fault since then; nil when all is well.
  public var fault: FetchFault?
  public var faultAt: Instant?
  /// Since the start.
  public var fetched = 0

  public init() {}
}

/// Why the fetcher makes no progress.
public enum FetchFault: Error, Sendable, Equatable {
  /// The mail server says no.
  case mailbox(ImapFault)
  /// Our side cannot keep what was fetched; nothing was lost, it is fetched again.
  case sink
}
