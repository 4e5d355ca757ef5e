import SOP

extension Intake {
  /// The requester's words by mail. In row 6 a first line of one word says whether the matter is solved.
  func appendFromRequester(
    _ item: InboundItem, _ mail: ReadMail, _ message: IncomingMessage, to number: TicketNumber, by performer: Performer,
    reasons: [String]
  ) async throws {
    var proof: [TicketCommand] = []
    if message.unproven == nil {
      proof = try await addressProof(of: number, mail)
      if try await takeVerdict(item, mail, message, proof, of: number, by: performer, reasons: reasons) { return }
    }
    // One transaction: the same mail delivered again is a duplicate as a whole.
    try await handling.perform(
      proof + [.receiveFromRequester(message)], on: number, by: performer, files: mail.files,
      settling: settlement(item, mail, InboundOutcome(kind: .appended, ticket: number, reasons: reasons)))
  }

  /// Message and verdict in one transaction. False: there is none, or the ticket has left row 6; then the words count
  /// as words.
  private func takeVerdict(
    _ item: InboundItem, _ mail: ReadMail, _ message: IncomingMessage, _ proof: [TicketCommand],
    of number: TicketNumber, by performer: Performer, reasons: [String]
  ) async throws -> Bool {
    guard let verdict = RequesterReplyReading.verdict(of: mail.text), let ticket = try await store.ticket(number),
      ticket.stage == .confirmation, !ticket.isClosed,
      try await !answersAnEarlierLetter(mail, of: number, kinds: ["answer", "answerOfOriginal"])
    else { return false }
    let sign = verdict == .solved ? "confirmed_by_reply" : "disputed_by_reply"
    do {
      try await handling.perform(
        proof + [.receiveVerdict(message, verdict)], on: number, by: performer, files: mail.files,
        settling: settlement(item, mail, InboundOutcome(kind: .appended, ticket: number, reasons: reasons + [sign])))
      return true
    } catch is Rejection {
      return false
    }
  }

  /// Who answers from the complaint's address to what only its holder was sent holds it. The ticket's reply address is
  /// known to whoever was written to before: another address that was put in its place is proven by an answer to the
  /// letter that went there. Empty: nothing is proven.
  private func addressProof(of number: TicketNumber, _ mail: ReadMail) async throws -> [TicketCommand] {
    guard let ticket = try await store.ticket(number), let email = ticket.complaint.requester.email,
      !ticket.complaint.requester.emailProven
    else { return [] }
    if ticket.addressWasChanged {
      let sent = try await store.letters(of: number).filter { $0.letter.recipient == email }.map { $0.letter.messageID }
      guard mail.answers.prefix(50).contains(where: { sent.contains($0.asciiLowered) }) else { return [] }
    }
    return [.proveAddress(email: email)]
  }
}
