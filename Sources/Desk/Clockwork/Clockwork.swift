import Logging
public import SOP
public import ServiceLifecycle

/// Tells tickets that their time has come.
///
/// What enters: the earliest due instant of the store. What leaves: `noticeTime` commands. It sleeps until that
/// instant and asks nothing in between; a write that brings an earlier one rings the bell. A server that was down
/// tells what it missed when it starts, once, dated at the due instant: the decision does the dating. A crash
/// between any two lines is harmless, for a mark that was told is in the ticket.
public struct Clockwork: Service {
  private let store: any DeskStore
  private let handling: Handling
  private let clock: any WallClock
  private let bell: Bell
  private let logger = Logger(label: "sigap.clockwork")

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
          let next = try await strike()
          await bell.wait(until: next, on: clock)
        } catch is CancellationError {
          return
        } catch {
          logger.error("clockwork could not read the store", metadata: ["error": "\(error)"])
          try? await clock.sleep(until: clock.now().adding(seconds: 2))
        }
      }
    }
  }

  /// Tells everything that is due now; returns the next due instant.
  @discardableResult
  public func strike() async throws -> Instant? {
    var told: [TicketNumber: Int] = [:]
    // Could not be told, or is due still although it was told: a broken ticket.
    var stuck: Set<TicketNumber> = []
    while !Task.isCancelled {
      // One that was told may be due again meanwhile, for its next mark: it is told again, at its second.
      let due = try await store.dueTickets(at: clock.now(), limit: 512 + stuck.count).filter { !stuck.contains($0) }
      if due.isEmpty { break }
      for (number, version) in await tell(due) {
        if version == nil || version == told[number] { stuck.insert(number) }
        told[number] = version
      }
    }
    return stuck.isEmpty ? try await store.earliestDue() : try await nextDue(besides: stuck)
  }

  /// Broken tickets are tried again in a minute, so that they never make the loop hot; the others keep their second.
  private func nextDue(besides stuck: Set<TicketNumber>) async throws -> Instant {
    let retry = clock.now().adding(seconds: 60)
    let next = try await store.dueTickets(at: retry, limit: stuck.count + 1).first { !stuck.contains($0) }
    guard let next, let due = try await store.summary(next)?.nextDue else { return retry }
    return min(due, retry)
  }

  /// Many at once, so that they share the store's flushes. Returns each with its version afterwards; `nil`: it failed,
  /// or something that was due then is due still.
  private func tell(_ due: [TicketNumber]) async -> [(TicketNumber, Int?)] {
    await withTaskGroup(of: (TicketNumber, Int?).self) { group in
      for number in due {
        group.addTask {
          do {
            let now = clock.now()
            let ticket = try await handling.perform(.noticeTime, on: number, by: .machine)
            let isDueStill = ticket.nextDue.map { $0 <= now } ?? false
            return (number, isDueStill ? nil : ticket.version)
          } catch {
            logger.error("ticket could not be told the time", metadata: ["ticket": "\(number)", "error": "\(error)"])
            return (number, nil)
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
  }
}
