public import Desk
public import Logging
public import ServiceLifecycle
import Synchronization

/// Brings every message of one mailbox to the desk, oldest first.
///
/// Each round: status → UIDs above the cursor → messages in rows → `FetchedMailSink.keep`. While one row is being
/// kept, the next is being fetched. A message that cannot be had never holds up the others: over the limit it is handed
/// over as its beginning; when the server fails to give it `attempts` times (while it answers other questions), as
/// nothing but its UID and the reason.
public final class ImapFetcher: Service {
  /// What the first look at a mailbox takes.
  public enum Beginning: String, Sendable {
    /// Everything that is in it.
    case all
    /// Only what comes from then on.
    case now
  }

  /// How often to look, and how much at a time.
  public struct Pace: Sendable {
    /// For a mailbox that was never looked at.
    public var beginning = Beginning.all
    public var poll: Swift.Duration = .seconds(2)
    /// After the first fault; doubled after each further one.
    public var firstPause: Swift.Duration = .seconds(1)
    public var longestPause: Swift.Duration = .seconds(60)
    /// A wrong secret tried too often locks the account.
    public var credentialsPause: Swift.Duration = .seconds(300)
    public var rowMessages = 64
    public var rowBytes = 16 << 20
    /// For one message that the server fails to give.
    public var attempts = 4

    public init() {}
  }

  private let account: ImapAccount
  private let sink: any FetchedMailSink
  private let pace: Pace
  private let logger: Logger
  private let clock: any WallClock
  private let healthNow = Mutex(MailboxHealth())

  /// - Parameters:
  ///   - sink: keeps messages and cursor.
  ///   - clock: dates `health`; waiting is by the monotonic clock.
  public init(
    _ account: ImapAccount, sink: any FetchedMailSink, pace: Pace = Pace(), logger: Logger,
    clock: any WallClock
  ) {
    (self.account, self.sink, self.pace, self.logger, self.clock) = (account, sink, pace, logger, clock)
  }

  public var health: MailboxHealth { healthNow.withLock { $0 } }

  /// Runs until graceful shutdown or cancellation, which end a running transfer within a second.
  public func run() async throws {
    let stop = StopFlag()
    let lane = ImapLane(account, stop: stop)
    await cancelWhenGracefulShutdown {
      await withTaskCancellationHandler {
        await self.rounds(lane)
      } onCancel: {
        stop.set()
      }
    }
    // Not waited for: the good-bye to a server that has fallen silent takes minutes.
    Task { await lane.close() }
  }

  private func rounds(_ lane: ImapLane) async {
    var troubles = Troubles()
    while !Task.isCancelled {
      var pause = pace.poll
      do {
        let count = try await round(lane, &troubles)
        troubles.inARow = 0
        healthNow.withLock { health in
          (health.lastSuccess, health.fault, health.faultAt) = (clock.now(), nil, nil)
        }
        if count > 0 { pause = .zero }
      } catch {
        if Task.isCancelled { return }
        pause = note(error, &troubles)
      }
      try? await Task.sleep(for: pause)
    }
  }

  /// - Returns: how many UIDs were passed.
  private func round(_ lane: ImapLane, _ troubles: inout Troubles) async throws(FetchFault) -> Int {
    let mailbox = account.mailboxID
    let status = try await mail { () async throws(ImapFault) in try await lane.status() }
    var cursor = MailboxCursor(mailbox: mailbox, validity: status.uidValidity, lastUID: 0)
    let kept = try await ours { try await self.sink.cursor(of: mailbox) }
    if let kept, kept.validity == status.uidValidity { cursor = kept }
    if kept == nil, pace.beginning == .now {
      cursor = MailboxCursor(mailbox: mailbox, validity: status.uidValidity, lastUID: status.uidNext - 1)
      logger.notice("what is in the mailbox already stays there", metadata: ["messages": "\(status.messages)"])
      // Kept at once: also an empty mailbox has been looked at.
      let first = cursor
      try await ours { try await self.sink.keep([], advancing: first) }
    }
    if let kept, kept.validity != status.uidValidity {
      logger.notice("mailbox has a new UIDVALIDITY and is read from its beginning")
      troubles.attempts = [:]
    }
    let last = cursor.lastUID
    let uids = try await mail { () async throws(ImapFault) in try await lane.uids(above: last, in: status) }
    guard !uids.isEmpty else { return 0 }

    let validity = cursor.validity
    var row = await fetch(lane, uids[...], validity)
    var rest = uids[...]
    while true {
      rest = rest.dropFirst(row.count)
      // The next row is under way while this one is made durable.
      let ahead = row.fault == nil ? rest : []
      async let next = fetch(lane, ahead, validity)
      try await keep(row, &cursor)
      if let fault = row.fault {
        try await giveUpOrThrow(fault, at: rest.first, &cursor, &troubles)
        return uids.count - rest.count
      }
      if rest.isEmpty { return uids.count }
      row = await next
    }
  }

