import Desk
import Foundation
import HTTPTypes
import SOP
import Testing

@testable import Web

/// What a village official types.
let said = "Situs desa kami sukamaju.desa.id tidak bisa dibuka sejak kemarin sore."
let siti = [
  "instansi": "Pemerintah Desa Sukamaju", "jenis": "village", "nama": "Siti Aminah", "jabatan": "Sekretaris desa",
  "surel": "Siti@Sukamaju.desa.id", "telepon": "0812 3456 7890",
]
let picture = Browser.Upload(
  "berkas", name: "foto layar.png", type: "image/png",
  bytes: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3])

extension Browser {
  /// Files a complaint by the form; returns the page at its end.
  func complain(_ text: String = said, _ who: [String: String] = siti, uploads: [Upload] = []) async throws -> Answer {
    try await get("/")
    _ = try await submit("/lapor", ["uraian": text])
    _ = try await submit("/lapor/pemohon", who)
    _ = try await submit("/lapor/berkas", ["aksi": "lanjut"], uploads: uploads)
    return try await submit("/lapor/periksa")
  }

  func mayFollow(_ number: TicketNumber) async throws -> Bool {
    try await get("/tiket/\(number)").text.contains("Enam tahap")
  }
}

/// The one ticket of a house.
func onlyTicket(_ house: TestHouse) async throws -> Ticket {
  let page = try await house.store.queue(.all, after: nil, limit: 5)
  try #require(page.count == 1)
  return try await house.state(page[0].number)
}

struct ComplaintTests {
  @Test func `a complaint goes from the start page to a ticket with a number a time and a secret link`() async throws {
    let house = try TestHouse()
    try await house.open { browser in
      let start = try await browser.get("/")
      #expect(start.text.contains("name=\"uraian\"") && start.text.contains("aduan@sigap.test"))
      let who = try await browser.submit("/lapor", ["uraian": said])
      #expect(who.text.contains("sukamaju.desa.id</span>") && who.text.contains("Bukan ini?"))
      let files = try await browser.submit("/lapor/pemohon", siti)
      #expect(files.text.contains("multipart/form-data"))
      let check = try await browser.submit("/lapor/berkas", ["aksi": "lanjut"], uploads: [picture])
      for word in [said, "Siti Aminah", "Sekretaris desa", "siti@sukamaju.desa.id", "foto layar.png", "0812 3456 7890"]
      {
        #expect(check.text.contains(word), "\(word)")
      }
      let done = try await browser.submit("/lapor/periksa")
      let ticket = try await onlyTicket(house)
      #expect(done.text.contains(ticket.number.description))
      #expect(done.text.contains("hari ini pukul 09.10 WIB"))
      #expect(done.text.contains("kunci=\(house.tokens.followKey(ticket.number))"))
      #expect(done.text.contains("siti@sukamaju.desa.id"))
      let complaint = ticket.complaint
      #expect(complaint.channel == .web && complaint.text == said)
      #expect(complaint.domain?.name == "sukamaju.desa.id")
      #expect(complaint.requester.institutionKind == .village && complaint.requester.email == "siti@sukamaju.desa.id")
      #expect(complaint.attachments.map(\.fileName) == ["foto layar.png"])
      let digest = try #require(complaint.attachments.first?.sha256)
      #expect(try await house.store.file(digest) == Data(picture.bytes))
      #expect(try await browser.mayFollow(ticket.number))
    }
  }

  @Test func `pressing send twice opens one ticket and both lead to it`() async throws {
    let house = try TestHouse()
    try await house.open { browser in
      try await browser.get("/")
      _ = try await browser.submit("/lapor", ["uraian": said])
      _ = try await browser.submit("/lapor/pemohon", siti)
      async let first = browser.post("/lapor/periksa")
      async let second = browser.post("/lapor/periksa")
      let third = try await browser.post("/lapor/periksa")
      let places = [try await first.location, try await second.location, third.location]
      let ticket = try await onlyTicket(house)
      #expect(places == Array(repeating: "/lapor/selesai/\(ticket.number)", count: 3))
    }
  }

