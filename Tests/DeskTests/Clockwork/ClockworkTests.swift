import Desk
import DeskTesting
import SOP
import Testing
import Townsfolk

@Suite struct ClockworkTests {
  private func marks(_ house: House, _ number: TicketNumber) async throws -> [Instant] {
    try await house.store.history(of: number).compactMap { recorded in
      guard case .clockTold(_, let at) = recorded.event else { return nil }
      return at
    }
  }

  private func due(_ minutes: Int64...) -> [Instant] { minutes.map { House.start.adding(seconds: $0 * 60) } }

  @Test func `warnings and lapse are told at their second, once, dated at their instant`() async throws {
    let house = House()
    let number = try await house.complain()
    let loop = Task { try await house.clockwork.run() }
    for (seconds, told) in [(Int64(299), 0), (1, 1), (179, 1), (1, 2), (119, 2), (1, 3), (3_600, 3)] {
      try await eventually("the clockwork sleeps") { house.clock.sleeperCount == 1 || told == 3 }
      house.clock.advance(seconds: seconds)
      try await eventually("\(told) told") { try await marks(house, number).count == told }
    }
    #expect(try await marks(house, number) == due(5, 8, 10))
    loop.cancel()
    _ = try? await loop.value
  }

  @Test func `a jump of hours tells everything once, dated at the due instants`() async throws {
    let house = House()
    let number = try await house.complain()
    house.clock.advance(seconds: 5 * 3_600)
    try await house.clockwork.strike()
    try await house.clockwork.strike()
    #expect(try await marks(house, number) == due(5, 8, 10))
  }

  @Test func `a server that was down tells what it missed when it starts, once`() async throws {
    let store = MemoryStore()
    let number = try await House(store: store).complain()
    let clock = ManualClock(House.start.adding(seconds: 3_600))
    for _ in 0..<2 { try await House(store: store, clock: clock).clockwork.strike() }
    #expect(try await marks(House(store: store), number) == due(5, 8, 10))
  }

  @Test func `a clock set back tells nothing twice`() async throws {
    let house = House()
    let number = try await house.complain()
    house.clock.advance(seconds: 400)
    try await house.clockwork.strike()
    house.clock.advance(seconds: -300)
    try await house.clockwork.strike()
    house.clock.advance(seconds: 300)
    try await house.clockwork.strike()
    #expect(try await marks(house, number) == due(5))
  }

  @Test(.timeLimit(.minutes(5))) func `a thousand tickets due in one minute are all told`() async throws {
    let house = House()
    for index in 0..<1_000 { try await house.deliver(.complaint(from: "w\(index)@lain.example")) }
    try await house.intake.takeWaiting()
    house.clock.advance(seconds: 600)
    try await house.clockwork.strike()
    #expect(try await house.store.counts(holder: nil).lapsed == 1_000)
    #expect(try await house.store.dueTickets(at: house.clock.now(), limit: 9).isEmpty)
  }

  @Test func `a ticket due earlier than all others wakes the sleeping clockwork`() async throws {
    let house = House()
    let first = try await house.complain()
    house.clock.advance(seconds: 500)
    try await house.clockwork.strike()
    let loop = Task { try await house.clockwork.run() }
    try await eventually("asleep") { house.clock.sleeperCount == 1 }
    // The first ticket waits for its requester now: nothing of it is due for a month.
    try await house.give(.askRequester(text: "Mohon surat."), to: first)
    try await eventually("asleep again") { house.clock.sleeperCount == 1 }
    let second = try #require(try await house.receive(.complaint(from: "b@lain.example")).ticket)
    try await Task.sleep(for: .milliseconds(100))
    try await eventually("asleep again") { house.clock.sleeperCount == 1 }
    house.clock.advance(seconds: 300)
    try await eventually("told") { try await marks(house, second).count == 1 }
    loop.cancel()
    _ = try? await loop.value
  }

  @Test func `a broken ticket does not make the loop hot, and the others keep their second`() async throws {
    let store = FaultyStore(MemoryStore())
    let house = House(store: store)
    let broken = try await house.complain()
    house.clock.advance(seconds: 290)
    let healthy = try #require(try await house.receive(.complaint(from: "b@lain.example")).ticket)
    store.breakTicket(broken)
    house.clock.advance(seconds: 280)
    let before = store.timesAskedForDue
    // The healthy ticket's warning is 20 seconds away, sooner than the next try of the broken one.
    #expect(try await house.clockwork.strike() == House.start.adding(seconds: 590))
    #expect(store.timesAskedForDue - before <= 4)
    house.clock.advance(seconds: 20)
    #expect(try await house.clockwork.strike() == house.clock.now().adding(seconds: 60))
    #expect(try await marks(house, healthy).count == 1)
    store.breakTicket(nil)
    try await house.clockwork.strike()
    #expect(try await marks(house, broken).count == 2)
  }

  @Test func `a ticket whose next mark comes while it is told is told that too, and keeps its second`() async throws {
    let store = FaultyStore(MemoryStore())
    let house = House(store: store)
    let number = try await house.complain()
    house.clock.advance(seconds: 300)
    let clock = house.clock
    store.whenCommitting {
      store.whenCommitting(nil)
      clock.advance(seconds: 180)
    }
    #expect(try await house.clockwork.strike() == House.start.adding(seconds: 600))
    #expect(try await marks(house, number) == due(5, 8))
  }

