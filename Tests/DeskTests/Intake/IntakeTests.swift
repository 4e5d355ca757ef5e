import Desk
import DeskTesting
import Foundation
import SOP
import Testing
import Townsfolk

@Suite struct IntakeTests {
  // MARK: Receipts

  private func receipts(_ house: House) async throws -> [LetterState] {
    var states: [LetterState] = []
    for summary in try await house.store.queue(.all, after: nil, limit: 1_000).sorted(by: { $0.number < $1.number }) {
      states.append(try await house.line("receipt", of: summary.number).state)
    }
    return states
  }

  @Test func `an address nobody verified gets one receipt an hour and five a day`() async throws {
    let house = House()
    for _ in 0..<7 {
      try await house.receive(.complaint())
      try await house.receive(.complaint())
      house.clock.advance(seconds: 3_600)
    }
    let states = try await receipts(house)
    #expect(states.count == 14)
    #expect(states.enumerated().allSatisfy { $0.offset % 2 == 0 || $0.element == .withheld })
    #expect(states.count { $0 == .queued } == 5)
  }

  @Test func `a domain gets twenty receipts an hour, everyone together two hundred`() async throws {
    let house = House()
    for index in 0..<21 { try await house.receive(.complaint(from: "orang\(index)@banjir.example")) }
    #expect(try await receipts(house).count { $0 == .queued } == 20)
    for index in 0..<200 { try await house.receive(.complaint(from: "warga@desa\(index).example")) }
    let states = try await receipts(house)
    #expect(states.count == 221)
    #expect(states.count { $0 == .queued } <= 200 && states.count { $0 == .withheld } >= 21)
  }

  @Test func `a flood at a public mail provider does not silence everyone else there`() async throws {
    let house = House()
    for index in 0..<40 { try await house.receive(.complaint(from: "orang\(index)@gmail.com")) }
    #expect(try await receipts(house).count { $0 == .queued } == 40)
    for index in 40..<150 { try await house.receive(.complaint(from: "orang\(index)@gmail.com")) }
    #expect(try await receipts(house).count { $0 == .queued } == 100)
    try await house.receive(.complaint(from: "warga@lain.example"))
    #expect(try await receipts(house).last == .queued)
  }

  @Test func `a contact on record and a proven address are told of every complaint`() async throws {
    let house = House()
    try await house.store.save(
      Institution(
        id: "1", name: "Desa Sukamaju", kind: .village, domains: [Town.sukamaju.domain],
        contacts: ["sekdes@sukamaju.example"]))
    let number = try await house.complain()
    try await house.receive(.from(House.kades, "Tambahan.", to: house.replyAddress(number)))
    for sender in [House.kades, "sekdes@sukamaju.example"] {
      for _ in 0..<8 { try await house.receive(.complaint(from: sender)) }
    }
    #expect(try await receipts(house).allSatisfy { $0 == .queued })
    // Anyone can write their address into a From: it is no way to send them hundreds of letters either.
    for _ in 0..<80 { try await house.receive(.complaint(from: House.kades)) }
    #expect(try await receipts(house).count { $0 == .queued } < 40)
  }

  @Test func `a receipt that could not be written has cost nothing of the ration`() async throws {
    let store = FaultyStore(MemoryStore())
    let house = House(store: store)
    let id = try await house.deliver(.complaint())
    store.fillDisk(true)
    await #expect(throws: FaultyStore.DiskFull.self) { try await house.intake.takeWaiting() }
    await #expect(throws: FaultyStore.DiskFull.self) { try await house.intake.takeWaiting() }
    store.fillDisk(false)
    try await house.intake.takeWaiting()
    let number = try #require(try await store.inbound(id)?.outcome?.ticket)
    #expect(try await house.line("receipt", of: number).state == .queued)
  }

  @Test func `a receipt holds nothing the sender chose`() async throws {
    let house = House()
    let number = try #require(
      try await house.receive(
        .from("korban@lain.example", name: "KLIK http://jahat.example", subject: "HADIAH ANDA", "Klik di sini")
      ).ticket)
    let letter = try await house.line("receipt", of: number).letter
    let whole = [letter.subject, letter.text, letter.html ?? "", letter.recipientName ?? ""].joined(separator: "\n")
    for word in ["KLIK", "jahat", "HADIAH", "Klik"] { #expect(!whole.contains(word)) }
    #expect(letter.recipientName == nil && letter.automatic)
  }

