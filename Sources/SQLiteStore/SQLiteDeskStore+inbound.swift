public import Desk
public import Foundation
import GRDB
public import SOP

extension SQLiteDeskStore {
  public func receive(_ drafts: [InboundDraft], advancing cursor: MailboxCursor?) async throws -> [InboundReceipt] {
    try await write { db in
      let receipts = try drafts.map { try InboundRows.receive($0, db) }
      if let cursor {
        try db.run(
          """
          INSERT INTO mailboxes (mailbox, validity, last_uid) VALUES (?, ?, ?) ON CONFLICT (mailbox)
          DO UPDATE SET validity = excluded.validity, last_uid = excluded.last_uid
          """, [Packed.text(cursor.mailbox), Int64(cursor.validity), Int64(cursor.lastUID)])
      }
      return receipts
    }
  }

  public func takeWaiting(limit: Int, now: Instant) async throws -> [InboundItem] {
    guard limit > 0, try await read({ db in try InboundRows.hasWaiting(db) }) else { return [] }
    let places = try await write { [unreadable] db in
      let places = try InboundRows.nextWaiting(limit: limit, unreadable, db)
      for place in places { try db.run("UPDATE inbound SET attempts = attempts + 1 WHERE place = ?", [place]) }
      return places
    }
    // The bytes are read beside the writer: a large mail must not hold up everyone who waits for a commit. In a task of
    // its own, for these rows are counted: a stop of the server must not look like their fault.
    return try await Task {
      try await read { db in
        try places.compactMap { place in
          try db.row("\(InboundRows.items) WHERE i.place = ?", [place]).map { try InboundRows.item($0) }
        }
      }
    }.value
  }

  public func giveBack(_ ids: [String]) async throws {
    try await write { db in
      for id in ids { try db.run("UPDATE inbound SET attempts = attempts - 1 WHERE id = ? AND attempts > 0", [id]) }
    }
  }

  public func inbound(_ id: String) async throws -> InboundItem? {
    try await read { db in
      try db.row("\(InboundRows.items) WHERE i.id = ?", [id]).map { try InboundRows.item($0) }
    }
  }

  public func settle(_ settlement: Settlement, now: Instant) async throws -> Bool {
    try await write { db in
      switch try InboundRows.former(of: settlement, db) {
      case .none:
        try InboundRows.settle(settlement, at: now, db)
        return true
      case .settledAlready: return false
      case .sameMessage(let ticket):
        try InboundRows.settleAsDuplicate(settlement, of: ticket, at: now, db)
        return false
      }
    }
  }

  public func replay(_ id: String, by performer: Performer, now: Instant) async throws -> Bool {
    let performer = try JSONText.of(performer)
    return try await write { db in
      let former = try db.row("SELECT outcome FROM inbound WHERE id = ?", [id])?["outcome"] as String?
      try db.run(
        """
        UPDATE inbound SET outcome = NULL, settled_at = NULL, ticket = NULL, reasons = NULL, fingerprint = NULL,
          attempts = 0
        WHERE id = ? AND outcome IN ('quarantined', 'automatic', 'bounce', 'duplicate', 'discarded')
        """, [id])
      guard db.changesCount == 1 else { return false }
      try db.run(
        "INSERT INTO inbound_replays (inbound, at, performer, former) VALUES (?, ?, ?, ?)",
        [id, now.seconds, performer, former])
      return true
    }
  }

  public func refill(_ id: String, raw: Data) async throws -> Bool {
    try await write { db in
      let troubles = InboundItem.incomplete.map { "'\($0)'" }.sorted().joined(separator: ", ")
      let place = try db.number(
        """
        SELECT place FROM inbound
        WHERE id = ? AND trouble IN (\(troubles)) AND outcome IN ('quarantined', 'discarded')
        """, [id])
      guard let place else { return false }
      try db.run("UPDATE inbound SET trouble = NULL, size = ? WHERE place = ?", [raw.count, place])
      try db.run("UPDATE inbound_raw SET raw = ? WHERE place = ?", [raw, place])
      return true
    }
  }

