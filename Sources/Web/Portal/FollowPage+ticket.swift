import Desk
import SOP
import Wording

extension FollowPage {
  /// The page of a ticket as its requester may see it.
  init(of ticket: Ticket, for visitor: Visitor, typed: FollowTyped = FollowTyped()) async throws {
    let history = try await visitor.web.store.history(of: ticket.number)
    self.init(
      of: ticket, history: history, procedure: visitor.web.handling.procedure, dates: visitor.dates, now: visitor.now,
      typed: typed)
  }

  init(
    of ticket: Ticket, history: [RecordedEvent], procedure: Procedure, dates: DateWords, now: Instant,
    typed: FollowTyped = FollowTyped()
  ) {
    let language = dates.language
    number = ticket.number
    version = ticket.version
    domain = ticket.complaint.host?.name ?? ticket.complaint.domain?.name
    headline = FollowWords.headline(of: ticket, language)
    explanation = FollowWords.explanation(of: ticket, dates, now: now)
    clock = FollowPage.clock(of: ticket, procedure, dates, now)
    holder = ticket.isClosed ? nil : FollowWords.holder(of: ticket, language)
    found = FollowWords.found(of: ticket, language).map { Fact(label: $0.0, text: $0.1) }
    rows = FollowRows(ticket: ticket, procedure: procedure, dates: dates, now: now).rows()
    wall = RequesterWall(history).said.map { FollowPage.row($0, of: ticket.number, dates, now) }
    codeTo = ticket.addressAwaitsProof ? ticket.complaint.requester.email : nil
    mayWrite = !ticket.isClosed
    mayConfirm = !ticket.isClosed && ticket.stage == .confirmation
    mayReopen = ticket.isClosed
    self.typed = typed
  }

  private static func clock(
    of ticket: Ticket, _ procedure: Procedure, _ dates: DateWords, _ now: Instant
  ) -> ServiceClock? {
    guard !ticket.isClosed, let visit = ticket.visit, let budget = visit.budget, let due = visit.deadline?.dueAt
    else { return nil }
    return ServiceClock(
      budget: budget, dueAt: due, hours: procedure.hours(of: visit.stage.party), now: now, dates: dates)
  }

  private static func row(_ said: RequesterWall.Said, of number: TicketNumber, _ dates: DateWords, _ now: Instant)
    -> SaidRow
  {
    let language = dates.language
    let desk = language.choose("Helpdesk nama domain", "Domain name helpdesk")
    let author =
      said.isOurs
      ? (said.author.isEmpty ? desk : "\(desk) · \(said.author)")
      : (said.author.isEmpty ? language.choose("Pemohon", "Requester") : said.author)
    return SaidRow(
      author: author, at: dates.relative(said.at, now: now), machineAt: dates.machine(said.at), isOurs: said.isOurs,
      text: said.text,
      files: said.attachments.map {
        FileRow(attachment: $0, language: language, link: Link("/tiket", number.description, "berkas", $0.sha256))
      })
  }
}

/// What a requester reads about a ticket: never the team's or the registry's own words.
enum FollowWords {
  static func headline(of ticket: Ticket, _ language: Language) -> String {
    switch TicketState(of: ticket) {
    case .received, .checking:
      language.choose("Kami sedang memeriksa masalah Bapak/Ibu", "We are checking your problem")
    case .analysing: language.choose("Kami sedang mencari penyebabnya", "We are looking for the cause")
    case .waitingForCompletion:
      language.choose("Kami menunggu kelengkapan dari Bapak/Ibu", "We are waiting for something from you")
    case .waiting: language.choose("Kami menunggu pihak lain", "We are waiting for someone else")
    case .duplicate:
      language.choose("Masalah ini sudah ditangani dalam tiket lain", "This is being handled in another ticket")
    case .atRegistry: language.choose("PANDI sedang mengerjakannya", "PANDI is working on it")
    case .registryConfirmed, .answering, .declined:
      language.choose("Kami menyiapkan jawaban untuk Bapak/Ibu", "We are preparing your answer")
    case .referred:
      language.choose(
        "Masalah ini wewenang pihak lain; kami menyiapkan penjelasannya",
        "This is someone else's matter; we are preparing the explanation")
    case .answered: language.choose("Sudah kami jawab. Apakah masalahnya selesai?", "We have answered. Is it solved?")
    case .solved:
      ticket.closure?.kind == .silence
        ? language.choose("Tiket ditutup karena tidak ada tanggapan", "Closed, as we did not hear from you")
        : language.choose("Masalah ini sudah selesai", "This matter is solved")
    case .withdrawn:
      ticket.closure?.kind == .notCompleted
        ? language.choose("Tiket ditutup karena tidak dilengkapi", "Closed, as it was not completed")
        : language.choose("Pengaduan ini sudah dibatalkan", "This complaint was withdrawn")
    case .closed: language.choose("Tiket ini sudah ditutup", "This ticket is closed")
    case .reopened:
      language.choose("Kami memeriksa kembali masalah Bapak/Ibu", "We are looking at your problem again")
    }
  }

  /// One sentence that says what follows, or what to do.
  static func explanation(of ticket: Ticket, _ dates: DateWords, now: Instant) -> String? {
    let language = dates.language
    if let closure = ticket.closure {
      return language.choose("Ditutup ", "Closed ") + dates.relative(closure.at, now: now) + "."
    }
    if let pause = ticket.pause {
      switch pause.reason {
      case .incomplete:
        return language.choose(
          "Jawab pertanyaan petugas di bawah. Jam kami berhenti sampai Bapak/Ibu menjawab.",
          "Please answer the officer's question below. Our clock stands until you do.")
      case .duplicate:
        return language.choose(
          "Jawabannya datang sendiri ke halaman ini.", "The answer will come to this page by itself.")
      case .waiting: return nil
      }
    }
    guard ticket.stage == .confirmation else { return nil }
    return language.choose(
      "Baca jawaban di bawah, lalu pilih: sudah selesai, atau belum.",
      "Read the answer below, then choose: solved, or not.")
  }

  static func holder(of ticket: Ticket, _ language: Language) -> String? {
    switch ticket.stage {
    case .registry: return language.choose("Dikerjakan PANDI", "In the hands of PANDI")
    case .check, .analysis, .answer:
      guard let holder = ticket.holder, holder.name != holder.account else { return nil }
      return language.choose("Petugas: \(holder.name)", "Officer: \(holder.name)")
    case .submission, .confirmation: return nil
    }
  }

  /// What is sure so far. The cause and the reasons are the team's own until the answer tells them.
  static func found(of ticket: Ticket, _ language: Language) -> [(String, String)] {
    var facts: [(String, String)] = []
    if let check = ticket.check {
      facts.append((language.choose("Yang sudah kami pastikan", "What we have confirmed"), check.problem))
    }
    guard ticket.stage > .analysis, let analysis = ticket.analysis else { return facts }
    let isTold = ticket.stage == .confirmation && ticket.answer != nil
    switch analysis.way {
    case .registryExecutes, .teamExecutes, .duplicate:
      facts.append((language.choose("Keputusan", "Decision"), analysis.kind.label(language)))
    case .referred(let referral) where isTold:
      facts.append((language.choose("Pihak yang berwenang", "Who is responsible"), referral.owner))
      facts.append((language.choose("Cara menghubungi", "How to reach them"), referral.contact))
    case .declined where isTold:
      facts.append((language.choose("Keputusan", "Decision"), analysis.kind.label(language)))
    case .referred, .declined, .incomplete: break
    }
    return facts
  }
}
