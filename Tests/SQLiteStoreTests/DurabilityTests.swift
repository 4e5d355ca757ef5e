import Desk
import DeskTesting
import Foundation
import GRDB
import SOP
import SQLiteStore
import Testing

@Suite struct DurabilityTests {
  @Test func `what was acknowledged is there when nothing was tidied up before the end`() async throws {
    try await withStore { store, path in
      var known: [TicketNumber: Ticket] = [:]
      for _ in 0..<20 {
        let ticket = try await StoreSteps.open(store)
        known[ticket.number] = ticket
      }
      _ = try await store.receive([Samples.draft("a", key: "k")], advancing: nil)
      // A dying process closes nothing: the files as they lie are what the next one finds.
      let left = path + "-left"
      for suffix in ["", "-wal"] { try FileManager.default.copyItem(atPath: path + suffix, toPath: left + suffix) }
      let next = try SQLiteDeskStore(path: left)
      for (number, ticket) in known { #expect(try await next.ticket(number) == ticket) }
      #expect(try await next.inbound("a") != nil)
      #expect(try await next.verify().isSound)
      try next.close()
    }
  }

  @Test func `a closed store refuses, and the next one continues the numbers`() async throws {
    try await withStore { store, path in
      let ticket = try await StoreSteps.open(store)
      try store.close()
      await #expect(throws: (any Error).self) { try await store.keep([StoredFile(sha256: "a", bytes: Data())], at: Samples.morning) }
      let next = try SQLiteDeskStore(path: path)
      #expect(try await next.ticket(ticket.number) == ticket)
      #expect(try await next.nextNumber(month: 202611).running == 2)
      try next.close()
    }
  }

  @Test func `two stores on one file take no number twice`() async throws {
    try await withStore { store, path in
      let other = try SQLiteDeskStore(path: path)
      let opened = try await withThrowingTaskGroup(of: TicketNumber.self) { group in
        for index in 0..<100 {
          group.addTask { try await StoreSteps.openAnyhow(index % 2 == 0 ? store : other) }
        }
        return try await group.reduce(into: [TicketNumber]()) { $0.append($1) }
      }
      #expect(Set(opened).count == 100)
      #expect(try await store.counts(holder: nil).all == 100)
      #expect(try await other.verify().isSound)
      try other.close()
    }
  }

  @Test func `a database of a newer program is refused`() async throws {
    try await withStore { store, path in
      try store.close()
      let queue = try DatabaseQueue(path: path)
      try await queue.write { db in try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('99-later')") }
      try queue.close()
      #expect(throws: StoreFault.newerSchema) { try SQLiteDeskStore(path: path) }
    }
  }

  @Test func `an older database is brought up to date, with a copy of it as it was`() async throws {
    try await withStore { store, path in
      let ticket = try await StoreSteps.open(store)
      try store.close()
      let queue = try DatabaseQueue(path: path)
      try await queue.write { db in
        try db.execute(sql: "DROP TABLE uploads; DELETE FROM grdb_migrations WHERE identifier = '2-uploads'")
      }
      try queue.close()
      let next = try SQLiteDeskStore(path: path)
      #expect(try await next.ticket(ticket.number) == ticket)
      try await next.keep([StoredFile(sha256: "a", bytes: Data())], at: Samples.morning)
      #expect(try await next.verify().isSound)
      try next.close()
      #expect(FileManager.default.fileExists(atPath: path + ".before-2-uploads"))
    }
  }

  @Test func `the schema refuses to change or delete an event`() async throws {
    try await withStore { store, path in
      _ = try await StoreSteps.open(store)
      let queue = try DatabaseQueue(path: path)
      for sql in ["UPDATE events SET at = 0", "DELETE FROM events"] {
        await #expect(throws: DatabaseError.self) { try await queue.write { db in try db.execute(sql: sql) } }
      }
      try queue.close()
    }
  }
}

@Suite struct VerificationTests {
  @Test func `random histories verify as sound, with their counts and words`() async throws {
    try await withStore { store, _ in
      for seed in 1...40 { try await StoreContract.wander(store, seed: UInt64(seed)) }
      let report = try await store.verify()
      #expect(report.problems == [])
      #expect(report.tickets == 40)
      #expect(report.events > 80)
    }
  }

  @Test(arguments: [
    ("the summary", "UPDATE tickets SET stage = 3"),
    ("the summary", "UPDATE tickets SET requester_name = 'x'"),
    ("no summary", "PRAGMA foreign_keys = OFF; DELETE FROM tickets"),
    ("count all", "UPDATE counts SET n = n + 1 WHERE key = 'all'"),
    ("count free", "DELETE FROM counts WHERE key = 'free'"),
    ("search:", "INSERT INTO search (rowid, text) VALUES (99, 'asing')"),
    ("names:", "INSERT INTO names (rowid, text) VALUES (99, 'asing')"),
    ("search:", "INSERT INTO search (search) VALUES ('delete-all')"),
    ("followups", "INSERT INTO followups (ticket, followup) VALUES ('ADU', '{}')"),
    ("is next", "DROP TRIGGER events_stay; UPDATE events SET sequence = 7 WHERE sequence = 2"),
    ("unreadable", "DROP TRIGGER events_stay; UPDATE events SET event = '{}' WHERE sequence = 2"),
    ("without bytes", "DELETE FROM inbound_raw"),
  ])
  func `verify finds what does not fit the events`(problem: String, damage: String) async throws {
    try await withStore { store, path in
      _ = try await StoreSteps.open(store)
      _ = try await store.receive([Samples.draft("a")], advancing: nil)
      #expect(try await store.verify().problems == [])
      let queue = try DatabaseQueue(path: path)
      try await queue.writeWithoutTransaction { db in try db.execute(sql: damage) }
      try queue.close()
      let report = try await store.verify()
      #expect(report.problems.contains { $0.contains(problem) }, "\(report.problems)")
    }
  }
}

@Suite struct BackupTests {
  @Test func `a backup made while others write is restored whole`() async throws {
    try await withStore { store, path in
      for _ in 0..<10 { _ = try await StoreSteps.open(store) }
      async let more: Void = { for _ in 0..<30 { _ = try await StoreSteps.open(store) } }()
      let manifest = try await store.backup(to: path + "-backups", at: Samples.morning)
      try await more
      #expect(manifest.tickets >= 10)
      let target = path + "-restored"
      let place = "\(path)-backups/\(manifest.file).manifest.json"
      let report = try await SQLiteDeskStore.restore(from: place, to: target)
      #expect(report.tickets == manifest.tickets)
      let restored = try SQLiteDeskStore(path: target)
      #expect(try await restored.counts(holder: nil).all == manifest.tickets)
      #expect(try await restored.search("maju", after: nil, limit: 3).count == 3)
      try restored.close()
      await #expect(throws: StoreFault.self) { try await SQLiteDeskStore.restore(from: place, to: target) }
      await #expect(throws: StoreFault.self) { try await store.backup(to: path + "-backups", at: Samples.morning) }
      let left = try FileManager.default.contentsOfDirectory(atPath: path + "-backups")
      #expect(left.sorted() == [manifest.file, manifest.file + ".manifest.json"])
    }
  }

  @Test func `a backup that was changed is not restored and leaves nothing behind`() async throws {
    try await withStore { store, path in
      _ = try await StoreSteps.open(store)
      let manifest = try await store.backup(to: path + "-backups", at: Samples.morning)
      let file = URL(fileURLWithPath: "\(path)-backups/\(manifest.file)")
      let handle = try FileHandle(forWritingTo: file)
      try handle.seek(toOffset: 5_000)
      try handle.write(contentsOf: Data("x".utf8))
      try handle.close()
      await #expect(throws: (any Error).self) {
        try await SQLiteDeskStore.restore(from: file.path + ".manifest.json", to: path + "-restored")
      }
      let folder = (path as NSString).deletingLastPathComponent
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(!left.contains { $0.contains("restor") }, "\(left)")
    }
  }
}

enum StoreSteps {
  static func open(_ store: any DeskStore) async throws -> Ticket {
    let commit = try Samples.opening(try await store.nextNumber(month: 202611))
    try #require(try await store.commit(commit) == .committed)
    return commit.after
  }

  /// Opens a ticket as the desk does: another number when this one was taken.
  static func openAnyhow(_ store: any DeskStore) async throws -> TicketNumber {
    for _ in 0..<1_000 {
      let number = try await store.nextNumber(month: 202611)
      if try await store.commit(Samples.opening(number)) == .committed { return number }
    }
    throw CancellationError()
  }
}
