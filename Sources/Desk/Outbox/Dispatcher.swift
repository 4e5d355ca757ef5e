import Logging
public import SOP
public import ServiceLifecycle
import Synchronization

/// Carries letters from the outbox to their channel.
///
/// What enters: rows the decisions wrote. What leaves: one transaction per letter with its channel. A row is leased
/// before its first byte leaves; a process that dies while sending leaves the row to become `uncertain` when the
/// lease runs out, because the letter may have arrived. Only a person sends such a letter again, and it keeps its
/// Message-ID. Outcomes that move the ticket are stored together with the command for it.
public struct Dispatcher: Service {
  private let store: any DeskStore
  private let sender: any LetterSender
  private let clock: any WallClock
  private let bells: Bells
  private let logger = Logger(label: "sigap.outbox")

  public init(store: any DeskStore, sender: any LetterSender, clock: any WallClock, bells: Bells) {
    self.store = store
    self.sender = sender
    self.clock = clock
    self.bells = bells
  }

  /// Longer than the longest transaction a channel may take.
  static let lease: Int64 = 180
  /// Letters under way at a time.
  static let mostAtOnce = 16
  /// Seconds until the next attempt after each temporary failure; after the last one the letter has failed.
  static let backOff: [Int64] = [30, 120, 600, 1_800, 3_600, 14_400, 28_800, 86_400, 86_400]

  public func run() async throws {
    let slots = Slots(freed: bells.outbox)
    try await cancelWhenGracefulShutdown {
      try await withThrowingDiscardingTaskGroup { group in
        while !Task.isCancelled {
          do {
            try await begin(in: &group, slots)
            let next = slots.free > 0 ? try await nextLook() : nil
            await bells.outbox.wait(until: next, on: clock)
          } catch is CancellationError {
            return
          } catch {
            logger.error("the outbox could not be read", metadata: ["error": "\(error)"])
            try? await clock.sleep(until: clock.now().adding(seconds: 2))
          }
        }
      }
    }
  }

  /// Sends everything that is due; returns when to look again: at the next letter, or when a lease that someone
  /// else left behind runs out.
  @discardableResult
  public func sendWaiting() async throws -> Instant? {
    let slots = Slots(freed: Bell())
    try await withThrowingDiscardingTaskGroup { group in
      while !Task.isCancelled {
        try await begin(in: &group, slots)
        if slots.free == Dispatcher.mostAtOnce { break }
        await slots.freed.wait()
      }
    }
    return try await nextLook()
  }

  /// Takes what is due into the free slots. Whoever is done makes room for the next: a recipient whose server hangs
  /// holds up nobody else.
  private func begin(in group: inout ThrowingDiscardingTaskGroup<any Error>, _ slots: Slots) async throws {
    while !Task.isCancelled, slots.free > 0 {
      let claimed = try await store.claim(limit: slots.free, now: clock.now(), lease: Dispatcher.lease)
      if claimed.isEmpty { return }
      for letter in claimed {
        slots.take()
        group.addTask {
          // A letter that has begun is finished, also when the server is asked to stop: a task of its own is not
          // cancelled with this one.
          await Task { await send(letter) }.value
          slots.giveBack()
        }
      }
    }
  }

  private func nextLook() async throws -> Instant? {
    // Leases ran out: their tickets are to be told.
    if try await !store.followUps(limit: 1).isEmpty { bells.followUps.ring() }
    let next = try await store.earliestLetter()
    guard try await store.outboxCounts()[.sending] ?? 0 > 0 else { return next }
    let expiry = clock.now().adding(seconds: Dispatcher.lease)
    return next.map { min($0, expiry) } ?? expiry
  }

  private func send(_ claimed: ClaimedLetter) async {
    let outcome: SendOutcome
    do {
      outcome = .accepted(detail: try await sender.send(claimed.letter))
    } catch let error {
      outcome = verdict(on: error, attempt: claimed.attempt)
    }
    do {
      try await keep(outcome, of: claimed)
    } catch {
      // The row stays `sending` and becomes `uncertain` with its lease: nothing is sent twice in silence.
      logger.error(
        "the end of a letter could not be kept", metadata: ["letter": "\(claimed.letter.id)", "error": "\(error)"])
    }
  }

  private func keep(_ outcome: SendOutcome, of claimed: ClaimedLetter) async throws {
    let followUp = Dispatcher.followUp(for: claimed.letter, after: outcome)
    if try await store.record(outcome, for: claimed, followUp: followUp, now: clock.now()) {
      if followUp != nil { bells.followUps.ring() }
      return
    }
    logger.warning("a lease was lost while sending", metadata: ["letter": "\(claimed.letter.id)"])
    // It arrived all the same: better known late than sent again.
    if case .accepted(let detail) = outcome {
      try await store.recordLate(
        .sent, detail: detail, letter: claimed.letter.id, followUp: followUp, now: clock.now())
      bells.followUps.ring()
    }
  }

  private func verdict(on error: DeliveryError, attempt: Int) -> SendOutcome {
    let detail = "\(error.code) \(error.detail)"
    switch error.retry {
    case .never: return .failed(detail: detail)
    case .uncertain: return .uncertain(detail: detail)
    case .later:
      guard attempt >= 1, attempt <= Dispatcher.backOff.count else { return .failed(detail: detail) }
      return .later(at: clock.now().adding(seconds: Dispatcher.backOff[attempt - 1]), detail: detail)
    }
  }

  /// What the ticket must hear about the end of one of its letters.
  public static func followUp(for letter: OutboxLetter, after outcome: SendOutcome) -> FollowUp? {
    guard let ticket = letter.ticket else { return nil }
    let isAnswer = isAnswer(letter)
    switch outcome {
    case .accepted:
      return isAnswer
        ? FollowUp(ticket: ticket, command: .recordAnswerAccepted(channel: .email, letter: letter.id)) : nil
    case .later: return nil
    case .failed(let detail), .uncertain(let detail):
      return failure(of: letter, on: ticket, isAnswer: isAnswer, detail: detail)
    }
  }

  static func isAnswer(_ letter: OutboxLetter) -> Bool {
    letter.kind == "answer" || letter.kind == "answerOfOriginal"
  }

  static func failure(of letter: OutboxLetter, on ticket: TicketNumber, isAnswer: Bool, detail: String) -> FollowUp {
    FollowUp(
      ticket: ticket,
      command: isAnswer
        ? .recordAnswerFailed(reason: detail, letter: letter.id)
        : .recordLetterFailed(letter: letter.id, reason: detail))
  }
}

/// How many more letters may be begun.
private final class Slots: Sendable {
  /// Rung by each letter that is done.
  let freed: Bell
  private let taken = Mutex(0)

  init(freed: Bell) { self.freed = freed }

  var free: Int { Dispatcher.mostAtOnce - taken.withLock { $0 } }
  func take() { taken.withLock { $0 += 1 } }
  func giveBack() {
    taken.withLock { $0 -= 1 }
    freed.ring()
  }
}
