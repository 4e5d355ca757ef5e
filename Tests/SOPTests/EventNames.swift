@testable import SOP

/// The name of an event's case. No `default`: a new case does not compile until it is named here, and then the
/// stored file must hold a line of it (`StoredEventsTests`).
func eventName(_ event: TicketEvent) -> String {
  switch event {
  case .submitted: "submitted"
  case .addressProven: "addressProven"
  case .addressChanged: "addressChanged"
  case .proofRequested: "proofRequested"
  case .complaintCorrected: "complaintCorrected"
  case .stageEntered: "stageEntered"
  case .stageSkipped: "stageSkipped"
  case .clockTold: "clockTold"
  case .paused: "paused"
  case .resumed: "resumed"
  case .checkRecorded: "checkRecorded"
  case .reportIssued: "reportIssued"
  case .analysisRecorded: "analysisRecorded"
  case .handedOff: "handedOff"
  case .handoffAcknowledged: "handoffAcknowledged"
  case .registryReplied: "registryReplied"
  case .answerSent: "answerSent"
  case .answerAccepted: "answerAccepted"
  case .answerFailed: "answerFailed"
  case .answerReadOut: "answerReadOut"
  case .confirmed: "confirmed"
  case .disputed: "disputed"
  case .confirmationPostponed: "confirmationPostponed"
  case .closed: "closed"
  case .assigned: "assigned"
  case .overridden: "overridden"
  case .returnedToAnalysis: "returnedToAnalysis"
  case .escalated: "escalated"
  case .escalationTaken: "escalationTaken"
  case .reopened: "reopened"
  case .duplicateLinked: "duplicateLinked"
  case .requesterWrote: "requesterWrote"
  case .requesterAsked: "requesterAsked"
  case .writtenToRequester: "writtenToRequester"
  case .registryWrote: "registryWrote"
  case .writtenToRegistry: "writtenToRegistry"
  case .noteAdded: "noteAdded"
  case .wordsRead: "wordsRead"
  case .letterFailed: "letterFailed"
  }
}

/// Every name `eventName` can give.
let eventNames: Set<String> = [
  "submitted", "addressProven", "complaintCorrected", "stageEntered", "stageSkipped", "clockTold", "paused",
  "resumed", "checkRecorded", "reportIssued", "analysisRecorded", "handedOff", "handoffAcknowledged",
  "registryReplied", "answerSent", "answerAccepted", "answerFailed", "confirmed", "disputed",
  "confirmationPostponed", "closed", "assigned", "overridden", "returnedToAnalysis", "escalated", "reopened",
  "duplicateLinked", "requesterWrote", "requesterAsked", "writtenToRequester", "registryWrote",
  "writtenToRegistry", "noteAdded", "letterFailed", "addressChanged", "proofRequested", "answerReadOut",
  "escalationTaken", "wordsRead",
]

/// The name of a letter's kind, as complete as `eventName`.
func letterName(_ kind: Letter.Kind) -> String {
  switch kind {
  case .receipt: "receipt"
  case .question: "question"
  case .message: "message"
  case .answer: "answer"
  case .answerOfOriginal: "answerOfOriginal"
  case .addressNotice: "addressNotice"
  case .closingNotice: "closingNotice"
  case .reopenedNotice: "reopenedNotice"
  case .handoff: "handoff"
  case .registryMessage: "registryMessage"
  case .lapseNotice: "lapseNotice"
  case .escalationNotice: "escalationNotice"
  }
}

let letterNames: Set<String> = [
  "receipt", "question", "message", "answer", "answerOfOriginal", "closingNotice", "reopenedNotice", "handoff",
  "registryMessage", "lapseNotice", "escalationNotice", "addressNotice",
]
