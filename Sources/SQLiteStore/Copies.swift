import Desk
import GRDB
import SOP

/// Makes the copies anew: summaries and full-text indexes, from the events.
///
/// What enters: a row in `rebuilds`, which a migration leaves when a copy is to hold something else than before. What
/// leaves: copies that `verify` finds sound. One transaction: a process that dies before its end begins again at the
/// next start, for the row goes with it. A ticket whose events cannot be read keeps its old summary; `verify` names it.
enum Copies {
  static func rebuildIfAsked(_ pool: DatabasePool) throws {
    guard try pool.read({ db in try db.number("SELECT 1 FROM rebuilds LIMIT 1") }) != nil else { return }
    try pool.write { db in
      try db.run("INSERT INTO search (search) VALUES ('delete-all')")
      try db.run("INSERT INTO names (names) VALUES ('delete-all')")
      try rebuild(db)
      try db.run("DELETE FROM rebuilds")
    }
  }

  private static func rebuild(_ db: Database) throws {
    let cursor = try Row.fetchCursor(
      db, sql: "SELECT id, ticket, sequence, at, performer, event FROM events ORDER BY ticket, sequence")
    var number = ""
    // `nil`: an event of this ticket cannot be read.
    var history: [RecordedEvent]? = []
    while let row = try cursor.next() {
      let ticket: String = row["ticket"]
      if ticket != number {
        try writeSummary(number, history, db)
        number = ticket
        history = []
      }
      do {
        let recorded = try EventColumns(row).recorded(in: ticket)
        history?.append(recorded)
        try SearchEntry(
          event: row["id"], words: SearchEntry.words(of: recorded.event), names: SearchEntry.names(of: recorded.event)
        ).insert(db)
      } catch is StoreFault {
        history = nil
      }
    }
    try writeSummary(number, history, db)
  }

  private static func writeSummary(_ number: String, _ history: [RecordedEvent]?, _ db: Database) throws {
    guard let known = TicketNumber(number), let history, let last = history.last,
      let ticket = Ticket(number: known, events: history)
    else { return }
    let summary = TicketSummary(of: ticket, changedAt: last.at)
    try db.run(SummaryColumns.update, SummaryColumns.arguments(summary) + [number, ticket.version])
  }
}
