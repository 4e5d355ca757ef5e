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
  /// The original waits, itself or through others, for this ticket's answer: nobody would ever give one.
  case duplicateCircle(TicketNumber)
  case notPaused
  case alreadyPaused
  /// A pause waits for someone else: an officer does not stop the team's own clock.
  case pauseForOurselves
  /// The answer was sent and its delivery is not known yet.
  case answerUnderWay
  /// No answer waits to be read out to the requester.
  case noAnswerToRead
  /// The link or page belongs to an earlier packet.
  case handoffOutdated
  case alreadyAcknowledged
  case overrideToSameStage
  case overrideNotPossible(Stage)
  case addressDiffers
  case addressMalformed
  /// The ticket knows this address already.
  case addressSame
  /// There is no address, or mail may go to it already.
  case nothingToProve
  /// As many proofs as an address, its domain or all of them may be sent in an hour.
  case proofRationed
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
    case .duplicateCircle: "duplicate_circle"
    case .notPaused: "not_paused"
    case .alreadyPaused: "already_paused"
    case .pauseForOurselves: "pause_for_ourselves"
    case .answerUnderWay: "answer_under_way"
    case .noAnswerToRead: "no_answer_to_read"
    case .handoffOutdated: "handoff_outdated"
    case .alreadyAcknowledged: "already_acknowledged"
    case .overrideToSameStage: "override_to_same_stage"
    case .overrideNotPossible: "override_not_possible"
    case .addressDiffers: "address_differs"
    case .addressMalformed: "address_malformed"
    case .addressSame: "address_same"
    case .nothingToProve: "nothing_to_prove"
    case .proofRationed: "proof_rationed"
    case .changedMeanwhile: "changed_meanwhile"
    }
  }
}
