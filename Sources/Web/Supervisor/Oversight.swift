import Desk
import Hummingbird
import SOP
import Wording

/// One ticket as the supervisor sees it, and what a supervisor may do to it.
struct Oversight: Sendable {
  let visitor: Visitor
  let ticket: Ticket

  /// What was typed into one of the forms and why it was not taken.
  struct Draft: Sendable, Equatable {
    var stage: String?
    var overrideReason = ""
    var closeReason = ""
    var problems: [FieldProblem] = []
  }

  /// Lines of the command log that are shown.
  static let logLines = 200

  static func of(_ visitor: Visitor) async throws -> Oversight {
    Oversight(visitor: visitor, ticket: try await visitor.ticket())
  }

  private var place: Link { Link("/pengawas/tiket", ticket.number.description) }
  private var language: Language { visitor.language }

  func show(_ draft: Draft = Draft()) async throws -> Response {
    let store = visitor.web.store
    let page = OversightPage(
      ticket: ticket, history: try await store.history(of: ticket.number),
      log: try await store.commandLog(of: ticket.number, after: nil, limit: Oversight.logLines),
      letters: try await store.letters(of: ticket.number), choice: try await OfficerChoice(of: store),
      procedure: visitor.web.handling.procedure, now: visitor.now, dates: visitor.dates, draft: draft)
    return try visitor.page(page, draft.problems.isEmpty ? .shown : .refused)
  }

  func assign() async throws -> Response {
    guard let officer = try await OfficerChoice(of: visitor.web.store).chosen(visitor.form["petugas"]) else {
      return try await show(
        Draft(problems: [FieldProblem(field: "petugas", sentence: OfficerChoice.unknown(language))]))
    }
    return try await finish(.assign(officer), draft: Draft(), field: "petugas")
  }

  func override() async throws -> Response {
    let reason = visitor.form.text("alasan", limit: Oversight.kept)
    var draft = Draft(stage: visitor.form["tahap"], overrideReason: reason)
    guard let stage = draft.stage.flatMap({ Int($0) }).flatMap({ Stage(rawValue: $0) }) else {
      let sentence = language.choose("Pilih tahap tujuan.", "Choose the stage to move to.")
      draft.problems = [FieldProblem(field: "tahap", sentence: sentence)]
      return try await show(draft)
    }
    return try await finish(.override(to: stage, reason: reason), draft: draft, field: "alasan")
  }

  func close() async throws -> Response {
    let reason = visitor.form.text("alasan-tutup", limit: Oversight.kept)
    return try await finish(.close(reason: reason), draft: Draft(closeReason: reason), field: "alasan-tutup")
  }

  /// More than the procedure allows, so that it is the procedure that says no.
  private static let kept = 1 << 20

  /// - Parameter field: the form's field for a refused text.
  private func finish(_ command: TicketCommand, draft: Draft, field: String) async throws -> Response {
    guard let no = try await refusal(of: command) else { return visitor.go(to: place, flash: .saved) }
    var draft = draft
    let target =
      switch no {
      case .textMissing, .textTooLong: field
      case .overrideToSameStage, .overrideNotPossible: "tahap"
      default: ""
      }
    draft.problems = [FieldProblem(field: target, sentence: no.sentence(language))]
    guard let fresh = try await visitor.web.store.ticket(ticket.number) else { throw WebRefusal(.notFound) }
    return try await Oversight(visitor: visitor, ticket: fresh).show(draft)
  }

  /// A decision made before a page that has since grown old is not carried out: the supervisor looks again.
  private func refusal(of command: TicketCommand) async throws -> Rejection? {
    if let version = visitor.form["versi"], version != "\(ticket.version)" { return .changedMeanwhile }
    return try await visitor.perform(command, on: ticket.number, by: try visitor.person().performer)
  }
}
