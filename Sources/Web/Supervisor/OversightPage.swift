import Desk
import SOP
import Wording

/// The supervisor's page of one ticket.
struct OversightPage: Page {
  static let template = "pages/supervisor-tiket"

  let ticket: Ticket
  let history: [RecordedEvent]
  /// Newest first.
  let log: [CommandLogEntry]
  let letters: [OutboxLine]
  let choice: OfficerChoice
  let procedure: Procedure
  let now: Instant
  let dates: DateWords
  let draft: Oversight.Draft

  var problems: [FieldProblem] { draft.problems }
  private var language: Language { dates.language }

  func value(of name: String) -> Shown? {
    switch name {
    case "number": .text(ticket.number.description)
    case "domain": .text(ticket.complaint.domain?.name)
    case "state": .text(ticket.state(language))
    case "holder": .text(ticket.holder?.name)
    case "turn": .text(ticket.turn?.label(language))
    case "received": .text(dates.full(ticket.complaint.receivedAt))
    case "deskLink": .link(Link("/meja/tiket", ticket.number.description))
    case "isOpen": .flag(!ticket.isClosed)
    case "clock": .part(clock)
    case "summary": .text(summary)
    case "version": .number(ticket.version)
    default: tableValue(of: name) ?? formValue(of: name)
    }
  }

  private func tableValue(of name: String) -> Shown? {
    switch name {
    case "visits": .rows(ticket.visits.map { VisitRow(visit: $0, now: now, procedure: procedure, dates: dates) })
    case "total": .part(AccountRow(account: ticket.timeAccount(until: now, under: procedure)))
    case "hasPauses": .flag(!pauses.isEmpty)
    case "pauses": .rows(pauses)
    case "hasDetours": .flag(!detours.isEmpty)
    case "detours": .rows(detours)
    case "hasLog": .flag(!log.isEmpty)
    case "log": .rows(log.map { LogRow(entry: $0, dates: dates) })
    case "hasLetters": .flag(!letters.isEmpty)
    case "letters": .rows(letters.map { LetterRow(line: $0, dates: dates) })
    default: nil
    }
  }

  private func formValue(of name: String) -> Shown? {
    switch name {
    case "assignLink": .link(Link("/pengawas/tiket", ticket.number.description, "assign"))
    case "overrideLink": .link(Link("/pengawas/tiket", ticket.number.description, "override"))
    case "closeLink": .link(Link("/pengawas/tiket", ticket.number.description, "close"))
    case "petugas":
      .part(choice.field(holder: ticket.holder, error: problems.sentence(for: "petugas"), language: language))
    case "tahap": .part(stages)
    case "alasan":
      .part(
        TextAreaField(
          name: "alasan", value: draft.overrideReason, error: problems.sentence(for: "alasan"), rows: 3, limit: 2_000))
    case "tutup":
      .part(
        TextAreaField(
          name: "alasan-tutup", value: draft.closeReason, error: problems.sentence(for: "alasan-tutup"), rows: 3,
          limit: 2_000))
    case "overrideIsOpen": .flag(draft.stage != nil || !draft.overrideReason.isEmpty || has("alasan", "tahap"))
    case "closeIsOpen": .flag(!draft.closeReason.isEmpty || has("alasan-tutup"))
    default: nil
    }
  }

  private func has(_ fields: String...) -> Bool { problems.contains { fields.contains($0.field) } }

  private var stages: SelectField {
    SelectField(
      name: "tahap",
      options: [Stage.check, .analysis, .answer].filter { $0 != ticket.stage }.map {
        FieldOption(
          value: "\($0.rawValue)", label: $0.numberedLabel(language), isChosen: draft.stage == "\($0.rawValue)")
      }, error: problems.sentence(for: "tahap"))
  }

  private var clock: ServiceClock? {
    guard !ticket.isClosed, let visit = ticket.visit, let budget = visit.budget, let deadline = visit.deadline
    else { return nil }
    return ServiceClock(
      budget: budget, dueAt: deadline.dueAt, hours: procedure.hours(of: visit.stage.party), now: now, dates: dates)
  }

  /// The finding above the table: which visits were late.
  private var summary: String {
    let late = ticket.visits.filter { $0.lapsedAt != nil }.map { $0.stage.numberedLabel(language) }
    guard !late.isEmpty else {
      return language.choose("Tidak ada tahap yang lewat waktu.", "No stage went past due.")
    }
    let names = late.joined(separator: ", ")
    return language.choose("Lewat waktu pada tahap: \(names).", "Past due in stage: \(names).")
  }

  private var pauses: [PauseRow] {
    ticket.visits.flatMap { visit in
      visit.pauses.map { PauseRow(stage: visit.stage, pause: $0, isOver: !visit.isOpen, dates: dates) }
    }
  }

  /// Escalations, moves against the table, returns, reopenings: what did not go by the rows.
  private var detours: [TimelineEntry] {
    history.compactMap { recorded in
      switch recorded.event {
      case .escalated, .escalationTaken, .overridden, .stageSkipped, .returnedToAnalysis, .reopened, .disputed,
        .answerFailed, .closed:
        TimelineEntry(
          at: dates.full(recorded.at),
          sentence: Timeline.sentence(for: recorded, language, reader: .supervisor, zone: dates.zone) ?? "")
      default: nil
      }
    }
  }
}
