/// What shall happen: the facts, the letters, and commands to be given to other tickets. One transaction takes all.
public struct Decision: Sendable, Equatable {
  public internal(set) var events: [TicketEvent] = []
  public internal(set) var letters: [Letter] = []
  public internal(set) var followUps: [FollowUp] = []
  /// The requester's address was proven: letters held back for it may go.
  public internal(set) var releasesHeldLetters = false
  /// The requester's address is another one now: letters held back for the former one wait for this one.
  public internal(set) var heldLettersGoTo: String?
  /// The id of a letter with which the holder of the requester's address can prove it; it is never held.
  public internal(set) var proofLetter: String?

  /// Nothing is to be written anywhere.
  public var isEmpty: Bool {
    events.isEmpty && letters.isEmpty && followUps.isEmpty && !releasesHeldLetters && heldLettersGoTo == nil
      && proofLetter == nil
  }
}

/// A command another ticket must receive because of this decision: kept with it, given at least once, harmless
/// when given twice.
public struct FollowUp: Sendable, Codable, Equatable {
  public let ticket: TicketNumber
  public let command: TicketCommand

  public init(ticket: TicketNumber, command: TicketCommand) {
    self.ticket = ticket
    self.command = command
  }
}

/// A letter that must go out. What it says word for word is `Wording`'s; the facts are here.
public struct Letter: Sendable, Codable, Equatable {
  public enum Kind: Sendable, Codable, Equatable {
    /// *Tanda terima*: number, what happens next and by when. Holds no text of the sender.
    case receipt
    case question(text: String)
    case message(text: String)
    case answer(Answer)
    case answerOfOriginal(Answer, original: TicketNumber)
    /// To the former address: letters go to another one from now on.
    case addressNotice(former: String)
    case closingNotice(Closure.Kind)
    case reopenedNotice
    case handoff(Handoff)
    case registryMessage(text: String)
    case lapseNotice(stage: Stage, dueAt: Instant)
    case escalationNotice(reason: String, from: Performer)
  }

  /// `NUMBER.sequence` of the event that caused it: stable, so that a repeated send is recognised as the same.
  public let id: String
  public let to: Party
  public let kind: Kind
  /// The address of a requester who has not proven it yet: the letter waits.
  public let held: Bool
  /// Files do not travel with a letter: it names them, and they lie on the page it leads to.
  public internal(set) var files: [Attachment]?
}
