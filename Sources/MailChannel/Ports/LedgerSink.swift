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
        key: LedgerSink.key(mail, in: cursor.mailbox), receivedAt: now, raw: Data(mail.bytes),
        trouble: mail.problem.map(LedgerSink.code))
    }
    _ = try await ledger.receive(drafts, advancing: cursor)
    if !drafts.isEmpty { intake.ring() }
  }

  /// What identifies a message in the ledger: its mailbox, and its number there.
  private static func key(_ mail: FetchedMail, in mailbox: String) -> String {
    "imap/\(mailbox)/\(mail.uidValidity)/\(mail.uid)"
  }

  /// The numbers in a key; nil when it is of another mailbox, or none.
  static func place(inKey key: String, of mailbox: String) -> (validity: UInt32, uid: UInt32)? {
    let prefix = Array("imap/\(mailbox)/".utf8)
    let bytes = Array(key.utf8)
    guard bytes.starts(with: prefix) else { return nil }
    let numbers = bytes.dropFirst(prefix.count).split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .map { UInt32(String(decoding: $0, as: UTF8.self)) }
    guard numbers.count == 2, let validity = numbers[0], let uid = numbers[1] else { return nil }
    return (validity, uid)
  }

  /// The reason that the quarantine page shows.
  static func code(_ problem: FetchProblem) -> String {
    switch problem {
    case .tooLarge: "too_large"
    case .unreadable: "not_fetched"
    }
  }
}
