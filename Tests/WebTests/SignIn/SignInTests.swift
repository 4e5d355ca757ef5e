import Desk
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import SOP
import Testing

@testable import Web

struct SignInTests {
  let house: TestHouse

  init() throws { house = try TestHouse() }

  private func enter(_ browser: Browser, _ role: Role, goOn: String = "") async throws -> Browser.Answer {
    let account = try await house.account(role)
    try await browser.get("/masuk")
    return try await browser.post("/masuk", ["nama": account.userName, "sandi": TestHouse.password, "ke": goOn])
  }

  @Test func `each role is led to its own first page and that page is there`() async throws {
    let homes: [Role: String] = [
      .officer: "/meja", .registry: "/registri", .supervisor: "/pengawas", .administrator: "/kelola",
    ]
    for (role, home) in homes {
      try await house.open { browser in
        let answer = try await enter(browser, role)
        #expect(answer.status == .seeOther && answer.location == home)
      }
    }
  }

  @Test func `one goes on only to a page of one's own part of the house`() async throws {
    let asked = [
      "/meja/tiket/x": "/meja/tiket/x", "//lain.id": "/meja", "https://lain.id": "/meja", "/\\lain.id": "/meja",
      "/%2f%2flain.id": "/meja", "/kelola/akun": "/meja", "/mejalain": "/meja", "/meja/../kelola": "/meja",
      "/meja\r\nX: y": "/meja",
    ]
    for (path, expected) in asked {
      try await house.open { browser in
        let answer = try await enter(browser, .officer, goOn: path)
        #expect(answer.location == expected, "\(path)")
      }
    }
  }

  @Test func `a new session begins and the old one ends`() async throws {
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      let old = try #require(await browser.cookies["sesi"])
      _ = try await browser.get("/masuk")
      let account = try await house.account(.officer)
      _ = try await browser.get("/keluar")
      _ = try await browser.post("/masuk", ["nama": account.userName, "sandi": TestHouse.password])
      let new = try #require(await browser.cookies["sesi"])
      #expect(new != old)
      #expect(try await house.web.signIn.account(ofSession: old) == nil)
      #expect(try await house.web.signIn.account(ofSession: new) == account)
    }
  }

  @Test func `a wrong name and a wrong password look alike and keep the name`() async throws {
    try await house.open { browser in
      _ = try await house.account(.officer)
      try await browser.get("/masuk")
      var bodies: [String] = []
      for name in ["budi", "tidakada"] {
        let answer = try await browser.post("/masuk", ["nama": name, "sandi": "salah sama sekali", "ke": "/meja"])
        #expect(answer.status == .unprocessableContent)
        #expect(answer.text.contains("value=\"\(name)\"") && answer.text.contains("name=\"ke\" value=\"/meja\""))
        bodies.append(answer.text.replacingOccurrences(of: name, with: "NAMA"))
      }
      #expect(bodies[0] == bodies[1])
      #expect(!bodies[0].contains("salah sama sekali"))
    }
  }

  @Test func `too many tries are told when to come back`() async throws {
    try await house.open { browser in
      try await browser.get("/masuk")
      var last: Browser.Answer?
      for _ in 0..<11 { last = try await browser.post("/masuk", ["nama": "budi", "sandi": "salah"]) }
      #expect(last?.status == .tooManyRequests)
      #expect(last?.headers[.retryAfter] == "600")
      #expect(last?.text.contains("sepuluh menit") == true)
    }
  }

  @Test func `signing out by GET changes nothing and by POST ends the session`() async throws {
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      let secret = try #require(await browser.cookies["sesi"])
      try await browser.get("/keluar")
      #expect(try await house.web.signIn.account(ofSession: secret) != nil)
      let answer = try await browser.post("/keluar")
      #expect(answer.location == "/masuk")
      #expect(try await house.web.signIn.account(ofSession: secret) == nil)
      #expect(await browser.cookies["sesi"] == nil)
    }
  }

  @Test func `a one time link sets a password once`() async throws {
    let account = Account(id: "n1", userName: "nina", name: "Nina", role: .officer, version: 1)
    _ = try await house.store.save(account, expecting: nil)
    let secret = try await house.web.signIn.issueSetup(for: account)
    let path = "/masuk/awal/\(secret)"
    try await house.open { browser in
      for _ in 0..<3 { #expect(try await browser.get(path).status == .ok) }
      let short = try await browser.post(path, ["sandi": "pendek", "ulang": "pendek"])
      #expect(short.status == .unprocessableContent && short.text.contains("paling sedikit 15"))
      let differs = try await browser.post(path, ["sandi": "empat kata acak benar", "ulang": "lain"])
      #expect(differs.status == .unprocessableContent && differs.text.contains("berbeda"))
      let done = try await browser.post(path, ["sandi": "empat kata acak benar", "ulang": "empat kata acak benar"])
      #expect(done.location == "/meja")
      #expect(try await browser.another().get(path).status == .gone)
      #expect(try await browser.another().get("/masuk/awal/tidakada").status == .gone)
    }
    #expect(try await house.web.signIn.signIn("nina", "empat kata acak benar", from: "x").account.id == "n1")
  }

  @Test func `a page asked for without a session leads to sign in and remembers where to`() async throws {
    try await house.open { browser in
      let answer = try await browser.get("/kelola/akun")
      #expect(answer.location == "/masuk?ke=%2Fkelola%2Fakun")
    }
  }
}
