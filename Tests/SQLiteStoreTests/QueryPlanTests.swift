import Desk
import DeskTesting
import Foundation
import GRDB
import SOP
import Synchronization
import Testing

@testable import SQLiteStore

/// What is asked all day long finds its rows by an index, whatever the database holds: the plans of the statements that
/// the store really runs.
@Suite struct QueryPlanTests {
  /// The plans of everything the store asks while `work` runs, under the words of each statement.
  private func plans(of work: (SQLiteDeskStore) async throws -> Void) async throws -> [String: [String]] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sigap-plans-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "sigap.sqlite").path
    let heard = Mutex<Set<String>>([])
    let store = try SQLiteDeskStore(
      path: path, onDiskFailure: { _ in },
      preparing: { db in
        db.trace(options: .statement) { event in
          if case .statement(let statement) = event { heard.withLock { _ = $0.insert(statement.expandedSQL) } }
        }
      })
    heard.withLock { $0 = [] }
    try await work(store)
    try store.close()
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    return try await queue.read { db in
      var plans: [String: [String]] = [:]
      for sql in heard.withLock({ $0 }).sorted() where ["SELECT", "UPDATE", "DELETE"].contains(sql.prefix(6)) {
        plans[sql] = try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + sql).map { $0["detail"] as String }
      }
      return plans
    }
  }

  private static let small: Set<String> = ["SCAN accounts", "SCAN settings", "SCAN limits"]

  private func expectNoScan(_ plans: [String: [String]], at least: Int) {
    #expect(plans.count >= least, "\(plans.keys.sorted())")
    for (sql, plan) in plans {
      for step in plan where step.utf8.starts(with: "SCAN ".utf8) || step.contains("TEMP B-TREE") {
        // A scan of an index made for the question walks its few rows, in order, and stops at the limit.
        let isPartialIndex = step.contains("USING INDEX") || step.contains("USING COVERING INDEX")
        let isAllowed = QueryPlanTests.small.contains(step) || step == "SCAN CONSTANT ROW" || isPartialIndex
        #expect(isAllowed && !step.utf8.starts(with: "SCAN tickets".utf8), "\(step): \(sql)")
      }
    }
  }

  @Test func `counts and queue pages never scan the tickets`() async throws {
    let plans = try await plans { store in
      let after = QueueCursor(due: 5, number: "ADU-202611-00001-X")
      let views: [QueueView] =
        [.mine(account: "budi"), .free, .all, .waitingForRequester, .atRegistry, .lapsed, .closed, .wroteAfterClosing]
        + Stage.allCases.map { .stage($0) }
      for view in views {
        _ = try await store.queue(view, after: nil, limit: 50)
        _ = try await store.queue(view, after: after, limit: 50)
      }
      _ = try await store.counts(holder: "budi")
      _ = try await store.dueTickets(at: Samples.morning, limit: 9)
      _ = try await store.earliestDue()
      let domain = try #require(DomainName("sukamaju.desa.id"))
      _ = try await store.tickets(ofDomain: domain, limit: 9)
      _ = try await store.openTickets(ofRequester: "kades@sukamaju.desa.id", limit: 9)
      _ = try await store.summary(try #require(TicketNumber(month: 202611, running: 1)))
    }
    expectNoScan(plans, at: 30)
  }

  @Test func `a complaint on its way in, its letters out and its reading walk no table`() async throws {
    let plans = try await plans { store in
      _ = try await store.receive([Samples.draft("a", key: "k")], advancing: nil)
      _ = try await store.takeWaiting(limit: 128, now: Samples.morning)
      let number = try await store.nextNumber(month: 202611)
      let letter = Samples.letter("\(number).1", of: number)
      let limit = Ration.Limit(key: "x", uses: 1, seconds: 60, code: "x")
      let opening = try Samples.opening(
        number, letters: [letter], settlement: Samples.settlement("a", .opened, ticket: number, fingerprint: "f"),
        ration: Ration(letters: [letter.id], limits: [limit]))
      try #require(try await store.commit(opening) == .committed)
      let claim = try #require(try await store.claim(limit: 16, now: Samples.morning, lease: 60).first)
      _ = try await store.record(.accepted(detail: "250"), for: claim, followUp: nil, now: Samples.morning)
      _ = try await store.earliestLetter()
      _ = try await store.outboxPage(state: .withheld, after: letter.id, limit: 9)
      _ = try await store.outboxCounts()
      _ = try await store.letters(of: number)
      _ = try await store.followUps(limit: 64)
      _ = try await store.isKnown(address: "kades@sukamaju.desa.id")
      _ = try await store.changes(after: 0, limit: 9)
      _ = try await store.lastEvent()
      _ = try await store.history(of: number)
      _ = try await store.commandLog(of: number, after: nil, limit: 9)
      _ = try await store.inboundPage(outcome: .quarantined, after: nil, limit: 9)
      _ = try await store.inboundCounts()
    }
    expectNoScan(plans.filter { !$0.key.contains("FROM followups ORDER BY id") }, at: 30)
  }
}
