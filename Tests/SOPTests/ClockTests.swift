import Foundation
import Testing
import Townsfolk

@testable import SOP

@Suite struct ClockTests {
  @Test func `warnings at a half and four fifths, lapse at the whole, each at its own instant`() throws {
    var scene = try Scene()
    for (minute, mark) in [(5, ClockMark.half), (8, .near), (10, .lapse)] {
      #expect(scene.ticket.nextDue == wib(23, 9, minute))
      #expect(try scene.give(.noticeTime, at: wib(23, 9, minute - 1, 59)).isEmpty)
      #expect(
        try scene.give(.noticeTime, at: wib(23, 9, minute))
          == [.clockTold(mark: mark, at: wib(23, 9, minute))])
    }
    #expect(scene.ticket.nextDue == nil)
    #expect(scene.letters.last?.kind == .lapseNotice(stage: .check, dueAt: wib(23, 9, 10)))
    #expect(scene.letters.count { $0.to == .supervisor } == 1)
  }

  @Test func `what the clock missed while the server was down is told once, dated at its instants`() throws {
    var scene = try Scene()
    let events = try scene.give(.noticeTime, at: wib(25, 12, 0))
    #expect(
      events == [
        .clockTold(mark: .half, at: wib(23, 9, 5)), .clockTold(mark: .near, at: wib(23, 9, 8)),
        .clockTold(mark: .lapse, at: wib(23, 9, 10)),
      ])
    #expect(try scene.give(.noticeTime, at: wib(25, 12, 0)).isEmpty)
  }

  @Test func `no command overtakes a lapse`() throws {
    var scene = try Scene()
    let events = try scene.give(.recordCheck(.usual), at: wib(23, 9, 30))
    #expect(events.prefix(3).map(eventName) == ["clockTold", "clockTold", "clockTold"])
    #expect(scene.ticket.visits.first { $0.stage == .check }?.lapsedAt == wib(23, 9, 10))
  }

  @Test func `a late stage does not take time from the next`() throws {
    var scene = try Scene()
    try scene.give(.recordCheck(.usual), at: wib(23, 11, 0))
    #expect(scene.ticket.visit?.deadline?.dueAt == wib(23, 11, 15))
    try scene.give(.recordAnalysis(.handoff), at: wib(23, 14, 0))
    #expect(scene.ticket.visit?.deadline?.dueAt == wib(23, 14, 30))
    try scene.give(.recordRegistryReply(.done, ordinal: 1), at: wib(23, 15, 50))
    #expect(scene.ticket.visit?.deadline?.dueAt == wib(24, 8, 5))
  }

  @Test func `a clock that is set back makes no negative time`() throws {
    var scene = try Scene()
    try scene.give(.recordCheck(.usual), at: wib(23, 9, 5))
    try scene.give(.askRequester(text: "Sejak kapan?"), at: wib(23, 8, 30))
    try scene.give(.resume, at: wib(23, 8, 0))
    try scene.give(.recordAnalysis(.declined), at: wib(20, 8, 0))
    #expect(scene.ticket.visits.allSatisfy { $0.enteredAt <= ($0.leftAt ?? .never) })
    #expect(scene.ticket.visit?.enteredAt == wib(23, 9, 5))
    let account = scene.ticket.timeAccount(until: wib(23, 9, 6), under: scene.procedure)
    #expect(account.elapsed == 360)
    #expect(Ticket(number: .first, events: scene.history) == scene.ticket)
  }

  @Test func `an old ticket keeps the deadlines it was given`() throws {
    var scene = try Scene()
    scene.procedure = Procedure(name: "SOP-2027", checkMinutes: 60, analysisMinutes: 1)
    #expect(scene.ticket.visit?.deadline?.dueAt == wib(23, 9, 10))
    try scene.give(.recordCheck(.usual), at: wib(23, 9, 5))
    #expect(scene.ticket.visit?.deadline?.dueAt == wib(23, 9, 6))
    #expect(scene.ticket.procedureVersion == "SOP-2022")
  }

  @Test func `other times are another version of the procedure, and say which`() throws {
    #expect(Procedure().version == "SOP-2022")
    #expect(Procedure(officeHours: .always(in: .jakarta)).version == "SOP-2022")
    #expect(Procedure(registryMinutes: 45).version == "SOP-2022+10-15-45-15.3-30")
    #expect(Procedure(name: "SOP-2027", confirmationDays: 5).version == "SOP-2027+10-15-30-15.5-30")
    #expect(Procedure(checkMinutes: .max).version == Procedure(checkMinutes: 10_080).version)
    let scene = try Scene(under: Procedure(answerMinutes: 20))
    #expect(scene.ticket.procedureVersion == "SOP-2022+10-15-30-20.3-30")
  }

  @Test func `budgets are those of the table, and odd settings are clamped`() {
    let usual = Procedure()
    #expect(usual.rows.map(\.budget) == [nil, 600, 900, 1_800, 900, nil])
    #expect(usual.rows.map(\.stage) == Stage.allCases)
    let odd = Procedure(checkMinutes: .min, analysisMinutes: .max, confirmationDays: 0, completionDays: .max)
    #expect(odd.budget(of: .check) == 60)
    #expect(odd.budget(of: .analysis) == 604_800)
    #expect(odd.confirmationDays == 1)
    #expect(odd.completionDays == 365)
  }

  @Test func `no stored number overflows a deadline`() {
    let hours = Procedure().officeHours
    for budget in [Int64.min, -1, 0, 1, .max] {
      for used in [Int64.min, 0, .max] {
        let deadline = Deadline(budget: budget, used: used, from: wib(23, 9, 0), in: hours)
        #expect(deadline.halfAt <= deadline.nearAt && deadline.nearAt <= deadline.dueAt)
      }
    }
  }

  @Test func `instants are clamped to the years 1 to 9999`() throws {
    #expect(Instant(seconds: .max) == .never)
    #expect(Instant(seconds: .max).adding(seconds: .max) == .never)
    #expect(Instant(seconds: .min).adding(seconds: .min) == Instant(seconds: .min))
    #expect(OfficeZone.utc.local(Instant(seconds: .min)).day == day("0001-01-01"))
    #expect(OfficeZone.utc.local(.never).day == day("9999-12-31"))
    #expect(Instant.never.seconds(since: Instant(seconds: .min)) > 0)
    let stored = try JSONDecoder().decode([Instant].self, from: Data("[9223372036854775807]".utf8))
    #expect(stored == [.never])
  }

  @Test func `a ticket at the end of time still decides`() throws {
    var scene = try Scene(Scene.complaint(at: .never), at: .never)
    try scene.give(.recordCheck(.usual), at: .never)
    try scene.give(.askRequester(text: "a"), at: .never)
    try scene.give(.noticeTime, at: .never)
    var early = try Scene(Scene.complaint(at: Instant(seconds: .min)), at: Instant(seconds: .min))
    try early.give(.noticeTime, at: .never)
    let account = early.ticket.timeAccount(until: .never, under: early.procedure)
    #expect(account.elapsed == account.team + account.registry + account.requester + account.outside)
  }
}

