/// Tells open pages what another process wrote into the store: the pipe of the mail server, a command.
///
/// Rung by the doorbell. What this process wrote meanwhile is told once more, which harms no page. A process that was
/// not told misses nothing that a page cannot read again.
public actor OtherWriters {
  private let store: any DeskStore
  private let live: LiveHub
  private var seen: Int64?

  /// More changes than this are not told one by one: pages keep the newest only.
  static let most: Int64 = 500

  public init(store: any DeskStore, live: LiveHub) {
    self.store = store
    self.live = live
  }

  /// What was written before is on the pages already.
  public func begin() async throws {
    if seen == nil { seen = try await store.lastEvent() }
  }

  /// Publishes every ticket with an event nobody has told yet.
  public func tell() async throws {
    let newest = try await store.lastEvent()
    var last = max(seen ?? newest, newest - OtherWriters.most)
    while last < newest {
      let changes = try await store.changes(after: last, limit: 100)
      guard changes.last > last else { break }
      for change in changes.tickets { live.publish(change) }
      last = changes.last
    }
    seen = max(seen ?? 0, last)
  }
}
