public import SOP
import Synchronization

/// What changed, told to everyone who has a page open.
public struct TicketChange: Sendable, Equatable {
  public let number: TicketNumber
  public let version: Int
  public let stage: Stage
  public init(number: TicketNumber, version: Int, stage: Stage) {
    self.number = number
    self.version = version
    self.stage = stage
  }
}

/// Hands each change to every open page. A page that reads too slowly misses changes, never the newest ones.
public final class LiveHub: Sendable {
  private let listeners = Mutex<[UInt64: AsyncStream<TicketChange>.Continuation]>([:])
  private let nextID = Atomic<UInt64>(0)

  public init() {}

  public func publish(_ change: TicketChange) {
    for listener in listeners.withLock({ Array($0.values) }) { listener.yield(change) }
  }

  /// The changes from now on; ends when the reading task does.
  public func changes() -> AsyncStream<TicketChange> {
    let id = nextID.wrappingAdd(1, ordering: .relaxed).newValue
    let (stream, continuation) = AsyncStream.makeStream(
      of: TicketChange.self, bufferingPolicy: .bufferingNewest(64))
    listeners.withLock { $0[id] = continuation }
    continuation.onTermination = { [weak self] _ in
      self?.listeners.withLock { $0[id] = nil }
    }
    return stream
  }

  /// Ends every open stream, so that a stopping server does not wait for them.
  public func close() {
    for listener in listeners.withLock({ Array($0.values) }) { listener.finish() }
  }
}
