import SOP

extension Intake {
  /// The registry's answer by mail: one of the three first lines settles row 4; other words wait for an officer.
  func appendFromRegistry(
    _ item: InboundItem, _ mail: ReadMail, _ message: IncomingMessage, to number: TicketNumber, by performer: Performer,
    reasons: [String]
  ) async throws {
    var reasons = reasons
    if message.unproven == nil, let reply = RegistryReplyReading.result(of: mail.text),
      let ticket = try await store.ticket(number), ticket.stage == .registry, !ticket.isClosed,
      let ordinal = ticket.handoff?.ordinal
    {
      if try await answersAnEarlierLetter(mail, of: number, kinds: ["handoff"]) {
        reasons.append("earlier_handoff")
      } else {
        let answer = RegistryReply(result: reply.result, text: reply.rest, door: .email)
        do {
          // Reply, message and settlement are one transaction: the same mail delivered again is a duplicate, and cannot
          // answer the packet that followed this one.
          try await handling.perform(
            [.recordRegistryReply(answer, ordinal: ordinal), .receiveFromRegistry(message)], on: number,
            by: performer, files: mail.files,
            settling: settlement(
              item, mail, InboundOutcome(kind: .registryReply, ticket: number, reasons: reasons)))
          return
        } catch let rejection as Rejection {
          reasons.append("reply_refused_\(rejection.code)")  // an officer reads the message and records the reply
        }
      }
    }
    try await handling.perform(
      .receiveFromRegistry(message), on: number, by: performer, files: mail.files,
      settling: settlement(item, mail, InboundOutcome(kind: .appended, ticket: number, reasons: reasons)))
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
