import Desk
import HTTPTypes
import SOP
import Testing

@testable import Web

/// The forms of rows 2 to 6 as an officer sends them, on the whole house.
struct StageFormTests {
  static let decision = ["penyebab": "Server nama tidak menjawab."]

  @Test func `the check becomes the statement of the problem and opens row 3`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket()
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      let page = try await browser.get("/meja/tiket/\(number)")
      #expect(page.text.contains("sukamaju.desa.id"))
      let answer = try await browser.post(
        "/meja/tiket/\(number)/check",
        [
          "masalah": "Kedua server nama mati.", "domain": "SukaMaju.desa.id.", "host": "www.sukamaju.desa.id",
          "kategori": "DNS-01", "sejak": "kemarin", "instansi": "Desa Sukamaju", "kewenangan": "contactOnRecord",
          "catatan-kewenangan": "Surat tugas dilihat.",
        ])
      #expect(answer.status == .seeOther)
      #expect(answer.location == "/meja/tiket/\(number)")
    }
    let ticket = try await house.state(number)
    #expect(ticket.stage == .analysis)
    #expect(ticket.check?.problem == "Kedua server nama mati.")
    #expect(ticket.check?.domain == DomainName("sukamaju.desa.id"))
    #expect(ticket.check?.host == DomainName("www.sukamaju.desa.id"))
    #expect(ticket.check?.category == .notReachable)
    #expect(ticket.check?.authority == .contactOnRecord)
    #expect(ticket.check?.authorityNote == "Surat tugas dilihat.")
    #expect(ticket.report != nil)
    #expect(ticket.holder?.account == "budi")
  }

  @Test func `a refused check keeps every typed field and says what to do at the field`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket()
    let before = try await house.facts(number).count
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      let page = try await browser.post(
        "/meja/tiket/\(number)/check",
        [
          "masalah": "", "domain": "sukamaju.desa.id", "kategori": "TLS-01", "sejak": "hari <b>Rabu</b>",
          "kewenangan": "callBack", "catatan-kewenangan": "ditelepon pukul 9",
        ])
      #expect(page.status == .unprocessableContent)
      #expect(page.text.contains("Aduan masalah belum diisi"))
      #expect(page.text.contains("href=\"#masalah\""))
      #expect(page.text.contains("value=\"hari &lt;b&gt;Rabu&lt;/b&gt;\""))
      #expect(page.text.contains("value=\"ditelepon pukul 9\""))
      #expect(page.text.contains("<option value=\"TLS-01\" selected"))
      #expect(page.text.contains("<option value=\"callBack\" selected"))
      let wrong = try await browser.post(
        "/meja/tiket/\(number)/check", ["masalah": "Mati.", "domain": "bukan nama", "kategori": "DNS-01"])
      #expect(wrong.status == .unprocessableContent)
      #expect(wrong.text.contains("value=\"bukan nama\""))
      #expect(wrong.text.contains("href=\"#domain\""))
    }
    #expect(try await house.facts(number).count == before)
  }

  @Test func `what was typed into a form the ticket has moved on from is shown to be copied`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .analysis)
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      let page = try await browser.post(
        "/meja/tiket/\(number)/check", ["masalah": "Ketikan <panjang> saya.", "domain": "sukamaju.desa.id"])
      #expect(page.status == .unprocessableContent)
      #expect(page.text.contains("Ketikan &lt;panjang&gt; saya.") && page.text.contains("belum tersimpan"))
      let here = try await browser.post("/meja/tiket/\(number)/analysis", ["penyebab": ""])
      #expect(here.status == .unprocessableContent && !here.text.contains("belum tersimpan"))
    }
  }

  struct WayCase: Sendable, CustomTestStringConvertible {
    let kind: AnalysisDecision.Kind
    let fields: [String: String]
    let stage: Stage
    let pause: Pause.Reason?
    var testDescription: String { kind.rawValue }
  }

  static let ways = [
    WayCase(
      kind: .registryExecutes,
      fields: [
        "tindakan": "Ubah server nama", "domain-pandi": "sukamaju.desa.id", "sekarang": "ns1.lama.id",
        "diminta": "ns1.baru.id", "bukti": "Menjawab benar.", "pesan-pandi": "Mohon segera.",
      ], stage: .registry, pause: nil),
    WayCase(
      kind: .teamExecutes, fields: ["tindakan": "Buka kunci", "alasan": "Ada di registrar."], stage: .answer, pause: nil
    ),
    WayCase(
      kind: .referred,
      fields: ["pemilik": "Penyedia hosting", "kontak": "bantuan@hosting.example", "bukti-rujukan": "HTTP 500."],
      stage: .answer, pause: nil),
    WayCase(kind: .declined, fields: ["alasan": "Bukan pejabat."], stage: .answer, pause: nil),
    WayCase(kind: .duplicate, fields: [:], stage: .answer, pause: .duplicate),
    WayCase(kind: .incomplete, fields: ["kelengkapan": "Surat tugas."], stage: .analysis, pause: .incomplete),
  ]

  @Test(arguments: ways) func `each of the six decisions leads its own way`(way: WayCase) async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .analysis)
    let original = try await house.ticket(text: "Tiket asal.")
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      var fields = Self.decision.merging(way.fields) { $1 }
      fields["keputusan"] = way.kind.rawValue
      if way.kind == .duplicate { fields["tiket-asli"] = original.description }
      let answer = try await browser.submit("/meja/tiket/\(number)/analysis", fields)
      #expect(answer.status == .ok)
    }
    let ticket = try await house.state(number)
    #expect(ticket.analysis?.kind == way.kind)
    #expect(ticket.analysis?.cause == "Server nama tidak menjawab.")
    #expect(ticket.stage == way.stage)
    #expect(ticket.pause?.reason == way.pause)
    if way.kind == .registryExecutes { #expect(ticket.handoff?.packet.wanted == "ns1.baru.id") }
    if way.kind == .duplicate { #expect(ticket.duplicateOf == original) }
  }

  @Test(arguments: [
    (["keputusan": ""], "keputusan"), (["keputusan": "registry_executes", "tindakan": ""], "tindakan"),
    (["keputusan": "referred", "pemilik": "A", "kontak": ""], "kontak"),
    (["keputusan": "duplicate", "tiket-asli": "ADU-1"], "tiket-asli"),
    (["keputusan": "duplicate", "tiket-asli": "ADU-202611-99999-K"], "tiket-asli"),
    (["keputusan": "incomplete", "kelengkapan": ""], "kelengkapan"), (["keputusan": "declined"], "alasan"),
  ]) func `a decision without what it needs keeps the cause and points at the field`(
    fields: [String: String], field: String
  ) async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .analysis)
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      let page = try await browser.post("/meja/tiket/\(number)/analysis", Self.decision.merging(fields) { $1 })
      #expect(page.status == .unprocessableContent)
      #expect(page.text.contains("href=\"#\(field)\""))
      #expect(page.text.contains("Server nama tidak menjawab."))
    }
    #expect(try await house.state(number).analysis == nil)
  }

  @Test func `what the registry said by telephone is recorded by the officer`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .registry)
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      let page = try await browser.get("/meja/tiket/\(number)")
      #expect(page.text.contains("/registri/permintaan/\(house.tokens.handoffToken(number, ordinal: 1))"))
      let refused = try await browser.post(
        "/meja/tiket/\(number)/registry", ["hasil": "cannot", "isi-konfirmasi": "", "penerusan": "1"])
      #expect(refused.status == .unprocessableContent)
      #expect(refused.text.contains("href=\"#isi-konfirmasi\""))
      _ = try await browser.submit(
        "/meja/tiket/\(number)/registry",
        ["hasil": "done", "isi-konfirmasi": "Sudah diubah.", "rujukan": "REQ-88", "penerusan": "1"])
    }
    let ticket = try await house.state(number)
    #expect(ticket.stage == .answer)
    #expect(ticket.registryReply?.door == .officer)
    #expect(ticket.registryReply?.reference == "REQ-88")
  }

  @Test func `a page that shows an earlier packet does not answer the newer one`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .registry)
    let reply = RegistryReply(result: .needsInformation, text: "Server yang mana?", door: .desk)
    try await house.handling.perform(.recordRegistryReply(reply, ordinal: 1), on: number, by: TestHouse.registry)
    let packet = HandoffPacket(action: "Hapus DS", domain: try #require(DomainName("sukamaju.desa.id")))
    try await house.handling.perform(
      .recordAnalysis(AnalysisDecision(cause: "DS keliru.", way: .registryExecutes(packet: packet))), on: number,
      by: TestHouse.officer)
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      let page = try await browser.post(
        "/meja/tiket/\(number)/registry", ["hasil": "done", "isi-konfirmasi": "Sudah.", "penerusan": "1"])
      #expect(page.status == .unprocessableContent)
      #expect(page.text.contains("Sudah."))
    }
    #expect(try await house.state(number).stage == .registry)
  }

  @Test func `the answer stays in row 5 until the channel took it and its failure is shown`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .answer)
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      let form = try await browser.get("/meja/tiket/\(number)")
      #expect(form.text.contains("Sudah diubah."))
      let page = try await browser.submit(
        "/meja/tiket/\(number)/answer", ["jawaban": "Sudah pulih.", "hasil-akhir": "solved", "pekerjaan": "Diuji."])
      #expect(page.text.contains("Jawaban sedang dikirim"))
      let letter = try #require(try await house.state(number).answerUnderWay)
      #expect(try await house.state(number).stage == .answer)
      try await house.handling.perform(
        .recordAnswerFailed(reason: "550 5.1.1 no such user", letter: letter), on: number, by: .machine)
      let failed = try await browser.get("/meja/tiket/\(number)")
      #expect(failed.text.contains("Jawaban terakhir tidak sampai"))
      #expect(failed.text.contains("name=\"jawaban\""))
    }
    #expect(try await house.state(number).answer?.work == "Diuji.")
  }

  @Test func `an empty answer is refused and the outcome and the work stay`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .answer)
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      let page = try await browser.post(
        "/meja/tiket/\(number)/answer", ["jawaban": " \u{200B} ", "hasil-akhir": "information", "pekerjaan": "Diuji."])
      #expect(page.status == .unprocessableContent)
      #expect(page.text.contains("href=\"#jawaban\""))
      #expect(page.text.contains("Diuji."))
      #expect(page.text.contains("value=\"information\" checked"))
    }
    #expect(try await house.state(number).answer == nil)
  }

  @Test(arguments: [("selesai", true), ("belum", false)])
  func `the requester's word by telephone closes or brings back`(word: String, closes: Bool) async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .confirmation)
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      let page = try await browser.submit(
        "/meja/tiket/\(number)/confirmation", ["kata-pemohon": word, "alasan-belum": closes ? "" : "Masih mati."])
      #expect(page.status == .ok)
    }
    let ticket = try await house.state(number)
    #expect(ticket.isClosed == closes)
    #expect(closes || ticket.stage == .analysis)
  }

  @Test func `a form of another row is refused with the row the ticket is in`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .analysis)
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      let page = try await browser.post(
        "/meja/tiket/\(number)/check", ["masalah": "Mati.", "domain": "sukamaju.desa.id", "kategori": "DNS-01"])
      #expect(page.status == .unprocessableContent)
      #expect(page.text.contains("tiket sedang di tahap 3"))
    }
  }
}
