import Desk
import SOP
import Testing
import Townsfolk

/// First messages as people write them, each with what a person would understand of it.
@Suite struct ComplaintReadingTests {
  struct First: Sendable, CustomStringConvertible {
    let text: String
    let domain: String?
    let host: String?
    let alternatives: [String]
    let category: SOP.Category?
    var description: String { text }

    init(
      _ text: String, _ domain: String?, _ category: SOP.Category?, host: String? = nil, also alternatives: String...
    ) {
      self.text = text
      self.domain = domain
      self.host = host
      self.alternatives = alternatives
      self.category = category
    }
  }

  static let reachable: [First] = [
    First("Website sukamaju.desa.id tidak bisa dibuka sejak kemarin.", "sukamaju.desa.id", .notReachable),
    First("min web https://www.sukamaju.desa.id/ down dr pagi", "sukamaju.desa.id", .notReachable),
    First("SUKAMAJU.DESA.ID MATI TOTAL", "sukamaju.desa.id", .notReachable),
    First("situs kami (sukamaju.desa.id) tidak dapat diakses.", "sukamaju.desa.id", .notReachable),
    First("http://sukamaju.desa.id/index.php?id=3 error 404", "sukamaju.desa.id", .notReachable),
    First("Mohon cek sukamaju.desa.id... ga bisa dibuka", "sukamaju.desa.id", .notReachable),
    First("sukamaju.desa.id.Mohon dibantu, webnya hilang", "sukamaju.desa.id", .notReachable),
    First("pagi pak, domain kami error. mohon dicek. trims", nil, .notReachable),
    First("Server not found, nxdomain untuk contohkab.go.id", "contohkab.go.id", .notReachable),
    First("can't open contohkab.go.id since Monday", "contohkab.go.id", .notReachable),
    First(
      "ppid.contohkab.go.id gak bisa dibuka", "contohkab.go.id", .notReachable, host: "ppid.contohkab.go.id"),
    First(
      "layanan di https://sipd.contohkab.go.id:8443/login eror terus", "contohkab.go.id", .notReachable,
      host: "sipd.contohkab.go.id"),
    First(
      "sukamaju.desa.id dan wonosari.desa.id sama-sama down", "sukamaju.desa.id", .notReachable,
      also: "wonosari.desa.id"),
    First("Tdk bisa dibuka: \u{201C}sukamaju.desa.id\u{201D}", "sukamaju.desa.id", .notReachable),
    First("tdk bisa dibuka\r\nsukamaju.desa.id\r\n", "sukamaju.desa.id", .notReachable),
    First("<sukamaju.desa.id>,wonosari.desa.id; mati", "sukamaju.desa.id", .notReachable, also: "wonosari.desa.id"),
    First("sukamaju.desa.id tidak muncul di browser warga", "sukamaju.desa.id", .notReachable),
  ]

  static let records: [First] = [
    First(
      "Mohon perubahan name server untuk contohkab.go.id menjadi ns1.hosting.example dan ns2.hosting.example",
      "contohkab.go.id", .nameServerChange),
    First("NS contohkab.go.id sudah kami ganti tapi belum berubah", "contohkab.go.id", .nameServerChange),
    First(
      "Kami pindah hosting, IP baru 192.0.2.44. sukamaju.desa.id mohon diarahkan", "sukamaju.desa.id", .nameServerChange
    ),
    First("nameservernya diganti dong pak, sukamaju.desa.id", "sukamaju.desa.id", .nameServerChange),
    First(
      "Host record ns1.contohkab.go.id masih menunjuk 192.0.2.10", "contohkab.go.id", .glue,
      host: "ns1.contohkab.go.id"),
    First("DNSSEC contohkab.go.id gagal validasi, SERVFAIL", "contohkab.go.id", .dnssec),
    First("DS record salah setelah ganti kunci dnssec kemencontoh.go.id", "kemencontoh.go.id", .dnssec),
    First("Domain sukamaju.desa.id kedaluwarsa", "sukamaju.desa.id", .expired),
    First("bgmn cara perpanjang domain sukamaju.desa.id?", "sukamaju.desa.id", .expired),
    First("Masa aktif wonosari.desa.id habis tgl 20", "wonosari.desa.id", .expired),
    First("domain kadaluarsa padahal sudah bayar", nil, .expired),
    First("Domain wonosari.desa.id ditangguhkan", "wonosari.desa.id", .hold),
    First("status domain clientHold / disuspend sejak Rabu: bdkep.go.id", "bdkep.go.id", .hold),
    First("sukamaju.desa.id terlanjur terhapus, apakah masih bisa dipulihkan?", "sukamaju.desa.id", .deletion),
    First("Pendaftaran domain desa kami lima hari belum disetujui", nil, .registration),
    First("dokumen ditolak, mohon contoh surat kuasa", nil, .registration),
    First("mau mendaftarkan domain mekarjaya.desa.id", "mekarjaya.desa.id", .registration),
    First(
      "Pejabat Nama Domain kami berganti, mohon data contohkab.go.id disesuaikan", "contohkab.go.id", .contactChange),
    First("Perubahan kontak admin untuk larsip.go.id", "larsip.go.id", .contactChange),
    First(
      "Perubahan nomenklatur: kemencontoh.go.id menjadi kemenbaru.go.id", "kemencontoh.go.id", .rename,
      also: "kemenbaru.go.id"),
    First("Pengelolaan sukamaju.desa.id akan dialihkan ke Diskominfo", "sukamaju.desa.id", .transfer),
  ]

