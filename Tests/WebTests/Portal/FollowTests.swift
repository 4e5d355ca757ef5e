import Desk
import Foundation
import HTTPTypes
import SOP
import Testing

@testable import Web

struct FollowTests {
  @Test func `the number leads to the same closed door whether there is such a ticket or not`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket()
    let other = try #require(TicketNumber(month: 202_611, running: 777))
    try await house.open { browser in
      try await browser.get("/lacak")
      #expect(try await browser.post("/lacak", ["nomor": "adu 202611 00001"]).status == .unprocessableContent)
      let typed = number.description.lowercased().replacingOccurrences(of: "-", with: " ")
      #expect(try await browser.post("/lacak", ["nomor": typed]).location == "/tiket/\(number)")
      let there = try await browser.get("/tiket/\(number)")
      let nowhere = try await browser.get("/tiket/\(other)")
      #expect(there.status == nowhere.status)
      #expect(
        there.text.replacingOccurrences(of: number.description, with: "N")
          == nowhere.text.replacingOccurrences(of: other.description, with: "N"))
      let wrongKey = try await browser.get("/tiket/\(number)?kunci=\(house.tokens.followKey(other))")
      #expect(wrongKey.location == "/tiket/\(number)")
      #expect(try await browser.mayFollow(number) == false)
      for path in ["pesan", "confirmation", "withdrawal", "reopening"] {
        #expect(try await browser.post("/tiket/\(number)/\(path)", ["pesan": "x", "alasan": "x"]).status == .notFound)
      }
      #expect(try await browser.get("/tiket/\(number)/langsung").status == .notFound)
      #expect(try await house.state(number).version == (try await house.store.history(of: number).count))
      #expect(try await house.state(number).stage == .check)
    }
  }

  @Test func `the link of a letter opens the page and the key leaves the address`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket()
    let before = try await house.state(number)
    try await house.open { browser in
      let answer = try await browser.get("/tiket/\(number)?kunci=\(house.tokens.followKey(number))")
      #expect(answer.location == "/tiket/\(number)")
      let page = try await browser.get("/tiket/\(number)")
      #expect(page.text.contains("Kami sedang memeriksa masalah Bapak/Ibu"))
      #expect(page.text.contains("hari ini pukul 09.10 WIB") && page.text.contains("aria-current=\"step\""))
      #expect(!page.text.contains(house.tokens.followKey(number)))
      #expect(try await house.state(number) == before)
    }
  }

  @Test func `the address is proven by the code and by the link but never by opening it`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(proven: false)
    let email = "kades@sukamaju.desa.id"
    try await house.open { browser in
      try await browser.follow(number)
      #expect(try await browser.get("/tiket/\(number)").text.contains("name=\"kode\""))
      let wrong = try await browser.post("/tiket/\(number)/bukti", ["kode": "000000x"])
      #expect(wrong.status == .unprocessableContent && wrong.text.contains("value=\"000000x\""))
      let scanner = browser.another()
      let key = house.tokens.proofKey(number, email: email)
      let opened = try await scanner.get("/tiket/\(number)/bukti?kunci=\(key)")
      #expect(opened.text.contains("Ya, ini alamat saya"))
      #expect(try await house.state(number).complaint.requester.emailProven == false)
      #expect(try await scanner.post("/tiket/\(number)/bukti", ["kunci": key + "x"]).status == .unprocessableContent)
      #expect(try await scanner.post("/tiket/\(number)/bukti", ["kunci": key]).location == "/tiket/\(number)")
      #expect(try await house.state(number).complaint.requester.emailProven)
      #expect(try await scanner.mayFollow(number))
      #expect(try await browser.get("/tiket/\(number)").text.contains("name=\"kode\"") == false)
    }
  }

  @Test func `number and code open the ticket on another browser and tries are few`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(proven: false)
    let other = try #require(TicketNumber(month: 202_611, running: 777))
    let code = house.tokens.proofCode(number, email: "kades@sukamaju.desa.id")
    try await house.open { browser in
      try await browser.get("/tiket/\(number)")
      let right = try await browser.post("/tiket/\(number)/masuk", ["kode": code])
      #expect(right.location == "/tiket/\(number)")
      #expect(try await browser.mayFollow(number))
      #expect(try await house.state(number).complaint.requester.emailProven)
      let thief = browser.another()
      try await thief.get("/tiket/\(number)")
      for target in [number, other] {
        let left = target == number ? 5 : 6
        for _ in 0..<left {
          #expect(try await thief.post("/tiket/\(target)/masuk", ["kode": "1"]).status == .unprocessableContent)
        }
        #expect(try await thief.post("/tiket/\(target)/masuk", ["kode": code]).status == .tooManyRequests)
      }
      #expect(try await thief.mayFollow(number) == false)
    }
  }

  @Test func `a message with a file joins the wall and ends the wait for the requester`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket()
    try await house.handling.perform(.askRequester(text: "Mohon foto layar."), on: number, by: TestHouse.officer)
    try await house.open { browser in
      try await browser.follow(number)
      let page = try await browser.get("/tiket/\(number)")
      #expect(page.text.contains("Kami menunggu kelengkapan") && page.text.contains("Mohon foto layar."))
      let nothing = try await browser.post("/tiket/\(number)/pesan", ["pesan": "\u{2060}"])
      #expect(nothing.status == .unprocessableContent && nothing.text.contains("pesan-error"))
      let sent = try await browser.submit("/tiket/\(number)/pesan", ["pesan": "Ini <fotonya>"], uploads: [picture])
      #expect(sent.text.contains("Ini &lt;fotonya&gt;") && sent.text.contains("foto layar.png"))
      #expect(try await house.state(number).pause == nil)
      let again = try await browser.post("/tiket/\(number)/pesan", ["pesan": "Ini <fotonya>"], uploads: [picture])
      #expect(again.location == "/tiket/\(number)")
      let wrote = try await house.facts(number).count { if case .requesterWrote = $0 { true } else { false } }
      #expect(wrote == 1)
    }
  }

  @Test func `a requester never reads notes the registry's wall or unproven mails`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .registry)
    let secret = TestHouse.file(Array("rahasia".utf8), name: "rahasia.txt", type: "text/plain")
    try await house.store.keep([secret.file], at: TestHouse.morning)
    func tell(_ command: TicketCommand, _ performer: Performer) async throws {
      try await house.handling.perform(command, on: number, by: performer)
    }
    try await tell(.addNote(text: "KENARI-catatan"), TestHouse.officer)
    try await tell(.writeToRegistry(text: "KENARI-ke-PANDI"), TestHouse.officer)
    try await tell(
      .receiveFromRegistry(
        IncomingMessage(channel: .email, text: "KENARI-dari-PANDI", attachments: [secret.attachment])),
      TestHouse.registry)
    try await tell(
      .receiveFromRequester(IncomingMessage(channel: .email, text: "KENARI-palsu", unproven: "x@y.z")), .machine)
    try await tell(.escalate(reason: "KENARI-eskalasi"), TestHouse.officer)
    try await house.open { browser in
      try await browser.follow(number)
      let page = try await browser.get("/tiket/\(number)")
      #expect(page.text.contains("PANDI sedang mengerjakannya"))
      #expect(!page.text.contains("KENARI"))
      #expect(!page.text.contains("ns1.lama.id") && !page.text.contains("budi\""))
      #expect(try await browser.get("/tiket/\(number)/berkas/\(secret.attachment.sha256)").status == .notFound)
    }
  }

  @Test func `solved closes the ticket and a closed ticket can be reopened with words`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .confirmation)
    try await house.open { browser in
      try await browser.follow(number)
      let page = try await browser.get("/tiket/\(number)")
      #expect(page.text.contains("Domain sudah dapat diakses kembali.") && page.text.contains("Sudah selesai"))
      let closed = try await browser.submit("/tiket/\(number)/confirmation", ["hasil": "selesai"])
      #expect(closed.text.contains("Masalah ini sudah selesai") && !closed.text.contains("name=\"pesan\""))
      #expect(try await house.state(number).closure?.kind == .confirmed)
      let silent = try await browser.post("/tiket/\(number)/reopening", ["alasan": ""])
      #expect(silent.status == .unprocessableContent && silent.text.contains("alasan-error"))
      let open = try await browser.submit("/tiket/\(number)/reopening", ["alasan": "Mati lagi"])
      #expect(open.text.contains("Mati lagi"))
      #expect(try await house.state(number).stage == .analysis)
    }
  }

  @Test func `not solved needs words and leads back to row 3 with a clock of its own`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .confirmation)
    try await house.open { browser in
      try await browser.follow(number)
      let empty = try await browser.post("/tiket/\(number)/confirmation", ["hasil": "belum", "alasan": ""])
      #expect(empty.status == .unprocessableContent && empty.text.contains("<details open>"))
      let page = try await browser.submit(
        "/tiket/\(number)/confirmation", ["hasil": "belum", "alasan": "Surel masih kembali"])
      #expect(page.text.contains("Kami memeriksa kembali") && page.text.contains("dikerjakan lagi"))
      #expect(page.text.contains("hari ini pukul 09.15 WIB"))
      #expect(try await house.state(number).visit?.ordinal == 2)
    }
  }

  @Test func `withdrawing takes the step behind the fold and closes the ticket`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket()
    try await house.open { browser in
      try await browser.follow(number)
      let page = try await browser.submit("/tiket/\(number)/withdrawal", ["sebab": "Sudah jalan sendiri"])
      #expect(page.text.contains("Pengaduan ini sudah dibatalkan"))
      #expect(try await house.state(number).closure?.kind == .withdrawn)
      let late = try await browser.post("/tiket/\(number)/withdrawal", [:])
      #expect(late.status == .unprocessableContent)
    }
  }

  @Test func `a page that is no picture is never shown in place and its name cannot break the header`() async throws {
    let house = try TestHouse()
    let html = TestHouse.file(
      Array("<script>alert(1)</script>".utf8), name: "\u{202E}gpj\"\r\n;é.html", type: "image/png")
    let png = TestHouse.file(picture.bytes, name: "foto.png", type: "text/html")
    let number = try await house.ticket(
      attachments: [html.attachment, png.attachment], files: [html.file, png.file])
    let mine = try await house.ticket()
    try await house.open { browser in
      try await browser.follow(number)
      let page = try await browser.get("/tiket/\(number)/berkas/\(html.attachment.sha256)")
      #expect(page.headers[.contentType] == "application/octet-stream")
      #expect(
        page.headers[.contentDisposition]
          == "attachment; filename=\"gpj__;__.html\"; filename*=UTF-8''gpj%22%3B%C3%A9.html"
          || page.headers[.contentDisposition]
            == "attachment; filename=\"gpj____.html\"; filename*=UTF-8''gpj%22%3B%C3%A9.html"
      )
      #expect(page.headers[.contentSecurityPolicy] == "default-src 'none'; sandbox")
      #expect(page.headers[.xContentTypeOptions] == "nosniff")
      let shown = try await browser.get("/tiket/\(number)/berkas/\(png.attachment.sha256)")
      #expect(shown.headers[.contentType] == "image/png" && shown.bytes == picture.bytes)
      try await browser.follow(mine)
      #expect(try await browser.get("/tiket/\(mine)/berkas/\(png.attachment.sha256)").status == .notFound)
    }
  }

  @Test func `the stream tells the version of this ticket only and ends when the server stops`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket()
    let other = try await house.ticket()
    try await house.open { browser in
      try await browser.follow(number)
      let news = Task {
        var turn = 0
        while !Task.isCancelled {
          house.live.publish(TicketChange(number: other, version: 98, stage: .check))
          house.live.publish(TicketChange(number: number, version: 99, stage: .check))
          turn += 1
          if turn > 10 { house.live.close() }
          try await Task.sleep(for: .milliseconds(20))
        }
      }
      let stream = try await browser.get("/tiket/\(number)/langsung")
      news.cancel()
      #expect(stream.headers[.contentType]?.hasPrefix("text/event-stream") == true)
      let version = try await house.state(number).version
      #expect(stream.text.contains("data: {\"version\":\(version)}\n\n"))
      #expect(stream.text.contains("data: {\"version\":99}\n\n") && !stream.text.contains("98"))
    }
  }

  @Test func `both languages show the page without a word of the other`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .confirmation)
    try await house.open { browser in
      try await browser.follow(number)
      let english = try await browser.get("/tiket/\(number)?bahasa=en")
      #expect(english.text.contains("We have answered. Is it solved?") && english.text.contains("Not solved"))
      #expect(!english.text.contains("Belum selesai") && !english.text.contains("Percakapan"))
    }
  }
}
