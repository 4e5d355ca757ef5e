import Mail
import Testing

/// Plain text, and what the header says about it.
struct ReplyTests {
  private func split(_ text: String, _ context: ReplyContext = ReplyContext()) -> ReplyParts {
    ReplySplit.split(plain: text, context: context)
  }

  private static let old = "\nMohon dicoba sekali lagi.\nTerima kasih."
  private static let block =
    "Dari: Layanan <l@x.example>\nDikirim: 2 November 2026 09.15\nKepada: Budi\nPerihal: Tiket\n"

  @Test(arguments: [
    "Pada Sen, 2 Nov 2026 pukul 10.00 Layanan <l@x.example> menulis:\n> lama\n> sekali",
    "Pada tanggal Sen, 2 Nov 2026 10.00, Layanan Domain <\nlayanan.domain@x.example> menulis:\n\n> lama",
    "On Mon, 2 Nov 2026 at 10:00, Layanan <l@x.example\n> wrote:\n> lama", "Layanan <l@x.example> menulis:\n> lama",
    "El lun, 2 nov 2026 a las 10:00, Layanan (<l@x.example>) escribió:\n> lama",
    "Am 02.11.2026 um 10:00 schrieb Layanan:\n> lama", "2026年11月2日(月) 10:00 Layanan <l@x.example>:\n> lama",
    "在 2026年11月2日，上午10:00，Layanan <l@x.example> 写道：\n> lama",
    "Layanan <l@x.example>, 2 Kas 2026 Pzt, 10:00 tarihinde şunu yazdı:\n> lama",
    "> Pada 2 Nov 2026, pukul 10.00, Layanan <l@x.example> menulis:\n>\n> lama",
    "On Mon, Nov 2, 2026 at 10:00 AM, Layanan <l@x.example> wrote:" + old,
    "---- Pada Sen, 02 Nov 2026 10:00:00 +0700 Layanan <l@x.example> menulis ----" + old, block + old,
    "-----Pesan Asli-----\n" + block + old, "--- Serat ingkang asli ---\n" + block + old,
    "________________________________\n" + block + old,
    "-----Original Message-----\nFrom: Layanan\nTo: Budi\n" + old, "*From:* L <l@x.example>\n*Date:* Mon 10:00\n" + old,
    "От: Layanan <l@x.example>\nОтправлено: 2 ноября 2026 г. 10:00\nКому: Budi\nТема: x\n" + old,
    "差出人: Layanan <l@x.example>\n送信日時: 2026年11月2日 10:00\n宛先: Budi\n件名: x\n" + old,
    "##- Please type your reply above this line -##" + old, "--- Balas di atas garis ini ---" + old,
    "— Please reply above this line —" + old, "Reply above this line." + old,
    "=== Mohon tulis balasan Anda di atas garis ini ===" + old, "-- \nBudi\nDinas Kominfo", "--\nBudi\nDinas Kominfo",
    "Dikirim dari iPhone saya", "Dikirim dari Yahoo Mail di Android", "Terkirim dari ponsel Samsung Galaxy saya",
    "Dapatkan Outlook untuk Android<https://aka.ms/x>", "Sent from my iPhone", "Sent from Mail for Windows",
    "Get Outlook for iOS", "Von meinem iPhone gesendet", "发自我的iPhone", "iPhoneから送信", "나의 iPhone에서 보냄",
    "Virus-free. www.avast.com", "_______________________________________________\nadmin mailing list\nadmin@x.example",
    "Pesan ini beserta lampirannya bersifat rahasia dan hanya ditujukan kepada penerima yang dituju. Apabila Anda\n"
      + "bukan penerima yang dimaksud, dilarang menyebarluaskan isinya.",
    "DISCLAIMER: This e-mail is confidential and intended only for the addressee.",
    "Please consider the environment before printing this email.",
    "-- \nBudi\n\nDikirim dari iPhone saya\n\nPada 2 Nov 2026 10.00, L <l@x.example> menulis:\n> lama\n>> lebih lama",
  ])
  func `what the mail program added is folded away`(added: String) {
    for gap in ["\n\n", "\n"] where gap == "\n\n" || !(added.utf8.first == 80 || added.utf8.first == 68) {
      let parts = split("Sudah bisa dibuka.\nTerima kasih, Budi" + gap + added + "\n")
      #expect(parts.visible == "Sudah bisa dibuka.\nTerima kasih, Budi")
      #expect(parts.quoted == added)
    }
  }

