public import SOP

/// Letters on their way out. A row is written with the decision that asks for it; sending happens at least once,
/// and an end nobody can know is the visible state `uncertain`, never a silent second letter.
public protocol Outbox: Sendable {
  /// Takes up to `limit` letters that are due, each leased until `now + lease` seconds. A letter whose lease ran out
  /// while `sending` becomes `uncertain` here, before anything is taken, together with the command its ticket must
  /// receive (`Dispatcher.followUp`). One that cannot be read back has failed: it is never taken.
  func claim(limit: Int, now: Instant, lease: Int64) async throws -> [ClaimedLetter]
  /// Records how a claimed letter ended, together with the command its ticket must receive. Returns false when the
  /// lease was lost meanwhile: nothing is written then.
  func record(_ outcome: SendOutcome, for claim: ClaimedLetter, followUp: FollowUp?, now: Instant) async throws -> Bool
  /// A bounce or a status that came later: never takes a state backwards.
  func recordLate(_ state: LetterState, detail: String, letter id: String, followUp: FollowUp?, now: Instant)
    async throws
  /// When the next waiting letter is due; `nil` when none waits.
  func earliestLetter() async throws -> Instant?
  func letter(_ id: String) async throws -> OutboxLine?
  func letters(of ticket: TicketNumber) async throws -> [OutboxLine]
  /// Newest first.
  func outboxPage(state: LetterState?, after: String?, limit: Int) async throws -> [OutboxLine]
  func outboxCounts() async throws -> [LetterState: Int]
  /// A person decided to send it (again): `failed`, `uncertain` and `withheld` letters go back to `queued`.
  func sendAgain(_ id: String, by performer: Performer, now: Instant) async throws -> Bool
  /// Queues a `withheld` letter when every window has room, and counts it there in the same transaction.
  func release(_ id: String, within limits: [Ration.Limit], now: Instant) async throws -> Bool
}

public enum LetterState: String, Sendable, Codable, CaseIterable {
  /// Waits until the requester has proven the address.
  case held
  case queued, sending, sent, delivered, failed
  /// The connection died after the last byte: it may have arrived, nobody knows.
  case uncertain
  /// Not sent on purpose: the limit for addresses nobody verified.
  case withheld
}

/// A letter word for word, as it goes into the outbox.
public struct OutboxLetter: Sendable, Equatable, Codable {
  /// The letter's id, with a suffix for each further recipient.
  public let id: String
  public let ticket: TicketNumber?
  public let party: Party
  /// The stem of its kind ("receipt", "answer" …), for lists.
  public let kind: String
  public let recipient: String
  public let recipientName: String?
  public let subject: String
  public let text: String
  public let html: String?
  /// Without angle brackets; holds a MAC, so that a reply to it proves which letter it answers.
  public let messageID: String
  public let inReplyTo: String?
  /// The reply address with its token; also the envelope sender, so that a bounce finds its letter.
  public let replyTo: String
  public let state: LetterState
  public let createdAt: Instant
  /// Not before this instant (ten seconds in which an officer can undo).
  public let notBefore: Instant
  /// RFC 3834: what the machine wrote says so.
  public let automatic: Bool

  public init(
    id: String, ticket: TicketNumber?, party: Party, kind: String, recipient: String, recipientName: String?,
    subject: String, text: String, html: String?, messageID: String, inReplyTo: String?, replyTo: String,
    state: LetterState, createdAt: Instant, notBefore: Instant, automatic: Bool
  ) {
    self.id = id
    self.ticket = ticket
    self.party = party
    self.kind = kind
    self.recipient = recipient
    self.recipientName = recipientName
    self.subject = subject
    self.text = text
    self.html = html
    self.messageID = messageID
    self.inReplyTo = inReplyTo
    self.replyTo = replyTo
    self.state = state
    self.createdAt = createdAt
    self.notBefore = notBefore
    self.automatic = automatic
  }
}

extension OutboxLetter {
  /// The same letter, not sent yet, to another address.
  public func readdressed(to recipient: String) -> OutboxLetter {
    OutboxLetter(
      id: id, ticket: ticket, party: party, kind: kind, recipient: recipient, recipientName: recipientName,
      subject: subject, text: text, html: html, messageID: messageID, inReplyTo: inReplyTo, replyTo: replyTo,
      state: state, createdAt: createdAt, notBefore: notBefore, automatic: automatic)
  }
}

public struct ClaimedLetter: Sendable, Equatable {
  public let letter: OutboxLetter
  /// 1 for the first attempt.
  public let attempt: Int
  /// Fencing token: an outcome is taken only from the holder of the lease.
  public let lease: Int64
  public init(letter: OutboxLetter, attempt: Int, lease: Int64) {
    self.letter = letter
    self.attempt = attempt
    self.lease = lease
  }
}

/// How a send ended.
public enum SendOutcome: Sendable, Equatable {
  /// The channel took responsibility; `detail` is its own line.
  case accepted(detail: String)
  /// Try again at this instant.
  case later(at: Instant, detail: String)
  case failed(detail: String)
  case uncertain(detail: String)
}

public struct OutboxLine: Sendable, Equatable {
  public let letter: OutboxLetter
  public let state: LetterState
  public let attempts: Int
  public let nextAttemptAt: Instant?
  public let detail: String?
  public let changedAt: Instant
  public init(
    letter: OutboxLetter, state: LetterState, attempts: Int, nextAttemptAt: Instant?, detail: String?,
    changedAt: Instant
  ) {
    self.letter = letter
    self.state = state
    self.attempts = attempts
    self.nextAttemptAt = nextAttemptAt
    self.detail = detail
    self.changedAt = changedAt
  }
}

/// Hands one letter to the outside world.
public protocol LetterSender: Sendable {
  /// Returns the channel's own line when it took responsibility.
  func send(_ letter: OutboxLetter) async throws(DeliveryError) -> String
}

/// The outside world says no.
public struct DeliveryError: Error, Sendable, Equatable {
  public enum Retry: Sendable, Equatable {
    /// It may work later.
    case later
    /// It never will: this address, this letter.
    case never
    /// It may have arrived: only a person decides to send again.
    case uncertain
  }
  public let retry: Retry
  /// The channel's own code ("550", "timeout") for programs and lists.
  public let code: String
  public let detail: String
  public init(retry: Retry, code: String, detail: String) {
    self.retry = retry
    self.code = code
    self.detail = detail
  }
}
