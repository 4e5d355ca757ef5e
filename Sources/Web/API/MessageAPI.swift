// POST /api/v1/tickets/NUMBER/messages: to the requester, to the registry, or a note between colleagues.

import Desk
import HTTPTypes
import Hummingbird
import SOP
import Wording

enum MessageAPI {
  struct Body: Decodable, Sendable {
    /// `requester`, `registry` or `note`.
    let to: String
    let text: String
  }

  private struct Receipt: Encodable {
    let number: String
    let version: Int
  }

  static func create(_ visitor: Visitor) async throws -> Response {
    let number = try visitor.ticketNumber()
    guard try await visitor.web.store.summary(number) != nil else { throw WebRefusal(.notFound) }
    let (body, problem) = try await APIBodies.read(Body.self, from: visitor)
    guard let body else { return try (problem ?? APIProblem(.unreadable, "not_json", "No body.")).response }
    guard let command = command(body) else {
      return try APIProblem(.refused, "field_value", "One of: requester, registry, note.", field: "to").response
    }
    var version: Int?
    if let wanted = visitor.request.headers[.ifMatch], wanted != "*" {
      guard let read = readTag(wanted) else {
        return try APIProblem(.outdated, Rejection.changedMeanwhile.code, "If-Match is no ETag of this ticket.")
          .response
      }
      version = read
    }
    do {
      let ticket = try await visitor.web.handling.perform(
        command, on: number, by: try visitor.programPerformer(), expecting: version)
      var response = try APIBodies.json(Receipt(number: number.description, version: ticket.version), .created)
      response.headers[.eTag] = "\"\(ticket.version)\""
      return response
    } catch let rejection as Rejection {
      return try APIProblem(rejection).response
    }
  }

  private static func command(_ body: Body) -> TicketCommand? {
    switch body.to {
    case "requester": .writeToRequester(text: body.text)
    case "registry": .writeToRegistry(text: body.text)
    case "note": .addNote(text: body.text)
    default: nil
    }
  }

  /// `"12"` as the version 12; `nil` for anything else.
  private static func readTag(_ tag: String) -> Int? {
    let bytes = Array(tag.utf8)
    guard bytes.count >= 3, bytes.first == UInt8(ascii: "\""), bytes.last == UInt8(ascii: "\"") else { return nil }
    return Int(String(decoding: bytes[1..<(bytes.count - 1)], as: UTF8.self))
  }
}
