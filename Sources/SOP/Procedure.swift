/// The SOP as data: the rows in order, who performs them, what they need and give, and how long they may take.
///
/// Other budgets are another `version`; events keep the deadlines they were decided with, so an old ticket
/// is never judged by a new rule.
public struct Procedure: Sendable, Equatable {
  public struct Row: Sendable, Equatable {
    public let stage: Stage
    /// Seconds of service; `nil` where the SOP sets no time (rows 1 and 6).
    public let budget: Int64?
    public let needs: Document?
    public let gives: Document?
  }

  /// The documents named in the SOP's table.
  public enum Document: String, Sendable, Codable, CaseIterable {
    case complaint, checkResult, complaintReport, analysisDecision, registryReply, answer, resolution
  }

  public let name: String
  /// The name alone for the table's own times; with others, the minutes of rows 2 to 5 and the two spans in days:
  /// `SOP-2022+10-15-45-15.3-30`.
  public let version: String
  public let rows: [Row]
  public let officeHours: ServiceHours
  public let registryHours: ServiceHours
  /// The registry has no hours of its own: it works when the office does.
  public let registryKeepsOfficeHours: Bool
  /// Working days of silence after which stage 6 closes by itself.
  public let confirmationDays: Int
  /// Calendar days a requester has to complete a complaint (UU 25/2009 art. 44); then it counts as withdrawn.
  public let completionDays: Int

  /// Budgets in minutes; the SOP's own by default. Values below 1 or above a week are clamped.
  public init(
    name: String = "SOP-2022",
    checkMinutes: Int = 10, analysisMinutes: Int = 15, registryMinutes: Int = 30, answerMinutes: Int = 15,
    officeHours: ServiceHours = .office(in: .jakarta, holidays: Holidays.official),
    registryHours: ServiceHours? = nil,
    confirmationDays: Int = 3, completionDays: Int = 30
  ) {
    func budget(_ minutes: Int) -> Int64 { Int64(min(max(minutes, 1), 10_080)) * 60 }
    self.name = name
    self.officeHours = officeHours
    self.registryHours = registryHours ?? officeHours
    registryKeepsOfficeHours = registryHours == nil
    self.confirmationDays = min(max(confirmationDays, 1), 365)
    self.completionDays = min(max(completionDays, 1), 365)
    rows = [
      Row(stage: .submission, budget: nil, needs: nil, gives: .complaint),
      Row(stage: .check, budget: budget(checkMinutes), needs: .complaint, gives: .checkResult),
      Row(stage: .analysis, budget: budget(analysisMinutes), needs: .complaintReport, gives: .analysisDecision),
      Row(stage: .registry, budget: budget(registryMinutes), needs: .analysisDecision, gives: .registryReply),
      Row(stage: .answer, budget: budget(answerMinutes), needs: nil, gives: .answer),
      Row(stage: .confirmation, budget: nil, needs: .answer, gives: .resolution),
    ]
    version = Procedure.version(
      name, minutes: rows.compactMap { $0.budget.map { $0 / 60 } }, days: [self.confirmationDays, self.completionDays])
  }

  private static func version(_ name: String, minutes: [Int64], days: [Int]) -> String {
    if minutes == [10, 15, 30, 15], days == [3, 30] { return name }
    let times = minutes.map { "\($0)" }.joined(separator: "-")
    return "\(name)+\(times).\(days.map { "\($0)" }.joined(separator: "-"))"
  }

  public func budget(of stage: Stage) -> Int64? { rows.first { $0.stage == stage }?.budget }

  /// The hours in which a party's time counts. A requester is waited for in the office's hours.
  public func hours(of party: Party) -> ServiceHours { party == .registry ? registryHours : officeHours }
}
