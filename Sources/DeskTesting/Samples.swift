public import Desk
import Foundation
public import SOP

/// What tests of stores are made of: complaints, decisions as commits, letters and drafts with fixed ids.
public enum Samples {
  /// Tuesday 3 November 2026, 09.00 in Jakarta: an hour of service.
  public static let morning = Instant(seconds: 1_793_671_200)
  public static let procedure = Procedure()
  public static let budi = Performer(party: .team, account: "budi", name: "Budi Santoso")
  public static let sari = Performer(party: .supervisor, account: "sari", name: "Sari Dewi")

  public static func complaint(
    text: String = "Website desa tidak dapat dibuka sejak kemarin.", domain: String? = "sukamaju.desa.id",
    email: String? = "kades@sukamaju.desa.id", at now: Instant = morning
  ) -> Complaint {
    Complaint(
      channel: .email, receivedAt: now,
      requester: Requester(name: "Siti Aminah", email: email, institution: "Desa Sukamaju"),
      subject: "Situs mati", text: text, domain: domain.flatMap { DomainName($0) })
  }

  /// The commit that opens a ticket; letters wait in the outbox as the desk would write them.
  public static func opening(
    _ number: TicketNumber, _ complaint: Complaint = complaint(), at now: Instant = morning,
    letters: [OutboxLetter] = [], settlement: Settlement? = nil, files: [StoredFile] = [], ration: Ration? = nil
  ) throws -> Commit {
    let decision = try Ticket.submit(complaint, as: number, by: Performer(party: .requester), at: now, under: procedure)
    return try commit(
      decision, on: nil, number: number, by: Performer(party: .requester), at: now, command: "submit",
      letters: letters, settlement: settlement, files: files, ration: ration)
  }

  /// The commit of one command on a ticket.
  public static func deciding(
    _ command: TicketCommand, on ticket: Ticket, by performer: Performer, at now: Instant,
    letters: [OutboxLetter] = [], settlement: Settlement? = nil, followUp: Int64? = nil
  ) throws -> Commit {
    let decision = try ticket.decide(command, by: performer, at: now, under: procedure)
    return try commit(
      decision, on: ticket, number: ticket.number, by: performer, at: now, command: command.name, letters: letters,
      settlement: settlement, followUp: followUp)
  }

  private static func commit(
    _ decision: Decision, on ticket: Ticket?, number: TicketNumber, by performer: Performer, at now: Instant,
    command: String, letters: [OutboxLetter], settlement: Settlement?, followUp: Int64? = nil,
    files: [StoredFile] = [], ration: Ration? = nil
  ) throws -> Commit {
    let version = ticket?.version ?? 0
    let events = decision.events.enumerated().map { index, event in
      RecordedEvent(sequence: version + index + 1, at: now, by: performer, event: event)
    }
    var after = ticket
    if after == nil {
      after = Ticket(number: number, events: events)
    } else {
      for event in decision.events { after?.apply(event, at: now) }
    }
    guard let after else { throw CocoaError(.coderInvalidValue) }
    return Commit(
      number: number, expecting: version, events: events, after: after, letters: letters,
      followUps: decision.followUps, releasesHeldLetters: decision.releasesHeldLetters,
      heldLettersGoTo: decision.heldLettersGoTo, at: now,
      log: [CommandLogEntry(at: now, ticket: number, command: command, by: performer)], settlement: settlement,
      followUp: followUp, files: files, ration: ration)
  }

  public static func letter(
    _ id: String, of ticket: TicketNumber?, kind: String = "receipt", state: LetterState = .queued,
    at now: Instant = morning, notBefore: Instant? = nil
  ) -> OutboxLetter {
    OutboxLetter(
      id: id, ticket: ticket, party: .requester, kind: kind, recipient: "kades@sukamaju.desa.id",
      recipientName: "Siti Aminah", subject: "Tanda terima", text: "Aduan diterima.", html: nil,
      messageID: "\(id)@sigap.test", inReplyTo: nil, replyTo: "aduan+\(id)@sigap.test", state: state, createdAt: now,
      notBefore: notBefore ?? now, automatic: true)
  }

  public static func draft(_ id: String, key: String? = nil, raw: String = "From: a\r\n\r\nisi") -> InboundDraft {
    InboundDraft(id: id, source: .imap, key: key, receivedAt: morning, raw: Data(raw.utf8))
  }

  public static func settlement(
    _ inbound: String, _ kind: InboundOutcome.Kind, ticket: TicketNumber? = nil, fingerprint: String? = nil,
    overrules: Bool = false
  ) -> Settlement {
    Settlement(
      inbound: inbound, outcome: InboundOutcome(kind: kind, ticket: ticket, reasons: ["because"]),
      fingerprint: fingerprint, sender: "kades@sukamaju.desa.id", subject: "Situs\0mati", overrules: overrules)
  }
}
