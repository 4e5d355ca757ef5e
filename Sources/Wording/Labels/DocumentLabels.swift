public import SOP

extension AnalysisDecision.Kind {
  public func label(_ language: Language) -> String {
    switch self {
    case .registryExecutes: language.choose("Diteruskan ke PANDI", "Handed to PANDI")
    case .teamExecutes: language.choose("Dikerjakan tim", "Done by the team")
    case .referred: language.choose("Di luar kewenangan, dirujuk", "Outside our authority, referred")
    case .declined: language.choose("Ditolak dengan alasan", "Declined with a reason")
    case .duplicate: language.choose("Duplikat tiket lain", "Duplicate of another ticket")
    case .incomplete: language.choose("Dikembalikan untuk dilengkapi", "Returned to be completed")
    }
  }

  /// What follows from the choice, shown beside it.
  public func hint(_ language: Language) -> String {
    switch self {
    case .registryExecutes:
      language.choose("Tahap 4 mulai; PANDI menerima paket penerusan.", "Stage 4 begins; PANDI gets the packet.")
    case .teamExecutes:
      language.choose("Tahap 4 dilewati dengan alasan yang dicatat.", "Stage 4 is passed with a recorded reason.")
    case .referred:
      language.choose("Jawaban menyebut siapa yang berwenang.", "The answer names who is responsible.")
    case .declined: language.choose("Jawaban memuat alasannya.", "The answer states the reason.")
    case .duplicate:
      language.choose("Tiket ini menerima jawaban tiket asalnya.", "This ticket receives the original's answer.")
    case .incomplete:
      language.choose("Pemohon ditanya; jam berhenti sampai dijawab.", "The requester is asked; the clock pauses.")
    }
  }
}

extension Answer.Outcome {
  public func label(_ language: Language) -> String {
    switch self {
    case .solved: language.choose("Masalah sudah ditangani", "The problem has been dealt with")
    case .referred: language.choose("Dirujuk ke pihak yang berwenang", "Referred to those responsible")
    case .declined: language.choose("Permohonan ditolak", "The request is declined")
    case .information: language.choose("Informasi", "Information")
    }
  }
}

extension RegistryReply.Verdict {
  public func label(_ language: Language) -> String {
    switch self {
    case .done: language.choose("Sudah dikerjakan", "Done")
    case .cannot: language.choose("Tidak dapat", "Cannot")
    case .needsInformation: language.choose("Perlu keterangan", "Needs information")
    }
  }

  /// The words a duty officer writes in the first line of a reply by mail. Matched by the desk, printed in the
  /// hand-off letter: never translated.
  public var replyWord: String {
    switch self {
    case .done: "SELESAI"
    case .cannot: "TIDAK DAPAT"
    case .needsInformation: "PERLU KETERANGAN"
    }
  }
}

extension RegistryReply.Door {
  public func label(_ language: Language) -> String {
    switch self {
    case .desk: language.choose("Meja registri", "Registry desk")
    case .link: language.choose("Tautan bertanda", "Signed link")
    case .email: language.choose("Surel", "E-mail")
    case .officer: language.choose("Dicatat petugas", "Recorded by an officer")
    }
  }
}

extension Closure.Kind {
  public func label(_ language: Language) -> String {
    switch self {
    case .confirmed: language.choose("Dipastikan selesai oleh pemohon", "Confirmed as solved by the requester")
    case .silence: language.choose("Ditutup karena tidak ada tanggapan", "Closed without a reaction")
    case .withdrawn: language.choose("Dibatalkan pemohon", "Withdrawn by the requester")
    case .notCompleted: language.choose("Dianggap dibatalkan: tidak dilengkapi", "Counted as withdrawn: not completed")
    case .overridden: language.choose("Ditutup oleh pengawas", "Closed by the supervisor")
    }
  }
}

extension Pause.Reason {
  public func label(_ language: Language) -> String {
    switch self {
    case .incomplete: language.choose("Menunggu kelengkapan dari pemohon", "Waiting for the requester to complete")
    case .duplicate: language.choose("Menunggu jawaban tiket asal", "Waiting for the original ticket's answer")
    case .waiting: language.choose("Menunggu pihak lain", "Waiting for someone else")
    }
  }
}

extension CheckResult.Authority {
  public func label(_ language: Language) -> String {
    switch self {
    case .contactOnRecord: language.choose("Kontak yang tercatat", "Contact on record")
    case .officialAddress: language.choose("Alamat resmi instansi", "Official address of the institution")
    case .document: language.choose("Surat atau kartu sudah dilihat", "Letter or card seen")
    case .callBack: language.choose("Ditelepon balik ke nomor instansi", "Called back at the institution's number")
    case .notNeeded: language.choose("Tidak perlu: tidak ada yang diubah", "Not needed: nothing is changed")
    case .unverified: language.choose("Belum terverifikasi", "Not verified yet")
    }
  }
}

extension Message.Wall {
  public func label(_ language: Language) -> String {
    switch self {
    case .requester: language.choose("Percakapan dengan pemohon", "Conversation with the requester")
    case .registry: language.choose("Percakapan dengan PANDI", "Correspondence with PANDI")
    case .team: language.choose("Catatan internal", "Internal notes")
    }
  }
}
