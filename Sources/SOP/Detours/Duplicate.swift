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
    guard let answer = ticket.answer, ticket.isClosed || ticket.stage == .confirmation else { return }
    order(.answerAsOriginal(answer, original: ticket.number), for: number)
  }
}
