// Examples of the registry's pages for the tests that walk the templates: emptiest, longest, each state. They are
// made by the procedure itself, so that no example shows what cannot be.

import SOP
import Wording

/// A ticket told command by command.
struct ExampleStory {
  /// Tuesday 3 November 2026, 09.00 in Jakarta: an hour of service.
  static let morning = Instant(seconds: 1_793_671_200)
  static let budi = Performer(party: .team, account: "budi", name: "Budi Santoso")
  static let sari = Performer(party: .supervisor, account: "sari", name: "Sari Dewi")
  static let dewi = Performer(party: .registry, account: "dewi", name: "Dewi Lestari")

  private(set) var ticket: Ticket
  private(set) var history: [RecordedEvent] = []
  private let procedure = Procedure()

  init(_ domain: String = "wonosari.desa.id") throws {
    let complaint = Complaint(
      channel: .email, receivedAt: ExampleStory.morning,
      requester: Requester(name: "Siti Aminah", email: "kades@wonosari.desa.id", institution: "Desa Wonosari"),
      subject: "Situs desa mati", text: "Situs tidak bisa dibuka.", domain: DomainName(domain))
    guard let number = TicketNumber(month: 202_611, running: 39) else { throw Rejection.domainMissing }
    let performer = Performer(party: .requester)
    let decision = try Ticket.submit(
      complaint, as: number, by: performer, at: ExampleStory.morning, under: procedure)
    history = decision.events.enumerated().map {
      RecordedEvent(sequence: $0.offset + 1, at: ExampleStory.morning, by: performer, event: $0.element)
    }
    guard let ticket = Ticket(number: number, events: history) else { throw Rejection.domainMissing }
    self.ticket = ticket
  }

  /// One more command, `minute` minutes after the morning.
  mutating func tell(_ minute: Int64, _ performer: Performer, _ command: TicketCommand) throws {
    let at = ExampleStory.morning.adding(seconds: minute * 60)
    for event in try ticket.decide(command, by: performer, at: at, under: procedure).events {
      ticket.apply(event, at: at)
      history.append(RecordedEvent(sequence: ticket.version, at: at, by: performer, event: event))
    }
  }

  /// Rows 2 and 3 done, handed to the registry after `minute` minutes.
  static func atRegistry(
    host: String? = nil, authority: CheckResult.Authority = .contactOnRecord, bare: Bool = false, minute: Int64 = 14
  ) throws -> ExampleStory {
    var story = try ExampleStory()
    guard let domain = story.ticket.complaint.domain else { throw Rejection.domainMissing }
    try story.tell(
      4, budi,
      .recordCheck(
        CheckResult(
          problem: "Server nama lama tidak menjawab.", domain: domain, host: host.flatMap { DomainName($0) },
          category: .nameServerChange, authority: authority)))
    try story.handOff(domain, minute: minute, bare: bare)
    return story
  }

  mutating func handOff(_ domain: DomainName, minute: Int64, bare: Bool = false) throws {
    let packet =
      bare
      ? HandoffPacket(action: "Hapus data DS", domain: domain)
      : HandoffPacket(
        action: "Ubah server nama", domain: domain, current: "ns1.lama.net\nns2.lama.net",
        wanted: "ns1.hostdesa.id\nns2.hostdesa.id",
        evidence: "Server baru menjawab benar lewat UDP dan TCP\nData DS tidak ada, jadi aman diubah",
        note: "Server lama dimatikan penyedianya malam ini.\nMohon didahulukan.")
    try tell(
      minute, ExampleStory.budi,
      .recordAnalysis(AnalysisDecision(cause: "Server nama lama mati.", way: .registryExecutes(packet: packet))))
  }
}

extension HandoffPart {
  static var previews: [HandoffPart] { (try? examples()) ?? [] }

