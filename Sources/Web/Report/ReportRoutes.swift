// *Laporan Pengaduan*, the input of SOP row 3, as a page that prints on A4.
//
// Sections A–F come from the report as it was issued, G–L from the ticket, its history and its letters as they are
// now. Before the first check there is no report: the page says so (409).

import Desk
import Hummingbird
import SOP
import Wording

/// The route of the printed report.
enum ReportRoutes {
  static let pages: [any Page.Type] = [ReportPage.self]

  static func add(to routes: inout RouteTable) {
    routes.get("/meja/tiket/:number/laporan", for: .roles(.officer, .supervisor)) { visitor in
      let ticket = try await visitor.ticket()
      guard let report = ticket.report else {
        let page = ReportPage(number: ticket.number, account: nil, language: visitor.language)
        return try visitor.page(page, .conflict)
      }
      let store = visitor.web.store
      let account = ReportAccount(
        report: report, ticket: ticket, history: try await store.history(of: ticket.number),
        letters: try await store.letters(of: ticket.number), procedure: visitor.web.handling.procedure,
        office: visitor.web.office.name, now: visitor.now, dates: visitor.dates)
      return try visitor.page(ReportPage(number: ticket.number, account: account, language: visitor.language))
    }
  }
}

/// The report of one ticket, or the sentence that there is none yet.
struct ReportPage: Page {
  static let template = "pages/desk-laporan"
  static var previews: [ReportPage] { ReportPreviews.all }

  let number: TicketNumber
  let account: ReportAccount?
  let language: Language

  func value(of name: String) -> Shown? {
    switch name {
    case "number": .text(number.description)
    case "ticketLink": .link(Link("/meja/tiket", number.description))
    case "title": .text(ReportWords.title(language))
    case "report": .part(account)
    default: nil
    }
  }
}
