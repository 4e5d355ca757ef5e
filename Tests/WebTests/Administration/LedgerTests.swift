import Desk
import DeskTesting
import Foundation
import HTTPTypes
import SOP
import Testing

@testable import Web

struct LedgerTests {
  let house: TestHouse

  init() throws { house = try TestHouse() }

  /// A mail that stands in quarantine.
  private func quarantined(_ id: String, raw: String) async throws {
    _ = try await house.store.receive(
      [InboundDraft(id: id, source: .imap, key: nil, receivedAt: TestHouse.morning, raw: Data(raw.utf8))],
      advancing: nil)
    _ = try await house.store.takeWaiting(limit: 1, now: TestHouse.morning)
    _ = try await house.store.settle(
      Settlement(
        inbound: id, outcome: InboundOutcome(kind: .quarantined, ticket: nil, reasons: ["unreadable"]),
        fingerprint: nil, sender: "kades@sukamaju.desa.id", subject: "Situs mati"), now: TestHouse.morning)
  }

  @Test func `quarantine is seen with its reason and the raw text is inert`() async throws {
    try await quarantined("1a", raw: "From: x\n\n<script>alert(1)</script>\u{202E}\u{0600}<img src=x>")
    try await house.open { browser in
      try await browser.signIn(as: .administrator)
      #expect(try await browser.get("/kelola").text.contains(">1</b><a href=\"/kelola/masuk?hasil=quarantined\""))
      let list = try await browser.get("/kelola/masuk?hasil=quarantined")
      #expect(list.text.contains("Surat tidak dapat dibaca.") && list.text.contains("kades@sukamaju.desa.id"))
      let page = try await browser.get("/kelola/masuk/1a")
      #expect(!page.text.contains(utf8: "<script>alert") && !page.text.contains(utf8: "<img"))
      #expect(page.text.contains("\\u{202e}"))
      let raw = try await browser.get("/kelola/masuk/1a/mentah")
      #expect(raw.headers[.contentType] == "application/octet-stream")
      #expect(raw.headers[.contentDisposition] == "attachment; filename=\"1a.eml\"")
      #expect(raw.text.contains("<script>alert(1)</script>"))
    }
  }

  @Test func `a replay needs a reason and brings the message back to intake`() async throws {
    try await quarantined("1a", raw: "From: kades@sukamaju.desa.id\nSubject: Situs mati\n\nsukamaju.desa.id mati")
    try await house.open { browser in
      try await browser.signIn(as: .administrator)
      try await browser.get("/kelola/masuk/1a")
      #expect(try await browser.post("/kelola/masuk/1a/ulang").status == .unprocessableContent)
      let done = try await browser.post("/kelola/masuk/1a/ulang", ["alasan": "pembaca surat diperbaiki"])
      #expect(done.status == .seeOther)
      try await house.intake.takeWaiting()
      let outcome = try await house.store.inbound("1a")?.outcome
      #expect(outcome?.kind == .opened)
      let again = try await browser.post("/kelola/masuk/1a/ulang", ["alasan": "sekali lagi"])
      #expect(again.status == .unprocessableContent && again.text.contains("sudah diselesaikan"))
      #expect(again.text.contains("sekali lagi") == false)
      let log = try await house.store.commandLog(of: nil, after: nil, limit: 9)
      #expect(log.contains { $0.command == "replayInbound 1a pembaca surat diperbaiki" })
    }
  }

  @Test func `a mail taken for a machine's is made a ticket, with a reason, once`() async throws {
    let raw = "From: kades@sukamaju.desa.id\nSubject: Situs mati\n\nsukamaju.desa.id mati"
    _ = try await house.store.receive(
      [InboundDraft(id: "1a", source: .imap, key: nil, receivedAt: TestHouse.morning, raw: Data(raw.utf8))],
      advancing: nil)
    _ = try await house.store.settle(
      Settlement(
        inbound: "1a", outcome: InboundOutcome(kind: .automatic, ticket: nil, reasons: ["list_mail"]),
        fingerprint: nil), now: TestHouse.morning)
    try await house.open { browser in
      try await browser.signIn(as: .administrator)
      #expect(try await browser.get("/kelola/masuk/1a").text.contains("formaction=\"/kelola/masuk/1a/tiket\""))
      #expect(try await browser.post("/kelola/masuk/1a/tiket").status == .unprocessableContent)
      #expect(try await browser.post("/kelola/masuk/1a/tiket", ["alasan": "ditulis orang"]).status == .seeOther)
      let outcome = try #require(try await house.store.inbound("1a")?.outcome)
      #expect(outcome.kind == .opened && outcome.reasons.starts(with: ["list_mail", "opened_by_person"]))
      let page = try await browser.get("/kelola/masuk/1a")
      #expect(page.text.contains(try #require(outcome.ticket).description) && !page.text.contains("/tiket\""))
      #expect(page.text.contains("Dijadikan tiket oleh pengelola sistem."))
      let again = try await browser.post("/kelola/masuk/1a/tiket", ["alasan": "sekali lagi"])
      #expect(again.status == .unprocessableContent && again.text.contains("sudah diselesaikan"))
      #expect(try await house.store.counts(holder: nil).all == 1)
      let log = try await house.store.commandLog(of: nil, after: nil, limit: 9)
      #expect(log.contains { $0.command == "openInbound 1a ditulis orang" })
    }
  }