  private func fetch(_ lane: ImapLane, _ uids: ArraySlice<UInt32>, _ validity: UInt32) async -> ImapLane.Row {
    await lane.row(of: uids, uidValidity: validity, messages: pace.rowMessages, bytes: pace.rowBytes)
  }

  private func keep(_ row: ImapLane.Row, _ cursor: inout MailboxCursor) async throws(FetchFault) {
    guard let reached = row.reached else { return }
    let target = MailboxCursor(mailbox: cursor.mailbox, validity: cursor.validity, lastUID: reached)
    try await ours { try await self.sink.keep(row.mails, advancing: target) }
    cursor = target
    healthNow.withLock { $0.fetched += row.mails.count }
  }

  /// Counts the failures of one message. Only a round whose status went well comes here, so the server itself answers.
  private func giveUpOrThrow(
    _ fault: ImapFault, at uid: UInt32?, _ cursor: inout MailboxCursor, _ troubles: inout Troubles
  ) async throws(FetchFault) {
    guard let uid, !fault.isNotOfOneMessage else { throw .mailbox(fault) }
    let attempts = (troubles.attempts[uid] ?? 0) + 1
    troubles.attempts = [uid: attempts]
    guard attempts >= pace.attempts else { throw .mailbox(fault) }
    let problem = FetchProblem.unreadable(attempts: attempts)
    let mail = FetchedMail(uidValidity: cursor.validity, uid: uid, bytes: [], problem: problem)
    try await keep(ImapLane.Row(mails: [mail], reached: uid, count: 1), &cursor)
    troubles.attempts = [:]
    logger.warning("a message could not be fetched and is passed over", metadata: ["uid": "\(uid)"])
  }

  private func note(_ fault: FetchFault, _ troubles: inout Troubles) -> Swift.Duration {
    troubles.inARow += 1
    healthNow.withLock { health in (health.fault, health.faultAt) = (fault, clock.now()) }
    logger.warning("fetching mail failed", metadata: ["fault": "\(fault.code)", "inARow": "\(troubles.inARow)"])
    switch fault {
    case .mailbox(.wrongCredentials): return pace.credentialsPause
    case .mailbox(.uidValidityChanged): return .zero
    default:
      let doubled = pace.firstPause * (1 << min(troubles.inARow - 1, 10))
      return min(doubled, pace.longestPause)
    }
  }

  /// What went wrong so far.
  private struct Troubles {
    /// Rounds that ended in a fault, since the last that did not.
    var inARow = 0
    /// Of the message that failed last, by UID.
    var attempts: [UInt32: Int] = [:]
  }

  private func mail<Value: Sendable>(
    _ body: () async throws(ImapFault) -> Value
  ) async throws(FetchFault) -> Value {
    do { return try await body() } catch { throw .mailbox(error) }
  }

  private func ours<Value: Sendable>(_ body: () async throws -> Value) async throws(FetchFault) -> Value {
    do { return try await body() } catch {
      logger.error("fetched mail could not be kept", metadata: ["error": "\(error)"])
      throw .sink
    }
  }
}
