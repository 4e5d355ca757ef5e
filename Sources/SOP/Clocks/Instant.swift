/// A point in time in whole seconds since 1970-01-01T00:00:00Z.
///
/// The procedure counts in seconds (SOP: minutes), so sums of spans are exact; a
/// floating-point `Date` could not promise "to the second, always".
public struct Instant: Comparable, Hashable, Sendable, Codable {
  public let seconds: Int64

  /// Values outside the years 1–9999 are clamped, so that no arithmetic on them can overflow.
  public init(seconds: Int64) {
    self.seconds = min(max(seconds, Instant.earliest), Instant.latest)
  }

  private static let earliest: Int64 = -62_135_596_800
  private static let latest: Int64 = 253_402_300_799
  /// The end of the year 9999: "never" for every deadline.
  public static let never = Instant(seconds: latest)

  public static func < (a: Instant, b: Instant) -> Bool { a.seconds < b.seconds }

  /// This instant moved by `seconds` (negative: earlier), clamped to the representable years.
  public func adding(seconds delta: Int64) -> Instant {
    let (sum, overflow) = seconds.addingReportingOverflow(delta)
    return Instant(seconds: overflow ? (delta < 0 ? Instant.earliest : Instant.latest) : sum)
  }

  /// Seconds from `earlier` to this instant; negative when `earlier` is later.
  public func seconds(since earlier: Instant) -> Int64 { seconds - earlier.seconds }

  public init(from decoder: any Decoder) throws {
    self.init(seconds: try decoder.singleValueContainer().decode(Int64.self))
  }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(seconds)
  }
}
