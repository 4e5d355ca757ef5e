// The administrator's part of the house.
//
// What can be changed here: accounts and one-time links, institutions with their domains and contacts, hours and
// holidays, saved replies, texts of letters, tokens of the API; what can be repaired: the inbound ledger (replay,
// discard) and the outbox (send again). Every change leaves a line in the command log with the person's name, the
// dangerous ones with a reason; settings keep their own history besides. Tickets are not changed here.

import Desk
import Hummingbird
import SOP
import Wording

/// The routes of this part of the pages.
enum AdministrationRoutes {
  static let pages: [any Page.Type] = [
    OverviewPage.self, CommandLogPage.self, AccountsPage.self, AccountPage.self, OneTimeSecretPage.self,
    InstitutionsPage.self, InstitutionPage.self, HoursPage.self, SavedRepliesPage.self, SavedReplyPage.self,
    LetterTextsPage.self, LetterTextPage.self, LedgerPage.self, LedgerRowPage.self, OutboxPage.self,
    OutboxLetterPage.self, APITokensPage.self,
  ]

  static func add(to routes: inout RouteTable) {
    routes.get("/kelola", for: .roles(.administrator)) { visitor in try await overview(visitor) }
    routes.get("/kelola/perintah", for: .roles(.administrator)) { visitor in try await commandLog(visitor) }
    AccountRoutes.add(to: &routes)
    InstitutionRoutes.add(to: &routes)
    HoursRoutes.add(to: &routes)
    SavedReplyRoutes.add(to: &routes)
    LetterTextRoutes.add(to: &routes)
    LedgerRoutes.add(to: &routes)
    OutboxRoutes.add(to: &routes)
    APITokenRoutes.add(to: &routes)
  }

  private static func overview(_ visitor: Visitor) async throws -> Response {
    let store = visitor.web.store
    let inbound = try await store.inboundCounts()
    let letters = try await store.outboxCounts()
    let facts = await visitor.web.systemFacts()
    return try visitor.page(
      OverviewPage(
        quarantined: inbound[.quarantined] ?? 0, failed: letters[.failed] ?? 0, uncertain: letters[.uncertain] ?? 0,
        withheld: letters[.withheld] ?? 0, facts: facts.map { Fact(name: $0.name, value: $0.value) }))
  }

  /// Lines on a page of the command log.
  private static let logLines = 100

  private static func commandLog(_ visitor: Visitor) async throws -> Response {
    let skipped = visitor.query.int("after", in: 0...1_000_000) ?? 0
    let lines = try await visitor.web.store.commandLog(of: nil, after: Int64(skipped), limit: logLines + 1)
    let older = lines.count > logLines ? Link("/kelola/perintah", query: [("after", "\(skipped + logLines)")]) : nil
    let newer = skipped > 0 ? Link("/kelola/perintah", query: [("after", "\(max(0, skipped - logLines))")]) : nil
    return try visitor.page(
      CommandLogPage(
        lines: Array(lines.prefix(logLines)), dates: visitor.dates, language: visitor.language,
        pager: Pager(newer: newer, older: older)))
  }
}

extension Visitor {
  /// Keeps who changed what here, and why, as a line of the command log.
  func keepRecord(_ command: String, _ object: String, reason: String = "") async throws {
    let words = [command, object, reason].filter { !$0.isEmpty }.joined(separator: " ")
    try await web.store.logRefusal(
      CommandLogEntry(at: now, ticket: nil, command: words.firstLine(limit: 300), by: try person().performer))
  }

  /// The reason a dangerous change needs; `nil` when none was given.
  func reason() -> String? {
    let text = form.text("alasan", limit: 500)
    return text.isEmpty ? nil : text
  }

  /// One of two texts in this person's language.
  func say(_ indonesian: String, _ english: String) -> String { language == .english ? english : indonesian }

  var reasonMissing: FieldProblem {
    FieldProblem(field: "alasan", sentence: say("Tulis alasannya.", "Write the reason."))
  }
}

/// One name and its value, for the system page.
struct Fact: Sendable, Equatable {
  let name: String
  let value: String
}
