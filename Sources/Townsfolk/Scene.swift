import Desk
import SOP

/// The way of one complaint through the play: each step some minutes after the last, none in the future.
struct Scene {
  let play: TownPlay
  let number: TicketNumber
  let complaint: Complaint
  let officer: Performer
  var at: Instant
  let latest: Instant
  let original: TicketNumber

  private var requester: Performer { Performer(party: .requester, name: complaint.requester.name) }
  private let registry = Town.performer(Town.yusuf, as: .registry)
  private var domain: DomainName { complaint.domain ?? Town.sukamaju.domain }

  init(
    play: TownPlay, number: TicketNumber, complaint: Complaint, officer: Performer, at: Instant, latest: Instant,
    original: TicketNumber
  ) {
    self.play = play
    self.number = number
    self.complaint = complaint
    self.officer = officer
    self.at = at
    self.latest = latest
    self.original = original
  }

  mutating func act(_ ending: TownPlay.Ending, _ random: inout SeededRandom) async throws {
    switch ending {
    case .arrived, .lapsedInCheck: return
    case .asked: try await step(.askRequester(text: "Mohon kirim surat penunjukan Pejabat Nama Domain yang berlaku."))
    case .withdrawn:
      try await step(.withdraw(reason: "Sudah kami perbaiki sendiri, terima kasih."), by: requester, after: 400)
    default:
      try await check(&random)
      if ending != .checked { try await analyse(ending, &random) }
    }
  }

  private mutating func check(_ random: inout SeededRandom) async throws {
    let result = CheckResult(
      problem: complaint.subject.isEmpty ? complaint.text.firstLine(limit: 120) : complaint.subject,
      domain: domain, category: complaint.category ?? .notReachable, since: complaint.since,
      authority: random.pick([.contactOnRecord, .officialAddress, .document]),
      institution: complaint.requester.institution)
    try await step(.recordCheck(result), after: Int64(random.number(in: 90...420)))
  }

  private mutating func analyse(_ ending: TownPlay.Ending, _ random: inout SeededRandom) async throws {
    let pause = Int64(random.number(in: 120...480))
    switch ending {
    case .referred:
      let referral = Referral(
        owner: "Penyedia hosting situs", contact: "bantuan@hosting.example",
        proof: "Nama domain aktif dan delegasinya benar; server web di alamat tujuan tidak menjawab.")
      try await step(
        .recordAnalysis(AnalysisDecision(cause: "Server web mati", way: .referred(referral))), after: pause)
      try await answer(
        .referred,
        "Nama domain Bapak/Ibu berfungsi. Yang mati adalah server situs milik penyedia hosting; mohon hubungi bantuan@hosting.example."
      )
      try await step(.confirm, by: requester, after: 900)
    case .declined:
      let way = AnalysisDecision.Way.declined(
        reason: "Permintaan diajukan oleh pihak yang tidak berwenang atas domain ini.")
      try await step(.recordAnalysis(AnalysisDecision(cause: "Pengirim tidak berwenang", way: way)), after: pause)
      try await answer(.declined, "Permintaan belum dapat kami proses karena harus diajukan oleh Pejabat Nama Domain.")
    case .duplicate:
      let way = AnalysisDecision.Way.duplicate(of: original)
      try await step(
        .recordAnalysis(AnalysisDecision(cause: "Masalah yang sama sudah ditangani", way: way)), after: pause)
    default:
      try await step(
        .recordAnalysis(
          AnalysisDecision(
            cause: "Server nama lama tidak lagi melayani zona ini", way: .registryExecutes(packet: packet))),
        after: pause)
      try await atRegistry(ending, &random)
    }
  }

  private var packet: HandoffPacket {
    HandoffPacket(
      action: "Ubah server nama", domain: domain, current: "ns1.lama.example\nns2.lama.example",
      wanted: "ns1.hosting.example\nns2.hosting.example",
      evidence: "Server baru menjawab benar lewat UDP dan TCP.\nData DS tidak ada, jadi aman diubah.",
      note: "Mohon segera, layanan warga terhenti.")
  }

  private mutating func atRegistry(_ ending: TownPlay.Ending, _ random: inout SeededRandom) async throws {
    if ending == .atRegistry || ending == .lateRegistry { return }
    try await step(.acknowledgeHandoff(ordinal: 1), by: registry, after: 120)
    if ending == .acknowledged { return }
    let reply = RegistryReply(
      result: .done, text: "Server nama sudah diubah.", reference: "PD-\(number.running)", door: .desk)
    try await step(.recordRegistryReply(reply, ordinal: 1), by: registry, after: Int64(random.number(in: 200...900)))
    if ending == .registryAnswered { return }
    try await answer(
      .solved,
      "Server nama \(domain) sudah diubah dan sudah kami periksa dari luar. Situs dapat dibuka kembali paling lambat dua jam lagi."
    )
    switch ending {
    case .confirmed: try await step(.confirm, by: requester, after: 600)
    case .disputed: try await step(.dispute(reason: "Surel kantor masih belum masuk."), by: requester, after: 600)
    default: return
    }
  }

  private mutating func answer(_ outcome: Answer.Outcome, _ text: String) async throws {
    try await step(.sendAnswer(Answer(text: text, outcome: outcome)), after: 300)
  }

  private mutating func step(_ command: TicketCommand, by performer: Performer? = nil, after seconds: Int64 = 180)
    async throws
  {
    at = at.adding(seconds: seconds)
    guard at < latest else { throw Rejection.changedMeanwhile }
    try await play.perform(command, on: number, by: performer ?? officer, at: at)
  }
}
