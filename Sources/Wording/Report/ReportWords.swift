/// The headings and fields of *Laporan Pengaduan* (domain.md §6.1, A–L), in order.
public import SOP

public enum ReportSection: String, Sendable, CaseIterable {
  case head = "A"
  case requester = "B"
  case domain = "C"
  case description = "D"
  case attachments = "E"
  case check = "F"
  case decision = "G"
  case registry = "H"
  case answer = "I"
  case closing = "J"
  case time = "K"
  case history = "L"

  public func heading(_ language: Language) -> String {
    switch self {
    case .head: language.choose("Kepala laporan", "Head of the report")
    case .requester: language.choose("Pemohon", "Requester")
    case .domain: language.choose("Nama domain", "Domain name")
    case .description: language.choose("Uraian pengaduan", "Description of the complaint")
    case .attachments: language.choose("Lampiran", "Attachments")
    case .check: language.choose("Hasil pengecekan awal", "Result of the first check")
    case .decision: language.choose("Keputusan hasil analisa", "Analysis decision")
    case .registry: language.choose("Pelaksanaan PANDI", "Execution by PANDI")
    case .answer: language.choose("Jawaban kepada pemohon", "Answer to the requester")
    case .closing: language.choose("Penutupan", "Closing")
    case .time: language.choose("Waktu baku dan waktu nyata", "Standard and actual time")
    case .history: language.choose("Riwayat dan tanda tangan", "History and signatures")
    }
  }

  /// "A. Kepala laporan"
  public func letteredHeading(_ language: Language) -> String { "\(rawValue). \(heading(language))" }

  /// The section's fields, in the order they are printed.
  public var fields: [ReportField] {
    switch self {
    case .head: [.reportNumber, .ticketNumber, .receivedAt, .channel, .receivedBy, .legalBases]
    case .requester:
      [.requesterName, .position, .institutionKind, .institution, .email, .phone, .authority, .authorityNote]
    case .domain: [.domain, .host, .zone]
    case .description: [.category, .subject, .text, .since, .problem]
    case .attachments: [.fileName, .fileType, .fileSize, .sha256]
    case .check: [.checkedAt, .checkedBy, .problem]
    case .decision: [.cause, .decision, .basis, .action, .analysedBy]
    case .registry: [.action, .sentAt, .due, .repliedAt, .result, .reference, .reply]
    case .answer: [.outcome, .answer, .work, .answerChannel, .answeredAt, .deliveryState]
    case .closing: [.closing, .closedAt, .note, .appeal]
    case .time: [.stage, .enteredAt, .leftAt, .standardTime, .actualTime, .pauses, .late]
    case .history: [.at, .event, .signature]
    }
  }
}

public enum ReportField: String, Sendable, CaseIterable {
  case reportNumber, ticketNumber, receivedAt, channel, receivedBy, legalBases
  case requesterName, position, institutionKind, institution, email, phone, authority, authorityNote
  case domain, host, zone, category, subject, text, since, problem
  case fileName, fileType, fileSize, sha256
  case checkedAt, checkedBy, cause, decision, basis, action, analysedBy
  case sentAt, due, repliedAt, result, reference, reply
  case outcome, answer, work, answerChannel, answeredAt, deliveryState
  case closing, closedAt, note, appeal
  case stage, enteredAt, leftAt, standardTime, actualTime, pauses, late
  case at, event, signature

  public func label(_ language: Language) -> String {
    language.choose(words.indonesian, words.english)
  }

