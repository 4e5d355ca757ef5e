import SOP
import Wording

/// The command log in words. Stored logs outlive renamed commands, so an unknown name is shown as it is.
enum CommandWords {
  static func command(_ name: String, _ language: Language) -> String {
    guard let (indonesian, english) = commands[name] else { return name }
    return language.choose(indonesian, english)
  }

  /// A refusal by its code: the stored log keeps no more.
  static func refusal(_ code: String, _ language: Language) -> String {
    guard let (indonesian, english) = refusals[code] else { return code }
    return language.choose(indonesian, english)
  }

  static let commands: [String: (String, String)] = [
    "submit": ("Mengajukan pengaduan", "Submit the complaint"),
    "proveAddress": ("Membuktikan alamat", "Prove the address"),
    "changeAddress": ("Mengganti alamat surel", "Change the e-mail address"),
    "resendProof": ("Mengirim lagi surat pembuktian", "Send another proof of the address"),
    "correctComplaint": ("Membetulkan data pengaduan", "Correct the complaint"),
    "recordCheck": ("Mencatat pengecekan", "Record the check"),
    "recordAnalysis": ("Mencatat keputusan analisa", "Record the decision"),
    "acknowledgeHandoff": ("Menandai penerusan diterima", "Acknowledge the hand-off"),
    "recordRegistryReply": ("Mencatat konfirmasi PANDI", "Record PANDI's confirmation"),
    "sendAnswer": ("Mengirim jawaban", "Send the answer"),
    "recordAnswerAccepted": ("Jawaban diterima kanal", "Answer accepted by the channel"),
    "recordAnswerFailed": ("Jawaban gagal disampaikan", "Answer not delivered"),
    "recordAnswerRead": ("Mencatat jawaban dibacakan", "Record that the answer was read out"),
    "confirm": ("Memastikan selesai", "Confirm"),
    "dispute": ("Menyatakan belum selesai", "Say that it is not solved"),
    "askRequester": ("Bertanya kepada pemohon", "Ask the requester"),
    "pause": ("Memulai jeda", "Pause"),
    "resume": ("Mengakhiri jeda", "End the pause"),
    "assign": ("Menetapkan petugas", "Assign"),
    "override": ("Memindahkan tahap", "Move to another stage"),
    "close": ("Menutup tiket", "Close"),
    "returnToAnalysis": ("Mengembalikan ke analisa", "Return to analysis"),
    "escalate": ("Eskalasi", "Escalate"),
    "reopen": ("Membuka kembali", "Reopen"),
    "withdraw": ("Membatalkan pengaduan", "Withdraw"),
    "linkDuplicate": ("Mengaitkan duplikat", "Link a duplicate"),
    "answerAsOriginal": ("Menjawab seperti tiket asal", "Answer as the original"),
    "originalEnded": ("Tiket asal berakhir", "The original ended"),
    "receiveFromRequester": ("Pesan dari pemohon", "Message from the requester"),
    "receiveVerdict": ("Tanggapan pemohon lewat balasan", "The requester's verdict by reply"),
    "receiveNote": ("Balasan rekan lewat surel", "A colleague's reply by mail"),
    "markRead": ("Menandai sudah dibaca", "Mark as read"),
    "receiveFromRegistry": ("Pesan dari PANDI", "Message from PANDI"),
    "writeToRequester": ("Menulis kepada pemohon", "Write to the requester"),
    "writeToRegistry": ("Menulis kepada PANDI", "Write to PANDI"),
    "addNote": ("Menulis catatan internal", "Write an internal note"),
    "recordLetterFailed": ("Surat tidak sampai", "A letter did not arrive"),
    "noticeTime": ("Pemberitahuan waktu", "The clock told"),
    "addAccount": ("Menambah akun", "Add an account"),
    "changeAccount": ("Mengubah akun", "Change an account"),
    "disableAccount": ("Menonaktifkan akun", "Disable an account"),
    "enableAccount": ("Mengaktifkan akun", "Enable an account"),
    "resetAccount": ("Menyetel ulang akun", "Reset an account"),
    "addToken": ("Membuat token program", "Add a program's token"),
    "revokeToken": ("Mencabut token program", "Revoke a program's token"),
    "saveInstitution": ("Menyimpan instansi", "Save an institution"),
    "saveSavedReply": ("Menyimpan balasan siap pakai", "Save a saved reply"),
    "deleteSavedReply": ("Menghapus balasan siap pakai", "Delete a saved reply"),
    "saveSetting": ("Menyimpan pengaturan", "Save a setting"),
    "replayInbound": ("Mengulang pesan masuk", "Replay an incoming message"),
    "discardInbound": ("Menyisihkan pesan masuk", "Set an incoming message aside"),
    "sendLetterAgain": ("Mengirim ulang surat", "Send a letter again"),
  ]

  static let refusals: [String: (String, String)] = [
    "not_yours": ("bukan wewenang pihak itu", "not that party's to do"),
    "wrong_stage": ("milik tahap lain", "belongs to another stage"),
    "already_closed": ("tiket sudah ditutup", "the ticket is closed"),
    "not_closed": ("tiket belum ditutup", "the ticket is not closed"),
    "text_missing": ("isian wajib kosong", "a text is missing"),
    "text_too_long": ("isian terlalu panjang", "a text is too long"),
    "domain_missing": ("nama domain belum ada", "no domain name"),
    "domain_not_ours": ("bukan go.id atau desa.id", "not go.id or desa.id"),
    "authority_unverified": ("kewenangan belum terverifikasi", "authority not verified"),
    "duplicate_of_itself": ("duplikat dirinya sendiri", "duplicate of itself"),
    "original_unknown": ("tiket asal tidak ada", "no such original"),
    "duplicate_circle": ("tiket asal menunggu tiket ini", "the original waits for this ticket"),
    "not_paused": ("tidak sedang dijeda", "not paused"),
    "already_paused": ("sudah dijeda", "paused already"),
    "pause_for_ourselves": ("jeda bukan untuk tim sendiri", "no pause for ourselves"),
    "answer_under_way": ("jawaban sedang dikirim", "an answer is under way"),
    "no_answer_to_read": ("tidak ada jawaban untuk dibacakan", "no answer to read out"),
    "handoff_outdated": ("penerusan sudah lewat", "an earlier hand-off"),
    "already_acknowledged": ("sudah ditandai diterima", "acknowledged already"),
    "override_to_same_stage": ("sudah di tahap itu", "in that stage already"),
    "override_not_possible": ("tidak dapat ke tahap itu", "not possible to that stage"),
    "address_differs": ("alamat berbeda", "another address"),
    "address_malformed": ("bukan alamat surel", "no e-mail address"),
    "address_same": ("alamat yang sama", "the same address"),
    "nothing_to_prove": ("tidak ada yang perlu dibuktikan", "nothing to prove"),
    "proof_rationed": ("terlalu banyak surat pembuktian", "too many letters of proof"),
    "changed_meanwhile": ("tiket berubah sementara itu", "changed meanwhile"),
  ]
}
