extension TicketEvent {
  /// The files this event holds a claim to: as long as it is in the history, their bytes are kept.
  public var attachments: [Attachment] {
    switch self {
    case .submitted(let complaint, _): complaint.attachments
    case .answerSent(_, let message), .requesterWrote(let message), .requesterAsked(let message),
      .writtenToRequester(let message), .registryWrote(let message), .writtenToRegistry(let message),
      .noteAdded(let message):
      message.attachments
    case .addressProven, .addressChanged, .proofRequested, .complaintCorrected, .stageEntered, .stageSkipped,
      .clockTold, .paused, .resumed,
      .checkRecorded, .reportIssued, .analysisRecorded, .handedOff, .handoffAcknowledged, .registryReplied,
      .answerAccepted, .answerFailed, .answerReadOut, .confirmed, .disputed, .confirmationPostponed, .closed,
      .assigned, .overridden, .returnedToAnalysis, .escalated, .escalationTaken, .reopened, .duplicateLinked,
      .wordsRead, .letterFailed:
      []
    }
  }
}
