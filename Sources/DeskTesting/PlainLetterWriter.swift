public import Desk
public import SOP

/// Letters without wording, for tests of everything but words: the kind, the number and the link.
public struct PlainLetterWriter: LetterWriter {
  public init() {}

  public func write(_ letter: Letter, for ticket: Ticket, links: LetterLinks) -> WrittenLetter {
    let link = letter.to == .registry ? (links.handoff ?? links.desk) : links.follow
    return WrittenLetter(subject: "\(ticket.number)", text: "\(letter.kind)\n\(link)\n", html: nil)
  }

  public func writeProof(code: String, link: String, ticket: TicketNumber, language: Language) -> WrittenLetter {
    WrittenLetter(subject: "\(ticket)", text: "\(code)\n\(link)\n", html: nil)
  }
}
