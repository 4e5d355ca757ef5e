/// *Jeda*: asking the requester, waiting for someone, and going on.
///
/// Needs: a party and a reason. Refuses: a second pause, rows without a clock of the team.
/// Follows: the clock stands; what had lapsed before stays lapsed. The pause ends when the party answers, when an
/// officer ends it, or when the stage is left.
extension Deliberation {
  mutating func askRequester(_ text: String) throws(Rejection) {
    try require(.check, .analysis, .answer)
    try require(text, .question)
    takeIfFree()
    ask(text)
  }

  /// Asks and waits. A question while already waiting for the requester keeps the first pause; one while waiting
  /// for another office makes it the requester's turn, whose time it is from here. A duplicate goes on waiting.
  mutating func ask(_ text: String) {
    let message = message(.requester, text, channel: ticket.mayBeMailed ? .email : .web)
    record(.requesterAsked(message: message))
    send(.question(text: text), to: .requester, id: message.id)
    if let pause = ticket.pause, pause.reason == .waiting, pause.waitingFor != .requester { endPause() }
    if ticket.pause == nil { startPause(waitingFor: .requester, reason: .incomplete, note: text) }
  }

  mutating func pause(waitingFor party: Party, note: String) throws(Rejection) {
    try require(.check, .analysis, .answer)
    if ticket.pause != nil { throw .alreadyPaused }
    guard party == .requester || party == .registry else { throw .pauseForOurselves }
    try require(note, .reason, limit: 2_000)
    startPause(waitingFor: party, reason: .waiting, note: note)
  }

  mutating func resume() throws(Rejection) {
    try requireOpen()
    guard ticket.pause != nil else { throw .notPaused }
    endPause()
  }

  mutating func startPause(waitingFor party: Party, reason: Pause.Reason, note: String) {
    let expiresAt = party == .requester ? now.adding(seconds: Int64(procedure.completionDays) * 86_400) : nil
    record(
      .paused(
        pause: Pause(waitingFor: party, reason: reason, note: note, startedAt: now, expiresAt: expiresAt)))
  }

  /// The clock goes on with what was left of its budget.
  mutating func endPause() {
    guard let visit = ticket.visit, visit.pause != nil else { return }
    let hours = procedure.hours(of: visit.stage.party)
    let deadline = visit.budget.map {
      Deadline(budget: $0, used: visit.used(until: now, in: hours), from: now, in: hours)
    }
    record(.resumed(deadline: deadline))
  }
}
