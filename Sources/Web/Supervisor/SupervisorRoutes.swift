// The supervisor's board and one ticket's account of time.
//
// The board answers "where does it burn, why, whose": columns are the SOP's rows 2–5, what lapsed stands first. The
// ticket's page answers "which stage was late and why": every visit with its clock, the sum that adds up to the
// second, every command that was carried out or refused, every letter with its state.

import Desk
import Hummingbird
import SOP
import Wording

/// The routes of this part of the pages.
enum SupervisorRoutes {
  static let pages: [any Page.Type] = [BoardPage.self, OversightPage.self]

  static func add(to routes: inout RouteTable) {
    routes.get("/pengawas", for: .roles(.supervisor)) { try await Board.show($0) }
    routes.post("/pengawas/assign", for: .roles(.supervisor)) { try await Board.assign($0) }
    let ticket = "/pengawas/tiket/:number"
    routes.get(ticket, for: .roles(.supervisor)) { try await Oversight.of($0).show() }
    routes.post(ticket + "/assign", for: .roles(.supervisor)) { try await Oversight.of($0).assign() }
    routes.post(ticket + "/override", for: .roles(.supervisor)) { try await Oversight.of($0).override() }
    routes.post(ticket + "/close", for: .roles(.supervisor)) { try await Oversight.of($0).close() }
  }
}

/// The officers a ticket can be given to.
struct OfficerChoice: Sendable {
  let officers: [Officer]

  init(of store: any DeskStore) async throws {
    officers = try await store.accounts()
      .filter { $0.disabledAt == nil && ($0.role == .officer || $0.role == .supervisor) }
      .map { Officer(account: $0.id, name: $0.name) }
      .sorted { $0.name < $1.name }
  }

  init(officers: [Officer]) { self.officers = officers }

  /// The value that frees a ticket.
  static let nobody = "-"

  /// What a form chose. Outer `nil`: nothing that can be chosen; inner `nil`: nobody.
  func chosen(_ value: String?) -> Officer?? {
    guard let value else { return nil }
    if value == OfficerChoice.nobody { return .some(nil) }
    return officers.first { $0.account == value }.map { .some($0) }
  }

  func field(holder: Officer?, error: String?, language: Language) -> SelectField {
    let nobody = FieldOption(
      value: OfficerChoice.nobody, label: language.choose("Tanpa petugas (bebas)", "Nobody (free)"),
      isChosen: holder == nil)
    return SelectField(
      name: "petugas",
      options: [nobody]
        + officers.map { FieldOption(value: $0.account, label: $0.name, isChosen: $0.account == holder?.account) },
      error: error)
  }

  static func unknown(_ language: Language) -> String {
    language.choose("Pilih petugas dari daftar.", "Choose an officer from the list.")
  }
}
