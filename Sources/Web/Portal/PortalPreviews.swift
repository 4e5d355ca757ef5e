// Examples of the portal's pages for the tests that walk the templates: emptiest, longest, each state.

import Desk
import SOP
import Wording

private enum Example {
  static let office = Office(
    name: "Helpdesk Nama Domain", baseURL: "https://sigap.example", mailAddress: "aduan@sigap.example",
    registryName: "PANDI", registryEmail: nil, zone: .jakarta)

  static let photo = Attachment(
    fileName: "foto layar.jpg", contentType: "image/jpeg", size: 345_678, sha256: String(repeating: "a1", count: 32))

  static var draft: ComplaintDraft {
    var draft = ComplaintDraft(id: "contoh")
    draft.text =
      "Situs desa kami sukamaju.desa.id tidak bisa dibuka sejak kemarin sore.\nJuga wonosari.desa.id dan surat kami."
    draft.domain = "sukamaju.desa.id"
    draft.host = "surat.sukamaju.desa.id"
    draft.institution = "Pemerintah Desa Sukamaju"
    draft.kind = InstitutionKind.village.rawValue
    draft.name = "Siti Aminah"
    draft.position = "Sekretaris desa"
    draft.email = "siti@sukamaju.desa.id"
    draft.phone = "0812 3456 7890"
    draft.files = [photo]
    return draft
  }

  static let empty = ComplaintDraft(id: "kosong")

  static func problem(_ field: String) -> FieldProblem {
    FieldProblem(field: field, sentence: "Isi kolom ini, lalu kirim lagi.")
  }

  /// The numbers of the examples; `TicketNumber(month:running:)` cannot fail for these.
  static func number<Made>(_ make: (TicketNumber) -> Made) -> [Made] {
    TicketNumber(month: 202_611, running: 42).map { [make($0)] } ?? []
  }
}

extension StartPage {
  static let previews = [
    StartPage(unfinished: nil, office: Example.office),
    StartPage(unfinished: Example.draft, office: Example.office),
    StartPage(
      unfinished: Example.empty,
      office: Office(
        name: "", baseURL: "", mailAddress: "belum diatur", registryName: "", registryEmail: nil, zone: .jakarta)),
  ]
}

extension WhatPage {
  static let previews = [
    WhatPage(draft: Example.empty),
    WhatPage(draft: Example.draft, asksForDomain: true),
    WhatPage(
      draft: Example.draft, typedDomain: "bukan nama", problems: [Example.problem("uraian"), Example.problem("domain")]),
  ]
}

extension WhoPage {
  static let previews = [
    WhoPage(form: RequesterForm(Example.empty), domain: "", problems: [], language: .indonesian),
    WhoPage(form: RequesterForm(Example.draft), domain: "sukamaju.desa.id", problems: [], language: .english),
    WhoPage(
      form: RequesterForm(Example.empty), domain: "sukamaju.desa.id",
      problems: ["instansi", "jenis", "nama", "jabatan", "surel", "telepon"].map(Example.problem),
      language: .indonesian),
  ]
}

extension FilesPage {
  static let previews = [
    FilesPage(draft: Example.empty, language: .indonesian),
    FilesPage(draft: Example.draft, refused: ["video.mp4"], language: .indonesian),
  ]
}

extension CheckPage {
  static let previews: [CheckPage] = {
    var short = Example.empty
    (short.text, short.name, short.institution) = ("Mati", "Siti", "Desa")
    return [
      CheckPage(draft: Example.draft, language: .indonesian),
      CheckPage(draft: short, problems: [Example.problem("")], language: .indonesian),
    ]
  }()
}

extension DonePage {
  static let previews: [DonePage] = Example.number { number in
    [
      DonePage(
        number: number, checkedBy: "hari ini pukul 10.24 WIB",
        secret: "https://sigap.example/tiket/\(number)?kunci=abcdefghijklmnopqrstuvwxyz",
        codeTo: "siti@sukamaju.desa.id", domain: "sukamaju.desa.id", analysisMinutes: 15, answerMinutes: 15),
      DonePage(
        number: number, checkedBy: nil, secret: "https://sigap.example", codeTo: nil, domain: nil, analysisMinutes: 15,
        answerMinutes: 15),
    ]
  }.flatMap { $0 }
}

extension TrackPage {
  static let previews = [TrackPage(), TrackPage(typed: "ADU", problems: [Example.problem("nomor")])]
}

extension LockedPage {
  static let previews: [LockedPage] = Example.number { number in
    [LockedPage(number: number), LockedPage(number: number, typed: "12345", problems: [Example.problem("kode")])]
  }.flatMap { $0 }
}

extension ProofPage {
  static let previews: [ProofPage] = Example.number { number in
    [ProofPage(number: number, key: "abc"), ProofPage(number: number, key: "", isWrong: true)]
  }.flatMap { $0 }
}

extension FollowPage {
  /// Made by the procedure itself; a story that cannot be told leaves its examples out, and the walk finds that.
  static let previews: [FollowPage] = {
    let bare = Example.number { FollowPage(number: $0, headline: "–", mayWrite: false) }
    return bare + ((try? told()) ?? [])
  }()

  private static func told() throws -> [FollowPage] {
    func page(
      _ story: ExampleStory, _ minute: Int64, _ language: Language = .indonesian, _ typed: FollowTyped = .init()
    ) -> FollowPage {
      FollowPage(
        of: story.ticket, history: story.history, procedure: Procedure(), dates: DateWords(language),
        now: ExampleStory.morning.adding(seconds: minute * 60), typed: typed)
    }
    let began = try ExampleStory()
    var asked = began
    try asked.tell(3, ExampleStory.budi, .askRequester(text: "Mohon foto surat tugas."))
    var answered = try ExampleStory.atRegistry()
    try answered.tell(
      30, ExampleStory.dewi,
      .recordRegistryReply(RegistryReply(result: .done, text: "Sudah.", door: .desk), ordinal: 1))
    try answered.tell(35, ExampleStory.budi, .sendAnswer(Answer(text: "Domain sudah dapat diakses.", outcome: .solved)))
    if let letter = answered.ticket.answerUnderWay {
      try answered.tell(36, .machine, .recordAnswerAccepted(channel: .email, letter: letter))
    }
    var closed = answered
    try closed.tell(60, Performer(party: .requester, name: "Siti Aminah"), .confirm)
    var wrote = began
    try wrote.tell(
      2, Performer(party: .requester, name: "Siti Aminah"),
      .receiveFromRequester(IncomingMessage(channel: .web, text: "Ini fotonya.", attachments: [Example.photo])))
    var unproven = page(wrote, 20)
    unproven.codeTo = "siti@sukamaju.desa.id"
    var typed = FollowTyped(message: "Halo", reason: "Masih mati", withdrawal: "Salah", code: "123")
    typed.problems = ["pesan", "berkas", "alasan", "sebab", "kode"].map(Example.problem)
    return [
      page(began, 4), page(asked, 5, .english), page(try ExampleStory.atRegistry(), 20), page(answered, 50),
      page(answered, 50, .indonesian, typed), page(closed, 90), unproven,
    ]
  }
}
