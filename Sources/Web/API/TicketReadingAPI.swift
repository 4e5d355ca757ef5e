// GET /api/v1/tickets, /api/v1/tickets/NUMBER and /api/v1/search.

import Desk
import HTTPTypes
import Hummingbird
import SOP
import Wording

enum TicketReadingAPI {
  private static let defaultLimit = 50

  private struct List<Item: Encodable>: Encodable { let items: [Item] }
  private struct Hit: Encodable {
    let ticket: TicketJSON
    let excerpt: String
  }

  static func list(_ visitor: Visitor) async throws -> Response {
    let query = visitor.query
    if let order = query["order"], order != "due" {
      return try APIProblem(.refused, "query_value", "The only order is “due”.", field: "order").response
    }
    var view = QueueView.all
    if let text = query["stage"] {
      guard let stage = stage(text) else {
        return try APIProblem(.refused, "query_value", "A stage is 1 to 6 or its name.", field: "stage").response
      }
      view = .stage(stage)
    }
    if query["closed"] == "true" { view = .closed }
    var after: QueueCursor?
    if let text = query["after"] {
      guard let cursor = cursor(text) else {
        return try APIProblem(.refused, "query_value", "Take the cursor from the Link header.", field: "after").response
      }
      after = cursor
    }
    let limit = query.int("limit", in: 1...200) ?? defaultLimit
    let found = try await visitor.web.store.queue(view, after: after, limit: limit + 1)
    let shown = found.prefix(limit)
    let items = shown.map { TicketJSON($0, dates: visitor.dates) }
    var response = try APIBodies.json(List(items: items), .shown)
    if found.count > limit, let last = shown.last {
      next(
        &response, visitor, "/api/v1/tickets", after: "\(last.order)~\(last.number)",
        keeping: ["stage", "order", "closed", "limit"])
    }
    return response
  }

  static func show(_ visitor: Visitor) async throws -> Response {
    let number = try visitor.ticketNumber()
    guard let summary = try await visitor.web.store.summary(number) else { throw WebRefusal(.notFound) }
    let history = try await visitor.web.store.history(of: number)
    let tag = "\"\(summary.version)\""
    if visitor.request.headers[.ifNoneMatch] == tag {
      return Response(status: HTTPOutcome.unchanged.status, headers: [.eTag: tag])
    }
    var ticket = TicketJSON(summary, dates: visitor.dates)
    ticket.fill(from: history, dates: visitor.dates)
    var response = try APIBodies.json(ticket, .shown)
    response.headers[.eTag] = tag
    return response
  }

  static func search(_ visitor: Visitor) async throws -> Response {
    guard let wanted = visitor.query["q"], !wanted.isEmpty else {
      return try APIProblem(.refused, "query_value", "Say in “q” what to search for.", field: "q").response
    }
    let after = visitor.query["after"].flatMap { Int64($0) }
    let limit = visitor.query.int("limit", in: 1...200) ?? defaultLimit
    let hits = try await visitor.web.store.search(wanted, after: after, limit: limit + 1)
    let shown = hits.prefix(limit)
    let items = shown.map { Hit(ticket: TicketJSON($0.summary, dates: visitor.dates), excerpt: $0.excerpt) }
    var response = try APIBodies.json(List(items: items), .shown)
    if hits.count > limit, let last = shown.last {
      next(&response, visitor, "/api/v1/search", after: "\(last.cursor)", keeping: ["q", "limit"])
    }
    return response
  }

  /// RFC 8288. Built from the configured base URL, never from the request's host.
  private static func next(
    _ response: inout Response, _ visitor: Visitor, _ path: String, after: String, keeping names: [String]
  ) {
    let kept = names.map { ($0, visitor.query[$0]) }
    let link = Link(path: path, segments: [], query: kept + [("after", after)])
    response.headers[.own("Link")] = "<\(visitor.web.office.baseURL)\(link.text)>; rel=\"next\""
  }

  private static func stage(_ text: String) -> Stage? {
    Stage.allCases.first { text == $0.code || text == "\($0.rawValue)" }
  }

  private static func cursor(_ text: String) -> QueueCursor? {
    let parts = text.utf8.split(separator: UInt8(ascii: "~"), omittingEmptySubsequences: false)
    guard parts.count == 2, let due = Int64(String(decoding: parts[0], as: UTF8.self)),
      let number = TicketNumber(String(decoding: parts[1], as: UTF8.self))
    else { return nil }
    return QueueCursor(due: due, number: number.description)
  }
}
