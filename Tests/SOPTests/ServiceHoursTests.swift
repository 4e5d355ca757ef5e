import Foundation
import Testing
import Townsfolk

@testable import SOP

@Suite struct ServiceHoursTests {
  private let office = ServiceHours.office(in: .jakarta, holidays: Holidays.official)

  @Test func `a quarter of an hour on Friday evening is due on Monday morning`() {
    #expect(office.instant(after: 15 * 60, from: wib(27, 15, 50)) == wib(30, 8, 5))
  }

  @Test func `a budget that ends with the day is due at the end of that day`() {
    #expect(office.instant(after: 600, from: wib(23, 15, 50)) == wib(23, 16, 0))
    #expect(office.instant(after: 601, from: wib(23, 15, 50)) == wib(24, 8, 0, 1))
  }

  @Test func `a complaint at night or on Sunday begins to count at eight`() {
    #expect(office.instant(after: 600, from: wib(23, 22, 0)) == wib(24, 8, 10))
    #expect(office.instant(after: 600, from: wib(29, 12, 0)) == wib(30, 8, 10))
    #expect(office.instant(after: 600, from: wib(23, 3, 0)) == wib(23, 8, 10))
  }

  @Test func `holidays and cuti bersama do not count`() {
    #expect(!office.isWorkingDay(day("2026-12-24")))
    #expect(!office.isWorkingDay(day("2026-12-25")))
    #expect(office.instant(after: 600, from: wib(23, 15, 55, month: 12)) == wib(28, 8, 5, month: 12))
    #expect(office.seconds(from: wib(24, 0, 0, month: 12), to: wib(28, 0, 0, month: 12)) == 0)
  }

  @Test func `round the clock every second counts, on holidays too`() {
    let always = ServiceHours.always(in: .jakarta)
    #expect(always.isOpen(at: wib(25, 3, 0, month: 12)))
    #expect(always.seconds(from: wib(24, 0, 0, month: 12), to: wib(26, 0, 0, month: 12)) == 172_800)
    #expect(always.instant(after: 600, from: wib(23, 23, 55)) == wib(24, 0, 5))
    #expect(always.endOfWorkingDay(1, after: wib(23, 9, 0)) == wib(25, 0, 0))
  }

