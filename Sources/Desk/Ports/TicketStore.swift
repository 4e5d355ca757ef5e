public import Foundation
public import SOP

/// Where tickets live: the only door through which one is written. Implemented by every store and held to the
/// contract in `DeskTesting/StoreContract`.
public protocol TicketStore: Sendable {
  /// A number nobody has been given in this month; it is taken only by the commit that uses it.
  func nextNumber(month: Int) async throws -> TicketNumber
  /// The ticket and its version, rebuilt from its events; `nil` when there is none.
  func ticket(_ number: TicketNumber) async throws -> Ticket?
  func history(of number: TicketNumber) async throws -> [RecordedEvent]
  /// One transaction: events, summary, command log, letters, follow-ups, files and the settled ledger row, or
  /// nothing at all. Durable when it returns `.committed`.
  func commit(_ commit: Commit) async throws -> CommitResult
  /// A refused command is kept too.
  func logRefusal(_ entry: CommandLogEntry) async throws
  /// Tickets whose clock has something to tell at or before `instant`, earliest first.
  func dueTickets(at instant: Instant, limit: Int) async throws -> [TicketNumber]
  func earliestDue() async throws -> Instant?
  /// Commands other tickets (or this one) still have to receive, oldest first. One that cannot be read back is passed
  /// over, so that it holds up none of the others.
  func followUps(limit: Int) async throws -> [StoredFollowUp]
  func dropFollowUp(_ id: Int64) async throws
}

/// Everything one decision writes.
public struct Commit: Sendable {
  public let number: TicketNumber
  /// The version the decision was made against; 0 opens the ticket.
  public let expecting: Int
  public let events: [RecordedEvent]
  /// The state after the events: what the summary is written from.
  public let after: Ticket
  public let letters: [OutboxLetter]
  public let followUps: [FollowUp]
  public let releasesHeldLetters: Bool
  /// Letters of the ticket that are held wait for this address from now on.
  public let heldLettersGoTo: String?
  /// When it was decided.
  public let at: Instant
  /// One line for each command it carries out.
  public let log: [CommandLogEntry]
  /// The ledger row this decision settles.
  public let settlement: Settlement?
  /// The follow-up this commit carries out: it disappears with it.
  public let followUp: Int64?
  public let files: [StoredFile]
  /// What some of the letters cost; `nil`: nothing.
  public let ration: Ration?

  public init(
    number: TicketNumber, expecting: Int, events: [RecordedEvent], after: Ticket, letters: [OutboxLetter],
    followUps: [FollowUp], releasesHeldLetters: Bool, heldLettersGoTo: String? = nil, at: Instant,
    log: [CommandLogEntry], settlement: Settlement?, followUp: Int64?, files: [StoredFile], ration: Ration? = nil
  ) {
    self.number = number
    self.expecting = expecting
    self.events = events
    self.after = after
    self.letters = letters
    self.followUps = followUps
    self.releasesHeldLetters = releasesHeldLetters
    self.heldLettersGoTo = heldLettersGoTo
    self.at = at
    self.log = log
    self.settlement = settlement
    self.followUp = followUp
    self.files = files
    self.ration = ration
  }
}

public enum CommitResult: Sendable, Equatable {
  case committed
  /// Someone was quicker: load, decide and try again.
  case versionConflict
  /// The number was taken by another process meanwhile: take another one.
  case numberTaken
  /// The same message was settled before (same fingerprint): nothing was written but this row's own settlement.
  case duplicate(of: TicketNumber?)
}

public struct StoredFollowUp: Sendable, Equatable {
  public let id: Int64
  public let followUp: FollowUp
  public init(id: Int64, followUp: FollowUp) {
    self.id = id
    self.followUp = followUp
  }
}

/// One line of the command log: who wanted what, when, and what came of it.
public struct CommandLogEntry: Sendable, Equatable, Codable {
  public let at: Instant
  public let ticket: TicketNumber?
  public let command: String
  public let by: Performer
  /// `nil` when carried out; otherwise the rejection's code.
  public let refusal: String?

  public init(at: Instant, ticket: TicketNumber?, command: String, by: Performer, refusal: String? = nil) {
    self.at = at
    self.ticket = ticket
    self.command = command
    self.by = by
    self.refusal = refusal
  }
}

/// Bytes of an attachment, kept once under their digest.
public struct StoredFile: Sendable, Equatable {
  public let sha256: String
  public let bytes: Data
  public init(sha256: String, bytes: Data) {
    self.sha256 = sha256
    self.bytes = bytes
  }
}

/// Files by digest.
public protocol FileStore: Sendable {
  func file(_ sha256: String) async throws -> Data?
  /// Durable on return. They are uploads until an event names them.
  func keep(_ files: [StoredFile], at now: Instant) async throws
  /// Drops the uploads last kept before `instant` that no draft and no unsettled or quarantined ledger row names.
  /// Returns how many.
  func dropUploads(olderThan instant: Instant) async throws -> Int
}
