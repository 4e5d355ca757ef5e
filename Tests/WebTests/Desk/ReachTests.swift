import Desk
import HTTPTypes
import SOP
import Testing

@testable import Web

/// Where words go is said at the button before, and by the next page after; and whose ticket it is.
struct ReachTests {
  struct Address: Sendable, CustomTestStringConvertible {
    let email: String?
    var proven = true
    let before: String
    let after: String
    let state: LetterState?
    var testDescription: String { before }
  }

  static let addresses = [
    Address(
      email: "kades@sukamaju.desa.id", before: "Dikirim ke kades@sukamaju.desa.id lewat surel",
      after: "Dikirim lewat surel;", state: .queued),
    Address(
      email: nil, before: "dibaca di halaman tiket saja", after: "Tidak ada surel yang dikirim.", state: nil),
    Address(
      email: "kades@sukamaju.desa.id", proven: false,
      before: "surel ke kades@sukamaju.desa.id ditahan sampai alamatnya dipastikan",
      after: "surelnya ditahan sampai alamat pemohon dipastikan", state: .held),
  ]

  @Test(arguments: addresses) func `what is said of a message is what happens to it`(address: Address) async throws {
    let house = try TestHouse()
    for (form, fields, stage) in [
      ("message", ["pesan": "Halo."], Stage.check), ("question", ["pertanyaan": "Sejak kapan?"], .check),
      ("answer", ["jawaban": "Sudah pulih.", "hasil-akhir": "solved"], .answer),
      (
        "analysis", ["penyebab": "Belum jelas.", "keputusan": "incomplete", "kelengkapan": "Surat tugas."],
        .analysis
      ),
    ] {
      let number = try await house.ticket(at: stage, email: address.email, proven: address.proven)
      try await house.open { browser in
        try await browser.signIn(as: .officer)
        let page = try await browser.get("/meja/tiket/\(number)")
        #expect(page.text.contains(address.before), "\(form)")
        let next = try await browser.submit("/meja/tiket/\(number)/\(form)", fields)
        #expect(next.text.contains(address.after), "\(form)")
      }
      let kind = form == "analysis" ? "question" : form
      let letters = try await house.store.letters(of: number).filter { $0.letter.kind == kind }
      #expect(letters.map(\.state) == [address.state].compactMap { $0 }, "\(form)")
    }
  }

