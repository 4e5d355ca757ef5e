import Desk
import DeskTesting
import SOP
import Testing
import Townsfolk

@Suite struct HandlingTests {
  @Test func `fifty commands at one ticket at once are all carried out`() async throws {
    let house = House()
    let number = try await house.complain()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<50 {
        group.addTask { try await house.give(.addNote(text: "catatan \(index)"), to: number) }
      }
      try await group.waitForAll()
    }
    let history = try await house.store.history(of: number)
    #expect(history.map { $0.sequence } == Array(1...52))
    #expect(
      Set(
        history.compactMap { recorded -> String? in
          guard case .noteAdded(let message) = recorded.event else { return nil }
          return message.text
        }
      ).count == 50)
  }

  @Test func `a refusal is logged with its code and writes nothing`() async throws {
    let house = House()
    let number = try await house.complain()
    let before = try await house.store.history(of: number)
    await #expect(throws: Rejection.self) { try await house.give(.confirm, to: number, by: .requester) }
    #expect(try await house.store.history(of: number) == before)
    let last = try #require(try await house.store.commandLog(of: number, after: nil, limit: 1).first)
    #expect(last.command == "confirm" && last.refusal == "wrong_stage" && last.by.party == .requester)
  }

  @Test func `a page that is out of date changes nothing`() async throws {
    let house = House()
    let number = try await house.complain()
    let seen = try await house.ticket(number).version
    try await house.give(.addNote(text: "lebih dulu"), to: number)
    await #expect(throws: Rejection.changedMeanwhile) {
      try await house.handling.perform(
        .recordCheck(.usual), on: number, by: Town.someone(of: .team), expecting: seen)
    }
    #expect(try await house.ticket(number).stage == .check)
  }

  @Test func `a ticket that does not exist takes no command`() async throws {
    let nobody = try #require(TicketNumber(month: 202_611, running: 9))
    await #expect(throws: NoSuchTicket.self) { try await House().give(.addNote(text: "x"), to: nobody) }
  }

  @Test func `letters wait until the address is proven, then all of them go`() async throws {
    let house = House()
    let number = try await house.submit()
    try await house.give(.writeToRequester(text: "Halo."), to: number)
    try await house.post()
    #expect(house.sender.sent.map { $0.kind } == ["proof"])
    #expect(try await house.line("message", of: number).state == .held)
    try await house.give(.proveAddress(email: House.kades), to: number, by: .requester)
    try await house.post()
    #expect(Set(house.sender.sent.map { $0.kind }) == ["proof", "receipt", "message"])
  }

  @Test func `the first command after a hand-in asks for no second proof`() async throws {
    let house = House()
    let number = try await house.submit()
    try await house.give(.addNote(text: "x"), to: number)
    try await house.give(.assign(Town.budi), to: number)
    #expect(try await house.store.letters(of: number).count { $0.letter.kind == "proof" } == 1)
  }

  @Test func `a requester without an address gets no letter and may be answered on the page`() async throws {
    let house = House()
    let number = try await house.submit(email: nil)
    try await house.give(.recordCheck(.usual), to: number)
    try await house.give(.recordAnalysis(.declined), to: number)
    try await house.give(.sendAnswer(.usual), to: number)
    #expect(try await house.ticket(number).stage == .confirmation)
    #expect(try await house.store.letters(of: number).isEmpty)
  }

  @Test func `every supervisor who works here gets a lapse notice under an id of its own`() async throws {
    let house = House()
    for (id, disabled) in [("dewi", false), ("hendra", false), ("lama", true)] {
      let account = Account(
        id: id, userName: id, name: id, email: "\(id)@domain.example", role: .supervisor,
        disabledAt: disabled ? House.start : nil)
      #expect(try await house.store.save(account, expecting: nil))
    }
    let number = try await house.complain()
    house.clock.advance(seconds: 600)
    try await house.clockwork.strike()
    let notices = try await house.store.letters(of: number).map { $0.letter }.filter { $0.kind == "lapseNotice" }
    #expect(notices.map { $0.recipient } == ["dewi@domain.example", "hendra@domain.example"])
    #expect(Set(notices.map { $0.id }).count == 2 && Set(notices.map { $0.messageID }).count == 2)
    for letter in notices {
      #expect(house.tokens.letterID(inMessageID: letter.messageID, mailbox: House.mailbox) == letter.id)
    }
  }

  @Test func `a letter goes to the complaint's address, whatever addresses the message names`() async throws {
    let house = House()
    let number = try await house.submit(proven: true)
    try await house.give(.writeToRequester(text: "Kirim ke jahat@lain.example"), to: number)
    try await house.post()
    #expect(Set(house.sender.sent.map { $0.recipient }) == [House.kades])
  }

  // MARK: Follow-ups

  private func duplicates(_ house: House) async throws -> (original: TicketNumber, duplicate: TicketNumber) {
    let original = try await house.inAnswer()
    let duplicate = try #require(try await house.receive(.complaint(from: "b@lain.example")).ticket)
    try await house.give(.recordCheck(.usual), to: duplicate)
    try await house.give(.recordAnalysis(.duplicate(of: original)), to: duplicate)
    try await house.followUps.runWaiting()
    return (original, duplicate)
  }

  @Test func `a duplicate gets the answer of its original`() async throws {
    let house = House()
    let (original, duplicate) = try await duplicates(house)
    try await house.give(.sendAnswer(.usual), to: original)
    try await house.post()
    try await house.post()
    #expect(try await house.ticket(duplicate).stage == .confirmation)
    #expect(house.sender.sent.count { $0.kind == "answerOfOriginal" && $0.recipient == "b@lain.example" } == 1)
    #expect(try await house.store.followUps(limit: 9).isEmpty)
  }

  @Test func `follow-ups carried out by two at once change nothing twice`() async throws {
    let house = House()
    let (original, duplicate) = try await duplicates(house)
    try await house.give(.sendAnswer(.usual), to: original)
    try await house.dispatcher.sendWaiting()
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<8 { group.addTask { try await house.followUps.runWaiting() } }
      try await group.waitForAll()
    }
    try await house.post()
    let events = try await house.store.history(of: duplicate).count { recorded in
      if case .answerSent = recorded.event { true } else { false }
    }
    #expect(events == 1)
  }

  @Test func `a duplicate that is decided a second time is answered although its original knows it`() async throws {
    let house = House()
    let (original, duplicate) = try await duplicates(house)
    try await house.give(.returnToAnalysis(reason: "lihat lagi"), to: duplicate)
    try await house.give(.sendAnswer(.usual), to: original)
    try await house.post()
    #expect(try await house.ticket(duplicate).stage == .analysis)
    // The link says nothing new to the original, but its answer is ordered by it.
    try await house.give(.recordAnalysis(.duplicate(of: original)), to: duplicate)
    try await house.post()
    try await house.post()
    #expect(try await house.ticket(duplicate).stage == .confirmation)
    #expect(try await house.store.followUps(limit: 9).isEmpty)
  }

  @Test func `duplicates that wait for each other in a circle are refused, and the refusal is logged`() async throws {
    let house = House()
    var numbers: [TicketNumber] = []
    for name in ["a", "b", "c", "d"] {
      let number = try #require(try await house.receive(.complaint(from: "\(name)@lain.example")).ticket)
      try await house.give(.recordCheck(.usual), to: number)
      numbers.append(number)
    }
    try await house.give(.recordAnalysis(.duplicate(of: numbers[1])), to: numbers[0])
    try await house.give(.recordAnalysis(.duplicate(of: numbers[2])), to: numbers[1])
    await #expect(throws: Rejection.duplicateCircle(numbers[0])) {
      try await house.give(.recordAnalysis(.duplicate(of: numbers[0])), to: numbers[2])
    }
    let entry = try await house.store.commandLog(of: numbers[2], after: nil, limit: 1).first
    #expect(entry?.refusal == "duplicate_circle")
    #expect(try await house.ticket(numbers[2]).stage == .analysis)
    // A chain that ends is none, and one that was cut is none any more.
    try await house.give(.recordAnalysis(.duplicate(of: numbers[0])), to: numbers[3])
    try await house.give(.returnToAnalysis(reason: "bukan duplikat"), to: numbers[1])
    try await house.give(.recordAnalysis(.duplicate(of: numbers[0])), to: numbers[2])
  }

  // MARK: Addresses

  private let new = "kaur.umum@sukamaju.desa.id"

  @Test func `what was held for a mistyped address goes to the right one, once its holder has proven it`() async throws
  {
    let house = House()
    let number = try await house.submit(email: "salah@sukamaju.desa.id")
    try await house.give(.changeAddress(email: new, reason: ""), to: number, by: .requester)
    try await house.post()
    #expect(house.sender.sent.map { $0.kind } == ["proof", "proof"])
    let proof = try #require(house.sender.sent.first { $0.recipient == new })
    #expect(proof.text.contains(house.tokens.proofCode(number, email: new)))
    #expect(house.tokens.letterID(inMessageID: proof.messageID, mailbox: House.mailbox) == proof.id)
    try await house.give(.proveAddress(email: new), to: number, by: .requester)
    try await house.post()
    #expect(house.sender.sent.last?.kind == "receipt" && house.sender.sent.last?.recipient == new)
    #expect(house.sender.sent.filter { $0.recipient == "salah@sukamaju.desa.id" }.map { $0.kind } == ["proof"])
  }

  @Test func `the former address is told, and nothing else goes there any more`() async throws {
    let house = House()
    let number = try await house.complain()
    try await house.post()
    try await house.give(.changeAddress(email: new, reason: "surel lama tidak aktif"), to: number)
    try await house.give(.writeToRequester(text: "Halo."), to: number)
    try await house.post()
    #expect(house.sender.sent.filter { $0.recipient == House.kades }.map { $0.kind } == ["receipt", "addressNotice"])
    #expect(house.sender.sent.filter { $0.recipient == new }.map { $0.kind } == ["proof"])
    #expect(try await house.store.summary(number)?.requesterEmail == new)
  }

  @Test func `proofs are rationed however they are asked for, and a refusal changes nothing`() async throws {
    let house = House()
    let number = try await house.submit()
    for _ in 0..<4 { try await house.give(.resendProof, to: number, by: .requester) }
    let version = try await house.ticket(number).version
    await #expect(throws: Rejection.proofRationed) { try await house.give(.resendProof, to: number, by: .requester) }
    #expect(try await house.ticket(number).version == version)
    let other = try await house.submit(email: new)
    await #expect(throws: Rejection.proofRationed) {
      try await house.give(.changeAddress(email: House.kades, reason: "a"), to: other)
    }
    #expect(try await house.ticket(other).complaint.requester.email == new)
    house.clock.advance(seconds: 3_600)
    try await house.give(.resendProof, to: number, by: .requester)
    #expect(try await house.store.letters(of: number).count { $0.letter.kind == "proof" } == 6)
  }

  @Test func `an escalation stands also when no supervisor can be mailed, and the page can ask`() async throws {
    let house = House()
    let number = try await house.complain()
    try await house.give(.escalate(reason: "rumit"), to: number)
    #expect(try await !house.handling.supervisorsCanBeMailed())
    #expect(try await house.store.summary(number)?.escalatedAt == House.start)
    let account = Account(id: "dewi", userName: "dewi", name: "Dewi", email: "dewi@domain.example", role: .supervisor)
    #expect(try await house.store.save(account, expecting: nil))
    #expect(try await house.handling.supervisorsCanBeMailed())
    try await house.give(.assign(Town.budi), to: number, by: .supervisor)
    #expect(try await house.store.summary(number)?.escalatedAt == nil)
  }

  @Test func `a follow-up that says nothing new is dropped`() async throws {
    let house = House()
    let number = try await house.inConfirmation()
    let answer = try await house.line("answer", of: number)
    let version = try await house.ticket(number).version
    // The same word again, as after a crash between the commit and the end of the follow-up.
    try await house.store.recordLate(
      .delivered, detail: "sampai", letter: answer.letter.id,
      followUp: FollowUp(ticket: number, command: .recordAnswerAccepted(channel: .email, letter: answer.letter.id)),
      now: house.clock.now())
    #expect(try await house.store.followUps(limit: 9).count == 1)
    #expect(try await house.followUps.runWaiting() == 0)
    #expect(try await house.store.followUps(limit: 9).isEmpty)
    #expect(try await house.ticket(number).version == version)
  }

  @Test func `a follow-up that fails holds up no other and stays`() async throws {
    let memory = MemoryStore()
    let store = FaultyStore(memory)
    let house = House(store: store)
    let broken = try await house.answering()
    let healthy = try #require(try await house.receive(.complaint(from: "b@lain.example")).ticket)
    try await house.give(.recordCheck(.usual), to: healthy)
    try await house.give(.recordAnalysis(.declined), to: healthy)
    try await house.give(.sendAnswer(.usual), to: healthy)
    try await house.dispatcher.sendWaiting()
    store.breakTicket(broken)
    #expect(try await house.followUps.runWaiting() == 1)
    #expect(try await house.ticket(healthy).stage == .confirmation)
    store.breakTicket(nil)
    #expect(try await house.followUps.runWaiting() == 0)
    #expect(try await house.ticket(broken).stage == .confirmation)
  }
}
