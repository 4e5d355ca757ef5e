/// One stay in one stage, with its own budget and its own clock: a late stage never eats the next one's time.
public struct StageVisit: Sendable, Equatable {
  public let stage: Stage
  /// 1 for the first visit of the stage, 2 after a return …
  public let ordinal: Int
  public let enteredAt: Instant
  public internal(set) var leftAt: Instant?
  /// Seconds of service the SOP gives; `nil` for stages without a clock (rows 1 and 6).
  public let budget: Int64?
  /// Where the running clock strikes; `nil` while paused, after leaving, and without a budget.
  public internal(set) var deadline: Deadline?
  /// The last deadline that was in force: what pages show after the fact.
  public internal(set) var lastDeadline: Deadline?
  public internal(set) var marks: [ClockMark: Instant] = [:]
  public internal(set) var pauses: [Pause] = []
  /// Set while no one worked here: the recorded reason for passing the stage.
  public internal(set) var skippedBecause: String?

  public var isOpen: Bool { leftAt == nil }
  public var pause: Pause? { pauses.last.flatMap { $0.endedAt == nil ? $0 : nil } }
  /// The instant the budget was used up, when it was.
  public var lapsedAt: Instant? { marks[.lapse] }

  init(_ entry: StageEntry) {
    stage = entry.stage
    ordinal = entry.ordinal
    enteredAt = entry.at
    budget = entry.budget
    deadline = entry.deadline
    lastDeadline = entry.deadline
  }

  /// The next mark the running clock has not told yet.
  var nextMark: (mark: ClockMark, at: Instant)? {
    guard isOpen, let deadline else { return nil }
    for mark in ClockMark.allCases where marks[mark] == nil { return (mark, mark.instant(in: deadline)) }
    return nil
  }

  /// Seconds of service used by the stage's own party until `now`: pauses do not count.
  public func used(until now: Instant, in hours: ServiceHours) -> Int64 {
    var total: Int64 = 0
    for segment in segments(until: now) where segment.waitingFor == nil {
      total += hours.seconds(from: segment.from, to: segment.to)
    }
    return total
  }

  struct Segment {
    let from: Instant
    let to: Instant
    /// `nil`: the stage's own party worked; otherwise who was waited for.
    let waitingFor: Party?
  }

  /// The visit cut at its pauses, without gap or overlap, from entry to leaving (or `now`).
  func segments(until now: Instant) -> [Segment] {
    let end = max(enteredAt, leftAt ?? now)
    var cursor = enteredAt
    var out: [Segment] = []
    for pause in pauses {
      let from = min(max(pause.startedAt, cursor), end)
      let to = min(max(pause.endedAt ?? end, from), end)
      if cursor < from { out.append(Segment(from: cursor, to: from, waitingFor: nil)) }
      if from < to { out.append(Segment(from: from, to: to, waitingFor: pause.waitingFor)) }
      cursor = to
    }
    if cursor < end { out.append(Segment(from: cursor, to: end, waitingFor: nil)) }
    return out
  }
}
