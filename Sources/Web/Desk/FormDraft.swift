import Desk
import Foundation
import SOP

/// What somebody typed into a form of the desk and has not sent: kept on the server, so that a closed window or a dead
/// battery loses nothing. Script posts it while typing; the form is filled from it when the page is opened again.
enum FormDraft {
  /// All fields together, in bytes.
  static let limit = 64 * 1_024

  /// The form for a spoken complaint.
  static let spoken = "baru"

  /// A form of a ticket.
  static func place(_ number: TicketNumber, _ form: String) -> String { "\(number)/\(form)" }

  /// Fields that are the page's own and not the writer's.
  static let ours: Set<String> = ["_csrf", "isian", "penerusan", "pemegang"]

  /// What was kept; empty when nothing was.
  static func load(_ visitor: Visitor, _ place: String) async throws -> FormData {
    guard let draft = try await visitor.web.store.draft(try key(visitor, place)),
      let fields = try? JSONDecoder().decode([[String]].self, from: Data(draft.json.utf8))
    else { return FormData() }
    return FormData(fields.compactMap { $0.count == 2 ? ($0[0], $0[1]) : nil })
  }

  static func drop(_ visitor: Visitor, _ place: String) async throws {
    try await visitor.web.store.save(Draft(key: try key(visitor, place), json: "", savedAt: visitor.now))
  }

  /// Keeps what the form holds now.
  static func keep(_ visitor: Visitor, _ place: String) async throws {
    let fields = visitor.form.fields.filter { !ours.contains($0.name) }.map { [$0.name, $0.value] }
    let json = try JSONEncoder().encode(fields)
    guard json.count <= limit else { throw WebRefusal(.tooLarge) }
    try await visitor.web.store.save(
      Draft(key: try key(visitor, place), json: String(decoding: json, as: UTF8.self), savedAt: visitor.now))
  }

  private static func key(_ visitor: Visitor, _ place: String) throws -> DraftKey {
    DraftKey(owner: try visitor.person().id, form: place)
  }
}
