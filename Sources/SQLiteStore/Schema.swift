import Foundation
import GRDB

/// The tables, and how an older database becomes a newer one. A migration that was ever released is never changed.
///
/// Events are the truth and are only ever inserted (a trigger refuses anything else). Each index answers one
/// question of a port; the comment beside it says which.
enum Schema {
  static let migrations: [(name: String, sql: String)] = [
    ("1-desk", firstTables + searchTables + counting), ("2-uploads", uploads),
    ("3-late-words", lateWords),
    ("4-known-addresses", knownAddresses),
  ]

  static func bringUpToDate(_ pool: DatabasePool, path: String) throws {
    var migrator = DatabaseMigrator()
    for migration in migrations {
      migrator.registerMigration(migration.name) { db in try db.execute(sql: migration.sql) }
    }
    let (applied, isNewer) = try pool.read { db in
      (try migrator.appliedIdentifiers(db), try migrator.hasBeenSuperseded(db))
    }
    if isNewer { throw StoreFault.newerSchema }
    guard let next = migrations.first(where: { !applied.contains($0.name) }) else { return }
    if !applied.isEmpty {
      let copy = "\(path).before-\(next.name)"
      // A copy that is there already was made before an attempt that did not end: the first one counts.
      if !FileManager.default.fileExists(atPath: copy) {
        let partial = copy + ".partial"
        try BackupFiles.makeEmpty(partial)
        try pool.vacuum(into: partial)
        try FileManager.default.moveItem(atPath: partial, toPath: copy)
      }
    }
    try migrator.migrate(pool)
  }

