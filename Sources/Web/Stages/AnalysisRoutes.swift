import Desk
import SOP
import Wording

/// SOP row 3 on the desk: *Keputusan hasil analisa*.
enum AnalysisRoutes {
  static let form = DeskForm(
    name: "analysis", writing: Bilingual("keputusan", "the decision"),
    fields: [
      .cause: "penyebab", .action: "tindakan", .reason: "alasan", .owner: "pemilik", .contact: "kontak",
      .proof: "bukti-rujukan", .missing: "kelengkapan", .current: "sekarang", .wanted: "diminta",
      .evidence: "bukti", .note: "pesan-pandi",
    ]
  ) { form, ticket, _ in
    .recordAnalysis(AnalysisDecision(cause: form.typed("penyebab"), way: try way(form, ticket)))
  }

  private static func way(_ form: FormData, _ ticket: Ticket) throws -> AnalysisDecision.Way {
    switch AnalysisDecision.Kind(rawValue: form.typed("keputusan")) {
    case .registryExecutes:
      guard let domain = try FormName.domain(form, "domain-pandi") ?? ticket.complaint.domain else {
        throw FormRefusal(
          field: "domain-pandi", sentence: Bilingual("Tulis nama domainnya.", "Write the domain name."))
      }
      return .registryExecutes(
        packet: HandoffPacket(
          action: form.typed("tindakan"), domain: domain, current: form.typed("sekarang"),
          wanted: form.typed("diminta"),
          evidence: form.typed("bukti"), note: form.typed("pesan-pandi")))
    case .teamExecutes: return .teamExecutes(action: form.typed("tindakan"), reason: form.typed("alasan"))
    case .referred:
      return .referred(
        Referral(owner: form.typed("pemilik"), contact: form.typed("kontak"), proof: form.typed("bukti-rujukan")))
    case .declined: return .declined(reason: form.typed("alasan"))
    case .duplicate: return .duplicate(of: try FormName.ticket(form, "tiket-asli"))
    case .incomplete: return .incomplete(missing: form.typed("kelengkapan"))
    case nil:
      throw FormRefusal(
        field: "keputusan", sentence: Bilingual("Pilih satu keputusan.", "Choose one decision."))
    }
  }
}

/// The form of row 3: `stages/analysis`. All ways with their fields are on the page; style shows those of the way
/// that is chosen.
struct AnalysisForm: PageValue {
  let view: TicketView
  let filled: FilledForm

  func value(of name: String) -> Shown? {
    switch name {
    case "actionLink": .link(Link("/meja/tiket", view.number, "analysis"))
    case "draftLink": .link(Link("/meja/tiket", view.number, "draf", "analysis"))
    case "reportLink": .link(Link("/meja/tiket", view.number, "laporan"))
    case "reportNumber": .text(view.ticket.report?.number)
    case "penyebab": .part(filled.area("penyebab", view.ticket.analysis?.cause ?? "", rows: 2))
    case "keputusan": .part(decisions)
    case "tindakan": .part(filled.line("tindakan", packet?.action ?? "", depends: true))
    case "domainPandi":
      .part(filled.line("domain-pandi", view.ticket.complaint.domain?.name ?? "", depends: true, limit: 253))
    case "sekarang": .part(filled.area("sekarang", packet?.current ?? "", required: false, rows: 2))
    case "diminta": .part(filled.area("diminta", packet?.wanted ?? "", required: false, rows: 2))
    case "bukti": .part(filled.area("bukti", packet?.evidence ?? "", required: false, rows: 2))
    case "pesanPandi": .part(filled.area("pesan-pandi", packet?.note ?? "", required: false, rows: 2))
    case "alasan": .part(filled.area("alasan", depends: true, rows: 2))
    case "pemilik": .part(filled.line("pemilik", depends: true))
    case "kontak": .part(filled.line("kontak", depends: true))
    case "buktiRujukan": .part(filled.area("bukti-rujukan", depends: true, rows: 2))
    case "tiketAsli": .part(filled.line("tiket-asli", original, depends: true, limit: 30))
    case "askReach": .text(view.reach.sentence(view.language))
    case "handoffReach": .text(view.registryReach.sentence(view.language))
    case "kelengkapan": .part(filled.area("kelengkapan", depends: true, rows: 3))
    default: nil
    }
  }

  /// What was asked of the registry before, when this is another visit.
  private var packet: HandoffPacket? { view.ticket.handoff?.packet }
  private var original: String { (view.related.first ?? view.neighbours.first)?.number.description ?? "" }

  private var decisions: ChoiceField {
    filled.choice(
      "keputusan",
      AnalysisDecision.Kind.allCases.map {
        FieldOption(value: $0.rawValue, label: $0.label(view.language), note: $0.hint(view.language))
      }, chosen: "")
  }
}
