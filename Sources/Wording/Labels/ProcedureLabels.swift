/// Labels: what the codes of the procedure are called by people. Every label is an exhaustive switch, so that a new
/// case does not compile until someone has named it in both languages. The words are those of `docs/sop.md`; one word
/// for one thing (*pengaduan*, never "keluhan"; *lewat waktu*, never "terlambat").
public import SOP

extension Language {
  /// The text of this language.
  public func choose(_ indonesian: @autoclosure () -> String, _ english: @autoclosure () -> String) -> String {
    switch self {
    case .indonesian: indonesian()
    case .english: english()
    }
  }

  /// The language's own name of itself, as a switch between languages shows it.
  public var ownName: String { choose("Bahasa Indonesia", "English") }
}

extension Stage {
  /// One or two words, for lists and boards: "Pengecekan".
  public func label(_ language: Language) -> String {
    switch self {
    case .submission: language.choose("Pengajuan", "Submission")
    case .check: language.choose("Pengecekan", "Check")
    case .analysis: language.choose("Analisa", "Analysis")
    case .registry: language.choose("Pelaksanaan PANDI", "Registry (PANDI)")
    case .answer: language.choose("Jawaban", "Answer")
    case .confirmation: language.choose("Konfirmasi", "Confirmation")
    }
  }

  /// With the SOP's row number: "2. Pengecekan".
  public func numberedLabel(_ language: Language) -> String { "\(rawValue). \(label(language))" }

  /// What happens in the row, as a requester reads it.
  public func longLabel(_ language: Language) -> String {
    switch self {
    case .submission: language.choose("Pengaduan diterima", "Complaint received")
    case .check: language.choose("Pengecekan oleh Tim Layanan Domain", "Check by the Domain Service Team")
    case .analysis: language.choose("Analisa dan keputusan", "Analysis and decision")
    case .registry: language.choose("Pelaksanaan oleh PANDI", "Execution by PANDI")
    case .answer: language.choose("Jawaban untuk Bapak/Ibu", "Answer to you")
    case .confirmation:
      language.choose("Bapak/Ibu memastikan masalah selesai", "You confirm that the matter is solved")
    }
  }
}

extension Party {
  public func label(_ language: Language) -> String {
    switch self {
    case .requester: language.choose("Pemohon", "Requester")
    case .team: language.choose("Tim Layanan Domain", "Domain Service Team")
    case .registry: language.choose("PANDI", "PANDI (registry)")
    case .supervisor: language.choose("Pengawas", "Supervisor")
    case .administrator: language.choose("Pengelola sistem", "Administrator")
    case .machine: language.choose("Sistem", "System")
    }
  }
}

extension SOP.Category {
  /// "Domain tidak dapat diakses" (domain.md §1.6).
  public func label(_ language: Language) -> String {
    switch self {
    case .notReachable: language.choose("Domain tidak dapat diakses", "Domain not reachable")
    case .nameServerChange:
      language.choose("Perubahan server nama belum berlaku", "Name server change not in effect")
    case .glue: language.choose("Glue / alamat server nama salah", "Wrong glue / name server address")
    case .dnssec: language.choose("DNSSEC gagal (DS salah atau kedaluwarsa)", "DNSSEC failing (wrong or expired DS)")
    case .expired: language.choose("Domain kedaluwarsa / perpanjangan", "Domain expired / renewal")
    case .hold: language.choose("Penangguhan domain", "Domain suspended (hold)")
    case .deletion: language.choose("Penghapusan / pemulihan domain", "Deletion / restoration of a domain")
    case .registration:
      language.choose("Pendaftaran tertunda / dokumen ditolak", "Registration pending / document refused")
    case .contactChange:
      language.choose("Perubahan Pejabat Nama Domain / data kontak", "Change of domain official / contact data")
    case .rename: language.choose("Penggantian nama domain", "Change of the domain name")
    case .transfer: language.choose("Alih kelola domain", "Transfer of a domain")
    case .password: language.choose("Lupa kata sandi / tidak bisa masuk", "Forgotten password / cannot sign in")
    case .accountHolder:
      language.choose("Akun dipegang pejabat lama atau pihak lain", "Account held by a former official or vendor")
    case .hijacked: language.choose("Situs diretas / disusupi judi daring", "Site hacked / gambling content injected")
    case .blocked: language.choose("Domain diblokir penyaring", "Domain blocked by a filter")
    case .mail: language.choose("Surel tidak terkirim / diterima", "E-mail not sent / received")
    case .certificate: language.choose("Sertifikat TLS/SSL bermasalah", "TLS/SSL certificate problem")
    case .payment: language.choose("Pembayaran / faktur", "Payment / invoice")
    case .information: language.choose("Permintaan informasi", "Request for information")
    case .other: language.choose("Lainnya", "Other")
    }
  }

