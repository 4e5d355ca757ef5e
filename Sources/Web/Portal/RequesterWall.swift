import SOP

/// What a requester may read of a ticket's history: the complaint, what the requester wrote, what was written to the
/// requester. Nothing of the registry's wall, no internal note, no message whose sender is not proven.
struct RequesterWall: Sendable {
  struct Said: Sendable, Equatable {
    let text: String
    let at: Instant
    /// Written by the office.
    let isOurs: Bool
    /// Who wrote it; empty: not known by name.
    let author: String
    let attachments: [Attachment]
  }

  private(set) var said: [Said] = []

  var attachments: [Attachment] { said.flatMap(\.attachments) }

  init(_ history: [RecordedEvent]) {
    for recorded in history {
      switch recorded.event {
      case .submitted(let complaint, _):
        let text = [complaint.subject, complaint.text].filter { !$0.isEmpty }.joined(separator: "\n\n")
        add(text, recorded, isOurs: false, name: complaint.requester.name, complaint.attachments)
      case .requesterWrote(let message) where message.unproven == nil:
        add(message.text, recorded, isOurs: false, name: message.author.name, message.attachments)
      case .requesterAsked(let message), .writtenToRequester(let message), .answerSent(_, let message):
        add(message.text, recorded, isOurs: true, name: RequesterWall.name(of: message.author), message.attachments)
      case .disputed(let reason): add(reason, recorded, isOurs: false, name: recorded.by.name)
      case .reopened(let reason) where recorded.by.party == .requester:
        add(reason, recorded, isOurs: false, name: recorded.by.name)
      case .closed(let closure) where closure.kind == .withdrawn && recorded.by.party == .requester:
        if let note = closure.note { add(note, recorded, isOurs: false, name: recorded.by.name) }
      default: break
      }
    }
  }

  private mutating func add(
    _ text: String, _ recorded: RecordedEvent, isOurs: Bool, name: String?, _ attachments: [Attachment] = []
  ) {
    said.append(
      Said(text: text, at: recorded.at, isOurs: isOurs, author: name ?? "", attachments: attachments))
  }

  /// A colleague's name; the account id is nobody's business outside.
  static func name(of performer: Performer) -> String? {
    performer.name == performer.account ? nil : performer.name
  }
}
