import Desk
import SOP
import Testing

extension StoreContract {
  static let outbox: [StoreContract] = [
    StoreContract("a letter is claimed when it is due, once, and ends as recorded") { store in
      let soon = Samples.morning.adding(seconds: 10)
      let letter = Samples.letter("a", of: nil, notBefore: soon)
      let ticket = try await open(store, letters: [letter])
      #expect(try await store.earliestLetter() == soon)
      #expect(try await store.claim(limit: 10, now: Samples.morning, lease: 60).isEmpty)
      let claims = try await store.claim(limit: 10, now: soon, lease: 60)
      #expect(claims.map { $0.letter } == [letter])
      #expect(claims.map { $0.attempt } == [1])
      #expect(try await store.earliestLetter() == nil)
      #expect(try await store.claim(limit: 10, now: soon, lease: 60).isEmpty)
      #expect(try await store.letter("a")?.state == .sending)
      let claim = try #require(claims.first)
      #expect(try await store.record(.accepted(detail: "250 ok\0"), for: claim, followUp: nil, now: soon))
      let line = try #require(try await store.letter("a"))
      #expect(line.state == .sent && line.detail == "250 ok\0" && line.attempts == 1 && line.changedAt == soon)
      #expect(try await store.record(.failed(detail: "late"), for: claim, followUp: nil, now: soon) == false)
      #expect(ticket.version > 0)
    },
    StoreContract("at the same time each letter is claimed by one sender only") { store in
      for index in 0..<30 { _ = try await open(store, letters: [Samples.letter("l\(index)", of: nil)]) }
      let ids = try await withThrowingTaskGroup(of: [String].self) { group in
        for _ in 0..<6 {
          group.addTask { try await store.claim(limit: 10, now: Samples.morning, lease: 60).map { $0.letter.id } }
        }
        return try await group.reduce(into: [String]()) { $0 += $1 }
      }
      #expect(ids.count == 30)
      #expect(Set(ids).count == 30)
    },
    StoreContract("a letter to be tried later comes again at its instant, counted") { store in
      _ = try await open(store, letters: [Samples.letter("a", of: nil)])
      let claim = try #require(try await store.claim(limit: 1, now: Samples.morning, lease: 60).first)
      let later = Samples.morning.adding(seconds: 300)
      #expect(try await store.record(.later(at: later, detail: "451"), for: claim, followUp: nil, now: Samples.morning))
      #expect(try await store.letter("a")?.nextAttemptAt == later)
      #expect(try await store.claim(limit: 1, now: later.adding(seconds: -1), lease: 60).isEmpty)
      #expect(try await store.claim(limit: 1, now: later, lease: 60).map { $0.attempt } == [2])
    },
    StoreContract("a lease that ran out makes the letter uncertain, and its holder is told nothing counts") { store in
      _ = try await open(store, letters: [Samples.letter("a", of: nil)])
      let claim = try #require(try await store.claim(limit: 1, now: Samples.morning, lease: 60).first)
      #expect(try await store.claim(limit: 1, now: Samples.morning.adding(seconds: 59), lease: 60).isEmpty)
      #expect(try await store.letter("a")?.state == .sending)
      let late = Samples.morning.adding(seconds: 60)
      #expect(try await store.claim(limit: 1, now: late, lease: 60).isEmpty)
      #expect(try await store.letter("a")?.state == .uncertain)
      let order = FollowUpSample.letterFailed("a", of: try #require(TicketNumber(month: 202611, running: 1)))
      #expect(try await store.record(.accepted(detail: "250"), for: claim, followUp: order, now: late) == false)
      #expect(try await store.followUps(limit: 5).isEmpty, "it is no ticket's letter")
      #expect(try await store.sendAgain("a", by: Samples.budi, now: late))
      let again = try #require(try await store.claim(limit: 1, now: late, lease: 60).first)
      #expect(again.lease != claim.lease && again.attempt == 1)
      #expect(try await store.record(.accepted(detail: "250"), for: claim, followUp: nil, now: late) == false)
      #expect(try await store.record(.accepted(detail: "250"), for: again, followUp: nil, now: late))
    },
    StoreContract("the ticket of every letter whose lease ran out is told, with the letter, once") { store in
      var letters: [OutboxLetter] = []
      for index in 0..<120 {
        let number = try await store.nextNumber(month: 202611)
        let letter = Samples.letter("\(number).1", of: number, kind: index % 2 == 0 ? "answer" : "handoff")
        let commit = try Samples.opening(number, letters: [letter])
        try #require(try await store.commit(commit) == .committed)
        letters.append(letter)
      }
      #expect(try await store.claim(limit: 200, now: Samples.morning, lease: 60).count == 120)
      let late = Samples.morning.adding(seconds: 60)
      for _ in 0..<2 { #expect(try await store.claim(limit: 9, now: late, lease: 60).isEmpty) }
      let told = try await store.followUps(limit: 500).map { $0.followUp }
      #expect(told == letters.compactMap { Dispatcher.followUp(for: $0, after: .uncertain(detail: "lease_expired")) })
      #expect(told.count == 120)
    },
    StoreContract("held letters wait for the proof of the address and go with it") { store in
      var complaint = Samples.complaint()
      complaint.channel = .web
      let ticket = try await open(store, complaint, letters: [])
      let held = try Samples.deciding(
        .addNote(text: "x"), on: ticket, by: Samples.budi, at: Samples.morning,
        letters: [
          Samples.letter("h", of: ticket.number, state: .held),
          Samples.letter("w", of: ticket.number, state: .withheld),
        ])
      #expect(try await store.commit(held) == .committed)
      #expect(try await store.claim(limit: 9, now: Samples.morning, lease: 60).isEmpty)
      #expect(try await store.earliestLetter() == nil)
      _ = try await deliver(
        .proveAddress(email: "kades@sukamaju.desa.id"), on: held.after, by: Performer(party: .requester), store)
      #expect(try await store.claim(limit: 9, now: Samples.morning, lease: 60).map { $0.letter.id } == ["h"])
      #expect(try await store.letter("w")?.state == .withheld)
    },
    StoreContract("letters held for an address wait for the one that took its place; what went out stays as it was") {
      store in
      let letters = [Samples.letter("h", of: nil, state: .held), Samples.letter("q", of: nil, state: .queued)]
      let ticket = try await open(store, letters: letters)
      let held = try Samples.deciding(
        .addNote(text: "x"), on: ticket, by: Samples.budi, at: Samples.morning,
        letters: ["mine", "sent"].map {
          Samples.letter($0, of: ticket.number, state: $0 == "mine" ? .held : .queued)
        })
      #expect(try await store.commit(held) == .committed)
      let changed = try await deliver(
        .changeAddress(email: "baru@sukamaju.desa.id", reason: "salah ketik"), on: held.after, store)
      let line = try #require(try await store.letter("mine"))
      #expect(line.state == .held && line.letter.recipient == "baru@sukamaju.desa.id")
      #expect(line.letter.text == "Aduan diterima." && line.letter.messageID == "mine@sigap.test")
      for id in ["h", "q", "sent"] {
        #expect(try await store.letter(id)?.letter.recipient == "kades@sukamaju.desa.id")
      }
      _ = try await deliver(
        .proveAddress(email: "baru@sukamaju.desa.id"), on: changed, by: Performer(party: .requester), store)
      #expect(try await store.letter("mine")?.state == .queued)
    },
    StoreContract("word that comes late moves a letter forward only") { store in
      _ = try await open(store, letters: [Samples.letter("a", of: nil), Samples.letter("b", of: nil)])
      for claim in try await store.claim(limit: 2, now: Samples.morning, lease: 60) {
        #expect(try await store.record(.accepted(detail: "250"), for: claim, followUp: nil, now: Samples.morning))
      }
      let order = FollowUpSample.letterFailed("a", of: try #require(TicketNumber(month: 202611, running: 1)))
      try await store.recordLate(.failed, detail: "5.1.1", letter: "a", followUp: order, now: Samples.morning)
      #expect(try await store.letter("a")?.state == .failed)
      #expect(try await store.followUps(limit: 5).count == 1)
      try await store.recordLate(.sent, detail: "x", letter: "a", followUp: order, now: Samples.morning)
      try await store.recordLate(.failed, detail: "x", letter: "a", followUp: order, now: Samples.morning)
      #expect(try await store.letter("a")?.detail == "5.1.1")
      #expect(try await store.followUps(limit: 5).count == 1)
      try await store.recordLate(.delivered, detail: "ok", letter: "b", followUp: nil, now: Samples.morning)
      #expect(try await store.letter("b")?.state == .delivered)
      try await store.recordLate(.delivered, detail: "ok", letter: "unknown", followUp: nil, now: Samples.morning)
    },
    StoreContract("only letters that failed, are uncertain or withheld are sent again") { store in
      let states: [LetterState] = [.held, .queued, .withheld]
      _ = try await open(store, letters: states.map { Samples.letter($0.rawValue, of: nil, state: $0) })
      #expect(try await store.sendAgain("held", by: Samples.budi, now: Samples.morning) == false)
      #expect(try await store.sendAgain("queued", by: Samples.budi, now: Samples.morning) == false)
      #expect(try await store.sendAgain("nobody", by: Samples.budi, now: Samples.morning) == false)
      #expect(try await store.sendAgain("withheld", by: Samples.budi, now: Samples.morning))
      let claims = try await store.claim(limit: 9, now: Samples.morning, lease: 60)
      #expect(Set(claims.map { $0.letter.id }) == ["queued", "withheld"])
      for claim in claims {
        #expect(try await store.record(.failed(detail: "550"), for: claim, followUp: nil, now: Samples.morning))
      }
      #expect(try await store.sendAgain("queued", by: Samples.budi, now: Samples.morning))
      #expect(try await store.commandLog(of: nil, after: nil, limit: 1).first?.command == "sendAgain")
    },
    StoreContract("pages and counts of the outbox follow the states") { store in
      _ = try await open(store, letters: (1...5).map { Samples.letter("l\($0)", of: nil) })
      let claims = try await store.claim(limit: 2, now: Samples.morning, lease: 60)
      #expect(claims.map { $0.letter.id } == ["l1", "l2"])
      #expect(try await store.outboxCounts() == [.sending: 2, .queued: 3])
      #expect(try await store.outboxPage(state: nil, after: nil, limit: 2).map { $0.letter.id } == ["l5", "l4"])
      #expect(try await store.outboxPage(state: nil, after: "l4", limit: 9).map { $0.letter.id } == ["l3", "l2", "l1"])
      #expect(try await store.outboxPage(state: .sending, after: nil, limit: 9).map { $0.letter.id } == ["l2", "l1"])
      #expect(try await store.outboxPage(state: .sent, after: nil, limit: 9).isEmpty)
    },
  ]
}
