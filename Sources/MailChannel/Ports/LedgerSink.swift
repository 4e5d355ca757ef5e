public import Desk
import Foundation

/// Puts fetched mail into the desk's ledger and wakes intake.
public struct LedgerSink: FetchedMailSink {
  private let ledger: any InboundLedger
  private let clock: any WallClock
  private let intake: Bell

  /// - Parameter intake: rung after each batch that is durable.
  public init(ledger: any InboundLedger, clock: any WallClock, intake: Bell) {
    (self.ledger, self.clock, self.intake) = (ledger, clock, intake)
  }

  public func cursor(of mailbox: String) async throws -> MailboxCursor? {
    try await ledger.mailboxCursor(mailbox)
  }

  public func keep(_ mails: [FetchedMail], advancing cursor: MailboxCursor) async throws {
    let now = clock.now()
    let drafts = mails.map { mail in
      InboundDraft(
        id: InboundID.make(at: now), source: .imap,
        key: "imap/\(cursor.mailbox)/\(mail.uidValidity)/\(mail.uid)", receivedAt: now, raw: Data(mail.bytes),
        trouble: mail.problem.map(LedgerSink.code))
    }
    _ = try await ledger.receive(drafts, advancing: cursor)
    if !drafts.isEmpty { intake.ring() }
  }

  /// The reason that the quarantine page shows.
  static func code(_ problem: FetchProblem) -> String {
    switch problem {
    case .tooLarge: "too_large"
    case .unreadable: "not_fetched"
    }
  }
}
