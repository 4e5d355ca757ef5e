/// When a party works: the hours in which the SOP's minutes count.
///
/// Data, not code: hours a week, holidays and cuti bersama come from the configuration and the
/// administration; `Holidays.swift` ships the official days of 2026 and 2027.
public struct ServiceHours: Sendable, Equatable, Codable {
  /// One stretch of work on a weekday, in minutes of the local day: 480..<960 is 08.00–16.00.
  public struct Shift: Sendable, Hashable, Codable {
    /// 1 = Monday … 7 = Sunday
    public let weekday: Int
    public let from: Int
    public let to: Int

    /// `nil` unless 1 ≤ weekday ≤ 7 and 0 ≤ from < to ≤ 1440.
    public init?(weekday: Int, from: Int, to: Int) {
      guard (1...7).contains(weekday), from >= 0, from < to, to <= 1_440 else { return nil }
      self.weekday = weekday
      self.from = from
      self.to = to
    }
  }

  public let zone: OfficeZone
  /// True: every second counts, holidays too (24-hour duty).
  public let always: Bool
  public let shifts: [Shift]
  public let holidays: Set<CalendarDay>

  public init(zone: OfficeZone, shifts: [Shift], holidays: Set<CalendarDay>) {
    self.zone = zone
    self.always = false
    self.shifts = shifts.sorted { ($0.weekday, $0.from) < ($1.weekday, $1.from) }
    self.holidays = holidays
  }

  private init(alwaysIn zone: OfficeZone) {
    self.zone = zone
    self.always = true
    self.shifts = []
    self.holidays = []
  }

  /// Duty around the clock.
  public static func always(in zone: OfficeZone) -> ServiceHours { ServiceHours(alwaysIn: zone) }

  /// Monday–Friday 08.00–16.00 with the given days off (the default of the SOP's office).
  public static func office(in zone: OfficeZone, holidays: Set<CalendarDay>) -> ServiceHours {
    ServiceHours(
      zone: zone, shifts: (1...5).compactMap { Shift(weekday: $0, from: 480, to: 960) }, holidays: holidays)
  }

  /// True when work is done on this local day.
  public func isWorkingDay(_ day: CalendarDay) -> Bool { always || !stretches(on: day).isEmpty }

  /// True when the second that begins at `instant` counts.
  public func isOpen(at instant: Instant) -> Bool {
    if always { return true }
    let (day, second) = zone.local(instant)
    return stretches(on: day).contains { $0.contains(second) }
  }

  /// Seconds of service between two instants; 0 when `end` is not after `start`.
  public func seconds(from start: Instant, to end: Instant) -> Int64 {
    guard start < end else { return 0 }
    if always { return end.seconds(since: start) }
    var total: Int64 = 0
    walk(from: start) { from, to in
      guard from < end else { return false }
      total += min(to, end).seconds(since: from)
      return true
    }
    return total
  }

  /// The instant at which `seconds` of service have passed since `start`. A budget that ends with the day is due
  /// at the end of that day, not at the next opening. `Instant.never` when the hours hold no work for ten years.
  public func instant(after seconds: Int64, from start: Instant) -> Instant {
    guard seconds > 0 else { return start }
    if always { return start.adding(seconds: seconds) }
    var left = seconds
    var found = Instant.never
    walk(from: start) { from, to in
      let length = to.seconds(since: from)
      if length >= left {
        found = from.adding(seconds: left)
        return false
      }
      left -= length
      return true
    }
    return found
  }

  /// The end of the `days`-th working day after the day of `start` ("closed after three working days").
  public func endOfWorkingDay(_ days: Int, after start: Instant) -> Instant {
    var number = zone.local(start).day.dayNumber
    var left = days
    for _ in 0..<ServiceHours.horizon {
      number += 1
      let day = CalendarDay(dayNumber: number)
      guard isWorkingDay(day) else { continue }
      left -= 1
      if left <= 0 { return zone.instant(day, second: stretches(on: day).last?.upperBound ?? 86_400) }
    }
    return .never
  }

  /// Ten years of days bound every walk, so that hours without any work cannot make a loop endless.
  private static let horizon = 3_660

  private func stretches(on day: CalendarDay) -> [Range<Int64>] {
    if always { return [0..<86_400] }
    guard !holidays.contains(day) else { return [] }
    let weekday = day.weekday
    return shifts.lazy.filter { $0.weekday == weekday }.map { Int64($0.from) * 60..<Int64($0.to) * 60 }
  }

  /// Hands each open stretch from `start` on to `visit` until that returns false.
  private func walk(from start: Instant, visit: (_ from: Instant, _ to: Instant) -> Bool) {
    let first = zone.local(start)
    var number = first.day.dayNumber
    var cursor = first.second
    for _ in 0..<ServiceHours.horizon {
      let day = CalendarDay(dayNumber: number)
      for stretch in stretches(on: day) where stretch.upperBound > cursor {
        let from = zone.instant(day, second: max(stretch.lowerBound, cursor))
        if !visit(from, zone.instant(day, second: stretch.upperBound)) { return }
        cursor = stretch.upperBound
      }
      number += 1
      cursor = 0
    }
  }
}
