import Synchronization

/// Rows that the store failed since it was last well: their attempts do not count.
final class Owed: Sendable {
  private struct State {
    var ids: Set<String> = []
    var trouble: (any Error)?
  }
  private let state = Mutex(State())

  var ids: [String] { state.withLock { Array($0.ids) } }
  var trouble: (any Error)? { state.withLock { $0.trouble } }

  func add(_ id: String, because error: any Error) {
    state.withLock { state in
      state.ids.insert(id)
      state.trouble = error
    }
  }

  func forget(_ ids: [String]) {
    state.withLock { state in
      state.ids.subtract(ids)
      if state.ids.isEmpty { state.trouble = nil }
    }
  }
}
