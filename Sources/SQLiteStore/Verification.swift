import Desk
import GRDB
import SOP

/// What `verify()` found.
public struct Verification: Sendable, Equatable {
  public internal(set) var tickets = 0
  public internal(set) var events = 0
  /// At most 100 sentences, each naming a place; empty when the database is sound.
  public internal(set) var problems: [String] = []
  /// All problems, also those there is no sentence for.
  public internal(set) var problemCount = 0

  public var isSound: Bool { problemCount == 0 }

  mutating func found(_ problem: @autoclosure () -> String) {
    problemCount += 1
    if problems.count < 100 { problems.append(problem()) }
  }
}

/// `verify`: everything that is a copy is made anew from the events and compared.
///
/// Reads one snapshot of the database while others write; changes nothing. The words of the search are built anew
/// in memory and compared term by term, so that an index that lost an entry is found out.
extension SQLiteDeskStore {
  public func verify() async throws -> Verification {
    // A connection of its own, because the terms of an index are read through tables made for the purpose.
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { db in try SearchCheck.openTerms(db) }
    let own = try DatabaseQueue(path: path, configuration: configuration)
    defer { try? own.close() }
    return try await own.read { db in
      var report = Verification()
      for line in try String.fetchAll(db, sql: "PRAGMA integrity_check") where line != "ok" {
        report.found("integrity_check: \(line)")
      }
      for row in try Row.fetchAll(db, sql: "PRAGMA foreign_key_check") {
        report.found("foreign key: \(row["table"] as String) row \(row["rowid"] as Int64? ?? 0)")
      }
      let rebuilt = try DatabaseQueue()
      try rebuilt.write { other in
        try SearchCheck.createTables(other)
        try checkTickets(db, other, &report)
        try SearchCheck.compare(db, other, &report)
      }
      try checkCounts(db, &report)
      try checkReferences(db, &report)
      try checkTexts(db, &report)
      return report
    }
  }
}

private func checkTickets(_ db: Database, _ rebuilt: Database, _ report: inout Verification) throws {
  let cursor = try Row.fetchCursor(
    db, sql: "SELECT id, ticket, sequence, at, performer, event FROM events ORDER BY ticket, sequence")
  var number = ""
  var history: [RecordedEvent] = []
  while let row = try cursor.next() {
    let ticket: String = row["ticket"]
    if ticket != number {
      try checkTicket(number, history, db, &report)
      (number, history) = (ticket, [])
    }
    report.events += 1
    do {
      let recorded = try EventColumns(row).recorded(in: ticket)
      history.append(recorded)
      for file in recorded.event.attachments
      where try db.number("SELECT 1 FROM files WHERE sha256 = ?", [file.sha256]) == nil {
        report.found("\(ticket) event \(recorded.sequence): its file \(file.sha256) is not there")
      }
      try SearchEntry(
        event: row["id"], words: SearchEntry.words(of: recorded.event), names: SearchEntry.names(of: recorded.event)
      ).insert(rebuilt)
    } catch let fault as StoreFault {
      report.found("\(fault)")
    }
  }
  try checkTicket(number, history, db, &report)
  for row in try Row.fetchAll(
    db, sql: "SELECT number FROM tickets WHERE NOT EXISTS (SELECT 1 FROM events WHERE ticket = number)")
  {
    report.found("\(row["number"] as String): a summary without events")
  }
}

private func checkTicket(
  _ number: String, _ history: [RecordedEvent], _ db: Database, _ report: inout Verification
) throws {
  guard !number.isEmpty else { return }
  report.tickets += 1
  for (index, event) in history.enumerated() where event.sequence != index + 1 {
    report.found("\(number): event \(event.sequence) where \(index + 1) is next")
    return
  }
  guard let known = TicketNumber(number), let last = history.last,
    let ticket = Ticket(number: known, events: history)
  else { return report.found("\(number): no ticket can be made of its events") }
  let row = try db.row("SELECT \(SummaryColumns.list) FROM tickets WHERE number = ?", [number])
  guard let row else { return report.found("\(number): no summary") }
  do {
    if try SummaryColumns.summary(row) != TicketSummary(of: ticket, changedAt: last.at) {
      report.found("\(number): the summary is not what the events say")
    }
  } catch let fault as StoreFault {
    report.found("\(number): \(fault)")
  }
}

private func checkCounts(_ db: Database, _ report: inout Verification) throws {
  let recount = """
    SELECT key, count(*) AS n FROM (
      SELECT key FROM (\(Schema.facetTable))
      UNION ALL SELECT 'outbox:' || state FROM outbox
      UNION ALL SELECT 'inbound:' || outcome FROM inbound WHERE outcome IS NOT NULL
    ) GROUP BY key
    """
  var counted: [String: Int64] = [:]
  for row in try Row.fetchAll(db, sql: recount) { counted[row["key"]] = row["n"] }
  for row in try Row.fetchAll(db, sql: "SELECT key, n FROM counts") {
    let key: String = row["key"]
    let kept: Int64 = row["n"]
    let real = counted.removeValue(forKey: key) ?? 0
    if kept != real { report.found("count \(key): \(kept) kept, \(real) there") }
  }
  for (key, real) in counted.sorted(by: { $0.key < $1.key }) { report.found("count \(key): none kept, \(real) there") }
}

private func checkReferences(_ db: Database, _ report: inout Verification) throws {
  let questions = [
    ("followups", "SELECT id AS place FROM followups WHERE ticket NOT IN (SELECT number FROM tickets)"),
    ("inbound without bytes", "SELECT id AS place FROM inbound WHERE place NOT IN (SELECT place FROM inbound_raw)"),
    (
      "inbound settled for a ticket without naming it",
      "SELECT id AS place FROM inbound WHERE outcome IN ('opened', 'appended', 'registry_reply') AND ticket IS NULL"
    ),
  ]
  for (what, sql) in questions {
    for row in try Row.fetchAll(db, sql: sql + " LIMIT 100") {
      report.found("\(what): \(row["place"] as DatabaseValue)")
    }
  }
}

/// The two full-text indexes beside freshly made ones.
private enum SearchCheck {
  static func createTables(_ db: Database) throws {
    try db.execute(sql: Schema.searchTables)
    try openTerms(db)
  }

  static func openTerms(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE VIRTUAL TABLE temp.search_terms USING fts5vocab('main', 'search', 'row');
        CREATE VIRTUAL TABLE temp.names_terms USING fts5vocab('main', 'names', 'row');
        """)
  }

  static func compare(_ db: Database, _ rebuilt: Database, _ report: inout Verification) throws {
    for table in ["search", "names"] {
      let kept = try Row.fetchCursor(db, sql: "SELECT term, doc, cnt FROM \(table)_terms ORDER BY term")
      let made = try Row.fetchCursor(rebuilt, sql: "SELECT term, doc, cnt FROM \(table)_terms ORDER BY term")
      var (a, b) = (try kept.next()?.copy(), try made.next()?.copy())
      while let term = [a?["term"] as String?, b?["term"] as String?].compactMap({ $0 }).min(by: precedes) {
        let inKept = a.map { $0["term"] as String == term } ?? false
        let inMade = b.map { $0["term"] as String == term } ?? false
        if !inKept || !inMade || a?["doc"] as Int64? != b?["doc"] || a?["cnt"] as Int64? != b?["cnt"] {
          report.found("\(table): the entries of “\(term)” are not those of the events")
        }
        if inKept { a = try kept.next()?.copy() }
        if inMade { b = try made.next()?.copy() }
      }
    }
  }

  /// The order of SQLite: byte by byte.
  private static func precedes(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }
}
