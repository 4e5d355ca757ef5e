/// *Keputusan hasil analisa*, the output of SOP row 3: a cause, and exactly one way on.
public struct AnalysisDecision: Sendable, Codable, Equatable {
  public enum Kind: String, Sendable, Codable, CaseIterable {
    case registryExecutes = "registry_executes"
    case teamExecutes = "team_executes"
    case referred
    case declined
    case duplicate
    case incomplete
  }

  /// The way on, with what that way needs.
  public enum Way: Sendable, Codable, Equatable {
    case registryExecutes(packet: HandoffPacket)
    /// `reason`: why the registry's row is passed.
    case teamExecutes(action: String, reason: String)
    case referred(Referral)
    case declined(reason: String)
    case duplicate(of: TicketNumber)
    case incomplete(missing: String)
  }

  public var cause: String
  public var way: Way

  public init(cause: String, way: Way) {
    self.cause = cause
    self.way = way
  }

  public var kind: Kind {
    switch way {
    case .registryExecutes: .registryExecutes
    case .teamExecutes: .teamExecutes
    case .referred: .referred
    case .declined: .declined
    case .duplicate: .duplicate
    case .incomplete: .incomplete
    }
  }
}

/// *Rujukan*: the matter is another office's. Whose, how to reach it, and how we know.
public struct Referral: Sendable, Codable, Equatable {
  public var owner: String
  public var contact: String
  public var proof: String

  public init(owner: String, contact: String, proof: String) {
    self.owner = owner
    self.contact = contact
    self.proof = proof
  }
}
