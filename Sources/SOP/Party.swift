/// Whose turn it can be (SOP, the parties). `machine` is Sigap itself: clocks, channels, diagnosis.
public enum Party: String, Sendable, Codable, CaseIterable {
  case requester, team, registry, supervisor, administrator, machine
}

/// Who gives a command: a party, and the person where one is known.
public struct Performer: Sendable, Hashable, Codable {
  public let party: Party
  /// The account of a person who signed in; `nil` for requesters, signed links and the machine.
  public let account: String?
  /// The name shown in the timeline.
  public let name: String?

  public init(party: Party, account: String? = nil, name: String? = nil) {
    self.party = party
    self.account = account
    self.name = name
  }

  public static let machine = Performer(party: .machine)

  /// A supervisor may do what an officer of the team does.
  public var actsForTeam: Bool { party == .team || party == .supervisor }
}

/// An officer as a ticket knows one: who holds it, who wrote what.
public struct Officer: Sendable, Hashable, Codable {
  public let account: String
  public let name: String
  public init(account: String, name: String) {
    self.account = account
    self.name = name
  }
}
