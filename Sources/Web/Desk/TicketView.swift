import Desk
import SOP
import Wording

/// Everything the page of one ticket shows, read once: the ticket, what was said, where letters are, who else is here.
struct TicketView: Sendable {
  let ticket: Ticket
  let history: [RecordedEvent]
  let letters: [OutboxLine]
  let queue: [TicketSummary]
  let counts: QueueCounts
  /// Other tickets of the domain, and those the mail may belong to.
  let neighbours: [TicketSummary]
  let related: [TicketSummary]
  let officers: [Account]
  let savedReplies: [SavedReply]
  let others: [Presence.Seen]
  let procedure: Procedure
  let person: Account
  let now: Instant
  let dates: DateWords
  let handoffLink: String?
  /// Where hand-offs are mailed.
  let registryEmail: String?

  var language: Language { dates.language }
  var number: String { ticket.number.description }
  var isSupervisor: Bool { person.role == .supervisor }
  var reach: Reach { Reach(toRequesterOf: ticket) }
  var registryReach: RegistryReach { RegistryReach(email: registryEmail, hasPacket: ticket.handoff != nil) }
  var requesterName: String {
    let name = ticket.complaint.requester.name
    return name.isEmpty ? Party.requester.label(language) : name
  }

  static func read(_ ticket: Ticket, for visitor: Visitor) async throws -> TicketView {
    let web = visitor.web
    let person = try visitor.person()
    var neighbours: [TicketSummary] = []
    if let domain = ticket.complaint.domain {
      neighbours = try await web.store.tickets(ofDomain: domain, limit: 6).filter { $0.number != ticket.number }
    }
    var related: [TicketSummary] = []
    for number in (ticket.complaint.possiblyRelated ?? []).prefix(5) {
      if let summary = try await web.store.summary(number) { related.append(summary) }
    }
    return TicketView(
      ticket: ticket, history: try await web.store.history(of: ticket.number),
      letters: try await web.store.letters(of: ticket.number),
      queue: try await web.store.queue(.mine(account: person.id), after: nil, limit: 30),
      counts: try await web.store.counts(holder: person.id), neighbours: neighbours, related: related,
      officers: try await web.store.accounts().filter { $0.role == .officer && $0.disabledAt == nil },
      savedReplies: try await web.store.savedReplies(),
      others: web.presence.others(at: ticket.number, than: person.id, now: visitor.now),
      procedure: web.handling.procedure, person: person, now: visitor.now, dates: visitor.dates,
      handoffLink: ticket.handoff.map { web.post.handoffLink(ticket.number, ordinal: $0.ordinal) },
      registryEmail: web.office.registryEmail)
  }

  var clock: ServiceClock? {
    guard let visit = ticket.visit, !ticket.isClosed, ticket.pause == nil, let budget = visit.budget,
      let deadline = visit.deadline
    else { return nil }
    return ServiceClock(
      budget: budget, dueAt: deadline.dueAt, hours: procedure.hours(of: visit.stage.party), now: now, dates: dates)
  }
}

/// The six rows, horizontal.
struct StepRow: PageValue {
  let stage: Stage
  let ticket: Ticket
  let procedure: Procedure
  let clock: ServiceClock?
  let now: Instant
  let dates: DateWords

  private var visit: StageVisit? { ticket.visits.last { $0.stage == stage } }
  private var isNow: Bool { !ticket.isClosed && ticket.stage == stage }
  private var isDone: Bool {
    guard let visit, !isNow else { return false }
    return visit.skippedBecause == nil && (ticket.isClosed || stage < ticket.stage)
  }

  func value(of name: String) -> Shown? {
    switch name {
    case "stepNumber": .number(stage.rawValue)
    case "stepName": .text(stage.label(dates.language))
    case "stepClass": .text(isNow ? "now" : isDone ? "done" : "later")
    case "isNow": .flag(isNow)
    case "isDone": .flag(isDone)
    case "stepTime": .text(time)
    default: nil
    }
  }

  private var time: String {
    if isNow {
      if ticket.pause != nil { return dates.language.choose("dijeda", "paused") }
      return clock?.sentence ?? dates.language.choose("sedang berjalan", "in progress")
    }
    if let visit, visit.skippedBecause != nil, visit.enteredAt >= (ticket.visits.first?.enteredAt ?? now) {
      return dates.language.choose("dilewati", "passed")
    }
    if isDone, let left = visit?.leftAt { return dates.relative(left, now: now) }
    return procedure.budget(of: stage).map { dates.duration($0) } ?? ""
  }
}

/// One row of a queue: `parts/desk-row`.
struct QueueRow: PageValue {
  let summary: TicketSummary
  let isCurrent: Bool
  let procedure: Procedure
  let now: Instant
  let dates: DateWords

  private var language: Language { dates.language }
  private var clock: ServiceClock? {
    guard let budget = summary.budget, let deadline = summary.deadline else { return nil }
    return ServiceClock(
      budget: budget, dueAt: deadline.dueAt, hours: procedure.hours(of: summary.stage.party), now: now, dates: dates)
  }

  func value(of name: String) -> Shown? {
    switch name {
    case "rowLink": .link(Link("/meja/tiket", summary.number.description))
    case "rowNumber": .text(summary.number.description)
    case "rowDomain": .text(summary.host?.name ?? summary.domain?.name)
    case "rowProblem": .text(summary.problem)
    case "rowStage":
      .text(summary.closure == nil ? summary.stage.numberedLabel(language) : summary.state(language))
    case "rowChannel": .text(summary.channel.label(language))
    case "rowWho": .text(summary.institution ?? summary.requesterName)
    case "rowHolder": .text(summary.holder?.name)
    case "rowUnread": .flag(summary.unread)
    case "rowCurrent": .flag(isCurrent)
    case "rowDue": .text(due)
    case "rowMachine": .text(clock?.machineDue)
    case "rowTicking": .text(clock?.ticking ?? "")
    case "rowLevel": .text(clock?.level)
    case "rowBar": .part(clock)
    default: nil
    }
  }

  private var due: String {
    if let closure = summary.closure { return closure.label(language) }
    if summary.pause != nil {
      return summary.turn == .requester
        ? language.choose("menunggu pemohon", "waiting for the requester")
        : language.choose("dijeda", "paused")
    }
    return clock?.sentence
      ?? (summary.stage == .confirmation ? language.choose("menunggu pemohon", "waiting for the requester") : "")
  }
}
