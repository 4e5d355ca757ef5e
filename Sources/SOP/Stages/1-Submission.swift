/// SOP row 1: the requester submits a complaint through WhatsApp, the web service desk or e-mail.
///
/// Needs: nothing but a text or a file; what cannot be understood still becomes a ticket.
/// Refuses: texts beyond the limits (the channel has kept the whole message before).
/// Follows: the ticket enters row 2 at the instant of its durable receipt; a receipt goes out on the same channel.
extension Deliberation {
  mutating func submit(_ complaint: Complaint) throws(Rejection) {
    try bound(complaint.text, .text, limit: Message.longest)
    try bound(complaint.subject, .subject, limit: 1_000)
    try bound(complaint.requester.name, .requesterName, limit: 200)
    try bound(complaint.requester.institution, .institution, limit: 300)
    try bound(complaint.requester.email, .contact, limit: 320)
    try bound(complaint.requester.phone, .contact, limit: 100)
    try bound(complaint.requester.position, .contact, limit: 300)
    try bound(complaint.since, .since, limit: 200)
    recordSubmission(of: complaint)
    enter(.check, at: ticket.receipt)
    send(.receipt, to: .requester, id: "\(ticket.number).1")
    if ticket.addressAwaitsProof { askForProof("\(ticket.number)") }
  }

  /// The requester has shown to hold the address: from now on letters may go there.
  mutating func proveAddress(_ email: String) throws(Rejection) {
    guard let known = ticket.complaint.requester.email, known.utf8.elementsEqual(email.utf8) else {
      throw .addressDiffers  // byte by byte: `==` would take another spelling of the same accents
    }
    guard !ticket.complaint.requester.emailProven else { return }
    record(.addressProven(email: email))
    releaseHeldLetters()
  }

  mutating func correctComplaint(_ correction: ComplaintCorrection) throws(Rejection) {
    try requireOpen()
    try bound(correction.since, .since, limit: 200)
    try bound(correction.institution, .institution, limit: 300)
    try bound(correction.requesterName, .requesterName, limit: 200)
    record(.complaintCorrected(correction: correction))
  }
}
