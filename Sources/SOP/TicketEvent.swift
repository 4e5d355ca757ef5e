/// Every fact of a ticket, past tense. Stored for ever as JSON: never rename a case or a label, add one.
/// `Tests/SOPTests/events.jsonl` holds one of each, as first written; a test decodes them all.
public enum TicketEvent: Sendable, Codable, Equatable {
  // Row 1
  case submitted(complaint: Complaint, procedure: String)
  case addressProven(email: String)
  /// Letters go to another address once it is proven. No reason: the requester did it.
  case addressChanged(email: String, reason: String?)
  case proofRequested(email: String)
  case complaintCorrected(correction: ComplaintCorrection)

  // The clockwork of visits
  case stageEntered(entry: StageEntry)
  case stageSkipped(stage: Stage, reason: String)
  /// A warning or a lapse, dated at the instant the clock struck, however late anyone looked.
  case clockTold(mark: ClockMark, at: Instant)
  case paused(pause: Pause)
  case resumed(deadline: Deadline?)

  // Rows 2–6
  case checkRecorded(result: CheckResult)
  case reportIssued(report: ComplaintReport)
  case analysisRecorded(decision: AnalysisDecision)
  case handedOff(handoff: Handoff)
  case handoffAcknowledged
  case registryReplied(reply: RegistryReply)
  case answerSent(answer: Answer, message: Message)
  case answerAccepted(channel: ContactChannel)
  case answerFailed(reason: String)
  /// By voice; who and when is recorded with it.
  case answerReadOut(note: String)
  case confirmed
  case disputed(reason: String)
  /// The requester wrote in row 6: silence counts anew from here.
  case confirmationPostponed(closesAt: Instant)
  case closed(closure: Closure)

  // Detours
  case assigned(officer: Officer?)
  case overridden(to: Stage, reason: String)
  case returnedToAnalysis(reason: String)
  case escalated(reason: String)
  /// A supervisor has acted on it.
  case escalationTaken
  case reopened(reason: String)
  case duplicateLinked(number: TicketNumber)

  // Correspondence
  case requesterWrote(message: Message)
  case requesterAsked(message: Message)
  case writtenToRequester(message: Message)
  case registryWrote(message: Message)
  case writtenToRegistry(message: Message)
  case noteAdded(message: Message)
  /// Someone of the team has read what others wrote.
  case wordsRead
  /// A letter of ours did not arrive: shown to the officers, with the cause in words.
  case letterFailed(letter: String, reason: String)
}

/// The facts of entering a stage, decided when it happened.
public struct StageEntry: Sendable, Codable, Equatable {
  public let stage: Stage
  public let ordinal: Int
  public let at: Instant
  /// Seconds of service; `nil` for rows without a budget.
  public let budget: Int64?
  public let deadline: Deadline?
  /// Row 6: when silence closes the ticket.
  public let closesAt: Instant?
}

/// One hand-off to the registry: the packet and the clock it was given.
public struct Handoff: Sendable, Codable, Equatable {
  /// The visit of stage 4 it belongs to; part of the signed link, so that an old link never answers a new packet.
  public let ordinal: Int
  public let packet: HandoffPacket
  public let dueAt: Instant
  public let sentBy: Performer
}

/// How a ticket ended.
public struct Closure: Sendable, Codable, Equatable {
  public enum Kind: String, Sendable, Codable, CaseIterable {
    /// The requester said so.
    case confirmed
    /// The requester stayed silent for the set number of working days.
    case silence
    /// The requester took the complaint back.
    case withdrawn
    /// The requester did not complete it in time: it counts as withdrawn.
    case notCompleted
    /// A supervisor ended it, with a reason (spam, a test).
    case overridden
  }
  public let kind: Kind
  public let at: Instant
  public let note: String?
}

/// What an officer found to be otherwise than understood on receipt; `nil` leaves a fact as it is.
public struct ComplaintCorrection: Sendable, Codable, Equatable {
  public var domain: DomainName?
  public var host: DomainName?
  public var category: Category?
  public var since: String?
  public var institution: String?
  public var institutionKind: InstitutionKind?
  public var requesterName: String?

  public init(
    domain: DomainName? = nil, host: DomainName? = nil, category: Category? = nil, since: String? = nil,
    institution: String? = nil, institutionKind: InstitutionKind? = nil, requesterName: String? = nil
  ) {
    self.domain = domain
    self.host = host
    self.category = category
    self.since = since
    self.institution = institution
    self.institutionKind = institutionKind
    self.requesterName = requesterName
  }
}

/// An event with its place in the ticket's history.
public struct RecordedEvent: Sendable, Codable, Equatable {
  /// 1, 2, 3 … without gaps; the version of the ticket after this event.
  public let sequence: Int
  /// When the command was given.
  public let at: Instant
  public let by: Performer
  public let event: TicketEvent

  public init(sequence: Int, at: Instant, by: Performer, event: TicketEvent) {
    self.sequence = sequence
    self.at = at
    self.by = by
    self.event = event
  }
}
