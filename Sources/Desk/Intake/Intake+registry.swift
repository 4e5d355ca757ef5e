import SOP

extension Intake {
  /// The registry's answer by mail: one of the three first lines settles row 4; other words wait for an officer.
  func appendFromRegistry(
    _ item: InboundItem, _ mail: ReadMail, _ message: IncomingMessage, to number: TicketNumber, by performer: Performer,
    reasons: [String]
  ) async throws {
    var kind = InboundOutcome.Kind.appended
    var reasons = reasons
    if message.unproven == nil, let reply = RegistryReplyReading.result(of: mail.text),
      let ticket = try await store.ticket(number), ticket.stage == .registry, !ticket.isClosed,
      let ordinal = ticket.handoff?.ordinal
    {
      if try await answersAnEarlierLetter(mail, of: number, kinds: ["handoff"]) {
        reasons.append("earlier_handoff")
      } else {
        // The reply first: a crash before the message is settled repeats this row, and the reply is not given twice.
        do {
          try await handling.perform(
            .recordRegistryReply(
              RegistryReply(result: reply.result, text: reply.rest, door: .email), ordinal: ordinal),
            on: number, by: performer)
          kind = .registryReply
        } catch let rejection as Rejection {
          reasons.append("reply_refused_\(rejection.code)")  // an officer reads the message and records the reply
        }
      }
    }
    try await handling.perform(
      .receiveFromRegistry(message), on: number, by: performer, files: mail.files,
      settling: settlement(item, mail, InboundOutcome(kind: kind, ticket: number, reasons: reasons)))
  }

  /// True when the mail names letters of these kinds, and only ones before the last: an old "selesai" must not settle
  /// a new packet, or a new answer.
  func answersAnEarlierLetter(_ mail: ReadMail, of number: TicketNumber, kinds: Set<String>) async throws -> Bool {
    let letters = try await store.letters(of: number).filter { kinds.contains($0.letter.kind) }
      .map { $0.letter.messageID }
    guard let last = letters.last else { return false }
    let named = mail.answers.prefix(50).map { $0.asciiLowered }.filter { letters.contains($0) }
    return !named.isEmpty && !named.contains(last)
  }
}
