/// What is written beside the documents of the rows: to and from the requester, to and from the registry, and
/// between colleagues. The two walls never mix.
extension Deliberation {
  /// A requester's words end a pause that waits for them and put off the end by silence. They confirm nothing: a
  /// "terima kasih" is no statement that the matter is solved. What is unproven only gets shown.
  mutating func receiveFromRequester(_ incoming: IncomingMessage) throws(Rejection) {
    try bound(incoming.text, .text, limit: Message.longest)
    record(.requesterWrote(message: message(.requester, from: incoming)))
    guard incoming.unproven == nil, !ticket.isClosed else { return }
    if ticket.pause?.waitingFor == .requester { endPause() }
    if ticket.stage == .confirmation { record(.confirmationPostponed(closesAt: silenceEnds)) }
  }

  mutating func receiveFromRegistry(_ incoming: IncomingMessage) throws(Rejection) {
    try bound(incoming.text, .text, limit: Message.longest)
    record(.registryWrote(message: message(.registry, from: incoming)))
    guard incoming.unproven == nil, !ticket.isClosed else { return }
    if ticket.pause?.waitingFor == .registry { endPause() }
  }

  mutating func writeToRequester(_ text: String, _ files: [Attachment]) throws(Rejection) {
    try require(text, .text)
    let message = message(.requester, text, channel: ticket.mayBeMailed ? .email : .web, files)
    record(.writtenToRequester(message: message))
    if ticket.complaint.requester.email != nil {
      send(.message(text: text), to: .requester, id: message.id, files: files)
    }
  }

  mutating func writeToRegistry(_ text: String, _ files: [Attachment]) throws(Rejection) {
    try requireOpen()
    try require(text, .text)
    let message = message(.registry, text, channel: .email, files)
    record(.writtenToRegistry(message: message))
    send(.registryMessage(text: text), to: .registry, id: message.id, files: files)
  }

  mutating func addNote(_ text: String) throws(Rejection) {
    try require(text, .note)
    record(.noteAdded(message: message(.team, text, channel: .web)))
  }

  /// What a colleague answered by mail to a notice of ours: seen by the team only, whoever wrote it.
  mutating func receiveNote(_ incoming: IncomingMessage) throws(Rejection) {
    try bound(incoming.text, .note, limit: Message.longest)
    record(.noteAdded(message: message(.team, from: incoming)))
  }

  /// Nothing happens when nobody has written since the last one.
  mutating func markRead() {
    if ticket.awaitsReading { record(.wordsRead) }
  }

  mutating func recordLetterFailed(_ letter: String, reason: String) {
    record(.letterFailed(letter: letter, reason: Deliberation.cut(reason, to: 2_000)))
  }
}
