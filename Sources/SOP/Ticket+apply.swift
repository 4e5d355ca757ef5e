extension Ticket {
  /// Event → new state. Cannot fail: whatever was once recorded is a fact, in whatever order it stands.
  /// `recordedAt` before an earlier event's counts as that event's instant: a clock that was set back makes no
  /// negative time.
  public mutating func apply(_ event: TicketEvent, at recordedAt: Instant) {
    version += 1
    let at = settle(recordedAt)
    switch event {
    case .submitted: break  // only ever the first event: `init` took it
    case .addressProven(let email):
      if complaint.requester.email == nil { complaint.requester.email = email }
      if let known = complaint.requester.email, known.utf8.elementsEqual(email.utf8) {
        complaint.requester.emailProven = true
      }
    case .addressChanged(let email, _):
      complaint.requester.email = email
      complaint.requester.emailProven = false
      addressWasChanged = true
    case .complaintCorrected(let correction): complaint.correct(correction)
    case .stageEntered(let entry): enter(entry)
    case .stageSkipped(let stage, let reason): skip(stage, because: reason, at: at)
    case .clockTold(let mark, let instant): changeVisit { $0.marks[mark] = instant }
    case .paused(let pause):
      changeVisit {
        $0.pauses.append(pause)
        $0.deadline = nil
      }
    case .resumed(let deadline): endPause(at: at, deadline: deadline)
    case .checkRecorded(let result):
      check = result
      unreadWalls.subtract([.requester, .team])
      complaint.correct(
        ComplaintCorrection(
          domain: result.domain, host: result.host, category: result.category, since: result.since,
          institution: result.institution))
    case .reportIssued(let report):
      self.report = report
      reportsIssued += 1
    case .analysisRecorded(let decision):
      analysis = decision
      unreadWalls.subtract([.registry, .team])
      if case .duplicate(let original) = decision.way { duplicateOf = original } else { duplicateOf = nil }
    case .handedOff(let handoff):
      self.handoff = handoff
      handoffAcknowledgedAt = nil
      registryReply = nil
    case .handoffAcknowledged: handoffAcknowledgedAt = at
    case .registryReplied(let reply): registryReply = reply
    case .answerSent(let answer, let message):
      self.answer = answer
      unreadWalls = []
      answerUnderWay = message.id
      answerLetter = message.id
      answerFiles = message.attachments
      answerFailure = nil
      answerSpokenOn = message.channel.isSpoken ? message.channel : nil
    case .answerAccepted:
      answerUnderWay = nil
      answerFailure = nil
    case .answerFailed(let reason):
      answerUnderWay = nil
      answerFailure = reason
    case .confirmationPostponed(let closesAt): confirmationClosesAt = closesAt
    case .closed(let closure): close(closure)
    case .reopened: closure = nil
    case .assigned(let officer): holder = officer
    case .escalated: escalatedAt = escalatedAt ?? at
    case .escalationTaken: escalatedAt = nil
    case .disputed, .requesterAsked, .writtenToRequester, .requesterWrote, .registryWrote, .writtenToRegistry,
      .noteAdded, .wordsRead:
      applyWords(event)
    case .duplicateLinked(let number): if !duplicates.contains(number) { duplicates.append(number) }
    case .proofRequested, .answerReadOut, .confirmed, .overridden, .returnedToAnalysis, .letterFailed:
      break  // told in the timeline; the state they lead to has events of its own
    }
  }

  /// Whose words wait to be read. To a closed ticket only proven words count: every machine answers a closing notice.
  private mutating func applyWords(_ event: TicketEvent) {
    switch event {
    case .disputed: unreadWalls.insert(.requester)
    case .requesterWrote(let message), .registryWrote(let message):
      if message.unproven == nil || !isClosed { unreadWalls.insert(message.wall) }
    case .noteAdded(let message):
      // One that came by mail: nobody sits before it.
      if message.channel == .email { unreadWalls.insert(.team) } else { unreadWalls.remove(.team) }
    case .requesterAsked, .writtenToRequester: unreadWalls.subtract([.requester, .team])
    case .writtenToRegistry: unreadWalls.subtract([.registry, .team])
    case .wordsRead: unreadWalls = []
    default: break  // the caller names the cases
    }
  }

  private mutating func changeVisit(_ change: (inout StageVisit) -> Void) {
    guard let last = visits.indices.last else { return }
    change(&visits[last])
  }

  private mutating func enter(_ entry: StageEntry) {
    leave(at: entry.at)
    visits.append(StageVisit(entry))
    confirmationClosesAt = entry.closesAt
    if entry.stage < .answer {
      answerUnderWay = nil
      answerFailure = nil
    }
  }

  private mutating func leave(at instant: Instant) {
    changeVisit { visit in
      guard visit.isOpen else { return }
      if let open = visit.pauses.indices.last, visit.pauses[open].endedAt == nil {
        visit.pauses[open].endedAt = instant
      }
      visit.leftAt = instant
      visit.deadline = nil
    }
    escalatedAt = nil
  }

  private mutating func skip(_ stage: Stage, because reason: String, at: Instant) {
    leave(at: at)
    let entry = StageEntry(
      stage: stage, ordinal: visits.count { $0.stage == stage } + 1, at: at, budget: nil, deadline: nil,
      closesAt: nil)
    var visit = StageVisit(entry)
    visit.leftAt = at
    visit.skippedBecause = reason
    visits.append(visit)
  }

  private mutating func endPause(at instant: Instant, deadline: Deadline?) {
    changeVisit { visit in
      guard let open = visit.pauses.indices.last, visit.pauses[open].endedAt == nil else { return }
      visit.pauses[open].endedAt = instant
      visit.deadline = deadline
      if let deadline { visit.lastDeadline = deadline }
    }
  }

  private mutating func close(_ closure: Closure) {
    leave(at: closure.at)
    self.closure = closure
    answerUnderWay = nil
    confirmationClosesAt = nil
    switch closure.kind {
    case .silence, .notCompleted: break  // the clock closed it: what nobody has read stays unread
    case .confirmed, .withdrawn, .overridden: unreadWalls = []
    }
  }
}

extension Complaint {
  mutating func correct(_ correction: ComplaintCorrection) {
    if let domain = correction.domain { self.domain = domain }
    if let host = correction.host { self.host = host }
    if let category = correction.category { self.category = category }
    if let since = correction.since { self.since = since }
    if let institution = correction.institution { requester.institution = institution }
    if let kind = correction.institutionKind { requester.institutionKind = kind }
    if let name = correction.requesterName { requester.name = name }
  }
}
