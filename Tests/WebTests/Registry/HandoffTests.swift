import Desk
import DeskTesting
import Foundation
import HTTPTypes
import SOP
import Testing

@testable import Web

/// SOP row 4 on the pages: one packet by signed link or on the registry's desk.
struct HandoffTests {
  private func link(_ house: TestHouse, _ number: TicketNumber, ordinal: Int = 1) -> String {
    "/registri/permintaan/\(house.tokens.handoffToken(number, ordinal: ordinal))"
  }

  @Test func `the link shows the packet, takes the answer without an account and then shows what was answered`()
    async throws
  {
    let house = try TestHouse()
    let number = try await house.ticket(at: .registry)
    let link = link(house, number)
    try await house.open { browser in
      let page = try await browser.get(link)
      #expect(page.status == .ok)
      for part in [
        "Ubah server nama", "sukamaju.desa.id", "ns1.lama.id", "ns1.baru.id", "Mohon segera.", "Budi Santoso",
        "Server lama tidak menjawab.", "sisa 30 menit",
      ] { #expect(page.text.contains(part), "\(part)") }
      let answered = try await browser.submit(
        link, ["jawaban": "done", "keterangan": "Selesai pukul 09.05.", "rujukan": "REQ-7", "penerusan": "1"])
      #expect(answered.status == .ok)
      #expect(answered.text.contains("Sudah dijawab: Sudah dikerjakan"))
      #expect(answered.text.contains("REQ-7") && !answered.text.contains("name=\"jawaban\""))
      let again = try await browser.get(link)
      #expect(again.text.contains("Selesai pukul 09.05.") && !again.text.contains("<form"))
    }
    let ticket = try await house.state(number)
    #expect(ticket.stage == .answer)
    #expect(ticket.registryReply?.door == .link && ticket.registryReply?.reference == "REQ-7")
    let reply = try await house.web.store.history(of: number).last {
      if case .registryReplied = $0.event { true } else { false }
    }
    #expect(reply?.by == Performer(party: .registry))
  }

  @Test func `opening the link changes nothing`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .registry)
    let version = try await house.state(number).version
    let link = link(house, number)
    try await house.open { browser in
      for _ in 0..<3 { try await browser.get(link) }
      #expect(try await browser.get(link + "/terima").location == link)
    }
    #expect(try await house.state(number).version == version)
  }

  @Test func `an answer without a choice or without its reason keeps what was typed`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .registry)
    let link = link(house, number)
    try await house.open { browser in
      let none = try await browser.post(link, ["keterangan": "<b>tulisan</b>\u{0600}<i>", "rujukan": "R-1"])
      #expect(none.status == .unprocessableContent)
      #expect(none.text.contains("Pilih salah satu jawaban") && none.text.contains("href=\"#jawaban\""))
      #expect(
        none.text.contains(utf8: "&lt;b&gt;tulisan&lt;/b&gt;\u{0600}&lt;i&gt;") && none.text.contains("value=\"R-1\""))
      let bare = try await browser.post(link, ["jawaban": "cannot", "rujukan": "R-1"])
      #expect(bare.status == .unprocessableContent)
      #expect(bare.text.contains("href=\"#keterangan\"") && bare.text.contains("Konfirmasi belum diisi"))
      #expect(bare.text.contains("value=\"cannot\" checked") && bare.text.contains("value=\"R-1\""))
      let long = try await browser.post(
        link, ["jawaban": "done", "rujukan": String(repeating: "7", count: 201)])
      #expect(long.status == .unprocessableContent && long.text.contains("href=\"#rujukan\""))
    }
    #expect(try await house.state(number).stage == .registry)
  }

  @Test func `needs information sends the ticket back to analysis and the next packet has its own link`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .registry)
    let first = link(house, number)
    let second = link(house, number, ordinal: 2)
    try await house.open { browser in
      #expect(try await browser.get(second).status == .notFound)
      _ = try await browser.submit(first, ["jawaban": "needsInformation", "keterangan": "Server yang mana?"])
      #expect(try await house.state(number).stage == .analysis)
      guard let domain = DomainName("sukamaju.desa.id") else { return }
      try await house.handling.perform(
        .recordAnalysis(
          AnalysisDecision(
            cause: "Jelas.", way: .registryExecutes(packet: HandoffPacket(action: "Ubah glue", domain: domain)))),
        on: number, by: TestHouse.officer)
      let old = try await browser.get(first)
      #expect(old.text.contains("Ubah server nama") && old.text.contains("Server yang mana?"))
      #expect(!old.text.contains("<form") && !old.text.contains("Ubah glue"))
      let late = try await browser.post(first, ["jawaban": "done", "keterangan": "Jangan hilang."])
      #expect(late.status == .unprocessableContent && late.text.contains("Jangan hilang."))
      #expect(try await house.state(number).stage == .registry)
      let new = try await browser.get(second)
      #expect(new.text.contains("Ubah glue") && new.text.contains("<form"))
    }
  }

  @Test func `a packet that was taken back or closed has no form`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .registry)
    try await house.handling.perform(
      .override(to: .answer, reason: "Lewat telepon."), on: number, by: TestHouse.supervisor)
    let link = link(house, number)
    try await house.open { browser in
      let outdated = try await browser.get(link)
      #expect(outdated.text.contains("tidak berlaku lagi") && !outdated.text.contains("<form"))
      try await house.handling.perform(.close(reason: "Uji."), on: number, by: TestHouse.supervisor)
      let closed = try await browser.get(link)
      #expect(closed.text.contains("sudah ditutup") && !closed.text.contains("<form"))
    }
  }

  @Test func `a link ends thirty days after its due instant and the desk still answers`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .registry)
    let link = link(house, number)
    let due = try await house.state(number).handoff?.dueAt ?? .never
    try await house.open { browser in
      house.clock.set(due.adding(seconds: 30 * 86_400))
      #expect(try await browser.get(link).text.contains("<form"))
      house.clock.set(due.adding(seconds: 30 * 86_400 + 1))
      let expired = try await browser.get(link)
      #expect(expired.text.contains("lewat masanya") && !expired.text.contains("<form"))
      #expect(try await browser.post(link, ["jawaban": "done"]).status == .gone)
      #expect(try await house.state(number).stage == .registry)
      try await browser.signIn(as: .registry)
      let desk = "/registri/tiket/\(number)"
      #expect(try await browser.get(desk).text.contains("name=\"jawaban\""))
      _ = try await browser.submit(desk, ["jawaban": "done", "penerusan": "1"])
    }
    #expect(try await house.state(number).registryReply?.door == .desk)
  }

  @Test func `a registry officer's name is kept and an old page never answers a new packet`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .registry)
    let desk = "/registri/tiket/\(number)"
    try await house.open { browser in
      try await browser.signIn(as: .registry)
      try await browser.get(desk)
      let received = try await browser.submit(desk + "/terima", ["penerusan": "1"])
      #expect(received.text.contains("Ditandai diterima"))
      // A second click on the same button is no trouble.
      #expect(try await browser.submit(desk + "/terima", ["penerusan": "1"]).status == .ok)
      let stale = try await browser.post(desk, ["jawaban": "done", "penerusan": "7"])
      #expect(stale.status == .unprocessableContent && stale.text.contains("penerusan yang sudah lewat"))
      let hostile = try await browser.post(desk, ["jawaban": "done", "penerusan": "99999999999999999999999"])
      #expect(hostile.status == .unprocessableContent)
    }
    let by = try await house.web.store.history(of: number).last { $0.event == .handoffAcknowledged }?.by
    #expect(by == TestHouse.registry)
  }

  @Test func `a message goes to the team and is no answer`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .registry)
    let link = link(house, number)
    try await house.open { browser in
      let empty = try await browser.post(link + "/pesan", ["pesan": "  \r\n "])
      #expect(empty.status == .unprocessableContent && empty.text.contains("href=\"#pesan\""))
      let sent = try await browser.submit(link + "/pesan", ["pesan": "Server ns1 atau ns2?\r\nTerima kasih."])
      #expect(sent.text.contains("Server ns1 atau ns2?\nTerima kasih."))
      let long = try await browser.post(link + "/pesan", ["pesan": String(repeating: "x", count: 65_537)])
      #expect(long.status == .unprocessableContent && long.text.contains("xxxxxxxx"))
      #expect(try await browser.post(link, ["jawaban": "done"]).status == .seeOther)
      let after = try await browser.post(link + "/pesan", ["pesan": "Terlambat menulis."])
      #expect(after.status == .unprocessableContent && after.text.contains("Terlambat menulis."))
    }
    let ticket = try await house.state(number)
    #expect(ticket.stage == .answer)
    let messages = try await house.facts(number).filter { if case .registryWrote = $0 { true } else { false } }
    #expect(messages.count == 1)
  }

  @Test func `nothing of the requester and no internal note is on the registry's pages`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(
      at: .registry, text: "Kenari-aduan: situs sukamaju.desa.id mati. Hubungi Siti Aminah.")
    try await house.handling.perform(.addNote(text: "Kenari-catatan"), on: number, by: TestHouse.officer)
    try await house.handling.perform(.writeToRequester(text: "Kenari-pemohon"), on: number, by: TestHouse.officer)
    try await house.handling.perform(
      .receiveFromRegistry(
        IncomingMessage(channel: .email, text: "Kenari-palsu", unproven: "Alamat lain.")), on: number, by: .machine)
    try await house.handling.perform(.writeToRegistry(text: "Untuk registri"), on: number, by: TestHouse.officer)
    let link = link(house, number)
    try await house.open { browser in
      var pages = [try await browser.get(link).text]
      try await browser.signIn(as: .registry)
      pages.append(try await browser.get("/registri").text)
      pages.append(try await browser.get("/registri/tiket/\(number)").text)
      #expect(pages[0].contains("Untuk registri") && pages[2].contains("Untuk registri"))
      for page in pages {
        for secret in ["Kenari", "Siti", "kades@", "Desa Sukamaju"] { #expect(!page.contains(secret), "\(secret)") }
      }
    }
  }

  @Test func `wrong tokens look like nothing at all and are counted by address`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .registry)
    let check = try await house.ticket(at: .check, domain: "lain.desa.id", email: "lain@lain.desa.id")
    let right = link(house, number)
    let other = link(house, check)
    try await house.open { browser in
      #expect(try await browser.get(String(right.dropLast()) + "?").status == .notFound)
      // A ticket that was never handed over has no packet, whatever the token says.
      #expect(try await browser.get(other).status == .notFound)
      for attempt in 1..<HandoffDoor.wrongTokens {
        #expect(try await browser.get("/registri/permintaan/salah-\(attempt)").status == .notFound)
      }
      let limited = try await browser.get("/registri/permintaan/salah")
      #expect(limited.status == .tooManyRequests)
      #expect(try await browser.get(right).status == .ok)
    }
  }
}

