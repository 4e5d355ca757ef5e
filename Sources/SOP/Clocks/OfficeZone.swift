/// The time zones of Indonesia, and UTC for tests. None of them has daylight saving time,
/// so a fixed offset is the whole truth (domain.md §5.6).
public enum OfficeZone: String, Codable, Sendable, CaseIterable {
  case jakarta = "Asia/Jakarta"
  case pontianak = "Asia/Pontianak"
  case makassar = "Asia/Makassar"
  case jayapura = "Asia/Jayapura"
  case utc = "UTC"

  /// Seconds to add to UTC.
  public var offset: Int64 {
    switch self {
    case .jakarta, .pontianak: 7 * 3_600
    case .makassar: 8 * 3_600
    case .jayapura: 9 * 3_600
    case .utc: 0
    }
  }

  /// What is written after a time of day: WIB, WITA, WIT, UTC.
  public var suffix: String {
    switch self {
    case .jakarta, .pontianak: "WIB"
    case .makassar: "WITA"
    case .jayapura: "WIT"
    case .utc: "UTC"
    }
  }

  /// The local day and the second of that day (0…86,399).
  public func local(_ instant: Instant) -> (day: CalendarDay, second: Int64) {
    let shifted = instant.seconds + offset
    let second = ((shifted % 86_400) + 86_400) % 86_400
    return (CalendarDay(dayNumber: (shifted - second) / 86_400), second)
  }

  /// The instant at which `second` seconds of the local `day` have passed.
  public func instant(_ day: CalendarDay, second: Int64 = 0) -> Instant {
    Instant(seconds: day.dayNumber * 86_400 - offset).adding(seconds: second)
  }
}
