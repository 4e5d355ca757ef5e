import Logging
public import SOP

/// The one way a ticket is written.
///
/// load → `decide` (pure) → `commit` (one transaction, optimistic version) → retried when someone was quicker.
/// Refusals are logged too. Who calls this has already settled who the performer is.
public final class Handling: Sendable {
  let store: any DeskStore
  let clock: any WallClock
  let post: Post
  let bells: Bells
  let live: LiveHub
  private let procedureSource: @Sendable () -> Procedure

  /// `procedure`: the one in force now; asked anew for every decision, so that a changed calendar counts at once.
  public init(
    store: any DeskStore, clock: any WallClock, post: Post, bells: Bells, live: LiveHub,
    procedure: @escaping @Sendable () -> Procedure
  ) {
    self.store = store
    self.clock = clock
    self.post = post
    self.bells = bells
    self.live = live
    self.procedureSource = procedure
  }

  public var procedure: Procedure { procedureSource() }

  public enum Opened: Sendable, Equatable {
    case opened(TicketNumber)
    case duplicate(of: TicketNumber?)
  }

  /// Throws the `Rejection` with which the procedure would refuse to open this complaint.
  func check(_ complaint: Complaint, by performer: Performer) throws {
    guard let number = TicketNumber(month: 202_601, running: 1) else { return }
    _ = try Ticket.submit(complaint, as: number, by: performer, at: clock.now(), under: procedure)
  }

  /// Opens a ticket. `settling`: the ledger row it came from, once the number is known.
  public func open(
    _ complaint: Complaint, by performer: Performer, files: [StoredFile] = [],
    settling: @Sendable (TicketNumber) -> Settlement?
  ) async throws -> Opened {
    let procedure = self.procedure
    let month = TicketNumber.month(of: complaint.receivedAt, in: procedure.officeHours.zone)
    let limits = try await post.firstLetterLimits(for: complaint)
    for _ in 0..<Handling.attempts {
      let number = try await store.nextNumber(month: month)
      let now = max(clock.now(), complaint.receivedAt)
      let decision = try Ticket.submit(complaint, as: number, by: performer, at: now, under: procedure)
      let commit = try await assemble(
        [decision], before: nil, number: number, commands: ["submit"], by: performer, at: now, files: files,
        settlement: settling(number), followUp: nil, limits: limits)
      switch try await store.commit(commit) {
      case .committed:
        announce(commit)
        return .opened(number)
      case .duplicate(let original): return .duplicate(of: original)
      case .numberTaken, .versionConflict: continue
      }
    }
    throw Fault("no ticket number could be taken in \(Handling.attempts) attempts")
  }

  /// Gives a ticket one command. Returns the ticket after it. Throws `Rejection`, `NoSuchTicket` or a fault.
  @discardableResult
  public func perform(
    _ command: TicketCommand, on number: TicketNumber, by performer: Performer, files: [StoredFile] = [],
    expecting version: Int? = nil, settling settlement: Settlement? = nil, followUp: Int64? = nil
  ) async throws -> Ticket {
    try await perform(
      [command], on: number, by: performer, files: files, expecting: version, settling: settlement, followUp: followUp)
  }

  /// Several commands in one transaction: all of them are carried out, or none.
  @discardableResult
  func perform(
    _ commands: [TicketCommand], on number: TicketNumber, by performer: Performer, files: [StoredFile] = [],
    expecting version: Int? = nil, settling settlement: Settlement? = nil, followUp: Int64? = nil
  ) async throws -> Ticket {
    var isRationed = false
    for _ in 0..<Handling.attempts {
      guard let ticket = try await store.ticket(number) else { throw NoSuchTicket() }
      let now = clock.now()
      let decisions = try await weigh(
        commands, on: ticket, by: performer, at: now, expecting: version, isRationed: &isRationed)
      if decisions.allSatisfy({ $0.isEmpty }), settlement == nil {
        if let followUp { try await store.dropFollowUp(followUp) }
        return ticket
      }
      let commit = try await assemble(
        decisions, before: ticket, number: number, commands: commands.map(\.name), by: performer, at: now,
        files: files, settlement: settlement, followUp: followUp)
      switch try await store.commit(commit) {
      case .committed:
        announce(commit)
        return commit.after
      case .duplicate: return ticket
      case .versionConflict, .numberTaken: continue
      }
    }
    throw Fault("ticket \(number) changed under every one of \(Handling.attempts) attempts")
  }

