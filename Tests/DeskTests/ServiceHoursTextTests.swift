import Desk
import SOP
import Testing

struct ServiceHoursTextTests {
  private func read(_ text: String) -> ServiceHours? { ServiceHoursText.read(text, zone: .jakarta, holidays: []) }

  private func shifts(_ text: String) -> [[Int]]? { read(text)?.shifts.map { [$0.weekday, $0.from, $0.to] } }

  @Test func `a stretch of days has its hours on each of them`() {
    #expect(shifts("Sen-Rab 08.00-16.00") == [[1, 480, 960], [2, 480, 960], [3, 480, 960]])
    #expect(shifts("Jum 07.30-11.30") == [[5, 450, 690]])
  }

  @Test func `several stretches and both languages are understood`() {
    let expected = [[1, 480, 720], [1, 780, 960], [6, 540, 720]]
    #expect(shifts("Sen 08.00-12.00, Sen 13.00-16.00, Sabtu 09.00-12.00") == expected)
    #expect(shifts("monday 8:00-12:00,Mon 13:00-16:00 , sat  9:00-12:00") == expected)
  }

  @Test func `an en dash between days or times is a hyphen`() {
    #expect(shifts("Sen–Sel 08.00–16.00") == [[1, 480, 960], [2, 480, 960]])
  }

  @Test func `hours that touch are one stretch and a day may end at midnight`() {
    #expect(shifts("Min 00.00-12.00, Min 12.00-24.00") == [[7, 0, 1_440]])
  }

  @Test func `always means every second`() {
    for text in ["selalu", " Always ", "SELALU"] { #expect(read(text)?.always == true) }
  }

  @Test func `days off are kept beside the hours`() throws {
    let day = try #require(CalendarDay("2027-03-10"))
    let hours = ServiceHoursText.read("Sen-Jum 08.00-16.00", zone: .makassar, holidays: [day])
    #expect(hours?.holidays == [day] && hours?.zone == .makassar)
  }

  @Test(arguments: [
    "", " ", ",", "selalu selalu", "pagi", "Sen", "08.00-16.00", "Sen 08.00", "Sen 8-16", "Sen 08.0-16.00",
    "Jum-Sen 08.00-16.00", "Sen-Rab-Jum 08.00-16.00", "Sen 16.00-08.00", "Sen 08.00-08.00", "Sen 08.60-16.00",
    "Sen 08.00-24.01", "Sen 08.00-25.00", "Sen 99999999999999999999.00-16.00", "Sen -1.00-16.00", "Se 08.00-16.00",
    "Sen- 08.00-16.00", "-Sen 08.00-16.00", "Sen 08.00-16.00;", "S\u{0}en 08.00-16.00", "Sen 08.00-16.00, besok",
  ])
  func `what is no hours is refused`(_ text: String) { #expect(read(text) == nil) }

  @Test func `a very long text is refused and never traps`() {
    #expect(read(String(repeating: "Sen 08.00-16.00,", count: 100)) == nil)
    #expect(read(String(repeating: "\u{0600}", count: 100_000)) == nil)
  }
}