  private static let firstTables = """
    CREATE TABLE tickets (
      number TEXT NOT NULL PRIMARY KEY,
      version INTEGER NOT NULL CHECK (version >= 1),
      stage INTEGER NOT NULL CHECK (stage BETWEEN 1 AND 6),
      turn TEXT, pause TEXT, closure TEXT,
      holder TEXT, holder_name TEXT,
      domain TEXT, host TEXT, category TEXT,
      channel TEXT NOT NULL,
      requester_name TEXT NOT NULL, requester_email TEXT, institution TEXT,
      problem TEXT NOT NULL,
      received_at INTEGER NOT NULL, entered_at INTEGER NOT NULL,
      budget INTEGER, half_at INTEGER, near_at INTEGER, due_at INTEGER, lapsed_at INTEGER,
      next_due INTEGER,
      sort_order INTEGER NOT NULL,
      changed_at INTEGER NOT NULL,
      unread INTEGER NOT NULL CHECK (unread IN (0, 1)),
      possibly_related INTEGER NOT NULL CHECK (possibly_related IN (0, 1)),
      CHECK ((closure IS NULL) = (turn IS NOT NULL)),
      CHECK ((holder IS NULL) = (holder_name IS NULL)),
      CHECK ((due_at IS NULL) = (half_at IS NULL) AND (due_at IS NULL) = (near_at IS NULL)),
      CHECK (closure IS NULL OR next_due IS NULL)
    ) STRICT, WITHOUT ROWID;
    -- dueTickets, earliestDue
    CREATE INDEX tickets_next_due ON tickets (next_due) WHERE next_due IS NOT NULL;
    -- queue: all, mine, free, by turn, lapsed, by stage, closed
    CREATE INDEX tickets_all ON tickets (sort_order, number) WHERE closure IS NULL;
    CREATE INDEX tickets_mine ON tickets (holder, sort_order, number) WHERE closure IS NULL AND holder IS NOT NULL;
    CREATE INDEX tickets_free ON tickets (sort_order, number) WHERE closure IS NULL AND holder IS NULL;
    CREATE INDEX tickets_turn ON tickets (turn, sort_order, number) WHERE closure IS NULL;
    CREATE INDEX tickets_lapsed ON tickets (sort_order, number) WHERE closure IS NULL AND lapsed_at IS NOT NULL;
    CREATE INDEX tickets_stage ON tickets (stage, sort_order, number) WHERE closure IS NULL;
    CREATE INDEX tickets_closed ON tickets (sort_order, number) WHERE closure IS NOT NULL;
    -- tickets(ofDomain:), openTickets(ofRequester:)
    CREATE INDEX tickets_domain ON tickets (domain, received_at, number) WHERE domain IS NOT NULL;
    CREATE INDEX tickets_requester ON tickets (requester_email, received_at, number)
      WHERE closure IS NULL AND requester_email IS NOT NULL;

    CREATE TABLE events (
      id INTEGER PRIMARY KEY,
      ticket TEXT NOT NULL REFERENCES tickets (number),
      sequence INTEGER NOT NULL CHECK (sequence >= 1),
      at INTEGER NOT NULL,
      performer TEXT NOT NULL,
      event TEXT NOT NULL,
      UNIQUE (ticket, sequence)
    ) STRICT;
    CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT raise(ABORT, 'events are never changed'); END;
    CREATE TRIGGER events_last BEFORE DELETE ON events BEGIN SELECT raise(ABORT, 'events are never deleted'); END;

    CREATE TABLE commands (
      id INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      ticket TEXT,
      command TEXT NOT NULL,
      performer TEXT NOT NULL,
      refusal TEXT
    ) STRICT;
    CREATE INDEX commands_ticket ON commands (ticket, id) WHERE ticket IS NOT NULL;

    CREATE TABLE followups (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      ticket TEXT NOT NULL,
      followup TEXT NOT NULL
    ) STRICT;

    CREATE TABLE outbox (
      place INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      ticket TEXT REFERENCES tickets (number),
      state TEXT NOT NULL CHECK (state IN
        ('held', 'queued', 'sending', 'sent', 'delivered', 'failed', 'uncertain', 'withheld')),
      attempts INTEGER NOT NULL DEFAULT 0,
      next_at INTEGER,
      lease INTEGER NOT NULL DEFAULT 0,
      lease_until INTEGER,
      detail TEXT,
      changed_at INTEGER NOT NULL,
      letter TEXT NOT NULL,
      CHECK ((state = 'queued') = (next_at IS NOT NULL)),
      CHECK ((state = 'sending') = (lease_until IS NOT NULL))
    ) STRICT;
    -- claim and earliestLetter; leases that ran out; outboxPage; letters(of:)
    CREATE INDEX outbox_due ON outbox (next_at, place) WHERE state = 'queued';
    CREATE INDEX outbox_leases ON outbox (lease_until) WHERE state = 'sending';
    CREATE INDEX outbox_state ON outbox (state, place);
    CREATE INDEX outbox_ticket ON outbox (ticket, place) WHERE ticket IS NOT NULL;

    CREATE TABLE inbound (
      place INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      source TEXT NOT NULL,
      key TEXT UNIQUE,
      received_at INTEGER NOT NULL,
      size INTEGER NOT NULL,
      trouble TEXT,
      attempts INTEGER NOT NULL DEFAULT 0,
      outcome TEXT,
      ticket TEXT REFERENCES tickets (number),
      reasons TEXT,
      fingerprint TEXT,
      sender TEXT,
      subject TEXT,
      settled_at INTEGER,
      CHECK ((outcome IS NULL) = (settled_at IS NULL))
    ) STRICT;
    -- The same message is settled once; further copies are settled as duplicates.
    CREATE UNIQUE INDEX inbound_fingerprint ON inbound (fingerprint)
      WHERE fingerprint IS NOT NULL AND outcome <> 'duplicate';
    -- takeWaiting; inboundPage
    CREATE INDEX inbound_waiting ON inbound (place) WHERE outcome IS NULL;
    CREATE INDEX inbound_outcome ON inbound (outcome, place) WHERE outcome IS NOT NULL;
    -- The bytes stand apart, so that lists of the ledger stay small.
    CREATE TABLE inbound_raw (
      place INTEGER PRIMARY KEY REFERENCES inbound (place),
      raw BLOB NOT NULL
    ) STRICT;
    CREATE TABLE inbound_replays (
      id INTEGER PRIMARY KEY,
      inbound TEXT NOT NULL,
      at INTEGER NOT NULL,
      performer TEXT NOT NULL,
      former TEXT
    ) STRICT;
    CREATE TABLE mailboxes (
      mailbox TEXT NOT NULL PRIMARY KEY,
      validity INTEGER NOT NULL,
      last_uid INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE files (
      sha256 TEXT NOT NULL UNIQUE,
      bytes BLOB NOT NULL
    ) STRICT;

    CREATE TABLE accounts (
      id TEXT NOT NULL PRIMARY KEY,
      user_name TEXT NOT NULL UNIQUE,
      version INTEGER NOT NULL,
      account TEXT NOT NULL
    ) STRICT;
    CREATE TABLE institutions (
      id TEXT NOT NULL PRIMARY KEY,
      name TEXT NOT NULL,
      found_by TEXT NOT NULL,
      institution TEXT NOT NULL
    ) STRICT;
    CREATE INDEX institutions_name ON institutions (name, id);
    CREATE TABLE institution_domains (
      domain TEXT NOT NULL,
      institution TEXT NOT NULL REFERENCES institutions (id),
      PRIMARY KEY (domain, institution)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX institution_domains_owner ON institution_domains (institution);
    CREATE TABLE saved_replies (id TEXT NOT NULL PRIMARY KEY, title TEXT NOT NULL, text TEXT NOT NULL) STRICT;
    CREATE TABLE settings (
      key TEXT NOT NULL PRIMARY KEY, json TEXT NOT NULL, changed_by TEXT NOT NULL, changed_at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE settings_history (
      id INTEGER PRIMARY KEY, key TEXT NOT NULL, json TEXT NOT NULL, changed_by TEXT NOT NULL,
      changed_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE sessions (
      digest TEXT NOT NULL PRIMARY KEY, account TEXT NOT NULL, created_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX sessions_account ON sessions (account);
    CREATE INDEX sessions_expiry ON sessions (expires_at);
    CREATE TABLE limits (
      key TEXT NOT NULL PRIMARY KEY, window_from INTEGER NOT NULL, window_to INTEGER NOT NULL, uses INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX limits_end ON limits (window_to);
    CREATE TABLE drafts (
      owner TEXT NOT NULL, form TEXT NOT NULL, json TEXT NOT NULL, saved_at INTEGER NOT NULL,
      PRIMARY KEY (owner, form)
    ) STRICT;
    CREATE INDEX drafts_age ON drafts (saved_at);
    CREATE TABLE api_tokens (digest TEXT NOT NULL PRIMARY KEY, token TEXT NOT NULL) STRICT;

    """

