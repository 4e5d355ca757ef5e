public import SOP

/// What a person decides at the ledger: take a row again, or take it for a complaint.
extension Intake {
  /// Puts a row back into the queue. Throws `NotReplayable` for one that reached a ticket: a second time it would be
  /// there twice. A mail whose bytes are not all here is fetched once more first; when that fails it throws
  /// `RefetchError`, and the row stays as it is.
  public func replay(_ id: String, by performer: Performer) async throws {
    let item = try await store.inbound(id)
    if let item, let key = item.key, let refetch, InboundItem.incomplete.contains(item.trouble ?? ""),
      item.outcome?.kind == .quarantined || item.outcome?.kind == .discarded
    {
      _ = try await store.refill(id, raw: try await refetch.message(ofKey: key))
    }
    guard try await store.replay(id, by: performer, now: clock.now()) else {
      throw NotReplayable(outcome: item?.outcome?.kind)
    }
    bells.intake.ring()
  }

  /// The row is in a ticket already, waits already, or is none (`outcome` `nil`).
  public struct NotReplayable: Error, Sendable, Equatable {
    public let outcome: InboundOutcome.Kind?
  }

  /// Whether a person may say that this row is a complaint after all: a mail that became part of no ticket, and that
  /// did not kill the process while it was read.
  public static func mayOpenAnyway(_ item: InboundItem) -> Bool {
    guard item.source.isMail, !item.raw.isEmpty, item.attempts <= Recogniser.mostAttempts else { return false }
    switch item.outcome?.kind {
    case .automatic?, .discarded?, .quarantined?: return true
    case .bounce?: return item.outcome?.ticket == nil
    case .opened?, .appended?, .registryReply?, .duplicate?, nil: return false
    }
  }

  /// Opens a ticket from a mail that intake took for a machine's, or that was put aside. One transaction: what the row
  /// was before is overruled together with the opening. Throws `NotReplayable` where `mayOpenAnyway` says no.
  public func openAnyway(_ id: String, by performer: Performer) async throws {
    guard let item = try await store.inbound(id) else { throw NotReplayable(outcome: nil) }
    guard Intake.mayOpenAnyway(item) else { throw NotReplayable(outcome: item.outcome?.kind) }
    let mail = reader.read(item.raw)
    guard mail.unreadable == nil else { throw NotReplayable(outcome: item.outcome?.kind) }
    try await open(
      item, mail, reasons: (item.outcome?.reasons ?? []) + ["opened_by_person"], person: performer)
  }
}