  @Test func `round the clock knows its holidays without counting them, also when it was stored without`() throws {
    let always = ServiceHours.always(in: .jakarta, holidays: Holidays.official)
    #expect(always.holidays == Holidays.official && always.isWorkingDay(day("2026-12-25")))
    #expect(try JSONDecoder().decode(ServiceHours.self, from: JSONEncoder().encode(always)) == always)
    let old = Data(#"{"always":true,"holidays":[],"shifts":[],"zone":"Asia/Jakarta"}"#.utf8)
    #expect(try JSONDecoder().decode(ServiceHours.self, from: old) == .always(in: .jakarta))
  }

  @Test func `a shift opens at its first second and is closed at its last`() {
    #expect(!office.isOpen(at: wib(23, 7, 59, 59)))
    #expect(office.isOpen(at: wib(23, 8, 0)))
    #expect(office.isOpen(at: wib(23, 15, 59, 59)))
    #expect(!office.isOpen(at: wib(23, 16, 0)))
  }

  @Test func `hours without any work are due never, and end`() {
    let none = ServiceHours(zone: .jakarta, shifts: [], holidays: [])
    #expect(none.instant(after: 1, from: wib(23, 9, 0)) == .never)
    #expect(none.endOfWorkingDay(1, after: wib(23, 9, 0)) == .never)
    #expect(none.seconds(from: Instant(seconds: .min), to: .never) == 0)
    #expect(office.instant(after: .max, from: wib(23, 9, 0)) == .never)
    #expect(office.instant(after: 600, from: .never) == .never)
  }

  @Test func `a shift outside the day or the week is none, typed or stored`() throws {
    #expect(ServiceHours.Shift(weekday: 0, from: 0, to: 1) == nil)
    #expect(ServiceHours.Shift(weekday: 8, from: 0, to: 1) == nil)
    #expect(ServiceHours.Shift(weekday: 1, from: -1, to: 1) == nil)
    #expect(ServiceHours.Shift(weekday: 1, from: 5, to: 5) == nil)
    #expect(ServiceHours.Shift(weekday: 1, from: 0, to: 1_441) == nil)
    for stored in [
      #"{"weekday":9,"from":0,"to":1}"#, #"{"weekday":1,"from":0,"to":9223372036854775807}"#,
      #"{"weekday":1,"from":-9223372036854775808,"to":1}"#,
    ] {
      #expect(throws: (any Error).self) { try JSONDecoder().decode(ServiceHours.Shift.self, from: Data(stored.utf8)) }
    }
    let back = try JSONDecoder().decode(ServiceHours.self, from: JSONEncoder().encode(office))
    #expect(back == office)
    let always = ServiceHours.always(in: .makassar)
    #expect(try JSONDecoder().decode(ServiceHours.self, from: JSONEncoder().encode(always)) == always)
  }

  @Test func `shifts that touch or overlap count once`() {
    let monday = [(480, 960), (600, 700), (900, 1_000), (1_000, 1_020)]
      .compactMap { ServiceHours.Shift(weekday: 1, from: $0.0, to: $0.1) }
    let hours = ServiceHours(zone: .jakarta, shifts: monday, holidays: [])
    #expect(hours.shifts.map(\.from) == [480])
    #expect(hours.seconds(from: wib(23, 0, 0), to: wib(24, 0, 0)) == 540 * 60)
    #expect(hours.endOfWorkingDay(1, after: wib(22, 9, 0)) == wib(23, 17, 0))
  }

  /// Hours as an administrator may set them.
  private func anyHours(_ random: inout SeededRandom) -> ServiceHours {
    let zone = random.pick(OfficeZone.allCases)
    if random.chance(10) { return .always(in: zone) }
    var shifts: [ServiceHours.Shift] = []
    if let shift = ServiceHours.Shift(weekday: random.number(in: 1...7), from: 480, to: 960) { shifts.append(shift) }
    for _ in 0..<random.number(in: 0...8) {
      let from = random.number(in: 0...1_439)
      if let shift = ServiceHours.Shift(
        weekday: random.number(in: 1...7), from: from, to: random.number(in: from + 1...1_440))
      {
        shifts.append(shift)
      }
    }
    let holidays = (0..<random.number(in: 0...9)).compactMap { _ in
      CalendarDay(year: 2026, month: random.number(in: 11...12), day: random.number(in: 1...30))
    }
    return ServiceHours(zone: zone, shifts: shifts, holidays: Set(holidays))
  }

  @Test func `counted second by second it is the same`() {
    var random = SeededRandom(seed: 1)
    for _ in 0..<40 {
      let hours = anyHours(&random)
      let start = wib(random.number(in: 1...28), 0, 0).adding(seconds: Int64(random.number(in: 0...86_399)))
      let span = random.number(in: 0...(random.chance(20) ? 400_000 : 20_000))
      let end = start.adding(seconds: Int64(span))
      var counted: Int64 = 0
      for second in 0..<span where hours.isOpen(at: start.adding(seconds: Int64(second))) { counted += 1 }
      #expect(hours.seconds(from: start, to: end) == counted)
      guard counted > 0 else { continue }
      let due = hours.instant(after: counted, from: start)
      #expect(due <= end)
      #expect(hours.isOpen(at: due.adding(seconds: -1)))
    }
  }

  @Test func `seconds to the instant after n are n, and spans add up over any length`() {
    var random = SeededRandom(seed: 2)
    for _ in 0..<3_000 {
      let hours = anyHours(&random)
      let start = wib(1, 0, 0).adding(seconds: Int64(random.number(in: -200_000_000...200_000_000)))
      let n = Int64(random.number(in: 1...700_000))
      let due = hours.instant(after: n, from: start)
      #expect(due != .never)
      #expect(hours.seconds(from: start, to: due) == n)
      #expect(hours.seconds(from: start, to: due.adding(seconds: -1)) == n - 1)
      let later = due.adding(seconds: Int64(random.number(in: 0...2_000_000_000)))
      #expect(
        hours.seconds(from: start, to: due) + hours.seconds(from: due, to: later)
          == hours.seconds(from: start, to: later))
    }
  }

  @Test func `a span of centuries is counted whole`() {
    let from = wib(23, 8, 0)
    let to = OfficeZone.jakarta.instant(day("2426-11-23"))
    // 400 years are 146,097 days, 20,871 weeks of 40 hours, less the days off that fall on Monday to Friday.
    let off = Holidays.official.filter { (1...5).contains($0.weekday) && $0 >= day("2026-11-23") }.count
    #expect(office.seconds(from: from, to: to) == (20_871 * 5 - Int64(off)) * 8 * 3_600)
    #expect(office.seconds(from: to, to: from) == 0)
  }

  @Test func `the official days off are those of the decree`() {
    #expect(Holidays.official.count == 25 + 26)
    #expect(Holidays.national.count + Holidays.jointLeave.count == Holidays.official.count)
  }
}
