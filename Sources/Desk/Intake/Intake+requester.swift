import SOP

extension Intake {
  /// The requester's words by mail. In row 6 a first line of one word says whether the matter is solved.
  func appendFromRequester(
    _ item: InboundItem, _ mail: ReadMail, _ message: IncomingMessage, to number: TicketNumber, by performer: Performer,
    reasons: [String]
  ) async throws {
    // The proof first: a crash before the message is settled repeats this row, and a second proof says nothing.
    if message.unproven == nil {
      try await proveAddress(of: number, by: performer, mail)
      if try await takeVerdict(item, mail, message, of: number, by: performer, reasons: reasons) { return }
    }
    try await handling.perform(
      .receiveFromRequester(message), on: number, by: performer, files: mail.files,
      settling: settlement(item, mail, InboundOutcome(kind: .appended, ticket: number, reasons: reasons)))
  }

  /// Message and verdict in one transaction. False: there is none, or the ticket has left row 6; then the words count
  /// as words.
  private func takeVerdict(
    _ item: InboundItem, _ mail: ReadMail, _ message: IncomingMessage, of number: TicketNumber, by performer: Performer,
    reasons: [String]
  ) async throws -> Bool {
    guard let verdict = RequesterReplyReading.verdict(of: mail.text), let ticket = try await store.ticket(number),
      ticket.stage == .confirmation, !ticket.isClosed,
      try await !answersAnEarlierLetter(mail, of: number, kinds: ["answer", "answerOfOriginal"])
    else { return false }
    let sign = verdict == .solved ? "confirmed_by_reply" : "disputed_by_reply"
    do {
      try await handling.perform(
        .receiveVerdict(message, verdict), on: number, by: performer, files: mail.files,
        settling: settlement(item, mail, InboundOutcome(kind: .appended, ticket: number, reasons: reasons + [sign])))
      return true
    } catch is Rejection {
      return false
    }
  }

  /// Who answers from the complaint's address to what only its holder was sent holds it. The ticket's reply address is
  /// known to whoever was written to before: another address that was put in its place is proven by an answer to the
  /// letter that went there.
  private func proveAddress(of number: TicketNumber, by performer: Performer, _ mail: ReadMail) async throws {
    guard let ticket = try await store.ticket(number), let email = ticket.complaint.requester.email,
      !ticket.complaint.requester.emailProven
    else { return }
    if ticket.addressWasChanged {
      let sent = try await store.letters(of: number).filter { $0.letter.recipient == email }.map { $0.letter.messageID }
      guard mail.answers.prefix(50).contains(where: { sent.contains($0.asciiLowered) }) else { return }
    }
    try await handling.perform(.proveAddress(email: email), on: number, by: performer)
  }
}
