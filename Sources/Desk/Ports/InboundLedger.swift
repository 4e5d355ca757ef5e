public import Foundation
public import SOP

/// Everything that ever arrived, as raw bytes, on disk before anyone was told it arrived. Nothing is ever dropped:
/// a row is settled with an outcome, or stands in quarantine, visible and replayable.
public protocol InboundLedger: Sendable {
  /// Durable on return, in the order given. A row whose `key` is known already is not written again: its receipt
  /// names the first one. `cursor` is advanced in the same transaction.
  func receive(_ drafts: [InboundDraft], advancing cursor: MailboxCursor?) async throws -> [InboundReceipt]
  /// Rows nobody has settled, oldest first, each counted as attempted; together at most `InboundItem.batchBytes`, or
  /// one. A row that was attempted before comes alone, so that an input which kills the process is found out.
  func takeWaiting(limit: Int, now: Instant) async throws -> [InboundItem]
  /// Takes back one count of each row: what went wrong was no fault of theirs.
  func giveBack(_ ids: [String]) async throws
  func inbound(_ id: String) async throws -> InboundItem?
  /// Settles a row that touches no ticket. Returns false when its fingerprint was settled before (a duplicate, and
  /// settled as such).
  func settle(_ settlement: Settlement, now: Instant) async throws -> Bool
  /// Puts a settled or quarantined row back into the queue, by whom. False, and nothing is changed, when the row is part
  /// of a ticket, waits already, or is none: a second time it would be there twice.
  func replay(_ id: String, by performer: Performer, now: Instant) async throws -> Bool
  /// The whole bytes of a row in quarantine, or put aside, that came without them; its trouble is over. False, and
  /// nothing is changed, for any other row.
  func refill(_ id: String, raw: Data) async throws -> Bool
  func mailboxCursor(_ mailbox: String) async throws -> MailboxCursor?
  /// Newest first; `outcome` `nil`: all. `after`: the id the last page ended with.
  func inboundPage(outcome: InboundOutcome.Kind?, after: String?, limit: Int) async throws -> [InboundLine]
  func inboundCounts() async throws -> [InboundOutcome.Kind: Int]
}

/// The door a message came through.
public enum InboundSource: String, Sendable, Codable, CaseIterable {
  case imap, pipe, web, api, officer

  /// Whether its bytes are a mail; the others are submissions.
  public var isMail: Bool {
    switch self {
    case .imap, .pipe: true
    case .web, .api, .officer: false
    }
  }
}

public struct InboundDraft: Sendable, Equatable {
  /// Unique, sortable by time of receipt: made by `InboundID`.
  public let id: String
  public let source: InboundSource
  /// What identifies the delivery at its source ("imap/account/validity/uid", "web/form-id"); `nil`: nothing does.
  public let key: String?
  public let receivedAt: Instant
  public let raw: Data
  /// The source's own trouble with it (too large, unreadable): such a row goes to quarantine with this reason.
  public let trouble: String?
  public let files: [StoredFile]

  public init(
    id: String, source: InboundSource, key: String?, receivedAt: Instant, raw: Data, trouble: String? = nil,
    files: [StoredFile] = []
  ) {
    self.id = id
    self.source = source
    self.key = key
    self.receivedAt = receivedAt
    self.raw = raw
    self.trouble = trouble
    self.files = files
  }
}

public struct InboundReceipt: Sendable, Equatable {
  /// The row that holds the message: an earlier one when `isNew` is false.
  public let id: String
  public let isNew: Bool
  public init(id: String, isNew: Bool) {
    self.id = id
    self.isNew = isNew
  }
}

public struct InboundItem: Sendable, Equatable {
  /// What is held of waiting messages at a time, in bytes: a mail may have 30 MB, and a hundred may wait.
  public static let batchBytes = 32 << 20
  /// Troubles of a row whose bytes are not all here; the mailbox may still have them.
  public static let incomplete: Set<String> = ["not_fetched", "too_large"]

  public let id: String
  public let source: InboundSource
  public let receivedAt: Instant
  public let raw: Data
  public let trouble: String?
  /// How often processing has begun, this time included.
  public let attempts: Int
  public let outcome: InboundOutcome?
  /// Where it came from, as in its draft.
  public let key: String?

  public init(
    id: String, source: InboundSource, receivedAt: Instant, raw: Data, trouble: String?, attempts: Int,
    outcome: InboundOutcome?, key: String? = nil
  ) {
    self.id = id
    self.source = source
    self.receivedAt = receivedAt
    self.raw = raw
    self.trouble = trouble
    self.attempts = attempts
    self.outcome = outcome
    self.key = key
  }
}

/// What became of a row.
public struct InboundOutcome: Sendable, Equatable, Codable {
  public enum Kind: String, Sendable, Codable, CaseIterable {
    case opened, appended
    case registryReply = "registry_reply"
    case duplicate, quarantined, automatic, bounce
    /// An administrator put it aside for good, with a reason.
    case discarded
  }
  public let kind: Kind
  public let ticket: TicketNumber?
  /// Codes that say why, for programs and the ledger page ("token_valid", "sender_differs", "auto_submitted" …).
  public let reasons: [String]

  public init(kind: Kind, ticket: TicketNumber?, reasons: [String] = []) {
    self.kind = kind
    self.ticket = ticket
    self.reasons = reasons
  }
}

/// The end of a ledger row's way.
public struct Settlement: Sendable, Equatable {
  public let inbound: String
  public let outcome: InboundOutcome
  /// Digest that tells a message from every other one (message id, author, date, body); `nil`: not compared.
  public let fingerprint: String?
  /// For the ledger page: who and what, as read.
  public let sender: String?
  public let subject: String?
  /// A person decided otherwise: it also takes the place of `automatic`, `bounce` and `discarded`.
  public let overrules: Bool

  public init(
    inbound: String, outcome: InboundOutcome, fingerprint: String?, sender: String? = nil, subject: String? = nil,
    overrules: Bool = false
  ) {
    self.inbound = inbound
    self.outcome = outcome
    self.fingerprint = fingerprint
    self.sender = sender
    self.subject = subject
    self.overrules = overrules
  }
}

/// One line of the ledger page.
public struct InboundLine: Sendable, Equatable {
  public let id: String
  public let source: InboundSource
  public let receivedAt: Instant
  public let size: Int
  public let sender: String?
  public let subject: String?
  public let outcome: InboundOutcome?
  public let attempts: Int

  public init(
    id: String, source: InboundSource, receivedAt: Instant, size: Int, sender: String?, subject: String?,
    outcome: InboundOutcome?, attempts: Int
  ) {
    self.id = id
    self.source = source
    self.receivedAt = receivedAt
    self.size = size
    self.sender = sender
    self.subject = subject
    self.outcome = outcome
    self.attempts = attempts
  }
}

/// How far a mailbox has been read (RFC 3501 §2.3.1.1: a UID means nothing without its UIDVALIDITY).
public struct MailboxCursor: Sendable, Equatable, Codable {
  public let mailbox: String
  public let validity: UInt32
  public let lastUID: UInt32
  public init(mailbox: String, validity: UInt32, lastUID: UInt32) {
    self.mailbox = mailbox
    self.validity = validity
    self.lastUID = lastUID
  }
}
