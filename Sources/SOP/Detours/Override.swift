/// A supervisor moves a ticket against the table, always with a reason: every row that is passed over is recorded
/// as skipped with it.
///
/// Refuses: rows 1 and 6, which belong to the requester; row 4, which begins with a packet only.
extension Deliberation {
  mutating func override(to stage: Stage, reason: String) throws(Rejection) {
    try requireOpen()
    try require(reason, .reason, limit: 2_000)
    guard stage != ticket.stage else { throw .overrideToSameStage }
    guard [.check, .analysis, .answer].contains(stage) else { throw .overrideNotPossible(stage) }
    let from = ticket.stage
    record(.overridden(to: stage, reason: reason))
    for passed in Stage.allCases where passed > from && passed < stage {
      record(.stageSkipped(stage: passed, reason: reason))
    }
    enter(stage)
  }

  /// Ends a ticket that is no complaint (spam, a test), with a reason and a notice.
  mutating func close(_ reason: String) throws(Rejection) {
    try requireOpen()
    try require(reason, .reason, limit: 2_000)
    end(.overridden, at: now, note: reason)
  }

  /// From row 5 back to row 3: what the registry answered, or a second look, asks for another decision.
  mutating func returnToAnalysis(_ reason: String) throws(Rejection) {
    try require(.answer)
    if ticket.answerUnderWay != nil, !ticket.answerWaitsForVoice { throw .answerUnderWay }
    try require(reason, .reason, limit: 2_000)
    record(.returnedToAnalysis(reason: reason))
    enter(.analysis)
  }
}
