import Foundation
import Testing
import Townsfolk

@testable import SOP

/// What holds for every ticket whatever happens to it. 2,000 walks of 64 commands each, in eight parts that run
/// side by side.
@Suite struct WalkTests {
  private static let walks: UInt64 = 2_000
  private static let steps = 64

  @Test(arguments: 0..<UInt64(8)) func `whatever happens, the procedure holds`(part: UInt64) throws {
    let encoder = JSONEncoder()
    let decoder = JSONDecoder()
    for seed in stride(from: part, to: Self.walks, by: 8) {
      var walk = try RandomWalk(seed: seed)
      for _ in 0..<Self.steps {
        walk.step()
        if walk.scene.ticket.isClosed, walk.scene.ticket.nextDue != nil {
          Issue.record("seed \(seed): due when closed")
        }
      }
      let ticket = walk.scene.ticket
      let history = walk.scene.history
      #expect(walk.disagreements == 0, "seed \(seed): the same question, two decisions")
      let stored = try decoder.decode([RecordedEvent].self, from: encoder.encode(history))
      #expect(stored == history, "seed \(seed)")
      #expect(Ticket(number: ticket.number, events: stored) == ticket, "seed \(seed): replay differs")
      #expect(history.map(\.sequence) == Array(1...ticket.version), "seed \(seed)")
      checkTime(walk, seed: seed)
      checkVisits(ticket, seed: seed)
      checkStages(history, seed: seed)
      checkMarks(walk, seed: seed)
      checkLetters(walk.scene.letters, seed: seed)
      checkClockwork(walk, seed: seed)
    }
  }

