import Testing
import Townsfolk

@testable import SOP

/// What the clock of each visit must have told, worked out a second way: by counting seconds of service over the
/// recorded events alone. It never asks a deadline.
struct MarkOracle {
  private let procedure: Procedure
  /// Sentences, each about something that was told wrongly, twice, or not at all.
  private(set) var faults: [String] = []

  private var stage = Stage.submission
  private var budget: Int64?
  /// Seconds of service of this visit before `runsFrom`.
  private var used: Int64 = 0
  /// `nil`: the clock stands, or there is none.
  private var runsFrom: Instant?
  private var told: Set<ClockMark> = []

  init(_ history: [RecordedEvent], under procedure: Procedure) {
    self.procedure = procedure
    for recorded in history { take(recorded) }
  }

  private mutating func take(_ recorded: RecordedEvent) {
    if case .clockTold(let mark, let instant) = recorded.event {
      return tell(mark, at: instant, recorded)
    }
    demandAll(recorded)
    switch recorded.event {
    case .stageEntered(let entry):
      stage = entry.stage
      budget = procedure.budget(of: entry.stage)
      used = 0
      runsFrom = budget == nil ? nil : entry.at
      told = []
    case .stageSkipped, .closed:
      budget = nil
      runsFrom = nil
    case .paused:
      used = worked(until: recorded.at)
      runsFrom = nil
    case .resumed: runsFrom = budget == nil ? nil : recorded.at
    default: break
    }
  }

  private mutating func tell(_ mark: ClockMark, at instant: Instant, _ recorded: RecordedEvent) {
    guard let share = share(of: mark), runsFrom != nil else {
      return faults.append("\(recorded.sequence): \(mark) told while no clock runs")
    }
    if !told.insert(mark).inserted { faults.append("\(recorded.sequence): \(mark) told twice") }
    if instant > recorded.at { faults.append("\(recorded.sequence): \(mark) told before its time") }
    let isRight = worked(until: instant) == share && worked(until: instant.adding(seconds: -1)) == share - 1
    if !isRight { faults.append("\(recorded.sequence): \(mark) dated \(instant.seconds), which is not its instant") }
  }

  /// Whatever is recorded, everything that was due by then stands before it.
  private mutating func demandAll(_ recorded: RecordedEvent) {
    guard runsFrom != nil else { return }
    let total = worked(until: recorded.at)
    for mark in ClockMark.allCases where !told.contains(mark) {
      if let share = share(of: mark), total >= share { faults.append("\(recorded.sequence): \(mark) was due, untold") }
    }
  }

  private func share(of mark: ClockMark) -> Int64? {
    guard let budget else { return nil }
    switch mark {
    case .half: return budget / 2
    case .near: return budget * 4 / 5
    case .lapse: return budget
    }
  }

  private func worked(until instant: Instant) -> Int64 {
    guard let runsFrom else { return used }
    return used + procedure.hours(of: stage.party).seconds(from: runsFrom, to: instant)
  }
}

/// Walks are seeds of `RandomWalk`; each check says how often it had something to check, so that none is empty.
@Suite struct MarkTests {
  private func walks(_ count: UInt64) throws -> [RandomWalk] {
    try (0..<count).map { seed in
      var walk = try RandomWalk(seed: 5_000 + seed)
      for _ in 0..<64 { walk.step() }
      return walk
    }
  }

  @Test func `the oracle finds a mark that is missing, doubled or moved`() throws {
    var scene = try Scene()
    try scene.give(.noticeTime, at: wib(23, 9, 30))
    try scene.give(.addNote(text: "a"), at: wib(23, 9, 31))
    let sound = scene.history
    #expect(MarkOracle(sound, under: scene.procedure).faults.isEmpty)
    func change(_ index: Int, _ event: TicketEvent) -> [RecordedEvent] {
      var history = sound
      let old = history[index]
      history[index] = RecordedEvent(sequence: old.sequence, at: old.at, by: old.by, event: event)
      return history
    }
    let wrong = [
      sound.filter { $0.sequence != 4 }, change(3, .clockTold(mark: .half, at: wib(23, 9, 5))),
      change(3, .clockTold(mark: .near, at: wib(23, 9, 8, 1))), change(4, .clockTold(mark: .lapse, at: wib(23, 9, 9))),
    ]
    for history in wrong { #expect(!MarkOracle(history, under: scene.procedure).faults.isEmpty) }
  }

  @Test func `a pause never hides a lapse that happened before it`() throws {
    var checked = 0
    for walk in try walks(400) {
      for visit in walk.scene.ticket.visits {
        guard let budget = visit.budget else { continue }
        let hours = walk.scene.procedure.hours(of: visit.stage.party)
        for (index, pause) in visit.pauses.enumerated() {
          // Worked before this pause: from the entry, less the pauses before it.
          var worked: Int64 = 0
          var from = visit.enteredAt
          for earlier in visit.pauses.prefix(index) {
            worked += hours.seconds(from: from, to: earlier.startedAt)
            from = earlier.endedAt ?? earlier.startedAt
          }
          worked += hours.seconds(from: from, to: pause.startedAt)
          guard worked >= budget else { continue }
          checked += 1
          let lapsed = try #require(visit.lapsedAt, "a lapse is hidden")
          #expect(lapsed <= pause.startedAt)
        }
      }
    }
    #expect(checked > 20)
  }

  @Test func `a late stage takes nothing from the next`() throws {
    var checked = 0
    for walk in try walks(400) {
      var isLate = false
      for recorded in walk.scene.history {
        switch recorded.event {
        case .clockTold(.lapse, _): isLate = true
        case .stageEntered(let entry):
          defer { isLate = false }
          guard isLate, let due = entry.deadline?.dueAt else { continue }
          let hours = walk.scene.procedure.hours(of: entry.stage.party)
          let whole = try #require(walk.scene.procedure.budget(of: entry.stage))
          #expect(hours.seconds(from: entry.at, to: due) == whole)
          #expect(hours.seconds(from: entry.at, to: due.adding(seconds: -1)) == whole - 1)
          #expect(entry.at == recorded.at)
          checked += 1
        default: break
        }
      }
    }
    #expect(checked > 20)
  }
}
