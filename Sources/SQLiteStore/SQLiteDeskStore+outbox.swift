public import Desk
import GRDB
public import SOP

extension SQLiteDeskStore {
  public func claim(limit: Int, now: Instant, lease: Int64) async throws -> [ClaimedLetter] {
    let isWorkThere = try await read { db in
      try db.number(
        """
        SELECT EXISTS (SELECT 1 FROM outbox WHERE state = 'queued' AND next_at <= ?)
          OR EXISTS (SELECT 1 FROM outbox WHERE state = 'sending' AND lease_until <= ?)
        """, [now.seconds, now.seconds]) == 1
    }
    guard isWorkThere else { return [] }
    return try await write { [unreadable] db in
      try OutboxRows.giveUpLostLeases(now: now, unreadable, db)
      var claimed: [ClaimedLetter] = []
      while claimed.count < limit {
        let due = try db.rows(
          """
          SELECT * FROM outbox INDEXED BY outbox_due WHERE state = 'queued' AND next_at <= ?
          ORDER BY next_at, place LIMIT ?
          """, [now.seconds, limit - claimed.count])
        if due.isEmpty { break }
        // Each of them leaves `queued` here, so the next look finds others.
        for row in due {
          if let letter = try OutboxRows.lease(row, until: now.adding(seconds: lease), now: now, unreadable, db) {
            claimed.append(letter)
          }
        }
      }
      return claimed
    }
  }

  public func record(
    _ outcome: SendOutcome, for claim: ClaimedLetter, followUp: FollowUp?, now: Instant
  ) async throws -> Bool {
    let (state, next, detail): (LetterState, Instant?, String) =
      switch outcome {
      case .accepted(let detail): (.sent, nil, detail)
      case .later(let at, let detail): (.queued, at, detail)
      case .failed(let detail): (.failed, nil, detail)
      case .uncertain(let detail): (.uncertain, nil, detail)
      }
    let order = try followUp.map { (ticket: $0.ticket.description, json: try JSONText.of($0)) }
    return try await write { db in
      try db.run(
        """
        UPDATE outbox SET state = ?, next_at = ?, lease_until = NULL, detail = ?, changed_at = ?
        WHERE id = ? AND state = 'sending' AND lease = ?
        """, [state.rawValue, next?.seconds, Packed.text(detail), now.seconds, claim.letter.id, claim.lease])
      guard db.changesCount == 1 else { return false }
      if let order { try OutboxRows.order(order, db) }
      return true
    }
  }

  public func recordLate(
    _ state: LetterState, detail: String, letter id: String, followUp: FollowUp?, now: Instant
  ) async throws {
    let order = try followUp.map { (ticket: $0.ticket.description, json: try JSONText.of($0)) }
    try await write { db in
      guard let row = try db.row("SELECT state FROM outbox WHERE id = ?", [id]) else { return }
      guard OutboxRows.rank(state) > OutboxRows.rank(try row.value(LetterState.self, "state")) else { return }
      try db.run(
        "UPDATE outbox SET state = ?, next_at = NULL, lease_until = NULL, detail = ?, changed_at = ? WHERE id = ?",
        [state.rawValue, Packed.text(detail), now.seconds, id])
      if let order { try OutboxRows.order(order, db) }
    }
  }

  public func earliestLetter() async throws -> Instant? {
    try await read { db in
      try db.number("SELECT min(next_at) FROM outbox WHERE state = 'queued'").map { Instant(seconds: $0) }
    }
  }

  public func letter(_ id: String) async throws -> OutboxLine? {
    try await read { db in try db.row("SELECT * FROM outbox WHERE id = ?", [id]).map { try OutboxColumns($0) } }?
      .line()
  }

  public func letters(of ticket: TicketNumber) async throws -> [OutboxLine] {
    let rows = try await read { [unreadable] db in
      try db.rows("SELECT * FROM outbox WHERE ticket = ? ORDER BY place", [ticket.description])
        .compactMap { try OutboxRows.columns($0, unreadable) }
    }
    return try lines(rows)
  }

  private func lines(_ rows: [OutboxColumns]) throws -> [OutboxLine] {
    try rows.compactMap { row in try unreadable.value(of: "outbox \(row.id)") { try row.line() } }
  }

  public func outboxPage(state: LetterState?, after: String?, limit: Int) async throws -> [OutboxLine] {
    let rows = try await read { [unreadable] db in
      let from = try after.flatMap { try db.number("SELECT place FROM outbox WHERE id = ?", [$0]) } ?? Int64.max
      let rows =
        if let state {
          try db.rows(
            "SELECT * FROM outbox WHERE state = ? AND place < ? ORDER BY place DESC LIMIT ?",
            [state.rawValue, from, max(0, limit)])
        } else {
          try db.rows("SELECT * FROM outbox WHERE place < ? ORDER BY place DESC LIMIT ?", [from, max(0, limit)])
        }
      return try rows.compactMap { try OutboxRows.columns($0, unreadable) }
    }
    return try lines(rows)
  }

  public func outboxCounts() async throws -> [LetterState: Int] {
    try await read { db in
      var counts: [LetterState: Int] = [:]
      for state in LetterState.allCases { counts[state] = try db.count("outbox:\(state.rawValue)").nonZero }
      return counts
    }
  }

