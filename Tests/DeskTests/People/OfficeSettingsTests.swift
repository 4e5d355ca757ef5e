import Desk
import DeskTesting
import SOP
import Testing

@Suite struct OfficeSettingsTests {
  private func read(_ text: String) -> ServiceHours? { ServiceHoursText.read(text, zone: .jakarta, holidays: []) }

  @Test(arguments: [
    "Sen-Jum 08.00-16.00", "senin-jumat 8.00-16.00", "MON-FRI 08:00-16:00", "  Sen-Jum   08.00-16:00 ",
    "sen-kam 08.00-16.00, jum 08.00-16.00", "sen-jum 08.00-12.00,sen-jum 12.00-16.00", "Sen–Jum 08.00–16.00",
    "Sen - Jum 08.00 - 16.00",
  ])
  func `office hours are understood as people write them`(text: String) {
    #expect(read(text) == .office(in: .jakarta, holidays: []))
  }

  @Test(arguments: ["selalu", "Always", " selalu "]) func `duty around the clock has a word`(text: String) {
    #expect(read(text)?.always == true)
  }

  @Test(arguments: [
    "", " ", "sen", "sen-jum", "08.00-16.00", "sen-jum 16.00-08.00", "sen-jum 08.00-24.30", "sen-jum 08.60-16.00",
    "jum-sen 08.00-16.00", "sen-sel-rab 08.00-16.00", "abc 08.00-16.00", "sen-jum 8-16", "sen-jum 08.00-16.00 x",
    "sen-jum 08.00-16.00, apa", "selalu selalu", "sen-jum -8.00-16.00", "sen-jum 99999999999999999999.00-16.00",
  ])
  func `what is no service time is refused`(text: String) { #expect(read(text) == nil) }

  @Test func `an endless text is refused`() {
    #expect(read(String(repeating: "sen 08.00-16.00,", count: 5_000)) == nil)
  }

  private func reloaded(
    _ configured: Procedure, office: String? = nil, registry: String? = nil, holidays: OfficeCalendar? = nil
  ) async throws -> Procedure {
    let store = MemoryStore()
    for (key, text) in [("office.hours", office), ("registry.hours", registry)] {
      guard let text else { continue }
      await store.save(try Setting(key: key, value: text, changedBy: "joko", changedAt: House.start))
    }
    if let holidays {
      await store.save(try Setting(key: "holidays", value: holidays, changedBy: "joko", changedAt: House.start))
    }
    let keeper = ProcedureKeeper(configured)
    try await keeper.reload(from: store)
    return keeper.procedure
  }

  @Test func `a registry without hours of its own keeps the office's, however the page was left`() async throws {
    let usual = Procedure()
    for registry in [nil, "", "  ", "kapan saja"] {
      let changed = try await reloaded(usual, office: "Sen-Jum 07.30-15.00", registry: registry)
      #expect(changed.registryHours == changed.officeHours && changed.registryHours.shifts.first?.from == 450)
    }
    let own = Procedure(registryHours: .always(in: .jakarta))
    #expect(try await reloaded(own, office: "Sen-Jum 07.30-15.00", registry: "").registryHours.always)
    let same = Procedure(registryHours: usual.officeHours)
    #expect(try await reloaded(same, office: "Sen-Jum 07.30-15.00").registryHours == usual.officeHours)
  }

  @Test func `empty hours of the office are the configuration's`() async throws {
    #expect(try await reloaded(Procedure(), office: "", registry: "") == Procedure())
  }

  @Test func `hours set over duty around the clock know its holidays`() async throws {
    let christmas = try #require(CalendarDay("2026-12-25"))
    let added = try #require(CalendarDay("2026-11-03"))
    let hours = try #require(ServiceHoursText.read("selalu", zone: .jakarta, holidays: Holidays.official))
    let configured = Procedure(officeHours: hours)
    let calendar = OfficeCalendar(added: [added])
    let changed = try await reloaded(configured, office: "Sen-Jum 08.00-16.00", holidays: calendar)
    #expect(!changed.officeHours.isWorkingDay(christmas) && !changed.officeHours.isWorkingDay(added))
    let still = try await reloaded(configured, holidays: calendar)
    #expect(still.officeHours.always && still.officeHours.isWorkingDay(christmas))
  }

  @Test func `hours that change leave a running deadline as it was told`() async throws {
    let store = MemoryStore()
    let keeper = ProcedureKeeper(Procedure())
    var ticket = try Samples.opening(try await store.nextNumber(month: 202_611)).after
    let due = try #require(ticket.visit?.deadline?.dueAt)
    await store.save(
      try Setting(key: "office.hours", value: "Sab 08.00-16.00", changedBy: "joko", changedAt: House.start))
    try await keeper.reload(from: store)
    let decision = try ticket.decide(.noticeTime, by: .machine, at: due, under: keeper.procedure)
    for event in decision.events { ticket.apply(event, at: due) }
    #expect(ticket.visit?.lapsedAt == due)
  }

  @Test func `what an administrator set is in force at once, and nonsense leaves the configuration`() async throws {
    let store = MemoryStore()
    let keeper = ProcedureKeeper(Procedure())
    func set(_ key: String, _ value: some Encodable) async throws {
      await store.save(try Setting(key: key, value: value, changedBy: "joko", changedAt: House.start))
      try await keeper.reload(from: store)
    }
    let tuesday = try #require(CalendarDay("2026-11-03"))
    try await set("office.hours", "Sen-Jum 07.30-15.00")
    #expect(keeper.procedure.officeHours.shifts.first?.from == 450)
    #expect(keeper.procedure.registryHours == keeper.procedure.officeHours)
    try await set("registry.hours", "selalu")
    #expect(keeper.procedure.registryHours.always && !keeper.procedure.officeHours.always)
    try await set("holidays", OfficeCalendar(added: [tuesday]))
    #expect(!keeper.procedure.officeHours.isWorkingDay(tuesday))
    try await set("holidays", OfficeCalendar(removed: [tuesday]))
    #expect(keeper.procedure.officeHours.isWorkingDay(tuesday))
    try await set("office.hours", "kapan saja")
    #expect(keeper.procedure.officeHours.shifts == Procedure().officeHours.shifts)
    await store.save(Setting(key: "holidays", json: "{", changedBy: "joko", changedAt: House.start))
    try await keeper.reload(from: store)
    #expect(keeper.procedure.officeHours.holidays == Procedure().officeHours.holidays)
    #expect(keeper.procedure.budget(of: .analysis) == 900 && keeper.procedure.version == Procedure().version)
  }
}
