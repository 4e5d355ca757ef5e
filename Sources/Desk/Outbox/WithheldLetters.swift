import Logging
import SOP
public import ServiceLifecycle

/// Sends the receipts that were withheld, once there is room again: an official who complains for three villages within
/// an hour hears of each.
///
/// What enters: withheld first letters of the last day. What leaves: at most one for each address every hour, the
/// newest first, counted in the transaction that queues it. What is older stays withheld, for a flood must not be
/// answered for days; a person may still send it. A crash between any two lines is harmless: the next round goes on.
public struct WithheldLetters: Service {
  /// How long a withheld letter may still go by itself.
  static let patience: Int64 = 86_400
  /// All windows of the rations begin at whole hours.
  static let window: Int64 = 3_600

  private let store: any DeskStore
  private let clock: any WallClock
  private let bells: Bells
  private let logger = Logger(label: "sigap.receipts")

  public init(store: any DeskStore, clock: any WallClock, bells: Bells) {
    self.store = store
    self.clock = clock
    self.bells = bells
  }

  public func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          let released = try await release()
          if released > 0 { logger.info("withheld letters go now", metadata: ["letters": "\(released)"]) }
        } catch {
          logger.error("withheld letters could not be looked at", metadata: ["error": "\(error)"])
        }
        let now = clock.now().seconds
        try? await clock.sleep(until: Instant(seconds: now - now % WithheldLetters.window + WithheldLetters.window))
      }
    }
  }

  /// Queues what may go now; returns how many letters.
  @discardableResult
  public func release() async throws -> Int {
    let oldest = clock.now().adding(seconds: -WithheldLetters.patience)
    var seen: Set<String> = []
    var released = 0
    var after: String?
    pages: while !Task.isCancelled {
      let page = try await store.outboxPage(state: .withheld, after: after, limit: 200)
      for line in page {
        guard line.letter.createdAt >= oldest else { break pages }
        guard seen.insert(line.letter.recipient.asciiLowered).inserted, try await isWanted(line.letter) else {
          continue
        }
        if try await release(line.letter) { released += 1 }
      }
      guard page.count == 200, let last = page.last else { break }
      after = last.letter.id
    }
    if released > 0 { bells.outbox.ring() }
    return released
  }

  /// A receipt says what happens next: nothing does at a closed ticket.
  private func isWanted(_ letter: OutboxLetter) async throws -> Bool {
    guard let number = letter.ticket, let summary = try await store.summary(number) else { return false }
    return summary.closure == nil
  }

  private func release(_ letter: OutboxLetter) async throws -> Bool {
    guard let kind = FirstLetter(rawValue: letter.kind) else { return false }
    let isKnown = try await store.isKnown(address: letter.recipient)
    return try await store.release(
      letter.id, within: kind.limits(to: letter.recipient, isKnown: isKnown), now: clock.now())
  }
}
