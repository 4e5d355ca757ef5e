import Desk
import GRDB
import SOP

extension PreparedCommit {
  /// Writes it all, or nothing but the settlement of a duplicate. What can refuse comes before the first change.
  func write(_ db: Database, _ entries: inout [SearchEntry]) throws -> CommitResult {
    if let settlement = commit.settlement {
      let former = try InboundRows.former(of: settlement, db)
      switch former {
      case .none: break
      case .settledAlready(let ticket): return .duplicate(of: ticket)
      case .sameMessage(let ticket):
        try InboundRows.settleAsDuplicate(settlement, of: ticket, at: commit.at, db)
        return .duplicate(of: ticket)
      }
    }
    guard try takeVersion(db) else { return commit.expecting == 0 ? .numberTaken : .versionConflict }
    try writeEvents(db, &entries)
    try writeLetters(db)
    for followUp in followUps {
      try db.run("INSERT INTO followups (ticket, followup) VALUES (?, ?)", [followUp.ticket, followUp.json])
    }
    if let done = commit.followUp { try db.run("DELETE FROM followups WHERE id = ?", [done]) }
    try commit.files.insert(db)
    for digest in claimed { try db.run("DELETE FROM uploads WHERE sha256 = ?", [digest]) }
    if let settlement = commit.settlement { try InboundRows.settle(settlement, at: commit.at, db) }
    for line in log { try PreparedCommit.log(line.entry, performer: line.performer, db) }
    return .committed
  }

  static func log(_ entry: CommandLogEntry, performer: String, _ db: Database) throws {
    try db.run(
      "INSERT INTO commands (at, ticket, command, performer, refusal) VALUES (?, ?, ?, ?, ?)",
      [entry.at.seconds, entry.ticket?.description, entry.command, performer, entry.refusal])
  }

  /// Compare and set: the summary is written only where the version is the one the decision was made against.
  private func takeVersion(_ db: Database) throws -> Bool {
    guard let summary else {
      return try db.number("SELECT version FROM tickets WHERE number = ?", [number]) == Int64(commit.expecting)
    }
    if commit.expecting == 0 {
      try db.run(SummaryColumns.insert, SummaryColumns.arguments(summary))
    } else {
      try db.run(SummaryColumns.update, SummaryColumns.arguments(summary) + [number, commit.expecting])
    }
    return db.changesCount == 1
  }

  private func writeEvents(_ db: Database, _ entries: inout [SearchEntry]) throws {
    for event in events {
      try db.run(
        "INSERT INTO events (ticket, sequence, at, performer, event) VALUES (?, ?, ?, ?, ?)",
        [number, event.sequence, event.at, event.performer, event.event])
      if event.words != nil || event.names != nil {
        entries.append(SearchEntry(event: db.lastInsertedRowID, words: event.words, names: event.names))
      }
    }
  }

  private func writeLetters(_ db: Database) throws {
    let refusal = try commit.ration.flatMap { try LimitRows.take($0.limits, now: commit.at, db) }
    for letter in letters {
      let isWithheld = refusal != nil && commit.ration?.letters.contains(letter.id) == true
      let state = isWithheld ? .withheld : letter.state
      try db.run(
        """
        INSERT INTO outbox (id, ticket, state, next_at, detail, changed_at, letter) VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        [
          letter.id, letter.ticket, state.rawValue, state == .queued ? letter.notBefore : nil,
          isWithheld ? refusal : nil, letter.changedAt, letter.letter,
        ])
    }
    if let address = commit.heldLettersGoTo { try redirectHeldLetters(to: address, db) }
    guard commit.releasesHeldLetters else { return }
    try db.run(
      """
      UPDATE outbox SET state = 'queued', next_at = letter ->> '$.notBefore', changed_at = ?
      WHERE ticket = ? AND state = 'held'
      """, [commit.at.seconds, number])
  }

  private func redirectHeldLetters(to address: String, _ db: Database) throws {
    for row in try db.rows("SELECT place, letter FROM outbox WHERE ticket = ? AND state = 'held'", [number]) {
      let place: Int64 = row["place"]
      let letter = try JSONText.read(OutboxLetter.self, row["letter"], at: "outbox \(place)")
      try db.run(
        "UPDATE outbox SET letter = ? WHERE place = ?", [try JSONText.of(letter.readdressed(to: address)), place])
    }
  }
}
