/// The three instants of a budget: warnings at 50 % and 80 %, lapse at 100 %.
public struct Deadline: Sendable, Hashable, Codable {
  public let halfAt: Instant
  public let nearAt: Instant
  public let dueAt: Instant

  /// The deadline of a clock of which `used` of `budget` seconds have already run when it starts (again) at `start`.
  /// A share that had passed before lies at `start` itself.
  /// A budget counts as 0 to 100 years, so that no stored number can overflow here.
  public init(budget: Int64, used: Int64, from start: Instant, in hours: ServiceHours) {
    let budget = min(max(budget, 0), 100 * 366 * 86_400)
    let used = min(max(used, 0), budget)
    func mark(percent: Int64) -> Instant {
      hours.instant(after: max(0, budget * percent / 100 - used), from: start)
    }
    halfAt = mark(percent: 50)
    nearAt = mark(percent: 80)
    dueAt = mark(percent: 100)
  }
}

/// What a clock tells: each at most once a stage visit, in this order.
public enum ClockMark: String, Sendable, Codable, CaseIterable, Comparable {
  case half, near, lapse

  public static func < (a: ClockMark, b: ClockMark) -> Bool { a.rank < b.rank }
  private var rank: Int {
    switch self {
    case .half: 0
    case .near: 1
    case .lapse: 2
    }
  }

  public func instant(in deadline: Deadline) -> Instant {
    switch self {
    case .half: deadline.halfAt
    case .near: deadline.nearAt
    case .lapse: deadline.dueAt
    }
  }
}