  /// Escalations, and closed tickets to which someone wrote. What the summaries and the indexes hold has changed, so
  /// both are made anew from the events: `Copies` does that after the last migration, and once.
  private static let lateWords = """
    ALTER TABLE tickets ADD COLUMN escalated_at INTEGER;
    -- queue: wroteAfterClosing
    CREATE INDEX tickets_wrote ON tickets (sort_order, number) WHERE closure IS NOT NULL AND unread = 1;
    DROP TRIGGER tickets_opened;
    DROP TRIGGER tickets_changed;
    CREATE TRIGGER tickets_opened AFTER INSERT ON tickets BEGIN \(more(allFacets("NEW"))) END;
    CREATE TRIGGER tickets_changed AFTER UPDATE ON tickets
      WHEN OLD.stage IS NOT NEW.stage OR OLD.holder IS NOT NEW.holder OR OLD.turn IS NOT NEW.turn
        OR (OLD.lapsed_at IS NULL) <> (NEW.lapsed_at IS NULL) OR OLD.unread <> NEW.unread
      BEGIN \(fewer(allFacets("OLD"))) \(more(allFacets("NEW"))) END;
    CREATE TABLE rebuilds (id INTEGER PRIMARY KEY) STRICT;
    INSERT INTO rebuilds DEFAULT VALUES;
    """

  /// Both indexes hold no text, only where words stand; their rowid is the event's id.
  static let searchTables = """
    CREATE VIRTUAL TABLE search USING fts5(text, content='', tokenize='unicode61 remove_diacritics 2',
      prefix='3 4 5');
    CREATE VIRTUAL TABLE names USING fts5(text, content='', tokenize='trigram');

    """

