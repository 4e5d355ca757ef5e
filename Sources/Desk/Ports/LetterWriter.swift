public import SOP

/// Puts a letter into words. Implemented by `Wording`.
public protocol LetterWriter: Sendable {
  func write(_ letter: Letter, for ticket: Ticket, links: LetterLinks) -> WrittenLetter
  /// The proof of an address: a code and a link, nothing else.
  func writeProof(code: String, link: String, ticket: TicketNumber, language: Language) -> WrittenLetter
}

public struct WrittenLetter: Sendable, Equatable {
  public let subject: String
  public let text: String
  public let html: String?
  public init(subject: String, text: String, html: String?) {
    self.subject = subject
    self.text = text
    self.html = html
  }
}

/// Addresses a letter may point to.
public struct LetterLinks: Sendable, Equatable {
  /// The requester's page with its key.
  public var follow: String
  /// The signed link of the current packet, for the registry.
  public var handoff: String?
  /// The officers' page of the ticket.
  public var desk: String
  public init(follow: String, handoff: String?, desk: String) {
    self.follow = follow
    self.handoff = handoff
    self.desk = desk
  }
}
