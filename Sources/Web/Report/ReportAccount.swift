import Desk
import SOP
import Wording

/// Everything a printed report tells: the report as issued, and what the ticket went through since.
struct ReportAccount: PageValue {
  let report: ComplaintReport
  let ticket: Ticket
  /// From the first event on.
  let history: [RecordedEvent]
  let letters: [OutboxLine]
  let procedure: Procedure
  /// The office's name, above the title.
  let office: String
  let now: Instant
  let dates: DateWords
  /// The rules the office acts under; those in force on the day of issue are printed.
  var bases = LegalBasis.offered

  var language: Language { dates.language }

  func value(of name: String) -> Shown? {
    switch name {
    case "office": .text(office)
    case "reportNumber": .text(report.number)
    case "issued": .text(dates.full(report.issuedAt))
    case "issuedDay": .text(dates.day(of: report.issuedAt))
    case "preparedBy": .text(report.preparedBy?.name)
    case "sections": .rows(ReportSection.allCases.map { ReportPart(section: $0, account: self) })
    default: nil
    }
  }

  // MARK: What happened when

  /// The last event for which `find` has something.
  func last<Found>(_ find: (TicketEvent) -> Found?) -> (at: Instant, by: Performer, found: Found)? {
    for recorded in history.reversed() {
      if let found = find(recorded.event) { return (recorded.at, recorded.by, found) }
    }
    return nil
  }

  var checked: (at: Instant, by: Performer, found: CheckResult)? {
    last {
      guard case .checkRecorded(let result) = $0 else { return nil }
      return result
    }
  }

  /// The answer in force, when it was sent and the id of the letter that carried it.
  var answered: (at: Instant, by: Performer, found: Message)? {
    guard ticket.answer != nil else { return nil }
    return last {
      guard case .answerSent(_, let message) = $0 else { return nil }
      return message
    }
  }

  var answerChannel: ContactChannel? {
    last { event -> ContactChannel?? in
      switch event {
      case .answerAccepted(let channel): .some(channel)
      case .answerSent: .some(nil)
      default: nil
      }
    }?.found
  }

  /// How the answer's letter fares; `nil` when no letter went out.
  var answerDelivery: String? {
    guard let id = answered?.found.id, let line = letters.last(where: { $0.letter.id.utf8.starts(with: id.utf8) })
    else { return ticket.answerFailure }
    return [line.state.label(language), line.detail].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " – ")
  }

  var replied: (at: Instant, by: Performer, found: RegistryReply)? {
    guard ticket.registryReply != nil else { return nil }
    return last {
      guard case .registryReplied(let reply) = $0 else { return nil }
      return reply
    }
  }

  var handedOff: (at: Instant, by: Performer, found: Handoff)? {
    guard ticket.handoff != nil else { return nil }
    return last {
      guard case .handedOff(let handoff) = $0 else { return nil }
      return handoff
    }
  }

  var analysed: (at: Instant, by: Performer, found: AnalysisDecision)? {
    guard ticket.analysis != nil else { return nil }
    return last {
      guard case .analysisRecorded(let decision) = $0 else { return nil }
      return decision
    }
  }
}
