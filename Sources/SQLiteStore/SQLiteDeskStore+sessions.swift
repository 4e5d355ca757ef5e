public import Desk
import GRDB
public import SOP

extension SQLiteDeskStore {
  public func session(digest: String) async throws -> Session? {
    try await read { db in
      try db.row("SELECT * FROM sessions WHERE digest = ?", [Packed.text(digest)]).map {
        Session(
          digest: $0.packed("digest"), account: $0.packed("account"), createdAt: $0.instant("created_at"),
          expiresAt: $0.instant("expires_at"))
      }
    }
  }

  public func save(_ session: Session) async throws {
    try await write { db in
      try db.run(
        """
        INSERT INTO sessions (digest, account, created_at, expires_at) VALUES (?, ?, ?, ?) ON CONFLICT (digest)
        DO UPDATE SET account = excluded.account, expires_at = excluded.expires_at
        """,
        [
          Packed.text(session.digest), Packed.text(session.account), session.createdAt.seconds,
          session.expiresAt.seconds,
        ])
    }
  }

  public func endSession(digest: String) async throws {
    try await write { db in try db.run("DELETE FROM sessions WHERE digest = ?", [Packed.text(digest)]) }
  }

  public func endSessions(of account: String) async throws {
    try await write { db in try db.run("DELETE FROM sessions WHERE account = ?", [Packed.text(account)]) }
  }

  public func dropSessions(expiredBefore instant: Instant) async throws {
    try await write { db in try db.run("DELETE FROM sessions WHERE expires_at < ?", [instant.seconds]) }
  }

  /// Windows follow one another from the epoch on. A key that is over its limit is answered without a write, so
  /// that a flood cannot keep the disk busy.
  public func allow(_ key: String, limit: Int, per seconds: Int64, now: Instant) async throws -> Bool {
    let wanted = Ration.Limit(key: key, uses: limit, seconds: seconds, code: "full")
    guard limit > 0, try await read({ db in try LimitRows.hasRoom(wanted, now: now, db) }) else { return false }
    return try await write { db in try LimitRows.take([wanted], now: now, db) == nil }
  }

  public func draft(_ key: DraftKey) async throws -> Draft? {
    try await read { db in
      try db.row(
        "SELECT json, saved_at FROM drafts WHERE owner = ? AND form = ?",
        [Packed.text(key.owner), Packed.text(key.form)]
      ).map { Draft(key: key, json: $0.packed("json"), savedAt: $0.instant("saved_at")) }
    }
  }

  public func save(_ draft: Draft) async throws {
    let (owner, form) = (Packed.text(draft.key.owner), Packed.text(draft.key.form))
    try await write { db in
      if draft.json.utf8.isEmpty {
        try db.run("DELETE FROM drafts WHERE owner = ? AND form = ?", [owner, form])
      } else {
        try db.run(
          """
          INSERT INTO drafts (owner, form, json, saved_at) VALUES (?, ?, ?, ?)
          ON CONFLICT (owner, form) DO UPDATE SET json = excluded.json, saved_at = excluded.saved_at
          """, [owner, form, Packed.text(draft.json), draft.savedAt.seconds])
      }
    }
  }

  public func dropDrafts(olderThan instant: Instant) async throws {
    try await write { db in try db.run("DELETE FROM drafts WHERE saved_at < ?", [instant.seconds]) }
  }

  public func apiToken(digest: String) async throws -> APIToken? {
    try await read { db in
      try db.row("SELECT token FROM api_tokens WHERE digest = ?", [Packed.text(digest)]).map { try readToken($0) }
    }
  }

  public func apiTokens() async throws -> [APIToken] {
    try await read { [unreadable] db in
      try db.rows("SELECT digest, token FROM api_tokens").compactMap { row in
        try unreadable.value(of: "api_tokens \(row["digest"] as String)") { try readToken(row) }
      }
    }
    .sorted { ($0.createdAt, $0.digest) < ($1.createdAt, $1.digest) }
  }

  public func save(_ token: APIToken) async throws {
    let json = try JSONText.of(token)
    try await write { db in
      try db.run(
        """
        INSERT INTO api_tokens (digest, token) VALUES (?, ?)
        ON CONFLICT (digest) DO UPDATE SET token = excluded.token
        """, [Packed.text(token.digest), json])
    }
  }
}

private func readToken(_ row: Row) throws -> APIToken {
  try JSONText.read(APIToken.self, row["token"], at: "api_tokens")
}

/// Windows in which uses are counted.
enum LimitRows {
  /// Counts one use in each window, or in none: then the code of the first that is full.
  static func take(_ limits: [Ration.Limit], now: Instant, _ db: Database) throws -> String? {
    for limit in limits where try !hasRoom(limit, now: now, db) { return limit.code }
    for limit in limits { try use(limit, now: now, db) }
    return nil
  }

  static func hasRoom(_ limit: Ration.Limit, now: Instant, _ db: Database) throws -> Bool {
    let uses = try db.number(
      "SELECT uses FROM limits WHERE key = ? AND window_from = ?", [Packed.text(limit.key), window(limit, now)])
    return uses ?? 0 < Int64(limit.uses)
  }

  private static func use(_ limit: Ration.Limit, now: Instant, _ db: Database) throws {
    try db.run("DELETE FROM limits WHERE key IN (SELECT key FROM limits WHERE window_to <= ? LIMIT 4)", [now.seconds])
    let from = window(limit, now)
    try db.run(
      """
      INSERT INTO limits (key, window_from, window_to, uses) VALUES (?, ?, ?, 1) ON CONFLICT (key) DO UPDATE SET
        uses = CASE WHEN window_from = excluded.window_from THEN uses + 1 ELSE 1 END,
        window_from = excluded.window_from, window_to = excluded.window_to
      """, [Packed.text(limit.key), from, Instant(seconds: from).adding(seconds: max(1, limit.seconds)).seconds])
  }

  /// Where the window that contains `now` begins.
  private static func window(_ limit: Ration.Limit, _ now: Instant) -> Int64 {
    let length = max(1, limit.seconds)
    return now.seconds - ((now.seconds % length) + length) % length
  }
}