  @Test(arguments: [
    "> Apa domainnya?\nexample.go.id\n> Sejak kapan?\nKemarin",
    "Pada 2 Nov 2026 10.00, L <l@x.example> menulis:\n> Apa domainnya?\n\nexample.go.id\n\n> Sejak kapan?\n\nKemarin",
    "Halo.\n\n---------- Forwarded message ---------\nDari: L <l@x.example>\nDate: Sen, 2 Nov 2026 10.00\nSubject: x\n\nisi",
    "Halo.\n\nMulai pesan yang diteruskan:\n\n> Dari: L <l@x.example>\n> Tanggal: 2 Nov 2026 10:00\n> Kepada: B\n>\n> isi",
    "-- \nBudi", "Dikirim dari iPhone saya", "> hanya kutipan",
    "Pada 2 Nov 2026 10.00, L <l@x.example> menulis:\n> hanya kutipan",
    // An official letter, pasted: no address, no time, nothing that a mail program alone would write.
    "Berikut nota dinas kami.\n\nNOTA DINAS\nKepada : Kepala Dinas\nDari : Sekretaris\nTanggal : 3 November 2026\n"
      + "Hal : Domain\n\nMohon ditindaklanjuti.",
    "Kami kirim ulang.\nDikirim dari kantor kemarin, belum ada jawaban.",
    "Data kami:\n---\nexample.go.id\nns1.example.go.id",
    "From my phone I cannot open the page at all.", "Gagal.\nFrom: kami coba sendiri\nTo: tidak bisa",
    "Paket kami:\nDari: Jakarta\nKe: Bandung\nDikirim: Senin\n\nMohon dicek.",
    "Saya sudah balas di atas garis ini kemarin.",
    "Masih gagal.\nSent via app yesterday but there was no answer.",
    "Di log server tertulis:\n> error 503\n> timeout", "Pada hari Senin petugas menulis:\nsudah aktif. Ternyata belum.",
    "Pada 2 Nov 2026 10.00 admin@x.example menulis:\n\nsudah aktif\n\nApa maksudnya?",
    "Surel ini rahasia. Mohon jangan disebarkan.\n\nHormat kami,\nBudi", "| nama | nilai |\n| a | b |",
    "Terima kasih.\n\nHormat kami,\nBudi Santoso\nKepala Bidang", "Ganti:\n-- ns1.example.go.id\n-- ns2.example.go.id",
    "Saya sudah balas di atas garis ini kemarin, tetapi jawaban saya tidak pernah sampai ke petugas Anda.", "🎉", "",
    "--- Surat ---\n" + block + "isi",
    "\n\n\n", "-----\n=====",
  ])
  func `what the writer may have meant stays`(text: String) {
    #expect(split(text) == ReplyParts(visible: text, quoted: ""))
  }

