public import Desk
import Dispatch
import Foundation
import GRDB
import SOP
import Synchronization

/// The desk's database in one file: SQLite in WAL mode.
///
/// What enters: the calls of `DeskStore`, from any number of tasks, and from other processes on the same file.
/// What leaves: nothing is answered before its transaction is flushed to the disk (`synchronous=FULL`, asserted at
/// the start); callers that write at the same time share one flush (`GroupWriter`).
/// What is on disk: the events of each ticket are the truth; `tickets`, `counts`, `search` and `names` are copies
/// that `verify()` rebuilds and compares. The schema (`Schema.swift`) keeps what must never be otherwise.
/// Crash between any two lines: SQLite rolls the unfinished transaction back at the next opening; a letter that
/// was being sent becomes `uncertain` when its lease runs out; an input that was being read comes again, alone.
/// Several processes: `BEGIN IMMEDIATE` and a busy timeout of ten seconds; numbers are held unique by the schema.
/// Known limits: one writer at a time; a local disk that keeps its promise of `fsync`.
public final class SQLiteDeskStore: DeskStore {
  /// The database file.
  public let path: String
  let pool: DatabasePool
  let writer: GroupWriter
  let unreadable = UnreadableRows()
  /// The last number given out in each month; forgotten when another process took one of them.
  let numbers = Mutex<[Int: Int]>([:])

  /// Opens the database at `path`, creates or migrates it. Before an older database is changed, a copy of it is put
  /// beside it (`<path>.before-<migration>`). Throws `StoreFault.newerSchema` when a newer program wrote it.
  /// `onDiskFailure` is called, before the writers hear of it, when the disk refuses a write or a flush.
  public convenience init(path: String, onDiskFailure: @escaping @Sendable (String) -> Void = { _ in }) throws {
    try self.init(path: path, onDiskFailure: onDiskFailure, preparing: { _ in })
  }

  /// `preparing` is given each connection before it is used, so that a test can hear what it is asked.
  init(
    path: String, onDiskFailure: @escaping @Sendable (String) -> Void,
    preparing prepare: @escaping @Sendable (Database) throws -> Void
  ) throws {
    self.path = path
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(10)
    configuration.label = "sigap"
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA cache_size = -16000")
      try db.execute(sql: "PRAGMA trusted_schema = OFF")
      try prepare(db)
    }
    pool = try DatabasePool(path: path, configuration: configuration)
    writer = GroupWriter(pool: pool, onDiskFailure: onDiskFailure)
    // GRDB sets NORMAL while it switches to WAL, after everything a configuration can say: FULL comes last.
    try pool.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA synchronous = FULL")
      try db.execute(sql: "PRAGMA wal_autocheckpoint = 4000")
      try db.execute(sql: "PRAGMA journal_size_limit = 67108864")
    }
    guard try writerSynchronous() == 2 else { throw StoreFault.notDurable }
    try Schema.bringUpToDate(pool, path: path)
    try Copies.rebuildIfAsked(pool)
  }

  /// What the writer answers to `PRAGMA synchronous`: 2 is FULL, 1 would lose the last commits with the power.
  public func writerSynchronous() throws -> Int {
    try pool.writeWithoutTransaction { db in try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? -1 }
  }

  /// Finishes the writes that wait, then closes every connection. Later calls throw.
  public func close() throws {
    writer.stop()
    try pool.close()
  }

  /// By SQLite's own codes. What an input can cause (a constraint, a text that is too large) is not among them.
  public func isOwnTrouble(_ error: any Error) -> Bool {
    if let fault = error as? StoreFault { return fault == .closed }
    guard let error = error as? DatabaseError else { return false }
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_NOMEM, .SQLITE_READONLY,
      .SQLITE_PROTOCOL, .SQLITE_INTERRUPT, .SQLITE_ABORT, .SQLITE_PERM, .SQLITE_AUTH:
      return true
    default: return false
    }
  }

  func read<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws -> T {
    try await pool.read(body)
  }

  func write<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws -> T {
    try await writer.write { db, _ in try body(db) }
  }
}

/// The store is broken or was misused: logged, never shown to a visitor.
public enum StoreFault: Error, Sendable, Equatable {
  /// The connection that writes does not flush at commit.
  case notDurable
  /// A newer program has written this database.
  case newerSchema
  /// 99,999 tickets in one month.
  case numbersExhausted(month: Int)
  /// A stored text cannot be read back; where it stands.
  case unreadable(String)
  /// Events that do not follow the version they were decided against.
  case inconsistentCommit(String)
  /// A settlement of a ledger row nobody received.
  case unknownInbound(String)
  case closed
  /// A backup that is not whole, or a place that is taken; the sentence says which.
  case backup(String)
}
