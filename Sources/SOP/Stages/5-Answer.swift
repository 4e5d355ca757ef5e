/// SOP row 5: the team does its own part and sends the *konfirmasi/jawaban* to the requester (15 minutes).
///
/// Needs: the words of the answer.
/// Refuses: any other row than 5; a second answer while the first is under way.
/// Follows: row 6 begins when the channel accepted the answer, not when a button was pressed. A requester without
/// a proven address reads it on the ticket's page: that channel accepts at once. A failure, even a late one,
/// brings the ticket back with an alarm. Duplicates of this ticket receive the same answer.
extension Deliberation {
  mutating func sendAnswer(_ answer: Answer) throws(Rejection) {
    try require(.answer)
    if ticket.answerUnderWay != nil { throw .answerUnderWay }
    try require(answer.text, .answer)
    try bound(answer.work, .work)
    takeIfFree()
    answerRequester(answer, letter: .answer(answer))
  }

  /// The answer of the original, given to its duplicate.
  mutating func answerAsOriginal(_ answer: Answer, original: TicketNumber) throws(Rejection) {
    try require(.answer)
    guard ticket.duplicateOf == original, ticket.pause?.reason == .duplicate else { throw .notPaused }
    if ticket.answerUnderWay != nil { throw .answerUnderWay }
    endPause()
    answerRequester(answer, letter: .answerOfOriginal(answer, original: original))
  }

  private mutating func answerRequester(_ answer: Answer, letter: Letter.Kind) {
    let message = message(.requester, answer.text, channel: ticket.mayBeMailed ? .email : .web)
    record(.answerSent(answer: answer, message: message))
    if ticket.complaint.requester.email != nil { send(letter, to: .requester, id: message.id) }
    if !ticket.mayBeMailed { recordAnswerAccepted(.web, letter: message.id) }
  }

  mutating func recordAnswerAccepted(_ channel: ContactChannel, letter: String) {
    guard !ticket.isClosed, ticket.stage == .answer, ticket.answerUnderWay == letter else { return }
    record(.answerAccepted(channel: channel))
    enter(.confirmation, closesAt: silenceEnds)
    guard let answer = ticket.answer else { return }
    for duplicate in ticket.duplicates {
      order(.answerAsOriginal(answer, original: ticket.number), for: duplicate)
    }
  }

  mutating func recordAnswerFailed(_ wholeReason: String, letter: String) {
    let reason = Deliberation.cut(wholeReason, to: 2_000)
    guard !ticket.isClosed, ticket.answerLetter == letter else { return recordLetterFailed(letter, reason: reason) }
    switch ticket.stage {
    case .answer where ticket.answerUnderWay == letter: record(.answerFailed(reason: reason))
    case .confirmation:
      record(.answerFailed(reason: reason))
      enter(.answer)
    default: recordLetterFailed(letter, reason: reason)
    }
  }

  /// Row 6 ends by silence after the set number of working days.
  var silenceEnds: Instant {
    procedure.officeHours.endOfWorkingDay(procedure.confirmationDays, after: now)
  }
}
