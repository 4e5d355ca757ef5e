import Desk
import SOP
import Wording

/// Examples of the desk's pages: tickets in every row, with everything a page can show and with nothing.
enum TicketPreviews {
  private static let start = Instant(seconds: 1_795_485_600)  // 24 November 2026, 09.00 WIB
  private static let person = Account(id: "budi", userName: "budi", name: "Budi Santoso", role: .officer)
  private static let chief = Account(id: "dewi", userName: "dewi", name: "Dewi Lestari", role: .supervisor)

  static var all: [TicketPage] {
    lives.flatMap { life -> [TicketPage?] in
      [
        page(life, person), page(life, chief, sent: SentForm(name: "override", form: FormData(), problems: [])),
        page(life, person, isJustDone: true),
      ]
    }.compactMap { $0 } + refused
  }

  static var queues: [QueuePage] {
    let rows = lives.compactMap { Ticket(number: number, events: $0) }.map {
      row(TicketSummary(of: $0, changedAt: start))
    }
    let pager = Pager(newer: Link("/meja"), older: Link("/meja"), place: "")
    var counts = QueueCounts()
    counts.free = 2
    let hits = rows.map { HitRow(row: $0, excerpt: "… sukamaju.desa.id tidak bisa dibuka …") }
    func queue(_ rows: [QueueRow], _ query: String?, _ hits: [HitRow], _ pager: Pager?) -> QueuePage {
      QueuePage(
        view: .all, counts: counts, rows: rows, query: query, hits: hits, pager: pager, account: "budi",
        asOf: "hari ini pukul 09.00 WIB", language: .indonesian)
    }
    return [
      queue(rows, nil, [], pager), queue([], nil, [], nil), queue([], "sukamaju", hits, pager),
      queue([], "sukamaju", [HitRow(row: hits[0].row, excerpt: "")], nil), queue([], "tidak-ada", [], nil),
    ]
  }

  /// Forms that came back, each at a ticket that has it.
  private static var refused: [TicketPage] {
    let places = [
      ("check", 0), ("analysis", 2), ("registry", 3), ("answer", 4), ("confirmation", 6), ("message", 0), ("note", 0),
      ("registry-message", 0), ("correction", 0), ("question", 0), ("check", 2), ("address", 0),
    ]
    let problems = [
      "masalah", "penyebab", "isi-konfirmasi", "jawaban", "kata-pemohon", "pesan", "catatan", "pesan-registri",
      "betul-domain", "pertanyaan", "berkas", "berkas-registri", "berkas-jawaban", "",
    ].map { FieldProblem(field: $0, sentence: "Tulis isinya.") }
    let lives = self.lives
    return places.compactMap { name, life in
      page(
        lives[life], person, sent: SentForm(name: name, form: FormData([("pesan", "a")]), problems: problems))
    }
  }

  // MARK: Lives

