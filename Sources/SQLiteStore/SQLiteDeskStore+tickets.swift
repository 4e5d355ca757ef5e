public import Desk
public import Foundation
import GRDB
public import SOP
import Synchronization

extension SQLiteDeskStore {
  public func nextNumber(month: Int) async throws -> TicketNumber {
    let known = numbers.withLock { $0[month] != nil }
    let highest = known ? 0 : try await highestNumber(in: month)
    let running = numbers.withLock { counters in
      let next = max(counters[month] ?? 0, highest) + 1
      counters[month] = next
      return next
    }
    guard let number = TicketNumber(month: month, running: running) else {
      throw StoreFault.numbersExhausted(month: month)
    }
    return number
  }

  /// The highest running number in the database. Numbers sort as texts: the month and the running number have
  /// fixed widths.
  private func highestNumber(in month: Int) async throws -> Int {
    try await read { db in
      let prefix = "ADU-\(month)-"
      let row = try db.row(
        "SELECT max(number) AS number FROM tickets WHERE number >= ? AND number < ?", [prefix, prefix + "~"])
      return try row?.ticketNumberIfAny("number")?.running ?? 0
    }
  }

  public func ticket(_ number: TicketNumber) async throws -> Ticket? {
    Ticket(number: number, events: try await history(of: number))
  }

  public func history(of number: TicketNumber) async throws -> [RecordedEvent] {
    let rows = try await read { db in
      try db.rows(
        "SELECT sequence, at, performer, event FROM events WHERE ticket = ? ORDER BY sequence",
        [number.description]
      ).map { EventColumns($0) }
    }
    return try rows.map { try $0.recorded(in: number.description) }
  }

  public func commit(_ commit: Commit) async throws -> CommitResult {
    let prepared = try PreparedCommit(commit)
    let result = try await writer.write { db, entries in try prepared.write(db, &entries) }
    if result == .numberTaken { numbers.withLock { $0[commit.number.month] = nil } }
    return result
  }

  public func logRefusal(_ entry: CommandLogEntry) async throws {
    let performer = try JSONText.of(entry.by)
    try await write { db in try PreparedCommit.log(entry, performer: performer, db) }
  }

  public func dueTickets(at instant: Instant, limit: Int) async throws -> [TicketNumber] {
    try await read { [unreadable] db in
      try db.rows(
        """
        SELECT number FROM tickets WHERE next_due IS NOT NULL AND next_due <= ?
        ORDER BY next_due LIMIT ?
        """, [instant.seconds, max(0, limit)]
      ).compactMap { row in
        try unreadable.value(of: "tickets \(row["number"] as String)") { try row.ticketNumber("number") }
      }
    }
  }

  public func earliestDue() async throws -> Instant? {
    try await read { db in
      try db.number("SELECT min(next_due) FROM tickets WHERE next_due IS NOT NULL").map { Instant(seconds: $0) }
    }
  }

  public func followUps(limit: Int) async throws -> [StoredFollowUp] {
    try await read { [unreadable] db in
      var found: [StoredFollowUp] = []
      let cursor = try Row.fetchCursor(try db.cachedStatement(sql: "SELECT id, followup FROM followups ORDER BY id"))
      while found.count < limit, let row = try cursor.next() {
        let id: Int64 = row["id"]
        let followUp = try unreadable.value(of: "followups \(id)") {
          try JSONText.read(FollowUp.self, row["followup"], at: "followups")
        }
        if let followUp { found.append(StoredFollowUp(id: id, followUp: followUp)) }
      }
      return found
    }
  }

  public func dropFollowUp(_ id: Int64) async throws {
    try await write { db in try db.run("DELETE FROM followups WHERE id = ?", [id]) }
  }

  // MARK: Files

  public func file(_ sha256: String) async throws -> Data? {
    try await read { db in try db.row("SELECT bytes FROM files WHERE sha256 = ?", [sha256])?["bytes"] }
  }

  public func keep(_ files: [StoredFile], at now: Instant) async throws {
    if files.isEmpty { return }
    try await write { db in
      for file in files {
        if try db.number("SELECT 1 FROM files WHERE sha256 = ?", [file.sha256]) == nil {
          try [file].insert(db)
          try db.run("INSERT OR REPLACE INTO uploads (sha256, at) VALUES (?, ?)", [file.sha256, now.seconds])
        } else {
          // Bytes an event names already are nobody's upload; bytes that wait still are wanted again.
          try db.run("UPDATE uploads SET at = max(at, ?) WHERE sha256 = ?", [now.seconds, file.sha256])
        }
      }
    }
  }

  /// A few rows at a time hold a draft or a waiting submission, so reading through them is no scan worth an index.
  public func dropUploads(olderThan instant: Instant) async throws -> Int {
    try await write { db in
      let old = try db.rows(
        """
        SELECT u.sha256 FROM uploads u WHERE u.at < ?
          AND NOT EXISTS (SELECT 1 FROM drafts d WHERE instr(d.json, u.sha256) > 0)
          AND NOT EXISTS (SELECT 1 FROM inbound i JOIN inbound_raw r ON r.place = i.place
            WHERE (i.outcome IS NULL OR i.outcome = 'quarantined') AND i.source IN ('web', 'api', 'officer')
              AND instr(CAST(r.raw AS TEXT), u.sha256) > 0)
        LIMIT 1000
        """, [instant.seconds])
      for row in old {
        let digest: String = row["sha256"]
        try db.run("DELETE FROM files WHERE sha256 = ?", [digest])
        try db.run("DELETE FROM uploads WHERE sha256 = ?", [digest])
      }
      return old.count
    }
  }
}

/// A row of `events`, decoded outside the database's queue.
struct EventColumns: Sendable {
  let sequence: Int
  let at: Int64
  let performer: String
  let event: String

  init(_ row: Row) {
    sequence = row["sequence"]
    at = row["at"]
    performer = row["performer"]
    event = row["event"]
  }

  func recorded(in ticket: String) throws -> RecordedEvent {
    let place = "\(ticket) event \(sequence)"
    return RecordedEvent(
      sequence: sequence, at: Instant(seconds: at), by: try JSONText.read(Performer.self, performer, at: place),
      event: try JSONText.read(TicketEvent.self, event, at: place))
  }
}

extension [StoredFile] {
  func insert(_ db: Database) throws {
    for file in self {
      try db.run(
        "INSERT INTO files (sha256, bytes) VALUES (?, ?) ON CONFLICT (sha256) DO NOTHING",
        [file.sha256, file.bytes])
    }
  }
}
