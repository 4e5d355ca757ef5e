import Desk
import DeskTesting
import SOP
import Synchronization
import Testing
import Townsfolk

@Suite struct DispatcherTests {
  private let later = DeliveryError(retry: .later, code: "451", detail: "greylisted")
  private let never = DeliveryError(retry: .never, code: "550", detail: "no such user")
  private let uncertain = DeliveryError(retry: .uncertain, code: "timeout", detail: "after the last byte")

  @Test func `row 6 begins when the channel accepted the answer, not before`() async throws {
    let house = House()
    let number = try await house.answering()
    #expect(try await house.ticket(number).stage == .answer)
    try await house.post()
    #expect(try await house.ticket(number).stage == .confirmation)
    #expect(try await house.line("answer", of: number).detail == "250 2.0.0 kept")
  }

  @Test func `a temporary failure is tried again at growing distances and fails in the end`() async throws {
    let house = House()
    let number = try await house.answering()
    house.sender.fail(recipient: House.kades, later)
    var distances: [Int64] = []
    while let next = try await house.dispatcher.sendWaiting() {
      distances.append(next.seconds(since: house.clock.now()))
      house.clock.set(next)
      try #require(distances.count < 30)
    }
    #expect(distances == [30, 120, 600, 1_800, 3_600, 14_400, 28_800, 86_400, 86_400])
    #expect(try await house.line("answer", of: number).state == .failed)
    try await house.followUps.runWaiting()
    #expect(try await house.ticket(number).answerFailure == "451 greylisted")
    #expect(try await house.ticket(number).stage == .answer)
  }

  @Test func `a letter that can never arrive fails at once and its ticket is told`() async throws {
    let house = House()
    let number = try await house.complain()
    house.sender.fail(recipient: House.kades, never)
    try await house.post()
    let line = try await house.line("receipt", of: number)
    #expect(line.state == .failed && line.attempts == 1)
    guard case .letterFailed(let letter, let reason)? = try await house.store.history(of: number).last?.event else {
      Issue.record("the ticket was not told")
      return
    }
    #expect(letter == line.letter.id && reason == "550 no such user")
  }