  @Test func `a draft is there again after the browser lost its page and is over once sent`() async throws {
    let house = try TestHouse()
    try await house.open { browser in
      try await browser.get("/")
      _ = try await browser.submit("/lapor", ["uraian": said])
      let start = try await browser.get("/")
      #expect(start.text.contains("Lanjutkan pengaduan yang belum selesai") && start.text.contains("/lapor/pemohon"))
      #expect(try await browser.get("/lapor").text.contains(said))
      let stranger = browser.another()
      #expect(try await stranger.get("/lapor").text.contains(said) == false)
      _ = try await browser.submit("/lapor/pemohon", siti)
      #expect(try await browser.get("/lapor/pemohon").text.contains("Siti Aminah"))
      _ = try await browser.submit("/lapor/periksa")
      #expect(try await browser.get("/").text.contains("Lanjutkan") == false)
      #expect(try await browser.get("/lapor").text.contains(said) == false)
    }
  }

  @Test func `refused steps keep everything typed and say at the field what to do`() async throws {
    let house = try TestHouse()
    try await house.open { browser in
      try await browser.get("/")
      let empty = try await browser.post("/lapor", ["uraian": " \u{200B} "])
      #expect(empty.status == .unprocessableContent)
      #expect(empty.text.contains("<title>Galat: ") && empty.text.contains("Ceritakan apa yang terjadi"))
      let odd = try await browser.post("/lapor", ["uraian": "mati <b>", "domain": "bukan nama"])
      #expect(odd.status == .unprocessableContent)
      #expect(odd.text.contains("mati &lt;b&gt;") && odd.text.contains("value=\"bukan nama\""))
      _ = try await browser.submit("/lapor", ["uraian": said])
      var wrong = siti
      let hostile = "\u{0600}\" onfocus"
      wrong["nama"] = hostile + "=x"
      wrong["surel"] = "siti@"
      wrong["jenis"] = "gampong"
      wrong["telepon"] = "nol delapan"
      let who = try await browser.post("/lapor/pemohon", wrong)
      #expect(who.status == .unprocessableContent)
      for word in ["value=\"siti@\"", "value=\"nol delapan\"", "Desa Sukamaju", "surel-error", "jenis-error"] {
        #expect(who.text.contains(word), "\(word)")
      }
      #expect(!who.text.contains(utf8: hostile))
      #expect(try await browser.get("/lapor/periksa").location == "/lapor/pemohon")
    }
  }

  @Test func `a name that was not found is asked for once and may stay unknown`() async throws {
    let house = try TestHouse()
    try await house.open { browser in
      try await browser.get("/")
      let asked = try await browser.submit("/lapor", ["uraian": "Situs kantor kami mati."])
      #expect(asked.text.contains("Kami belum menemukan nama domain") && asked.text.contains("Situs kantor kami mati."))
      let who = try await browser.submit("/lapor", ["uraian": "Situs kantor kami mati.", "domain": ""])
      #expect(who.text.contains("belum diketahui"))
      _ = try await browser.submit("/lapor/pemohon", siti)
      _ = try await browser.submit("/lapor/periksa")
      #expect(try await onlyTicket(house).stage == .check)
    }
  }

  @Test(arguments: [
    ("https://www.bandung.go.id/berita?x=1", "bandung.go.id"), ("admin@surat.wonosari.desa.id", "wonosari.desa.id"),
    ("contoh.com", "contoh.com"), (" WONOSARI.desa.id. ", "wonosari.desa.id"),
  ])
  func `the domain field reads what people paste`(typed: String, name: String) {
    var draft = ComplaintDraft(id: "x")
    let taken = draft.take(text: said, typed: typed)
    #expect(taken)
    #expect(draft.domain == name)
  }

  @Test func `an empty field leaves the name in the text, and an emptied one takes it away`() {
    var draft = ComplaintDraft(id: "x")
    _ = draft.take(text: "Situs wonosari.desa.id mati.", typed: "")
    #expect(draft.domain == "wonosari.desa.id")
    _ = draft.take(text: "Situs wonosari.desa.id mati.", typed: "")
    #expect(draft.domain == "")
  }

