public import SOP
import Synchronization

/// Wakes one waiting loop. A ring while nobody waits is remembered once, so that none is lost.
public final class Bell: Sendable {
  private struct State {
    var rung = false
    var waiter: (id: UInt64, continuation: CheckedContinuation<Void, Never>)?
    var nextID: UInt64 = 0
  }
  private let state = Mutex(State())

  public init() {}

  public func ring() {
    let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
      guard let waiter = state.waiter else {
        state.rung = true
        return nil
      }
      state.waiter = nil
      return waiter.continuation
    }
    waiter?.resume()
  }

  /// Returns at the next ring, or at once after one that nobody heard, or when the task is cancelled.
  public func wait() async {
    let id = state.withLock { state -> UInt64 in
      state.nextID &+= 1
      return state.nextID
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let resumeNow = state.withLock { state -> [CheckedContinuation<Void, Never>] in
          if state.rung || Task.isCancelled {
            state.rung = false
            return [continuation]
          }
          let displaced = state.waiter?.continuation
          state.waiter = (id, continuation)
          return displaced.map { [$0] } ?? []
        }
        for continuation in resumeNow { continuation.resume() }
      }
    } onCancel: {
      let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
        guard let waiter = state.waiter, waiter.id == id else { return nil }
        state.waiter = nil
        return waiter.continuation
      }
      waiter?.resume()
    }
  }

  /// Returns at a ring or once the clock has reached `instant`, whichever comes first; `nil`: only at a ring.
  public func wait(until instant: Instant?, on clock: any WallClock) async {
    guard let instant else { return await wait() }
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.wait() }
      group.addTask { try? await clock.sleep(until: instant) }
      await group.next()
      group.cancelAll()
    }
  }
}

/// The bells of the house: who writes rings, who works listens.
public struct Bells: Sendable {
  public let intake = Bell()
  public let clockwork = Bell()
  public let outbox = Bell()
  public let followUps = Bell()

  public init() {}

  /// Something outside this process wrote to the store: everyone looks.
  public func ringAll() {
    intake.ring()
    clockwork.ring()
    outbox.ring()
    followUps.ring()
  }
}
