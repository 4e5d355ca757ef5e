// The team's desk (SOP rows 2–6 as officers see them): the queue, one ticket, its forms, its files.
//
// Every form posts to `/meja/tiket/NUMBER/<form>` and becomes one command; see `DeskForm`. Officers and supervisors.

import Desk
import Hummingbird
import SOP

/// The routes of this part of the pages.
enum DeskRoutes {
  static let pages: [any Page.Type] = [QueuePage.self, TicketPage.self]

  static func add(to routes: inout RouteTable) {
    let staff = Access.roles(.officer, .supervisor)
    routes.get("/meja", for: staff) { try await QueuePage.show($0) }
    routes.post("/meja/ambil", for: staff) { try await takeNext($0) }
    routes.get("/meja/tiket/:number", for: staff) { try await TicketPage.show(try $0.ticketNumber(), $0) }
    routes.get("/meja/tiket/:number/berkas/:digest", for: staff) { try await FileAnswer.ofTicket($0) }
    routes.post("/meja/tiket/:number/draf/:form", for: staff) { visitor in
      let name = visitor.parameter("form") ?? ""
      guard TicketForms.writing(name) != nil else { throw WebRefusal(.notFound) }
      let number = try visitor.ticketNumber()
      guard try await visitor.web.store.summary(number) != nil else { throw WebRefusal(.notFound) }
      try await FormDraft.keep(visitor, FormDraft.place(number, name))
      return Response(status: HTTPOutcome.done.status)
    }
    for form in TicketForms.all {
      routes.post("/meja/tiket/:number/\(form.name)", for: staff) { try await form.handle($0) }
    }
  }

  /// "Ambil berikutnya": the free ticket that is due first. Two officers who ask at once get two tickets.
  private static func takeNext(_ visitor: Visitor) async throws -> Response {
    let person = try visitor.person()
    for summary in try await visitor.web.store.queue(.free, after: nil, limit: 10) {
      let officer = Officer(account: person.id, name: person.name)
      guard let ticket = try await visitor.web.store.ticket(summary.number), ticket.holder == nil else { continue }
      do {
        try await visitor.web.handling.perform(
          .assign(officer), on: summary.number, by: person.performer, expecting: ticket.version)
      } catch is Rejection {
        continue
      }
      return visitor.go(to: Link("/meja/tiket", summary.number.description), flash: .taken)
    }
    return visitor.go(to: Link("/meja", query: [("tampil", QueueView.free.code)]))
  }
}
