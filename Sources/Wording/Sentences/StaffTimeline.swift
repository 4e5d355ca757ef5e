import SOP

extension Timeline {
  /// For those who work on the ticket: who did what, with the reasons.
  static func staff(_ recorded: RecordedEvent, _ language: Language, _ dates: DateWords) -> String {
    let who = name(of: recorded.by, language)
    switch recorded.event {
    case .submitted(let complaint, _):
      return language.choose("Pengaduan diterima ", "Complaint received ") + complaint.channel.door(language)
        + (complaint.enteredBy.map { language.choose(", dicatat oleh ", ", entered by ") + short($0.name) } ?? "") + "."
    case .addressProven(let email):
      return language.choose("Alamat \(short(email)) terbukti.", "The address \(short(email)) is proven.")
    case .proofRequested(let email):
      return language.choose("Surat pembuktian dikirim lagi ke ", "Another letter of proof was sent to ") + short(email)
        + "."
    case .complaintCorrected:
      return language.choose("\(who) membetulkan data pengaduan.", "\(who) corrected the facts of the complaint.")
    case .stageEntered(let entry): return entered(entry, language, dates)
    case .stageSkipped(let stage, let reason):
      return language.choose("Tahap ", "Stage ") + stage.numberedLabel(language)
        + language.choose(" dilewati: ", " was passed: ") + short(reason)
    case .clockTold(let mark, let instant): return "\(mark.label(language)): \(dates.full(instant))."
    case .paused(let pause):
      return language.choose("Jeda, menunggu ", "Paused, waiting for ") + pause.waitingFor.label(language) + ": "
        + short(pause.note)
    case .resumed: return language.choose("Jeda berakhir.", "The pause ended.")
    case .answerFailed(let reason):
      return language.choose("Jawaban tidak sampai: ", "The answer did not arrive: ") + short(reason)
    case .answerAccepted(let channel):
      return language.choose("Jawaban disampaikan ", "The answer was delivered ") + channel.manner(language) + "."
    case .confirmationPostponed(let closesAt):
      return language.choose("Pemohon menulis; ditutup sendiri baru ", "The requester wrote; it closes by itself only ")
        + dates.full(closesAt) + "."
    case .closed(let closure):
      return language.choose("Tiket ditutup: ", "Closed: ") + closure.kind.label(language) + "."
        + (closure.note.map { " " + short($0) } ?? "")
    case .duplicateLinked(let number):
      return language.choose("\(number) adalah duplikat tiket ini.", "\(number) is a duplicate of this ticket.")
    case .letterFailed(let letter, let reason):
      return language.choose("Surat \(short(letter)) tidak sampai: ", "Letter \(short(letter)) did not arrive: ")
        + short(reason)
    case .checkRecorded, .reportIssued, .analysisRecorded, .handedOff, .handoffAcknowledged, .registryReplied,
      .answerSent, .answerReadOut, .confirmed, .disputed:
      return work(recorded.event, who, language, dates)
    case .addressChanged, .assigned, .overridden, .returnedToAnalysis, .escalated, .escalationTaken, .reopened,
      .requesterWrote, .requesterAsked, .writtenToRequester, .registryWrote, .writtenToRegistry, .noteAdded,
      .wordsRead:
      return detour(recorded.event, who, language)
    }
  }

