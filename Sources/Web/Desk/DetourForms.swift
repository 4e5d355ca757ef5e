import Desk
import SOP
import Wording

/// The other ways on: each one command with at most one text.
///
/// All of them are rows of one table. The page shows those that make sense now, folded, and those open that somebody
/// has typed into. The question to the requester stands beside the form of the row, for it is half of the checks.
struct Detour: Sendable {
  let form: DeskForm
  let title: Bilingual
  let hint: Bilingual
  let button: Bilingual
  /// The text it needs; `nil`: none.
  var text: (field: String, label: Bilingual)?
  let fits: @Sendable (TicketView) -> Bool

  /// Folded away under "Jalan lain".
  static let folded: [Detour] = [
    pausing, resuming, escalation, returning, withdrawal, override, closure, reopening,
  ]
  static let all = [question] + folded

  private static func worked(_ view: TicketView) -> Bool {
    !view.ticket.isClosed && [.check, .analysis, .answer].contains(view.ticket.stage)
  }

  static let question = Detour(
    form: DeskForm(
      name: "question", writing: Bilingual("pertanyaan kepada pemohon", "a question to the requester"),
      fields: [.question: "pertanyaan"]
    ) { form, _, _ in
      .askRequester(text: form.typed("pertanyaan"))
    },
    title: Bilingual("Minta kelengkapan", "Ask the requester"),
    hint: Bilingual(
      "Waktu tim dijeda sampai pertanyaan ini dijawab.", "The team's clock stands until it is answered."),
    button: Bilingual("Tanyakan kepada pemohon", "Ask the requester"),
    text: ("pertanyaan", Bilingual("Yang perlu dilengkapi", "What is missing")), fits: worked)

  static let pausing = Detour(
    form: DeskForm(
      name: "pause", writing: Bilingual("alasan jeda", "the reason of a pause"), fields: [.reason: "alasan-jeda"]
    ) { form, _, _ in
      .pause(waitingFor: .registry, note: form.typed("alasan-jeda"))
    },
    title: Bilingual("Jeda menunggu PANDI", "Pause for the registry"),
    hint: Bilingual(
      "Untuk keterangan yang ditunggu dari PANDI. Berakhir sendiri ketika PANDI menulis.",
      "For something the registry must tell us. Ends by itself when the registry writes."),
    button: Bilingual("Mulai jeda", "Pause"),
    text: ("alasan-jeda", Bilingual("Yang ditunggu", "What is waited for")),
    fits: { worked($0) && $0.ticket.pause == nil })

  static let resuming = Detour(
    form: DeskForm(name: "resume") { _, _, _ in .resume },
    title: Bilingual("Akhiri jeda", "End the pause"),
    hint: Bilingual("Waktu tim berjalan lagi dengan sisa yang ada.", "The team's clock goes on with what was left."),
    button: Bilingual("Lanjutkan", "Go on"), fits: { $0.ticket.pause != nil })

  static let escalation = Detour(
    form: DeskForm(
      name: "escalation", writing: Bilingual("eskalasi", "an escalation"), fields: [.reason: "alasan-eskalasi"]
    ) { form, _, _ in
      .escalate(reason: form.typed("alasan-eskalasi"))
    },
    title: Bilingual("Eskalasi kepada pengawas", "Escalate to the supervisor"),
    hint: Bilingual("Memberi tahu pengawas; tidak memindahkan tiket.", "Tells the supervisor; moves nothing."),
    button: Bilingual("Beri tahu pengawas", "Tell the supervisor"),
    text: ("alasan-eskalasi", Bilingual("Alasan", "Reason")), fits: { !$0.ticket.isClosed })

  static let returning = Detour(
    form: DeskForm(
      name: "return", writing: Bilingual("alasan pengembalian", "why it goes back to analysis"),
      fields: [.reason: "alasan-kembali"]
    ) { form, _, _ in
      .returnToAnalysis(reason: form.typed("alasan-kembali"))
    },
    title: Bilingual("Kembali ke analisa", "Back to analysis"),
    hint: Bilingual("Tahap 3 dimulai lagi dengan waktunya sendiri.", "Stage 3 begins again with its own time."),
    button: Bilingual("Kembalikan ke analisa", "Return to analysis"),
    text: ("alasan-kembali", Bilingual("Alasan", "Reason")),
    fits: { !$0.ticket.isClosed && $0.ticket.stage == .answer })

