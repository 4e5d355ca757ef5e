import Desk
import Foundation
import SOP
import Wording

private let moment = Instant(seconds: 1_793_671_200)

/// The ledger, newest first, or one kind of outcome of it.
struct LedgerPage: Page {
  static let template = "pages/admin-masuk"
  static let previews = [
    LedgerPage(
      lines: [
        InboundLine(
          id: "1a", source: .imap, receivedAt: moment, size: 2_048, sender: "kades@sukamaju.desa.id",
          subject: "Situs mati", outcome: InboundOutcome(kind: .quarantined, ticket: nil, reasons: ["unreadable"]),
          attempts: 1),
        InboundLine(
          id: "1b", source: .web, receivedAt: moment, size: 300, sender: nil, subject: nil,
          outcome: InboundOutcome(kind: .opened, ticket: TicketNumber(month: 202_611, running: 42)), attempts: 1),
        InboundLine(
          id: "1c", source: .pipe, receivedAt: moment, size: 1, sender: nil, subject: nil, outcome: nil, attempts: 0),
      ], counts: [.quarantined: 1, .opened: 12], kind: nil, language: .indonesian, dates: DateWords(.indonesian),
      pager: Pager(older: Link("/kelola/masuk"))),
    LedgerPage(
      lines: [], counts: [:], kind: .quarantined, language: .indonesian, dates: DateWords(.indonesian), pager: Pager()),
  ]

  let lines: [InboundLine]
  let counts: [InboundOutcome.Kind: Int]
  /// `nil`: all.
  let kind: InboundOutcome.Kind?
  let language: Language
  let dates: DateWords
  let pager: Pager

  func value(of name: String) -> Shown? {
    switch name {
    case "tabs": AdministrationPart.ledger.tabs
    case "views": .rows(views)
    case "lines": .rows(lines.map(row))
    case "pager": .part(pager)
    default: nil
    }
  }

  private var views: [ListView] {
    let order = [.quarantined] + InboundOutcome.Kind.allCases.filter { $0 != .quarantined }
    let all = ListView(
      label: language == .english ? "All" : "Semua", link: Link("/kelola/masuk"), count: nil, isCurrent: kind == nil)
    let kinds = order.map {
      ListView(
        label: $0.label(language), link: Link("/kelola/masuk", query: [("hasil", $0.rawValue)]), count: counts[$0] ?? 0,
        isCurrent: kind == $0)
    }
    return kinds.prefix(1) + [all] + kinds.dropFirst()
  }

  private func row(_ line: InboundLine) -> NamedValues {
    NamedValues([
      "rowLink": .link(Link("/kelola/masuk", line.id)), "at": .text(dates.full(line.receivedAt)),
      "sender": .text(line.sender), "subject": .text(line.subject), "source": .text(line.source.label(language)),
      "size": .text("\((line.size + 1_023) / 1_024) KB"),
      "outcome": .text(line.outcome?.kind.label(language) ?? (language == .english ? "Waiting" : "Menunggu")),
      "isQuarantined": .flag(line.outcome?.kind == .quarantined), "ticket": .text(line.outcome?.ticket?.description),
      "why": .text(line.outcome?.sentences(language).joined(separator: "\n")),
    ])
  }
}

/// One row: what came, what became of it and why, and what can be done.
struct LedgerRowPage: Page {
  static let template = "pages/admin-masuk-satu"
  static let previews = [
    LedgerRowPage(
      item: InboundItem(
        id: "1a", source: .imap, receivedAt: moment, raw: Data("From: a\r\n\r\nisi".utf8), trouble: "terlalu besar",
        attempts: 2, outcome: InboundOutcome(kind: .quarantined, ticket: nil, reasons: ["unreadable"])), reason: "",
      problems: [FieldProblem(field: "alasan", sentence: "Tulis alasannya.")], language: .indonesian,
      dates: DateWords(.indonesian)),
    LedgerRowPage(
      item: InboundItem(
        id: "1b", source: .web, receivedAt: moment, raw: Data(String(repeating: "{\n", count: 80).utf8), trouble: nil,
        attempts: 1, outcome: InboundOutcome(kind: .opened, ticket: TicketNumber(month: 202_611, running: 42))),
      reason: "", problems: [], language: .indonesian, dates: DateWords(.indonesian)),
    LedgerRowPage(
      item: InboundItem(
        id: "1c", source: .imap, receivedAt: moment, raw: Data("From: a\r\n\r\nisi".utf8), trouble: nil, attempts: 1,
        outcome: InboundOutcome(kind: .bounce, ticket: nil)), reason: "", problems: [], language: .indonesian,
      dates: DateWords(.indonesian)),
  ]

  let item: InboundItem
  let reason: String
  let problems: [FieldProblem]
  let language: Language
  let dates: DateWords

  static func isMail(_ item: InboundItem) -> Bool { item.source.isMail }

  /// Only what became part of no ticket can be taken anew.
  static func mayReplay(_ item: InboundItem) -> Bool {
    guard let outcome = item.outcome, outcome.ticket == nil else { return false }
    return [.quarantined, .automatic, .discarded, .duplicate].contains(outcome.kind)
  }

  static func mayDiscard(_ item: InboundItem) -> Bool { item.outcome?.kind == .quarantined }

  func value(of name: String) -> Shown? {
    switch name {
    case "tabs": AdministrationPart.ledger.tabs
    case "inbound": .text(item.id)
    case "at": .text(dates.full(item.receivedAt))
    case "source": .text(item.source.label(language))
    case "attempts": .number(item.attempts)
    case "trouble": .text(item.trouble)
    case "outcome": .text(item.outcome?.kind.label(language) ?? (language == .english ? "Waiting" : "Menunggu"))
    case "ticket": .text(item.outcome?.ticket?.description)
    case "why": .rows((item.outcome?.sentences(language) ?? []).map { NamedValues(["sentence": .text($0)]) })
    case "rawText": .text(beginning.text)
    case "isCut": .flag(beginning.isCut)
    case "rawLink": .link(Link("/kelola/masuk", item.id, "mentah"))
    case "replayLink": .link(Link("/kelola/masuk", item.id, "ulang"))
    case "openLink": .link(Link("/kelola/masuk", item.id, "tiket"))
    case "mayOpen": .flag(Intake.mayOpenAnyway(item))
    case "mayDecide": .flag(LedgerRowPage.mayReplay(item) || Intake.mayOpenAnyway(item))
    case "discardLink": .link(Link("/kelola/masuk", item.id, "kesampingkan"))
    case "mayReplay": .flag(LedgerRowPage.mayReplay(item))
    case "mayDiscard": .flag(LedgerRowPage.mayDiscard(item))
    case "alasan": .part(TextField(name: name, value: reason, error: problems.sentence(for: name), limit: 500))
    default: nil
    }
  }

  /// The first lines, with everything that is not plain text made visible.
  private var beginning: (text: String, isCut: Bool) {
    let head = item.raw.prefix(8_192)
    let lines = head.split(separator: 10, omittingEmptySubsequences: false)
    let shown = lines.prefix(60).map { line in
      LogText.safe(String(decoding: line.last == 13 ? line.dropLast() : line, as: UTF8.self), limit: 400)
    }
    return (shown.joined(separator: "\n"), lines.count > 60 || item.raw.count > head.count)
  }
}
