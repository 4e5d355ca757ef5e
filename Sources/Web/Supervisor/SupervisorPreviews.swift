// Examples of the supervisor's pages for the tests that walk the templates.

import Desk
import SOP
import Wording

extension BoardPage {
  static var previews: [BoardPage] {
    let now = ExampleStory.morning
    let card = { (domain: String?, left: Int64?, chosen: Bool, isWall: Bool) in
      Card(
        number: "ADU-202611-00039-T", domain: domain, problem: domain == nil ? "Situs tidak bisa dibuka" : "",
        holder: chosen ? "Budi Santoso" : nil, pause: left == nil ? "Menunggu kelengkapan dari pemohon" : nil,
        lapsed: (left ?? 0) < 0 || (left == nil && chosen) ? "hari ini pukul 08.56 WIB" : nil,
        clock: left.map {
          ServiceClock(
            budget: 900, dueAt: now.adding(seconds: $0), hours: Procedure().officeHours, now: now,
            dates: DateWords(.indonesian))
        }, isChosen: chosen, isWall: isWall)
    }
    var counts = QueueCounts()
    counts.lapsed = 1
    counts.byStage = [.check: 43, .analysis: 2]
    let lanes = { (isWall: Bool) in
      [
        Lane(
          title: "2. Pengecekan", count: 43, more: 40,
          cards: [
            card("sukamaju.desa.id", -240, true, isWall), card("bkd.contohprov.go.id", 120, false, isWall),
            card(nil, nil, false, isWall),
          ], language: .indonesian),
        Lane(
          title: "3. Analisa", count: 2, more: 0,
          cards: [card("karangrejo.desa.id", 800, false, isWall), card("wonosari.desa.id", nil, true, isWall)],
          language: .indonesian),
        Lane(title: "4. Pelaksanaan PANDI", count: 0, more: 0, cards: [], language: .indonesian),
        Lane(
          title: "5. Jawaban", count: 1, more: 0,
          cards: [card("dinas-komunikasi-informatika.kabupaten-contoh.go.id", 500, false, isWall)],
          language: .indonesian),
      ]
    }
    let figures = BoardPage.figures(of: counts, quarantined: 2, letters: [.failed: 1], .indonesian)
    let choice = OfficerChoice(officers: [Officer(account: "budi", name: "Budi Santoso")])
    return [false, true].map { isWall in
      BoardPage(
        figures: figures, lanes: lanes(isWall), choice: choice, isWall: isWall, asOf: "hari ini pukul 09.00 WIB",
        language: .indonesian)
    }
  }
}

extension OversightPage {
  static var previews: [OversightPage] { (try? examples()) ?? [] }

  private static func examples() throws -> [OversightPage] {
    let fresh = try page(try ExampleStory("tanpa-nama"), minute: 3, bare: true)
    var story = try ExampleStory.atRegistry(minute: 40)
    try story.tell(90, ExampleStory.budi, .escalate(reason: "PANDI belum menjawab."))
    try story.tell(95, ExampleStory.sari, .override(to: .answer, reason: "Dijawab lewat telepon."))
    try story.tell(96, ExampleStory.budi, .askRequester(text: "Apakah situs sudah terbuka?\nMohon kabar."))
    let paused = try page(story, minute: 120)
    try story.tell(121, ExampleStory.budi, .resume)
    let typed = Oversight.Draft(
      stage: "3", overrideReason: "Perlu analisa ulang.", closeReason: "Uji coba.",
      problems: ["petugas", "tahap", "alasan", "alasan-tutup"].map {
        FieldProblem(field: $0, sentence: "Alasan belum diisi.")
      })
    let refused = try page(story, minute: 122, draft: typed)
    try story.tell(123, ExampleStory.budi, .returnToAnalysis(reason: "Jawaban PANDI berbeda."))
    try story.tell(124, ExampleStory.sari, .override(to: .answer, reason: "PANDI sudah menjawab."))
    try story.tell(125, ExampleStory.sari, .close(reason: "Uji coba."))
    return [fresh, paused, refused, try page(story, minute: 126)]
  }

  private static func page(
    _ story: ExampleStory, minute: Int64, bare: Bool = false, draft: Oversight.Draft = Oversight.Draft()
  ) throws -> OversightPage {
    let number = story.ticket.number
    let now = ExampleStory.morning.adding(seconds: minute * 60)
    let log = [
      CommandLogEntry(at: now, ticket: number, command: "override", by: ExampleStory.sari, refusal: "text_missing"),
      CommandLogEntry(at: ExampleStory.morning, ticket: number, command: "submit", by: Performer(party: .requester)),
    ]
    return OversightPage(
      ticket: story.ticket, history: story.history, log: bare ? [] : log,
      letters: bare ? [] : [letter(number, .sent, now, nil), letter(number, .failed, now, "550 5.1.1 unknown")],
      choice: OfficerChoice(officers: [Officer(account: "budi", name: "Budi Santoso")]), procedure: Procedure(),
      now: now, dates: DateWords(.indonesian), draft: draft)
  }

  private static func letter(
    _ number: TicketNumber, _ state: LetterState, _ at: Instant, _ detail: String?
  ) -> OutboxLine {
    let letter = OutboxLetter(
      id: "\(number).1", ticket: number, party: .requester, kind: "receipt", recipient: "kades@wonosari.desa.id",
      recipientName: nil, subject: "Tanda terima", text: "", html: nil, messageID: "a@sigap.test", inReplyTo: nil,
      replyTo: "a@sigap.test", state: state, createdAt: at, notBefore: at, automatic: true)
    return OutboxLine(letter: letter, state: state, attempts: 1, nextAttemptAt: nil, detail: detail, changedAt: at)
  }
}
