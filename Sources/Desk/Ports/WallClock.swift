public import SOP

/// Time as the desk sees it: due instants are wall-clock instants, waits must survive jumps of the clock.
public protocol WallClock: Sendable {
  func now() -> Instant
  /// Returns once `now()` has reached `instant`, at most a second late even when the wall clock jumped meanwhile.
  /// Throws `CancellationError` when the task is cancelled.
  func sleep(until instant: Instant) async throws
}
