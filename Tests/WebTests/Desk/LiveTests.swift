import Desk
import DeskTesting
import Foundation
import HTTPTypes
import SOP
import Testing
import Wording

@testable import Web

/// The stream of changes that open pages listen to.
struct LiveTests {
  /// Waits until the stream sleeps: everything before is told.
  private func settle(_ house: TestHouse) async {
    while house.clock.sleeperCount == 0 { await Task.yield() }
  }

  @Test(.timeLimit(.minutes(1)))
  func `a change of the ticket asks for the page and a change of another one does not`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .check)
    let other = try await house.ticket(at: .check, email: "lain@sukamaju.desa.id")
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      async let stream = browser.get("/meja/langsung?tiket=\(number)")
      await settle(house)
      try await house.handling.perform(.addNote(text: "satu"), on: number, by: TestHouse.officer)
      try await house.handling.perform(.addNote(text: "dua"), on: other, by: TestHouse.officer)
      house.live.close()
      let answer = try await stream
      #expect(answer.status == .ok && answer.headers[.contentType] == "text/event-stream")
      let version = try await house.state(number).version
      let mine = "data: {\"id\":\"\(number)\",\"page\":true,\"stage\":\"check\",\"version\":\(version)}\n\n"
      #expect(answer.text.contains(mine), "\(answer.text)")
      #expect(answer.text.contains("data: {\"id\":\"\(other)\",\"page\":false"))
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `the queue asks for the page at every change and is kept alive by pings`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .check)
    try await house.open { browser in
      try await browser.signIn(as: .supervisor)
      async let stream = browser.get("/meja/langsung")
      for _ in 0..<5 {
        await settle(house)
        house.clock.advance(seconds: LiveWatch.step)
      }
      await settle(house)
      try await house.handling.perform(.addNote(text: "satu"), on: number, by: TestHouse.officer)
      house.live.close()
      let text = try await stream.text
      #expect(text.contains("\"id\":\"\(number)\",\"page\":true"))
      #expect(text.components(separatedBy: "event: ping\n").count - 1 == 2, "one at once, one after twenty seconds")
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `who writes at a ticket is told to the others there and forgotten when the page closes`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .check)
    let rina = Officer(account: "rina", name: "Rina")
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      async let stream = browser.get("/meja/langsung?tiket=\(number)&menulis=answer")
      await settle(house)
      let seen = house.web.presence.others(at: number, than: "rina", now: house.clock.now())
      #expect(seen.map(\.officer.account) == ["budi"] && seen.first?.writing == "answer")
      house.web.presence.note(rina, at: number, writing: "check", now: house.clock.now())
      house.clock.advance(seconds: LiveWatch.step)
      await settle(house)
      house.web.presence.leave("rina", ticket: number)
      house.clock.advance(seconds: LiveWatch.step)
      await settle(house)
      house.live.close()
      let text = try await stream.text
      #expect(text.contains("data: {\"id\":\"hadir\",\"text\":\"Rina sedang menulis aduan masalah\"}\n\n"), "\(text)")
      #expect(text.contains("data: {\"id\":\"hadir\",\"text\":\"\"}\n\n"))
      #expect(house.web.presence.others(at: number, than: "rina", now: house.clock.now()).isEmpty)
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `a stream ends with the session it was opened with`() async throws {
    let house = try TestHouse()
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      async let stream = browser.get("/meja/langsung")
      await settle(house)
      try await house.store.endSessions(of: "budi")
      for _ in 0..<3 {
        house.clock.advance(seconds: LiveWatch.step)
        await settle(house)
      }
      house.clock.advance(seconds: LiveWatch.step)
      #expect(try await stream.status == .ok)
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `the registry hears that its lists are old and nothing of any ticket`() async throws {
    let house = try TestHouse()
    let waiting = try await house.ticket(at: .registry)
    let other = try await house.ticket(at: .check, email: "lain@sukamaju.desa.id")
    try await house.open { browser in
      try await browser.signIn(as: .registry)
      async let stream = browser.get("/registri/langsung?tiket=\(other)")
      await settle(house)
      try await house.handling.perform(.addNote(text: "satu"), on: other, by: TestHouse.officer)
      try await house.handling.perform(.addNote(text: "dua"), on: waiting, by: TestHouse.officer)
      house.live.close()
      let text = try await stream.text
      #expect(text.components(separatedBy: "data: {\"regions\":true}\n\n").count - 1 == 1, "\(text)")
      #expect(!text.contains("ADU-"))
      #expect(house.web.presence.others(at: other, than: "budi", now: house.clock.now()).isEmpty)
    }
  }

  @Test func `only the team listens and an odd ticket is not found`() async throws {
    let house = try TestHouse()
    try await house.open { browser in
      #expect(try await browser.get("/meja/langsung").status == .seeOther)
      try await browser.signIn(as: .registry)
      #expect(try await browser.get("/meja/langsung").status == .notFound)
      try await browser.signIn(as: .officer)
      #expect(try await browser.get("/registri/langsung").status == .notFound)
      #expect(try await browser.get("/meja/langsung?tiket=bukan-nomor").status == .notFound)
    }
  }
}
