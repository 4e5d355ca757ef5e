import Desk
import DeskTesting
import Foundation
import HTTPTypes
import SOP
import Testing
import Wording

@testable import Web

/// The board and what a supervisor may do on it.
struct BoardTests {
  @Test func `the board shows rows two to five with the lapsed first and counts only what is there`() async throws {
    let house = try TestHouse()
    let early = try await house.ticket(at: .check)
    house.clock.advance(seconds: 601)
    try await house.handling.perform(.noticeTime, on: early, by: .machine)
    let fresh = try await house.ticket(at: .check, email: "lain@sukamaju.desa.id")
    _ = try await house.ticket(at: .registry, email: "tiga@sukamaju.desa.id")
    try await house.open { browser in
      try await browser.signIn(as: .supervisor)
      let page = try await browser.get("/pengawas").text
      for lane in ["2. Pengecekan", "3. Analisa", "4. Pelaksanaan PANDI", "5. Jawaban"] {
        #expect(page.contains(lane), "\(lane)")
      }
      let late = try #require(page.range(of: "/pengawas/tiket/\(early)")).lowerBound
      let next = try #require(page.range(of: "/pengawas/tiket/\(fresh)")).lowerBound
      #expect(late < next && page.contains("lewat kurang dari 1 menit"))
      #expect(page.contains("<b class=\"num bad\">1</b>lewat waktu sekarang"))
      #expect(page.contains("<b class=\"num\">2</b>belum lewat waktu sekarang"))
    }
  }

  @Test func `a wall has no controls and loads itself anew without a script`() async throws {
    let house = try TestHouse()
    _ = try await house.ticket(at: .check)
    try await house.open { browser in
      try await browser.signIn(as: .supervisor)
      let wall = try await browser.get("/pengawas?dinding=1")
      #expect(wall.headers[.refresh] == "60")
      #expect(!wall.text.contains("type=\"checkbox\"") && !wall.text.contains("name=\"petugas\""))
      #expect(try await browser.get("/pengawas").headers[.refresh] == nil)
    }
  }

