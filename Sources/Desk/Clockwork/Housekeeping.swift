import Logging
import SOP
public import ServiceLifecycle

/// Puts away what nobody will ask for again, once an hour: sessions that are over, drafts nobody went on with for
/// thirty days, and uploads of complaints that were never sent.
///
/// Nothing of a ticket or of the ledger is touched. A crash between any two lines is harmless: the next hour does it.
public struct Housekeeping: Service {
  /// How long an unsent draft waits for its writer.
  static let draftSeconds: Int64 = 30 * 86_400
  /// Longer than a draft: whoever finds the draft finds its files.
  static let uploadSeconds: Int64 = 31 * 86_400
  static let pauseSeconds: Int64 = 3_600

  private let store: any DeskStore
  private let clock: any WallClock
  private let logger = Logger(label: "sigap.housekeeping")

  public init(store: any DeskStore, clock: any WallClock) {
    self.store = store
    self.clock = clock
  }

  public func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          try await tidy()
        } catch {
          logger.error("could not tidy up", metadata: ["error": "\(error)"])
        }
        try? await clock.sleep(until: clock.now().adding(seconds: Housekeeping.pauseSeconds))
      }
    }
  }

  public func tidy() async throws {
    let now = clock.now()
    try await store.dropSessions(expiredBefore: now)
    try await store.dropDrafts(olderThan: now.adding(seconds: -Housekeeping.draftSeconds))
    let dropped = try await store.dropUploads(olderThan: now.adding(seconds: -Housekeeping.uploadSeconds))
    if dropped > 0 { logger.notice("uploads nobody sent were removed", metadata: ["files": "\(dropped)"]) }
  }
}
