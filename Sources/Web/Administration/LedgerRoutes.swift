// The inbound ledger: everything that ever arrived, and what became of it. Quarantine comes first, for a person has to
// decide there: replay after repair, make it a ticket, or put it aside for good, each with a reason. What was taken for a
// machine's mail can become a ticket too. A row that is part of a ticket is never replayed: that would write it twice.

import Desk
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import SOP
import Wording

enum LedgerRoutes {
  private static let pageSize = 50

  static func add(to routes: inout RouteTable) {
    routes.get("/kelola/masuk", for: .roles(.administrator)) { visitor in try await list(visitor) }
    routes.get("/kelola/masuk/:inbound", for: .roles(.administrator)) { visitor in
      try show(visitor, try await item(visitor))
    }
    routes.get("/kelola/masuk/:inbound/mentah", for: .roles(.administrator)) { visitor in
      raw(try await item(visitor))
    }
    routes.post("/kelola/masuk/:inbound/ulang", for: .roles(.administrator)) { visitor in try await replay(visitor) }
    routes.post("/kelola/masuk/:inbound/tiket", for: .roles(.administrator)) { visitor in
      try await openAnyway(visitor)
    }
    routes.post("/kelola/masuk/:inbound/kesampingkan", for: .roles(.administrator)) { visitor in
      try await discard(visitor)
    }
  }

  private static func item(_ visitor: Visitor) async throws -> InboundItem {
    guard let item = try await visitor.web.store.inbound(visitor.parameter("inbound") ?? "") else {
      throw WebRefusal(.notFound)
    }
    return item
  }

  private static func list(_ visitor: Visitor) async throws -> Response {
    let store = visitor.web.store
    let kind = visitor.query["hasil"].flatMap { InboundOutcome.Kind(rawValue: $0) }
    let lines = try await store.inboundPage(outcome: kind, after: visitor.query["after"], limit: pageSize + 1)
    let shown = Array(lines.prefix(pageSize))
    let older =
      lines.count > pageSize
      ? Link("/kelola/masuk", query: [("hasil", kind?.rawValue), ("after", shown.last?.id)]) : nil
    return try visitor.page(
      LedgerPage(
        lines: shown, counts: try await store.inboundCounts(), kind: kind, language: visitor.language,
        dates: visitor.dates, pager: Pager(older: older)))
  }

  private static func show(
    _ visitor: Visitor, _ item: InboundItem, problems: [FieldProblem] = [], _ outcome: HTTPOutcome = .shown
  ) throws -> Response {
    try visitor.page(
      LedgerRowPage(
        item: item, reason: visitor.form.text("alasan", limit: 500), problems: problems, language: visitor.language,
        dates: visitor.dates), outcome)
  }

  /// The bytes as they came, never as something a browser would run.
  private static func raw(_ item: InboundItem) -> Response {
    let name = String(
      decoding: item.id.utf8.filter { (48...57).contains($0) || (97...122).contains($0) || $0 == 45 }, as: UTF8.self)
    let ending = LedgerRowPage.isMail(item) ? "eml" : "json"
    return Response(
      status: HTTPOutcome.shown.status,
      headers: [
        .contentType: "application/octet-stream", .contentDisposition: "attachment; filename=\"\(name).\(ending)\"",
        .contentSecurityPolicy: "default-src 'none'; sandbox",
      ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: item.raw)))
  }

  private static func replay(_ visitor: Visitor) async throws -> Response {
    let item = try await item(visitor)
    guard LedgerRowPage.mayReplay(item) else {
      return try show(visitor, item, problems: [notAnyMore(visitor)], .refused)
    }
    guard let reason = visitor.reason() else {
      return try show(visitor, item, problems: [visitor.reasonMissing], .refused)
    }
    do {
      try await visitor.web.intake.replay(item.id, by: try visitor.person().performer)
    } catch is Intake.NotReplayable {
      return try show(visitor, item, problems: [notAnyMore(visitor)], .refused)
    } catch let error as RefetchError {
      return try show(visitor, item, problems: [notFetched(error, visitor)], .refused)
    }
    try await visitor.keepRecord("replayInbound", item.id, reason: reason)
    return visitor.go(to: Link("/kelola/masuk", item.id), flash: .saved)
  }

  private static func openAnyway(_ visitor: Visitor) async throws -> Response {
    let item = try await item(visitor)
    guard Intake.mayOpenAnyway(item) else {
      return try show(visitor, item, problems: [notAnyMore(visitor)], .refused)
    }
    guard let reason = visitor.reason() else {
      return try show(visitor, item, problems: [visitor.reasonMissing], .refused)
    }
    do {
      try await visitor.web.intake.openAnyway(item.id, by: try visitor.person().performer)
    } catch is Intake.NotReplayable {
      return try show(visitor, item, problems: [notAnyMore(visitor)], .refused)
    }
    try await visitor.keepRecord("openInbound", item.id, reason: reason)
    return visitor.go(to: Link("/kelola/masuk", item.id), flash: .saved)
  }

  private static func discard(_ visitor: Visitor) async throws -> Response {
    let item = try await item(visitor)
    guard LedgerRowPage.mayDiscard(item) else {
      return try show(visitor, item, problems: [notAnyMore(visitor)], .refused)
    }
    guard let reason = visitor.reason() else {
      return try show(visitor, item, problems: [visitor.reasonMissing], .refused)
    }
    let line = try await visitor.web.store.inboundPage(outcome: .quarantined, after: nil, limit: 1_000)
      .first { $0.id == item.id }
    let settlement = Settlement(
      inbound: item.id,
      outcome: InboundOutcome(
        kind: .discarded, ticket: nil, reasons: (item.outcome?.reasons ?? []) + [reason.firstLine(limit: 300)]),
      fingerprint: nil, sender: line?.sender, subject: line?.subject)
    guard try await visitor.web.store.settle(settlement, now: visitor.now) else {
      return try show(visitor, item, problems: [notAnyMore(visitor)], .refused)
    }
    try await visitor.keepRecord("discardInbound", item.id, reason: reason)
    return visitor.go(to: Link("/kelola/masuk", item.id), flash: .saved)
  }

  /// Why the mail could not be fetched once more, and what can be done.
  private static func notFetched(_ error: RefetchError, _ visitor: Visitor) -> FieldProblem {
    let sentence =
      switch error {
      case .gone:
        visitor.say(
          "Surat ini tidak ada lagi di kotak surel. Kesampingkan, atau minta pengirim mengirim ulang.",
          "The message is no longer in the mailbox. Put it aside, or ask the sender to send it again.")
      case .tooLarge:
        visitor.say(
          "Surat ini melebihi batas ukuran. Jadikan tiket dari permulaannya, atau minta pengirim mengirim ulang.",
          "The message is over the size limit. Make its beginning a ticket, or ask the sender to send it again.")
      case .unreachable:
        visitor.say(
          "Surat ini belum dapat diambil dari kotak surel. Coba lagi nanti.",
          "The message cannot be fetched from the mailbox now. Try again later.")
      }
    return FieldProblem(field: "", sentence: sentence)
  }

  private static func notAnyMore(_ visitor: Visitor) -> FieldProblem {
    FieldProblem(
      field: "",
      sentence: visitor.say(
        "Pesan ini sudah diselesaikan dan tidak dapat diproses lagi dari sini.",
        "This message has been settled and cannot be processed again from here."))
  }
}