  @Test func `words to the registry say their address`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .registry)
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      #expect(try await browser.get("/meja/tiket/\(number)").text.contains("Dikirim ke petugas@registri.test"))
      let next = try await browser.submit(
        "/meja/tiket/\(number)/registry-message", ["pesan-registri": "Sudah terlihat?"])
      #expect(next.text.contains("Dikirim ke PANDI lewat surel."))
    }
    #expect(RegistryReach(email: nil, hasPacket: true).flash == .onRegistryDesk)
    #expect(RegistryReach(email: nil, hasPacket: false).sentence(.indonesian).contains("bila ada penerusan"))
  }

  @Test func `when a ticket waits for others the next free one is offered`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket()
    let next = try await house.ticket(text: "Tiket berikutnya.", email: nil)
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      let before = try await browser.get("/meja/tiket/\(number)").text
      #expect(before.contains("Ambil berikutnya") && !before.contains("menunggu pihak lain. Tiket bebas"))
      let after = try await browser.submit("/meja/tiket/\(number)/question", ["pertanyaan": "Sejak kapan?"])
      #expect(after.text.contains("menunggu pihak lain. Tiket bebas: 1"))
      #expect(!(try await browser.get("/meja/tiket/\(number)").text.contains("Tiket bebas: 1")))
      #expect(try await browser.post("/meja/ambil").location == "/meja/tiket/\(next)")
    }
  }

  @Test func `an answer to who has no address waits until it was read out`() async throws {
    let house = try TestHouse()
    let number = try await house.spokenTicket()
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      let page = try await browser.get("/meja/tiket/\(number)").text
      #expect(
        page.contains("Bacakan jawaban ini") && page.contains("Sudah kami betulkan.") && page.contains("0812 3456"))
      #expect(page.contains("Catat jawaban, lalu bacakan") && page.contains("disampaikan petugas dengan bicara"))
      #expect(!page.contains("Jawaban sedang dikirim"))
      let next = try await browser.submit("/meja/tiket/\(number)/reading", ["catatan-baca": "Kepada Ibu Siti."])
      #expect(next.status == .ok && !next.text.contains("Bacakan jawaban ini"))
      #expect(try await house.state(number).stage == .confirmation)
      let message = try await browser.submit("/meja/tiket/\(number)/message", ["pesan": "Terima kasih."])
      #expect(message.text.contains("sampaikan dengan bicara"))
    }
  }

  @Test func `another address is proven before letters go there`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket()
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      let path = "/meja/tiket/\(number)"
      #expect(!(try await browser.get(path).text.contains("Kirim ulang surat pembuktian")))
      let wrong = try await browser.post(path + "/address", ["surel-baru": "bukan alamat", "alasan-alamat": "Salah."])
      #expect(wrong.status == .unprocessableContent && wrong.text.contains("href=\"#surel-baru\""))
      let page = try await browser.submit(
        path + "/address", ["surel-baru": "Baru@SukaMaju.desa.id", "alasan-alamat": "Salah ketik."])
      #expect(page.text.contains("surel ke baru@sukamaju.desa.id ditahan"))
      #expect(page.text.contains("Kirim ulang surat pembuktian"))
      #expect(try await browser.post(path + "/proof").status == .seeOther)
      #expect(try await house.state(number).complaint.requester.email == "baru@sukamaju.desa.id")
    }
  }

  @Test func `words to a closed ticket are marked as read`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket()
    try await house.handling.perform(.withdraw(reason: "Selesai."), on: number, by: TestHouse.requester)
    try await house.handling.perform(
      .receiveFromRequester(IncomingMessage(channel: .web, text: "Masih satu lagi.")), on: number,
      by: TestHouse.requester)
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      #expect(try await browser.get("/meja?tampil=tutup-baru").text.contains("/meja/tiket/\(number)"))
      #expect(try await browser.get("/meja/tiket/\(number)").text.contains("Tandai sudah dibaca"))
      let page = try await browser.submit("/meja/tiket/\(number)/seen")
      #expect(!page.text.contains("Tandai sudah dibaca"))
      #expect(try await house.state(number).awaitsReading == false)
    }
  }

  // MARK: Whose it is

  @Test func `a colleague's ticket is taken over by name, without a key, and only from that colleague`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .analysis)
    try await house.open { browser in
      try await browser.signIn(as: .supervisor)
      let page = try await browser.get("/meja/tiket/\(number)").text
      #expect(page.contains("Ambil alih dari Budi Santoso") && !page.contains("data-key=\"a\""))
      #expect(page.contains("name=\"pemegang\" value=\"budi\""))
      // Meanwhile another colleague took it: what the page showed is no longer so.
      let rina = Officer(account: "rina", name: "Rina Wulandari")
      try await house.handling.perform(.assign(rina), on: number, by: TestHouse.supervisor)
      let refused = try await browser.post("/meja/tiket/\(number)/taking", ["pemegang": "budi"])
      #expect(refused.status == .unprocessableContent && refused.text.contains("Ambil alih dari Rina Wulandari"))
      #expect(try await house.state(number).holder == rina)
      // A word of the requester meanwhile takes the ticket from nobody.
      try await house.handling.perform(
        .receiveFromRequester(IncomingMessage(channel: .web, text: "Halo?")), on: number, by: TestHouse.requester)
      _ = try await browser.post("/meja/tiket/\(number)/taking", ["pemegang": "rina"])
      #expect(try await house.state(number).holder?.account == "sari")
    }
  }

  @Test func `a free ticket has its key, and is not taken from whom has it since`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket()
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      #expect(try await browser.get("/meja/tiket/\(number)").text.contains("data-key=\"a\""))
      let rina = Officer(account: "rina", name: "Rina Wulandari")
      try await house.handling.perform(.assign(rina), on: number, by: TestHouse.supervisor)
      #expect(try await browser.post("/meja/tiket/\(number)/taking").status == .unprocessableContent)
      #expect(try await browser.post("/meja/tiket/\(number)/release").status == .unprocessableContent)
      #expect(try await house.state(number).holder == rina)
    }
  }
}
