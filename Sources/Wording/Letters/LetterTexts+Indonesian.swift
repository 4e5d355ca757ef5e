extension LetterStem {
  /// The letters in Indonesian: formal, short, *Bapak/Ibu*. First line: subject. A link stands on a line of its own.
  var indonesianText: String {
    switch self {
    case .receipt:
      """
      Pengaduan Bapak/Ibu kami terima

      Yth. Bapak/Ibu,

      Pengaduan Bapak/Ibu kami terima pada {{received}} dengan nomor tiket {{number}}.

      {{#due}}Selanjutnya Tim Layanan Domain memeriksa masalahnya, paling lambat {{due}}.{{/due}}{{^due}}Selanjutnya Tim Layanan Domain memeriksa masalahnya.{{/due}}

      Ikuti perkembangannya di halaman tiket. Tautan ini rahasia; jangan diteruskan:
      {{link}}

      Bila ada keterangan atau berkas tambahan, balas surel ini tanpa mengubah perihalnya.

      Bila Bapak/Ibu tidak merasa mengirim pengaduan, abaikan surel ini.

      Hormat kami,
      {{office}}
      """
    case .question:
      """
      Kami perlu keterangan dari Bapak/Ibu

      Yth. Bapak/Ibu,

      Untuk melanjutkan tiket {{number}}, kami perlu keterangan berikut:

      {{text}}

      Balas surel ini, atau jawab di halaman tiket:
      {{link}}

      Penghitungan waktu kami berhenti sampai jawaban Bapak/Ibu tiba.

      Hormat kami,
      {{office}}
      """
    case .message:
      """
      Pesan tentang pengaduan Bapak/Ibu

      Yth. Bapak/Ibu,

      {{text}}

      Halaman tiket {{number}}:
      {{link}}

      Hormat kami,
      {{office}}
      """
    case .answer, .answerOfOriginal: LetterStem.indonesianAnswer(ofOriginal: self == .answerOfOriginal)
    case .addressNotice:
      """
      Alamat surel tiket diganti

      Yth. Bapak/Ibu,

      Surat tentang tiket {{number}} selanjutnya dikirim ke alamat lain, setelah alamat itu terbukti.

      Bila Bapak/Ibu tidak memintanya, balas surel ini. Halaman tiket tetap dapat dibuka:
      {{link}}

      Hormat kami,
      {{office}}
      """
    case .closingNotice:
      """
      Tiket ditutup

      Yth. Bapak/Ibu,

      {{reason}}

      Bila masalah belum selesai, tiket {{number}} dapat dibuka kembali dari halaman tiket:
      {{link}}

      Bila Bapak/Ibu tidak puas dengan penanganan kami, Bapak/Ibu berhak menyampaikannya melalui SP4N-LAPOR! atau kepada Ombudsman Republik Indonesia.

      Hormat kami,
      {{office}}
      """
    case .reopenedNotice:
      """
      Tiket dibuka kembali

      Yth. Bapak/Ibu,

      Tiket {{number}} kami buka kembali dan masalahnya kami periksa ulang{{#due}}, paling lambat {{due}}{{/due}}.

      Ikuti perkembangannya di halaman tiket:
      {{link}}

      Hormat kami,
      {{office}}
      """
    case .proof:
      """
      Buktikan alamat surel Bapak/Ibu

      Yth. Bapak/Ibu,

      Kode untuk tiket {{number}}:

      {{code}}

      Masukkan kode itu di halaman tiket, atau buka tautan ini dan tekan tombolnya:
      {{link}}

      Bila Bapak/Ibu tidak memintanya, abaikan surel ini. Petugas kami tidak pernah menanyakan kode ini.

      Hormat kami,
      {{office}}
      """
    case .handoff, .registryMessage, .lapseNotice, .escalationNotice: indonesianStaffText
    }
  }

  private static func indonesianAnswer(ofOriginal: Bool) -> String {
    """
    Jawaban atas pengaduan Bapak/Ibu

    Yth. Bapak/Ibu,

    \(ofOriginal
      ? "Masalah pada tiket {{number}} sama dengan yang ditangani pada tiket {{original}}. Jawabannya sebagai berikut."
      : "Berikut konfirmasi/jawaban kami atas tiket {{number}}.")

    Hasil: {{outcome}}

    {{text}}

    {{#work}}
    Yang sudah kami kerjakan:
    {{work}}
    {{/work}}

    \(ofOriginal
      ? ""
      : """
      {{#owner}}
      Pihak yang berwenang: {{owner}}
      {{/owner}}
      {{#contact}}
      Cara menghubungi: {{contact}}
      {{/contact}}
      """)

    Apakah masalahnya sudah selesai? Buka halaman tiket, lalu tekan "Sudah selesai" atau "Belum selesai":
    {{link}}

    Atau balas surel ini. Tulis SELESAI saja pada baris pertama; atau tulis BELUM, dan alasannya mulai baris kedua.

    Bila tidak ada tanggapan dalam {{days}}, tiket ini ditutup dengan sendirinya.

    Hormat kami,
    {{office}}
    """
  }

  /// To the registry and the supervisor.
  private var indonesianStaffText: String {
    switch self {
    case .handoff:
      """
      {{action}} – {{domain}}

      Yth. petugas {{registry}},

      Mohon dikerjakan: {{action}}
      Nama domain: {{domain}}
      {{#due}}Tenggat: {{due}}{{/due}}

      {{#changes}}
      Sekarang  →  diminta:
      {{changes}}
      {{/changes}}

      {{#evidence}}
      Bukti dukung:
      {{evidence}}
      {{/evidence}}

      {{#note}}
      Catatan petugas:
      {{note}}
      {{/note}}

      {{#link}}
      Jawab di halaman ini, tanpa akun (jangan diteruskan):
      {{link}}
      {{/link}}

      Atau balas surel ini. Tulis salah satu kata berikut saja pada baris pertama, dan alasan atau keterangannya mulai baris kedua:
      {{done}}
      {{cannot}}
      {{needsInformation}}

      Petugas: {{officer}}
      {{office}}
      Nomor tiket: {{number}}
      """
    case .registryMessage:
      """
      Pesan tentang {{#domain}}{{domain}}{{/domain}}{{^domain}}penerusan{{/domain}}

      Yth. petugas {{registry}},

      {{text}}

      {{#link}}
      Halaman penerusan:
      {{link}}
      {{/link}}

      {{office}}
      Nomor tiket: {{number}}
      """
    case .lapseNotice:
      """
      Lewat waktu: tahap {{stage}}

      Tiket {{number}} melewati waktu baku tahap {{stage}} pada {{due}}.

      {{#domain}}Nama domain: {{domain}}{{/domain}}
      {{#holder}}Petugas: {{holder}}{{/holder}}{{^holder}}Belum ada petugas yang memegang tiket ini.{{/holder}}

      {{link}}
      """
    case .escalationNotice:
      """
      Eskalasi: tahap {{stage}}

      {{officer}} meneruskan tiket {{number}} kepada pengawas:

      {{text}}

      {{#domain}}Nama domain: {{domain}}{{/domain}}
      {{#holder}}Petugas: {{holder}}{{/holder}}

      {{link}}
      """
    case .receipt, .question, .message, .answer, .answerOfOriginal, .addressNotice, .closingNotice, .reopenedNotice,
      .proof:
      ""
    }
  }
}