  /// Each command is weighed against what those before it lead to. A refusal is logged.
  private func weigh(
    _ commands: [TicketCommand], on ticket: Ticket, by performer: Performer, at now: Instant, expecting version: Int?,
    isRationed: inout Bool
  ) async throws -> [Decision] {
    var state = ticket
    var decisions: [Decision] = []
    for command in commands {
      do {
        if let version, version != ticket.version { throw Rejection.changedMeanwhile }
        try await checkOriginal(of: command, on: ticket.number)
        let decision = try state.decide(command, by: performer, at: now, under: procedure)
        for event in decision.events { state.apply(event, at: now) }
        if decision.proofLetter != nil, !isRationed {
          try await takeProofRation(decision.heldLettersGoTo ?? ticket.complaint.requester.email, now: now)
          isRationed = true
        }
        decisions.append(decision)
      } catch let rejection as Rejection {
        try await store.logRefusal(
          CommandLogEntry(
            at: now, ticket: ticket.number, command: command.name, by: performer, refusal: rejection.code))
        throw rejection
      }
    }
    return decisions
  }

  /// True when a supervisor can be told by mail: a page that escalates says otherwise whom to call.
  public func supervisorsCanBeMailed() async throws -> Bool { try await !post.supervisors().isEmpty }

  /// The one look-up a decision asks for: the original of a duplicate must exist, and must not wait, itself or
  /// through others, for this very ticket.
  private func checkOriginal(of command: TicketCommand, on number: TicketNumber) async throws {
    guard case .recordAnalysis(let analysis) = command, case .duplicate(let original) = analysis.way else { return }
    guard let first = try await store.ticket(original) else { throw Rejection.originalUnknown(original) }
    var next = first.waitsForAnswerOf
    for _ in 0..<Handling.longestWait {
      guard let waitedFor = next else { return }
      if waitedFor == number { throw Rejection.duplicateCircle(original) }
      next = try await store.ticket(waitedFor)?.waitsForAnswerOf
    }
    throw Rejection.duplicateCircle(original)  // nobody waits through so many: they wait for each other
  }

  private func takeProofRation(_ email: String?, now: Instant) async throws {
    guard let email, try await post.mayProve(email, now: now) else { throw Rejection.proofRationed }
  }

  /// Duplicates of duplicates that are followed to their original.
  private static let longestWait = 32

  /// Enough for fifty people at one ticket at once.
  private static let attempts = 64

  private func assemble(
    _ decisions: [Decision], before: Ticket?, number: TicketNumber, commands: [String], by performer: Performer,
    at now: Instant, files: [StoredFile], settlement: Settlement?, followUp: Int64?, limits: [Ration.Limit] = []
  ) async throws -> Commit {
    let version = before?.version ?? 0
    let events = decisions.flatMap(\.events).enumerated().map { offset, event in
      RecordedEvent(sequence: version + offset + 1, at: now, by: performer, event: event)
    }
    let after: Ticket
    if var ticket = before {
      for event in events { ticket.apply(event.event, at: event.at) }
      after = ticket
    } else {
      guard let opened = Ticket(number: number, events: events) else { throw Fault("an opening without a submission") }
      after = opened
    }
    let letters = try await post.letters(decisions, for: after, at: now)
    let first = Set(letters.filter { $0.state == .queued }.map(\.id))
    return Commit(
      number: number, expecting: version, events: events, after: after, letters: letters,
      followUps: decisions.flatMap(\.followUps), releasesHeldLetters: decisions.contains { $0.releasesHeldLetters },
      heldLettersGoTo: decisions.compactMap(\.heldLettersGoTo).last, at: now,
      log: commands.map { CommandLogEntry(at: now, ticket: number, command: $0, by: performer) },
      settlement: settlement, followUp: followUp, files: files,
      ration: limits.isEmpty || first.isEmpty ? nil : Ration(letters: first, limits: limits))
  }

  private func announce(_ commit: Commit) {
    bells.clockwork.ring()
    if !commit.letters.isEmpty || commit.releasesHeldLetters { bells.outbox.ring() }
    if !commit.followUps.isEmpty { bells.followUps.ring() }
    live.publish(TicketChange(number: commit.number, version: commit.after.version, stage: commit.after.stage))
  }
}
