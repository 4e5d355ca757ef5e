/// The history of a ticket in sentences, for one reader.
///
/// Enters: a recorded event. Leaves: one sentence, or `nil` when the event is not for this reader. What a requester
/// must never see stays out here and not on the page: internal notes, the registry's wall, other people's tickets,
/// officers' account ids and their reasons among themselves. Text that people wrote is never in a sentence for the
/// requester; for officers it appears on one line, cleaned, and a page escapes it as everything else.
public import SOP

public enum Timeline {
  /// The sentence of one event for `reader`; instants in it are those of `zone`.
  public static func sentence(
    for recorded: RecordedEvent, _ language: Language, reader: Party, zone: OfficeZone = .jakarta
  ) -> String? {
    switch reader {
    case .requester: requester(recorded, language, DateWords(language, in: zone))
    case .registry: registry(recorded, language, DateWords(language, in: zone))
    case .team, .supervisor, .administrator, .machine: staff(recorded, language, DateWords(language, in: zone))
    }
  }

  private static func requester(_ recorded: RecordedEvent, _ language: Language, _ dates: DateWords) -> String? {
    switch recorded.event {
    case .submitted(let complaint, _):
      language.choose(
        "Pengaduan diterima \(complaint.channel.door(language)).",
        "Complaint received \(complaint.channel.door(language)).")
    case .addressProven:
      language.choose("Alamat surel Bapak/Ibu terbukti.", "Your e-mail address is proven.")
    case .addressChanged: language.choose("Alamat surel Bapak/Ibu diganti.", "Your e-mail address was changed.")
    case .proofRequested:
      language.choose("Surat pembuktian alamat dikirim lagi.", "Another letter to prove the address was sent.")
    case .complaintCorrected:
      language.choose("Data pengaduan dibetulkan.", "The facts of the complaint were corrected.")
    case .stageEntered(let entry): entered(entry, language, dates)
    case .stageSkipped(let stage, _):
      language.choose(
        "Tahap \(stage.numberedLabel(language)) tidak diperlukan.",
        "Stage \(stage.numberedLabel(language)) is not needed.")
    case .clockTold(let mark, let instant):
      mark == .lapse
        ? language.choose(
          "Waktu baku tahap ini terlewati \(dates.full(instant)); pengawas sudah diberi tahu.",
          "The standard time of this stage ran out on \(dates.full(instant)); the supervisor was told.")
        : nil
    case .paused(let pause): pause.reason.label(language) + "."
    case .resumed: language.choose("Pengerjaan dilanjutkan.", "Work goes on.")
    case .checkRecorded: language.choose("Pengecekan selesai.", "The check is done.")
    case .reportIssued(let report):
      language.choose("Laporan Pengaduan \(report.number) dibuat.", "Complaint report \(report.number) was made.")
    case .analysisRecorded(let decision):
      language.choose("Keputusan: ", "Decision: ") + decision.kind.label(language) + "."
    case .handedOff: language.choose("Diteruskan ke PANDI.", "Handed to PANDI.")
    case .handoffAcknowledged: language.choose("PANDI menerima penerusan.", "PANDI took up the matter.")
    case .registryReplied: language.choose("Konfirmasi PANDI diterima.", "PANDI's confirmation arrived.")
    case .answerSent: language.choose("Jawaban dikirim kepada Bapak/Ibu.", "The answer was sent to you.")
    case .answerAccepted(let channel):
      language.choose(
        "Jawaban disampaikan \(channel.manner(language)).", "The answer was delivered \(channel.manner(language)).")
    case .answerReadOut: language.choose("Jawaban dibacakan kepada Bapak/Ibu.", "The answer was read out to you.")
    case .confirmed:
      language.choose("Bapak/Ibu memastikan masalah selesai.", "You confirmed that the matter is solved.")
    case .disputed: language.choose("Bapak/Ibu menyatakan belum selesai.", "You said that it is not solved.")
    case .confirmationPostponed(let closesAt):
      language.choose(
        "Batas waktu konfirmasi diundur sampai \(dates.full(closesAt)).",
        "The time to confirm now runs until \(dates.full(closesAt)).")
    case .closed(let closure): language.choose("Tiket ditutup: ", "Closed: ") + closure.kind.label(language) + "."
    case .assigned(let officer): officer.map { handledBy($0, language) }
    case .reopened: language.choose("Tiket dibuka kembali.", "The ticket was reopened.")
    case .requesterWrote(let message):
      message.unproven == nil ? language.choose("Bapak/Ibu menulis pesan.", "You wrote a message.") : nil
    case .requesterAsked: language.choose("Petugas meminta kelengkapan.", "An officer asked you for something.")
    case .writtenToRequester: language.choose("Petugas menulis pesan.", "An officer wrote a message.")
    case .answerFailed, .overridden, .returnedToAnalysis, .escalated, .escalationTaken, .duplicateLinked,
      .registryWrote, .writtenToRegistry, .noteAdded, .wordsRead, .letterFailed:
      nil
    }
  }

  private static func registry(_ recorded: RecordedEvent, _ language: Language, _ dates: DateWords) -> String? {
    switch recorded.event {
    case .stageEntered(let entry): entry.stage == .registry ? entered(entry, language, dates) : nil
    case .handedOff: language.choose("Penerusan diterima dari tim.", "Handed over by the team.")
    case .handoffAcknowledged: language.choose("Ditandai sudah diterima.", "Marked as received.")
    case .registryReplied(let reply):
      language.choose("Konfirmasi: ", "Confirmation: ") + reply.result.label(language) + "."
    case .registryWrote: language.choose("PANDI menulis pesan.", "PANDI wrote a message.")
    case .writtenToRegistry: language.choose("Tim menulis pesan.", "The team wrote a message.")
    case .closed: language.choose("Tiket ditutup.", "The ticket was closed.")
    case .submitted, .addressProven, .addressChanged, .proofRequested, .complaintCorrected, .stageSkipped, .clockTold,
      .paused, .resumed, .checkRecorded, .reportIssued, .analysisRecorded, .answerSent, .answerAccepted, .answerFailed,
      .answerReadOut, .confirmed, .disputed, .confirmationPostponed, .assigned, .overridden, .returnedToAnalysis,
      .escalated, .escalationTaken, .reopened, .duplicateLinked, .requesterWrote, .requesterAsked, .writtenToRequester,
      .noteAdded, .wordsRead, .letterFailed:
      nil
    }
  }

  static func entered(_ entry: StageEntry, _ language: Language, _ dates: DateWords) -> String {
    let name = entry.stage.numberedLabel(language)
    let begin =
      entry.ordinal > 1
      ? language.choose("Tahap \(name) dimulai lagi", "Stage \(name) began again")
      : language.choose("Tahap \(name) dimulai", "Stage \(name) began")
    guard let due = entry.deadline?.dueAt ?? entry.closesAt else { return begin + "." }
    return begin + language.choose(", sampai ", ", until ") + dates.full(due) + "."
  }

  private static func handledBy(_ officer: Officer, _ language: Language) -> String {
    // A person without a display name is known by the account id, which is nobody's business outside.
    officer.name == officer.account
      ? language.choose("Ditangani oleh petugas.", "An officer is handling it.")
      : language.choose(
        "Ditangani oleh \(Clean.line(officer.name, limit: 100)).",
        "Handled by \(Clean.line(officer.name, limit: 100)).")
  }
}
