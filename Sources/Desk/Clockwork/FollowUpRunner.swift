import Logging
import SOP
public import ServiceLifecycle

/// Gives tickets the commands other decisions ordered for them: at least once, dropped with the commit that carries
/// one out, or when the procedure refuses it (it was carried out before, or the ticket went another way).
public struct FollowUpRunner: Service {
  private let store: any DeskStore
  private let handling: Handling
  private let clock: any WallClock
  private let bell: Bell
  private let logger = Logger(label: "sigap.followups")

  public init(store: any DeskStore, handling: Handling, clock: any WallClock, bell: Bell) {
    self.store = store
    self.handling = handling
    self.clock = clock
    self.bell = bell
  }

  public func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          let failed = try await runWaiting()
          await bell.wait(until: failed == 0 ? nil : clock.now().adding(seconds: 60), on: clock)
        } catch is CancellationError {
          return
        } catch {
          logger.error("follow-ups could not be read", metadata: ["error": "\(error)"])
          try? await clock.sleep(until: clock.now().adding(seconds: 2))
        }
      }
    }
  }

  /// Carries out everything that waits now, in the order it was asked for. One that cannot be carried out stays and
  /// holds up none of the others. Returns how many stayed.
  @discardableResult
  public func runWaiting() async throws -> Int {
    var failed: Set<Int64> = []
    while !Task.isCancelled {
      let waiting = try await store.followUps(limit: 64 + failed.count).filter { !failed.contains($0.id) }
      if waiting.isEmpty { break }
      for stored in waiting where await !carriedOut(stored) { failed.insert(stored.id) }
    }
    return failed.count
  }

  private func carriedOut(_ stored: StoredFollowUp) async -> Bool {
    do {
      do {
        try await handling.perform(
          stored.followUp.command, on: stored.followUp.ticket, by: .machine, followUp: stored.id)
      } catch is Rejection {
        try await store.dropFollowUp(stored.id)
      } catch is NoSuchTicket {
        try await store.dropFollowUp(stored.id)
      }
      return true
    } catch {
      logger.error(
        "a follow-up failed", metadata: ["ticket": "\(stored.followUp.ticket)", "error": "\(error)"])
      return false
    }
  }
}