  public func mailboxCursor(_ mailbox: String) async throws -> MailboxCursor? {
    try await read { db in
      try db.row("SELECT validity, last_uid FROM mailboxes WHERE mailbox = ?", [Packed.text(mailbox)]).map {
        MailboxCursor(
          mailbox: mailbox, validity: UInt32(clamping: $0["validity"] as Int64),
          lastUID: UInt32(clamping: $0["last_uid"] as Int64))
      }
    }
  }

  public func inboundPage(
    outcome: InboundOutcome.Kind?, after: String?, limit: Int
  ) async throws -> [InboundLine] {
    try await read { [unreadable] db in
      let from = try after.flatMap { try db.number("SELECT place FROM inbound WHERE id = ?", [$0]) } ?? Int64.max
      let rows =
        if let outcome {
          try db.rows(
            "SELECT * FROM inbound WHERE outcome = ? AND place < ? ORDER BY place DESC LIMIT ?",
            [outcome.rawValue, from, max(0, limit)])
        } else {
          try db.rows("SELECT * FROM inbound WHERE place < ? ORDER BY place DESC LIMIT ?", [from, max(0, limit)])
        }
      return try rows.compactMap { row in
        try unreadable.value(of: "inbound \(row["id"] as String)") { try InboundRows.line(row) }
      }
    }
  }

  public func inboundCounts() async throws -> [InboundOutcome.Kind: Int] {
    try await read { db in
      var counts: [InboundOutcome.Kind: Int] = [:]
      for kind in InboundOutcome.Kind.allCases {
        counts[kind] = try db.count("inbound:\(kind.rawValue)").nonZero
      }
      return counts
    }
  }
}

/// Rows of the ledger, read and settled inside a transaction.
enum InboundRows {
  static let items = "SELECT i.*, r.raw FROM inbound i JOIN inbound_raw r ON r.place = i.place"

  /// What stands against settling a row.
  enum Former {
    case none
    /// The row itself has an outcome that is not open to another.
    case settledAlready(TicketNumber?)
    /// Another row holds the same message.
    case sameMessage(TicketNumber?)
  }

  static func hasWaiting(_ db: Database) throws -> Bool {
    try db.number("SELECT 1 FROM inbound WHERE outcome IS NULL LIMIT 1") != nil
  }

  /// Places of the rows to take next. One that cannot be read back is passed over; it keeps waiting.
  static func nextWaiting(limit: Int, _ unreadable: UnreadableRows, _ db: Database) throws -> [Int64] {
    let cursor = try Row.fetchCursor(
      try db.cachedStatement(sql: "SELECT * FROM inbound WHERE outcome IS NULL ORDER BY place"))
    var places: [Int64] = []
    var bytes: Int64 = 0
    while places.count < limit, let row = try cursor.next() {
      let line = try unreadable.value(of: "inbound \(row["id"] as String)") { try InboundRows.line(row) }
      guard let line else { continue }
      bytes += Int64(max(0, line.size))
      if !places.isEmpty, line.attempts > 0 || bytes > Int64(InboundItem.batchBytes) { break }
      places.append(row["place"])
      if line.attempts > 0 { break }
    }
    return places
  }

  static func receive(_ draft: InboundDraft, _ db: Database) throws -> InboundReceipt {
    let key = Packed.textIfAny(draft.key)
    if let key, let first = try db.row("SELECT id FROM inbound WHERE key = ?", [key]) {
      return InboundReceipt(id: first["id"], isNew: false)
    }
    try draft.files.insert(db)
    try db.run(
      "INSERT INTO inbound (id, source, key, received_at, size, trouble) VALUES (?, ?, ?, ?, ?, ?)",
      [
        draft.id, draft.source.rawValue, key, draft.receivedAt.seconds, draft.raw.count,
        Packed.textIfAny(draft.trouble),
      ])
    try db.run("INSERT INTO inbound_raw (place, raw) VALUES (?, ?)", [db.lastInsertedRowID, draft.raw])
    return InboundReceipt(id: draft.id, isNew: true)
  }

