import Desk
import Hummingbird
import SOP
import Wording

/// One form of a ticket's page: what was sent becomes one command.
///
/// Refused: the same page again, everything typed still in its fields, the sentence at the field it belongs to.
/// Carried out: the draft is dropped and the page shown anew.
struct DeskForm: Sendable {
  /// The last part of its path, and the name of its draft.
  let name: String
  /// Which of its fields a rejection speaks about.
  var fields: [Rejection.Field: String] = [:]
  var flash = FlashMessage.saved
  let command: @Sendable (FormData, Ticket, Account) throws -> TicketCommand

  func handle(_ visitor: Visitor) async throws -> Response {
    let ticket = try await visitor.ticket()
    guard let problem = try await problem(of: visitor, ticket) else {
      try await FormDraft.drop(visitor, ticket.number, name)
      return visitor.go(to: Link("/meja/tiket", ticket.number.description), flash: flash)
    }
    return try await TicketPage.show(
      ticket.number, visitor, sent: SentForm(name: name, form: visitor.form, problems: [problem]))
  }

  /// `nil`: carried out.
  private func problem(of visitor: Visitor, _ ticket: Ticket) async throws -> FieldProblem? {
    let person = try visitor.person()
    do {
      let command = try command(visitor.form, ticket, person)
      guard let no = try await visitor.perform(command, on: ticket.number, by: person.performer) else { return nil }
      return FieldProblem(field: field(of: no), sentence: no.sentence(visitor.language))
    } catch let unreadable as UnreadableField {
      return FieldProblem(field: unreadable.field, sentence: unreadable.sentence.text(in: visitor.visit.language))
    }
  }

  private func field(of rejection: Rejection) -> String {
    switch rejection {
    case .textMissing(let field), .textTooLong(let field, _): fields[field] ?? ""
    case .domainMissing, .domainNotOurs: "domain"
    case .authorityUnverified: "keputusan"
    case .duplicateOfItself, .originalUnknown, .duplicateCircle: "tiket-asli"
    default: ""
    }
  }
}

/// A field that holds nothing a command could be made of.
struct UnreadableField: Error {
  let field: String
  let sentence: Bilingual
}

/// A form that came back: which one, what it held, what was wrong.
struct SentForm: Sendable {
  let name: String
  let form: FormData
  let problems: [FieldProblem]
}
