public import Desk
public import SOP

extension Role {
  public func label(_ language: Language) -> String {
    switch self {
    case .officer: language.choose("Petugas", "Officer")
    case .registry: language.choose("Petugas PANDI", "PANDI duty officer")
    case .supervisor: language.choose("Pengawas", "Supervisor")
    case .administrator: language.choose("Pengelola sistem", "Administrator")
    }
  }
}

extension LetterState {
  public func label(_ language: Language) -> String {
    switch self {
    case .held: language.choose("Menunggu alamat dibuktikan", "Waiting for proof of the address")
    case .queued: language.choose("Menunggu dikirim", "Waiting to be sent")
    case .sending: language.choose("Sedang dikirim", "Being sent")
    case .sent: language.choose("Terkirim", "Sent")
    case .delivered: language.choose("Sampai", "Delivered")
    case .failed: language.choose("Gagal", "Failed")
    case .uncertain: language.choose("Tidak pasti: mungkin sudah sampai", "Uncertain: it may have arrived")
    case .withheld: language.choose("Ditahan: batas surat tercapai", "Withheld: limit of letters reached")
    }
  }
}

extension InboundOutcome.Kind {
  public func label(_ language: Language) -> String {
    switch self {
    case .opened: language.choose("Tiket baru", "New ticket")
    case .appended: language.choose("Ditambahkan ke tiket", "Added to a ticket")
    case .registryReply: language.choose("Konfirmasi PANDI", "PANDI's confirmation")
    case .duplicate: language.choose("Kiriman ulang", "Repeated delivery")
    case .quarantined: language.choose("Karantina", "Quarantine")
    case .automatic: language.choose("Balasan otomatis", "Automatic reply")
    case .bounce: language.choose("Surat kembali", "Returned letter")
    case .discarded: language.choose("Dikesampingkan", "Put aside")
    }
  }
}

extension InboundSource {
  public func label(_ language: Language) -> String {
    switch self {
    case .imap: language.choose("Kotak surel", "Mailbox")
    case .pipe: language.choose("Server surel", "Mail server")
    case .web: language.choose("Formulir web", "Web form")
    case .api: language.choose("Antarmuka program", "Programming interface")
    case .officer: language.choose("Dicatat petugas", "Entered by an officer")
    }
  }
}

extension QueueView {
  public func label(_ language: Language) -> String {
    switch self {
    case .mine: language.choose("Tiket saya", "Mine")
    case .free: language.choose("Bebas", "Free")
    case .all: language.choose("Semua", "All")
    case .waitingForRequester: language.choose("Menunggu pemohon", "Waiting for the requester")
    case .atRegistry: language.choose("Di PANDI", "At PANDI")
    case .lapsed: language.choose("Lewat waktu", "Past due")
    case .stage(let stage): stage.numberedLabel(language)
    case .closed: language.choose("Selesai", "Closed")
    case .wroteAfterClosing: language.choose("Selesai, ada pesan baru", "Closed, with new words")
    }
  }
}

/// What a letter is for. The raw value is the stem that `OutboxLetter.kind` holds.
public enum LetterStem: String, Sendable, CaseIterable {
  case receipt, question, message, answer, answerOfOriginal, addressNotice, closingNotice, reopenedNotice
  case handoff, registryMessage, lapseNotice, escalationNotice, proof

  public init(_ kind: Letter.Kind) {
    switch kind {
    case .receipt: self = .receipt
    case .question: self = .question
    case .message: self = .message
    case .answer: self = .answer
    case .answerOfOriginal: self = .answerOfOriginal
    case .addressNotice: self = .addressNotice
    case .closingNotice: self = .closingNotice
    case .reopenedNotice: self = .reopenedNotice
    case .handoff: self = .handoff
    case .registryMessage: self = .registryMessage
    case .lapseNotice: self = .lapseNotice
    case .escalationNotice: self = .escalationNotice
    }
  }

  public func label(_ language: Language) -> String {
    switch self {
    case .receipt: language.choose("Tanda terima pengaduan", "Receipt of the complaint")
    case .question: language.choose("Pertanyaan kepada pemohon", "Question to the requester")
    case .message: language.choose("Pesan kepada pemohon", "Message to the requester")
    case .answer: language.choose("Konfirmasi/jawaban", "Confirmation/answer")
    case .answerOfOriginal: language.choose("Jawaban dari tiket asal", "Answer of the original ticket")
    case .addressNotice: language.choose("Pemberitahuan alamat diganti", "Notice of a changed address")
    case .closingNotice: language.choose("Pemberitahuan penutupan", "Closing notice")
    case .reopenedNotice: language.choose("Pemberitahuan dibuka kembali", "Notice of reopening")
    case .handoff: language.choose("Penerusan ke PANDI", "Hand-off to PANDI")
    case .registryMessage: language.choose("Pesan kepada PANDI", "Message to PANDI")
    case .lapseNotice: language.choose("Pemberitahuan lewat waktu", "Past-due notice")
    case .escalationNotice: language.choose("Pemberitahuan eskalasi", "Escalation notice")
    case .proof: language.choose("Pembuktian alamat surel", "Proof of an e-mail address")
    }
  }

  /// The label of a stem as the outbox stores it; an unknown stem prints as it is.
  public static func label(of stem: String, _ language: Language) -> String {
    LetterStem(rawValue: stem)?.label(language) ?? stem
  }
}