  private func checkTime(_ walk: RandomWalk, seed: UInt64) {
    let later = walk.now.adding(seconds: 12_345)
    let account = walk.scene.ticket.timeAccount(until: later, under: walk.scene.procedure)
    #expect(
      account.elapsed == account.team + account.registry + account.requester + account.outside, "seed \(seed)")
    #expect(
      account == accountFromEvents(walk.scene.history, until: later, under: walk.scene.procedure), "seed \(seed)")
  }

  private func checkVisits(_ ticket: Ticket, seed: UInt64) {
    for visit in ticket.visits { #expect(visit.enteredAt <= (visit.leftAt ?? .never), "seed \(seed)") }
    for (earlier, later) in zip(ticket.visits, ticket.visits.dropFirst()) {
      guard let left = earlier.leftAt else {
        Issue.record("seed \(seed): two open visits")
        continue
      }
      #expect(left <= later.enteredAt, "seed \(seed): visits overlap")
    }
    for stage in Stage.allCases {
      let ordinals = ticket.visits.filter { $0.stage == stage }.map(\.ordinal)
      #expect(ordinals == Array(0..<ordinals.count).map { $0 + 1 }, "seed \(seed)")
    }
  }

  private func checkStages(_ history: [RecordedEvent], seed: UInt64) {
    var reached = 1
    for recorded in history {
      switch recorded.event {
      case .stageEntered(let entry):
        #expect(entry.stage.rawValue <= reached + 1, "seed \(seed): a row was left out without a reason")
        reached = entry.stage.rawValue
      case .stageSkipped(let stage, let reason):
        #expect(stage.rawValue == reached + 1 && !reason.isEmpty, "seed \(seed)")
        reached = stage.rawValue
      default: break
      }
    }
  }

  /// Every mark that was due is told exactly once, at its instant and in its order.
  private func checkMarks(_ walk: RandomWalk, seed: UInt64) {
    let oracle = MarkOracle(walk.scene.history, under: walk.scene.procedure)
    #expect(oracle.faults.isEmpty, "seed \(seed): \(oracle.faults.prefix(3))")
    var told: [ClockMark] = []
    var latest: Instant?
    for recorded in walk.scene.history {
      switch recorded.event {
      case .stageEntered:
        told = []
        latest = nil
      case .clockTold(let mark, let at):
        #expect(told.count < 3 && mark == ClockMark.allCases[told.count % 3], "seed \(seed): marks out of order")
        #expect(at <= recorded.at, "seed \(seed): told before its time")
        #expect(latest.map { $0 <= at } ?? true, "seed \(seed)")
        told.append(mark)
        latest = at
      default: break
      }
    }
  }

  private func checkLetters(_ letters: [Letter], seed: UInt64) {
    #expect(Set(letters.map(\.id)).count == letters.count, "seed \(seed): one id, two letters")
  }

  /// A clockwork that sleeps until `nextDue` and then notices comes to rest.
  private func checkClockwork(_ walk: RandomWalk, seed: UInt64) {
    var scene = walk.scene
    var now = walk.now
    for _ in 0..<8 {
      guard let due = scene.ticket.nextDue else { return }
      now = max(now, due)
      let told = try? scene.give(.noticeTime, by: .machine, at: now)
      #expect(told?.isEmpty == false, "seed \(seed): due at \(due.seconds), nothing told")
    }
    #expect(scene.ticket.nextDue == nil, "seed \(seed): the clockwork never rests")
  }

  @Test func `the walks go everywhere`() throws {
    var events: Set<String> = []
    var letters: Set<String> = []
    var closures: Set<Closure.Kind> = []
    for seed in 0..<UInt64(600) {
      var walk = try RandomWalk(seed: seed)
      for _ in 0..<Self.steps { walk.step() }
      events.formUnion(walk.scene.history.map { eventName($0.event) })
      letters.formUnion(walk.scene.letters.map { letterName($0.kind) })
      for case .closed(let closure) in walk.scene.history.map(\.event) { closures.insert(closure.kind) }
    }
    #expect(eventNames.subtracting(events).isEmpty)
    #expect(letterNames.subtracting(letters).isEmpty)
    #expect(closures == Set(Closure.Kind.allCases))
  }

  @Test func `events in any order are applied without a trap`() throws {
    var walk = try RandomWalk(seed: 99)
    for _ in 0..<400 { walk.step() }
    var random = SeededRandom(seed: 99)
    for _ in 0..<200 {
      let shuffled = walk.scene.history.dropFirst().shuffled(using: &random)
      let ticket = Ticket(number: .first, events: walk.scene.history.prefix(1) + shuffled)
      let account = try #require(ticket).timeAccount(until: walk.now, under: walk.scene.procedure)
      #expect(account.elapsed == account.team + account.registry + account.requester + account.outside)
    }
    #expect(Ticket(number: .first, events: walk.scene.history.dropFirst()) == nil)
    #expect(Ticket(number: .first, events: []) == nil)
  }
}

@Suite struct LongTicketTests {
  /// The time for `count` messages and pauses on one ticket, in seconds.
  private func time(_ count: Int) throws -> (decide: Double, apply: Double) {
    var scene = try Scene()
    let clock = ContinuousClock()
    let message = TicketCommand.receiveFromRequester(IncomingMessage(channel: .email, text: "halo"))
    let decide = try clock.measure {
      for index in 0..<count / 4 {
        let now = wib(23, 9, 1).adding(seconds: Int64(index))
        if index % 100 == 0 { try scene.give(.pause(waitingFor: .requester, note: "surat"), at: now) }
        try scene.give(message, at: now)
        try scene.give(.addNote(text: "catatan"), at: now)
        try scene.give(.writeToRequester(text: "catatan"), at: now)
        try scene.give(.escalate(reason: "lama"), at: now)
      }
    }
    #expect(scene.ticket.version >= count)
    let apply = clock.measure { _ = Ticket(number: .first, events: scene.history) }
    return (decide / .seconds(1), apply / .seconds(1))
  }

  @Test func `a ticket of ten thousand events is rebuilt at once`() throws {
    let small = try time(1_000)
    let large = try time(10_000)
    print("10,000 events: decided in \(large.decide) s, applied in \(large.apply) s")
    print(" 1,000 events: decided in \(small.decide) s, applied in \(small.apply) s")
    #expect(large.apply < 1)
    #expect(large.decide < 50 * small.decide + 1, "decide grows with the square of the events")
  }
}
