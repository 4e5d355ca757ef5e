import Desk

@testable import SOP

/// People and tickets of these tests. All instants are fixed.
enum Samples {
  /// Monday, 23 November 2026, 14.05 WIB.
  static let now = Instant(seconds: 1_795_417_500)
  private static func known<Value>(_ value: Value?) -> Value {
    guard let value else { preconditionFailure("a sample is malformed") }
    return value
  }
  static let budi = Performer(party: .team, account: "acct-77f1", name: "Budi Santoso")
  static let number = known(TicketNumber(month: 202_611, running: 42))
  static let other = known(TicketNumber(month: 202_611, running: 7))
  static let domain = known(DomainName("sukamaju.desa.id"))

  /// Everything a stranger may choose, with what could break a letter.
  static let hostileWords = [
    "KATAJAHAT\r\nBcc: korban@example.org", "KATAJAHAT\u{0600}<script>alert(1)</script>",
    "KATAJAHAT{{number}}{{{office}}}",
    "KATAJAHAT\u{202E}<img src=x onerror=alert(1)>\r\n\r\n<b>", "KATAJAHAT[ADU-202611-00042-K]\u{2028}\u{85}'\"`&",
  ]

  static func complaint(_ words: String = "Situs kami tidak bisa dibuka.", language: Language = .indonesian)
    -> Complaint
  {
    Complaint(
      channel: .email, receivedAt: now,
      requester: Requester(
        name: words, email: "sari@sukamaju.desa.id", institution: words, position: words, language: language),
      subject: words, text: words, domain: domain, category: .notReachable, since: words)
  }

  static func ticket(_ complaint: Complaint = complaint()) throws -> Ticket {
    let decision = try Ticket.submit(complaint, as: number, by: .machine, at: now, under: Procedure())
    let recorded = decision.events.enumerated().map { index, event in
      RecordedEvent(sequence: index + 1, at: now, by: .machine, event: event)
    }
    guard let ticket = Ticket(number: number, events: recorded) else { throw NoTicket() }
    return ticket
  }
  struct NoTicket: Error {}

  static let links = LetterLinks(
    follow: "https://sigap.example/tiket/ADU-202611-00042-K?kunci=abc",
    handoff: "https://sigap.example/registri/permintaan/TOKEN",
    desk: "https://sigap.example/meja/tiket/ADU-202611-00042-K")

  static func packet(_ words: String) -> HandoffPacket {
    HandoffPacket(
      action: words, domain: domain, current: "ns1.lama.example\n" + words, wanted: "ns1.baru.go.id", evidence: words,
      note: words)
  }

  static func handoff(_ words: String) -> Handoff {
    Handoff(ordinal: 1, packet: packet(words), dueAt: now.adding(seconds: 1_800), sentBy: budi)
  }

  /// One letter of each kind, holding `words` wherever a person writes.
  static func letters(_ words: String) -> [Letter] {
    let answer = Answer(text: words, outcome: .solved, work: words)
    func letter(_ to: Party, _ kind: Letter.Kind) -> Letter {
      Letter(id: "\(number).1", to: to, kind: kind, held: false)
    }
    return [
      letter(.requester, .receipt), letter(.requester, .question(text: words)),
      letter(.requester, .message(text: words)), letter(.requester, .answer(answer)),
      letter(.requester, .answerOfOriginal(answer, original: other)), letter(.requester, .reopenedNotice),
      letter(.requester, .addressNotice(former: words)),
      letter(.registry, .handoff(handoff(words))), letter(.registry, .registryMessage(text: words)),
      letter(.supervisor, .lapseNotice(stage: .check, dueAt: now)),
      letter(.supervisor, .escalationNotice(reason: words, from: Performer(party: .team, name: words))),
    ] + Closure.Kind.allCases.map { letter(.requester, .closingNotice($0)) }
  }

  /// One event of each case, holding `words` wherever a person writes.
  static func events(_ words: String) -> [TicketEvent] {
    let message = Message(
      id: "m", wall: .team, author: budi, channel: .web, text: words, unproven: nil)
    let check = CheckResult(problem: words, domain: domain, category: .notReachable, authority: .contactOnRecord)
    let deadline = Deadline(budget: 600, used: 0, from: now, in: .always(in: .jakarta))
    return [
      .submitted(complaint: complaint(words), procedure: "SOP-2022"), .addressProven(email: words),
      .addressChanged(email: words, reason: words), .addressChanged(email: words, reason: nil),
      .proofRequested(email: words),
      .complaintCorrected(correction: ComplaintCorrection(since: words)),
      .stageEntered(
        entry: StageEntry(stage: .check, ordinal: 1, at: now, budget: 600, deadline: deadline, closesAt: nil)),
      .stageSkipped(stage: .registry, reason: words), .clockTold(mark: .half, at: now),
      .clockTold(mark: .lapse, at: now),
      .paused(pause: Pause(waitingFor: .team, reason: .duplicate, note: words, startedAt: now, expiresAt: nil)),
      .resumed(deadline: nil), .checkRecorded(result: check),
      .reportIssued(
        report: ComplaintReport(
          number: "LAP-202611-00042", issuedAt: now, complaint: complaint(words), check: check, preparedBy: nil)),
      .analysisRecorded(decision: AnalysisDecision(cause: words, way: .declined(reason: words))),
      .handedOff(handoff: handoff(words)), .handoffAcknowledged,
      .registryReplied(reply: RegistryReply(result: .done, text: words, reference: words, door: .email)),
      .answerSent(answer: Answer(text: words, outcome: .solved), message: message), .answerAccepted(channel: .email),
      .answerFailed(reason: words), .answerReadOut(note: words), .answerReadOut(note: ""), .confirmed,
      .disputed(reason: words), .confirmationPostponed(closesAt: now),
      .closed(closure: Closure(kind: .overridden, at: now, note: words)),
      .assigned(officer: Officer(account: words, name: words)), .assigned(officer: nil),
      .overridden(to: .check, reason: words), .returnedToAnalysis(reason: words), .escalated(reason: words),
      .escalationTaken, .wordsRead,
      .reopened(reason: words), .duplicateLinked(number: other), .requesterWrote(message: message),
      .requesterAsked(message: message), .writtenToRequester(message: message), .registryWrote(message: message),
      .writtenToRegistry(message: message), .noteAdded(message: message), .letterFailed(letter: words, reason: words),
    ]
  }

  static let rejections: [Rejection] =
    [
      .notYours(command: "recordCheck", performers: [.team, .supervisor]),
      .wrongStage(needed: [.check, .analysis, .answer], actual: .registry), .alreadyClosed, .notClosed, .domainMissing,
      .domainNotOurs(known(DomainName("contoh.co.id"))), .authorityUnverified, .duplicateOfItself,
      .originalUnknown(number), .duplicateCircle(number), .notPaused, .alreadyPaused, .pauseForOurselves,
      .answerUnderWay, .noAnswerToRead, .handoffOutdated, .alreadyAcknowledged, .overrideToSameStage,
      .overrideNotPossible(.registry),
      .addressDiffers, .addressMalformed, .addressSame, .nothingToProve, .proofRationed, .changedMeanwhile,
    ] + Rejection.Field.allCases.flatMap { [.textMissing($0), .textTooLong($0, limit: 20_000)] }
}
