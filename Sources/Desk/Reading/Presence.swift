public import SOP
import Synchronization

/// Who has a ticket open right now, so that two people do not answer at once. Forgotten after 45 seconds without a
/// sign of life; a restart forgets everyone, which the next sign mends.
public final class Presence: Sendable {
  public struct Seen: Sendable, Equatable {
    public let officer: Officer
    /// The form they write in: "answer", "question" …; `nil`: they only look.
    public let writing: String?
    public let at: Instant

    public init(officer: Officer, writing: String?, at: Instant) {
      self.officer = officer
      self.writing = writing
      self.at = at
    }
  }
  private let seen = Mutex<[TicketNumber: [String: Seen]]>([:])

  public init() {}

  public func note(_ officer: Officer, at ticket: TicketNumber, writing: String?, now: Instant) {
    seen.withLock { $0[ticket, default: [:]][officer.account] = Seen(officer: officer, writing: writing, at: now) }
  }

  public func leave(_ account: String, ticket: TicketNumber) {
    seen.withLock {
      $0[ticket]?[account] = nil
      if $0[ticket]?.isEmpty == true { $0[ticket] = nil }
    }
  }

  /// The others at this ticket.
  public func others(at ticket: TicketNumber, than account: String, now: Instant) -> [Seen] {
    seen.withLock { all in
      let fresh = (all[ticket] ?? [:]).filter { now.seconds(since: $0.value.at) <= 45 }
      all[ticket] = fresh.isEmpty ? nil : fresh
      return fresh.values.filter { $0.officer.account != account }.sorted { $0.officer.name < $1.officer.name }
    }
  }
}
