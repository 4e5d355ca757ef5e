import Synchronization

/// Says to a blocking transfer on another thread that it shall end now. Once set, it stays set.
final class StopFlag: Sendable {
  private let flag = Atomic<Bool>(false)
  var isSet: Bool { flag.load(ordering: .acquiring) }
  func set() { flag.store(true, ordering: .releasing) }
}
