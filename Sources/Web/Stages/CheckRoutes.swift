import Desk
import SOP
import Wording

/// SOP row 2 on the desk: *Aduan masalah*.
enum CheckRoutes {
  static let form = DeskForm(
    name: "check", writing: Bilingual("aduan masalah", "the problem"),
    fields: [
      .problem: "masalah", .since: "sejak", .authorityNote: "catatan-kewenangan", .institution: "instansi",
    ]
  ) { form, _, _ in
    .recordCheck(
      CheckResult(
        problem: form.typed("masalah"), domain: try FormName.domain(form, "domain"),
        host: try FormName.domain(form, "host"), category: Category(rawValue: form.typed("kategori")) ?? .other,
        since: form.optional("sejak"),
        authority: CheckResult.Authority(rawValue: form.typed("kewenangan")) ?? .unverified,
        authorityNote: form.optional("catatan-kewenangan"), institution: form.optional("instansi")))
  }
}

/// The form of row 2, filled in from the complaint: `stages/check`.
struct CheckForm: PageValue {
  let view: TicketView
  let filled: FilledForm

  private var complaint: Complaint { view.ticket.complaint }
  private var firstWords: String {
    complaint.subject.isEmpty ? complaint.text.firstLine(limit: 300) : complaint.subject
  }

  func value(of name: String) -> Shown? {
    let language = view.language
    switch name {
    case "actionLink": return .link(Link("/meja/tiket", view.number, "check"))
    case "draftLink": return .link(Link("/meja/tiket", view.number, "draf", "check"))
    case "masalah":
      return .part(
        filled.area(
          "masalah", view.ticket.check?.problem ?? firstWords, rows: 3))
    case "domain": return .part(filled.line("domain", complaint.domain?.name ?? "", depends: true, limit: 253))
    case "host": return .part(filled.line("host", complaint.host?.name ?? "", required: false, limit: 253))
    case "sejak": return .part(filled.line("sejak", complaint.since ?? "", required: false, limit: 200))
    case "instansi":
      return .part(filled.line("instansi", complaint.requester.institution ?? "", required: false, limit: 300))
    case "kategori":
      return .part(
        filled.list(
          "kategori", Category.allCases.map { ($0.rawValue, $0.codedLabel(language)) },
          chosen: (complaint.category ?? .other).rawValue))
    case "kewenangan":
      return .part(
        filled.list(
          "kewenangan", CheckResult.Authority.allCases.map { ($0.rawValue, $0.label(language)) },
          chosen: (view.ticket.check?.authority ?? .unverified).rawValue))
    case "catatanKewenangan":
      return .part(
        filled.line("catatan-kewenangan", view.ticket.check?.authorityNote ?? "", required: false, limit: 1_000))
    default: return nil
    }
  }
}
