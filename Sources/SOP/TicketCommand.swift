/// Every intent, imperative. A click, a mail, a webhook, a clock that struck: all of them are one of these, and
/// there is no second way to change a ticket. `Ticket.submit` opens one.
public enum TicketCommand: Sendable, Codable, Equatable {
  // Row 1
  case proveAddress(email: String)
  /// `reason` may be empty when the requester does it.
  case changeAddress(email: String, reason: String)
  case resendProof
  case correctComplaint(ComplaintCorrection)
  // Row 2
  case recordCheck(CheckResult)
  // Row 3
  case recordAnalysis(AnalysisDecision)
  // Row 4
  case acknowledgeHandoff(ordinal: Int)
  case recordRegistryReply(RegistryReply, ordinal: Int)
  // Row 5
  case sendAnswer(Answer, attachments: [Attachment] = [])
  case recordAnswerAccepted(channel: ContactChannel, letter: String)
  case recordAnswerFailed(reason: String, letter: String)
  /// An officer read the answer out to a requester who has no address; `note`: to whom, how.
  case recordAnswerRead(note: String)
  // Row 6
  case confirm
  case dispute(reason: String)

  // Detours
  case askRequester(text: String)
  case pause(waitingFor: Party, note: String)
  case resume
  case assign(Officer?)
  case override(to: Stage, reason: String)
  case close(reason: String)
  case returnToAnalysis(reason: String)
  case escalate(reason: String)
  case reopen(reason: String)
  case withdraw(reason: String)
  case linkDuplicate(TicketNumber)
  /// `attachments`: absent in orders written before officers could attach files.
  case answerAsOriginal(Answer, original: TicketNumber, attachments: [Attachment]? = nil)
  /// The ticket this one waits for ended without an answer.
  case originalEnded(TicketNumber)

  // Correspondence
  case receiveFromRequester(IncomingMessage)
  /// A reply that says whether the matter is solved.
  case receiveVerdict(IncomingMessage, RequesterVerdict)
  case receiveFromRegistry(IncomingMessage)
  case writeToRequester(text: String, attachments: [Attachment] = [])
  case writeToRegistry(text: String, attachments: [Attachment] = [])
  case addNote(text: String)
  /// What a colleague answered by mail.
  case receiveNote(IncomingMessage)
  /// Someone of the team has read what was written; nothing else is to be done.
  case markRead
  case recordLetterFailed(letter: String, reason: String)

  // The clock
  case noticeTime

  /// The stem that names the command in logs, routes and the command log.
  public var name: String {
    switch self {
    case .proveAddress: "proveAddress"
    case .changeAddress: "changeAddress"
    case .resendProof: "resendProof"
    case .correctComplaint: "correctComplaint"
    case .recordCheck: "recordCheck"
    case .recordAnalysis: "recordAnalysis"
    case .acknowledgeHandoff: "acknowledgeHandoff"
    case .recordRegistryReply: "recordRegistryReply"
    case .sendAnswer: "sendAnswer"
    case .recordAnswerAccepted: "recordAnswerAccepted"
    case .recordAnswerFailed: "recordAnswerFailed"
    case .recordAnswerRead: "recordAnswerRead"
    case .confirm: "confirm"
    case .dispute: "dispute"
    case .askRequester: "askRequester"
    case .pause: "pause"
    case .resume: "resume"
    case .assign: "assign"
    case .override: "override"
    case .close: "close"
    case .returnToAnalysis: "returnToAnalysis"
    case .escalate: "escalate"
    case .reopen: "reopen"
    case .withdraw: "withdraw"
    case .linkDuplicate: "linkDuplicate"
    case .answerAsOriginal: "answerAsOriginal"
    case .originalEnded: "originalEnded"
    case .receiveFromRequester: "receiveFromRequester"
    case .receiveVerdict: "receiveVerdict"
    case .receiveFromRegistry: "receiveFromRegistry"
    case .writeToRequester: "writeToRequester"
    case .writeToRegistry: "writeToRegistry"
    case .addNote: "addNote"
    case .receiveNote: "receiveNote"
    case .markRead: "markRead"
    case .recordLetterFailed: "recordLetterFailed"
    case .noticeTime: "noticeTime"
    }
  }

  /// Who may give it. The requester's own rights hold for the requester's own ticket only: the desk proves that.
  public var performers: Set<Party> {
    switch self {
    case .proveAddress, .changeAddress, .resendProof, .confirm, .dispute, .withdraw: [.requester, .team, .supervisor]
    case .receiveVerdict: [.requester]
    case .receiveNote: [.machine, .team, .supervisor]
    case .receiveFromRequester: [.requester, .machine, .team, .supervisor]
    case .receiveFromRegistry: [.registry, .machine, .team, .supervisor]
    case .correctComplaint, .recordCheck, .recordAnalysis, .sendAnswer, .askRequester, .pause, .resume, .assign,
      .returnToAnalysis, .escalate, .writeToRequester, .writeToRegistry, .addNote, .recordAnswerRead, .markRead:
      [.team, .supervisor]
    case .acknowledgeHandoff: [.registry]
    case .recordRegistryReply: [.registry, .team, .supervisor]
    case .reopen: [.requester, .team, .supervisor]
    case .override, .close: [.supervisor]
    case .recordAnswerAccepted, .recordAnswerFailed, .recordLetterFailed, .linkDuplicate, .answerAsOriginal,
      .originalEnded, .noticeTime:
      [.machine]
    }
  }
}

/// What the first line of a requester's reply says about the answer.
public enum RequesterVerdict: Sendable, Codable, Equatable {
  case solved
  case notSolved(reason: String)
}

/// What a party wrote, on its way into a ticket.
public struct IncomingMessage: Sendable, Codable, Equatable {
  public var channel: ContactChannel
  public var text: String
  public var foldedText: String?
  public var subject: String?
  public var attachments: [Attachment]
  public var inbound: String?
  /// A sentence when the sender is not proven to be the party. Such a message is shown to officers and changes
  /// nothing: no pause ends, no ticket reopens.
  public var unproven: String?

  public init(
    channel: ContactChannel, text: String, foldedText: String? = nil, subject: String? = nil,
    attachments: [Attachment] = [], inbound: String? = nil, unproven: String? = nil
  ) {
    self.channel = channel
    self.text = text
    self.foldedText = foldedText
    self.subject = subject
    self.attachments = attachments
    self.inbound = inbound
    self.unproven = unproven
  }
}
