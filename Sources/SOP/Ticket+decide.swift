extension Ticket {
  /// What a command leads to, or why the procedure refuses it. Pure: the ticket itself does not change; whoever
  /// keeps the decision applies its events.
  ///
  /// Before the command itself, everything the clock had to tell until `now` is told, dated at its own instant:
  /// no command can overtake a lapse.
  public func decide(
    _ command: TicketCommand, by performer: Performer, at now: Instant, under procedure: Procedure
  ) throws(Rejection) -> Decision {
    guard command.performers.contains(performer.party) else {
      throw .notYours(
        command: command.name, performers: command.performers.sorted { $0.rawValue < $1.rawValue })
    }
    var deliberation = Deliberation(ticket: self, by: performer, at: now, under: procedure)
    deliberation.tellTime()
    try deliberation.take(command)
    return deliberation.decision
  }

  /// Row 1: a complaint becomes a ticket, and the clock of row 2 starts at its durable receipt.
  public static func submit(
    _ complaint: Complaint, as number: TicketNumber, by performer: Performer, at now: Instant,
    under procedure: Procedure
  ) throws(Rejection) -> Decision {
    let ticket = Ticket(number: number, complaint: complaint, procedure: procedure.version, at: now)
    var deliberation = Deliberation(ticket: ticket, by: performer, at: now, under: procedure)
    try deliberation.submit(complaint)
    return deliberation.decision
  }
}

/// One command being weighed: the decision grows, and the ticket with it, so that every later question is asked
/// of the state the earlier events lead to.
struct Deliberation {
  private(set) var ticket: Ticket
  private(set) var decision = Decision()
  let performer: Performer
  let now: Instant
  let procedure: Procedure

  init(ticket: Ticket, by performer: Performer, at now: Instant, under procedure: Procedure) {
    self.ticket = ticket
    self.performer = performer
    self.now = max(now, ticket.latestAt)
    self.procedure = procedure
  }

  mutating func take(_ command: TicketCommand) throws(Rejection) {
    switch command {
    case .proveAddress(let email): try proveAddress(email)
    case .changeAddress(let email, let reason): try changeAddress(email, reason: reason)
    case .resendProof: try resendProof()
    case .correctComplaint(let correction): try correctComplaint(correction)
    case .recordCheck(let result): try recordCheck(result)
    case .recordAnalysis(let decision): try recordAnalysis(decision)
    case .acknowledgeHandoff(let ordinal): try acknowledgeHandoff(ordinal)
    case .recordRegistryReply(let reply, let ordinal): try recordRegistryReply(reply, ordinal: ordinal)
    case .sendAnswer(let answer, let files): try sendAnswer(answer, files)
    case .recordAnswerAccepted(let channel, let letter): recordAnswerAccepted(channel, letter: letter)
    case .recordAnswerFailed(let reason, let letter): recordAnswerFailed(reason, letter: letter)
    case .recordAnswerRead(let note): try recordAnswerRead(note)
    case .confirm: try confirm()
    case .dispute(let reason): try dispute(reason)
    case .askRequester(let text): try askRequester(text)
    case .pause(let party, let note): try pause(waitingFor: party, note: note)
    case .resume: try resume()
    case .assign(let officer): try assign(officer)
    case .override(let stage, let reason): try override(to: stage, reason: reason)
    case .close(let reason): try close(reason)
    case .returnToAnalysis(let reason): try returnToAnalysis(reason)
    case .escalate(let reason): try escalate(reason)
    case .reopen(let reason): try reopen(reason)
    case .withdraw(let reason): try withdraw(reason)
    case .linkDuplicate(let number): linkDuplicate(number)
    case .answerAsOriginal(let answer, let original, let files):
      try answerAsOriginal(answer, original: original, files ?? [])
    case .originalEnded(let original): originalEnded(original)
    case .receiveFromRequester(let message): try receiveFromRequester(message)
    case .receiveVerdict(let message, let verdict): try receiveVerdict(message, verdict)
    case .receiveNote(let message): try receiveNote(message)
    case .markRead: markRead()
    case .receiveFromRegistry(let message): try receiveFromRegistry(message)
    case .writeToRequester(let text, let files): try writeToRequester(text, files)
    case .writeToRegistry(let text, let files): try writeToRegistry(text, files)
    case .addNote(let text): try addNote(text)
    case .recordLetterFailed(let letter, let reason): recordLetterFailed(letter, reason: reason)
    case .noticeTime: noticeTime()
    }
  }

