import SOP

/// The values that fill a letter's holes. Only names of `LetterStem.names` are ever asked for.
struct LetterValues {
  let language: Language
  let number: TicketNumber
  private let office: OfficeNames
  private let dates: DateWords
  private(set) var entries: [String: String] = [:]

  init(office: OfficeNames, language: Language, number: TicketNumber) {
    self.language = language
    self.number = number
    self.office = office
    dates = DateWords(language, in: office.zone)
    entries = [
      "number": number.description, "office": Clean.line(office.officeName),
      "registry": Clean.line(office.registryName), "days": dates.workingDays(office.confirmationDays),
    ]
  }

  subscript(name: String) -> String {
    get { entries[name] ?? "" }
    set { entries[name] = newValue }
  }

  mutating func fill(_ kind: Letter.Kind, _ ticket: Ticket) {
    switch kind {
    case .receipt:
      self["received"] = dates.full(ticket.complaint.receivedAt)
      self["due"] = due(ticket.visit?.lastDeadline?.dueAt)
    case .question(let text), .message(let text): self["text"] = Clean.paragraphs(text)
    case .answer(let answer):
      fill(answer)
      if answer.outcome == .referred, case .referred(let referral)? = ticket.analysis?.way {
        self["owner"] = Clean.line(referral.owner, limit: 500)
        self["contact"] = Clean.line(referral.contact, limit: 500)
      }
    case .answerOfOriginal(let answer, let original):
      fill(answer)
      self["original"] = original.description
    case .addressNotice: break  // neither address is named: nobody is told another's
    case .closingNotice(let kind): self["reason"] = closing(kind)
    case .reopenedNotice: self["due"] = due(ticket.visit?.lastDeadline?.dueAt)
    case .handoff(let handoff): fill(handoff)
    case .registryMessage(let text):
      self["text"] = Clean.paragraphs(text)
      self["domain"] = ticket.handoff?.packet.domain.name ?? ""
    case .lapseNotice(let stage, let dueAt):
      fillNotice(ticket, stage: stage)
      self["due"] = dates.full(dueAt)
    case .escalationNotice(let reason, let from):
      fillNotice(ticket, stage: ticket.stage)
      self["text"] = Clean.paragraphs(reason)
      self["officer"] = Clean.line(from.name ?? from.party.label(language), limit: 100)
    }
  }

  /// Files do not travel with a letter: its text names them and says where they are opened. Part of the text, so that
  /// an administrator's own wording of the letter has it too.
  mutating func name(_ files: [Attachment], to party: Party) {
    guard !files.isEmpty else { return }
    let place =
      party == .registry
      ? language.choose("Berkas, dapat dibuka di halaman penerusan: ", "Files, to be opened on the hand-off page: ")
      : language.choose("Berkas, dapat dibuka di halaman tiket: ", "Files, to be opened on the ticket page: ")
    self["text"] += "\n\n" + place + files.map { Clean.line($0.fileName, limit: 200) }.joined(separator: ", ")
  }

  private mutating func fill(_ answer: Answer) {
    self["text"] = Clean.paragraphs(answer.text)
    self["outcome"] = answer.outcome.label(language)
    self["work"] = Clean.paragraphs(answer.work ?? "")
  }

  private mutating func fill(_ handoff: Handoff) {
    self["action"] = Clean.line(handoff.packet.action, limit: 500)
    self["domain"] = handoff.packet.domain.name
    self["changes"] = changes(from: handoff.packet.current, to: handoff.packet.wanted)
    self["evidence"] = Clean.lines(handoff.packet.evidence).map { "- " + $0 }.joined(separator: "\n")
    self["note"] = Clean.paragraphs(handoff.packet.note)
    self["due"] = due(handoff.dueAt)
    self["officer"] = Clean.line(handoff.sentBy.name ?? handoff.sentBy.party.label(language), limit: 100)
    self["done"] = RegistryReply.Verdict.done.replyWord
    self["cannot"] = RegistryReply.Verdict.cannot.replyWord
    self["needsInformation"] = RegistryReply.Verdict.needsInformation.replyWord
  }

  private mutating func fillNotice(_ ticket: Ticket, stage: Stage) {
    self["stage"] = stage.numberedLabel(language)
    self["domain"] = ticket.complaint.domain?.name ?? ""
    self["holder"] = ticket.holder.map { Clean.line($0.name, limit: 100) } ?? ""
  }

  private func due(_ instant: Instant?) -> String {
    guard let instant, instant < .never else { return "" }
    return dates.full(instant)
  }

  /// What stands now beside what is wanted, one pair a line.
  private func changes(from current: String, to wanted: String) -> String {
    let left = Clean.lines(current)
    let right = Clean.lines(wanted)
    let none = language.choose("(tidak ada)", "(none)")
    return (0..<max(left.count, right.count)).map { row in
      (row < left.count ? left[row] : none) + "  →  " + (row < right.count ? right[row] : none)
    }.joined(separator: "\n")
  }

  private func closing(_ kind: Closure.Kind) -> String {
    switch kind {
    case .confirmed:
      language.choose(
        "Terima kasih, Bapak/Ibu telah memastikan bahwa masalah sudah selesai.",
        "Thank you for confirming that the matter is solved.")
    case .silence:
      language.choose(
        "Kami tidak menerima tanggapan dalam \(self["days"]) setelah jawaban kami, "
          + "sehingga tiket ini ditutup dengan sendirinya.",
        "We received no reaction within \(self["days"]) after our answer, so this ticket was closed by itself.")
    case .withdrawn:
      language.choose(
        "Pengaduan ini ditutup karena dibatalkan oleh pemohon.",
        "This complaint was closed because it was withdrawn.")
    case .notCompleted:
      language.choose(
        "Kelengkapan yang kami minta tidak kami terima sampai batas waktunya, "
          + "sehingga pengaduan ini dianggap dibatalkan.",
        "What we asked for did not arrive in time, so this complaint counts as withdrawn.")
    case .overridden:
      language.choose(
        "Tiket ini ditutup oleh pengawas karena tidak dapat diproses sebagai pengaduan.",
        "This ticket was closed by the supervisor because it cannot be handled as a complaint.")
    }
  }
}

extension LetterStem {
  /// The names a template of this letter may use.
  public var names: Set<String> {
    let own: Set<String> =
      switch self {
      case .receipt: ["received", "due"]
      case .question, .message: ["text"]
      case .answer: ["text", "outcome", "work", "owner", "contact", "days"]
      case .answerOfOriginal: ["text", "outcome", "work", "original", "days"]
      case .addressNotice: []
      case .closingNotice: ["reason", "days"]
      case .reopenedNotice: ["due"]
      case .handoff:
        [
          "action", "domain", "changes", "evidence", "note", "due", "officer", "registry", "done", "cannot",
          "needsInformation",
        ]
      case .registryMessage: ["text", "domain", "registry"]
      case .lapseNotice: ["stage", "due", "domain", "holder"]
      case .escalationNotice: ["stage", "text", "officer", "domain", "holder"]
      case .proof: ["code"]
      }
    return own.union(["number", "office", "link"])
  }
}
