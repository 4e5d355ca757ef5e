/// Instants and spans in words: "hari ini pukul 14.05 WIB", "sisa 6 menit".
///
/// Built on the procedure's own calendar (`OfficeZone`, `CalendarDay`) and nothing else: the zones of Indonesia know no
/// daylight saving time, so words need no library of the world's calendars, and they read the same on every machine.
public import SOP

public struct DateWords: Sendable {
  public let language: Language
  public let zone: OfficeZone

  public init(_ language: Language, in zone: OfficeZone = .jakarta) {
    self.language = language
    self.zone = zone
  }

  // MARK: Instants

  /// "23 November 2026 pukul 14.05 WIB"; in English "23 November 2026 at 14:05 WIB".
  public func full(_ instant: Instant) -> String { day(zone.local(instant).day) + at(instant) }

  /// "hari ini pukul 14.05 WIB", "kemarin …", "besok …", otherwise as `full`.
  public func relative(_ instant: Instant, now: Instant) -> String {
    let that = zone.local(instant).day
    // All zones have fixed offsets: a day is always 86,400 seconds.
    switch that {
    case zone.local(now).day: return language.choose("hari ini", "today") + at(instant)
    case zone.local(now.adding(seconds: -86_400)).day: return language.choose("kemarin", "yesterday") + at(instant)
    case zone.local(now.adding(seconds: 86_400)).day: return language.choose("besok", "tomorrow") + at(instant)
    default: return full(instant)
    }
  }

  /// "14.05 WIB"; in English "14:05 WIB".
  public func time(_ instant: Instant) -> String { clock(instant, zone) + " " + zone.suffix }

  /// "pukul 14.05 WIB"; in English "14:05 WIB".
  public func clockTime(_ instant: Instant) -> String { language.choose("pukul ", "") + time(instant) }

  /// As `relative`, with the time of another zone beside it where the two differ: "… 14.05 WIB (16.05 WIT)".
  public func relative(_ instant: Instant, now: Instant, beside other: OfficeZone?) -> String {
    let words = relative(instant, now: now)
    guard let other, other.offset != zone.offset else { return words }
    return words + " (" + clock(instant, other) + " " + other.suffix + ")"
  }

  /// "23 November 2026"
  public func day(_ day: CalendarDay) -> String { "\(day.day) \(monthName(day.month)) \(day.year)" }

  /// The local day of an instant: "23 November 2026".
  public func day(of instant: Instant) -> String { day(zone.local(instant).day) }

  /// "Senin, 23 November 2026"; in English "Monday, 23 November 2026".
  public func weekday(_ day: CalendarDay) -> String { weekdayName(day.weekday) + ", " + self.day(day) }

  /// The month of a number such as 202611: "November 2026".
  public func month(_ number: Int) -> String { "\(monthName(number % 100)) \(number / 100)" }

  /// RFC 3339 with the zone's offset, for `datetime` attributes and data.
  public func machine(_ instant: Instant) -> String {
    let (day, second) = zone.local(instant)
    let time = "\(two(second / 3_600)):\(two(second / 60 % 60)):\(two(second % 60))"
    return "\(day)T\(time)+\(two(zone.offset / 3_600)):00"
  }

  // MARK: Spans

  /// "1 jam 5 menit", "kurang dari 1 menit", "2 hari 3 jam": the two largest units, rounded down; never negative.
  public func duration(_ seconds: Int64) -> String {
    let minutes = max(0, seconds) / 60
    guard minutes > 0 else { return language.choose("kurang dari 1 menit", "less than 1 minute") }
    let units: [(Int64, String, String)] = [
      (minutes / 1_440, "hari", "day"), (minutes / 60 % 24, "jam", "hour"), (minutes % 60, "menit", "minute"),
    ]
    guard let first = units.firstIndex(where: { $0.0 > 0 }) else { return "" }
    return units.dropFirst(first).prefix(2).filter { $0.0 > 0 }.map { count, indonesian, english in
      NumberWords(language).whole(count) + " " + language.choose(indonesian, count == 1 ? english : english + "s")
    }.joined(separator: " ")
  }

  /// What is left of a budget: "sisa 6 menit", "lewat 4 menit". `left` in seconds; 0 and below are past due.
  public func remaining(_ left: Int64) -> String {
    let (size, overflow) = Int64(0).subtractingReportingOverflow(left)
    let past = duration(overflow ? .max : size)
    return left > 0
      ? language.choose("sisa \(duration(left))", "\(duration(left)) left")
      : language.choose("lewat \(past)", "\(past) past due")
  }

  /// From now to a due instant, by the clock on the wall.
  public func remaining(until due: Instant, now: Instant) -> String { remaining(due.seconds(since: now)) }

  /// "6 menit lalu", "baru saja".
  public func ago(_ instant: Instant, now: Instant) -> String {
    let seconds = now.seconds(since: instant)
    guard seconds >= 60 else { return language.choose("baru saja", "just now") }
    return duration(seconds) + language.choose(" lalu", " ago")
  }

  /// "3 hari kerja"
  public func workingDays(_ count: Int) -> String {
    NumberWords(language).whole(count) + language.choose(" hari kerja", count == 1 ? " working day" : " working days")
  }

  // MARK: Names

  /// `number` 1…12; "–" for anything else.
  public func monthName(_ number: Int) -> String {
    let names = language == .indonesian ? DateWords.bulan : DateWords.months
    return names.indices.contains(number - 1) ? names[number - 1] : "–"
  }

  /// `number` 1 (Monday) … 7 (Sunday); "–" for anything else.
  public func weekdayName(_ number: Int) -> String {
    let names = language == .indonesian ? DateWords.hari : DateWords.weekdays
    return names.indices.contains(number - 1) ? names[number - 1] : "–"
  }

  private static let bulan = [
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
  ]
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]
  private static let hari = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
  private static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

  private func at(_ instant: Instant) -> String { language.choose(" pukul ", " at ") + time(instant) }

  private func clock(_ instant: Instant, _ zone: OfficeZone) -> String {
    let second = zone.local(instant).second
    return two(second / 3_600) + language.choose(".", ":") + two(second / 60 % 60)
  }

  private func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
