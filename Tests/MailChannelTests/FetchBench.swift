import Desk
import Logging
import SOP
import Testing

@testable import MailChannel

/// All tests that talk to servers: one after the other, since some stop a server.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct MailServerTests {
  let servers: MailServers
  init() throws { servers = try MailServers.started.get() }
}

extension MailServerTests {
  func account(
    _ user: String, secret: String = "rahasia", mailbox: String = "INBOX", trust: String? = nil
  ) throws -> ImapAccount {
    try ImapAccount(
      url: "imaps://localhost:\(servers.ports.imaps)/\(mailbox)", user: user, secret: secret,
      trustFile: trust ?? servers.ports.ca)
  }

  func fetcher(_ account: ImapAccount, _ shelf: Shelf, poll: Swift.Duration = .milliseconds(50)) -> ImapFetcher {
    var pace = ImapFetcher.Pace()
    pace.poll = poll
    pace.firstPause = .milliseconds(50)
    pace.longestPause = .milliseconds(200)
    return ImapFetcher(account, sink: shelf, pace: pace, logger: quiet, clock: FixedClock())
  }

  /// Runs the fetcher until `done`, at most three minutes.
  func run(_ fetcher: ImapFetcher, until done: @escaping @Sendable () async -> Bool) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await fetcher.run() }
      try await waitUntil(done)
      group.cancelAll()
    }
  }
}

func waitUntil(_ done: @Sendable () async -> Bool) async throws {
  let end = ContinuousClock.now.advanced(by: .seconds(180))
  while await !done() {
    try #require(ContinuousClock.now < end, "did not happen within three minutes")
    try await _Concurrency.Task.sleep(for: .milliseconds(5))
  }
}

let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

struct FixedClock: WallClock {
  func now() -> Instant { Instant(seconds: 1_795_000_000) }
  func sleep(until instant: Instant) async throws {}
}

/// Keeps what it is given, and can refuse to.
actor Shelf: FetchedMailSink {
  struct Full: Error {}
  private(set) var mails: [FetchedMail] = []
  private(set) var cursor: MailboxCursor?
  private(set) var batches = 0
  private var refusals = 0

  init(refusing refusals: Int = 0) { self.refusals = refusals }

  func cursor(of mailbox: String) -> MailboxCursor? { cursor }

  func keep(_ mails: [FetchedMail], advancing cursor: MailboxCursor) throws {
    if refusals > 0 {
      refusals -= 1
      throw Full()
    }
    self.mails += mails
    self.cursor = cursor
    batches += 1
  }
}