  @Test func `proof letters to one address are rationed`() async throws {
    let house = House()
    var states: [LetterState] = []
    for _ in 0..<7 { states.append(try await house.line("proof", of: house.submit()).state) }
    #expect(states == Array(repeating: .queued, count: 5) + [.withheld, .withheld])
  }

  // MARK: Order, poison, crashes

  @Test func `mails of one sender are taken in the order they came`() async throws {
    let house = House()
    let number = try await house.complain()
    for index in 0..<40 { try await house.deliver(.from(House.kades, "\(index)", to: house.replyAddress(number))) }
    try await house.intake.takeWaiting()
    let texts = try await house.store.history(of: number).compactMap { recorded -> String? in
      guard case .requesterWrote(let message) = recorded.event else { return nil }
      return message.text
    }
    #expect(texts == (0..<40).map { "\($0)" })
  }

  @Test func `a mail that killed the process twice is set aside unread, and the next ones are taken`() async throws {
    let house = House()
    let poison = try await house.deliver(.complaint())
    // Three times a process takes it and dies before it is settled: once it might have been another.
    for _ in 0..<3 { _ = try await house.store.takeWaiting(limit: 1, now: house.clock.now()) }
    let healthy = try await house.deliver(.complaint(from: "sehat@lain.example"))
    try await house.intake.takeWaiting()
    #expect(try await house.store.inbound(poison)?.outcome?.reasons == ["crashed_twice"])
    #expect(house.reader.timesRead(poison) == 0)
    #expect(try await house.store.inbound(healthy)?.outcome?.kind == .opened)
  }