  // MARK: What every command builds with

  mutating func record(_ event: TicketEvent) {
    decision.events.append(event)
    ticket.apply(event, at: now)
  }

  /// The id of what the next event carries.
  var nextID: String { "\(ticket.number).\(ticket.version + 1)" }

  /// The first event of all: the ticket stands at it already.
  mutating func recordSubmission(of complaint: Complaint) {
    decision.events.append(.submitted(complaint: complaint, procedure: procedure.version))
  }

  mutating func send(_ kind: Letter.Kind, to party: Party, id: String, files: [Attachment] = []) {
    let held = party == .requester && !ticket.mayBeMailed
    let files = files.isEmpty ? nil : files
    decision.letters.append(Letter(id: id, to: party, kind: kind, held: held, files: files))
  }

  mutating func order(_ command: TicketCommand, for ticket: TicketNumber) {
    decision.followUps.append(FollowUp(ticket: ticket, command: command))
  }

  mutating func releaseHeldLetters() { decision.releasesHeldLetters = true }

  mutating func redirectHeldLetters(to email: String) { decision.heldLettersGoTo = email }

  /// `id`: of the event that asks for it.
  mutating func askForProof(_ id: String) { decision.proofLetter = "\(id).proof" }

  /// Enters a stage, now or at an `earlier` instant, with the budget and deadline of the procedure in force.
  mutating func enter(_ stage: Stage, at earlier: Instant? = nil, closesAt: Instant? = nil) {
    let instant = earlier ?? now
    let budget = procedure.budget(of: stage)
    let deadline = budget.map {
      Deadline(budget: $0, used: 0, from: instant, in: procedure.hours(of: stage.party))
    }
    let ordinal = ticket.visits.count { $0.stage == stage } + 1
    record(
      .stageEntered(
        entry: StageEntry(
          stage: stage, ordinal: ordinal, at: instant, budget: budget, deadline: deadline, closesAt: closesAt)))
  }

  /// The officer who does the first work on a free ticket holds it from then on.
  mutating func takeIfFree() {
    guard ticket.holder == nil, performer.party == .team, let account = performer.account else { return }
    record(.assigned(officer: Officer(account: account, name: performer.name ?? account)))
  }

  func message(
    _ wall: Message.Wall, _ text: String, channel: ContactChannel, _ files: [Attachment] = []
  ) -> Message {
    Message(id: nextID, wall: wall, author: performer, channel: channel, text: text, attachments: files)
  }

  func message(_ wall: Message.Wall, from incoming: IncomingMessage) -> Message {
    Message(
      id: nextID, wall: wall, author: performer, channel: incoming.channel, text: incoming.text,
      foldedText: incoming.foldedText.map { Deliberation.cut($0, to: Message.longest) },
      subject: incoming.subject.map { Deliberation.cut($0, to: 1_000) }, attachments: incoming.attachments,
      inbound: incoming.inbound, unproven: incoming.unproven)
  }

  // MARK: What every command asks

  func requireOpen() throws(Rejection) {
    if ticket.isClosed { throw .alreadyClosed }
  }

  func require(_ stages: Stage...) throws(Rejection) {
    try requireOpen()
    guard stages.contains(ticket.stage) else { throw .wrongStage(needed: stages, actual: ticket.stage) }
  }

  func require(_ text: String, _ field: Rejection.Field, limit: Int = 20_000) throws(Rejection) {
    guard text.unicodeScalars.contains(where: Deliberation.isVisible) else { throw .textMissing(field) }
    try bound(text, field, limit: limit)
  }

  /// False for white space, controls and format characters: a text of zero-width spaces says nothing.
  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.properties.isWhitespace { return false }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator: return false
    default: return !scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  /// The first `limit` bytes at most, at the end of a scalar: for what comes beside a message or from a machine,
  /// where a refusal would lose more than the tail (the raw message is kept whole).
  static func cut(_ text: String, to limit: Int) -> String {
    guard text.utf8.count > limit else { return text }
    var out = String.UnicodeScalarView()
    var left = limit
    for scalar in text.unicodeScalars {
      left -= UTF8.width(scalar)
      if left < 0 { break }
      out.append(scalar)
    }
    return String(out)
  }

  func bound(_ text: String?, _ field: Rejection.Field, limit: Int = 20_000) throws(Rejection) {
    if let text, text.utf8.count > limit { throw .textTooLong(field, limit: limit) }
  }
}
