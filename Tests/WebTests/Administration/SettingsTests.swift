import Desk
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import SOP
import Testing
import Wording

@testable import Web

struct SettingsTests {
  let house: TestHouse

  init() throws { house = try TestHouse() }

  @Test func `hours and days off are saved with who and when and wrong ones keep what was typed`() async throws {
    try await house.open { browser in
      try await browser.signIn(as: .administrator)
      try await browser.get("/kelola/jam")
      let wrong = try await browser.post(
        "/kelola/jam", ["kantor": "pagi-pagi", "pandi": "selalu", "tambahan": "2027-13-01", "dikurangi": ""])
      #expect(wrong.status == .unprocessableContent)
      #expect(wrong.text.contains("value=\"pagi-pagi\"") && wrong.text.contains("“2027-13-01” bukan tanggal"))
      #expect(try await house.store.settings().isEmpty)
      let done = try await browser.post(
        "/kelola/jam",
        ["kantor": "Sen-Jum 07.30-15.30", "pandi": "selalu", "tambahan": "2027-01-02\r\n2027-01-04", "dikurangi": ""])
      #expect(done.status == .seeOther)
      let hours = try #require(try await house.store.setting("office.hours"))
      #expect(hours.text == "Sen-Jum 07.30-15.30" && hours.changedBy == "dewi" && hours.changedAt == TestHouse.morning)
      let calendar = try await house.store.setting("holidays")?.decoded(OfficeCalendar.self)
      #expect(calendar?.added.map(\.description) == ["2027-01-02", "2027-01-04"])
      let keeper = ProcedureKeeper(Procedure())
      try await keeper.reload(from: house.store)
      #expect(keeper.procedure.registryHours.always && !keeper.procedure.officeHours.always)
      #expect(try await browser.get("/kelola/jam").text.contains("Sen-Jum 07.30-15.30"))
    }
  }

  @Test func `the house is told when settings change`() async throws {
    var web = house.web
    let count = Counter()
    web.settingsChanged = { await count.add() }
    let ground = house.ground
    let router = WebServer.router(web: web, ground: ground)
    try await Application(router: router).test(.router) { client in
      let browser = Browser(client: client, house: house)
      try await browser.signIn(as: .administrator)
      try await browser.get("/kelola/jam")
      _ = try await browser.post("/kelola/jam", ["kantor": "", "pandi": "", "tambahan": "", "dikurangi": ""])
      _ = try await browser.post("/kelola/surat/receipt/id", ["naskah": "Tanda terima\n\nTiket {{number}}."])
      #expect(await count.value == 2)
    }
  }

  @Test func `a letter text that names an unknown hole is refused with a sentence`() async throws {
    try await house.open { browser in
      try await browser.signIn(as: .administrator)
      for stem in LetterStem.allCases {
        for language in ["id", "en"] {
          let page = try await browser.get("/kelola/surat/\(stem.rawValue)/\(language)")
          #expect(page.text.contains("Pratinjau dengan tiket contoh"), "\(stem) \(language)")
        }
      }
      let wrong = try await browser.post("/kelola/surat/receipt/id", ["naskah": "Perihal\n\nHalo {{rahasia}}"])
      #expect(wrong.status == .unprocessableContent)
      #expect(wrong.text.contains("Halo {{rahasia}}") && wrong.text.contains("tidak dikenal"))
      let preview = try await browser.post(
        "/kelola/surat/receipt/id", ["naskah": "Kami terima\n\nNomor {{number}}.", "aksi": "pratinjau"])
      #expect(preview.text.contains("Kami terima"))
      #expect(try await house.store.settings().isEmpty)
      _ = try await browser.post("/kelola/surat/receipt/id", ["naskah": "Kami terima\n\nNomor {{number}}."])
      #expect(try await house.store.setting("letter/receipt/id")?.text == "Kami terima\n\nNomor {{number}}.")
      _ = try await browser.post("/kelola/surat/receipt/id", ["naskah": "{{", "aksi": "bawaan"])
      #expect(try await house.store.setting("letter/receipt/id")?.text == "")
    }
  }

  @Test func `an institution keeps its domains and contacts and refuses other people's names`() async throws {
    try await house.open { browser in
      try await browser.signIn(as: .administrator)
      try await browser.get("/kelola/instansi/baru")
      let fields = ["nama": "Desa Sukamaju", "jenis": "village", "kontak": "Kades@sukamaju.desa.id"]
      let wrong = try await browser.post(
        "/kelola/instansi/baru", fields.merging(["domain": "sukamaju.desa.id\r\ncontoh.com"]) { $1 })
      #expect(wrong.status == .unprocessableContent && wrong.text.contains("“contoh.com” bukan nama"))
      _ = try await browser.post(
        "/kelola/instansi/baru", fields.merging(["domain": "Sukamaju.desa.id\r\n\r\nsukamaju.desa.id"]) { $1 })
      let domain = try #require(DomainName("sukamaju.desa.id"))
      let saved = try #require(try await house.store.institution(ofDomain: domain))
      #expect(saved.contacts == ["kades@sukamaju.desa.id"] && saved.domains.count == 1)
      #expect(try await browser.get("/kelola/instansi/\(saved.id)").text.contains("Desa Sukamaju"))
      #expect(try await browser.get("/kelola/instansi?q=suka").text.contains("Desa Sukamaju"))
    }
  }

  @Test func `a saved reply is written changed and deleted`() async throws {
    try await house.open { browser in
      try await browser.signIn(as: .administrator)
      try await browser.get("/kelola/balasan/baru")
      #expect(
        try await browser.post("/kelola/balasan/baru", ["judul": "", "naskah": "isi"]).status == .unprocessableContent)
      _ = try await browser.post("/kelola/balasan/baru", ["judul": "Surat kuasa", "naskah": "Mohon lampirkan."])
      let reply = try #require(try await house.store.savedReplies().first)
      _ = try await browser.post("/kelola/balasan/\(reply.id)", ["judul": "Surat kuasa", "naskah": "Mohon kirim."])
      #expect(try await house.store.savedReplies().map(\.text) == ["Mohon kirim."])
      _ = try await browser.post("/kelola/balasan/\(reply.id)/hapus")
      #expect(try await house.store.savedReplies().isEmpty)
      #expect(try await browser.post("/kelola/balasan/\(reply.id)/hapus").status == .notFound)
    }
  }
}

actor Counter {
  private(set) var value = 0
  func add() { value += 1 }
}
