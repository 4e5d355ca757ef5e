import SOP

/// What a mail is, decided before anything is written. The questions are asked in this order; the first yes wins.
enum Recognition: Equatable {
  /// Cannot be read, or killed the process before.
  case quarantine(reasons: [String])
  /// A delivery report about one of our letters, about one of a ticket's that it does not name, or about an unknown one.
  case bounce(letter: String?, ticket: TicketNumber?, ReadMail.Bounce, reasons: [String])
  /// Written by a machine, in answer to nothing of ours: never answered, never a ticket.
  case automatic(ticket: TicketNumber?, reasons: [String])
  /// Belongs to a ticket's wall. `unproven`: a sentence when the writer is not shown to be the party.
  case belongs(TicketNumber, Party, unproven: String?, reasons: [String])
  /// Answers a notice that went to the office's own people: for the team's eyes. `by`: the machine, under the sender's
  /// name, when nobody of them is shown to have written it.
  case note(TicketNumber, by: Performer, unproven: String?, reasons: [String])
  /// A new matter.
  case complaint(reasons: [String])
}

/// Asks the questions. Reads the store, writes nothing.
struct Recogniser {
  let store: any DeskStore
  let tokens: Tokens
  let office: Office

  /// Processing may begin this often: once beside others, twice alone. A row that comes once more was there each time the
  /// process died, and the last two times nothing else was.
  static let mostAttempts = 3

  func recognise(_ mail: ReadMail, trouble: String?, attempts: Int) async throws -> Recognition {
    if let trouble { return .quarantine(reasons: [trouble]) }
    if attempts > Recogniser.mostAttempts { return .quarantine(reasons: ["crashed_twice"]) }
    if mail.unreadable != nil { return .quarantine(reasons: ["unreadable"]) }
    if let bounce = mail.bounce, mail.automatic == .bounce { return try await self.bounce(bounce, of: mail) }
    if isOurs(mail) { return .automatic(ticket: nil, reasons: ["own_letter"]) }
    if mail.automatic != .none { return try await machineMade(mail) }
    if let (number, party, reason) = try await proof(in: mail),
      let ticket = try await store.ticket(number)
    {
      return try await belonging(mail, to: ticket, as: party, reason: reason)
    }
    if mail.text.isEmpty && mail.attachments.isEmpty && mail.subject.isEmpty {
      return .quarantine(reasons: ["empty_message"])
    }
    return .complaint(reasons: [])
  }

  /// A ticket system marks what people write in it as automatic, and an absence note tells when someone is back: what
  /// answers a letter of ours stands on that letter's wall, unproven whoever sent it. Reports of the mail system, and
  /// everything else machines write, stay in the ledger.
  private func machineMade(_ mail: ReadMail) async throws -> Recognition {
    let sign = code(of: mail.automatic)
    switch mail.automatic {
    case .autoReply, .notification, .list:
      guard !mail.text.isEmpty || !mail.attachments.isEmpty, let (number, party, reason) = try await proof(in: mail),
        party == .requester || party == .registry, try await store.summary(number) != nil
      else { break }
      return .belongs(number, party, unproven: mail.senderAddress ?? "?", reasons: [reason, sign])
    case .none, .bounce, .abuseReport: break
    }
    return .automatic(ticket: address(of: mail)?.ticket, reasons: [sign])
  }

  /// A mail that claims our own address as its author is a loop or a forgery.
  private func isOurs(_ mail: ReadMail) -> Bool {
    guard let sender = mail.senderAddress else { return false }
    return sender == office.mailAddress.asciiLowered
      || tokens.readReplyAddress(sender, mailbox: office.mailAddress) != nil
  }

