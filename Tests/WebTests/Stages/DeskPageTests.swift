import Desk
import DeskTesting
import Foundation
import HTTPTypes
import SOP
import Testing

@testable import Web

/// The queue and the page of one ticket: who sees them, what they show, what they keep.
struct DeskPageTests {
  @Test func `the next free ticket is the one that is due first and two officers get two tickets`() async throws {
    let house = try TestHouse()
    let first = try await house.ticket()
    house.clock.advance(seconds: 60)
    let second = try await house.ticket(text: "Surel tidak masuk.", domain: "wonosari.desa.id", email: nil)
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      try await browser.get("/meja")
      #expect(try await browser.post("/meja/ambil").location == "/meja/tiket/\(first)")
      let other = browser.another()
      try await other.signIn(as: .supervisor)
      try await other.get("/meja")
      #expect(try await other.post("/meja/ambil").location == "/meja/tiket/\(second)")
      let none = try await browser.submit("/meja/ambil")
      #expect(none.status == .ok)
    }
    #expect(try await house.state(first).holder?.account == "budi")
    #expect(try await house.state(second).holder?.account == "sari")
  }

  @Test func `each view shows its own tickets`() async throws {
    let house = try TestHouse()
    let free = try await house.ticket()
    let atRegistry = try await house.ticket(at: .registry)
    let late = try await house.ticket()
    try await house.handling.perform(.close(reason: "uji"), on: late, by: TestHouse.supervisor)
    let words = IncomingMessage(channel: .email, text: "Masih mati.")
    try await house.handling.perform(.receiveFromRequester(words), on: late, by: Performer(party: .requester))
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      for (view, number, isThere) in [
        ("bebas", free, true), ("bebas", atRegistry, false), ("pandi", atRegistry, true), ("pandi", free, false),
        ("semua", free, true), ("saya", atRegistry, true), ("saya", free, false), ("selesai", free, false),
        ("selesai", late, true), ("semua", late, false), ("tutup-baru", late, true), ("tutup-baru", free, false),
      ] {
        let page = try await browser.get("/meja?tampil=\(view)")
        #expect(page.text.contains("/meja/tiket/\(number)") == isThere, "\(view)")
      }
    }
  }

  @Test func `a search finds parts of names and words and a number leads to its ticket`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket()
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      for word in ["sukamaju", "desa.id", "kemarin"] {
        #expect(try await browser.get("/meja?q=\(word)").text.contains("/meja/tiket/\(number)"), "\(word)")
      }
      #expect(try await browser.get("/meja?q=tidakadasamasekali").status == .ok)
      #expect(try await browser.get("/meja?q=%22%3Cb%3E%27*").text.contains(utf8: "&quot;&lt;b&gt;&#39;*"))
      #expect(try await browser.get("/meja?q=\(number)").location == "/meja/tiket/\(number)")
      #expect(try await browser.get("/meja?sesudah=x_y&tampil=semua").status == .ok)
    }
  }

  @Test(arguments: [Role.registry, .administrator])
  func `for other roles the desk does not exist`(role: Role) async throws {
    let house = try TestHouse()
    let number = try await house.ticket()
    let before = try await house.facts(number).count
    try await house.open { browser in
      try await browser.signIn(as: role)
      for path in ["/meja", "/meja/tiket/\(number)"] {
        #expect(try await browser.get(path).status == .notFound, "\(path)")
      }
      for form in TicketForms.all {
        #expect(try await browser.post("/meja/tiket/\(number)/\(form.name)").status == .notFound, "\(form.name)")
      }
    }
    #expect(try await house.facts(number).count == before)
  }

  @Test func `a stranger is sent to the sign-in page and a ticket that is not there is not found`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket()
    try await house.open { browser in
      #expect(try await browser.get("/meja/tiket/\(number)").location?.contains("/masuk") == true)
      try await browser.signIn(as: .officer)
      for wrong in ["ADU-202611-99999-K", "ADU-202611-00099-A", "..%2F", "1"] {
        #expect(try await browser.get("/meja/tiket/\(wrong)").status == .notFound, "\(wrong)")
        #expect(try await browser.post("/meja/tiket/\(wrong)/note", ["catatan": "a"]).status == .notFound, "\(wrong)")
      }
    }
  }

  @Test func `people's text is shown as text whatever it holds`() async throws {
    let house = try TestHouse()
    let sly = "\u{0600}<script>alert(1)</script> {{csrf}} \u{202E}sukamaju.desa.id"
    let number = try await house.ticket(text: sly)
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      _ = try await browser.post("/meja/tiket/\(number)/note", ["catatan": sly])
      for path in ["/meja?tampil=semua", "/meja/tiket/\(number)"] {
        let page = try await browser.get(path)
        #expect(!page.text.contains(utf8: "<script>alert"))
        #expect(page.text.contains(utf8: "&lt;script&gt;alert(1)"), "\(path)")
      }
    }
  }

  @Test func `a draft is the writer's own, fills the form again and goes when the form is sent`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket()
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      try await browser.get("/meja/tiket/\(number)")
      let kept = try await browser.post("/meja/tiket/\(number)/draf/message", ["pesan": "Belum selesai ditulis"])
      #expect(kept.status == .noContent)
      #expect(try await browser.get("/meja/tiket/\(number)").text.contains("Belum selesai ditulis"))
      let other = browser.another()
      try await other.signIn(as: .supervisor)
      #expect(!(try await other.get("/meja/tiket/\(number)").text.contains("Belum selesai ditulis")))
      _ = try await browser.post("/meja/tiket/\(number)/message", ["pesan": "Terkirim."])
      #expect(!(try await browser.get("/meja/tiket/\(number)").text.contains("Belum selesai ditulis")))
      #expect(try await browser.post("/meja/tiket/\(number)/draf/tidak-ada", ["a": "b"]).status == .notFound)
    }
  }

  @Test func `a draft of one form never fills another and a refused form beats its draft`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket()
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      try await browser.get("/meja/tiket/\(number)")
      _ = try await browser.post("/meja/tiket/\(number)/draf/check", ["masalah": "Konsep lama", "sejak": "dulu"])
      let page = try await browser.post("/meja/tiket/\(number)/check", ["masalah": "", "sejak": "baru saja"])
      #expect(!page.text.contains("Konsep lama"))
      #expect(page.text.contains("value=\"baru saja\""))
      let note = try await browser.post("/meja/tiket/\(number)/note", ["catatan": ""])
      // What was refused is the newest that was typed, and is kept for whoever opens the page anew.
      #expect(note.text.contains("value=\"baru saja\"") && !note.text.contains("Konsep lama"))
    }
  }

  @Test func `a file is a download of its own ticket only`() async throws {
    let house = try TestHouse()
    let (attachment, file) = TestHouse.file(
      Array("<script>alert(1)</script>".utf8), name: "layar \"1\"\r\n.html", type: "text/html")
    let number = try await house.ticket(attachments: [attachment], files: [file])
    let other = try await house.ticket(text: "Tiket lain.")
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      let page = try await browser.get("/meja/tiket/\(number)")
      #expect(page.text.contains("/meja/tiket/\(number)/berkas/\(attachment.sha256)"))
      let answer = try await browser.get("/meja/tiket/\(number)/berkas/\(attachment.sha256)")
      #expect(answer.bytes == Array(file.bytes))
      #expect(answer.headers[.contentType] == "application/octet-stream")
      #expect(answer.headers[.contentDisposition]?.contains("attachment") == true)
      #expect(answer.headers[.contentDisposition]?.utf8.contains { $0 == 13 || $0 == 10 } == false)
      #expect(answer.headers[.contentSecurityPolicy]?.contains("sandbox") == true)
      #expect(try await browser.get("/meja/tiket/\(other)/berkas/\(attachment.sha256)").status == .notFound)
      #expect(try await browser.get("/meja/tiket/\(number)/berkas/00").status == .notFound)
    }
  }

  @Test func `an unproven message is marked and the state of a letter stands at it`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket()
    try await house.handling.perform(
      .receiveFromRequester(
        IncomingMessage(channel: .email, text: "Tolong ganti server.", unproven: "orang@lain.example")), on: number,
      by: Performer(party: .requester, name: "orang@lain.example"))
    try await house.handling.perform(.writeToRequester(text: "Sedang dicek."), on: number, by: TestHouse.officer)
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      let page = try await browser.get("/meja/tiket/\(number)")
      #expect(page.text.contains("Tolong ganti server."))
      #expect(page.text.contains("orang@lain.example"))
      #expect(page.text.contains("belum terbukti"))
      #expect(page.text.contains("Menunggu dikirim"))
    }
  }

  @Test func `a saved reply is put into the message without script`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket()
    try await house.store.save(SavedReply(id: "salam", title: "Salam", text: "Yth. Bapak/Ibu,\nterima kasih."))
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      let page = try await browser.get("/meja/tiket/\(number)?balasan=salam")
      #expect(
        page.text.contains(">\nYth. Bapak/Ibu,\nterima kasih.</textarea>")
          || page.text.contains(">Yth. Bapak/Ibu,\nterima kasih.</textarea>"))
    }
  }

  @Test func `a page is looked at without changing anything`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .answer)
    let before = try await house.facts(number).count
    try await house.open { browser in
      try await browser.signIn(as: .supervisor)
      for path in ["/meja", "/meja/tiket/\(number)", "/meja/tiket/\(number)?bahasa=en"] {
        #expect(try await browser.get(path).status == .ok)
      }
    }
    #expect(try await house.facts(number).count == before)
  }
}
