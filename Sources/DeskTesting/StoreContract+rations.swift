import Desk
import SOP
import Testing

/// First letters and what they cost.
extension StoreContract {
  private static func limit(_ key: String, _ uses: Int, per seconds: Int64 = 3_600) -> Ration.Limit {
    Ration.Limit(key: key, uses: uses, seconds: seconds, code: "ration_\(key)")
  }

  /// Opens a ticket whose receipt costs one use of each limit; returns the receipt's id.
  private static func open(
    _ store: any DeskStore, costing limits: [Ration.Limit], at now: Instant = Samples.morning
  ) async throws -> String {
    let number = try await store.nextNumber(month: 202611)
    let letter = Samples.letter("\(number).1", of: number, at: now)
    let commit = try Samples.opening(
      number, Samples.complaint(at: now), at: now, letters: [letter],
      ration: Ration(letters: [letter.id], limits: limits))
    try #require(try await store.commit(commit) == .committed)
    return letter.id
  }

  static let rations: [StoreContract] = [
    StoreContract("a letter without room in one window is withheld, names it, and costs none of the others") { store in
      let limits = [limit("alamat", 9), limit("domain", 2)]
      var ids: [String] = []
      for _ in 0..<4 { ids.append(try await open(store, costing: limits)) }
      let lines = try await store.outboxPage(state: .withheld, after: nil, limit: 9)
      #expect(lines.map { $0.letter.id } == [ids[3], ids[2]])
      #expect(lines.allSatisfy { $0.detail == "ration_domain" && $0.nextAttemptAt == nil })
      // Two uses were counted at the address: seven are left.
      for _ in 0..<7 { #expect(try await store.allow("alamat", limit: 9, per: 3_600, now: Samples.morning)) }
      #expect(try await store.allow("alamat", limit: 9, per: 3_600, now: Samples.morning) == false)
      #expect(
        try await store.claim(limit: 9, now: Samples.morning, lease: 60).map { $0.letter.id }
          == ids.prefix(2).map { $0 })
    },
    StoreContract("a commit that failed, or a message that is a duplicate, has cost nothing") { store in
      let limits = [limit("alamat", 2)]
      _ = try await store.receive([Samples.draft("a"), Samples.draft("b")], advancing: nil)
      func opening(_ row: String, _ number: TicketNumber) throws -> Commit {
        let letter = Samples.letter("\(number).1", of: number)
        return try Samples.opening(
          number, letters: [letter], settlement: Samples.settlement(row, .opened, ticket: number, fingerprint: "f"),
          ration: Ration(letters: [letter.id], limits: limits))
      }
      let number = try await store.nextNumber(month: 202611)
      #expect(try await store.commit(opening("a", number)) == .committed)
      // The same row again, the other copy of the same message, a number that is taken.
      let next = try await store.nextNumber(month: 202611)
      for row in ["a", "b", "a"] { #expect(try await store.commit(opening(row, next)) == .duplicate(of: number)) }
      let taken = try Samples.opening(
        number, letters: [Samples.letter("x", of: number)], ration: Ration(letters: ["x"], limits: limits))
      #expect(try await store.commit(taken) == .numberTaken)
      #expect(try await store.allow("alamat", limit: 2, per: 3_600, now: Samples.morning))
      #expect(try await store.allow("alamat", limit: 2, per: 3_600, now: Samples.morning) == false)
    },
    StoreContract("of many letters at the same time as many go as there is room") { store in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<30 {
          group.addTask {
            while true {
              let number = try await store.nextNumber(month: 202611)
              let letter = Samples.letter("\(number).1", of: number)
              let commit = try Samples.opening(
                number, letters: [letter], ration: Ration(letters: [letter.id], limits: [limit("semua", 7)]))
              if try await store.commit(commit) == .committed { return }
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(try await store.outboxCounts() == [.queued: 7, .withheld: 23])
    },
    StoreContract("a withheld letter is queued when there is room again, once, and counted") { store in
      let limits = [limit("alamat", 1)]
      _ = try await open(store, costing: limits)
      let second = try await open(store, costing: limits)
      let third = try await open(store, costing: limits)
      #expect(try await store.release(second, within: limits, now: Samples.morning.adding(seconds: 10)) == false)
      let later = Samples.morning.adding(seconds: 3_600)
      #expect(try await store.release(second, within: limits, now: later))
      #expect(try await store.release(second, within: [], now: later) == false, "it is queued already")
      #expect(try await store.release(third, within: limits, now: later) == false)
      #expect(try await store.release("nobody", within: [], now: later) == false)
      let line = try #require(try await store.letter(second))
      #expect(line.state == .queued && line.nextAttemptAt == later && line.changedAt == later && line.detail == nil)
      #expect(try await store.letter(third)?.detail == "ration_alamat")
      let log = try await store.commandLog(of: line.letter.ticket, after: nil, limit: 9)
      #expect(log.first?.command == "releaseLetter" && log.first?.by == .machine)
    },
  ]
}