  /// Histories that end in each row, one after the other.
  private static var lives: [[RecordedEvent]] {
    let packet = HandoffPacket(
      action: "Ubah server nama", domain: domain, current: "ns1.lama.example", wanted: "ns1.baru.example",
      evidence: "Server baru menjawab.", note: "Mohon segera.")
    let bare = HandoffPacket(action: "Ubah server nama", domain: domain)
    let toRegistry: [(TicketCommand, Party)] = [
      (.recordCheck(check), .team),
      (.recordAnalysis(AnalysisDecision(cause: "Server nama mati", way: .registryExecutes(packet: packet))), .team),
    ]
    let toAnswer =
      toRegistry + [
        (.acknowledgeHandoff(ordinal: 1), .registry),
        (.receiveFromRegistry(words), .registry),
        (
          .recordRegistryReply(RegistryReply(result: .done, text: "Sudah.", reference: "P-1", door: .desk), ordinal: 1),
          .registry
        ),
      ]
    let answered = toAnswer + [(.sendAnswer(Answer(text: "Sudah diperbaiki.", outcome: .solved)), .team)]
    let lives: [[(TicketCommand, Party)]] = [
      [],
      [
        (.assign(Officer(account: "budi", name: "Budi Santoso")), .supervisor),
        (.proveAddress(email: "sari@sukamaju.example"), .requester), (.askRequester(text: "Sejak kapan?"), .team),
      ],
      [(.recordCheck(check), .team)], toRegistry + [(.acknowledgeHandoff(ordinal: 1), .registry)], toAnswer, answered,
      answered + [(.recordAnswerAccepted(channel: .email, letter: letter(of: answered)), .machine)],
      answered + [(.recordAnswerFailed(reason: "550 kotak penuh", letter: letter(of: answered)), .machine)],
      [
        (.recordCheck(check), .team),
        (.recordAnalysis(AnalysisDecision(cause: "a", way: .registryExecutes(packet: bare))), .team),
      ],
      [
        (.recordCheck(check), .team), (.addNote(text: "Hubungi dinas."), .team),
        (.recordAnalysis(AnalysisDecision(cause: "Duplikat", way: .duplicate(of: other))), .team),
      ],
      [
        (.recordCheck(check), .team),
        (
          .recordAnalysis(
            AnalysisDecision(
              cause: "Hosting", way: .referred(Referral(owner: "Hosting", contact: "a@b.example", proof: "Bukti.")))),
          .team
        ),
      ],
      [
        (.recordCheck(check), .team),
        (.recordAnalysis(AnalysisDecision(cause: "Ditolak", way: .declined(reason: "Bukan pejabat."))), .team),
      ],
      [(.close(reason: "spam"), .supervisor)],
      [(.changeAddress(email: "baru@sukamaju.example", reason: "Salah ketik."), .team)],
      [(.receiveFromRequester(words), .requester), (.withdraw(reason: ""), .requester)],
    ]
    let declined = AnalysisDecision(cause: "Ditolak", way: .declined(reason: "Bukan pejabat."))
    let readOut: [(TicketCommand, Party)] = [
      (.recordCheck(check), .team), (.recordAnalysis(declined), .team),
      (.sendAnswer(Answer(text: "Tidak dapat.", outcome: .declined)), .team),
    ]
    return lives.map { play($0, rich: true) } + [
      play(readOut, rich: false, spoken: true),
      play([], rich: false), play([(.noticeTime, .machine)], rich: false, gap: 4_000),
      play([(.askRequester(text: "Sejak kapan?"), .team)], rich: false, gap: 4_000),
    ]
  }

  private static let words = IncomingMessage(
    channel: .email, text: "Terima kasih.", foldedText: "> kutipan", subject: "Re",
    attachments: [Attachment(fileName: "layar.png", contentType: "image/png", size: 2_048, sha256: "ab")],
    unproven: "orang@lain.example")

  private static func letter(of commands: [(TicketCommand, Party)]) -> String {
    Ticket(number: number, events: play(commands, rich: true))?.answerUnderWay ?? ""
  }

  private static func play(
    _ commands: [(TicketCommand, Party)], rich: Bool, spoken: Bool = false, gap: Int64 = 60
  ) -> [RecordedEvent] {
    var complaint = rich ? richComplaint : bareComplaint
    if spoken {
      complaint.channel = .telephone
      complaint.requester.phone = "0812 3456"
    }
    var now = start
    var history = record(
      try? Ticket.submit(complaint, as: number, by: Performer(party: .requester), at: now, under: Procedure()), [], now,
      Performer(party: .requester))
    for (command, party) in commands {
      now = now.adding(seconds: gap)
      let performer = Performer(
        party: party, account: party == .team ? "budi" : nil, name: party == .team ? "Budi" : nil)
      guard let ticket = Ticket(number: number, events: history) else { break }
      history = record(try? ticket.decide(command, by: performer, at: now, under: Procedure()), history, now, performer)
    }
    return history
  }

