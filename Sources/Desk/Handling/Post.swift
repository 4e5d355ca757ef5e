public import SOP

/// Puts a decision's letters into words and under addresses, ready for the outbox.
///
/// Who gets what: the requester at the one address of the complaint, the registry at its configured address,
/// supervisors at their accounts' addresses. Nobody else, ever: an address in a message is a proposal at most.
public struct Post: Sendable {
  let store: any DeskStore
  let writer: any LetterWriter
  let tokens: Tokens
  let office: Office

  public init(store: any DeskStore, writer: any LetterWriter, tokens: Tokens, office: Office) {
    self.store = store
    self.writer = writer
    self.tokens = tokens
    self.office = office
  }

  /// The letters of what was decided.
  func letters(
    _ decisions: [Decision], for ticket: Ticket, at now: Instant
  ) async throws -> [OutboxLetter] {
    var out: [OutboxLetter] = []
    for letter in decisions.flatMap(\.letters) {
      let written = writer.write(letter, for: ticket, links: links(of: ticket))
      for (index, recipient) in try await recipients(of: letter, in: ticket).enumerated() {
        let state: LetterState = letter.held ? .held : .queued
        out.append(
          outboxLetter(
            id: index == 0 ? letter.id : "\(letter.id)-\(index + 1)", kind: letter.kind.stem, party: letter.to,
            ticket: ticket, recipient: recipient, written: written, state: state, at: now,
            automatic: letter.kind.isAutomatic))
      }
    }
    for id in decisions.compactMap(\.proofLetter) {
      if let proof = proof(id, for: ticket, at: now) { out.append(proof) }
    }
    return out
  }

  /// Before anything else is mailed to an address typed into a form, its holder proves it (code or link).
  private func proof(_ id: String, for ticket: Ticket, at now: Instant) -> OutboxLetter? {
    let requester = ticket.complaint.requester
    guard let email = requester.email else { return nil }
    let link = "\(office.baseURL)/tiket/\(ticket.number)/bukti?kunci=\(tokens.proofKey(ticket.number, email: email))"
    let written = writer.writeProof(
      code: tokens.proofCode(ticket.number, email: email), link: link, ticket: ticket.number,
      language: requester.language)
    return outboxLetter(
      id: id, kind: "proof", party: .requester, ticket: ticket,
      recipient: (email, nil), written: written, state: .queued, at: now, automatic: true)
  }

  private func outboxLetter(
    id: String, kind: String, party: Party, ticket: Ticket, recipient: (address: String, name: String?),
    written: WrittenLetter, state: LetterState, at now: Instant, automatic: Bool
  ) -> OutboxLetter {
    let first = "\(ticket.number).1"
    return OutboxLetter(
      id: id, ticket: ticket.number, party: party, kind: kind, recipient: recipient.address,
      recipientName: recipient.name, subject: written.subject, text: written.text, html: written.html,
      messageID: tokens.messageID(ofLetter: id, at: office.mailAddress),
      inReplyTo: id == first || party != .requester
        ? nil : tokens.messageID(ofLetter: first, at: office.mailAddress),
      replyTo: tokens.replyAddress(ticket.number, party, at: office.mailAddress), state: state, createdAt: now,
      notBefore: now, automatic: automatic)
  }

  private func recipients(of letter: Letter, in ticket: Ticket) async throws -> [(address: String, name: String?)] {
    switch letter.to {
    case .requester:
      if case .addressNotice(let former) = letter.kind { return [(former, nil)] }
      let requester = ticket.complaint.requester
      guard let email = requester.email else { return [] }
      // The name is the sender's own word: nothing of it goes into the first receipt.
      return [(email, letter.kind == .receipt ? nil : requester.name)]
    case .registry: return office.registryEmail.map { [($0, office.registryName)] } ?? []
    case .supervisor: return try await supervisors()
    case .team, .administrator, .machine: return []
    }
  }

  /// The supervisors who work here and can be mailed.
  func supervisors() async throws -> [(address: String, name: String?)] {
    try await store.accounts().filter { $0.role == .supervisor && $0.disabledAt == nil }
      .compactMap { account in account.email.map { ($0, account.name) } }
  }

  public func links(of ticket: Ticket) -> LetterLinks {
    LetterLinks(
      follow: followLink(ticket.number),
      handoff: ticket.handoff.map { handoffLink(ticket.number, ordinal: $0.ordinal) },
      desk: "\(office.baseURL)/meja/tiket/\(ticket.number)")
  }

  public func followLink(_ number: TicketNumber) -> String {
    "\(office.baseURL)/tiket/\(number)?kunci=\(tokens.followKey(number))"
  }

  public func handoffLink(_ number: TicketNumber, ordinal: Int) -> String {
    "\(office.baseURL)/registri/permintaan/\(tokens.handoffToken(number, ordinal: ordinal))"
  }

  /// What the first letter costs: the receipt of a mail, or the proof of an address typed into a form.
  func firstLetterLimits(for complaint: Complaint) async throws -> [Ration.Limit] {
    guard !complaint.requester.emailProven, let email = complaint.requester.email else { return [] }
    let first: FirstLetter = complaint.channel == .email ? .receipt : .proof
    return first.limits(to: email, isKnown: try await store.isKnown(address: email))
  }

  /// May one more proof go to this address? The same ration as at the hand-in.
  func mayProve(_ email: String, now: Instant) async throws -> Bool {
    for limit in FirstLetter.proof.limits(to: email, isKnown: try await store.isKnown(address: email)) {
      guard try await store.allow(limit.key, limit: limit.uses, per: limit.seconds, now: now) else { return false }
    }
    return true
  }
}

extension Letter.Kind {
  /// The name of the kind in lists and templates.
  public var stem: String {
    switch self {
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

  /// RFC 3834 §5: written by the machine, without a person's hand.
  var isAutomatic: Bool {
    switch self {
    case .receipt, .addressNotice, .closingNotice, .reopenedNotice, .lapseNotice, .answerOfOriginal: true
    case .question, .message, .answer, .handoff, .registryMessage, .escalationNotice: false
    }
  }
}
