public import Desk
import GRDB
public import SOP

extension SQLiteDeskStore {
  public func queue(_ view: QueueView, after: QueueCursor?, limit: Int) async throws -> [TicketSummary] {
    let (condition, arguments) = QueueRows.condition(view)
    let due = after?.due ?? Int64.min
    let number = after?.number ?? ""
    return try await summaries(
      """
      SELECT \(SummaryColumns.list) FROM tickets
      WHERE \(condition) AND (sort_order, number) > (?, ?) ORDER BY sort_order, number LIMIT ?
      """, StatementArguments(arguments) + [due, number, max(0, limit)])
  }

  private func summaries(_ sql: String, _ arguments: StatementArguments) async throws -> [TicketSummary] {
    try await read { [unreadable] db in
      try db.rows(sql, arguments).compactMap { row in
        try unreadable.value(of: "tickets \(row["number"] as String)") { try SummaryColumns.summary(row) }
      }
    }
  }

  public func counts(holder: String?) async throws -> QueueCounts {
    try await read { db in
      var counts = QueueCounts()
      counts.all = try db.count("all")
      counts.closed = try db.count("closed")
      counts.wroteAfterClosing = try db.count("wrote-after-closing")
      counts.free = try db.count("free")
      counts.lapsed = try db.count("lapsed")
      counts.waitingForRequester = try db.count("turn:\(Party.requester.rawValue)")
      counts.atRegistry = try db.count("turn:\(Party.registry.rawValue)")
      if let holder { counts.mine = try db.count("holder:\(holder)") }
      for stage in Stage.allCases { counts.byStage[stage] = try db.count("stage:\(stage.rawValue)").nonZero }
      return counts
    }
  }

  public func summary(_ number: TicketNumber) async throws -> TicketSummary? {
    try await read { db in
      try db.row("SELECT \(SummaryColumns.list) FROM tickets WHERE number = ?", [number.description])
        .map { try SummaryColumns.summary($0) }
    }
  }

  public func tickets(ofDomain domain: DomainName, limit: Int) async throws -> [TicketSummary] {
    try await summaries(
      """
      SELECT \(SummaryColumns.list) FROM tickets WHERE domain = ?
      ORDER BY received_at DESC, number DESC LIMIT ?
      """, [domain.name, max(0, limit)])
  }

  public func openTickets(ofRequester email: String, limit: Int) async throws -> [TicketSummary] {
    try await summaries(
      """
      SELECT \(SummaryColumns.list) FROM tickets WHERE requester_email = ? AND closure IS NULL
      ORDER BY received_at DESC, number DESC LIMIT ?
      """, [Packed.text(email), max(0, limit)])
  }

  /// Newest first. `after` is the number of entries already shown: an entry has no id of its own.
  public func commandLog(of ticket: TicketNumber?, after: Int64?, limit: Int) async throws -> [CommandLogEntry] {
    let skipped = max(0, after ?? 0)
    return try await read { [unreadable] db in
      let rows =
        if let ticket {
          try db.rows(
            "SELECT * FROM commands WHERE ticket = ? ORDER BY id DESC LIMIT ? OFFSET ?",
            [ticket.description, max(0, limit), skipped])
        } else {
          try db.rows("SELECT * FROM commands ORDER BY id DESC LIMIT ? OFFSET ?", [max(0, limit), skipped])
        }
      return try rows.compactMap { row in
        try unreadable.value(of: "commands \(row["id"] as Int64)") { try CommandRows.entry(row) }
      }
    }
  }

  public func lastEvent() async throws -> Int64 {
    try await read { db in try db.number("SELECT max(id) FROM events") ?? 0 }
  }

  public func changes(after event: Int64, limit: Int) async throws -> (last: Int64, tickets: [TicketChange]) {
    try await read { db in
      let rows = try db.rows(
        """
        SELECT e.id, t.number, t.version, t.stage FROM events e JOIN tickets t ON t.number = e.ticket
        WHERE e.id > ? ORDER BY e.id LIMIT ?
        """, [event, max(0, limit)])
      var seen: Set<TicketNumber> = []
      let tickets = rows.compactMap { row -> TicketChange? in
        guard let number = TicketNumber(row["number"] as String), seen.insert(number).inserted,
          let stage = Stage(rawValue: row["stage"] as Int)
        else { return nil }
        return TicketChange(number: number, version: row["version"], stage: stage)
      }
      return (rows.last?["id"] ?? event, tickets)
    }
  }
}

/// What a view holds, in SQL that matches the partial index made for it.
enum QueueRows {
  static func condition(_ view: QueueView) -> (sql: String, arguments: [any DatabaseValueConvertible & Sendable]) {
    switch view {
    case .mine(let account): ("closure IS NULL AND holder IS NOT NULL AND holder = ?", [account])
    case .free: ("closure IS NULL AND holder IS NULL", [])
    case .all: ("closure IS NULL", [])
    case .waitingForRequester: ("closure IS NULL AND turn = ?", [Party.requester.rawValue])
    case .atRegistry: ("closure IS NULL AND turn = ?", [Party.registry.rawValue])
    case .lapsed: ("closure IS NULL AND lapsed_at IS NOT NULL", [])
    case .stage(let stage): ("closure IS NULL AND stage = ?", [stage.rawValue])
    case .closed: ("closure IS NOT NULL", [])
    case .wroteAfterClosing: ("closure IS NOT NULL AND unread = 1", [])
    }
  }
}

enum CommandRows {
  static func entry(_ row: Row) throws -> CommandLogEntry {
    CommandLogEntry(
      at: row.instant("at"), ticket: try row.ticketNumberIfAny("ticket"), command: row["command"],
      by: try JSONText.read(Performer.self, row["performer"], at: "performer"), refusal: row["refusal"])
  }
}