  public func sendAgain(_ id: String, by performer: Performer, now: Instant) async throws -> Bool {
    let performer = try JSONText.of(performer)
    return try await write { db in
      try db.run(
        """
        UPDATE outbox SET state = 'queued', next_at = ?, attempts = 0, changed_at = ?
        WHERE id = ? AND state IN ('failed', 'uncertain', 'withheld')
        """, [now.seconds, now.seconds, id])
      guard db.changesCount == 1 else { return false }
      try db.run(
        """
        INSERT INTO commands (at, ticket, command, performer)
        SELECT ?, ticket, 'sendAgain', ? FROM outbox WHERE id = ?
        """, [now.seconds, performer, id])
      return true
    }
  }

  public func release(_ id: String, within limits: [Ration.Limit], now: Instant) async throws -> Bool {
    let machine = try JSONText.of(Performer.machine)
    return try await write { db in
      guard try db.number("SELECT 1 FROM outbox WHERE id = ? AND state = 'withheld'", [id]) != nil,
        try LimitRows.take(limits, now: now, db) == nil
      else { return false }
      try db.run(
        "UPDATE outbox SET state = 'queued', next_at = ?, detail = NULL, changed_at = ? WHERE id = ?",
        [now.seconds, now.seconds, id])
      try db.run(
        """
        INSERT INTO commands (at, ticket, command, performer)
        SELECT ?, ticket, 'releaseLetter', ? FROM outbox WHERE id = ?
        """, [now.seconds, machine, id])
      return true
    }
  }
}

/// A row of `outbox`; its letter is decoded outside the database's queue.
struct OutboxColumns: Sendable {
  let id: String
  let state: LetterState
  let attempts: Int
  let lease: Int64
  let nextAt: Instant?
  let detail: String?
  let changedAt: Instant
  let json: String

  init(_ row: Row) throws {
    id = row["id"]
    state = try row.value(LetterState.self, "state")
    attempts = row["attempts"]
    lease = row["lease"]
    nextAt = row.instantIfAny("next_at")
    detail = row.packedIfAny("detail")
    changedAt = row.instant("changed_at")
    json = row["letter"]
  }

  func letter() throws -> OutboxLetter { try JSONText.read(OutboxLetter.self, json, at: "outbox \(id)") }

  func line() throws -> OutboxLine {
    OutboxLine(
      letter: try letter(), state: state, attempts: attempts, nextAttemptAt: nextAt, detail: detail,
      changedAt: changedAt)
  }
}

enum OutboxRows {
  /// A sender that died, or sleeps, between the claim and its record: nobody knows whether the letter went. Its ticket
  /// is told, whatever letter it was.
  static func giveUpLostLeases(now: Instant, _ unreadable: UnreadableRows, _ db: Database) throws {
    for row in try db.rows("SELECT * FROM outbox WHERE state = 'sending' AND lease_until <= ?", [now.seconds]) {
      let place: Int64 = row["place"]
      try db.run(
        """
        UPDATE outbox SET state = 'uncertain', lease_until = NULL, detail = 'lease_expired', changed_at = ?
        WHERE place = ?
        """, [now.seconds, place])
      let letter = try unreadable.value(of: "outbox \(place)") { try OutboxColumns(row).letter() }
      let followUp = letter.flatMap { Dispatcher.followUp(for: $0, after: .uncertain(detail: "lease_expired")) }
      if let followUp { try order((followUp.ticket.description, try JSONText.of(followUp)), db) }
    }
  }

  /// A due row as a claimed letter. `nil` when it cannot be read back: then it has failed, where people see it, and is
  /// not looked at again.
  static func lease(
    _ row: Row, until end: Instant, now: Instant, _ unreadable: UnreadableRows, _ db: Database
  ) throws -> ClaimedLetter? {
    let place: Int64 = row["place"]
    let letter = try unreadable.value(of: "outbox \(row["id"] as String)") { try OutboxColumns(row).letter() }
    guard let letter else {
      try db.run(
        """
        UPDATE outbox SET state = 'failed', next_at = NULL, detail = 'unreadable_row', changed_at = ?
        WHERE place = ?
        """, [now.seconds, place])
      return nil
    }
    try db.run(
      """
      UPDATE outbox SET state = 'sending', next_at = NULL, lease = lease + 1, lease_until = ?,
        attempts = attempts + 1, changed_at = ?
      WHERE place = ?
      """, [end.seconds, now.seconds, place])
    return ClaimedLetter(
      letter: letter, attempt: (row["attempts"] as Int) + 1, lease: (row["lease"] as Int64) + 1)
  }

  static func columns(_ row: Row, _ unreadable: UnreadableRows) throws -> OutboxColumns? {
    try unreadable.value(of: "outbox \(row["id"] as String)") { try OutboxColumns(row) }
  }

  static func order(_ order: (ticket: String, json: String), _ db: Database) throws {
    try db.run("INSERT INTO followups (ticket, followup) VALUES (?, ?)", [order.ticket, order.json])
  }

  /// How far a letter has come: word that arrives late moves it forward only. `delivered` and `failed` are ends.
  static func rank(_ state: LetterState) -> Int {
    switch state {
    case .held, .withheld, .queued: 0
    case .sending: 1
    case .uncertain: 2
    case .sent: 3
    case .delivered, .failed: 4
    }
  }
}
