import Desk
import DeskTesting
import Foundation
import GRDB
import SOP
import SQLiteStore
import Testing

/// One row that cannot be read back stops nobody else, and `verify` names it.
@Suite struct UnreadableRowTests {
  private func damage(_ path: String, _ sql: String) async throws {
    let queue = try DatabaseQueue(path: path)
    try await queue.write { db in try db.execute(sql: sql) }
    try queue.close()
  }

  private func problems(_ store: SQLiteDeskStore) async throws -> [String] {
    try await store.verify().problems.filter { $0.contains("unreadable") }
  }

  @Test func `a follow-up nobody can read holds up none of the others`() async throws {
    try await withStore { store, path in
      let ticket = try await StoreSteps.open(store)
      let healthy = FollowUp(ticket: ticket.number, command: .recordLetterFailed(letter: "x", reason: "550"))
      let json = String(decoding: try JSONEncoder().encode(healthy), as: UTF8.self)
      try await damage(
        path,
        """
        INSERT INTO followups (ticket, followup) VALUES ('\(ticket.number)', '{"torn'), ('\(ticket.number)', '{}'),
          ('\(ticket.number)', '\(json)'), ('\(ticket.number)', '{"command":{"laterCommand":{}},"ticket":"x"}'),
          ('\(ticket.number)', '\(json)')
        """)
      #expect(try await store.followUps(limit: 9).map { $0.followUp } == [healthy, healthy])
      #expect(try await store.followUps(limit: 1).map { $0.id } == [3])
      #expect(try await problems(store).count == 3)
    }
  }

  @Test func `a letter nobody can read has failed, and the others are claimed`() async throws {
    try await withStore { store, path in
      for index in 0..<4 {
        let number = try await store.nextNumber(month: 202611)
        let letter = Samples.letter("\(number).1", of: number, at: Samples.morning.adding(seconds: Int64(index)))
        #expect(try await store.commit(Samples.opening(number, letters: [letter])) == .committed)
      }
      try await damage(path, "UPDATE outbox SET letter = '{}' WHERE place IN (1, 3)")
      let now = Samples.morning.adding(seconds: 60)
      #expect(try await store.claim(limit: 1, now: now, lease: 60).count == 1)
      let claimed = try await store.claim(limit: 16, now: now, lease: 60)
      #expect(claimed.count == 1)
      #expect(try await store.outboxCounts() == [.failed: 2, .sending: 2])
      #expect(try await store.earliestLetter() == nil, "nothing is looked at again and again")
      #expect(try await store.outboxPage(state: nil, after: nil, limit: 9).count == 2)
      #expect(try await problems(store).count == 2)
      // A lease is given up also when its letter cannot be read.
      try await damage(path, "UPDATE outbox SET letter = 'x'")
      #expect(try await store.claim(limit: 16, now: now.adding(seconds: 60), lease: 60).isEmpty)
      #expect(try await store.outboxCounts() == [.failed: 2, .uncertain: 2])
    }
  }

  @Test func `people, tickets and messages are listed without the one that is torn`() async throws {
    try await withStore { store, path in
      for id in ["a", "b"] {
        #expect(try await store.save(Account(id: id, userName: id, name: id, role: .supervisor), expecting: nil))
        try await store.save(Institution(id: id, name: id, kind: .village, domains: [], contacts: []))
        try await store.save(APIToken(digest: id, name: id, role: .officer, createdAt: Samples.morning))
        _ = try await StoreSteps.open(store)
      }
      _ = try await store.receive(["a", "b"].map { Samples.draft($0) }, advancing: nil)
      try await damage(
        path,
        """
        UPDATE accounts SET account = '{}' WHERE id = 'a'; UPDATE institutions SET institution = '[]' WHERE id = 'a';
        UPDATE api_tokens SET token = '' WHERE digest = 'a'; UPDATE inbound SET source = 'pigeon' WHERE id = 'a';
        UPDATE tickets SET channel = 'pigeon' WHERE number = (SELECT min(number) FROM tickets);
        UPDATE commands SET performer = 'x' WHERE id = 1; INSERT INTO settings VALUES ('x', '{', 'sari', 1);
        """)
      #expect(try await store.accounts().map { $0.id } == ["b"])
      #expect(try await store.institutions(matching: nil, limit: 9).map { $0.id } == ["b"])
      #expect(try await store.apiTokens().map { $0.digest } == ["b"])
      #expect(try await store.queue(.all, after: nil, limit: 9).count == 1)
      #expect(try await store.search("website", after: nil, limit: 9).count == 1)
      #expect(try await store.commandLog(of: nil, after: nil, limit: 9).count == 1)
      #expect(try await store.inboundPage(outcome: nil, after: nil, limit: 9).map { $0.id } == ["b"])
      #expect(try await store.takeWaiting(limit: 9, now: Samples.morning).map { $0.id } == ["b"])
      let named = try await problems(store).joined(separator: "\n")
      for place in ["accounts a", "institutions a", "api_tokens a", "inbound a", "channel", "commands 1", "settings x"]
      {
        #expect(named.contains(place), "\(place) in \(named)")
      }
    }
  }

  @Test func `a file that an event names and nobody has is found`() async throws {
    try await withStore { store, path in
      var complaint = Samples.complaint()
      complaint.attachments = [Attachment(fileName: "a.png", contentType: "image/png", size: 1, sha256: "ab")]
      let number = try await store.nextNumber(month: 202611)
      let files = [StoredFile(sha256: "ab", bytes: Data([1]))]
      #expect(try await store.commit(Samples.opening(number, complaint, files: files)) == .committed)
      #expect(try await store.verify().isSound)
      try await damage(path, "DELETE FROM files")
      #expect(try await store.verify().problems.contains { $0.contains("file ab is not there") })
    }
  }
}