  private static func record(_ decision: Decision?, _ history: [RecordedEvent], _ now: Instant, _ by: Performer)
    -> [RecordedEvent]
  {
    history
      + (decision?.events ?? []).enumerated().map {
        RecordedEvent(sequence: history.count + $0.offset + 1, at: now, by: by, event: $0.element)
      }
  }

  // MARK: The things in them

  private static func page(
    _ history: [RecordedEvent], _ person: Account, sent: SentForm? = nil, isJustDone: Bool = false
  ) -> TicketPage? {
    guard let ticket = Ticket(number: number, events: history) else { return nil }
    let isRich = ticket.complaint.requester.email != nil
    let summary = TicketSummary(of: ticket, changedAt: start)
    let now = start.adding(seconds: 400)
    var counts = QueueCounts()
    counts.free = isRich ? 3 : 0
    let view = TicketView(
      ticket: ticket, history: history, letters: isRich ? LetterState.allCases.map(outboxLine) : [],
      queue: isRich ? [summary] : [], counts: counts, neighbours: isRich ? [summary] : [],
      related: isRich ? [summary] : [],
      officers: [person], savedReplies: isRich ? [SavedReply(id: "a", title: "Salam", text: "Yth.")] : [],
      others: isRich
        ? [Presence.Seen(officer: Officer(account: "rina", name: "Rina"), writing: "answer", at: now)] : [],
      procedure: Procedure(), person: person, now: now, dates: DateWords(.indonesian),
      handoffLink: ticket.handoff == nil ? nil : "https://sigap.example/registri/permintaan/x",
      registryEmail: isRich ? "petugas@registri.example" : nil)
    return TicketPage(view: view, sent: sent, drafts: [:], isJustDone: isJustDone)
  }

  private static func row(_ summary: TicketSummary) -> QueueRow {
    QueueRow(
      summary: summary, isCurrent: summary.holder == nil, procedure: Procedure(), now: start.adding(seconds: 100),
      dates: DateWords(.indonesian))
  }

  private static func outboxLine(_ state: LetterState) -> OutboxLine {
    OutboxLine(
      letter: OutboxLetter(
        id: "\(number).\(state.rawValue)", ticket: number, party: .requester, kind: "receipt",
        recipient: "sari@sukamaju.example", recipientName: nil, subject: "", text: "", html: nil, messageID: "a@b",
        inReplyTo: nil, replyTo: "c@d", state: .queued, createdAt: start, notBefore: start, automatic: true),
      state: state, attempts: 1, nextAttemptAt: nil, detail: nil, changedAt: start)
  }

  private static let number = [42].compactMap { TicketNumber(month: 202_611, running: $0) }[0]
  private static let other = [39].compactMap { TicketNumber(month: 202_611, running: $0) }[0]
  private static let domain = ["sukamaju.desa.id"].compactMap { DomainName($0) }[0]

  private static var check: CheckResult {
    CheckResult(
      problem: "Server nama tidak menjawab", domain: domain, category: .nameServerChange, since: "kemarin",
      authority: .contactOnRecord, institution: "Desa Sukamaju")
  }

  private static var richComplaint: Complaint {
    Complaint(
      channel: .email, receivedAt: start,
      requester: Requester(
        name: "Sari Wulandari", email: "sari@sukamaju.example", emailProven: false, phone: "0812",
        institution: "Desa Sukamaju",
        position: "Sekretaris Desa"), subject: "Situs mati", text: "Situs kami tidak bisa dibuka.", domain: domain,
      host: DomainName("www.sukamaju.desa.id"), category: .notReachable, since: "kemarin sore",
      attachments: words.attachments, possiblyRelated: [other])
  }

  private static var bareComplaint: Complaint {
    Complaint(channel: .web, receivedAt: start, requester: Requester(name: ""), subject: "", text: "tolong")
  }
}
