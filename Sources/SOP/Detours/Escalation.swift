/// *Eskalasi*: tells the supervisor; moves nothing and stops no clock.
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
    guard ticket.holder != officer else { return }
    record(.assigned(officer: officer))
  }
}
