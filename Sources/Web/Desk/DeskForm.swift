import Desk
import Hummingbird
import SOP
import Wording

/// One form of a ticket's page: what was sent becomes one command.
///
/// Refused: the same page again, everything typed still in its fields, the sentence at the field it belongs to.
/// Carried out: the draft is dropped and the page shown anew, with a word about where it went. Sent twice (a double
/// click, a second try after the line broke): carried out once. The form names the version of the ticket that its page
/// showed (`isian`); the same content by the same person since that version is this very form.
struct DeskForm: Sendable {
  /// The last part of its path, and the name of its draft.
  let name: String
  /// What somebody who fills it in is writing, for the colleagues at the ticket: "sedang menulis …". `nil`: nothing is
  /// typed into it, and no draft of it is kept.
  var writing: Bilingual?
  /// Which of its fields a rejection speaks about.
  var fields: [Rejection.Field: String] = [:]
  /// Its field for files; `nil`: it takes none.
  var files: String?
  let command: @Sendable (FormData, Ticket, Account) throws -> TicketCommand
  /// Throws when the ticket is no longer what the form was made for.
  var condition: (@Sendable (FormData, Ticket, Account) throws -> Void)?

  func handle(_ visitor: Visitor) async throws -> Response {
    let ticket = try await visitor.ticket()
    do {
      let (command, after) = try await carryOut(visitor, on: ticket)
      try await FormDraft.drop(visitor, FormDraft.place(ticket.number, name))
      return visitor.go(
        to: Link("/meja/tiket", ticket.number.description), flash: command.flash(on: after, visitor.web.office))
    } catch let refusal as FormRefusal {
      let sentence = refusal.sentence.text(in: visitor.visit.language)
      return try await again(visitor, ticket, FieldProblem(field: refusal.field, sentence: sentence))
    } catch let no as Rejection {
      return try await again(
        visitor, ticket, FieldProblem(field: field(of: no), sentence: no.sentence(visitor.language)))
    }
  }

  /// The page as it is now, with what was typed; kept as a draft too, for whoever reloads it.
  private func again(_ visitor: Visitor, _ ticket: Ticket, _ problem: FieldProblem) async throws -> Response {
    if writing != nil { try? await FormDraft.keep(visitor, FormDraft.place(ticket.number, name)) }
    return try await TicketPage.show(
      ticket.number, visitor, sent: SentForm(name: name, form: visitor.form, problems: [problem]))
  }

  /// Gives the command on the very version that was looked at, so that neither a second click nor a colleague comes
  /// between the look and the deed. Returns the command and the ticket after it.
  private func carryOut(_ visitor: Visitor, on first: Ticket) async throws -> (TicketCommand, Ticket) {
    let person = try visitor.person()
    var command = try command(visitor.form, first, person)
    if let files {
      if let problem = visitor.refusedFiles(of: files) { throw problem }
      command = command.carrying(try await visitor.keepUploads(files))
    }
    let shown = Int(visitor.form.text("isian", limit: 20))
    var ticket = first
    for _ in 0..<DeskForm.attempts {
      try condition?(visitor.form, ticket, person)
      if let shown, try await visitor.hasGiven(command, to: ticket, since: shown) { return (command, ticket) }
      do {
        let after = try await visitor.web.handling.perform(
          command, on: ticket.number, by: person.performer, expecting: ticket.version)
        return (command, after)
      } catch Rejection.changedMeanwhile {
        ticket = try await visitor.ticket()
      }
    }
    throw Rejection.changedMeanwhile
  }

  /// Enough for a ticket on which everybody works at once.
  private static let attempts = 16

  private func field(of rejection: Rejection) -> String {
    switch rejection {
    case .textMissing(let field), .textTooLong(let field, _): fields[field] ?? ""
    case .domainMissing, .domainNotOurs: name == "analysis" ? "domain-pandi" : "domain"
    case .authorityUnverified: "keputusan"
    case .addressMalformed, .addressSame: "surel-baru"
    case .duplicateOfItself, .originalUnknown, .duplicateCircle: "tiket-asli"
    default: ""
    }
  }
}

/// A field that holds nothing a command could be made of.
struct FormRefusal: Error {
  let field: String
  let sentence: Bilingual
}

/// A form that came back: which one, what it held, what was wrong.
struct SentForm: Sendable {
  let name: String
  let form: FormData
  let problems: [FieldProblem]
}

extension Visitor {
  /// Why the files sent under `field` are not all taken; `nil` when they are.
  func refusedFiles(of field: String) -> FormRefusal? {
    guard !form.refusedFiles.isEmpty else { return nil }
    let names = form.refusedFiles.map { FileNames.clean($0) }.joined(separator: ", ")
    return FormRefusal(
      field: field,
      sentence: Bilingual(
        "Tidak terunggah: \(names). Kirim paling banyak 10 berkas, masing-masing 15 MB.",
        "Not uploaded: \(names). Send at most 10 files, 15 MB each."))
  }
}