  @Test func `a network without an account may not fill the disk with files`() async throws {
    let house = try TestHouse()
    try await house.open { browser in
      try await browser.get("/")
      _ = try await browser.submit("/lapor", ["uraian": "Situs wonosari.desa.id mati."])
      _ = try await browser.submit("/lapor/pemohon", siti)
      for _ in 0..<200 { _ = try await house.store.allow("upload/-", limit: 200, per: 3_600, now: TestHouse.morning) }
      let refused = try await browser.submit("/lapor/berkas", ["aksi": "lanjut"], uploads: [picture])
      #expect(refused.status == .tooManyRequests && refused.text.contains("satu jam kemudian"))
    }
  }

  @Test func `what the directory knows of a domain is not asked again`() async throws {
    let house = try TestHouse()
    let domain = try #require(DomainName("sukamaju.desa.id"))
    try await house.store.save(
      Institution(id: "1", name: "Pemerintah Desa Sukamaju Jaya", kind: .village, domains: [domain], contacts: []))
    try await house.open { browser in
      try await browser.get("/")
      let who = try await browser.submit("/lapor", ["uraian": said])
      #expect(who.text.contains("Pemerintah Desa Sukamaju Jaya") && who.text.contains("value=\"village\" selected"))
    }
  }

  @Test func `files are listed removed and refused by name when there are too many`() async throws {
    let house = try TestHouse()
    try await house.open { browser in
      try await browser.get("/")
      _ = try await browser.submit("/lapor", ["uraian": said])
      _ = try await browser.submit("/lapor/pemohon", siti)
      let page = try await browser.submit("/lapor/berkas", ["aksi": "unggah"], uploads: [picture])
      #expect(page.text.contains("foto layar.png") && page.text.contains("11 bita"))
      let digest = Secrets.sha256(Data(picture.bytes))
      let removed = try await browser.submit("/lapor/berkas/hapus", ["berkas": digest])
      #expect(!removed.text.contains("foto layar.png"))
      let many = (1...11).map { Browser.Upload("berkas", name: "b\($0).txt", bytes: [UInt8($0)]) }
      let refused = try await browser.post("/lapor/berkas", ["aksi": "lanjut"], uploads: many)
      #expect(refused.status == .unprocessableContent)
      #expect(refused.text.contains("b10.txt") && refused.text.contains("Tidak terunggah: b11.txt"))
    }
  }

  @Test func `one address gets few codes and the complaint stays kept`() async throws {
    let house = try TestHouse()
    try await house.open { browser in
      for _ in 0..<3 { #expect(try await browser.complain().text.contains("Pengaduan Bapak/Ibu kami terima")) }
      let fourth = try await browser.complain()
      #expect(fourth.status == .tooManyRequests && fourth.text.contains("Terlalu banyak kode"))
      var without = siti
      without["surel"] = ""
      _ = try await browser.submit("/lapor/pemohon", without)
      let sent = try await browser.submit("/lapor/periksa")
      #expect(sent.text.contains("Pengaduan Bapak/Ibu kami terima") && !sent.text.contains("Kami mengirim kode"))
    }
  }

  @Test func `the done page of someone else looks like one that does not exist`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket()
    try await house.open { browser in
      let foreign = try await browser.get("/lapor/selesai/\(number)")
      let missing = try await browser.get("/lapor/selesai/ADU-202611-00099-X")
      #expect(foreign.status == .notFound && missing.status == .notFound)
    }
  }

  @Test func `the first page weighs at most 60 KB with everything it loads`() async throws {
    let house = try TestHouse()
    try await house.open { browser in
      let page = try await browser.get("/")
      var sum = page.bytes.count
      let parts = page.text.components(separatedBy: "\"/aset/").dropFirst()
        .compactMap { $0.split(separator: "\"").first }
      for part in Set(parts) {
        let file = try await browser.get("/aset/\(part)")
        #expect(file.status == .ok)
        sum += file.bytes.count
      }
      #expect(parts.count >= 3)
      #expect(sum <= 60_000, "\(sum) bytes")
    }
  }
}
