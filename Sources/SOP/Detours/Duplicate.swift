/// The matter of one ticket is already being worked on in another: it waits, and receives that ticket's answer.
extension Deliberation {
  mutating func waitForAnswer(of original: TicketNumber) {
    record(.stageSkipped(stage: .registry, reason: original.description))
    enter(.answer)
    startPause(waitingFor: .team, reason: .duplicate, note: original.description)
    order(.linkDuplicate(ticket.number), for: original)
  }

  /// On the original: remembers the duplicate, and answers it at once when the answer is already given.
  mutating func linkDuplicate(_ number: TicketNumber) {
    if !ticket.duplicates.contains(number) { record(.duplicateLinked(number: number)) }
    if ticket.duplicateOf == number { stopWaiting() }  // each waits for the other: this one is worked on
    if let answer = ticket.answer, hasAnswered {
      order(asOriginal(answer), for: number)
    } else if ticket.isClosed {
      order(.originalEnded(ticket.number), for: number)
    }
  }

  /// Its answer is given and stands: not one that was disputed before the requester took the complaint back.
  private var hasAnswered: Bool {
    switch ticket.closure?.kind {
    case nil: ticket.stage == .confirmation
    case .confirmed, .silence: true
    case .withdrawn, .notCompleted, .overridden: false
    }
  }

  /// On the duplicate: the original ended without an answer, so this ticket's own clock goes on and the team
  /// answers it itself. Harmless when it no longer waits.
  mutating func originalEnded(_ original: TicketNumber) {
    if ticket.duplicateOf == original { stopWaiting() }
  }

  /// On the original, when it ends without the requester's word or silence after an answer.
  mutating func releaseDuplicates() {
    for duplicate in ticket.duplicates { order(.originalEnded(ticket.number), for: duplicate) }
  }

  private mutating func stopWaiting() {
    if !ticket.isClosed, ticket.pause?.reason == .duplicate { endPause() }
  }
}
