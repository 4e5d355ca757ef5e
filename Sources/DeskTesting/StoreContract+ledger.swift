import Desk
import Foundation
import SOP
import Testing

extension StoreContract {
  static let ledger: [StoreContract] = [
    StoreContract("what was received comes back byte for byte, oldest first") { store in
      let odd = InboundDraft(
        id: "a", source: .web, key: "web/1", receivedAt: Samples.morning, raw: Data([0, 0xFF, 13, 10]),
        trouble: "too large\0", files: [StoredFile(sha256: "ff", bytes: Data([7]))])
      let receipts = try await store.receive([odd, Samples.draft("b")], advancing: nil)
      #expect(receipts == [InboundReceipt(id: "a", isNew: true), InboundReceipt(id: "b", isNew: true)])
      #expect(try await store.file("ff") == Data([7]))
      let taken = try await store.takeWaiting(limit: 10, now: Samples.morning)
      #expect(taken.map { $0.id } == ["a", "b"])
      let first = try #require(taken.first)
      #expect(first.raw == odd.raw && first.trouble == odd.trouble && first.source == .web && first.outcome == nil)
      #expect(try await store.inbound("a") == first)
      #expect(try await store.inbound("c") == nil)
    },
    StoreContract("a key that is known is not written again: the receipt names the first row") { store in
      _ = try await store.receive([Samples.draft("a", key: "imap/1/7")], advancing: nil)
      let again = try await store.receive(
        [Samples.draft("b", key: "imap/1/7"), Samples.draft("c", key: "imap/1/8"), Samples.draft("d")],
        advancing: nil)
      #expect(again.map { $0.id } == ["a", "c", "d"])
      #expect(again.map { $0.isNew } == [false, true, true])
      #expect(try await store.takeWaiting(limit: 10, now: Samples.morning).count == 3)
    },
    StoreContract("the cursor of a mailbox moves with the rows, or not at all") { store in
      let cursor = MailboxCursor(mailbox: "INBOX", validity: 4_000_000_000, lastUID: 7)
      #expect(try await store.mailboxCursor("INBOX") == nil)
      _ = try await store.receive([Samples.draft("a")], advancing: cursor)
      #expect(try await store.mailboxCursor("INBOX") == cursor)
      let next = MailboxCursor(mailbox: "INBOX", validity: 4_000_000_000, lastUID: 9)
      // The same id with another content cannot be written: nothing of the call is.
      await #expect(throws: (any Error).self) {
        try await store.receive([Samples.draft("b"), Samples.draft("b")], advancing: next)
      }
      #expect(try await store.mailboxCursor("INBOX") == cursor)
      _ = try await store.receive([], advancing: next)
      #expect(try await store.mailboxCursor("INBOX") == next)
    },
    StoreContract("a row that was attempted before comes alone, counted") { store in
      _ = try await store.receive(["a", "b", "c"].map { Samples.draft($0) }, advancing: nil)
      #expect(try await store.takeWaiting(limit: 2, now: Samples.morning).map { $0.attempts } == [1, 1])
      #expect(try await settle(store, "b"))
      let second = try await store.takeWaiting(limit: 10, now: Samples.morning)
      #expect(second.map { $0.id } == ["a"])
      #expect(second.map { $0.attempts } == [2])
      #expect(try await settle(store, "a"))
      #expect(try await store.takeWaiting(limit: 10, now: Samples.morning).map { $0.id } == ["c"])
      #expect(try await settle(store, "c"))
      #expect(try await store.takeWaiting(limit: 10, now: Samples.morning).isEmpty)
    },
    StoreContract("one message is settled once; a second copy is a duplicate of the first one's ticket") { store in
      _ = try await store.receive(["a", "b", "c"].map { Samples.draft($0) }, advancing: nil)
      let number = try await store.nextNumber(month: 202611)
      let opening = try Samples.opening(
        number, settlement: Samples.settlement("a", .opened, ticket: number, fingerprint: "f"))
      #expect(try await store.commit(opening) == .committed)
      #expect(try await store.inbound("a")?.outcome?.kind == .opened)
      let other = try await store.nextNumber(month: 202611)
      let copy = try Samples.opening(
        other, settlement: Samples.settlement("b", .opened, ticket: other, fingerprint: "f"))
      #expect(try await store.commit(copy) == .duplicate(of: number))
      #expect(try await store.ticket(other) == nil)
      #expect(try await store.commandLog(of: other, after: nil, limit: 5).isEmpty)
      let outcome = try #require(try await store.inbound("b")?.outcome)
      #expect(outcome.kind == .duplicate && outcome.ticket == number)
      #expect(
        try await store.settle(Samples.settlement("c", .automatic, fingerprint: "f"), now: Samples.morning) == false)
      #expect(try await store.inbound("c")?.outcome?.kind == .duplicate)
      #expect(try await store.takeWaiting(limit: 10, now: Samples.morning).isEmpty)
    },
    StoreContract("of many copies settled at the same time exactly one opens a ticket") { store in
      let ids = (0..<20).map { "row-\($0)" }
      _ = try await store.receive(ids.map { Samples.draft($0) }, advancing: nil)
      let results = try await withThrowingTaskGroup(of: CommitResult.self) { group in
        for id in ids {
          group.addTask {
            let number = try await store.nextNumber(month: 202611)
            return try await store.commit(
              Samples.opening(
                number, settlement: Samples.settlement(id, .opened, ticket: number, fingerprint: "same")))
          }
        }
        return try await group.reduce(into: [CommitResult]()) { $0.append($1) }
      }
      #expect(results.count { $0 == .committed } == 1)
      #expect(try await store.counts(holder: nil).all == 1)
      #expect(try await store.inboundCounts() == [.opened: 1, .duplicate: 19])
    },
    StoreContract("a row that opened a ticket never opens another") { store in
      _ = try await store.receive([Samples.draft("a")], advancing: nil)
      let first = try await store.nextNumber(month: 202611)
      let second = try await store.nextNumber(month: 202611)
      let opening = try Samples.opening(first, settlement: Samples.settlement("a", .opened, ticket: first))
      #expect(try await store.commit(opening) == .committed)
      let again = try Samples.opening(second, settlement: Samples.settlement("a", .opened, ticket: second))
      #expect(try await store.commit(again) == .duplicate(of: first))
      #expect(try await store.ticket(second) == nil)
    },
    StoreContract("a row in quarantine can be put aside, and one that was can be replayed") { store in
      _ = try await store.receive([Samples.draft("a")], advancing: nil)
      _ = try await store.takeWaiting(limit: 1, now: Samples.morning)
      #expect(try await store.settle(Samples.settlement("a", .quarantined, fingerprint: "f"), now: Samples.morning))
      #expect(try await store.settle(Samples.settlement("a", .discarded, fingerprint: "f"), now: Samples.morning))
      #expect(try await store.settle(Samples.settlement("a", .automatic), now: Samples.morning) == false)
      #expect(try await store.inboundCounts() == [.discarded: 1])
      #expect(try await store.replay("a", by: Samples.sari, now: Samples.morning))
      #expect(try await store.inboundCounts().isEmpty)
      let again = try await store.takeWaiting(limit: 5, now: Samples.morning)
      #expect(again.map { $0.attempts } == [1])
      #expect(try await store.settle(Samples.settlement("a", .opened, fingerprint: "f"), now: Samples.morning))
    },
    StoreContract("rows are taken as long as they are small together, and a large one alone") { store in
      let part = InboundItem.batchBytes / 4
      let drafts = (1...6).map { index in
        InboundDraft(
          id: "\(index)", source: .imap, key: nil, receivedAt: Samples.morning,
          raw: Data(repeating: UInt8(index), count: index == 6 ? InboundItem.batchBytes + 1 : part))
      }
      _ = try await store.receive(drafts, advancing: nil)
      for expected in [["1", "2", "3", "4"], ["5"], ["6"]] {
        let taken = try await store.takeWaiting(limit: 128, now: Samples.morning)
        #expect(taken.map { $0.id } == expected)
        #expect(taken.map { $0.raw } == drafts.filter { expected.contains($0.id) }.map { $0.raw })
        for item in taken { #expect(try await settle(store, item.id)) }
      }
    },
    StoreContract("an attempt that is given back was none") { store in
      _ = try await store.receive(["a", "b"].map { Samples.draft($0) }, advancing: nil)
      _ = try await store.takeWaiting(limit: 2, now: Samples.morning)
      try await store.giveBack(["a", "b", "nobody"])
      #expect(try await store.takeWaiting(limit: 2, now: Samples.morning).map { $0.attempts } == [1, 1])
      try await store.giveBack(["a", "b"])
      try await store.giveBack(["a"])
      #expect(try await store.takeWaiting(limit: 2, now: Samples.morning).map { $0.attempts } == [1, 1])
    },
    StoreContract("settling what nobody received is an error") { store in
      await #expect(throws: (any Error).self) {
        try await store.settle(Samples.settlement("nobody", .automatic), now: Samples.morning)
      }
    },
    StoreContract("pages of the ledger are newest first and continue each other") { store in
      _ = try await store.receive((1...5).map { Samples.draft("row-\($0)", raw: "12345") }, advancing: nil)
      for id in ["row-1", "row-3", "row-5"] { #expect(try await settle(store, id)) }
      let page = try await store.inboundPage(outcome: nil, after: nil, limit: 2)
      #expect(page.map { $0.id } == ["row-5", "row-4"])
      #expect(page.map { $0.size } == [5, 5])
      #expect(page.first?.outcome?.reasons == ["because"])
      #expect(page.first?.subject == "Situs\0mati")
      #expect(
        try await store.inboundPage(outcome: nil, after: "row-4", limit: 9).map { $0.id } == [
          "row-3", "row-2", "row-1",
        ])
      #expect(
        try await store.inboundPage(outcome: .automatic, after: "row-5", limit: 9).map { $0.id } == ["row-3", "row-1"])
      #expect(try await store.inboundPage(outcome: .bounce, after: nil, limit: 9).isEmpty)
    },
  ]

  private static func settle(_ store: any DeskStore, _ id: String) async throws -> Bool {
    try await store.settle(Samples.settlement(id, .automatic), now: Samples.morning)
  }
}
