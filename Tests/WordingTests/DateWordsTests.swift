import SOP
import Testing

@testable import Wording

@Suite struct DateWordsTests {
  let words = DateWords(.indonesian)
  let english = DateWords(.english)

  private func wib(_ day: String, _ hour: Int64, _ minute: Int64) throws -> Instant {
    OfficeZone.jakarta.instant(try #require(CalendarDay(day)), second: hour * 3_600 + minute * 60)
  }

  @Test func `a full date is written as the SOP writes it`() throws {
    #expect(words.full(try wib("2026-11-23", 14, 5)) == "23 November 2026 pukul 14.05 WIB")
    #expect(english.full(try wib("2026-11-23", 14, 5)) == "23 November 2026 at 14:05 WIB")
    #expect(words.full(Samples.now) == "23 November 2026 pukul 14.05 WIB")
  }

  @Test func `midnight begins a new day`() throws {
    let lastMinute = try wib("2026-11-23", 23, 59)
    let midnight = try wib("2026-11-24", 0, 0)
    #expect(words.relative(midnight, now: lastMinute) == "besok pukul 00.00 WIB")
    #expect(words.relative(lastMinute, now: midnight) == "kemarin pukul 23.59 WIB")
    #expect(words.relative(midnight, now: midnight.adding(seconds: 86_399)) == "hari ini pukul 00.00 WIB")
    #expect(words.relative(midnight, now: midnight.adding(seconds: 2 * 86_400)) == "24 November 2026 pukul 00.00 WIB")
  }

  @Test func `the year changes overnight`() throws {
    let eve = try wib("2026-12-31", 23, 30)
    let morning = try wib("2027-01-01", 8, 0)
    #expect(words.relative(morning, now: eve) == "besok pukul 08.00 WIB")
    #expect(english.relative(eve, now: morning) == "yesterday at 23:30 WIB")
    #expect(words.full(morning) == "1 Januari 2027 pukul 08.00 WIB")
  }

  @Test func `the requester's zone stands beside the office's where they differ`() throws {
    let instant = try wib("2026-11-23", 14, 5)
    #expect(
      words.relative(instant, now: instant, beside: .jayapura) == "hari ini pukul 14.05 WIB (16.05 WIT)")
    #expect(words.relative(instant, now: instant, beside: .pontianak) == "hari ini pukul 14.05 WIB")
    #expect(words.machine(instant) == "2026-11-23T14:05:00+07:00")
  }

  @Test func `spans are told in their two largest units`() {
    #expect(words.duration(59) == "kurang dari 1 menit")
    #expect(words.duration(60) == "1 menit")
    #expect(words.duration(3_900) == "1 jam 5 menit")
    #expect(words.duration(7_200) == "2 jam")
    #expect(words.duration(86_400 + 300) == "1 hari")
    #expect(words.duration(-5) == "kurang dari 1 menit")
    #expect(english.duration(3_660) == "1 hour 1 minute")
    #expect(english.duration(7_320) == "2 hours 2 minutes")
    #expect(!words.duration(.max).isEmpty)
  }

  @Test func `what is left and what is past due`() {
    #expect(words.remaining(360) == "sisa 6 menit")
    #expect(words.remaining(-240) == "lewat 4 menit")
    #expect(words.remaining(0) == "lewat kurang dari 1 menit")
    #expect(words.remaining(1) == "sisa kurang dari 1 menit")
    #expect(english.remaining(-240) == "4 minutes past due")
    #expect(words.remaining(.min).hasPrefix("lewat"))
  }

  @Test func `days, months and the extremes of time never trap`() throws {
    #expect(words.weekday(try #require(CalendarDay("2026-11-23"))) == "Senin, 23 November 2026")
    #expect(words.month(202_611) == "November 2026")
    #expect(words.month(202_613) == "– 2026")
    #expect(words.monthName(.min + 1) == "–")
    for seconds in [Int64.min, .max, 0] {
      let instant = Instant(seconds: seconds)
      #expect(!words.full(instant).isEmpty)
      #expect(!words.relative(instant, now: instant).isEmpty)
    }
  }

  @Test func `numbers carry the language's separators`() {
    let id = NumberWords(.indonesian)
    let en = NumberWords(.english)
    #expect(id.whole(Int64(1_234_567)) == "1.234.567")
    #expect(en.whole(Int64(-1_000)) == "-1,000")
    #expect(id.whole(Int64.min).hasPrefix("-9.223"))
    #expect(id.decimal(91.475, places: 2) == "91,48")
    #expect(id.decimal(-0.04) == "0,0")
    #expect(id.decimal(.nan) == "–")
    #expect(id.percent(7, of: 8) == "87,5 %")
    #expect(id.percent(1, of: 0) == "–")
  }

  @Test func `file sizes read like the limits they are held to`() {
    let id = NumberWords(.indonesian)
    #expect(id.fileSize(900) == "900 bita")
    #expect(id.fileSize(340 * 1_024) == "340 KB")
    #expect(id.fileSize(15 << 20) == "15 MB")
    #expect(id.fileSize(1_258_291) == "1,2 MB")
    #expect(id.fileSize(1_048_575) == "1 MB")
    #expect(!id.fileSize(.max).isEmpty)
  }
}
