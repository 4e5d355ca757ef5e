import Desk
import Foundation
import SOP

/// What somebody typed into a form of a ticket and has not sent: kept on the server, so that a closed window or a dead
/// battery loses nothing. Script posts it while typing; the form is filled from it when the page is opened again.
enum FormDraft {
  /// All fields together, in bytes.
  static let limit = 64 * 1_024

  /// What was kept; empty when nothing was.
  static func load(_ visitor: Visitor, _ number: TicketNumber, _ form: String) async throws -> FormData {
    guard let draft = try await visitor.web.store.draft(try key(visitor, number, form)),
      let fields = try? JSONDecoder().decode([[String]].self, from: Data(draft.json.utf8))
    else { return FormData() }
    return FormData(fields.compactMap { $0.count == 2 ? ($0[0], $0[1]) : nil })
  }

  static func drop(_ visitor: Visitor, _ number: TicketNumber, _ form: String) async throws {
    try await visitor.web.store.save(Draft(key: try key(visitor, number, form), json: "", savedAt: visitor.now))
  }

  /// Keeps what the form holds now.
  static func keep(_ visitor: Visitor, _ number: TicketNumber, _ form: String) async throws {
    let fields = visitor.form.fields.filter { $0.name != "_csrf" }.map { [$0.name, $0.value] }
    let json = try JSONEncoder().encode(fields)
    guard json.count <= limit else { throw WebRefusal(.tooLarge) }
    try await visitor.web.store.save(
      Draft(key: try key(visitor, number, form), json: String(decoding: json, as: UTF8.self), savedAt: visitor.now))
  }

  private static func key(_ visitor: Visitor, _ number: TicketNumber, _ form: String) throws -> DraftKey {
    DraftKey(owner: try visitor.person().id, form: "\(number)/\(form)")
  }
}