  private var words: (indonesian: String, english: String) {
    switch self {
    case .reportNumber: ("Nomor laporan", "Report number")
    case .ticketNumber: ("Nomor tiket", "Ticket number")
    case .receivedAt: ("Diterima", "Received")
    case .channel: ("Kanal", "Channel")
    case .receivedBy: ("Petugas penerima", "Received by")
    case .legalBases: ("Dasar hukum", "Legal bases")
    case .requesterName: ("Nama", "Name")
    case .position: ("Jabatan", "Position")
    case .institutionKind: ("Jenis instansi", "Kind of institution")
    case .institution: ("Nama instansi", "Institution")
    case .email: ("Surel kedinasan", "Official e-mail")
    case .phone: ("Nomor telepon/WhatsApp", "Telephone/WhatsApp")
    case .authority: ("Verifikasi kewenangan", "Verification of authority")
    case .authorityNote: ("Keterangan verifikasi", "Note on the verification")
    case .domain: ("Domain terdaftar", "Registered domain")
    case .host: ("Host/subdomain terdampak", "Affected host/subdomain")
    case .zone: ("Zona", "Zone")
    case .category: ("Kategori", "Category")
    case .subject: ("Judul", "Title")
    case .text: ("Uraian", "Description")
    case .since: ("Mulai gangguan", "Since when")
    case .problem: ("Aduan masalah", "Confirmed problem")
    case .fileName: ("Nama berkas", "File name")
    case .fileType: ("Jenis", "Type")
    case .fileSize: ("Ukuran", "Size")
    case .sha256: ("SHA-256", "SHA-256")
    case .checkedAt: ("Waktu pengecekan", "Checked at")
    case .checkedBy: ("Pemeriksa", "Checked by")
    case .cause: ("Penyebab", "Cause")
    case .decision: ("Keputusan", "Decision")
    case .basis: ("Dasar keputusan", "Basis of the decision")
    case .action: ("Tindakan yang diminta", "Action asked for")
    case .analysedBy: ("Penganalisa", "Analysed by")
    case .sentAt: ("Waktu kirim", "Sent at")
    case .due: ("Tenggat", "Due")
    case .repliedAt: ("Waktu jawab", "Replied at")
    case .result: ("Hasil", "Result")
    case .reference: ("Nomor rujukan", "Reference number")
    case .reply: ("Isi konfirmasi", "Confirmation")
    case .outcome: ("Hasil akhir", "Outcome")
    case .answer: ("Isi jawaban", "Answer")
    case .work: ("Yang sudah dikerjakan", "Work done")
    case .answerChannel: ("Kanal jawaban", "Channel of the answer")
    case .answeredAt: ("Waktu jawaban", "Answered at")
    case .deliveryState: ("Status kirim", "State of delivery")
    case .closing: ("Cara penutupan", "How it was closed")
    case .closedAt: ("Tanggal penutupan", "Closed at")
    case .note: ("Catatan", "Note")
    case .appeal: ("Hak pemohon", "The requester's rights")
    case .stage: ("Tahap", "Stage")
    case .enteredAt: ("Mulai", "Begun")
    case .leftAt: ("Selesai", "Ended")
    case .standardTime: ("Waktu baku", "Standard time")
    case .actualTime: ("Waktu nyata", "Actual time")
    case .pauses: ("Jeda", "Pauses")
    case .late: ("Lewat waktu", "Past due")
    case .at: ("Waktu", "Time")
    case .event: ("Peristiwa", "Event")
    case .signature: ("Tanda tangan", "Signature")
    }
  }
}

/// Sentences every report carries.
public enum ReportWords {
  public static func title(_ language: Language) -> String {
    language.choose("LAPORAN PENGADUAN", "COMPLAINT REPORT")
  }

  /// The end of section J.
  public static func appeal(_ language: Language) -> String {
    language.choose(
      "Bila tidak puas dengan penanganan, pemohon berhak menyampaikannya melalui SP4N-LAPOR! atau kepada "
        + "Ombudsman Republik Indonesia.",
      "A requester who is not satisfied may turn to SP4N-LAPOR! or to the Ombudsman of the Republic of Indonesia.")
  }

  /// Beside a value nobody gave.
  public static func empty(_ language: Language) -> String { language.choose("Tidak diisi", "Not given") }
}
