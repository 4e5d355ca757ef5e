/// The procedure says no. Every case has a stable code, a sentence in both languages (`Wording`) and a test.
public enum Rejection: Error, Sendable, Codable, Equatable {
  /// Someone else must do this.
  case notYours(command: String, performers: [Party])
  /// The command belongs to another row than the one the ticket is in.
  case wrongStage(needed: [Stage], actual: Stage)
  case alreadyClosed
  case notClosed
  case textMissing(Field)
  /// `limit` in bytes.
  case textTooLong(Field, limit: Int)
  case domainMissing
  case domainNotOurs(DomainName)
  /// A change at the registry needs a requester whose authority was verified.
  case authorityUnverified
  case duplicateOfItself
  /// There is no such original: the duplicate would wait for an answer that cannot come.
  case originalUnknown(TicketNumber)
  case notPaused
  case alreadyPaused
  /// A pause waits for someone else: an officer does not stop the team's own clock.
  case pauseForOurselves
  /// The answer was sent and its delivery is not known yet.
  case answerUnderWay
  /// The link or page belongs to an earlier packet.
  case handoffOutdated
  case alreadyAcknowledged
  case overrideToSameStage
  case overrideNotPossible(Stage)
  case addressDiffers
  /// Someone changed the ticket after the page was shown.
  case changedMeanwhile

  /// The texts people fill in.
  public enum Field: String, Sendable, Codable, CaseIterable {
    case requesterName, subject, text, problem, cause, action, reason, missing, owner, contact, proof, answer
    case question, note, reply, since, institution, current, wanted, evidence, authorityNote, work, reference
  }

  /// Never changes once published: API clients and logs rely on it.
  public var code: String {
    switch self {
    case .notYours: "not_yours"
    case .wrongStage: "wrong_stage"
    case .alreadyClosed: "already_closed"
    case .notClosed: "not_closed"
    case .textMissing: "text_missing"
    case .textTooLong: "text_too_long"
    case .domainMissing: "domain_missing"
    case .domainNotOurs: "domain_not_ours"
    case .authorityUnverified: "authority_unverified"
    case .duplicateOfItself: "duplicate_of_itself"
    case .originalUnknown: "original_unknown"
    case .notPaused: "not_paused"
    case .alreadyPaused: "already_paused"
    case .pauseForOurselves: "pause_for_ourselves"
    case .answerUnderWay: "answer_under_way"
    case .handoffOutdated: "handoff_outdated"
    case .alreadyAcknowledged: "already_acknowledged"
    case .overrideToSameStage: "override_to_same_stage"
    case .overrideNotPossible: "override_not_possible"
    case .addressDiffers: "address_differs"
    case .changedMeanwhile: "changed_meanwhile"
    }
  }
}