  @Test func `what is put aside keeps its reasons and leaves quarantine`() async throws {
    try await quarantined("1a", raw: "x")
    try await house.open { browser in
      try await browser.signIn(as: .administrator)
      try await browser.get("/kelola/masuk/1a")
      #expect(try await browser.post("/kelola/masuk/1a/kesampingkan", ["alasan": "surat sampah"]).status == .seeOther)
      let outcome = try await house.store.inbound("1a")?.outcome
      #expect(outcome == InboundOutcome(kind: .discarded, ticket: nil, reasons: ["unreadable", "surat sampah"]))
      let list = try await browser.get("/kelola/masuk?hasil=discarded")
      #expect(list.text.contains("surat sampah") && list.text.contains("kades@sukamaju.desa.id"))
    }
  }

  @Test func `an uncertain letter is sent again only with the tick and the reason`() async throws {
    let number = try await house.ticket()
    let letters = try await house.store.letters(of: number)
    let id = try #require(letters.first { $0.state == .queued }).letter.id
    for claim in try await house.store.claim(limit: 50, now: TestHouse.morning, lease: 60) {
      _ = try await house.store.record(
        claim.letter.id == id ? .uncertain(detail: "putus") : .accepted(detail: "250"), for: claim, followUp: nil,
        now: TestHouse.morning)
    }
    try await house.open { browser in
      try await browser.signIn(as: .administrator)
      #expect(try await browser.get("/kelola/surat-keluar?keadaan=uncertain").text.contains("putus"))
      let path = "/kelola/surat-keluar/" + Link.encode(id)
      #expect(try await browser.get(path).text.contains("mungkin sudah sampai"))
      let without = try await browser.post(path + "/kirim", ["alasan": "belum diterima"])
      #expect(without.status == .unprocessableContent && without.text.contains("value=\"belum diterima\""))
      #expect(try await browser.post(path + "/kirim", ["alasan": "belum diterima", "yakin": "ya"]).status == .seeOther)
      #expect(try await house.store.letter(id)?.state == .queued)
      let again = try await browser.post(path + "/kirim", ["alasan": "lagi"])
      #expect(again.status == .unprocessableContent)
    }
  }

  @Test func `a token is shown once works and is revoked at once`() async throws {
    try await house.open { browser in
      try await browser.signIn(as: .administrator)
      try await browser.get("/kelola/token")
      let none = try await browser.post("/kelola/token", ["nama": "Portal", "peran": "registry"])
      #expect(none.status == .unprocessableContent && none.text.contains("value=\"Portal\""))
      let page = try await browser.post("/kelola/token", ["nama": "Portal", "peran": "officer"])
      let token = try #require(try await house.store.apiTokens().first)
      let start = try #require(page.text.range(of: "<p class=\"mono\">"))
      let secret = String(page.text[start.upperBound...].prefix { $0 != "<" })
      #expect(Secrets.digest(secret) == token.digest)
      let headers: HTTPFields = [.authorization: "Bearer \(secret)"]
      #expect(try await browser.another().get("/api/v1/tickets", headers: headers).status == .ok)
      _ = try await browser.post("/kelola/token/\(token.digest)/cabut")
      #expect(try await browser.another().get("/api/v1/tickets", headers: headers).status == .unauthorized)
      let list = try await browser.get("/kelola/token")
      #expect(!list.text.contains(secret))
    }
  }

  @Test func `the command log shows what was done and what was refused`() async throws {
    let number = try await house.ticket()
    _ = try? await house.handling.perform(.confirm, on: number, by: TestHouse.requester)
    try await house.open { browser in
      try await browser.signIn(as: .administrator)
      let page = try await browser.get("/kelola/perintah")
      #expect(page.text.contains("milik tahap lain") && page.text.contains(number.description))
    }
  }
}