  @Test func `an answer below the only quotation stays and the quotation goes`() {
    let parts = split("Pada 2 Nov 2026 10.00, L <l@x.example> menulis:\n> Sudah bisa?\n\nBelum.\n-- \nBudi\n")
    #expect(
      parts
        == ReplyParts(
          visible: "Belum.", quoted: "Pada 2 Nov 2026 10.00, L <l@x.example> menulis:\n> Sudah bisa?\n-- \nBudi"))
    let both = split("Halo.\n\nOn 2 Nov 2026 10:00, L <l@x.example> wrote:\n> Sudah bisa?\n\nBelum.")
    #expect(both.visible == "Halo.\n\n\nBelum.")
  }

  @Test func `what is left of a quotation after the last answer is folded away`() {
    let parts = split(
      "On 2 Nov 2026 10:00, L <l@x.example> wrote:\n> Domain?\nexample.go.id\n> Terima kasih\n> Layanan")
    #expect(parts.quoted == "> Terima kasih\n> Layanan")
  }

  @Test func `two quotations under each other are both folded when both are introduced`() {
    let text = "Baik.\n\nA <a@x.example> wrote:\n> satu\n\nB <b@x.example> wrote:\n> dua"
    #expect(split(text).visible == "Baik.")
    #expect(split("Baik.\n> satu\n\nB <b@x.example> wrote:\n> dua").visible == "Baik.\n> satu")
  }

  @Test func `a quotation without a word about it is history only in an answer`() {
    let text = "Sudah.\n\n> Mohon dicoba lagi.\n> Terima kasih."
    #expect(split(text).visible == text)
    #expect(split(text, ReplyContext(answers: true)).visible == "Sudah.")
    let log = "Di log tertulis:\n> error 503\n> timeout"
    #expect(split(log, ReplyContext(answers: true)).visible == log)
    let block = "Sudah.\n\n> From: L <l@x.example>\n> To: B\n> Date: Mon, 2 Nov 2026 10:00\n>\n> lama"
    #expect(split(block).visible == block)
    #expect(split(block, ReplyContext(answers: true)).visible == "Sudah.")
  }

  @Test(arguments: ["Fwd: Domain", "FW: Domain", "WG: Re: Domain", "[#12] Fwd: Domain", "Terusan: Domain", "转发：域名"])
  func `a forwarded message stays visible by its subject`(subject: String) {
    let text = "Mohon dibantu.\n\n" + Self.block + Self.old + "\n-- \nLayanan"
    #expect(split(text, ReplyContext(subject: subject, answers: true)).visible == text)
    #expect(split(text, ReplyContext(subject: "Re: " + subject, answers: true)).visible == "Mohon dibantu.")
  }

  @Test func `a message that answers nothing has no history`() {
    let text = "Kami menerima surat ini, mohon penjelasan:\n\n" + Self.block + Self.old + "\n-- \nBudi"
    #expect(split(text, ReplyContext(answers: false)).visible == String(text.dropLast("\n-- \nBudi".utf8.count)))
    let header = "From: Budi <budi@dinas.example>\nSubject: Surat aneh\nMessage-ID: <a@b>\nContent-Type: text/plain\n"
    #expect(Letters.read(header + "\n" + text).visibleText.utf8.count > 100)
    #expect(Letters.read(header + "In-Reply-To: <c@d>\n\n" + text).visibleText.utf8.count < 60)
  }

  @Test func `the author's own name over a telephone number begins a signature`() {
    let text = "Mohon dibantu.\n\nBudi Santoso\nDinas Kominfo Kota Contoh\nTelp. 021-555-0199"
    #expect(split(text).visible == text)
    #expect(split(text, ReplyContext(senderName: "Budi Santoso")).visible == "Mohon dibantu.")
    let asking = "Mohon dibantu.\n\nBudi Santoso\nnomor mana yang benar, 0215550199?\n"
    #expect(split(asking, ReplyContext(senderName: "Budi Santoso")).visible == asking)
  }

  @Test func `a notice in the writer's own paragraph takes no line of his`() {
    let notice = "This message is confidential and intended only for the addressee; delete it when received in error."
    #expect(split("Sudah bisa.\nTerima kasih.\n" + notice).visible == "Sudah bisa.\nTerima kasih.")
  }

  @Test(arguments: ["\u{600}", "\u{301}", "\u{200D}", "\u{FE0F}", "\u{202E}"])
  func `a sign beside a combining neighbour is still a sign`(mark: String) {
    #expect(
      split("Halo.\n\nOn 2 Nov 2026 10:00, L <l@x.example> wrote:\n>\(mark) lama\n>\(mark) lama").visible == "Halo.")
    #expect(split("Halo.\n\n-----Original Message-----\(mark)\nlama").quoted.utf8.count <= 40)
  }
}