  private static func work(_ event: TicketEvent, _ who: String, _ language: Language, _ dates: DateWords) -> String {
    switch event {
    case .checkRecorded(let result):
      language.choose("\(who) mencatat aduan masalah: ", "\(who) recorded the problem: ") + short(result.problem)
    case .reportIssued(let report):
      language.choose("Laporan Pengaduan \(report.number) dibuat.", "Complaint report \(report.number) was made.")
    case .analysisRecorded(let decision):
      language.choose("\(who) memutuskan: ", "\(who) decided: ") + decision.kind.label(language) + ". "
        + language.choose("Penyebab: ", "Cause: ") + short(decision.cause)
    case .handedOff(let handoff):
      language.choose("\(who) meneruskan ke PANDI: ", "\(who) handed to PANDI: ") + short(handoff.packet.action)
        + language.choose(" (tenggat ", " (due ") + dates.full(handoff.dueAt) + ")."
    case .handoffAcknowledged:
      language.choose("PANDI menandai penerusan diterima.", "PANDI marked the hand-off as received.")
    case .registryReplied(let reply):
      language.choose("Konfirmasi PANDI", "PANDI's confirmation") + " (\(reply.door.label(language))): "
        + reply.result.label(language) + (reply.text.isEmpty ? "." : ". " + short(reply.text))
    case .answerSent(let answer, _):
      language.choose("\(who) mengirim jawaban: ", "\(who) sent the answer: ") + answer.outcome.label(language) + "."
    case .answerReadOut(let note):
      language.choose("\(who) membacakan jawaban kepada pemohon", "\(who) read the answer out to the requester")
        + (note.isEmpty ? "." : ": " + short(note))
    case .confirmed:
      language.choose("\(who) memastikan masalah selesai.", "\(who) confirmed that the matter is solved.")
    case .disputed(let reason):
      language.choose("\(who) menyatakan belum selesai: ", "\(who) said that it is not solved: ") + short(reason)
    default: ""  // the caller names the cases
    }
  }

  private static func detour(_ event: TicketEvent, _ who: String, _ language: Language) -> String {
    switch event {
    case .addressChanged(let email, let reason):
      language.choose("\(who) mengganti alamat surel menjadi ", "\(who) changed the e-mail address to ")
        + short(email) + (reason.map { ": " + short($0) } ?? ".")
    case .assigned(let officer?):
      language.choose("Dipegang oleh \(short(officer.name)).", "Held by \(short(officer.name)).")
    case .assigned(nil): language.choose("\(who) melepas tiket.", "\(who) freed the ticket.")
    case .overridden(let stage, let reason):
      language.choose("\(who) memindahkan ke tahap ", "\(who) moved it to stage ") + stage.numberedLabel(language)
        + ": " + short(reason)
    case .returnedToAnalysis(let reason):
      language.choose("\(who) mengembalikan ke analisa: ", "\(who) returned it to analysis: ") + short(reason)
    case .escalated(let reason):
      language.choose("Eskalasi oleh \(who): ", "Escalation by \(who): ") + short(reason)
    case .escalationTaken: language.choose("\(who) menangani eskalasi.", "\(who) took up the escalation.")
    case .reopened(let reason):
      language.choose("\(who) membuka kembali tiket: ", "\(who) reopened the ticket: ") + short(reason)
    case .requesterWrote(let message):
      message.unproven == nil
        ? language.choose("Pemohon menulis pesan.", "The requester wrote a message.")
        : language.choose("Pesan masuk, pengirim belum terbukti.", "A message came in, its sender unproven.")
    case .requesterAsked: language.choose("\(who) bertanya kepada pemohon.", "\(who) asked the requester.")
    case .writtenToRequester: language.choose("\(who) menulis kepada pemohon.", "\(who) wrote to the requester.")
    case .registryWrote(let message):
      message.unproven == nil
        ? language.choose("PANDI menulis pesan.", "PANDI wrote a message.")
        : language.choose("Pesan seolah dari PANDI, pengirim belum terbukti.", "A message as if from PANDI, unproven.")
    case .writtenToRegistry: language.choose("\(who) menulis kepada PANDI.", "\(who) wrote to PANDI.")
    case .noteAdded(let message):
      message.unproven == nil
        ? language.choose("\(who) menulis catatan internal.", "\(who) wrote an internal note.")
        : language.choose(
          "Balasan atas pemberitahuan kami, pengirim belum terbukti.",
          "A reply to a notice of ours, its sender unproven.")
    case .wordsRead: language.choose("\(who) menandai sudah dibaca.", "\(who) marked it as read.")
    default: ""  // the caller names the cases
    }
  }

  private static func name(of performer: Performer, _ language: Language) -> String {
    let name = Clean.line(performer.name ?? "", limit: 100)
    return name.isEmpty ? performer.party.label(language) : name
  }

  private static func short(_ text: String) -> String { Clean.line(text, limit: 300) }
}
