/// The procedure's refusals in words: what is the matter, and what to do next. Exhaustive, so that a new refusal does
/// not compile without a sentence.
public import SOP

extension Rejection {
  /// One or two sentences for the person whose command was refused.
  public func sentence(_ language: Language) -> String {
    switch self {
    case .notYours(_, let performers):
      language.choose(
        "Tindakan ini dilakukan oleh \(Rejection.list(performers.map { $0.label(language) }, language)). "
          + "Hubungi pihak itu.",
        "This is done by: \(Rejection.list(performers.map { $0.label(language) }, language)). Please turn to them.")
    case .wrongStage(let needed, let actual):
      language.choose(
        "Tindakan ini milik tahap \(Rejection.list(needed.map { $0.numberedLabel(language) }, language)); "
          + "tiket sedang di tahap \(actual.numberedLabel(language)). Muat ulang halaman untuk melihat keadaan terakhir.",
        "This belongs to stage \(Rejection.list(needed.map { $0.numberedLabel(language) }, language)); "
          + "the ticket is in stage \(actual.numberedLabel(language)). Reload the page to see where it stands.")
    case .alreadyClosed:
      language.choose(
        "Tiket ini sudah ditutup. Buka kembali tiketnya bila masalah belum selesai.",
        "This ticket is closed. Reopen it if the matter is not solved.")
    case .notClosed:
      language.choose(
        "Tiket ini belum ditutup, jadi tidak perlu dibuka kembali. Tulis pesan di tiketnya.",
        "This ticket is not closed, so it need not be reopened. Write a message in it.")
    case .textMissing(let field): field.missingSentence(language)
    case .textTooLong(let field, let limit):
      language.choose(
        "\(field.label(language)) terlalu panjang. Ringkas menjadi paling banyak "
          + "\(NumberWords(language).whole(Int64(limit))) bita, atau kirim sebagai lampiran.",
        "\(field.label(language)) is too long. Shorten it to at most "
          + "\(NumberWords(language).whole(Int64(limit))) bytes, or send it as an attachment.")
    case .domainMissing:
      language.choose(
        "Nama domain belum diisi. Tulis nama domain seperti contoh: desasukamaju.desa.id",
        "The domain name is missing. Write it like this example: desasukamaju.desa.id")
    case .domainNotOurs(let domain):
      language.choose(
        "\(domain.name) bukan nama di bawah go.id atau desa.id, jadi tidak dapat diteruskan ke PANDI. "
          + "Pilih keputusan \u{201C}dirujuk\u{201D} dan sebutkan pihak yang berwenang.",
        "\(domain.name) is not a name under go.id or desa.id, so it cannot be handed to PANDI. "
          + "Choose \u{201C}referred\u{201D} and name who is responsible.")
    case .authorityUnverified:
      language.choose(
        "Kewenangan pemohon atas domain ini belum terverifikasi. Verifikasi dahulu, lalu ulangi pengecekan; "
          + "perubahan di registri tidak boleh atas permintaan orang yang tidak berwenang.",
        "The requester's authority over this domain is not verified. Verify it and record the check again; "
          + "the registry must not change anything for someone without authority.")
    case .duplicateOfItself:
      language.choose(
        "Tiket tidak dapat menjadi duplikat dirinya sendiri. Tulis nomor tiket asalnya.",
        "A ticket cannot be a duplicate of itself. Write the number of the original ticket.")
    case .originalUnknown(let number):
      language.choose(
        "Tiket \(number) tidak ada. Periksa kembali nomor tiket aslinya.",
        "There is no ticket \(number). Check the number of the original.")
    case .duplicateCircle(let number):
      language.choose(
        "Tiket \(number) sendiri menunggu jawaban tiket ini, jadi tidak akan ada yang menjawab. "
          + "Pilih tiket asal yang lain, atau putuskan tiket ini tersendiri.",
        "Ticket \(number) itself waits for this ticket's answer, so nobody would give one. "
          + "Choose another original, or decide this ticket on its own.")
    case .notPaused:
      language.choose(
        "Tiket ini tidak sedang dijeda. Lanjutkan pekerjaan seperti biasa.",
        "This ticket is not paused. Carry on as usual.")
    case .alreadyPaused:
      language.choose(
        "Tiket ini sudah dijeda. Akhiri jeda itu dahulu.", "This ticket is paused already. End that pause first.")
    case .pauseForOurselves:
      language.choose(
        "Jeda hanya untuk menunggu pemohon atau PANDI; waktu tim sendiri terus berjalan.",
        "A pause waits for the requester or the registry; the team's own clock goes on.")
    case .answerUnderWay:
      language.choose(
        "Jawaban sedang dikirim. Tunggu sampai pengirimannya diketahui hasilnya.",
        "The answer is being sent. Wait until it is known how that ended.")
    case .noAnswerToRead:
      language.choose(
        "Tidak ada jawaban yang menunggu dibacakan. Kirim jawabannya dahulu; yang dibacakan hanya jawaban untuk "
          + "pemohon tanpa alamat surel yang mengadu lewat telepon atau loket.",
        "No answer waits to be read out. Send the answer first; only requesters who complained by telephone or at "
          + "the counter and have no e-mail address are read to.")
    case .handoffOutdated:
      language.choose(
        "Tautan ini milik penerusan yang sudah lewat. Buka tautan dalam surel penerusan yang terbaru.",
        "This link belongs to an earlier hand-off. Open the link in the newest hand-off mail.")
    case .alreadyAcknowledged:
      language.choose(
        "Penerusan ini sudah ditandai diterima. Silakan kirim konfirmasinya.",
        "This hand-off is marked as received already. Please send the confirmation.")
    case .overrideToSameStage:
      language.choose(
        "Tiket sudah berada di tahap itu. Pilih tahap lain.", "The ticket is in that stage. Choose another one.")
    case .overrideNotPossible(let stage):
      language.choose(
        "Tiket tidak dapat dipindahkan ke tahap \(stage.numberedLabel(language)). "
          + "Pilih tahap Pengecekan, Analisa atau Jawaban.",
        "A ticket cannot be moved to stage \(stage.numberedLabel(language)). Choose Check, Analysis or Answer.")
    case .addressDiffers:
      language.choose(
        "Alamat surel ini bukan alamat yang tercatat pada tiket. Pakai alamat yang dipakai saat mengadu.",
        "This is not the e-mail address known to the ticket. Use the address the complaint was made with.")
    case .addressMalformed:
      language.choose(
        "Alamat surel belum lengkap. Contoh: sari@sukamaju.desa.id",
        "The e-mail address is not complete. Example: sari@sukamaju.desa.id")
    case .addressSame:
      language.choose(
        "Alamat ini sudah tercatat pada tiket. Bila suratnya tidak sampai, minta surat pembuktian dikirim lagi.",
        "The ticket has this address already. If its letter did not arrive, ask for another one.")
    case .nothingToProve:
      language.choose(
        "Tidak ada alamat yang perlu dibuktikan pada tiket ini.", "This ticket has no address that must be proven.")
    case .proofRationed:
      language.choose(
        "Sudah terlalu banyak surat pembuktian dikirim ke alamat ini. Tunggu satu jam, lalu coba lagi.",
        "Too many letters of proof went to this address. Wait an hour and try again.")
    case .changedMeanwhile:
      language.choose(
        "Tiket berubah setelah halaman ini dibuka. Periksa keadaan terakhir di bawah, lalu kirim lagi; "
          + "tulisan Bapak/Ibu tidak hilang.",
        "The ticket changed after this page was opened. Look at its present state below and send again; "
          + "what you wrote is kept.")
    }
  }

