import Logging
import Synchronization

/// Rows that cannot be read back (a torn text, a kind that a newer program wrote) are passed over where many are read,
/// so that one of them stops no service and no list. Each is told once in the log, and by every `verify`.
final class UnreadableRows: Sendable {
  private let told = Mutex<Set<String>>([])
  private let logger = Logger(label: "sigap.store")

  /// What was read; `nil` when the row is unreadable. `place` names it for people.
  func value<T>(of place: @autoclosure () -> String, _ read: () throws -> T) throws -> T? {
    do {
      return try read()
    } catch StoreFault.unreadable(let what) {
      let place = place()
      if told.withLock({ $0.insert(place).inserted }) {
        logger.error("a row cannot be read back and is passed over", metadata: ["row": "\(place)", "what": "\(what)"])
      }
      return nil
    }
  }
}
