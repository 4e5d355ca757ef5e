/// SOP row 4: PANDI executes and sends its *konfirmasi/jawaban* to the team (30 minutes, registry's own hours).
///
/// Needs: the ordinal of the packet that is answered, so that an old link never answers a new packet.
/// Refuses: any other row than 4; a second answer; *tidak dapat* and *perlu keterangan* without words.
/// Follows: done and cannot → row 5; needs information → row 3 for another visit with its own clock.
extension Deliberation {
  mutating func handOff(_ packet: HandoffPacket) {
    enter(.registry)
    guard let visit = ticket.visit else { return }
    let dueAt = visit.deadline?.dueAt ?? Instant.never
    let handoff = Handoff(ordinal: visit.ordinal, packet: packet, dueAt: dueAt, sentBy: performer)
    let id = nextID
    record(.handedOff(handoff: handoff))
    send(.handoff(handoff), to: .registry, id: id)
  }

  mutating func acknowledgeHandoff(_ ordinal: Int) throws(Rejection) {
    try requireCurrentHandoff(ordinal)
    if ticket.handoffAcknowledgedAt != nil { throw .alreadyAcknowledged }
    record(.handoffAcknowledged)
  }

  mutating func recordRegistryReply(_ reply: RegistryReply, ordinal: Int) throws(Rejection) {
    try requireCurrentHandoff(ordinal)
    if reply.result == .done { try bound(reply.text, .reply) } else { try require(reply.text, .reply) }
    try bound(reply.reference, .reference, limit: 200)
    record(.registryReplied(reply: reply))
    switch reply.result {
    case .done, .cannot: enter(.answer)
    case .needsInformation: enter(.analysis)
    }
  }

  private func requireCurrentHandoff(_ ordinal: Int) throws(Rejection) {
    try require(.registry)
    guard ticket.visit?.ordinal == ordinal else { throw .handoffOutdated }
  }
}