/// `/registri` and its roles.
struct RegistryQueueTests {
  @Test func `what waits stands first due first and what was answered stands below`() async throws {
    let house = try TestHouse()
    let first = try await house.ticket(at: .registry)
    house.clock.advance(seconds: 300)
    let second = try await house.ticket(at: .registry, email: "lain@sukamaju.desa.id")
    let third = try await house.ticket(at: .answer, email: "tiga@sukamaju.desa.id")
    house.clock.advance(seconds: 1_700)
    try await house.open { browser in
      try await browser.signIn(as: .registry)
      let page = try await browser.get("/registri").text
      let places = try [first, second, third].map { number in
        try #require(page.range(of: "/registri/tiket/\(number)")).lowerBound
      }
      #expect(places[0] < places[1] && places[1] < places[2])
      #expect(page.contains("lewat 3 menit") && page.contains("sisa 1 menit"))
      #expect(page.contains("Jawaban terakhir") && page.contains("Sudah dikerjakan"))
    }
  }

  @Test func `only the registry has this desk and only handed-over tickets are on it`() async throws {
    let house = try TestHouse()
    let handed = try await house.ticket(at: .registry)
    let other = try await house.ticket(at: .check, email: "lain@sukamaju.desa.id")
    try await house.open { browser in
      #expect(try await browser.get("/registri").status == .seeOther)
      for role in [Role.officer, .supervisor, .administrator] {
        let person = browser.another()
        try await person.signIn(as: role)
        #expect(try await person.get("/registri").status == .notFound)
        #expect(try await person.get("/registri/tiket/\(handed)").status == .notFound)
      }
      try await browser.signIn(as: .registry)
      #expect(try await browser.get("/registri/tiket/\(other)").status == .notFound)
      #expect(try await browser.get("/registri/tiket/ADU-202611-09999-A").status == .notFound)
      #expect(try await browser.get("/meja").status == .notFound)
      #expect(try await browser.get("/pengawas").status == .notFound)
    }
  }

  @Test(arguments: ["", ".", "1", "x.y", "99999999999999999999.ADU-202611-00001-A", "\u{0600}.\u{0600}", "-5."])
  func `an odd page mark is the first page`(mark: String) {
    #expect(RegistryQueue.cursor(mark) == nil)
  }
}