  private static func examples() throws -> [HandoffPart] {
    let typed = HandoffAnswerForm(FormData([("jawaban", "cannot"), ("rujukan", "T-1")]))
    let refused = HandoffDraft(
      answer: typed, message: "Mohon keterangan.",
      problems: ["jawaban", "keterangan", "rujukan", "pesan"].map {
        FieldProblem(field: $0, sentence: "Konfirmasi belum diisi.")
      })
    var open = try ExampleStory.atRegistry(host: "www.wonosari.desa.id")
    let fresh = try part(open, minute: 20)
    let late = try part(open, minute: 50, draft: refused)
    try open.tell(22, ExampleStory.budi, .writeToRegistry(text: "Sudah terlihat?\nTerima kasih."))
    try open.tell(23, ExampleStory.dewi, .acknowledgeHandoff(ordinal: 1))
    try open.tell(
      24, ExampleStory.dewi,
      .receiveFromRegistry(
        IncomingMessage(
          channel: .email, text: "Sedang dikerjakan.",
          attachments: [Attachment(fileName: "tangkapan.png", contentType: "image/png", size: 9, sha256: "00")])))
    let talking = try part(open, minute: 40)
    try open.tell(
      41, ExampleStory.dewi,
      .recordRegistryReply(
        RegistryReply(result: .done, text: "Selesai pukul 09.40.", reference: "REQ-88", door: .link), ordinal: 1))
    let answered = try part(open, minute: 60)
    var taken = try ExampleStory.atRegistry(authority: .notNeeded, bare: true)
    let expired = try part(taken, minute: 60 * 24 * 40)
    try taken.tell(30, ExampleStory.sari, .override(to: .analysis, reason: "Paket keliru."))
    let outdated = try part(taken, minute: 31, draft: refused)
    try taken.tell(32, ExampleStory.sari, .close(reason: "Uji coba."))
    return [fresh, late, talking, answered, expired, outdated, try part(taken, minute: 33)]
  }

  private static func part(
    _ story: ExampleStory, minute: Int64, draft: HandoffDraft = HandoffDraft()
  ) throws -> HandoffPart {
    let now = ExampleStory.morning.adding(seconds: minute * 60)
    let dates = DateWords(.indonesian)
    guard
      let view = HandoffView(of: story.ticket, history: story.history, ordinal: 1, byLink: true, now: now)
    else { throw Rejection.handoffOutdated }
    return HandoffPart(
      view: view, draft: draft,
      links: HandoffLinks(under: "/registri/permintaan", "contoh"), registryName: "PANDI",
      clock: view.budget.map {
        ServiceClock(
          budget: $0, dueAt: view.handoff.dueAt, hours: Procedure().registryHours, now: now, dates: dates)
      }, now: now, dates: dates)
  }
}

extension RegistryQueuePage {
  static var previews: [RegistryQueuePage] {
    let now = ExampleStory.morning
    let row = { (left: Int64, acknowledged: Bool) in
      OpenRow(
        number: "ADU-202611-00039-T", action: "Ubah server nama", domain: "wonosari.desa.id", officer: "Budi Santoso",
        isAcknowledged: acknowledged,
        clock: ServiceClock(
          budget: 1_800, dueAt: now.adding(seconds: left), hours: Procedure().registryHours, now: now,
          dates: DateWords(.indonesian)))
    }
    let untimed = OpenRow(
      number: "ADU-202611-00040-U", action: "Hapus data DS", domain: "mekarjaya.desa.id", officer: "Rina",
      isAcknowledged: false, clock: nil)
    let answered = AnsweredRow(
      number: "ADU-202611-00038-S", action: "Ubah server nama", domain: "sukamaju.desa.id",
      result: "Sudah dikerjakan", by: "Tautan bertanda", at: "hari ini pukul 09.12 WIB")
    return [
      RegistryQueuePage(openCount: 0, open: [], answered: [], pager: nil),
      RegistryQueuePage(
        openCount: 53, open: [row(-240, true), row(1_200, false), untimed], answered: [answered],
        pager: Pager(newer: Link("/registri"), older: Link("/registri", query: [("sesudah", "1.x")]))),
    ]
  }
}
