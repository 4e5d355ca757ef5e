import Desk
import Foundation
import HTTPTypes
import SOP
import Testing

@testable import Web

struct AccountTests {
  let house: TestHouse

  init() throws { house = try TestHouse() }

  private func secret(in page: String) -> String? {
    page.range(of: "/masuk/awal/").map { String(page[$0.upperBound...].prefix { $0 != "<" }) }
  }

  @Test func `a new account gets a link that is shown once and works`() async throws {
    try await house.open { browser in
      try await browser.signIn(as: .administrator)
      try await browser.get("/kelola/akun")
      let answer = try await browser.post(
        "/kelola/akun", ["pengguna": "Nina.K", "nama": "Nina Karlina", "surel": "", "peran": "officer", "bahasa": "id"])
      #expect(answer.status == .ok)
      let link = try #require(secret(in: answer.text))
      #expect(try await browser.another().get("/masuk/awal/\(link)").status == .ok)
      let saved = try #require(try await house.store.account(named: "nina.k"))
      #expect(saved.passwordHash == nil && saved.role == .officer)
      let log = try await house.store.commandLog(of: nil, after: nil, limit: 5)
      #expect(log.contains { $0.command == "addAccount nina.k (officer)" && $0.by.account == "dewi" })
    }
  }

  @Test func `a refused account keeps what was typed and says what is wrong`() async throws {
    try await house.open { browser in
      try await browser.signIn(as: .administrator)
      _ = try await house.account(.officer)
      try await browser.get("/kelola/akun")
      let wrong = try await browser.post("/kelola/akun", ["pengguna": "a b", "nama": "Nina", "surel": "bukan alamat"])
      #expect(wrong.status == .unprocessableContent)
      for part in ["value=\"a b\"", "value=\"Nina\"", "value=\"bukan alamat\"", "Pilih satu peran."] {
        #expect(wrong.text.contains(part), "\(part)")
      }
      let taken = try await browser.post("/kelola/akun", ["pengguna": "budi", "nama": "Nina", "peran": "officer"])
      #expect(taken.status == .unprocessableContent && taken.text.contains("sudah dipakai"))
    }
  }

  @Test func `a disabled account is out at once and the reason is kept`() async throws {
    try await house.open { browser in
      let other = browser.another()
      try await other.signIn(as: .officer)
      try await browser.signIn(as: .administrator)
      try await browser.get("/kelola/akun/budi")
      let without = try await browser.post("/kelola/akun/budi/nonaktif")
      #expect(without.status == .unprocessableContent)
      #expect(try await house.store.account("budi")?.disabledAt == nil)
      let done = try await browser.post("/kelola/akun/budi/nonaktif", ["alasan": "pindah tugas"])
      #expect(done.status == .seeOther)
      let secret = try #require(await other.cookies["sesi"])
      #expect(try await house.web.signIn.account(ofSession: secret) == nil)
      let log = try await house.store.commandLog(of: nil, after: nil, limit: 5)
      #expect(log.contains { $0.command == "disableAccount budi pindah tugas" })
    }
  }

  @Test func `a change of role ends the sessions and nobody changes the own role`() async throws {
    try await house.open { browser in
      let other = browser.another()
      try await other.signIn(as: .officer)
      try await browser.signIn(as: .administrator)
      try await browser.get("/kelola/akun/budi")
      let fields = ["nama": "Budi Santoso", "surel": "budi@sigap.test", "bahasa": "en"]
      let done = try await browser.post("/kelola/akun/budi", fields.merging(["peran": "supervisor"]) { $1 })
      #expect(done.status == .seeOther)
      #expect(try await house.store.account("budi")?.role == .supervisor)
      let secret = try #require(await other.cookies["sesi"])
      #expect(try await house.web.signIn.account(ofSession: secret) == nil)
      let own = try await browser.post("/kelola/akun/dewi", fields.merging(["peran": "officer"]) { $1 })
      #expect(own.status == .unprocessableContent)
      #expect(try await browser.post("/kelola/akun/dewi/nonaktif", ["alasan": "x"]).status == .unprocessableContent)
      #expect(try await house.store.account("dewi")?.disabledAt == nil)
    }
  }

  @Test func `a reset link ends the old password`() async throws {
    _ = try await house.store.save(
      Account(
        id: "n1", userName: "nina", name: "Nina", role: .officer,
        passwordHash: await PlainHasher().hash(TestHouse.password), version: 1), expecting: nil)
    try await house.open { browser in
      try await browser.signIn(as: .administrator)
      try await browser.get("/kelola/akun/n1")
      let answer = try await browser.post("/kelola/akun/n1/tautan", ["alasan": "lupa"])
      #expect(secret(in: answer.text) != nil)
      await #expect(throws: SignIn.Refusal.wrong) {
        try await house.web.signIn.signIn("nina", TestHouse.password, from: "x")
      }
    }
  }
}
