public import SOP
import Synchronization

/// What an administrator changed while the server runs, put over the configuration.
///
/// Settings: `office.hours` and `registry.hours` are texts of `ServiceHoursText`; `holidays` is
/// `{"added": ["2027-03-10"], "removed": []}`, days put to and taken from the official ones.
public struct OfficeCalendar: Sendable, Codable, Equatable {
  public var added: [CalendarDay]
  public var removed: [CalendarDay]
  public init(added: [CalendarDay] = [], removed: [CalendarDay] = []) {
    self.added = added
    self.removed = removed
  }
}

/// The procedure in force, asked anew for every decision.
public final class ProcedureKeeper: Sendable {
  private let configured: Procedure
  private let current: Mutex<Procedure>

  public init(_ configured: Procedure) {
    self.configured = configured
    current = Mutex(configured)
  }

  public var procedure: Procedure { current.withLock { $0 } }

  /// Reads the settings again. A setting that cannot be understood leaves the configuration in force.
  public func reload(from store: any DeskStore) async throws {
    let office = try await store.setting("office.hours")?.text
    let registry = try await store.setting("registry.hours")?.text
    let calendar = try await store.setting("holidays").flatMap { $0.decoded(OfficeCalendar.self) }
    let changed = configured.changed(officeHours: office, registryHours: registry, calendar: calendar)
    current.withLock { $0 = changed }
  }
}

extension Procedure {
  func changed(officeHours: String?, registryHours: String?, calendar: OfficeCalendar?) -> Procedure {
    func hours(_ written: String?, _ configured: ServiceHours) -> ServiceHours {
      var days = configured.holidays
      if let calendar { days = days.union(calendar.added).subtracting(calendar.removed) }
      if let written, let read = ServiceHoursText.read(written, zone: configured.zone, holidays: days) { return read }
      return configured.always
        ? configured : ServiceHours(zone: configured.zone, shifts: configured.shifts, holidays: days)
    }
    func minutes(_ stage: Stage) -> Int { Int((budget(of: stage) ?? 60) / 60) }
    return Procedure(
      version: version, checkMinutes: minutes(.check), analysisMinutes: minutes(.analysis),
      registryMinutes: minutes(.registry), answerMinutes: minutes(.answer),
      officeHours: hours(officeHours, self.officeHours),
      registryHours: hours(
        registryHours ?? (self.registryHours == self.officeHours ? officeHours : nil), self.registryHours),
      confirmationDays: confirmationDays, completionDays: completionDays)
  }
}
