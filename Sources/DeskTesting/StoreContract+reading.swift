public import Desk
import SOP
import Testing

extension StoreContract {
  static let reading: [StoreContract] = [
    StoreContract("a queue is in the order of due instants, and its pages hold still while tickets come in") { store in
      var opened: [Ticket] = []
      for index in 0..<7 {
        opened.append(try await open(store, at: Samples.morning.adding(seconds: Int64(index * 60))))
      }
      let first = try await store.queue(.all, after: nil, limit: 3)
      #expect(first.map { $0.number } == opened.prefix(3).map { $0.number })
      // One that is due before all others arrives between two pages: nothing is shown twice or passed over.
      _ = try await open(store, at: Samples.morning.adding(seconds: -600))
      let last = try #require(first.last)
      let rest = try await store.queue(
        .all, after: QueueCursor(due: last.order, number: last.number.description), limit: 10)
      #expect(rest.map { $0.number } == opened.dropFirst(3).map { $0.number })
    },
    StoreContract("what changed after an event is told, each ticket as it is now") { store in
      #expect(try await store.lastEvent() == 0)
      let first = try await open(store)
      let begun = try await store.lastEvent()
      #expect(begun == Int64(first.version))
      let second = try await open(store)
      let noted = try await deliver(.addNote(text: "x"), on: first, store)
      let moved = try await deliver(.recordCheck(check()), on: noted, store)
      var seen: [TicketChange] = []
      var last = begun
      while true {
        let page = try await store.changes(after: last, limit: 2)
        if page.last == last { break }
        (last, seen) = (page.last, seen + page.tickets)
      }
      #expect(last == Int64(second.version + moved.version))
      #expect(try await store.lastEvent() == last)
      #expect(Set(seen.map { $0.number }) == [first.number, second.number])
      for change in seen where change.number == first.number {
        #expect(change == TicketChange(number: first.number, version: moved.version, stage: .analysis))
      }
      #expect(try await store.changes(after: last, limit: 9).tickets.isEmpty)
    },
    StoreContract("equal due instants page by number without loss") { store in
      for _ in 0..<10 { _ = try await open(store) }
      var seen: [TicketNumber] = []
      var cursor: QueueCursor?
      for _ in 0..<10 {
        let page = try await store.queue(.free, after: cursor, limit: 3)
        guard let last = page.last else { break }
        seen += page.map { $0.number }
        cursor = QueueCursor(due: last.order, number: last.number.description)
      }
      #expect(seen.count == 10)
      #expect(Set(seen).count == 10)
    },
    StoreContract("every view holds the tickets its name says, and counts agree with the views") { store in
      for seed in 1...29 { try await wander(store, seed: UInt64(seed)) }
      let spam = try await deliver(.close(reason: "uji"), on: try await open(store), by: Samples.sari, store)
      let late = IncomingMessage(channel: .email, text: "Masih mati.")
      _ = try await deliver(.receiveFromRequester(late), on: spam, by: Performer(party: .requester), store)
      #expect(try await store.queue(.wroteAfterClosing, after: nil, limit: 100).contains { $0.number == spam.number })
      let counts = try await store.counts(holder: "budi")
      let views: [(QueueView, Int)] = [
        (.mine(account: "budi"), counts.mine), (.free, counts.free), (.all, counts.all),
        (.waitingForRequester, counts.waitingForRequester), (.atRegistry, counts.atRegistry),
        (.lapsed, counts.lapsed), (.closed, counts.closed), (.wroteAfterClosing, counts.wroteAfterClosing),
      ]
      let summaries = try await store.queue(.all, after: nil, limit: 100) + store.queue(.closed, after: nil, limit: 100)
      #expect(summaries.count == 30)
      for (view, count) in views + Stage.allCases.map({ (.stage($0), counts.byStage[$0] ?? 0) }) {
        let held = try await store.queue(view, after: nil, limit: 100)
        #expect(held.count == count, "\(view)")
        let expected = summaries.filter { MemoryStore.holds(view, $0) }.map { $0.number }
        #expect(Set(held.map { $0.number }) == Set(expected), "\(view)")
        #expect(held.map { $0.order } == held.map { $0.order }.sorted(), "\(view)")
      }
      for summary in summaries {
        let history = try await store.history(of: summary.number)
        let ticket = try #require(Ticket(number: summary.number, events: history))
        let last = try #require(history.last)
        #expect(summary == TicketSummary(of: ticket, changedAt: last.at))
      }
      #expect(try await store.counts(holder: nil).mine == 0)
    },
    StoreContract("closed tickets are newest first") { store in
      let tickets = [try await open(store), try await open(store), try await open(store)]
      for (index, ticket) in tickets.enumerated() {
        _ = try await deliver(
          .close(reason: "uji"), on: ticket, by: Samples.sari,
          at: Samples.morning.adding(seconds: Int64(index)), store)
      }
      let closed = try await store.queue(.closed, after: nil, limit: 9).map { $0.number }
      #expect(closed == tickets.reversed().map { $0.number })
      #expect(try await store.queue(.all, after: nil, limit: 9).isEmpty)
    },
    StoreContract("tickets of a domain and open tickets of a requester are found, newest first") { store in
      let a = try await open(store, at: Samples.morning)
      let b = try await open(store, at: Samples.morning.adding(seconds: 5))
      _ = try await open(store, Samples.complaint(domain: "lain.go.id", email: "x@lain.go.id"))
      let domain = try #require(DomainName("sukamaju.desa.id"))
      #expect(try await store.tickets(ofDomain: domain, limit: 9).map { $0.number } == [b.number, a.number])
      #expect(try await store.tickets(ofDomain: domain, limit: 1).map { $0.number } == [b.number])
      _ = try await deliver(
        .close(reason: "uji"), on: b, by: Samples.sari, at: Samples.morning.adding(seconds: 9), store)
      let open = try await store.openTickets(ofRequester: "kades@sukamaju.desa.id", limit: 9)
      #expect(open.map { $0.number } == [a.number])
      #expect(try await store.tickets(ofDomain: domain, limit: 9).count == 2)
    },
  ]

