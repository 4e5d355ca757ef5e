import SOP
import Wording

/// Examples of reports: one for each row a ticket can stand in, with and without attachments, and none at all.
enum ReportPreviews {
  static var all: [ReportPage] {
    let views = TicketPreviews.all.map { $0.view }
    let reports = views.filter { $0.ticket.report != nil }.enumerated().compactMap { page(of: $0.element, $0.offset) }
    return views.prefix(1).map { ReportPage(number: $0.ticket.number, account: nil, language: .indonesian) } + reports
  }

  private static func page(of view: TicketView, _ index: Int) -> ReportPage? {
    guard let issued = view.ticket.report else { return nil }
    var complaint = issued.complaint
    let isFull = index % 2 == 0
    complaint.attachments =
      isFull
      ? [
        Attachment(
          fileName: "foto layar <situs> sukamaju yang tidak bisa dibuka.png", contentType: "image/png",
          size: 348_160, sha256: String(repeating: "0123abcd", count: 8))
      ] : []
    let report = ComplaintReport(
      number: issued.number, issuedAt: issued.issuedAt, complaint: complaint, check: issued.check,
      preparedBy: isFull ? Officer(account: "budi", name: "Budi Santoso") : nil)
    let account = ReportAccount(
      report: report, ticket: view.ticket, history: view.history, letters: view.letters, procedure: view.procedure,
      office: "Tim Layanan Nama Domain Instansi Penyelenggara Negara", now: view.now, dates: view.dates)
    return ReportPage(number: view.ticket.number, account: account, language: view.dates.language)
  }
}
