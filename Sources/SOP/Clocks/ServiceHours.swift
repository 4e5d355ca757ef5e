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

    /// Stored hours are checked like typed ones: a wrong number must not reach the arithmetic.
    public init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      let weekday = try container.decode(Int.self, forKey: .weekday)
      let start = try container.decode(Int.self, forKey: .from)
      let end = try container.decode(Int.self, forKey: .to)
      guard let shift = Shift(weekday: weekday, from: start, to: end) else {
        throw DecodingError.dataCorruptedError(
          forKey: .from, in: container, debugDescription: "not a shift of a weekday 1-7 in minutes 0-1440")
      }
      self = shift
    }
  }

  public let zone: OfficeZone
  /// True: every second counts, holidays too (24-hour duty). The holidays are known all the same, for hours of the
  /// week that an administrator sets later.
  public let always: Bool
  /// In the order of the week; shifts that touch or overlap are one.
  public let shifts: [Shift]
  public let holidays: Set<CalendarDay>

  public init(zone: OfficeZone, shifts: [Shift], holidays: Set<CalendarDay>) {
    self.zone = zone
    self.always = false
    self.shifts = ServiceHours.joined(shifts)
    self.holidays = holidays
  }

  private static func joined(_ shifts: [Shift]) -> [Shift] {
    var out: [Shift] = []
    for shift in shifts.sorted(by: { ($0.weekday, $0.from) < ($1.weekday, $1.from) }) {
      if let last = out.last, last.weekday == shift.weekday, shift.from <= last.to,
        let whole = Shift(weekday: last.weekday, from: last.from, to: max(last.to, shift.to))
      {
        out[out.count - 1] = whole
      } else {
        out.append(shift)
      }
    }
    return out
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let zone = try container.decode(OfficeZone.self, forKey: .zone)
    if try container.decode(Bool.self, forKey: .always) {
      self.init(
        alwaysIn: zone, holidays: try container.decodeIfPresent(Set<CalendarDay>.self, forKey: .holidays) ?? [])
    } else {
      self.init(
        zone: zone, shifts: try container.decode([Shift].self, forKey: .shifts),
        holidays: try container.decode(Set<CalendarDay>.self, forKey: .holidays))
    }
  }

  private init(alwaysIn zone: OfficeZone, holidays: Set<CalendarDay>) {
    self.zone = zone
    self.always = true
    self.shifts = []
    self.holidays = holidays
  }

  /// Duty around the clock.
  public static func always(in zone: OfficeZone, holidays: Set<CalendarDay> = []) -> ServiceHours {
    ServiceHours(alwaysIn: zone, holidays: holidays)
  }

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
    let (firstDay, firstSecond) = zone.local(start)
    let (lastDay, lastSecond) = zone.local(end)
    if firstDay == lastDay { return open(on: firstDay, from: firstSecond, to: lastSecond) }
    return open(on: firstDay, from: firstSecond, to: 86_400)
      + open(daysFrom: firstDay.dayNumber + 1, upTo: lastDay.dayNumber)
      + open(on: lastDay, from: 0, to: lastSecond)
  }

  /// Seconds of service between two seconds of one local day.
  private func open(on day: CalendarDay, from: Int64, to: Int64) -> Int64 {
    stretches(on: day).reduce(0) { $0 + max(0, min($1.upperBound, to) - max($1.lowerBound, from)) }
  }

  /// Seconds of service in the whole days `first..<end`. Counted by weeks, less the days off among them, so that a
  /// span of a thousand years costs no more than one of a month and nothing is cut off.
  private func open(daysFrom first: Int64, upTo end: Int64) -> Int64 {
    guard first < end else { return 0 }
    var ofWeekday = [Int64](repeating: 0, count: 8)
    for shift in shifts { ofWeekday[shift.weekday] += Int64(shift.to - shift.from) * 60 }
    let (weeks, rest) = (end - first).quotientAndRemainder(dividingBy: 7)
    var total = weeks * ofWeekday.reduce(0, +)
    for number in end - rest..<end { total += ofWeekday[CalendarDay(dayNumber: number).weekday] }
    for day in holidays where day.dayNumber >= first && day.dayNumber < end { total -= ofWeekday[day.weekday] }
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
