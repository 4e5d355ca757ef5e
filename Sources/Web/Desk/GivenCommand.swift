// What a command that was given looks like afterwards: the files it carried, its trace in the history, the word of the
// next page about it.

import Desk
import SOP

extension TicketCommand {
  /// The command with files, where it can carry some.
  func carrying(_ files: [Attachment]) -> TicketCommand {
    switch self {
    case .writeToRequester(let text, _): .writeToRequester(text: text, attachments: files)
    case .writeToRegistry(let text, _): .writeToRegistry(text: text, attachments: files)
    case .sendAnswer(let answer, _): .sendAnswer(answer, attachments: files)
    default: self
    }
  }

  /// Whether `event` is what this very command leads to.
  func isTold(by event: TicketEvent) -> Bool {
    switch (self, event) {
    case (.writeToRequester(let text, let files), .writtenToRequester(let said)),
      (.writeToRegistry(let text, let files), .writtenToRegistry(let said)):
      said.text == text && said.attachments == files
    case (.askRequester(let text), .requesterAsked(let said)), (.addNote(let text), .noteAdded(let said)):
      said.text == text
    case (.sendAnswer(let answer, let files), .answerSent(let sent, let said)):
      answer == sent && said.attachments == files
    case (.recordCheck(let given), .checkRecorded(let kept)): given == kept
    case (.recordAnalysis(let given), .analysisRecorded(let kept)): given == kept
    case (.recordRegistryReply(let given, _), .registryReplied(let kept)): given == kept
    case (.correctComplaint(let given), .complaintCorrected(let kept)): given == kept
    case (.confirm, .confirmed), (.resume, .resumed): true
    case (.pause(let party, let note), .paused(let pause)): pause.waitingFor == party && pause.note == note
    case (.assign(let given), .assigned(let kept)): given == kept
    case (.override(let stage, let reason), .overridden(let to, let why)): stage == to && reason == why
    case (.dispute(let reason), .disputed(let why)), (.escalate(let reason), .escalated(let why)),
      (.returnToAnalysis(let reason), .returnedToAnalysis(let why)), (.reopen(let reason), .reopened(let why)):
      reason == why
    case (.changeAddress(let email, _), .addressChanged(let kept, _)): email == kept
    case (.recordAnswerRead(let note), .answerReadOut(let kept)): note == kept
    case (.resendProof, .proofRequested), (.markRead, .wordsRead): true
    case (.close, .closed(let closure)): closure.kind == .overridden
    case (.withdraw, .closed(let closure)): closure.kind == .withdrawn
    default: false
    }
  }

  /// What the next page says: where the words went, and nothing that did not happen.
  func flash(on ticket: Ticket, _ office: Office) -> FlashMessage {
    switch self {
    case .writeToRequester, .askRequester, .sendAnswer: Reach(toRequesterOf: ticket).flash
    case .recordAnalysis(let analysis):
      switch analysis.kind {
      case .incomplete: Reach(toRequesterOf: ticket).flash
      case .registryExecutes: RegistryReach(of: ticket, office).flash
      case .teamExecutes, .referred, .declined, .duplicate: .saved
      }
    case .writeToRegistry: RegistryReach(of: ticket, office).flash
    case .escalate: .escalated
    case .assign(_?): .taken
    default: .saved
    }
  }
}

extension Visitor {
  /// Whether this person has given the ticket this very command since `version`: a form that was sent twice.
  func hasGiven(_ command: TicketCommand, to ticket: Ticket, since version: Int) async throws -> Bool {
    guard ticket.version > version else { return false }
    let person = try person()
    return try await web.store.history(of: ticket.number).contains {
      $0.sequence > version && $0.sequence <= ticket.version && $0.by.account == person.id
        && command.isTold(by: $0.event)
    }
  }
}