  @Test func `what the store could not do is not counted against the message`() async throws {
    let store = FaultyStore(MemoryStore())
    let house = House(store: store)
    var ids: [String] = []
    for index in 0..<5 { ids.append(try await house.deliver(.complaint(from: "w\(index)@lain.example"))) }
    store.fillDisk(true)
    for _ in 0..<6 {
      await #expect(throws: FaultyStore.DiskFull.self) { try await house.intake.takeWaiting() }
    }
    store.fillDisk(false)
    try await house.intake.takeWaiting()
    for id in ids { #expect(try await store.inbound(id)?.outcome?.kind == .opened) }
    #expect(try await store.inboundPage(outcome: nil, after: nil, limit: 9).allSatisfy { $0.attempts == 1 })
  }

  @Test func `a message that fails twice is set aside, and who wrote what is seen there`() async throws {
    let store = FaultyStore(MemoryStore())
    let house = House(store: store)
    try await house.deliver(.complaint())
    store.refuseCommits(true)
    for _ in 0..<2 { try await house.intake.takeWaiting() }
    let line = try #require(try await store.inboundPage(outcome: .quarantined, after: nil, limit: 1).first)
    #expect(line.outcome?.reasons == ["failed_twice"])
    #expect(line.sender == House.kades && line.subject == "Website desa mati")
    store.refuseCommits(false)
    #expect(try await house.receive(.complaint()).kind == .opened, "another copy is no duplicate of it")
  }

  @Test func `a row taken up before comes alone`() async throws {
    let house = House()
    let first = try await house.deliver(.complaint())
    _ = try await house.store.takeWaiting(limit: 1, now: house.clock.now())
    try await house.deliver(.complaint(from: "b@lain.example"))
    #expect(try await house.store.takeWaiting(limit: 10, now: house.clock.now()).map { $0.id } == [first])
  }

  @Test func `a stop of the server ends no message half way and sets none aside`() async throws {
    let house = House()
    var ids: [String] = []
    for index in 0..<50 { ids.append(try await house.deliver(.complaint(from: "w\(index)@lain.example"))) }
    let taking = Task { try await house.intake.takeWaiting() }
    taking.cancel()
    _ = try? await taking.value
    try await house.intake.takeWaiting()
    for id in ids { #expect(try await house.store.inbound(id)?.outcome?.kind == .opened) }
  }

  // MARK: Forms

  @Test func `one hand-in sent twice is one ticket`() async throws {
    let house = House()
    let first = try await house.intake.submit(.usual(), source: .web, key: "web/1")
    let second = try await house.intake.submit(.usual(text: "diketik ulang"), source: .web, key: "web/1")
    #expect(first == second && first.kind == .opened)
    #expect(try await house.tickets() == 1)
  }

  @Test func `a hand-in that could not be taken is gone on with at once`() async throws {
    let store = FaultyStore(MemoryStore())
    let house = House(store: store)
    let loop = Task { try await house.intake.run() }
    // The loop has looked and sleeps.
    try await Task.sleep(for: .milliseconds(50))
    store.refuseCommits(true)
    await #expect(throws: Fault.self) { try await house.intake.submit(.usual(), source: .web, key: "web/1") }
    store.refuseCommits(false)
    try await eventually("the form became a ticket") { try await house.tickets() == 1 }
    loop.cancel()
    _ = try? await loop.value
  }

  @Test func `a form and the service loop at one row end once, and both know the ticket`() async throws {
    for _ in 0..<20 {
      let house = House()
      let taken = try await withThrowingTaskGroup(of: Intake.Taken?.self) { group in
        for _ in 0..<4 { group.addTask { try await house.intake.submit(.usual(), source: .web, key: "web/1") } }
        group.addTask {
          try await house.intake.takeWaiting()
          return nil
        }
        return try await group.reduce(into: [Intake.Taken]()) { if let taken = $1 { $0.append(taken) } }
      }
      #expect(Set(taken.map { $0.ticket }).count == 1 && taken.allSatisfy { $0.kind == .opened })
      #expect(try await house.tickets() == 1)
      #expect(try await house.store.outboxPage(state: nil, after: nil, limit: 99).count == 2)
    }
  }

  @Test func `a text beyond its limit is refused before it is kept, and the corrected one is taken`() async throws {
    let house = House()
    let long = String(repeating: "a", count: 5_000)
    for submission in [
      WebSubmission.usual(name: long), .usual(email: "\(long)@x.example"),
      .usual(text: long + String(repeating: long, count: 20)),
    ] {
      await #expect(throws: Rejection.self) {
        try await house.intake.submit(submission, source: .web, key: "web/1")
      }
    }
    #expect(try await house.store.inboundPage(outcome: nil, after: nil, limit: 9).isEmpty)
    let taken = try await house.intake.submit(.usual(), source: .web, key: "web/1")
    #expect(taken.kind == .opened)
  }

  @Test func `a stored row the procedure refuses or nobody can read is set aside with its reason`() async throws {
    let house = House()
    var long = WebSubmission.usual()
    long.requester.phone = String(repeating: "0", count: 500)
    for (id, raw, reason) in [
      ("1", try JSONEncoder().encode(long), "refused_text_too_long"), ("2", Data("{".utf8), "unreadable"),
    ] {
      let draft = InboundDraft(id: id, source: .api, key: nil, receivedAt: house.clock.now(), raw: raw)
      _ = try await house.store.receive([draft], advancing: nil)
      let taken = try await house.intake.take(id)
      #expect(taken.kind == .quarantined && taken.reasons == [reason])
    }
  }

  @Test(arguments: ["ꦲꦏ", "名前", "a\u{0301}", "\u{0600}<", "\r\n"])
  func `a mail with the longest names and subjects still becomes a ticket`(piece: String) async throws {
    let house = House()
    let long = String(repeating: piece, count: 5_000)
    let taken = try await house.receive(.from("a@lain.example", name: long, subject: long, "x" + long + long + long))
    #expect(taken.kind == .opened)
  }

  @Test func `an officer's note of a call opens a ticket in the officer's name`() async throws {
    let house = House()
    var call = WebSubmission.usual(email: nil)
    call.channel = .telephone
    call.enteredBy = Town.budi
    let number = try #require(try await house.intake.submit(call, source: .officer, key: nil).ticket)
    let first = try #require(try await house.store.history(of: number).first)
    #expect(first.by.account == "budi" && first.by.party == .team)
    #expect(try await house.store.letters(of: number).isEmpty)
  }
}
