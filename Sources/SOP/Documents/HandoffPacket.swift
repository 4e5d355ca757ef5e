/// *Penerusan*: what the registry gets (SOP row 4). Never the requester's thread or personal data.
public struct HandoffPacket: Sendable, Codable, Equatable {
  /// What to do, verb first: "Ubah server nama".
  public var action: String
  public var domain: DomainName
  /// One value a line, as it stands now and as it is wanted.
  public var current: String
  public var wanted: String
  /// Why it is safe and right, one piece of evidence a line.
  public var evidence: String
  /// The officer's own words to the duty officer.
  public var note: String

  public init(
    action: String, domain: DomainName, current: String = "", wanted: String = "", evidence: String = "",
    note: String = ""
  ) {
    self.action = action
    self.domain = domain
    self.current = current
    self.wanted = wanted
    self.evidence = evidence
    self.note = note
  }
}

/// *Konfirmasi PANDI*, the output of SOP row 4.
public struct RegistryReply: Sendable, Codable, Equatable {
  public enum Verdict: String, Sendable, Codable, CaseIterable {
    case done
    case cannot
    case needsInformation
  }
  /// The door the reply came through.
  public enum Door: String, Sendable, Codable, CaseIterable { case desk, link, email, officer }

  public var result: Verdict
  public var text: String
  /// The registry's own number, when it gave one.
  public var reference: String?
  public var door: Door

  public init(result: Verdict, text: String, reference: String? = nil, door: Door) {
    self.result = result
    self.text = text
    self.reference = reference
    self.door = door
  }
}

/// *Konfirmasi/jawaban* to the requester, the output of SOP row 5.
public struct Answer: Sendable, Codable, Equatable {
  public enum Outcome: String, Sendable, Codable, CaseIterable { case solved, referred, declined, information }

  public var text: String
  public var outcome: Outcome
  /// What the team did itself, when it did something.
  public var work: String?

  public init(text: String, outcome: Outcome, work: String? = nil) {
    self.text = text
    self.outcome = outcome
    self.work = work
  }
}
