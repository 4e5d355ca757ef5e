// Service hours and days off. What is saved here stands over the configuration and counts from the next decision on;
// clocks that already run keep the due instant they were given until their ticket moves.

import Desk
import Hummingbird
import SOP
import Wording

enum HoursRoutes {
  static func add(to routes: inout RouteTable) {
    routes.get("/kelola/jam", for: .roles(.administrator)) { visitor in
      try visitor.page(HoursPage(form: try await stored(visitor), dates: visitor.dates))
    }
    routes.post("/kelola/jam", for: .roles(.administrator)) { visitor in try await save(visitor) }
  }

  private static func stored(_ visitor: Visitor) async throws -> HoursForm {
    let store = visitor.web.store
    var form = HoursForm()
    form.office = try await store.setting("office.hours")?.text ?? ""
    form.registry = try await store.setting("registry.hours")?.text ?? ""
    let holidays = try await store.setting("holidays")
    let calendar = holidays.flatMap { $0.decoded(OfficeCalendar.self) } ?? OfficeCalendar()
    form.added = calendar.added.map { $0.description }.joined(separator: "\n")
    form.removed = calendar.removed.map { $0.description }.joined(separator: "\n")
    let changes = [try await store.setting("office.hours"), try await store.setting("registry.hours"), holidays]
    form.lastChange = changes.compactMap { $0 }.max { $0.changedAt < $1.changedAt }
      .map { "\($0.changedBy), \(visitor.dates.full($0.changedAt))" }
    return form
  }

  private static func save(_ visitor: Visitor) async throws -> Response {
    var form = HoursForm(visitor.form)
    form.lastChange = try await stored(visitor).lastChange
    form.check(visitor.language, zone: visitor.web.office.zone)
    guard form.problems.isEmpty else { return try visitor.page(HoursPage(form: form, dates: visitor.dates), .refused) }
    let store = visitor.web.store
    let calendar = OfficeCalendar(added: HoursForm.days(form.added).found, removed: HoursForm.days(form.removed).found)
    let changer = try visitor.person().userName
    let settings = [
      try Setting(key: "office.hours", value: form.office, changedBy: changer, changedAt: visitor.now),
      try Setting(key: "registry.hours", value: form.registry, changedBy: changer, changedAt: visitor.now),
      try Setting(key: "holidays", value: calendar, changedBy: changer, changedAt: visitor.now),
    ]
    for setting in settings where try await store.setting(setting.key)?.json != setting.json {
      try await store.save(setting)
      try await visitor.keepRecord("saveSetting", setting.key)
    }
    await visitor.web.settingsChanged()
    return visitor.go(to: Link("/kelola/jam"), flash: .saved)
  }
}

struct HoursForm: Sendable {
  var office = ""
  var registry = ""
  /// Days one a line: `2027-03-10`.
  var added = ""
  var removed = ""
  var lastChange: String?
  var problems: [FieldProblem] = []

  init() {}

  init(_ form: FormData) {
    office = form.text("kantor", limit: 900)
    registry = form.text("pandi", limit: 900)
    added = form.text("tambahan")
    removed = form.text("dikurangi")
  }

  mutating func check(_ language: Language, zone: OfficeZone) {
    for (field, text) in [("kantor", office), ("pandi", registry)]
    where !text.isEmpty && ServiceHoursText.read(text, zone: zone, holidays: []) == nil {
      problems.append(
        FieldProblem(
          field: field,
          sentence: language == .english
            ? "These hours cannot be read. Write them like “Sen-Kam 08.00-16.00, Jum 08.00-16.30”, or “selalu”."
            : "Jam ini tidak dapat dibaca. Tulis seperti “Sen-Kam 08.00-16.00, Jum 08.00-16.30”, atau “selalu”."))
    }
    for (field, text) in [("tambahan", added), ("dikurangi", removed)] {
      guard let wrong = HoursForm.days(text).wrong else { continue }
      problems.append(
        FieldProblem(
          field: field,
          sentence: language == .english
            ? "“\(wrong)” is no day. Write one day a line, like 2027-03-10."
            : "“\(wrong)” bukan tanggal. Tulis satu tanggal tiap baris, seperti 2027-03-10."))
    }
  }

  /// The days of the lines, and the first line that is none.
  static func days(_ text: String) -> (found: [CalendarDay], wrong: String?) {
    var found: [CalendarDay] = []
    for line in text.utf8.split(separator: 10) {
      let word = String(decoding: line, as: UTF8.self).firstLine(limit: 40)
      if word.isEmpty { continue }
      guard let day = CalendarDay(word), found.count < 1_000 else { return (found, word) }
      if !found.contains(day) { found.append(day) }
    }
    return (found.sorted(), nil)
  }
}

struct HoursPage: Page {
  static let template = "pages/admin-jam"
  static let previews = [
    HoursPage(form: HoursForm(), dates: DateWords(.indonesian)), HoursPage(form: wrong, dates: DateWords(.indonesian)),
  ]
  private static var wrong: HoursForm {
    var form = HoursForm(FormData([("kantor", "pagi"), ("pandi", "x"), ("tambahan", "besok"), ("dikurangi", "y")]))
    form.lastChange = "admin, 23 November 2026 pukul 14.05 WIB"
    form.check(.indonesian, zone: .jakarta)
    return form
  }

  let form: HoursForm
  let dates: DateWords
  var problems: [FieldProblem] { form.problems }

  func value(of name: String) -> Shown? {
    switch name {
    case "tabs": AdministrationPart.hours.tabs
    case "lastChange": .text(form.lastChange)
    case "officialDays":
      .rows(
        Holidays.official.sorted().map {
          NamedValues(["day": .text(dates.weekday($0)), "machineDay": .text($0.description)])
        })
    case "kantor": hours(name, form.office)
    case "pandi": hours(name, form.registry)
    case "tambahan": days(name, form.added)
    case "dikurangi": days(name, form.removed)
    default: nil
    }
  }

  private func hours(_ name: String, _ value: String) -> Shown {
    .part(TextField(name: name, value: value, error: problems.sentence(for: name), required: false, limit: 900))
  }

  private func days(_ name: String, _ value: String) -> Shown {
    .part(TextAreaField(name: name, value: value, error: problems.sentence(for: name), required: false, rows: 4))
  }
}
