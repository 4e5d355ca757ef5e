/// *Jeda*: the clock of a visit stands still for a named party and a reason; it ends by itself when that party
/// answers. A pause never hides a lapse that happened before it.
public struct Pause: Sendable, Codable, Equatable {
  public enum Reason: String, Sendable, Codable, CaseIterable {
    /// Facts or papers are missing: the requester was asked.
    case incomplete
    /// The answer comes with the ticket this one duplicates.
    case duplicate
    /// Another office does something first.
    case waiting
  }

  public let waitingFor: Party
  public let reason: Reason
  public let note: String
  public let startedAt: Instant
  /// When waiting ends without an answer: the complaint then counts as withdrawn (UU 25/2009 art. 44).
  public let expiresAt: Instant?
  public internal(set) var endedAt: Instant?

  public init(waitingFor: Party, reason: Reason, note: String, startedAt: Instant, expiresAt: Instant?) {
    self.waitingFor = waitingFor
    self.reason = reason
    self.note = note
    self.startedAt = startedAt
    self.expiresAt = expiresAt
  }
}