  /// Counts are kept by the schema itself, so that no writer can forget them.
  private static let counting = """
    CREATE TABLE counts (key TEXT NOT NULL PRIMARY KEY, n INTEGER NOT NULL CHECK (n >= 0)) STRICT, WITHOUT ROWID;

    CREATE TRIGGER tickets_opened AFTER INSERT ON tickets BEGIN \(more(ticketFacets("NEW"))) END;
    CREATE TRIGGER tickets_changed AFTER UPDATE ON tickets
      WHEN OLD.stage IS NOT NEW.stage OR OLD.holder IS NOT NEW.holder OR OLD.turn IS NOT NEW.turn
        OR (OLD.lapsed_at IS NULL) <> (NEW.lapsed_at IS NULL)
      BEGIN \(fewer(ticketFacets("OLD"))) \(more(ticketFacets("NEW"))) END;

    CREATE TRIGGER outbox_added AFTER INSERT ON outbox BEGIN \(more("SELECT 'outbox:' || NEW.state AS key")) END;
    CREATE TRIGGER outbox_moved AFTER UPDATE OF state ON outbox WHEN OLD.state <> NEW.state
      BEGIN \(fewer("SELECT 'outbox:' || OLD.state AS key")) \(more("SELECT 'outbox:' || NEW.state AS key")) END;

    CREATE TRIGGER inbound_settled AFTER UPDATE OF outcome ON inbound WHEN OLD.outcome IS NOT NEW.outcome
      BEGIN
        \(fewer("SELECT 'inbound:' || OLD.outcome AS key WHERE OLD.outcome IS NOT NULL"))
        \(more("SELECT 'inbound:' || NEW.outcome AS key WHERE NEW.outcome IS NOT NULL"))
      END;
    """

  /// The counts a row of `tickets` belongs to: `all` or `closed`, and for an open one its views.
  static func ticketFacets(_ row: String) -> String {
    """
    SELECT CASE WHEN \(row).closure IS NULL THEN 'all' ELSE 'closed' END AS key
    UNION ALL SELECT 'stage:' || \(row).stage WHERE \(row).closure IS NULL
    UNION ALL SELECT 'turn:' || \(row).turn WHERE \(row).closure IS NULL
    UNION ALL SELECT 'lapsed' WHERE \(row).closure IS NULL AND \(row).lapsed_at IS NOT NULL
    UNION ALL SELECT 'free' WHERE \(row).closure IS NULL AND \(row).holder IS NULL
    UNION ALL SELECT 'holder:' || \(row).holder WHERE \(row).closure IS NULL AND \(row).holder IS NOT NULL
    """
  }

  /// Since `3-late-words`.
  static func allFacets(_ row: String) -> String {
    ticketFacets(row)
      + "\nUNION ALL SELECT 'wrote-after-closing' WHERE \(row).closure IS NOT NULL AND \(row).unread = 1"
  }

  private static func more(_ keys: String) -> String {
    "INSERT INTO counts (key, n) SELECT key, 1 FROM (\(keys)) WHERE true ON CONFLICT (key) DO UPDATE SET n = n + 1;"
  }

  private static func fewer(_ keys: String) -> String {
    "UPDATE counts SET n = n - 1 WHERE key IN (\(keys));"
  }

  /// Every ticket with each of its counts: what a recount adds up.
  static let facetTable = """
    SELECT r.number, CASE WHEN r.closure IS NULL THEN 'all' ELSE 'closed' END AS key FROM tickets r
    UNION ALL SELECT number, 'stage:' || stage FROM tickets WHERE closure IS NULL
    UNION ALL SELECT number, 'turn:' || turn FROM tickets WHERE closure IS NULL
    UNION ALL SELECT number, 'lapsed' FROM tickets WHERE closure IS NULL AND lapsed_at IS NOT NULL
    UNION ALL SELECT number, 'free' FROM tickets WHERE closure IS NULL AND holder IS NULL
    UNION ALL SELECT number, 'holder:' || holder FROM tickets WHERE closure IS NULL AND holder IS NOT NULL
    UNION ALL SELECT number, 'wrote-after-closing' FROM tickets WHERE closure IS NOT NULL AND unread = 1
    """
}
