/// *Eskalasi*: tells the supervisor; moves nothing and stops no clock. It stands until a supervisor has acted (given
/// the ticket to someone, moved or ended it) or the ticket has left the row.
extension Deliberation {
  mutating func escalate(_ reason: String) throws(Rejection) {
    try requireOpen()
    try require(reason, .reason, limit: 2_000)
    let id = nextID
    record(.escalated(reason: reason))
    send(.escalationNotice(reason: reason, from: performer), to: .supervisor, id: id)
  }

  /// Gives the ticket to an officer, or frees it.
  mutating func assign(_ officer: Officer?) throws(Rejection) {
    try requireOpen()
    if performer.party == .supervisor, ticket.escalatedAt != nil { record(.escalationTaken) }
    guard ticket.holder != officer else { return }
    record(.assigned(officer: officer))
  }
}
