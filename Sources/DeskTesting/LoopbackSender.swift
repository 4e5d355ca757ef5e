public import Desk
import Synchronization

/// A channel that leads nowhere: it remembers what it was given and answers as told.
public final class LoopbackSender: LetterSender {
  private struct State {
    var sent: [OutboxLetter] = []
    var troubles: [DeliveryError] = []
    var troubleFor: [String: DeliveryError] = [:]
  }
  private let state = Mutex(State())

  public init() {}

  /// Letters the channel took responsibility for, in order; a letter sent twice stands here twice.
  public var sent: [OutboxLetter] { state.withLock { $0.sent } }

  /// The next sends fail so, one each.
  public func failNext(_ troubles: DeliveryError...) { state.withLock { $0.troubles += troubles } }

  /// Every send to this recipient fails so; `nil` ends it.
  public func fail(recipient: String, _ trouble: DeliveryError?) {
    state.withLock { $0.troubleFor[recipient] = trouble }
  }

  public func send(_ letter: OutboxLetter) async throws(DeliveryError) -> String {
    let trouble = state.withLock { state -> DeliveryError? in
      if let trouble = state.troubleFor[letter.recipient] { return trouble }
      if !state.troubles.isEmpty { return state.troubles.removeFirst() }
      state.sent.append(letter)
      return nil
    }
    if let trouble { throw trouble }
    return "250 2.0.0 kept"
  }
}
