/// The requester's address was mistyped, is lost, or was never known: the requester (who holds the page's key) or an
/// officer names another one.
///
/// Needs: an address; from an officer also a reason, for it is the requester's word that counts.
/// Refuses: what is no address; the one the ticket has; a proof where nothing is to be proven.
/// Follows: the new address is unproven, whatever the former one was. Letters wait until its holder has proven it, also
/// those that waited for the former one, and a letter with the proof goes out. The former address, where mail went so
/// far, is told. Answers that are under way stay under way.
extension Deliberation {
  mutating func changeAddress(_ email: String, reason: String) throws(Rejection) {
    guard EmailAddress.isPlain(email) else { throw .addressMalformed }
    let former = ticket.complaint.requester.email
    if let former, former.utf8.elementsEqual(email.utf8) { throw .addressSame }
    if performer.actsForTeam {
      try require(reason, .reason, limit: 2_000)
    } else {
      try bound(reason, .reason, limit: 2_000)
    }
    let id = nextID
    // Before the change: mail to the former address is allowed still.
    if let former, ticket.mayBeMailed { send(.addressNotice(former: former), to: .requester, id: id) }
    record(.addressChanged(email: email, reason: reason.isEmpty ? nil : reason))
    redirectHeldLetters(to: email)
    askForProof(id)
  }

  /// The letter with the proof once more: it was lost, or deleted as unwanted.
  mutating func resendProof() throws(Rejection) {
    guard ticket.addressAwaitsProof, let email = ticket.complaint.requester.email else { throw .nothingToProve }
    let id = nextID
    record(.proofRequested(email: email))
    askForProof(id)
  }
}
