import Desk
import SOP
import Wording

/// SOP row 4 on the desk: an officer records what the registry answered by another way than its own doors.
enum RegistryStageRoutes {
  static let form = DeskForm(
    name: "registry", writing: Bilingual("jawaban PANDI", "PANDI's reply"),
    fields: [.reply: "isi-konfirmasi", .reference: "rujukan"]
  ) { form, _, _ in
    guard let result = RegistryReply.Verdict(rawValue: form.typed("hasil")) else {
      throw FormRefusal(field: "hasil", sentence: Bilingual("Pilih hasilnya.", "Choose the result."))
    }
    return .recordRegistryReply(
      RegistryReply(
        result: result, text: form.typed("isi-konfirmasi"), reference: form.optional("rujukan"), door: .officer),
      // The packet the page showed: an old page never answers a newer packet.
      ordinal: Int(form.text("penerusan", limit: 20)) ?? 0)
  }
}

/// The form of row 4: `stages/registry`.
struct RegistryStageForm: PageValue {
  let view: TicketView
  let filled: FilledForm

  private var packet: HandoffPacket? { view.ticket.handoff?.packet }

  func value(of name: String) -> Shown? {
    switch name {
    case "isTouched": .flag(filled.isTouched)
    case "actionLink": .link(Link("/meja/tiket", view.number, "registry"))
    case "draftLink": .link(Link("/meja/tiket", view.number, "draf", "registry"))
    case "ordinal": .number(view.ticket.handoff?.ordinal ?? 0)
    case "packetAction": .text(packet?.action)
    case "packetDomain": .text(packet?.domain.name)
    case "packetCurrent": .text(packet?.current)
    case "packetWanted": .text(packet?.wanted)
    case "packetDue": .text(view.ticket.handoff.map { view.dates.relative($0.dueAt, now: view.now) })
    case "acknowledged": .text(view.ticket.handoffAcknowledgedAt.map { view.dates.relative($0, now: view.now) })
    case "signedAddress": .text(view.handoffLink)
    case "hasil":
      .part(
        filled.choice(
          "hasil",
          RegistryReply.Verdict.allCases.map { FieldOption(value: $0.rawValue, label: $0.label(view.language)) },
          chosen: ""))
    case "isiKonfirmasi": .part(filled.area("isi-konfirmasi", depends: true, rows: 3))
    case "rujukan": .part(filled.line("rujukan", required: false, limit: 200))
    default: nil
    }
  }
}
