public import SOP

/// What full-text search finds: the same words in every store.
public enum SearchText {
  /// The words an event adds to its ticket's index; `nil`: none.
  public static func of(_ event: TicketEvent) -> String? {
    switch event {
    case .submitted(let complaint, _):
      joined([
        complaint.subject, complaint.text, complaint.requester.name, complaint.requester.email,
        complaint.requester.institution, complaint.domain?.name, complaint.host?.name,
      ])
    case .complaintCorrected(let correction):
      joined([
        correction.domain?.name, correction.host?.name, correction.institution, correction.requesterName,
      ])
    case .checkRecorded(let result):
      joined([result.problem, result.domain?.name, result.host?.name, result.institution])
    case .analysisRecorded(let decision): decision.cause
    case .handedOff(let handoff):
      joined([handoff.packet.action, handoff.packet.current, handoff.packet.wanted, handoff.packet.note])
    case .registryReplied(let reply): joined([reply.text, reply.reference])
    case .answerSent(let answer, _): answer.text
    case .disputed(let reason), .reopened(let reason): reason
    case .addressChanged(let email, _): email
    case .answerReadOut(let note): note.isEmpty ? nil : note
    case .requesterWrote(let message), .requesterAsked(let message), .writtenToRequester(let message),
      .registryWrote(let message), .writtenToRegistry(let message), .noteAdded(let message):
      joined([message.subject, message.text] + message.attachments.map { $0.fileName })
    case .addressProven, .proofRequested, .stageEntered, .stageSkipped, .clockTold, .paused, .resumed, .reportIssued,
      .handoffAcknowledged, .answerAccepted, .answerFailed, .confirmed, .confirmationPostponed, .closed, .assigned,
      .overridden, .returnedToAnalysis, .escalated, .escalationTaken, .duplicateLinked, .wordsRead, .letterFailed:
      nil
    }
  }

  private static func joined(_ parts: [String?]) -> String {
    parts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// The words of a search as the index holds them: runs of letters and digits, lower case, at most 12.
  /// `sukamaju.desa.id` becomes three words, so that parts of names are found.
  public static func words(_ query: String) -> [String] {
    var words: [String] = []
    var word = String.UnicodeScalarView()
    func isWordScalar(_ s: Unicode.Scalar) -> Bool { s.properties.isAlphabetic || s.properties.numericType != nil }
    for scalar in query.unicodeScalars.prefix(400) {
      if isWordScalar(scalar) {
        word.append(scalar)
      } else if !word.isEmpty {
        words.append(String(word).lowercased())
        word = String.UnicodeScalarView()
      }
      if words.count == 12 { return words }
    }
    if !word.isEmpty { words.append(String(word).lowercased()) }
    return Array(words.prefix(12))
  }
}
