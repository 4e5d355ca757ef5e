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
      await #expect(throws: (any Error).self) {
        try await store.keep([StoredFile(sha256: "a", bytes: Data())], at: Samples.morning)
      }
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

  @Test func `copies that hold more than before are made anew from the events, once, also after a death`() async throws
  {
    try await withStore { store, path in
      for seed in 1...20 { try await StoreContract.wander(store, seed: UInt64(seed)) }
      let late = try await StoreSteps.lateWords(store)
      let escalated = try await StoreSteps.give(.escalate(reason: "rumit"), on: StoreSteps.open(store), store)
      let before = try await store.summary(escalated.number)
      #expect(before?.escalatedAt == Samples.morning)
      try store.close()
      try await StoreSteps.makeOlder(path)
      let next = try SQLiteDeskStore(path: path)
      #expect(try await next.verify().problems == [])
      #expect(try await next.queue(.wroteAfterClosing, after: nil, limit: 99).contains { $0.number == late.number })
      #expect(try await next.counts(holder: nil).wroteAfterClosing > 0)
      #expect(try await next.summary(escalated.number) == before)
      #expect(try await next.search("tumbang", after: nil, limit: 9).map { $0.summary.number } == [late.number])
      try next.close()
      #expect(FileManager.default.fileExists(atPath: path + ".before-3-late-words"))

      // The migration had ended when the process died, the rebuilding had not.
      let queue = try DatabaseQueue(path: path)
      try await queue.write { db in
        try db.execute(
          sql: "INSERT INTO search (search) VALUES ('delete-all'); INSERT INTO rebuilds DEFAULT VALUES")
      }
      try queue.close()
      let again = try SQLiteDeskStore(path: path)
      #expect(try await again.verify().problems == [])
      try again.close()
    }
  }

  @Test func `a ticket whose events cannot be read does not keep the others from being made anew`() async throws {
    try await withStore { store, path in
      let broken = try await StoreSteps.open(store)
      let late = try await StoreSteps.lateWords(store)
      try store.close()
      try await StoreSteps.makeOlder(path)
      let queue = try DatabaseQueue(path: path)
      try await queue.write { db in
        try db.execute(
          sql: "DROP TRIGGER events_stay; UPDATE events SET event = '{}' WHERE ticket = ? AND sequence = 2",
          arguments: [broken.number.description])
      }
      try queue.close()
      let next = try SQLiteDeskStore(path: path)
      #expect(try await next.summary(broken.number) != nil)
      #expect(try await next.summary(late.number)?.unread == true)
      try next.close()
    }
  }

  @Test func `what an older database knew of addresses is known in the newer one`() async throws {
    try await withStore { store, path in
      let ticket = try await StoreSteps.open(store)
      let proven = try Samples.deciding(
        .proveAddress(email: "kades@sukamaju.desa.id"), on: ticket, by: Performer(party: .requester),
        at: Samples.morning)
      #expect(try await store.commit(proven) == .committed)
      try await store.save(
        Institution(id: "1", name: "Desa", kind: .village, domains: [], contacts: ["Sekdes@sukamaju.desa.id"]))
      try store.close()
      let queue = try DatabaseQueue(path: path)
      try await queue.write { db in
        try db.execute(
          sql: """
            DROP TABLE institution_contacts; DROP INDEX events_proven;
            DELETE FROM grdb_migrations WHERE identifier = '4-known-addresses'
            """)
      }
      try queue.close()
      let next = try SQLiteDeskStore(path: path)
      for address in ["kades@sukamaju.desa.id", "sekdes@sukamaju.desa.id"] {
        #expect(try await next.isKnown(address: address))
      }
      try next.close()
    }
  }

  @Test func `what the store may do later is told from what an input can cause`() async throws {
    try await withStore { store, path in
      #expect(store.isOwnTrouble(DatabaseError(resultCode: .SQLITE_FULL)))
      #expect(store.isOwnTrouble(DatabaseError(resultCode: .SQLITE_BUSY_SNAPSHOT)))
      #expect(store.isOwnTrouble(StoreFault.closed))
      for other in [DatabaseError(resultCode: .SQLITE_CONSTRAINT_UNIQUE), .init(resultCode: .SQLITE_TOOBIG)] {
        #expect(!store.isOwnTrouble(other))
      }
      #expect(!store.isOwnTrouble(StoreFault.unreadable("x")) && !store.isOwnTrouble(Fault("x")))
      // Another process holds the file longer than we wait: no fault of the message.
      try store.close()
      do {
        _ = try await store.receive([Samples.draft("a")], advancing: nil)
        Issue.record("a closed store took a message")
      } catch {
        #expect(store.isOwnTrouble(error), "\(error)")
      }
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

  @Test func `a backup is for its owner alone, and what belongs beside it is named in its manifest`() async throws {
    try await withStore { store, path in
      _ = try await StoreSteps.open(store)
      let folder = path + "-backups"
      let secret = Data("rahasia".utf8)
      let manifest = try await store.backup(to: folder, at: Samples.morning, companions: [("secret", secret)])
      func mode(_ path: String) throws -> Int? {
        (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue
      }
      #expect(try mode(folder) == 0o700)
      let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      #expect(names.count == 3)
      for name in names { #expect(try mode("\(folder)/\(name)") == 0o600, "\(name)") }
      let companion = try #require(manifest.companions?.first)
      let place = "\(folder)/\(manifest.file).manifest.json"
      var placed: [String] = []
      _ = try await SQLiteDeskStore.restore(from: place, to: path + "-restored") { promised in
        #expect(!FileManager.default.fileExists(atPath: path + "-restored"), "the database is in its place last")
        placed = (promised.companions ?? []).map(\.file)
      }
      #expect(placed == [companion.file])
      #expect(try mode(path + "-restored") == 0o600)
      try Data("lain".utf8).write(to: URL(fileURLWithPath: "\(folder)/\(companion.file)"))
      await #expect(throws: StoreFault.self) { try await SQLiteDeskStore.restore(from: place, to: path + "-again") }
      try FileManager.default.removeItem(atPath: "\(folder)/\(companion.file)")
      await #expect(throws: StoreFault.self) { try await SQLiteDeskStore.restore(from: place, to: path + "-again") }
    }
  }

  @Test func `a place that is refused leaves no database behind`() async throws {
    try await withStore { store, path in
      _ = try await StoreSteps.open(store)
      let manifest = try await store.backup(to: path + "-backups", at: Samples.morning)
      await #expect(throws: CancellationError.self) {
        try await SQLiteDeskStore.restore(
          from: "\(path)-backups/\(manifest.file).manifest.json", to: path + "-restored"
        ) { _ in throw CancellationError() }
      }
      let folder = (path as NSString).deletingLastPathComponent
      #expect(try !FileManager.default.contentsOfDirectory(atPath: folder).contains { $0.contains("restor") })
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

  static func give(
    _ command: TicketCommand, on ticket: Ticket, by performer: Performer = Samples.budi, _ store: any DeskStore
  ) async throws -> Ticket {
    let commit = try Samples.deciding(command, on: ticket, by: performer, at: Samples.morning)
    try #require(try await store.commit(commit) == .committed)
    return commit.after
  }

  /// A requester who disputed, was told no, and wrote once more when the ticket was closed.
  static func lateWords(_ store: any DeskStore) async throws -> Ticket {
    let requester = Performer(party: .requester)
    let check = CheckResult(
      problem: "Situs mati", domain: DomainName("sukamaju.desa.id"), category: .notReachable,
      authority: .contactOnRecord)
    let declined = AnalysisDecision(cause: "sebab", way: .declined(reason: "bukan wewenang"))
    var ticket = try await open(store)
    ticket = try await give(.recordCheck(check), on: ticket, store)
    ticket = try await give(.recordAnalysis(declined), on: ticket, store)
    ticket = try await give(.sendAnswer(Answer(text: "Sudah.", outcome: .solved)), on: ticket, store)
    let letter = try #require(ticket.answerUnderWay)
    ticket = try await give(.recordAnswerAccepted(channel: .email, letter: letter), on: ticket, by: .machine, store)
    ticket = try await give(.dispute(reason: "Tetap tumbang"), on: ticket, by: requester, store)
    ticket = try await give(.close(reason: "uji"), on: ticket, by: Samples.sari, store)
    let words = IncomingMessage(channel: .email, text: "Masih mati.")
    return try await give(.receiveFromRequester(words), on: ticket, by: requester, store)
  }

  /// The database as the version before `3-late-words` left it.
  static func makeOlder(_ path: String) async throws {
    let queue = try DatabaseQueue(path: path)
    try await queue.write { db in
      try db.execute(
        sql: """
          DROP TRIGGER tickets_changed;
          UPDATE tickets SET unread = 0 WHERE closure IS NOT NULL;
          CREATE TRIGGER tickets_changed AFTER UPDATE ON tickets WHEN false BEGIN SELECT 1; END;
          DELETE FROM counts WHERE key = 'wrote-after-closing';
          DROP INDEX tickets_wrote;
          ALTER TABLE tickets DROP COLUMN escalated_at;
          DROP TABLE rebuilds;
          INSERT INTO search (search) VALUES ('delete-all');
          DELETE FROM grdb_migrations WHERE identifier = '3-late-words';
          """)
    }
    try queue.close()
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