  @Test(.timeLimit(.minutes(1))) func `a summary that lies does not make the loop hot`() async throws {
    let store = FaultyStore(MemoryStore())
    let house = House(store: store)
    store.callDue(try await house.complain())
    #expect(try await house.clockwork.strike() == House.start.adding(seconds: 60))
    #expect(store.timesAskedForDue <= 5)
  }

  @Test func `silence in row 6 closes the ticket at the end of the set day`() async throws {
    let house = House()
    let number = try await house.inConfirmation()
    let end = try #require(try await house.ticket(number).confirmationClosesAt)
    house.clock.set(end.adding(seconds: 7_200))
    try await house.clockwork.strike()
    let closure = try await house.ticket(number).closure
    #expect(closure?.kind == .silence && closure?.at == end)
  }
}

@Suite struct BellTests {
  @Test func `a ring nobody heard is remembered`() async {
    let bell = Bell()
    bell.ring()
    bell.ring()
    await bell.wait()
  }

  @Test(.timeLimit(.minutes(1))) func `no ring is lost between looking and waiting`() async throws {
    let bell = Bell()
    let work = Pile()
    let worker = Task {
      while await work.done < 20_000 {
        await work.takeAll()
        if await work.done < 20_000 { await bell.wait() }
      }
    }
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          for _ in 0..<5_000 {
            await work.add()
            bell.ring()
          }
        }
      }
    }
    await worker.value
    #expect(await work.done == 20_000)
  }

  private actor Pile {
    var waiting = 0
    var done = 0
    func add() { waiting += 1 }
    func takeAll() {
      done += waiting
      waiting = 0
    }
  }

  @Test(.timeLimit(.minutes(1))) func `a cancelled wait returns, whenever the cancel comes`() async {
    let bell = Bell()
    for _ in 0..<2_000 {
      let waiting = Task { await bell.wait() }
      waiting.cancel()
      await waiting.value
    }
  }

  @Test(.timeLimit(.minutes(1))) func `a wait with an instant ends at the ring or at the instant`() async throws {
    let clock = ManualClock(House.start)
    let bell = Bell()
    await bell.wait(until: House.start, on: clock)
    let waiting = Task { await bell.wait(until: House.start.adding(seconds: 60), on: clock) }
    try await eventually("asleep") { clock.sleeperCount == 1 }
    bell.ring()
    await waiting.value
    #expect(clock.sleeperCount == 0)
    let again = Task { await bell.wait(until: House.start.adding(seconds: 60), on: clock) }
    try await eventually("asleep") { clock.sleeperCount == 1 }
    clock.advance(seconds: 60)
    await again.value
  }
}

@Suite struct LiveTests {
  private let number = TicketNumber(month: 202_611, running: 1)

  @Test func `every open page hears every change`() async throws {
    let hub = LiveHub()
    let number = try #require(number)
    let pages = [hub.changes(), hub.changes()]
    for version in 1...3 { hub.publish(TicketChange(number: number, version: version, stage: .check)) }
    hub.close()
    for page in pages {
      var heard: [Int] = []
      for await change in page { heard.append(change.version) }
      #expect(heard == [1, 2, 3])
    }
  }

  @Test func `a slow page misses old changes, never the newest`() async throws {
    let hub = LiveHub()
    let number = try #require(number)
    let page = hub.changes()
    for version in 1...500 { hub.publish(TicketChange(number: number, version: version, stage: .check)) }
    hub.close()
    var heard: [Int] = []
    for await change in page { heard.append(change.version) }
    #expect(heard.last == 500 && heard.count <= 64)
  }

  @Test func `what another process wrote is told to open pages, once`() async throws {
    let store = MemoryStore()
    let (server, pipe) = (House(store: store), House(store: store))
    let others = OtherWriters(store: store, live: server.live)
    let before = try await pipe.complain()
    try await others.begin()
    let page = server.live.changes()
    let opened = try #require(try await pipe.receive(.complaint(from: "b@lain.example")).ticket)
    try await pipe.give(.addNote(text: "x"), to: before)
    try await others.tell()
    try await others.tell()
    server.live.close()
    var heard: [TicketNumber] = []
    for await change in page { heard.append(change.number) }
    #expect(heard == [opened, before])
  }

  @Test func `after a long silence only the newest changes are told`() async throws {
    let house = House()
    let others = OtherWriters(store: house.store, live: house.live)
    try await others.begin()
    let number = try await house.complain()
    for index in 0..<600 { try await house.give(.addNote(text: "\(index)"), to: number) }
    let page = house.live.changes()
    try await others.tell()
    house.live.close()
    var heard = 0
    for await change in page {
      heard += 1
      #expect(change.version == 602)
    }
    #expect((1...10).contains(heard))
  }

  @Test func `someone at a ticket is seen by others for 45 seconds, or until leaving`() throws {
    let presence = Presence()
    let number = try #require(number)
    presence.note(Town.budi, at: number, writing: "answer", now: House.start)
    presence.note(Town.rina, at: number, writing: nil, now: House.start)
    func others(_ account: String, after seconds: Int64) -> [String] {
      presence.others(at: number, than: account, now: House.start.adding(seconds: seconds)).map { $0.officer.account }
    }
    #expect(others("budi", after: 45) == ["rina"])
    #expect(presence.others(at: number, than: "rina", now: House.start).map { $0.writing } == ["answer"])
    presence.leave("rina", ticket: number)
    #expect(others("budi", after: 1).isEmpty)
    #expect(others("rina", after: 46).isEmpty)
  }
}
