/// The SOP's six rows. The raw value is the row number everywhere.
public enum Stage: Int, Sendable, Codable, CaseIterable, Comparable {
  case submission = 1
  case check = 2
  case analysis = 3
  case registry = 4
  case answer = 5
  case confirmation = 6

  public static func < (a: Stage, b: Stage) -> Bool { a.rawValue < b.rawValue }

  /// Who performs the row.
  public var party: Party {
    switch self {
    case .submission, .confirmation: .requester
    case .check, .analysis, .answer: .team
    case .registry: .registry
    }
  }

  /// The row's short name in code, paths and columns.
  public var code: String {
    switch self {
    case .submission: "submission"
    case .check: "check"
    case .analysis: "analysis"
    case .registry: "registry"
    case .answer: "answer"
    case .confirmation: "confirmation"
    }
  }
}