  static let rest: [First] = [
    First("lupa kata sandi akun domain", nil, .password),
    First("akun terkunci krn salah password 3x", nil, .password),
    First("kami tidak bisa login ke panel", nil, .password),
    First("Akun sukamaju.desa.id masih dipegang vendor lama", "sukamaju.desa.id", .accountHolder),
    First("admin lama sudah mutasi, akun contohkab.go.id tidak kami pegang", "contohkab.go.id", .accountHolder),
    First("TOLONG sukamaju.desa.id jadi judi online", "sukamaju.desa.id", .hijacked),
    First("web diretas, muncul slot gacor: http://wonosari.desa.id/slot/", "wonosari.desa.id", .hijacked),
    First("situs kami kena hack pak sukamaju.desa.id", "sukamaju.desa.id", .hijacked),
    First("tampilan di-deface orang, contohkab.go.id", "contohkab.go.id", .hijacked),
    First("sukamaju.desa.id diblokir internet positif", "sukamaju.desa.id", .blocked),
    First("situs kami terblokir di Telkomsel", nil, .blocked),
    First("Surel ke alamat kami ditolak 550, domain contohkab.go.id", "contohkab.go.id", .mail),
    First(
      "email dinas tidak masuk sejak Selasa (dinkes.contohkab.go.id)", "contohkab.go.id", .mail,
      host: "dinkes.contohkab.go.id"),
    First("Sertifikat SSL sukamaju.desa.id habis", "sukamaju.desa.id", .certificate),
    First("muncul tulisan Koneksi Anda tidak pribadi di sukamaju.desa.id", "sukamaju.desa.id", .certificate),
    First("Mohon faktur perpanjangan sukamaju.desa.id untuk SPJ", "sukamaju.desa.id", .payment),
    First("sudah transfer tapi status menunggu pembayaran", nil, .payment),
    First("Bagaimana cara memakai subdomain puskesmas?", nil, .information),
    First("Selamat pagi, mau tanya syarat domain kelurahan", nil, .information),
    First("Assalamualaikum", nil, nil),
    First("Dinas Komunikasi dan Informatika\nhttps://contohkab.go.id", "contohkab.go.id", nil),
    First("Salam, ini dari otomatisasi surat.", nil, nil),
    First("hubungi admin@contohkab.go.id perihal sukamaju.desa.id yang mati", "sukamaju.desa.id", .notReachable),
    First("hubungi admin@contohkab.go.id", "contohkab.go.id", nil),
    First("sukamaju.desa.id.jahat.com dan go.id dan desa.id dan x.example", nil, nil),
    First("sukamaju.desa.id.com", nil, nil),
    First("-.-..desa.id ..go.id @ . @", nil, nil),
    First("*.contohkab.go.id sertifikatnya salah", "contohkab.go.id", .certificate),
    First("_dmarc.contohkab.go.id", "contohkab.go.id", nil, host: "dmarc.contohkab.go.id"),
  ]

  @Test(arguments: reachable + records + rest)
  func `a first message is understood as a person would`(first: First) {
    let read = ComplaintReading(text: first.text)
    #expect(read.domain?.name == first.domain)
    #expect(read.host?.name == first.host)
    #expect(read.alternatives.map { $0.name } == first.alternatives)
    #expect(read.category == first.category)
  }

  @Test func `the sender's own domain counts only when the text names none`() {
    #expect(ComplaintReading(text: "mati", sender: "a@contohkab.go.id").domain?.name == "contohkab.go.id")
    #expect(ComplaintReading(text: "mati", sender: "a@mail.contohkab.go.id").domain?.name == "contohkab.go.id")
    #expect(
      ComplaintReading(text: "sukamaju.desa.id mati", sender: "a@contohkab.go.id").domain?.name == "sukamaju.desa.id")
    #expect(ComplaintReading(text: "mati", sender: "a@gmail.example").domain == nil)
  }

  @Test func `the town's messages are understood for the greater part`() {
    var right = 0
    for message in Town.messages {
      let complaint = message.complaint(from: Town.sukamaju, by: .email, at: House.start)
      let read = ComplaintReading(text: complaint.subject + "\n" + complaint.text, sender: complaint.requester.email)
      if complaint.subject.contains("sukamaju") || complaint.text.contains("sukamaju.") {
        #expect(read.domain == Town.sukamaju.domain, "\(message.subject)")
      }
      if read.category == message.category { right += 1 }
    }
    #expect(right * 10 >= Town.messages.count * 7, "\(right) of \(Town.messages.count)")
  }

  @Test(arguments: ["a", ".", "a.", "-", "@", "go.id ", "x.go.id", "adu", "\u{0600}", "tidak bisa ", "\u{301}"])
  func `sixty-four kilobytes of anything take little more than their share of one`(piece: String) {
    let whole = String(repeating: piece, count: 64 * 1_024 / piece.utf8.count)
    let part = String(decoding: whole.utf8.prefix(8 * 1_024), as: UTF8.self)
    let clock = ContinuousClock()
    func fastest(_ text: String) -> Duration {
      (0..<3).map { _ in clock.measure { _ = ComplaintReading(text: text) } }.min() ?? .zero
    }
    // Eight times the text; a quadratic walk would take sixty-four times as long.
    #expect(fastest(whole) < fastest(part) * 24 + .milliseconds(50))
  }

  @Test func `a name behind any scalar that swallows its neighbour is still found`() {
    for mark in ["\u{0600}", "\u{301}", "\u{200D}", "\u{FE0F}", "\u{202E}", "\0"] {
      #expect(ComplaintReading(text: "\(mark)sukamaju.desa.id\(mark) mati").domain?.name == "sukamaju.desa.id")
    }
  }
}
