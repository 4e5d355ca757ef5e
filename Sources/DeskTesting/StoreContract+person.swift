import Desk
import Foundation
import SOP
import Testing

/// What a person decides at the ledger.
extension StoreContract {
  static let person: [StoreContract] = [
    StoreContract("a row that is part of a ticket, waits or is none is not replayed") { store in
      for kind in InboundOutcome.Kind.allCases {
        _ = try await store.receive([Samples.draft(kind.rawValue)], advancing: nil)
        #expect(try await store.replay(kind.rawValue, by: Samples.sari, now: Samples.morning) == false)
        let ticket = try await open(store)
        let settlement = Samples.settlement(kind.rawValue, kind, ticket: ticket.number)
        #expect(try await store.settle(settlement, now: Samples.morning))
        let isInTicket = [.opened, .appended, .registryReply].contains(kind)
        #expect(try await store.replay(kind.rawValue, by: Samples.sari, now: Samples.morning) == !isInTicket)
        #expect(try await store.inbound(kind.rawValue)?.outcome?.kind == (isInTicket ? kind : nil))
        #expect(try await store.replay(kind.rawValue, by: Samples.sari, now: Samples.morning) == false)
      }
      #expect(try await store.replay("nobody", by: Samples.sari, now: Samples.morning) == false)
    },
    StoreContract("of a replay and a ticket at the same time one is refused") { store in
      for index in 0..<20 {
        let id = "row-\(index)"
        _ = try await store.receive([Samples.draft(id)], advancing: nil)
        #expect(try await store.settle(Samples.settlement(id, .automatic), now: Samples.morning))
        let number = try await store.nextNumber(month: 202611)
        let opening = try Samples.opening(
          number, settlement: Samples.settlement(id, .opened, ticket: number, overrules: true))
        async let opened = store.commit(opening)
        async let replayed = store.replay(id, by: Samples.sari, now: Samples.morning)
        // Opened last, it takes the waiting row; opened first, the row is in a ticket.
        #expect(try await opened == .committed)
        _ = try await replayed
        #expect(try await store.inbound(id)?.outcome?.ticket == number)
      }
      #expect(try await store.takeWaiting(limit: 99, now: Samples.morning).isEmpty)
    },
    StoreContract("a person overrules what was taken for a machine's mail, and nothing else") { store in
      for kind in InboundOutcome.Kind.allCases {
        let id = kind.rawValue
        _ = try await store.receive([Samples.draft(id)], advancing: nil)
        let old = try await open(store).number
        #expect(try await store.settle(Samples.settlement(id, kind, ticket: old), now: Samples.morning))
        let number = try await store.nextNumber(month: 202611)
        let plain = try Samples.opening(number, settlement: Samples.settlement(id, .opened, ticket: number))
        let mayPlainly = kind == .quarantined
        #expect(try await store.commit(plain) == (mayPlainly ? .committed : .duplicate(of: old)))
        if mayPlainly { continue }
        let overruling = try Samples.opening(
          number, settlement: Samples.settlement(id, .opened, ticket: number, overrules: true))
        let may = [.automatic, .bounce, .discarded].contains(kind)
        #expect(try await store.commit(overruling) == (may ? .committed : .duplicate(of: old)))
        #expect(try await store.inbound(id)?.outcome?.kind == (may ? .opened : kind))
      }
    },
    StoreContract("the bytes of a row that came without them are filled in, of no other") { store in
      func draft(_ id: String, trouble: String?) -> InboundDraft {
        InboundDraft(
          id: id, source: .imap, key: "imap/\(id)", receivedAt: Samples.morning, raw: Data(), trouble: trouble)
      }
      _ = try await store.receive(
        [draft("a", trouble: "not_fetched"), draft("b", trouble: nil), draft("c", trouble: "not_fetched")],
        advancing: nil)
      let whole = Data("From: a\r\n\r\nisi".utf8)
      #expect(try await store.refill("a", raw: whole) == false, "it still waits")
      for id in ["a", "b"] {
        #expect(try await store.settle(Samples.settlement(id, .quarantined), now: Samples.morning))
      }
      #expect(try await store.refill("a", raw: whole))
      #expect(try await store.refill("a", raw: Data()) == false, "it is whole")
      for id in ["b", "c", "nobody"] { #expect(try await store.refill(id, raw: whole) == false) }
      let item = try #require(try await store.inbound("a"))
      #expect(item.raw == whole && item.trouble == nil && item.key == "imap/a")
      #expect(item.outcome?.kind == .quarantined)
      let sizes = try await store.inboundPage(outcome: nil, after: nil, limit: 9).map { $0.size }
      #expect(sizes == [0, 0, whole.count])
    },
  ]
}
