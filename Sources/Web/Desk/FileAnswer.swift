import Desk
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import SOP

/// Files people sent: always a download, never rendered, whatever they claim to be (security.md B7, B8).
enum FileAnswer {
  /// A file of the ticket in the path; any other digest is "not found".
  static func ofTicket(_ visitor: Visitor) async throws -> Response {
    let history = try await visitor.web.store.history(of: try visitor.ticketNumber())
    let files = history.flatMap { attachments(of: $0.event) }
    guard let digest = visitor.parameter("digest"), let file = files.first(where: { $0.sha256 == digest }),
      let bytes = try await visitor.web.store.file(digest)
    else { throw WebRefusal(.notFound) }
    return response(bytes, named: file.fileName)
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

  static func response(_ bytes: Data, named name: String) -> Response {
    var headers = HTTPFields()
    headers[.contentType] = "application/octet-stream"
    headers[.contentDisposition] = disposition(name)
    headers[.contentSecurityPolicy] = "default-src 'none'; sandbox"
    headers[.cacheControl] = "private, no-store"
    return Response(
      status: HTTPOutcome.shown.status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  /// RFC 6266 with RFC 8187: an ASCII name for old clients, the whole name for the rest.
  static func disposition(_ name: String) -> String {
    let plain = name.utf8.prefix(120).map { byte -> UInt8 in
      switch byte {
      case 48...57, 65...90, 97...122, 45, 46, 95: byte
      default: 95
      }
    }
    let whole = Link.encode(name.clipped(toUTF8: 200))
    return "attachment; filename=\"\(String(decoding: plain, as: UTF8.self))\"; filename*=UTF-8''\(whole)"
  }
}