  @Test func `ticked tickets are given to an officer and odd choices keep the ticks`() async throws {
    let house = try TestHouse()
    let officer = try await house.account(.officer)
    let registry = try await house.account(.registry)
    let one = try await house.ticket(at: .check)
    let two = try await house.ticket(at: .check, email: "lain@sukamaju.desa.id")
    try await house.open { browser in
      try await browser.signIn(as: .supervisor)
      try await browser.get("/pengawas")
      let none = try await browser.post("/pengawas/assign", ["petugas": officer.id])
      #expect(none.status == .unprocessableContent && none.text.contains("Centang paling sedikit satu tiket"))
      // A registry officer works for another party: not on the list, so not to be chosen.
      let wrong = try await browser.post("/pengawas/assign", ["petugas": registry.id, "tiket": "\(one)"])
      #expect(wrong.status == .unprocessableContent && wrong.text.contains("value=\"\(one)\" checked"))
      let given = try await browser.post(
        "/pengawas/assign", ["petugas": officer.id], more: [("tiket", "\(one)"), ("tiket", "\(two)")])
      #expect(given.status == .seeOther)
    }
    for number in [one, two] { #expect(try await house.state(number).holder?.account == officer.id) }
  }
}

/// One ticket on the supervisor's page.
struct OversightTests {
  @Test func `the account of time adds up on the page to the second`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .check)
    house.clock.advance(seconds: 245)
    try await house.lead(number, to: .registry)
    house.clock.advance(seconds: 1_000)
    try await house.open { browser in
      try await browser.signIn(as: .supervisor)
      let page = try await browser.get("/pengawas/tiket/\(number)").text
      // 245 s of the team + 1,000 s of the registry.
      #expect(page.contains("0:04:05") && page.contains("0:16:40") && page.contains("<b>0:20:45</b>"))
    }
    let now = house.clock.now()
    let ticket = try await house.state(number)
    let whole = ticket.timeAccount(until: now, under: house.handling.procedure)
    let visits = ticket.visits.map { TimeAccount(of: $0, until: now, under: house.handling.procedure) }
    #expect(visits.reduce(0) { $0 + $1.elapsed } == whole.elapsed)
    #expect(whole.team + whole.registry + whole.requester + whole.outside == whole.elapsed)
  }

  @Test func `an override needs a reason, keeps what was typed and is logged with its name`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .analysis)
    let path = "/pengawas/tiket/\(number)"
    try await house.open { browser in
      try await browser.signIn(as: .supervisor)
      try await browser.get(path)
      let bare = try await browser.post(path + "/override", ["tahap": "5", "alasan": " "])
      #expect(bare.status == .unprocessableContent && bare.text.contains("href=\"#alasan\""))
      #expect(bare.text.contains("<option value=\"5\" selected>"))
      #expect(bare.text.contains("Ditolak: isian wajib kosong"))
      for odd in ["", "6", "4", "x", "99999999999999999999"] {
        let answer = try await browser.post(path + "/override", ["tahap": odd, "alasan": "Alasan <tetap>"])
        #expect(answer.status == .unprocessableContent, "\(odd)")
        #expect(answer.text.contains("Alasan &lt;tetap&gt;"))
      }
      let moved = try await browser.submit(
        path + "/override", ["tahap": "5", "alasan": "PANDI menjawab lewat telepon."])
      #expect(moved.status == .ok && moved.text.contains("PANDI menjawab lewat telepon."))
    }
    let ticket = try await house.state(number)
    #expect(ticket.stage == .answer)
    #expect(ticket.visits.contains { $0.stage == .registry && $0.skippedBecause == "PANDI menjawab lewat telepon." })
    let by = try await house.web.store.history(of: number).last?.by
    #expect(by == TestHouse.supervisor)
  }

  @Test func `a page that has grown old moves nothing`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .check)
    let version = try await house.state(number).version
    try await house.lead(number, to: .analysis)
    try await house.open { browser in
      try await browser.signIn(as: .supervisor)
      let answer = try await browser.post(
        "/pengawas/tiket/\(number)/close", ["alasan-tutup": "Uji coba.", "versi": "\(version)"])
      #expect(answer.status == .unprocessableContent && answer.text.contains("berubah setelah halaman ini dibuka"))
      #expect(answer.text.contains("Uji coba."))
      #expect(!(try await house.state(number).isClosed))
      let closed = try await browser.submit("/pengawas/tiket/\(number)/close", ["alasan-tutup": "Uji coba."])
      #expect(closed.text.contains("Uji coba.") && !closed.text.contains("name=\"alasan-tutup\""))
    }
    #expect(try await house.state(number).closure?.kind == .overridden)
  }

  @Test func `escalations, letters and the log are on the page`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .registry)
    try await house.handling.perform(.escalate(reason: "Belum ada jawaban."), on: number, by: TestHouse.officer)
    try await house.open { browser in
      try await browser.signIn(as: .supervisor)
      let page = try await browser.get("/pengawas/tiket/\(number)").text
      for part in [
        "Eskalasi oleh Budi Santoso: Belum ada jawaban.", "Penerusan ke PANDI", "Menunggu dikirim",
        "Mencatat pengecekan", "Dijalankan",
      ] { #expect(page.contains(part), "\(part)") }
    }
  }

  @Test func `only supervisors are here`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .check)
    try await house.open { browser in
      for role in [Role.officer, .registry, .administrator] {
        let person = browser.another()
        try await person.signIn(as: role)
        #expect(try await person.get("/pengawas/tiket/\(number)").status == .notFound)
        let missing = try await person.get("/pengawas/tiket/ADU-202611-09999-A")
        #expect(missing.status == .notFound)
        let answer = try await person.post("/pengawas/tiket/\(number)/close", ["alasan-tutup": "x"])
        #expect(answer.status == .notFound)
      }
    }
    #expect(!(try await house.state(number).isClosed))
  }

  @Test func `every command and every refusal of the procedure has words`() throws {
    let original = try #require(TicketNumber(month: 202_611, running: 1))
    let refusals: [Rejection] = [
      .originalUnknown(original), .duplicateCircle(original), .notYours(command: "", performers: []),
      .wrongStage(needed: [], actual: .check), .alreadyClosed, .notClosed,
      .textMissing(.text), .textTooLong(.text, limit: 1), .domainMissing,
      .domainNotOurs(try #require(DomainName("a.go.id"))), .authorityUnverified, .duplicateOfItself, .notPaused,
      .alreadyPaused, .pauseForOurselves, .answerUnderWay, .noAnswerToRead, .handoffOutdated, .alreadyAcknowledged,
      .overrideToSameStage, .overrideNotPossible(.check), .addressDiffers, .addressMalformed, .addressSame,
      .nothingToProve, .proofRationed, .changedMeanwhile,
    ]
    #expect(Set(refusals.map(\.code)) == Set(CommandWords.refusals.keys))
    #expect(CommandWords.command("unknownYet", .indonesian) == "unknownYet")
    let known: [TicketCommand] = [
      .confirm, .resume, .resendProof, .changeAddress(email: "", reason: ""), .recordAnswerRead(note: ""), .markRead,
      .noticeTime, .acknowledgeHandoff(ordinal: 1), .assign(nil),
    ]
    for command in known { #expect(CommandWords.commands[command.name] != nil) }
  }
}

struct ServiceClockTests {
  private let hours = Procedure().officeHours
  private let dates = DateWords(.indonesian)

  @Test func `what is left counts in service hours`() {
    // Tuesday 15.58 in Jakarta; due on Wednesday 08.04: six minutes of service.
    let now = TestHouse.morning.adding(seconds: 7 * 3_600 - 120)
    let clock = ServiceClock(
      budget: 900, dueAt: now.adding(seconds: 16 * 3_600 + 360), hours: hours, now: now, dates: dates)
    #expect(clock.sentence == "sisa 6 menit" && clock.due == "besok pukul 08.04 WIB")
    #expect(!clock.isPastDue && clock.level == "")
  }

  @Test(arguments: [(719, ""), (720, "warn"), (899, "warn"), (900, "late"), (1_140, "late")])
  func `colour repeats the sentence`(used: Int64, level: String) {
    let due = TestHouse.morning.adding(seconds: 900)
    let now = TestHouse.morning.adding(seconds: used)
    let clock = ServiceClock(budget: 900, dueAt: due, hours: hours, now: now, dates: dates)
    #expect(clock.level == level)
    #expect(clock.sentence.hasPrefix(level == "late" ? "lewat" : "sisa"))
  }

  @Test(arguments: [(0, "0:00:00"), (59, "0:00:59"), (3_661, "1:01:01"), (360_000, "100:00:00"), (-5, "0:00:00")])
  func `spans are written to the second`(seconds: Int64, text: String) {
    #expect(clockSpan(seconds) == text)
  }
}
