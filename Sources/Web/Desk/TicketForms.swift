import Desk
import SOP
import Wording

/// Composers, notes, facts and holders: forms with a place of their own on the page; and the table of all forms.
enum TicketForms {
  static let message = DeskForm(
    name: "message", writing: Bilingual("pesan kepada pemohon", "a message to the requester"),
    fields: [.text: "pesan"], files: "berkas"
  ) { form, _, _ in
    .writeToRequester(text: form.typed("pesan"))
  }
  static let registryMessage = DeskForm(
    name: "registry-message", writing: Bilingual("pesan kepada PANDI", "a message to PANDI"),
    fields: [.text: "pesan-registri"], files: "berkas-registri"
  ) { form, _, _ in
    .writeToRegistry(text: form.typed("pesan-registri"))
  }
  static let note = DeskForm(
    name: "note", writing: Bilingual("catatan internal", "an internal note"), fields: [.note: "catatan"]
  ) { form, _, _ in
    .addNote(text: form.typed("catatan"))
  }
  static let correction = DeskForm(
    name: "correction", writing: Bilingual("pembetulan data", "a correction of the facts"),
    fields: [.institution: "betul-instansi", .requesterName: "betul-nama", .since: "betul-sejak"]
  ) { form, _, _ in
    .correctComplaint(
      ComplaintCorrection(
        domain: try FormName.domain(form, "betul-domain"), host: try FormName.domain(form, "betul-host"),
        since: form.optional("betul-sejak"), institution: form.optional("betul-instansi"),
        requesterName: form.optional("betul-nama")))
  }
  /// An answer that an officer reads out, because its requester has no address.
  static let reading = DeskForm(
    name: "reading", writing: Bilingual("catatan pembacaan jawaban", "a note on the reading of the answer"),
    fields: [.note: "catatan-baca"]
  ) { form, _, _ in
    .recordAnswerRead(note: form.typed("catatan-baca"))
  }
  static let address = DeskForm(
    name: "address", writing: Bilingual("alamat surel pemohon", "the requester's address"),
    fields: [.reason: "alasan-alamat"]
  ) { form, _, _ in
    .changeAddress(email: form.typed("surel-baru").asciiLowered, reason: form.typed("alasan-alamat"))
  }
  static let proof = DeskForm(name: "proof") { _, _, _ in .resendProof }
  static let seen = DeskForm(name: "seen") { _, _, _ in .markRead }
  /// Takes the ticket from whom the page said, and from nobody else: what a colleague took meanwhile stays theirs.
  static let taking = DeskForm(name: "taking") { _, _, person in
    .assign(Officer(account: person.id, name: person.name))
  } condition: { form, ticket, _ in
    guard form.text("pemegang", limit: 200) == ticket.holder?.account ?? "" else { throw Rejection.changedMeanwhile }
  }
  static let release = DeskForm(name: "release") { _, _, _ in
    .assign(nil)
  } condition: { _, ticket, person in
    guard ticket.holder == nil || ticket.holder?.account == person.id else { throw Rejection.changedMeanwhile }
  }

  static let all =
    [
      CheckRoutes.form, AnalysisRoutes.form, RegistryStageRoutes.form, AnswerRoutes.form, ConfirmationRoutes.form,
      message, registryMessage, note, taking, release, correction, reading, address, proof, seen,
    ] + Detour.all.map(\.form)

  /// What somebody at the form of this name is writing.
  static func writing(_ name: String) -> Bilingual? { all.first { $0.name == name }?.writing }
}
