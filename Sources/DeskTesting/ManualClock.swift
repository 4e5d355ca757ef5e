public import Desk
public import SOP
import Synchronization

/// A clock that stands until a test moves it. Sleepers wake when the hand passes their instant; moving it back
/// wakes nobody.
public final class ManualClock: WallClock {
  private struct Sleeper {
    let id: UInt64
    let until: Instant
    let continuation: CheckedContinuation<Void, any Error>
  }
  private struct State {
    var now: Instant
    var nextID: UInt64 = 0
    var sleepers: [Sleeper] = []
    var cancelled = Set<UInt64>()
  }
  private let state: Mutex<State>

  public init(_ now: Instant) { state = Mutex(State(now: now)) }

  public func now() -> Instant { state.withLock { $0.now } }

  public func set(_ instant: Instant) {
    let woken = state.withLock { state -> [Sleeper] in
      state.now = instant
      let woken = state.sleepers.filter { $0.until <= instant }
      state.sleepers.removeAll { $0.until <= instant }
      return woken
    }
    for sleeper in woken { sleeper.continuation.resume() }
  }

  public func advance(seconds: Int64) { set(now().adding(seconds: seconds)) }

  /// How many tasks sleep on this clock: a test waits for one to be asleep before it moves the hand.
  public var sleeperCount: Int { state.withLock { $0.sleepers.count } }

  public func sleep(until instant: Instant) async throws {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    defer { state.withLock { state in _ = state.cancelled.remove(id) } }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
        let verdict = state.withLock { state -> Bool? in
          if state.cancelled.contains(id) { return false }
          if instant <= state.now { return true }
          state.sleepers.append(Sleeper(id: id, until: instant, continuation: continuation))
          return nil
        }
        switch verdict {
        case true?: continuation.resume()
        case false?: continuation.resume(throwing: CancellationError())
        case nil: break
        }
      }
    } onCancel: {
      let sleeper = state.withLock { state -> Sleeper? in
        guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else {
          state.cancelled.insert(id)
          return nil
        }
        return state.sleepers.remove(at: index)
      }
      sleeper?.continuation.resume(throwing: CancellationError())
    }
  }
}
