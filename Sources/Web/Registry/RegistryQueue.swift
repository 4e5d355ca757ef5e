import Desk
import Hummingbird
import SOP
import Wording

/// The registry's queue: what waits for an answer, the first due first, and the latest answers below.
enum RegistryQueue {
  static let rowsOnPage = 50
  static let answersShown = 20

  static func show(_ visitor: Visitor) async throws -> Response {
    let after = visitor.query["sesudah"].flatMap { cursor($0) }
    let rows = try await visitor.web.store.queue(.atRegistry, after: after, limit: rowsOnPage + 1)
    var open: [RegistryQueuePage.OpenRow] = []
    for summary in rows.prefix(rowsOnPage) where summary.stage == .registry {
      guard let ticket = try await visitor.web.store.ticket(summary.number), let handoff = ticket.handoff
      else { continue }
      open.append(row(ticket, handoff, visitor))
    }
    let older = rows.count > rowsOnPage ? rows.prefix(rowsOnPage).last.map { next($0) } : nil
    let page = RegistryQueuePage(
      openCount: try await visitor.web.store.counts(holder: nil).byStage[.registry] ?? 0, open: open,
      answered: try await answered(visitor),
      pager: older == nil && after == nil
        ? nil : Pager(newer: after == nil ? nil : Link("/registri"), older: older))
    return try visitor.page(page)
  }

  private static func row(_ ticket: Ticket, _ handoff: Handoff, _ visitor: Visitor) -> RegistryQueuePage.OpenRow {
    RegistryQueuePage.OpenRow(
      number: ticket.number.description, action: handoff.packet.action, domain: handoff.packet.domain.name,
      officer: handoff.sentBy.name ?? handoff.sentBy.party.label(visitor.language),
      isAcknowledged: ticket.handoffAcknowledgedAt != nil,
      clock: ticket.visit?.budget.map {
        ServiceClock(
          budget: $0, dueAt: handoff.dueAt, hours: visitor.web.handling.procedure.registryHours, now: visitor.now,
          dates: visitor.dates)
      })
  }

  /// The latest answers, read from the end of the command log: a bounded look, never a walk over all tickets.
  private static func answered(_ visitor: Visitor) async throws -> [RegistryQueuePage.AnsweredRow] {
    let log = try await visitor.web.store.commandLog(of: nil, after: nil, limit: 1_000)
    var seen = Set<TicketNumber>()
    var rows: [RegistryQueuePage.AnsweredRow] = []
    for entry in log where entry.refusal == nil && entry.command == "recordRegistryReply" {
      guard rows.count < answersShown else { break }
      guard let number = entry.ticket, seen.insert(number).inserted,
        let ticket = try await visitor.web.store.ticket(number), let handoff = ticket.handoff,
        let reply = ticket.registryReply
      else { continue }
      rows.append(
        RegistryQueuePage.AnsweredRow(
          number: number.description, action: handoff.packet.action, domain: handoff.packet.domain.name,
          result: reply.result.label(visitor.language), by: entry.by.name ?? reply.door.label(visitor.language),
          at: visitor.dates.relative(entry.at, now: visitor.now)))
    }
    return rows
  }

  // MARK: Paging

  private static func next(_ summary: TicketSummary) -> Link {
    Link("/registri", query: [("sesudah", "\(summary.order).\(summary.number)")])
  }

  /// What `next` wrote; anything else is the first page.
  static func cursor(_ text: String) -> QueueCursor? {
    let parts = text.utf8.prefix(60).split(separator: UInt8(ascii: "."), maxSplits: 1)
    guard parts.count == 2, let due = Int64(String(decoding: Array(parts[0]), as: UTF8.self)),
      let number = TicketNumber(String(decoding: Array(parts[1]), as: UTF8.self))
    else { return nil }
    return QueueCursor(due: due, number: number.description)
  }
}

/// The list of hand-offs.
struct RegistryQueuePage: Page {
  static let template = "pages/registry-meja"

  let openCount: Int
  let open: [OpenRow]
  let answered: [AnsweredRow]
  let pager: Pager?

  func value(of name: String) -> Shown? {
    switch name {
    case "openCount": .number(openCount)
    case "hasOpen": .flag(!open.isEmpty)
    case "open": .rows(open)
    case "hasAnswered": .flag(!answered.isEmpty)
    case "answered": .rows(answered)
    case "pager": .part(pager)
    default: nil
    }
  }

  struct OpenRow: PageValue {
    let number: String
    let action: String
    let domain: String
    let officer: String
    let isAcknowledged: Bool
    let clock: ServiceClock?

    func value(of name: String) -> Shown? {
      switch name {
      case "requestLink": .link(Link("/registri/tiket", number))
      case "number": .text(number)
      case "action": .text(action)
      case "domain": .text(domain)
      case "officer": .text(officer)
      case "acknowledged": .flag(isAcknowledged)
      case "clock": .part(clock)
      default: nil
      }
    }
  }

  struct AnsweredRow: PageValue {
    let number: String
    let action: String
    let domain: String
    let result: String
    let by: String
    let at: String

    func value(of name: String) -> Shown? {
      switch name {
      case "requestLink": .link(Link("/registri/tiket", number))
      case "action": .text(action)
      case "domain": .text(domain)
      case "result": .text(result)
      case "answeredBy": .text(by)
      case "answeredAt": .text(at)
      default: nil
      }
    }
  }
}