  static let withdrawal = Detour(
    form: DeskForm(
      name: "withdrawal", writing: Bilingual("pembatalan oleh pemohon", "a withdrawal by the requester"),
      fields: [.reason: "alasan-cabut"]
    ) { form, _, _ in
      .withdraw(reason: form.typed("alasan-cabut"))
    },
    title: Bilingual("Dibatalkan pemohon", "Withdrawn by the requester"),
    hint: Bilingual(
      "Bila pemohon membatalkan pengaduan lewat telepon. Tiket ditutup dan pemohon diberi tahu.",
      "When the requester took the complaint back by telephone. The ticket is closed and the requester told."),
    button: Bilingual("Catat pembatalan", "Record the withdrawal"),
    text: ("alasan-cabut", Bilingual("Pernyataan pemohon", "The requester's statement")),
    fits: { !$0.ticket.isClosed })

  static let override = Detour(
    form: DeskForm(
      name: "override", writing: Bilingual("pemindahan tahap", "a move to another stage"),
      fields: [.reason: "alasan-pindah"]
    ) { form, ticket, _ in
      guard let stage = Int(form.typed("tahap")).flatMap({ Stage(rawValue: $0) }) else {
        throw FormRefusal(field: "tahap", sentence: Bilingual("Pilih tahapnya.", "Choose the stage."))
      }
      return .override(to: stage, reason: form.typed("alasan-pindah"))
    },
    title: Bilingual("Pindahkan tahap (pengawas)", "Move to another stage (supervisor)"),
    hint: Bilingual(
      "Tahap yang dilewati dicatat bersama alasannya.", "Stages that are passed over are recorded with the reason."),
    button: Bilingual("Pindahkan", "Move"), text: ("alasan-pindah", Bilingual("Alasan", "Reason")),
    fits: { $0.isSupervisor && !$0.ticket.isClosed })

  static let closure = Detour(
    form: DeskForm(
      name: "closure", writing: Bilingual("penutupan tiket", "the closing of the ticket"),
      fields: [.reason: "alasan-tutup"]
    ) { form, _, _ in
      .close(reason: form.typed("alasan-tutup"))
    },
    title: Bilingual("Tutup tiket (pengawas)", "Close the ticket (supervisor)"),
    hint: Bilingual("Untuk yang bukan pengaduan: spam, uji coba.", "For what is no complaint: spam, a test."),
    button: Bilingual("Tutup tiket", "Close"), text: ("alasan-tutup", Bilingual("Alasan", "Reason")),
    fits: { $0.isSupervisor && !$0.ticket.isClosed })

  static let reopening = Detour(
    form: DeskForm(
      name: "reopening", writing: Bilingual("pembukaan kembali", "a reopening"), fields: [.reason: "alasan-buka"]
    ) { form, _, _ in
      .reopen(reason: form.typed("alasan-buka"))
    },
    title: Bilingual("Buka kembali", "Reopen"),
    hint: Bilingual(
      "Tahap 3 dimulai lagi; pemohon diberi tahu.", "Stage 3 begins again; the requester is told."),
    button: Bilingual("Buka kembali tiket ini", "Reopen this ticket"),
    text: ("alasan-buka", Bilingual("Alasan", "Reason")), fits: { $0.ticket.isClosed })
}

/// One detour on the page: `parts/desk-detour`.
struct DetourEntry: PageValue {
  let detour: Detour
  let view: TicketView
  let filled: FilledForm
  /// Where the text goes, when it goes to somebody.
  var reach: String?

  private var lang: PageLanguage { view.language == .english ? .english : .indonesian }

  func value(of name: String) -> Shown? {
    switch name {
    case "detourLink": .link(Link("/meja/tiket", view.number, detour.form.name))
    case "detourTitle": .text(detour.title.text(in: lang))
    case "detourHint": .text(detour.hint.text(in: lang))
    case "detourButton": .text(detour.button.text(in: lang))
    case "detourLabel": .text(detour.text?.label.text(in: lang))
    case "detourOpen": .flag(filled.isTouched)
    case "detourDraftLink": .link(Link("/meja/tiket", view.number, "draf", detour.form.name))
    case "detourReach": .text(reach)
    case "detourText": .part(detour.text.map { filled.area($0.field, rows: 3) })
    case "detourStage":
      .part(
        detour.form.name == "override"
          ? filled.list(
            "tahap",
            [Stage.check, .analysis, .answer].filter { $0 != view.ticket.stage }
              .map { ("\($0.rawValue)", $0.numberedLabel(view.language)) }, chosen: "") : nil)
    default: nil
    }
  }
}
