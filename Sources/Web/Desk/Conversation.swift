import Desk
import SOP
import Wording

/// What was said on one wall, from the history, in order.
struct Conversation: Sendable {
  let rows: [SaidRow]

  /// The requester's wall: complaint, messages, questions, answers, and what the machine sent by itself.
  static func withRequester(_ view: TicketView) -> Conversation {
    var rows = view.history.compactMap { recorded -> SaidRow? in
      switch recorded.event {
      case .submitted(let complaint, _): SaidRow(complaint: complaint, recorded, view)
      case .requesterWrote(let message), .requesterAsked(let message), .writtenToRequester(let message),
        .answerSent(_, let message):
        SaidRow(message: message, recorded, view)
      case .disputed(let reason), .reopened(let reason): SaidRow(words: reason, recorded, view)
      default: nil
      }
    }
    let shown = Set(rows.map(\.letterID))
    for line in view.letters where line.letter.party == .requester && !shown.contains(line.letter.id) {
      rows.append(SaidRow(automatic: line, view))
    }
    return Conversation(rows: rows.sorted { $0.at < $1.at })
  }

  static func withRegistry(_ view: TicketView) -> Conversation {
    Conversation(
      rows: view.history.compactMap { recorded -> SaidRow? in
        switch recorded.event {
        case .handedOff(let handoff): SaidRow(handoff: handoff, recorded, view)
        case .registryReplied(let reply):
          SaidRow(
            words: ([reply.result.label(view.language), reply.text] + [reply.reference].compactMap { $0 })
              .filter { !$0.isEmpty }.joined(separator: "\n"), recorded, view)
        case .registryWrote(let message), .writtenToRegistry(let message):
          SaidRow(message: message, recorded, view)
        default: nil
        }
      })
  }

  static func notes(_ view: TicketView) -> Conversation {
    Conversation(
      rows: view.history.compactMap { recorded -> SaidRow? in
        if case .noteAdded(let message) = recorded.event { SaidRow(message: message, recorded, view) } else { nil }
      })
  }
}

/// One thing said: `parts/desk-said`.
struct SaidRow: PageValue {
  let at: Instant
  let letterID: String
  private let isOut: Bool
  private let author: String
  private let text: String
  private let folded: String?
  private let unproven: String?
  private let attachments: [Attachment]
  private let letter: OutboxLine?
  private let number: String
  private let dates: DateWords
  private let now: Instant

  private init(
    at: Instant, letterID: String, isOut: Bool, author: String, text: String, folded: String? = nil,
    unproven: String? = nil, attachments: [Attachment] = [], _ view: TicketView
  ) {
    self.at = at
    self.letterID = letterID
    self.isOut = isOut
    self.author = author
    self.text = text
    self.folded = folded
    self.unproven = unproven
    self.attachments = attachments
    letter = view.letters.first { $0.letter.id == letterID }
    number = view.number
    dates = view.dates
    now = view.now
  }

  init(message: Message, _ recorded: RecordedEvent, _ view: TicketView) {
    self.init(
      at: recorded.at, letterID: message.id, isOut: message.author.actsForTeam || message.author.party == .machine,
      author: message.author.name ?? message.author.party.label(view.language), text: message.text,
      folded: message.foldedText, unproven: message.unproven, attachments: message.attachments, view)
  }

  init(complaint: Complaint, _ recorded: RecordedEvent, _ view: TicketView) {
    let subject = complaint.subject.isEmpty ? "" : complaint.subject + "\n\n"
    self.init(
      at: complaint.receivedAt, letterID: "", isOut: false, author: complaint.requester.name,
      text: subject + complaint.text, attachments: complaint.attachments, view)
  }

  init(words: String, _ recorded: RecordedEvent, _ view: TicketView) {
    self.init(
      at: recorded.at, letterID: "", isOut: recorded.by.actsForTeam,
      author: recorded.by.name ?? recorded.by.party.label(view.language), text: words, view)
  }

  init(handoff: Handoff, _ recorded: RecordedEvent, _ view: TicketView) {
    let packet = handoff.packet
    let text = ["\(packet.action) \(packet.domain)", packet.wanted, packet.note].filter { !$0.isEmpty }
    self.init(
      at: recorded.at, letterID: "\(view.number).\(recorded.sequence)", isOut: true,
      author: handoff.sentBy.name ?? handoff.sentBy.party.label(view.language), text: text.joined(separator: "\n"),
      view)
  }

  init(automatic line: OutboxLine, _ view: TicketView) {
    self.init(
      at: line.letter.createdAt, letterID: line.letter.id, isOut: true,
      author: view.language.choose("Otomatis", "Automatic"),
      text: LetterStem.label(of: line.letter.kind, view.language), view)
  }

  func value(of name: String) -> Shown? {
    switch name {
    case "saidOut": .flag(isOut)
    case "saidBy": .text(author)
    case "saidAt": .text(dates.relative(at, now: now))
    case "saidText": .text(text)
    case "saidFolded": .text(folded)
    case "saidUnproven": .text(unproven)
    case "saidState": .text(letter.map { $0.state.label(dates.language) })
    case "saidStateBad": .flag(letter?.state == .failed || letter?.state == .uncertain || letter?.state == .withheld)
    case "saidFiles": .rows(attachments.map { TicketFileRow(file: $0, number: number, language: dates.language) })
    default: nil
    }
  }
}

struct TicketFileRow: PageValue {
  let file: Attachment
  let number: String
  let language: Language

  func value(of name: String) -> Shown? {
    switch name {
    case "fileLink": .link(Link("/meja/tiket", number, "berkas", file.sha256))
    case "fileName": .text(file.fileName)
    case "fileSize": .text(NumberWords(language).fileSize(file.size))
    default: nil
    }
  }
}