  /// "A", "A atau B", "A, B atau C".
  private static func list(_ items: [String], _ language: Language) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "–" }
    return items.dropLast().joined(separator: ", ") + language.choose(" atau ", " or ") + last
  }
}

extension Rejection.Field {
  /// The name above the field.
  public func label(_ language: Language) -> String {
    switch self {
    case .requesterName: language.choose("Nama pemohon", "Requester's name")
    case .subject: language.choose("Perihal", "Subject")
    case .text: language.choose("Isi pesan", "Message")
    case .problem: language.choose("Aduan masalah", "Confirmed problem")
    case .cause: language.choose("Penyebab", "Cause")
    case .action: language.choose("Tindakan yang diminta", "Action asked for")
    case .reason: language.choose("Alasan", "Reason")
    case .missing: language.choose("Yang perlu dilengkapi", "What is missing")
    case .owner: language.choose("Pihak yang berwenang", "Who is responsible")
    case .contact: language.choose("Cara menghubungi", "How to reach them")
    case .proof: language.choose("Bukti", "Proof")
    case .answer: language.choose("Jawaban", "Answer")
    case .question: language.choose("Pertanyaan", "Question")
    case .note: language.choose("Catatan", "Note")
    case .reply: language.choose("Konfirmasi", "Confirmation")
    case .since: language.choose("Sejak kapan", "Since when")
    case .institution: language.choose("Instansi", "Institution")
    case .current: language.choose("Nilai sekarang", "Present value")
    case .wanted: language.choose("Nilai yang diminta", "Value asked for")
    case .evidence: language.choose("Bukti dukung", "Evidence")
    case .authorityNote: language.choose("Keterangan verifikasi", "Note on the verification")
    case .work: language.choose("Yang sudah dikerjakan", "Work done")
    case .reference: language.choose("Nomor rujukan", "Reference number")
    }
  }

  /// What to write into the empty field.
  func missingSentence(_ language: Language) -> String {
    switch self {
    case .problem:
      language.choose(
        "Aduan masalah belum diisi. Tulis dalam satu kalimat apa yang tidak berjalan.",
        "The confirmed problem is missing. Write in one sentence what does not work.")
    case .cause:
      language.choose(
        "Penyebab belum diisi. Tulis apa yang ditemukan.", "The cause is missing. Write what was found.")
    case .action:
      language.choose(
        "Tindakan yang diminta belum diisi. Mulai dengan kata kerja, misalnya: Ubah server nama.",
        "The action asked for is missing. Begin with a verb, for example: Change the name servers.")
    case .reason:
      language.choose("Alasan belum diisi. Tulis alasannya dengan singkat.", "The reason is missing. State it briefly.")
    case .missing:
      language.choose(
        "Sebutkan data atau dokumen yang perlu dilengkapi pemohon.",
        "Name the facts or papers the requester has to add.")
    case .text:
      language.choose("Pesan masih kosong. Tulis isi pesannya.", "The message is empty. Write what you want to say.")
    case .answer:
      language.choose(
        "Jawaban masih kosong. Tulis jawaban untuk pemohon.", "The answer is empty. Write what the requester will read."
      )
    case .question:
      language.choose("Pertanyaan masih kosong. Tulis pertanyaannya.", "The question is empty. Write what you ask.")
    default:
      language.choose(
        "\(label(language)) belum diisi. Isi kolom ini, lalu kirim lagi.",
        "\(label(language)) is missing. Fill in this field and send again.")
    }
  }
}