  /// A row in quarantine may still get another outcome: an administrator attaches or discards it.
  static func former(of settlement: Settlement, _ db: Database) throws -> Former {
    guard let row = try db.row("SELECT outcome, ticket FROM inbound WHERE id = ?", [settlement.inbound]) else {
      throw StoreFault.unknownInbound(settlement.inbound)
    }
    switch try row.valueIfAny(InboundOutcome.Kind.self, "outcome") {
    case nil, .quarantined?: break
    case .automatic?, .bounce?, .discarded?:
      if !settlement.overrules { return .settledAlready(try row.ticketNumberIfAny("ticket")) }
    case .opened?, .appended?, .registryReply?, .duplicate?:
      return .settledAlready(try row.ticketNumberIfAny("ticket"))
    }
    guard let fingerprint = settlement.fingerprint, settlement.outcome.kind != .duplicate else { return .none }
    let first = try db.row(
      """
      SELECT ticket FROM inbound
      WHERE fingerprint = ? AND fingerprint IS NOT NULL AND outcome <> 'duplicate' AND id <> ?
      """, [Packed.text(fingerprint), settlement.inbound])
    guard let first else { return .none }
    return .sameMessage(try first.ticketNumberIfAny("ticket"))
  }

  static func settle(_ settlement: Settlement, at now: Instant, _ db: Database) throws {
    try db.run(
      """
      UPDATE inbound SET outcome = ?, ticket = ?, reasons = ?, fingerprint = ?, sender = ?, subject = ?,
        settled_at = ?
      WHERE id = ?
      """,
      [
        settlement.outcome.kind.rawValue, settlement.outcome.ticket?.description,
        try JSONText.of(settlement.outcome.reasons), Packed.textIfAny(settlement.fingerprint),
        Packed.textIfAny(settlement.sender), Packed.textIfAny(settlement.subject), now.seconds, settlement.inbound,
      ])
  }

  static func settleAsDuplicate(
    _ settlement: Settlement, of ticket: TicketNumber?, at now: Instant, _ db: Database
  ) throws {
    try settle(
      Settlement(
        inbound: settlement.inbound,
        outcome: InboundOutcome(kind: .duplicate, ticket: ticket, reasons: ["same_fingerprint"]),
        fingerprint: settlement.fingerprint, sender: settlement.sender, subject: settlement.subject),
      at: now, db)
  }

  static func outcome(_ row: Row) throws -> InboundOutcome? {
    guard let kind = try row.valueIfAny(InboundOutcome.Kind.self, "outcome") else { return nil }
    return InboundOutcome(
      kind: kind, ticket: try row.ticketNumberIfAny("ticket"),
      reasons: try JSONText.read([String].self, row["reasons"] as String? ?? "[]", at: "inbound.reasons"))
  }

  static func item(_ row: Row) throws -> InboundItem {
    InboundItem(
      id: row["id"], source: try row.value(InboundSource.self, "source"), receivedAt: row.instant("received_at"),
      raw: row["raw"], trouble: row.packedIfAny("trouble"), attempts: row["attempts"], outcome: try outcome(row),
      key: row.packedIfAny("key"))
  }

  static func line(_ row: Row) throws -> InboundLine {
    InboundLine(
      id: row["id"], source: try row.value(InboundSource.self, "source"), receivedAt: row.instant("received_at"),
      size: row["size"], sender: row.packedIfAny("sender"), subject: row.packedIfAny("subject"),
      outcome: try outcome(row), attempts: row["attempts"])
  }
}

extension Database {
  /// One of the counts the schema keeps.
  func count(_ key: String) throws -> Int {
    Int(try number("SELECT n FROM counts WHERE key = ?", [key]) ?? 0)
  }
}

extension Int {
  var nonZero: Int? { self == 0 ? nil : self }
}
