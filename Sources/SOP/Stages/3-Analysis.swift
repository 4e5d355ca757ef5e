/// SOP row 3: the team analyses the problem (15 minutes) with *Laporan Pengaduan* before it.
/// Output: *Keputusan hasil analisa*.
///
/// Needs: a cause, and exactly one way on with what that way needs.
/// Refuses: any other row than 3; a hand-off while the requester's authority is unverified or row 2 was never
/// finished, for the registry changes records on that word; a duplicate of itself.
/// Follows: row 4 with the packet; or row 5, row 4 passed with the recorded reason; or a pause for the requester.
extension Deliberation {
  mutating func recordAnalysis(_ analysis: AnalysisDecision) throws(Rejection) {
    try require(.analysis)
    try require(analysis.cause, .cause)
    try check(analysis.way)
    takeIfFree()
    record(.analysisRecorded(decision: analysis))
    switch analysis.way {
    case .registryExecutes(let packet): handOff(packet)
    case .teamExecutes(_, let reason), .declined(let reason): passRegistry(because: reason)
    case .referred(let referral): passRegistry(because: referral.proof)
    case .duplicate(let original): waitForAnswer(of: original)
    case .incomplete(let missing): ask(missing)
    }
  }

  private func check(_ way: AnalysisDecision.Way) throws(Rejection) {
    switch way {
    case .registryExecutes(let packet):
      guard let check = ticket.check, check.authority != .unverified else { throw .authorityUnverified }
      try require(packet.action, .action, limit: 500)
      guard packet.domain.registrable != nil else { throw .domainNotOurs(packet.domain) }
      try bound(packet.current, .current)
      try bound(packet.wanted, .wanted)
      try bound(packet.evidence, .evidence)
      try bound(packet.note, .note)
    case .teamExecutes(let action, let reason):
      try require(action, .action)
      try require(reason, .reason)
    case .referred(let referral):
      try require(referral.owner, .owner, limit: 500)
      try require(referral.contact, .contact, limit: 500)
      try require(referral.proof, .proof)
    case .declined(let reason): try require(reason, .reason)
    case .duplicate(let original): if original == ticket.number { throw .duplicateOfItself }
    case .incomplete(let missing): try require(missing, .missing)
    }
  }

  private mutating func passRegistry(because reason: String) {
    record(.stageSkipped(stage: .registry, reason: reason))
    enter(.answer)
  }
}
