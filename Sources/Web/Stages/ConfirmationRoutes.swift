import Desk
import SOP
import Wording

/// SOP row 6 on the desk: what the requester said by telephone is recorded on the requester's behalf.
enum ConfirmationRoutes {
  static let form = DeskForm(
    name: "confirmation", writing: Bilingual("pernyataan pemohon", "the requester's statement"),
    fields: [.reason: "alasan-belum"]
  ) { form, _, _ in
    switch form.typed("kata-pemohon") {
    case "selesai": return .confirm
    case "belum": return .dispute(reason: form.typed("alasan-belum"))
    default:
      throw FormRefusal(
        field: "kata-pemohon", sentence: Bilingual("Pilih pernyataan pemohon.", "Choose what the requester said."))
    }
  }
}

/// The form of row 6: `stages/confirmation`.
struct ConfirmationForm: PageValue {
  let view: TicketView
  let filled: FilledForm

  func value(of name: String) -> Shown? {
    switch name {
    case "isTouched": .flag(filled.isTouched)
    case "actionLink": .link(Link("/meja/tiket", view.number, "confirmation"))
    case "draftLink": .link(Link("/meja/tiket", view.number, "draf", "confirmation"))
    case "silenceEnds": .text(view.ticket.confirmationClosesAt.map { view.dates.relative($0, now: view.now) })
    case "kataPemohon":
      .part(
        filled.choice(
          "kata-pemohon",
          [
            FieldOption(
              value: "selesai", label: view.language.choose("Pemohon menyatakan selesai", "The requester says: solved")),
            FieldOption(
              value: "belum",
              label: view.language.choose("Pemohon menyatakan belum selesai", "The requester says: not solved")),
          ], chosen: ""))
    case "alasanBelum": .part(filled.area("alasan-belum", depends: true, rows: 2))
    default: nil
    }
  }
}