  private func bounce(_ bounce: ReadMail.Bounce, of mail: ReadMail) async throws -> Recognition {
    // Our message ids and envelope addresses hold a MAC: nobody can forge the bounce of a letter they never saw.
    if let original = bounce.originalMessageID,
      let letter = tokens.letterID(inMessageID: original, mailbox: office.mailAddress)
    {
      return .bounce(letter: letter, ticket: nil, bounce, reasons: ["bounce_of_letter"])
    }
    // A report without our message id still came back to the envelope sender, which names ticket and party.
    if let address = address(of: mail) {
      let letter = try await newestLetter(to: bounce.recipient, address)
      return .bounce(
        letter: letter, ticket: address.ticket, bounce,
        reasons: [letter == nil ? "bounce_of_ticket" : "bounce_of_letter", "token_valid"])
    }
    return .bounce(letter: nil, ticket: nil, bounce, reasons: ["bounce_unknown_letter"])
  }

  /// The letter that went last to this party at this address; a report that names no address means the party's last.
  private func newestLetter(
    to recipient: String?, _ address: (ticket: TicketNumber, party: Party)
  ) async throws -> String? {
    try await store.letters(of: address.ticket).last { line in
      guard line.letter.party == address.party, [.sent, .delivered, .uncertain].contains(line.state) else {
        return false
      }
      return recipient.map { line.letter.recipient.asciiLowered == $0.asciiLowered } ?? true
    }?.letter.id
  }

  /// A token in an address the mail was sent to, else our own message id among those it answers. A ticket number
  /// alone, in a subject or anywhere, proves nothing.
  private func proof(in mail: ReadMail) async throws -> (TicketNumber, Party, String)? {
    if let address = address(of: mail) { return (address.ticket, address.party, "token_valid") }
    for id in mail.answers.prefix(50) {
      // The wall is that of the letter, whoever answers it: a hand-off forwarded to someone is not the requester's.
      guard let letter = tokens.letterID(inMessageID: id, mailbox: office.mailAddress),
        let line = try await store.letter(letter), let number = line.letter.ticket
      else { continue }
      return (number, line.letter.party, "reply_to_letter")
    }
    return nil
  }

  private func address(of mail: ReadMail) -> (ticket: TicketNumber, party: Party)? {
    for recipient in mail.recipients.prefix(100) {
      if let found = tokens.readReplyAddress(recipient, mailbox: office.mailAddress) { return found }
    }
    return nil
  }

  private func belonging(
    _ mail: ReadMail, to ticket: Ticket, as party: Party, reason: String
  ) async throws -> Recognition {
    let sender = mail.senderAddress
    switch party {
    case .registry:
      if let sender, sender == office.registryEmail?.asciiLowered {
        return .belongs(ticket.number, .registry, unproven: nil, reasons: [reason, "sender_is_registry"])
      }
      return .belongs(ticket.number, .registry, unproven: sender ?? "?", reasons: [reason, "sender_differs"])
    case .team, .supervisor, .administrator, .machine:
      // The wall is the team's, whoever answers: a notice that was passed on is not the requester's letter.
      guard let account = try await colleague(sender, as: party) else {
        let name = mail.senderName ?? sender
        return .note(
          ticket.number, by: Performer(party: .machine, name: name), unproven: sender ?? "?",
          reasons: [reason, "sender_differs"])
      }
      return .note(ticket.number, by: account.performer, unproven: nil, reasons: [reason, "sender_is_staff"])
    case .requester:
      if let sender, sender == ticket.complaint.requester.email?.asciiLowered {
        return .belongs(ticket.number, .requester, unproven: nil, reasons: [reason, "sender_is_requester"])
      }
      return .belongs(ticket.number, .requester, unproven: sender ?? "?", reasons: [reason, "sender_differs"])
    }
  }

  /// The account of this party whose address wrote.
  private func colleague(_ sender: String?, as party: Party) async throws -> Account? {
    guard let sender, party == .team || party == .supervisor else { return nil }
    return try await store.accounts().first {
      $0.role.party == party && $0.disabledAt == nil && $0.email?.asciiLowered == sender
    }
  }

  private func code(of automatic: ReadMail.Automatic) -> String {
    switch automatic {
    case .none: "none"
    case .autoReply: "automatic_header"
    case .bounce: "null_return_path"
    case .abuseReport: "abuse_report"
    case .list: "list_mail"
    case .notification: "notification"
    }
  }
}
