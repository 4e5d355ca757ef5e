/// One complaint on its way through the six rows: the state, rebuilt from its events and nothing else.
public struct Ticket: Sendable, Equatable {
  public let number: TicketNumber
  /// The number of events so far; every command is decided against one version.
  public internal(set) var version: Int
  /// As submitted, with the corrections made since.
  public internal(set) var complaint: Complaint
  /// The version of the procedure the ticket was opened under.
  public internal(set) var procedureVersion: String
  public internal(set) var visits: [StageVisit] = []
  public internal(set) var holder: Officer?
  public internal(set) var check: CheckResult?
  public internal(set) var report: ComplaintReport?
  public internal(set) var analysis: AnalysisDecision?
  public internal(set) var handoff: Handoff?
  public internal(set) var handoffAcknowledgedAt: Instant?
  public internal(set) var registryReply: RegistryReply?
  public internal(set) var answer: Answer?
  /// The files that were sent with it.
  var answerFiles: [Attachment] = []
  /// The letter whose acceptance ends row 5, while it is under way.
  public internal(set) var answerUnderWay: String?
  /// The letter that carried the last answer: a bounce of it brings the ticket back from row 6.
  var answerLetter: String?
  /// Why the last answer did not arrive, until another one is sent or this one arrives after all.
  public internal(set) var answerFailure: String?
  /// The channel on which an officer reads the last answer out; `nil`: it goes in writing.
  var answerSpokenOn: ContactChannel?
  public internal(set) var confirmationClosesAt: Instant?
  public internal(set) var closure: Closure?
  public internal(set) var duplicateOf: TicketNumber?
  public internal(set) var duplicates: [TicketNumber] = []
  /// The walls on which someone else had the last word, and nobody of the team has taken it up yet.
  var unreadWalls: Set<Message.Wall> = [.requester]
  /// When the supervisor was called, until one has acted or the ticket has left the row.
  public internal(set) var escalatedAt: Instant?
  /// The address is not the one the complaint came with.
  public internal(set) var addressWasChanged = false
  /// When the latest event was recorded. A server's clock may be set back; a ticket's time is not.
  private(set) var latestAt: Instant
  /// How many reports were issued: the edition of the next one is one more.
  var reportsIssued = 0

  public var isClosed: Bool { closure != nil }
  /// The visit in progress, or the last one of a closed ticket. Never absent: a submitted ticket has visits.
  public var visit: StageVisit? { visits.last }
  public var stage: Stage { visits.last?.stage ?? .submission }
  public var pause: Pause? { isClosed ? nil : visits.last?.pause }

  /// Whose turn it is now; `nil` when closed.
  public var turn: Party? { isClosed ? nil : (pause?.waitingFor ?? stage.party) }

  /// The earliest instant at which the clock has something to tell, or `nil`.
  public var nextDue: Instant? {
    guard !isClosed, let visit = visits.last else { return nil }
    if let pause = visit.pause { return pause.expiresAt }
    if visit.stage == .confirmation { return confirmationClosesAt }
    return visit.nextMark?.at
  }

  /// Someone wrote, and nobody of the team has taken it up yet: also of a closed ticket, which nobody would open.
  public var awaitsReading: Bool { !unreadWalls.isEmpty }

  /// The answer is given by voice: row 5 stays open until an officer says that it was read out.
  public var answerWaitsForVoice: Bool {
    !isClosed && stage == .answer && answerUnderWay != nil && answerSpokenOn != nil
  }

  /// The ticket whose answer this one waits for.
  public var waitsForAnswerOf: TicketNumber? { pause?.reason == .duplicate ? duplicateOf : nil }

  /// True when mail may be sent to the requester before an address is proven: the complaint itself came from it.
  var mayBeMailed: Bool {
    let isSender = complaint.channel == .email && !addressWasChanged
    return complaint.requester.email != nil && (complaint.requester.emailProven || isSender)
  }

  /// There is an address, and its holder has yet to prove it: letters wait.
  public var addressAwaitsProof: Bool { complaint.requester.email != nil && !mayBeMailed }

  /// The ticket as its events tell it; `nil` when they do not begin with a submission.
  public init?(number: TicketNumber, events: some Sequence<RecordedEvent>) {
    var iterator = events.makeIterator()
    guard let first = iterator.next(), case .submitted(let complaint, let procedure) = first.event else { return nil }
    self.number = number
    self.complaint = complaint
    self.procedureVersion = procedure
    self.version = 1
    self.latestAt = first.at
    recordSubmission()
    while let next = iterator.next() { apply(next.event, at: next.at) }
  }

  /// The ticket that stands at its submission, recorded at `now`.
  init(number: TicketNumber, complaint: Complaint, procedure: String, at now: Instant) {
    self.number = number
    self.complaint = complaint
    self.procedureVersion = procedure
    self.version = 1
    self.latestAt = now
    recordSubmission()
  }

  /// The instant of an event recorded at `instant` by a clock that may have been set back.
  mutating func settle(_ instant: Instant) -> Instant {
    latestAt = max(latestAt, instant)
    return latestAt
  }

  /// The durable receipt: when the complaint lay on disk, at the latest when it became a ticket.
  var receipt: Instant { min(complaint.receivedAt, latestAt) }

  /// Row 1 is a visit of no length: the requester's own doing was over when the complaint arrived.
  private mutating func recordSubmission() {
    var visit = StageVisit(
      StageEntry(stage: .submission, ordinal: 1, at: receipt, budget: nil, deadline: nil, closesAt: nil))
    visit.leftAt = receipt
    visits.append(visit)
  }
}