@Suite struct CalendarDayTests {
  @Test func `every day of the years 1 to 9999 comes back from its number`() {
    var number = day("0001-01-01").dayNumber
    #expect(number == -719_162)
    var weekday = day("0001-01-01").weekday
    for year in 1...9_999 {
      for month in 1...12 {
        for date in 1...31 {
          guard let day = CalendarDay(year: year, month: month, day: date) else { continue }
          guard day.dayNumber == number, CalendarDay(dayNumber: number) == day, day.weekday == weekday else {
            Issue.record("\(day) is not day \(number)")
            return
          }
          number += 1
          weekday = weekday % 7 + 1
        }
      }
    }
    #expect(number == day("9999-12-31").dayNumber + 1)
    #expect(number == 2_932_897)
  }

  @Test func `known days fall on their weekdays`() {
    #expect(day("1970-01-01").dayNumber == 0)
    #expect(day("1970-01-01").weekday == 4)
    #expect(day("1945-08-17").weekday == 5)
    #expect(day("2000-02-29").weekday == 2)
    #expect(day("2026-11-23").weekday == 1)
    #expect(day("0001-01-01").weekday == 1)
    #expect(day("1969-12-31").dayNumber == -1)
  }

  @Test func `leap days exist in leap years only`() {
    #expect(CalendarDay("2024-02-29") != nil)
    #expect(CalendarDay("2000-02-29") != nil)
    #expect(CalendarDay("1900-02-29") == nil)
    #expect(CalendarDay("2026-02-29") == nil)
  }

  @Test(arguments: [
    "", "2026-11-3", "2026-1-03", "26-11-03", "+026-11-03", "2026-+1-03", "2026--1-03", "2026-11-+3", "2026-11-03 ",
    " 2026-11-03", "2026/11/03", "2026-13-01", "2026-00-01", "2026-11-31", "2026-11-00", "0000-01-01", "2026-11-03-",
    "２０２６-11-03", "2026-11-0\u{301}3", "2026-11-03\u{0}", "2026‐11‐03",
  ])
  func `anything but four, two and two digits is no day`(text: String) { #expect(CalendarDay(text) == nil) }

  @Test func `a day is written as it is read`() throws {
    for text in ["0001-01-01", "0999-12-31", "2026-11-23", "9999-12-31"] {
      #expect(CalendarDay(text)?.description == text)
    }
    #expect(throws: (any Error).self) {
      try JSONDecoder().decode([CalendarDay].self, from: Data(#"["2026-02-30"]"#.utf8))
    }
  }

  @Test func `the zones of Indonesia`() {
    let noon = Instant(seconds: day("2026-11-23").dayNumber * 86_400 + 12 * 3_600)
    #expect(OfficeZone.allCases.map { $0.local(noon).second / 3_600 } == [19, 19, 20, 21, 12])
    #expect(OfficeZone.allCases.map(\.suffix) == ["WIB", "WIB", "WITA", "WIT", "UTC"])
    for zone in OfficeZone.allCases {
      let local = zone.local(noon)
      #expect(zone.instant(local.day, second: local.second) == noon)
    }
  }
}