  /// With the code people quote: "DNS-01 Domain tidak dapat diakses".
  public func codedLabel(_ language: Language) -> String { "\(rawValue) \(label(language))" }
}

extension ContactChannel {
  public func label(_ language: Language) -> String {
    switch self {
    case .email: language.choose("Surel", "E-mail")
    case .web: language.choose("Layanan web", "Web service desk")
    case .whatsapp: "WhatsApp"
    case .telephone: language.choose("Telepon", "Telephone")
    case .counter: language.choose("Loket", "Counter")
    }
  }

  /// How something went out or came in: "lewat surel".
  public func manner(_ language: Language) -> String {
    switch self {
    case .email: language.choose("lewat surel", "by e-mail")
    case .web: language.choose("lewat halaman tiket", "on the ticket page")
    case .whatsapp: language.choose("lewat WhatsApp", "by WhatsApp")
    case .telephone: language.choose("lewat telepon", "by telephone")
    case .counter: language.choose("di loket", "at the counter")
    }
  }

  /// How a complaint came in: "lewat formulir web". The ticket's page exists only afterwards.
  public func door(_ language: Language) -> String {
    self == .web ? language.choose("lewat formulir web", "by the web form") : manner(language)
  }
}

extension Language {
  /// The language's name in `language`.
  public func label(_ language: Language) -> String {
    switch self {
    case .indonesian: language.choose("Bahasa Indonesia", "Indonesian")
    case .english: language.choose("Bahasa Inggris", "English")
    }
  }
}

extension InstitutionKind {
  public func label(_ language: Language) -> String {
    switch self {
    case .ministry: language.choose("Kementerian", "Ministry")
    case .agency: language.choose("Lembaga", "Agency")
    case .province: language.choose("Provinsi", "Province")
    case .regency: language.choose("Kabupaten", "Regency")
    case .city: language.choose("Kota", "City")
    case .village: language.choose("Desa", "Village")
    case .other: language.choose("Lainnya", "Other")
    }
  }
}

extension Procedure.Document {
  public func label(_ language: Language) -> String {
    switch self {
    case .complaint: language.choose("Pengaduan", "Complaint")
    case .checkResult: language.choose("Aduan masalah", "Confirmed problem")
    case .complaintReport: language.choose("Laporan Pengaduan", "Complaint report")
    case .analysisDecision: language.choose("Keputusan hasil analisa", "Analysis decision")
    case .registryReply: language.choose("Konfirmasi PANDI", "PANDI's confirmation")
    case .answer: language.choose("Konfirmasi/jawaban", "Confirmation/answer")
    case .resolution: language.choose("Masalah pengaduan sudah terselesaikan", "The matter is solved")
    }
  }
}

extension ClockMark {
  public func label(_ language: Language) -> String {
    switch self {
    case .half: language.choose("Setengah waktu baku terpakai", "Half of the standard time used")
    case .near: language.choose("Waktu baku hampir habis (80 %)", "Standard time nearly used up (80 %)")
    case .lapse: language.choose("Lewat waktu", "Past due")
    }
  }
}