  @Test func `a letter that may have arrived is never sent again by itself`() async throws {
    let house = House()
    let number = try await house.answering()
    let waiting = house.sender.sent.count
    house.sender.failNext(uncertain, uncertain)
    try await house.post()
    house.clock.advance(seconds: 7 * 86_400)
    try await house.post()
    #expect(house.sender.sent.count == waiting)
    #expect(try await house.line("answer", of: number).state == .uncertain)
    #expect(try await house.ticket(number).answerFailure != nil)
    let budi = Town.someone(of: .team)
    #expect(
      try await house.store.sendAgain(house.line("answer", of: number).letter.id, by: budi, now: house.clock.now()))
    let id = try await house.line("answer", of: number).letter.messageID
    try await house.post()
    #expect(house.sender.sent.last?.messageID == id)
    // And it ends row 5, as it would have the first time.
    let ticket = try await house.ticket(number)
    #expect(ticket.stage == .confirmation && ticket.answerFailure == nil)
  }

  @Test func `an answer nobody knew the end of ends row 5 when word comes that it was sent`() async throws {
    let slow = SlowSender()
    let house = House()
    let number = try await house.answering()
    let dispatcher = Dispatcher(store: house.store, sender: slow, clock: house.clock, bells: house.bells)
    let sending = Task { try await dispatcher.sendWaiting() }
    try await eventually("begun") { slow.begun >= 1 }
    house.clock.advance(seconds: 200)
    try await house.post()
    #expect(try await house.ticket(number).answerFailure == "lease_expired")
    slow.finish()
    _ = try await sending.value
    try await house.followUps.runWaiting()
    #expect(try await house.line("answer", of: number).state == .sent)
    #expect(try await house.ticket(number).stage == .confirmation)
  }

  @Test func `a process that died while sending leaves an uncertain answer, and its ticket hears of it`() async throws {
    let house = House()
    let number = try await house.answering()
    // Claimed by a process that then dies.
    let lost = try await house.store.claim(limit: 9, now: house.clock.now(), lease: 180)
    #expect(lost.contains { $0.letter.kind == "answer" })
    let next = try await house.dispatcher.sendWaiting()
    #expect(next == house.clock.now().adding(seconds: 180))
    house.clock.advance(seconds: 180)
    try await house.post()
    #expect(house.sender.sent.isEmpty)
    #expect(try await house.line("answer", of: number).state == .uncertain)
    let ticket = try await house.ticket(number)
    #expect(ticket.answerUnderWay == nil && ticket.answerFailure == "lease_expired")
    let version = ticket.version
    try await house.post()
    #expect(try await house.ticket(number).version == version)
  }

  @Test func `whatever letter a process died with, its ticket hears of it`() async throws {
    let house = House()
    let number = try await house.atRegistry()
    try await house.give(.askRequester(text: "Mohon surat."), to: try await house.inAnalysis())
    let lost = try await house.store.claim(limit: 99, now: house.clock.now(), lease: 180)
    #expect(Set(lost.map { $0.letter.kind }) == ["receipt", "handoff", "question"])
    house.clock.advance(seconds: 180)
    try await house.post()
    var told: Set<String> = []
    for ticket in Set(lost.compactMap { $0.letter.ticket }) {
      for recorded in try await house.store.history(of: ticket) {
        if case .letterFailed(let letter, let reason) = recorded.event, reason == "lease_expired" {
          told.insert(letter)
        }
      }
    }
    #expect(told == Set(lost.map { $0.letter.id }))
    #expect(try await house.line("handoff", of: number).state == .uncertain)
  }

  @Test func `a recipient whose server hangs holds up nobody else, also not who comes later`() async throws {
    let house = House()
    let hanging = HangingSender(for: "lambat@lain.example")
    let dispatcher = Dispatcher(store: house.store, sender: hanging, clock: house.clock, bells: house.bells)
    let loop = Task { try await dispatcher.run() }
    try await house.receive(.complaint(from: "lambat@lain.example"))
    try await eventually("it hangs") { hanging.isHanging }
    for round in 0..<3 {
      for index in 0..<20 { try await house.deliver(.complaint(from: "w@desa\(round)-\(index).example")) }
      try await house.intake.takeWaiting()
      try await eventually("the others are sent") { hanging.sent == (round + 1) * 20 }
    }
    #expect(try await house.store.outboxCounts() == [.sending: 1, .sent: 60])
    hanging.finish()
    try await eventually("all are sent") { try await house.store.outboxCounts() == [.sent: 61] }
    loop.cancel()
    _ = try? await loop.value
  }

  @Test func `a letter accepted after its lease was lost is known as sent`() async throws {
    let slow = SlowSender()
    let house = House()
    let number = try await house.complain()
    let dispatcher = Dispatcher(store: house.store, sender: slow, clock: house.clock, bells: house.bells)
    let sending = Task { try await dispatcher.sendWaiting() }
    try await eventually("begun") { slow.begun == 1 }
    house.clock.advance(seconds: 200)
    try await house.dispatcher.sendWaiting()
    #expect(try await house.line("receipt", of: number).state == .uncertain)
    slow.finish()
    _ = try await sending.value
    #expect(try await house.line("receipt", of: number).state == .sent)
    #expect(house.sender.sent.isEmpty)
  }

  @Test func `a stop of the server lets a letter that has begun be finished and kept`() async throws {
    let slow = SlowSender()
    let house = House()
    let number = try await house.complain()
    let dispatcher = Dispatcher(store: house.store, sender: slow, clock: house.clock, bells: house.bells)
    let sending = Task { try await dispatcher.sendWaiting() }
    try await eventually("begun") { slow.begun == 1 }
    sending.cancel()
    slow.finish()
    _ = try? await sending.value
    #expect(!slow.wasCancelled)
    #expect(try await house.line("receipt", of: number).state == .sent)
  }

  @Test func `a withheld receipt goes when a person sends it`() async throws {
    let house = House()
    try await house.receive(.complaint())
    let number = try #require(try await house.receive(.complaint()).ticket)
    try await house.post()
    #expect(house.sender.sent.count == 1)
    let id = try await house.line("receipt", of: number).letter.id
    #expect(try await house.store.sendAgain(id, by: Town.someone(of: .administrator), now: house.clock.now()))
    try await house.post()
    #expect(house.sender.sent.count == 2)
  }

  @Test func `many letters go once each, also with several dispatchers`() async throws {
    let house = House()
    for index in 0..<60 { try await house.deliver(.complaint(from: "w@desa\(index).example")) }
    try await house.intake.takeWaiting()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<5 { group.addTask { try await house.dispatcher.sendWaiting() } }
      try await group.waitForAll()
    }
    #expect(house.sender.sent.count == 60)
    #expect(Set(house.sender.sent.map { $0.id }).count == 60)
  }
}

/// A channel that hangs at one recipient until the test says so.
private final class HangingSender: LetterSender {
  private let recipient: String
  private let state = Mutex((isHanging: false, finished: false, sent: 0))

  init(for recipient: String) { self.recipient = recipient }
  var isHanging: Bool { state.withLock { $0.isHanging } }
  var sent: Int { state.withLock { $0.sent } }
  func finish() { state.withLock { $0.finished = true } }

  func send(_ letter: OutboxLetter) async throws(DeliveryError) -> String {
    if letter.recipient == recipient {
      state.withLock { $0.isHanging = true }
      while !state.withLock({ $0.finished }) { try? await Task.sleep(for: .milliseconds(5)) }
    }
    state.withLock { $0.sent += 1 }
    return "250 sent"
  }
}

/// A channel that takes its time: it answers when the test says so.
private final class SlowSender: LetterSender {
  private let state = Mutex((begun: 0, finished: false, cancelled: false))

  var begun: Int { state.withLock { $0.begun } }
  var wasCancelled: Bool { state.withLock { $0.cancelled } }
  func finish() { state.withLock { $0.finished = true } }

  func send(_ letter: OutboxLetter) async throws(DeliveryError) -> String {
    state.withLock { $0.begun += 1 }
    while !state.withLock({ $0.finished }) {
      if Task.isCancelled { state.withLock { $0.cancelled = true } }
      try? await Task.sleep(for: .milliseconds(5))
    }
    return "250 late"
  }
}
