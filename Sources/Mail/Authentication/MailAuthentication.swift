public import Foundation

/// Everything that was found out about who wrote a message.
public struct AuthenticationReport: Sendable, Equatable {
  /// Nil when the envelope was not known.
  public var spf: SPFOutcome?
  public var dkim: [DKIMOutcome]
  public var arc: ARCOutcome
  public var dmarc: DMARCOutcome
  /// Results of the office's own border that are believed.
  public var border: [AuthenticationResults]
  public var proof: AuthorProof
}

/// Who wrote it: SPF, DKIM, ARC, DMARC and the border's word brought together to one level of proof.
///
/// Enters: the exact bytes of a message, its author as the mail reader sees them, the envelope if the deliverer knows
/// it, the time of arrival (a signature may have ended since). Leaves: a report, always; nothing is thrown, at most `AuthenticationLimits.lookups` questions are
/// asked, and the work is linear in the message. A message fetched from a mailbox has no envelope any more: SPF is
/// then only what the border wrote down.
///
/// Known limits: no proof of the person, only of the domain; domains beyond ASCII are not proven; a genuine message
/// sent once more to somebody else (replay) is still genuine.
public struct MailAuthentication: Sendable {
  private let settings: AuthenticationSettings
  private let port: any DNSLookups

  public init(settings: AuthenticationSettings = AuthenticationSettings(), lookups: any DNSLookups) {
    self.settings = settings
    port = lookups
  }

  public func verify(
    _ raw: [UInt8], author: MailAddress?, envelope: MailEnvelope?, now: Date
  ) async -> AuthenticationReport {
    let message = RawMessage(raw)
    let seconds = Int(exactly: now.timeIntervalSince1970.rounded(.down)) ?? 0
    var lookups = BoundedLookups(port)
    var weighing = ProofWeighing(message: message, settings: settings, author: author)
    var report = AuthenticationReport(
      spf: nil, dkim: [], arc: ARCOutcome(result: .none), dmarc: DMARCOutcome(result: .none),
      border: settings.trust.believed(message), proof: AuthorProof(level: .none))
    if let envelope { report.spf = await SPFCheck.check(envelope, lookups: &lookups, now: seconds) }
    report.dkim = await DKIMVerifier.verify(message, lookups: &lookups, now: seconds, author: weighing.domain)
    report.arc = await ARCChain.validate(message, lookups: &lookups, now: seconds)
    weighing.weigh(report)
    if let domain = weighing.domain {
      var evaluation = DMARCEvaluation(suffixes: settings.suffixes)
      report.dmarc = await evaluation.evaluate(author: domain, proven: weighing.proven, lookups: &lookups)
    }
    report.proof = weighing.proof(report)
    return report
  }
}
