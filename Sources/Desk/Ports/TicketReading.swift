public import SOP

/// What pages ask of the store: summaries in order, counts that never walk all tickets, search.
public protocol TicketReading: Sendable {
  /// Keyset paging: hand `after` the cursor of the last row shown. Open tickets by due instant (lapsed first),
  /// closed ones newest first.
  func queue(_ view: QueueView, after: QueueCursor?, limit: Int) async throws -> [TicketSummary]
  /// Cheap: kept up to date by each commit.
  func counts(holder: String?) async throws -> QueueCounts
  func summary(_ number: TicketNumber) async throws -> TicketSummary?
  /// Words of tickets and messages; names of domains and parts of them are found. Newest first.
  func search(_ text: String, after: Int64?, limit: Int) async throws -> [SearchHit]
  /// Tickets of one registrable name, newest first.
  func tickets(ofDomain domain: DomainName, limit: Int) async throws -> [TicketSummary]
  /// Open tickets of one requester's address, newest first.
  func openTickets(ofRequester email: String, limit: Int) async throws -> [TicketSummary]
  func commandLog(of ticket: TicketNumber?, after: Int64?, limit: Int) async throws -> [CommandLogEntry]
  /// The place of the newest event of all; 0 before the first.
  func lastEvent() async throws -> Int64
  /// Tickets with events after this place, as they are now, and the place of the last event looked at; at most `limit`
  /// events at a time.
  func changes(after event: Int64, limit: Int) async throws -> (last: Int64, tickets: [TicketChange])
}

public enum QueueView: Sendable, Hashable {
  case mine(account: String)
  case free
  case all
  case waitingForRequester
  case atRegistry
  case lapsed
  case stage(Stage)
  case closed
  /// Closed, and words came that nobody of the team has read.
  case wroteAfterClosing

  public var code: String {
    switch self {
    case .mine: "saya"
    case .free: "bebas"
    case .all: "semua"
    case .waitingForRequester: "menunggu"
    case .atRegistry: "pandi"
    case .lapsed: "lewat"
    case .stage(let stage): "tahap-\(stage.rawValue)"
    case .closed: "selesai"
    case .wroteAfterClosing: "tutup-baru"
    }
  }
}

public struct QueueCursor: Sendable, Hashable {
  public let due: Int64
  public let number: String
  public init(due: Int64, number: String) {
    self.due = due
    self.number = number
  }
}

public struct QueueCounts: Sendable, Equatable {
  public var mine = 0
  public var free = 0
  public var all = 0
  public var waitingForRequester = 0
  public var atRegistry = 0
  public var lapsed = 0
  public var closed = 0
  public var wroteAfterClosing = 0
  public var byStage: [Stage: Int] = [:]
  public init() {}
}

/// One row of a queue: a copy of what the events say, which `sigap verify` can rebuild and compare.
public struct TicketSummary: Sendable, Equatable {
  public let number: TicketNumber
  public let version: Int
  public let stage: Stage
  /// Whose turn it is; `nil` when closed.
  public let turn: Party?
  public let pause: Pause.Reason?
  public let closure: Closure.Kind?
  public let holder: Officer?
  public let domain: DomainName?
  public let host: DomainName?
  public let category: SOP.Category?
  public let channel: ContactChannel
  public let requesterName: String
  public let requesterEmail: String?
  public let institution: String?
  /// One line of the problem: the confirmed one once there is one, else the subject or the first words.
  public let problem: String
  public let receivedAt: Instant
  public let enteredAt: Instant
  public let budget: Int64?
  /// Of the running clock; `nil` while paused, in rows without a clock, and when closed.
  public let deadline: Deadline?
  public let lapsedAt: Instant?
  /// When the supervisor was called, until one has acted or the ticket has left the row.
  public let escalatedAt: Instant?
  /// What the clockwork waits for.
  public let nextDue: Instant?
  /// What queues are ordered by: the deadline, else the end of waiting, else far away.
  public let order: Int64
  public let changedAt: Instant
  /// Someone wrote (the requester, the registry, a colleague by mail) and no officer has taken it up yet; also when
  /// the ticket is closed.
  public let unread: Bool
  public let possiblyRelated: Bool

  public init(
    number: TicketNumber, version: Int, stage: Stage, turn: Party?, pause: Pause.Reason?, closure: Closure.Kind?,
    holder: Officer?, domain: DomainName?, host: DomainName?, category: SOP.Category?, channel: ContactChannel,
    requesterName: String, requesterEmail: String?, institution: String?, problem: String, receivedAt: Instant,
    enteredAt: Instant, budget: Int64?, deadline: Deadline?, lapsedAt: Instant?, escalatedAt: Instant?,
    nextDue: Instant?, order: Int64, changedAt: Instant, unread: Bool, possiblyRelated: Bool
  ) {
    self.number = number
    self.version = version
    self.stage = stage
    self.turn = turn
    self.pause = pause
    self.closure = closure
    self.holder = holder
    self.domain = domain
    self.host = host
    self.category = category
    self.channel = channel
    self.requesterName = requesterName
    self.requesterEmail = requesterEmail
    self.institution = institution
    self.problem = problem
    self.receivedAt = receivedAt
    self.enteredAt = enteredAt
    self.budget = budget
    self.deadline = deadline
    self.lapsedAt = lapsedAt
    self.escalatedAt = escalatedAt
    self.nextDue = nextDue
    self.order = order
    self.changedAt = changedAt
    self.unread = unread
    self.possiblyRelated = possiblyRelated
  }
}

public struct SearchHit: Sendable, Equatable {
  public let summary: TicketSummary
  /// Words around the hit, plain text.
  public let excerpt: String
  /// Hand it to the next page.
  public let cursor: Int64
  public init(summary: TicketSummary, excerpt: String, cursor: Int64) {
    self.summary = summary
    self.excerpt = excerpt
    self.cursor = cursor
  }
}
