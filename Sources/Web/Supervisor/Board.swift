import Desk
import HTTPTypes
import Hummingbird
import SOP
import Wording

/// The board: figures of this moment, and the tickets of rows 2–5 by due instant.
enum Board {
  static let stages: [Stage] = [.check, .analysis, .registry, .answer]
  static let cardsInLane = 40
  /// Seconds after which a wall shows itself anew, also without scripts.
  static let wallAge = 60

  static func show(_ visitor: Visitor, problems: [FieldProblem] = [], chosen: Set<String> = []) async throws
    -> Response
  {
    let isWall = visitor.query["dinding"] == "1"
    let store = visitor.web.store
    let counts = try await store.counts(holder: nil)
    var lanes: [BoardPage.Lane] = []
    for stage in stages {
      let found = try await store.queue(.stage(stage), after: nil, limit: cardsInLane)
      lanes.append(lane(stage, found, counts: counts, chosen: chosen, isWall: isWall, visitor: visitor))
    }
    let letters = try await store.outboxCounts()
    let page = BoardPage(
      figures: BoardPage.figures(
        of: counts, quarantined: try await store.inboundCounts()[.quarantined] ?? 0, letters: letters,
        visitor.language),
      lanes: lanes, choice: try await OfficerChoice(of: store), isWall: isWall,
      asOf: visitor.dates.relative(visitor.now, now: visitor.now), language: visitor.language, problems: problems)
    var response = try visitor.page(page, problems.isEmpty ? .shown : .refused)
    if isWall { response.headers[.refresh] = "\(wallAge)" }
    return response
  }

  /// Gives the ticked tickets to one officer.
  static func assign(_ visitor: Visitor) async throws -> Response {
    let chosen = visitor.form.all("tiket").prefix(200).compactMap { TicketNumber($0) }
    let officer = try await OfficerChoice(of: visitor.web.store).chosen(visitor.form["petugas"])
    var problems: [FieldProblem] = []
    if chosen.isEmpty {
      let sentence = visitor.language.choose(
        "Centang paling sedikit satu tiket.", "Tick at least one ticket.")
      problems.append(FieldProblem(field: "", sentence: sentence))
    }
    guard let officer, problems.isEmpty else {
      if officer == nil {
        problems.append(FieldProblem(field: "petugas", sentence: OfficerChoice.unknown(visitor.language)))
      }
      return try await show(visitor, problems: problems, chosen: Set(chosen.map(\.description)))
    }
    let performer = try visitor.person().performer
    for number in chosen {
      guard let no = try await visitor.perform(.assign(officer), on: number, by: performer) else { continue }
      problems.append(FieldProblem(field: "", sentence: "\(number): \(no.sentence(visitor.language))"))
    }
    if !problems.isEmpty { return try await show(visitor, problems: problems) }
    return visitor.go(to: Link("/pengawas"), flash: .saved)
  }

  // MARK: Lanes

  private static func lane(
    _ stage: Stage, _ found: [TicketSummary], counts: QueueCounts, chosen: Set<String>, isWall: Bool,
    visitor: Visitor
  ) -> BoardPage.Lane {
    let ordered = found.enumerated().sorted {
      ($0.element.lapsedAt == nil ? 1 : 0, $0.offset) < ($1.element.lapsedAt == nil ? 1 : 0, $1.offset)
    }
    let whole = counts.byStage[stage] ?? found.count
    return BoardPage.Lane(
      title: stage.numberedLabel(visitor.language), count: whole, more: max(0, whole - found.count),
      cards: ordered.map { card($0.element, chosen: chosen, isWall: isWall, visitor: visitor) },
      language: visitor.language)
  }

  private static func card(
    _ summary: TicketSummary, chosen: Set<String>, isWall: Bool, visitor: Visitor
  ) -> BoardPage.Card {
    let procedure = visitor.web.handling.procedure
    let clock: ServiceClock? = summary.deadline.flatMap { deadline in
      summary.budget.map {
        ServiceClock(
          budget: $0, dueAt: deadline.dueAt, hours: procedure.hours(of: summary.stage.party), now: visitor.now,
          dates: visitor.dates)
      }
    }
    return BoardPage.Card(
      number: summary.number.description, domain: summary.domain?.name, problem: summary.problem,
      holder: summary.holder?.name, pause: summary.pause?.label(visitor.language),
      lapsed: summary.lapsedAt.map { visitor.dates.relative($0, now: visitor.now) }, clock: clock,
      isChosen: chosen.contains(summary.number.description), isWall: isWall)
  }
}

extension HTTPField.Name {
  /// Asks the browser to load the page anew (HTML Living Standard, pragma "refresh", as a header).
  static let refresh = own("Refresh")
}
