public import SOP
import Synchronization

/// What an administrator changed while the server runs, put over the configuration.
///
/// Settings: `office.hours` and `registry.hours` are texts of `ServiceHoursText`; `holidays` is
/// `{"added": ["2027-03-10"], "removed": []}`, days put to and taken from the official ones. Empty hours are none: the
/// configuration's hold, and a registry that has none of its own keeps the office's.
///
/// Other hours or holidays count from the next decision on. A deadline that runs stays as it was decided, for it was
/// told to people; the time account, which no one was promised, is reckoned by the hours in force when it is read.
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
    /// `nil`: nothing is written there, or nothing that can be understood.
    func hours(_ written: String?, over configured: ServiceHours) -> ServiceHours? {
      written.flatMap { ServiceHoursText.read($0, zone: configured.zone, holidays: days(configured)) }
    }
    func days(_ configured: ServiceHours) -> Set<CalendarDay> {
      guard let calendar else { return configured.holidays }
      return configured.holidays.union(calendar.added).subtracting(calendar.removed)
    }
    func configured(_ hours: ServiceHours) -> ServiceHours {
      hours.always
        ? .always(in: hours.zone, holidays: days(hours))
        : ServiceHours(zone: hours.zone, shifts: hours.shifts, holidays: days(hours))
    }
    let registry = hours(registryHours, over: self.registryHours)
    func minutes(_ stage: Stage) -> Int { Int((budget(of: stage) ?? 60) / 60) }
    return Procedure(
      name: name, checkMinutes: minutes(.check), analysisMinutes: minutes(.analysis),
      registryMinutes: minutes(.registry), answerMinutes: minutes(.answer),
      officeHours: hours(officeHours, over: self.officeHours) ?? configured(self.officeHours),
      registryHours: registry ?? (registryKeepsOfficeHours ? nil : configured(self.registryHours)),
      confirmationDays: confirmationDays, completionDays: completionDays)
  }
}
