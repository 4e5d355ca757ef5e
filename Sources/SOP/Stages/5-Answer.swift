/// SOP row 5: the team does its own part and sends the *konfirmasi/jawaban* to the requester (15 minutes).
///
/// Needs: the words of the answer.
/// Refuses: any other row than 5; a second answer while the first is under way.
/// Follows: row 6 begins when the channel accepted the answer, not when a button was pressed. A requester without
/// a proven address reads it on the ticket's page: that channel accepts at once. One who telephoned or came to the
/// counter and left no address is told it by an officer, and row 5 stays open until that is recorded. A failure, even
/// a late one, brings the ticket back with an alarm; the same letter, sent again by a person or found to have arrived
/// after all, ends row 5 as the first attempt would have. Duplicates of this ticket receive the same answer.
extension Deliberation {
  mutating func sendAnswer(_ answer: Answer, _ files: [Attachment]) throws(Rejection) {
    try require(.answer)
    if ticket.answerUnderWay != nil, !ticket.answerWaitsForVoice { throw .answerUnderWay }
    try require(answer.text, .answer)
    try bound(answer.work, .work)
    takeIfFree()
    answerRequester(answer, files, letter: .answer(answer))
  }

  /// The answer of the original, given to its duplicate.
  mutating func answerAsOriginal(_ answer: Answer, original: TicketNumber, _ files: [Attachment]) throws(Rejection) {
    try require(.answer)
    guard ticket.duplicateOf == original, ticket.pause?.reason == .duplicate else { throw .notPaused }
    if ticket.answerUnderWay != nil { throw .answerUnderWay }
    endPause()
    answerRequester(answer, files, letter: .answerOfOriginal(answer, original: original))
  }

  private mutating func answerRequester(_ answer: Answer, _ files: [Attachment], letter: Letter.Kind) {
    let complaint = ticket.complaint
    let isVoice = complaint.channel.isSpoken && complaint.requester.email == nil
    let channel = isVoice ? complaint.channel : ticket.mayBeMailed ? .email : .web
    let message = message(.requester, answer.text, channel: channel, files)
    record(.answerSent(answer: answer, message: message))
    if complaint.requester.email != nil { send(letter, to: .requester, id: message.id, files: files) }
    if channel == .web { recordAnswerAccepted(.web, letter: message.id) }
  }

  mutating func recordAnswerRead(_ note: String) throws(Rejection) {
    try require(.answer)
    guard ticket.answerWaitsForVoice, let letter = ticket.answerUnderWay, let channel = ticket.answerSpokenOn else {
      throw .noAnswerToRead
    }
    try bound(note, .note, limit: 2_000)
    takeIfFree()
    record(.answerReadOut(note: note))
    recordAnswerAccepted(channel, letter: letter)
  }

  /// The letter carried the last answer, and nobody knows yet that it arrived.
  private func isOpen(_ letter: String) -> Bool {
    ticket.answerLetter == letter && (ticket.answerUnderWay == letter || ticket.answerFailure != nil)
  }

  mutating func recordAnswerAccepted(_ channel: ContactChannel, letter: String) {
    guard !ticket.isClosed, ticket.stage == .answer, isOpen(letter) else { return }
    record(.answerAccepted(channel: channel))
    enter(.confirmation, closesAt: silenceEnds)
    guard let answer = ticket.answer else { return }
    for duplicate in ticket.duplicates { order(asOriginal(answer), for: duplicate) }
  }

  /// What a duplicate is told to do with the answer of this ticket.
  func asOriginal(_ answer: Answer) -> TicketCommand {
    let files = ticket.answerFiles.isEmpty ? nil : ticket.answerFiles
    return .answerAsOriginal(answer, original: ticket.number, attachments: files)
  }

  mutating func recordAnswerFailed(_ wholeReason: String, letter: String) {
    let reason = Deliberation.cut(wholeReason, to: 2_000)
    guard !ticket.isClosed, ticket.answerLetter == letter else { return recordLetterFailed(letter, reason: reason) }
    switch ticket.stage {
    case .answer where isOpen(letter): record(.answerFailed(reason: reason))
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
