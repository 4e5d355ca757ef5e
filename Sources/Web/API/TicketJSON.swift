// A ticket as programs see it. Fields are added, never renamed; codes are those of the procedure, instants RFC 3339.

import Desk
import SOP
import Wording

struct TicketJSON: Encodable {
  struct Row: Encodable {
    let row: Int
    let code: String
  }
  struct Person: Encodable {
    let account: String?
    let name: String?
    let party: String?
  }
  struct RequesterJSON: Encodable {
    let name: String
    let email: String?
    let institution: String?
  }
  struct MessageJSON: Encodable {
    let id: String
    let wall: String
    let at: String
    let author: Person
    let channel: String
    let subject: String?
    let text: String
    /// A sentence when the sender was not proven to be the party.
    let unproven: String?
  }
  struct ComplaintJSON: Encodable {
    let subject: String
    let text: String
    let since: String?
  }
  struct AnswerJSON: Encodable {
    let at: String
    let outcome: String
    let text: String
    let work: String?
  }

  let number: String
  let version: Int
  let stage: Row
  let turn: String?
  let pause: String?
  let closure: String?
  let holder: Person?
  let domain: String?
  let host: String?
  let category: String?
  let channel: String
  let requester: RequesterJSON
  let problem: String
  let receivedAt: String
  let enteredAt: String
  let budgetSeconds: Int64?
  let dueAt: String?
  let lapsedAt: String?
  let changedAt: String
  /// Below: only when one ticket is asked for.
  private(set) var complaint: ComplaintJSON?
  private(set) var answer: AnswerJSON?
  private(set) var messages: [MessageJSON]?

  init(_ summary: TicketSummary, dates: DateWords) {
    number = summary.number.description
    version = summary.version
    stage = Row(row: summary.stage.rawValue, code: summary.stage.code)
    turn = summary.turn?.rawValue
    pause = summary.pause?.rawValue
    closure = summary.closure?.rawValue
    holder = summary.holder.map { Person(account: $0.account, name: $0.name, party: nil) }
    domain = summary.domain?.name
    host = summary.host?.name
    category = summary.category?.rawValue
    channel = summary.channel.rawValue
    requester = RequesterJSON(
      name: summary.requesterName, email: summary.requesterEmail, institution: summary.institution)
    problem = summary.problem
    receivedAt = dates.machine(summary.receivedAt)
    enteredAt = dates.machine(summary.enteredAt)
    budgetSeconds = summary.budget
    dueAt = summary.deadline.map { dates.machine($0.dueAt) }
    lapsedAt = summary.lapsedAt.map { dates.machine($0) }
    changedAt = dates.machine(summary.changedAt)
  }

  /// Complaint, conversation and answer from the ticket's history.
  mutating func fill(from history: [RecordedEvent], dates: DateWords) {
    var messages: [MessageJSON] = []
    for recorded in history {
      let at = dates.machine(recorded.at)
      switch recorded.event {
      case .submitted(let submitted, _):
        complaint = ComplaintJSON(subject: submitted.subject, text: submitted.text, since: submitted.since)
      case .answerSent(let sent, let message):
        answer = AnswerJSON(at: at, outcome: sent.outcome.rawValue, text: sent.text, work: sent.work)
        messages.append(MessageJSON(message, at: at))
      case .requesterWrote(let message), .requesterAsked(let message), .writtenToRequester(let message),
        .registryWrote(let message), .writtenToRegistry(let message), .noteAdded(let message):
        messages.append(MessageJSON(message, at: at))
      default: break
      }
    }
    self.messages = messages
  }
}

extension TicketJSON.MessageJSON {
  init(_ message: Message, at: String) {
    self.init(
      id: message.id, wall: message.wall.rawValue, at: at,
      author: TicketJSON.Person(
        account: message.author.account, name: message.author.name, party: message.author.party.rawValue),
      channel: message.channel.rawValue, subject: message.subject, text: message.text, unproven: message.unproven)
  }
}
