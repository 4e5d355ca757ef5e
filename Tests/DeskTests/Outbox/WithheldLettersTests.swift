import Desk
import DeskTesting
import SOP
import Testing
import Townsfolk

@Suite struct WithheldLettersTests {
  @Test func `an official with three villages is told of each, one an hour, the newest first`() async throws {
    let house = House()
    var numbers: [TicketNumber] = []
    for _ in 0..<3 { numbers.append(try #require(try await house.receive(.complaint()).ticket)) }
    try await house.post()
    #expect(house.sender.sent.map { $0.ticket } == [numbers[0]])
    #expect(try await house.withheld.release() == 0)
    for expected in [numbers[2], numbers[1]] {
      house.clock.advance(seconds: 3_600)
      #expect(try await house.withheld.release() == 1)
      #expect(try await house.withheld.release() == 0)
      try await house.post()
      #expect(house.sender.sent.last?.ticket == expected)
    }
    #expect(house.sender.sent.count == 3)
  }

  @Test func `a flood in someone's name is not answered for days`() async throws {
    let house = House()
    for _ in 0..<40 { try await house.receive(.complaint()) }
    for _ in 0..<72 {
      house.clock.advance(seconds: 3_600)
      try await house.withheld.release()
    }
    try await house.post()
    #expect((5...10).contains(house.sender.sent.count))
    #expect(try await house.store.outboxCounts()[.withheld] ?? 0 >= 30)
  }

  @Test func `many addresses are let through beside each other, as many as there is room`() async throws {
    let house = House()
    for _ in 0..<2 {
      for index in 0..<150 { try await house.receive(.complaint(from: "w@desa\(index).example")) }
    }
    house.clock.advance(seconds: 3_600)
    #expect(try await house.withheld.release() == 150)
  }

  @Test func `a receipt of a closed ticket, and a letter that is none, stay`() async throws {
    let house = House()
    try await house.receive(.complaint())
    let closed = try #require(try await house.receive(.complaint()).ticket)
    try await house.give(.close(reason: "uji"), to: closed, by: .supervisor)
    house.clock.advance(seconds: 3_600)
    #expect(try await house.withheld.release() == 0)
    #expect(try await house.line("receipt", of: closed).state == .withheld)
  }

  @Test func `a code that was withheld comes when there is room`() async throws {
    let house = House()
    var last: TicketNumber?
    for _ in 0..<6 { last = try await house.submit() }
    let number = try #require(last)
    #expect(try await house.line("proof", of: number).detail == "ration_address_hour")
    house.clock.advance(seconds: 3_600)
    #expect(try await house.withheld.release() == 1)
    #expect(try await house.line("proof", of: number).state == .queued)
  }

  @Test func `the service looks at every whole hour`() async throws {
    let house = House()
    let loop = Task { try await house.withheld.run() }
    for _ in 0..<2 { try await house.receive(.complaint()) }
    try await eventually("asleep") { house.clock.sleeperCount == 1 }
    house.clock.advance(seconds: 3_599)
    #expect(try await house.store.outboxCounts()[.withheld] == 1)
    house.clock.advance(seconds: 1)
    try await eventually("released") { try await house.store.outboxCounts()[.withheld] == nil }
    loop.cancel()
    _ = try? await loop.value
  }
}
