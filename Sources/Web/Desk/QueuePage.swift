import Desk
import Hummingbird
import SOP
import Wording

/// The queue: what is due next, by view, or what a search found.
struct QueuePage: Page {
  static let template = "pages/desk-antrean"
  static var previews: [QueuePage] { TicketPreviews.queues }

  let view: QueueView
  let counts: QueueCounts
  let rows: [QueueRow]
  let query: String?
  let hits: [HitRow]
  let pager: Pager?
  let account: String
  /// When this was so.
  let asOf: String
  let language: Language

  /// Rows on one page.
  static let length = 50

  static func show(_ visitor: Visitor) async throws -> Response {
    let person = try visitor.person()
    let web = visitor.web
    let view = view(visitor.query["tampil"], person)
    let counts = try await web.store.counts(holder: person.id)
    if let query = visitor.query["q"].map({ $0.clipped(toUTF8: 400) }), !query.isEmpty {
      return try await search(query, view, counts, visitor, person)
    }
    let found = try await web.store.queue(view, after: cursor(visitor.query["sesudah"]), limit: length + 1)
    let shown = Array(found.prefix(length))
    let rows = shown.map {
      QueueRow(summary: $0, isCurrent: false, procedure: web.handling.procedure, now: visitor.now, dates: visitor.dates)
    }
    let older = found.count > length ? shown.last.map { "\($0.order)_\($0.number)" } : nil
    let pager = Pager(
      newer: visitor.query["sesudah"] == nil ? nil : Link("/meja", query: [("tampil", view.code)]),
      older: older.map { Link("/meja", query: [("tampil", view.code), ("sesudah", $0)]) })
    return try visitor.page(
      QueuePage(
        view: view, counts: counts, rows: rows, query: nil, hits: [], pager: pager, account: person.id,
        asOf: visitor.dates.relative(visitor.now, now: visitor.now), language: visitor.language))
  }

  private static func search(
    _ query: String, _ view: QueueView, _ counts: QueueCounts, _ visitor: Visitor, _ person: Account
  ) async throws -> Response {
    if let number = TicketNumber(query), try await visitor.web.store.summary(number) != nil {
      return visitor.go(to: Link("/meja/tiket", number.description))
    }
    let after = visitor.query["sesudah"].flatMap { Int64($0) }
    let found = try await visitor.web.store.search(query, after: after, limit: length + 1)
    let rows = found.prefix(length).map { hit in
      HitRow(
        row: QueueRow(
          summary: hit.summary, isCurrent: false, procedure: visitor.web.handling.procedure, now: visitor.now,
          dates: visitor.dates), excerpt: hit.excerpt)
    }
    let older = found.count > length ? found.dropLast().last.map { "\($0.cursor)" } : nil
    let pager = Pager(
      newer: after == nil ? nil : Link("/meja", query: [("q", query)]),
      older: older.map { Link("/meja", query: [("q", query), ("sesudah", $0)]) })
    return try visitor.page(
      QueuePage(
        view: view, counts: counts, rows: [], query: query, hits: Array(rows), pager: pager, account: person.id,
        asOf: visitor.dates.relative(visitor.now, now: visitor.now), language: visitor.language))
  }

  private static func view(_ code: String?, _ person: Account) -> QueueView {
    QueueViews.all(person.id).first { $0.code == code } ?? (person.role == .officer ? .mine(account: person.id) : .all)
  }

  /// `order_number`, as the link to the next page wrote it.
  private static func cursor(_ text: String?) -> QueueCursor? {
    guard let parts = text?.utf8.split(separator: UInt8(ascii: "_")), parts.count == 2,
      let due = Int64(String(decoding: parts[0], as: UTF8.self)),
      let number = TicketNumber(String(decoding: parts[1], as: UTF8.self))
    else { return nil }
    return QueueCursor(due: due, number: number.description)
  }

  func value(of name: String) -> Shown? {
    switch name {
    case "views": .rows(QueueViews.entries(account, counts, here: query == nil ? view : nil, language))
    case "asOf": .text(asOf)
    case "againLink":
      .link(Link("/meja", query: query.map { [("q", $0)] } ?? [("tampil", view.code)]))
    case "viewName": .text(view.label(language))
    case "queueRows": .rows(rows)
    case "isEmpty": .flag(query == nil && rows.isEmpty)
    case "query": .text(query)
    case "hits": .rows(hits)
    case "foundNothing": .flag(query != nil && hits.isEmpty)
    case "pager": .part(pager)
    case "hasFree": .flag(counts.free > 0)
    default: nil
    }
  }
}

/// A search hit: the row and the words around what was found.
struct HitRow: PageValue {
  let row: QueueRow
  let excerpt: String

  func value(of name: String) -> Shown? {
    switch name {
    case "hit": .part(row)
    case "excerpt": .text(excerpt)
    default: nil
    }
  }
}
