import Foundation
public import SOP

/// The machine's clock.
public struct SystemWallClock: WallClock {
  public init() {}

  public func now() -> Instant { Instant(seconds: Int64(Date().timeIntervalSince1970.rounded(.down))) }

  /// Waits in slices of a quarter second by the monotonic clock and looks at the wall clock between them: a jump of
  /// the wall clock, forward or back, is seen at the next slice. Nothing but the clock is asked.
  public func sleep(until instant: Instant) async throws {
    while true {
      let left = Double(instant.seconds) - Date().timeIntervalSince1970
      guard left > 0 else { return }
      try await ContinuousClock().sleep(for: .milliseconds(Int64(min(left * 1_000 + 1, 250))))
    }
  }
}
