import Desk
import Hummingbird
import SOP

/// Files people sent, for officers; answered as the portal answers them.
enum FileAnswer {
  /// A file of the ticket in the path; any other digest is "not found".
  static func ofTicket(_ visitor: Visitor) async throws -> Response {
    let history = try await visitor.web.store.history(of: try visitor.ticketNumber())
    let files = history.flatMap { attachments(of: $0.event) }
    guard let digest = visitor.parameter("digest"), let file = files.first(where: { $0.sha256 == digest }),
      let bytes = try await visitor.web.store.file(digest)
    else { throw WebRefusal(.notFound) }
    return .file(file, bytes: bytes)
  }

  static func attachments(of event: TicketEvent) -> [Attachment] {
    switch event {
    case .submitted(let complaint, _): complaint.attachments
    case .requesterWrote(let message), .requesterAsked(let message), .writtenToRequester(let message),
      .registryWrote(let message), .writtenToRegistry(let message), .noteAdded(let message),
      .answerSent(_, let message):
      message.attachments
    default: []
    }
  }
}