  static let searching: [StoreContract] = [
    StoreContract("search finds words, beginnings of the last word, and parts of names, newest first") { store in
      let a = try await open(store, Samples.complaint(text: "Peladen NS1 tidak menjawab pertanyaan."))
      let b = try await open(
        store,
        Samples.complaint(text: "Sertifikat kedaluwarsa", domain: "pematangsiantar.go.id", email: "humas@kota.go.id"))
      func found(_ text: String) async throws -> [TicketNumber] {
        try await store.search(text, after: nil, limit: 9).map { $0.summary.number }
      }
      #expect(try await found("menjawab") == [a.number])
      #expect(try await found("MENJAWAB peladen") == [a.number])
      #expect(try await found("tidak perta") == [a.number])
      #expect(try await found("sukamaju.desa.id") == [a.number])
      #expect(try await found("maju") == [a.number])
      #expect(try await found("tangsian") == [b.number])
      #expect(try await found("humas@kota") == [b.number])
      #expect(try await found("situs mati") == [b.number, a.number])
      #expect(try await found("menjawab sertifikat") == [])
    },
    StoreContract("no text of a search is a command to the index") { store in
      let ticket = try await open(store, Samples.complaint(text: "satu dua"))
      for text in [
        "", " ", "\"", "\"satu", "satu\"*", "satu AND", "NOT satu", "NEAR(satu dua)", "text:satu", "^satu", "-satu",
        "(", "*", "satu OR 1=1;--", "\0", "\u{301}", "😀", "a\u{301}\u{202E}", "'", String(repeating: "x", count: 5_000),
        String(repeating: "satu ", count: 200),
      ] { _ = try await store.search(text, after: nil, limit: 5) }
      #expect(
        try await store.search("\"satu\" (dua)*", after: nil, limit: 5).map { $0.summary.number } == [ticket.number])
      #expect(try await store.search("satu", after: nil, limit: 0).isEmpty)
    },
    StoreContract("search pages continue, and later messages are found") { store in
      var tickets: [Ticket] = []
      for _ in 0..<5 { tickets.append(try await open(store)) }
      let first = try await store.search("website", after: nil, limit: 2)
      #expect(first.map { $0.summary.number } == [tickets[4].number, tickets[3].number])
      #expect(first.allSatisfy { !$0.excerpt.isEmpty })
      let next = try await store.search("website", after: first.last?.cursor, limit: 9)
      #expect(next.map { $0.summary.number } == [tickets[2], tickets[1], tickets[0]].map { $0.number })
      _ = try await deliver(.addNote(text: "Menunggu kuitansi"), on: tickets[0], store)
      #expect(try await store.search("kuitansi", after: nil, limit: 9).map { $0.summary.number } == [tickets[0].number])
    },
    StoreContract("what a requester says against an answer is found, and an address that was changed") { store in
      var ticket = try await open(store)
      for command in [
        TicketCommand.recordCheck(check()),
        .recordAnalysis(AnalysisDecision(cause: "sebab", way: .declined(reason: "bukan wewenang"))),
        .sendAnswer(Answer(text: "Sudah.", outcome: .solved)),
      ] { ticket = try await deliver(command, on: ticket, store) }
      let letter = try #require(ticket.answerUnderWay)
      ticket = try await deliver(
        .recordAnswerAccepted(channel: .email, letter: letter), on: ticket, by: .machine, store)
      ticket = try await deliver(
        .dispute(reason: "Tetap tumbang"), on: ticket, by: Performer(party: .requester), store)
      _ = try await deliver(.changeAddress(email: "kaur@wonosari.desa.id", reason: "pindah"), on: ticket, store)
      for words in ["tumbang", "wonosari", "kaur@wono"] {
        #expect(try await store.search(words, after: nil, limit: 9).map { $0.summary.number } == [ticket.number])
      }
    },
  ]

  /// A ticket on a way through the stages that the seed decides; what the procedure refuses is passed over.
  public static func wander(_ store: any DeskStore, seed: UInt64) async throws {
    var state = seed &* 0x9E37_79B9_7F4A_7C15
    func next(_ bound: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % bound
    }
    var now = Samples.morning
    var ticket = try await open(store)
    for _ in 0..<next(9) {
      now = now.adding(seconds: Int64(next(1_500)))
      let commands: [(TicketCommand, Performer)] = [
        (.recordCheck(check()), Samples.budi), (.noticeTime, .machine), (.askRequester(text: "Lengkapi"), Samples.budi),
        (.assign(Officer(account: "budi", name: "Budi Santoso")), Samples.sari), (.assign(nil), Samples.sari),
        (.override(to: .registry, reason: "uji"), Samples.sari), (.override(to: .answer, reason: "uji"), Samples.sari),
        (.close(reason: "uji"), Samples.sari), (.reopen(reason: "uji"), Samples.sari),
        (.pause(waitingFor: .registry, note: "menunggu"), Samples.budi), (.resume, Samples.budi),
        (.withdraw(reason: "batal"), Performer(party: .requester)), (.escalate(reason: "uji"), Samples.budi),
        (.receiveFromRequester(IncomingMessage(channel: .email, text: "halo")), Performer(party: .requester)),
        (.receiveFromRegistry(IncomingMessage(channel: .email, text: "halo")), Performer(party: .registry)),
        (.markRead, Samples.budi),
        (.changeAddress(email: "baru\(next(9))@sukamaju.desa.id", reason: "uji"), Samples.budi),
      ]
      let (command, performer) = commands[Int(next(UInt64(commands.count)))]
      guard let commit = try? Samples.deciding(command, on: ticket, by: performer, at: now) else { continue }
      try #require(try await store.commit(commit) == .committed)
      ticket = commit.after
    }
  }
}
