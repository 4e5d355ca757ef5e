/// Where the time of a ticket went, to the second:
/// `elapsed == team + registry + requester + outside`, always (SOP, clocks).
public struct TimeAccount: Sendable, Equatable, Codable {
  public var elapsed: Int64 = 0
  public var team: Int64 = 0
  public var registry: Int64 = 0
  public var requester: Int64 = 0
  /// Seconds in which the party whose turn it was does not work.
  public var outside: Int64 = 0

  /// Adds one uninterrupted span that belongs to `party`.
  mutating func add(from: Instant, to: Instant, party: Party, in procedure: Procedure) {
    let whole = max(0, to.seconds(since: from))
    let open = procedure.hours(of: party).seconds(from: from, to: to)
    elapsed += whole
    outside += whole - open
    switch party {
    case .registry: registry += open
    case .requester: requester += open
    case .team, .supervisor, .administrator, .machine: team += open
    }
  }
}

extension Ticket {
  /// The account from receipt to closing (or `now`). Time between a closure and a reopening belongs to nobody's
  /// work: it is not part of `elapsed`.
  public func timeAccount(until now: Instant, under procedure: Procedure) -> TimeAccount {
    var account = TimeAccount()
    for visit in visits {
      account.add(visit, until: now, under: procedure)
    }
    return account
  }
}

extension TimeAccount {
  mutating func add(_ visit: StageVisit, until now: Instant, under procedure: Procedure) {
    for segment in visit.segments(until: now) {
      add(from: segment.from, to: segment.to, party: segment.waitingFor ?? visit.stage.party, in: procedure)
    }
  }

  /// The account of one stage visit alone.
  public init(of visit: StageVisit, until now: Instant, under procedure: Procedure) {
    add(visit, until: now, under: procedure)
  }
}
