import Desk
import DeskTesting
import Foundation
import SOP
import Synchronization
import Testing
import Townsfolk

/// The desk with everything a test can play: a store in memory, a clock that stands, a channel that leads nowhere
/// and a reader that reads what the test wrote.
struct House: Sendable {
  static let mailbox = "aduan@domain.example"
  static let registry = "helpdesk@pandi.example"
  static let kades = Town.sukamaju.email
  /// Tuesday 3 November 2026, 09.00 in Jakarta.
  static let start = Samples.morning

  let store: any DeskStore
  let clock: ManualClock
  let sender = LoopbackSender()
  let reader = ScriptedReader()
  let tokens: Tokens
  let bells = Bells()
  let live = LiveHub()
  let office: Office
  let handling: Handling
  let intake: Intake
  let clockwork: Clockwork
  let dispatcher: Dispatcher
  let followUps: FollowUpRunner
  let withheld: WithheldLetters

  init(
    store: any DeskStore = MemoryStore(), clock: ManualClock? = nil, registryEmail: String? = House.registry,
    refetch: (any MailRefetch)? = nil
  ) {
    let clock = clock ?? ManualClock(House.start)
    let tokens = Tokens(secret: Array(repeating: 7, count: 32))
    let office = Office(
      name: "Tim Layanan Domain", baseURL: "https://aduan.example", mailAddress: House.mailbox, registryName: "PANDI",
      registryEmail: registryEmail, zone: .jakarta)
    self.store = store
    self.clock = clock
    self.tokens = tokens
    self.office = office
    handling = Handling(
      store: store, clock: clock,
      post: Post(store: store, writer: PlainLetterWriter(), tokens: tokens, office: office), bells: bells, live: live,
      procedure: { Samples.procedure })
    intake = Intake(
      store: store, handling: handling, reader: reader, tokens: tokens, office: office, clock: clock, bells: bells,
      refetch: refetch)
    clockwork = Clockwork(store: store, handling: handling, clock: clock, bell: bells.clockwork)
    dispatcher = Dispatcher(store: store, sender: sender, clock: clock, bells: bells)
    followUps = FollowUpRunner(store: store, handling: handling, clock: clock, bell: bells.followUps)
    withheld = WithheldLetters(store: store, clock: clock, bells: bells)
  }

  // MARK: What happens to the house

  /// A mail reaches the ledger; nobody has looked at it yet. Returns its row.
  @discardableResult
  func deliver(_ mail: ReadMail, trouble: String? = nil) async throws -> String {
    let id = InboundID.make(at: clock.now())
    reader.teach(id, mail)
    _ = try await store.receive(
      [
        InboundDraft(
          id: id, source: .imap, key: nil, receivedAt: clock.now(), raw: Data(id.utf8), trouble: trouble)
      ], advancing: nil)
    return id
  }

  /// A mail reaches the ledger and is taken.
  @discardableResult
  func receive(_ mail: ReadMail, trouble: String? = nil) async throws -> InboundOutcome {
    let id = try await deliver(mail, trouble: trouble)
    try await intake.takeWaiting()
    return try #require(try await store.inbound(id)?.outcome)
  }

  /// Desa Sukamaju complains by mail.
  func complain() async throws -> TicketNumber {
    try #require(try await receive(.complaint()).ticket)
  }

  /// Desa Sukamaju complains by the form, from an address nobody has proven.
  func submit(email: String? = House.kades, proven: Bool = false) async throws -> TicketNumber {
    let taken = try await intake.submit(.usual(email: email, proven: proven), source: .web, key: nil)
    return try #require(taken.ticket)
  }

  func ticket(_ number: TicketNumber) async throws -> Ticket { try #require(try await store.ticket(number)) }

  func tickets() async throws -> Int { try await store.counts(holder: nil).all }

  func give(_ command: TicketCommand, to number: TicketNumber, by party: Party = .team) async throws {
    try await handling.perform(command, on: number, by: Town.someone(of: party))
  }

  /// Sends what waits and lets the tickets hear of it.
  func post() async throws {
    try await dispatcher.sendWaiting()
    try await followUps.runWaiting()
  }

  // MARK: Ways into the rows

  func inAnalysis() async throws -> TicketNumber {
    let number = try await complain()
    try await give(.recordCheck(.usual), to: number)
    return number
  }

  func atRegistry() async throws -> TicketNumber {
    let number = try await inAnalysis()
    try await give(.recordAnalysis(.handoff), to: number)
    return number
  }

  func inAnswer() async throws -> TicketNumber {
    let number = try await inAnalysis()
    try await give(.recordAnalysis(.declined), to: number)
    return number
  }

  /// The answer is in the outbox, not sent.
  func answering() async throws -> TicketNumber {
    let number = try await inAnswer()
    try await give(.sendAnswer(.usual), to: number)
    return number
  }

  func inConfirmation() async throws -> TicketNumber {
    let number = try await answering()
    try await post()
    return number
  }

  func closed() async throws -> TicketNumber {
    let number = try await inConfirmation()
    try await give(.confirm, to: number, by: .requester)
    return number
  }

  /// The outbox line of the ticket's last letter of a kind.
  func line(_ kind: String, of number: TicketNumber) async throws -> OutboxLine {
    try #require(try await store.letters(of: number).last { $0.letter.kind == kind })
  }

  func replyAddress(_ number: TicketNumber, _ party: Party = .requester) -> String {
    tokens.replyAddress(number, party, at: House.mailbox)
  }
}

/// Reads what a test wrote for a row; the raw bytes are the row's id.
final class ScriptedReader: MessageReader {
  private let mails = Mutex<[String: ReadMail]>([:])
  private let reads = Mutex<[String: Int]>([:])

  func teach(_ id: String, _ mail: ReadMail) { mails.withLock { $0[id] = mail } }
  func timesRead(_ id: String) -> Int { reads.withLock { $0[id] ?? 0 } }

  func read(_ raw: Data) -> ReadMail {
    let id = String(decoding: raw, as: UTF8.self)
    reads.withLock { $0[id, default: 0] += 1 }
    return mails.withLock { $0[id] } ?? ReadMail()
  }
}

extension ReadMail {
  /// A mail a person wrote; two calls with the same words are two different messages.
  static func from(
    _ sender: String?, name: String? = nil, subject: String = "", _ text: String = "", to recipients: String...
  ) -> ReadMail {
    var mail = ReadMail()
    mail.senderAddress = sender
    mail.senderName = name
    mail.subject = subject
    mail.text = text
    mail.recipients = recipients.isEmpty ? [House.mailbox] : recipients
    mail.fingerprint = Secrets.token()
    return mail
  }

  static func complaint(from sender: String = House.kades) -> ReadMail {
    .from(
      sender, name: "Ahmad Fauzi", subject: "Website desa mati",
      "Mohon bantuannya, sukamaju.desa.id tidak bisa dibuka sejak kemarin.")
  }

  func with(_ change: (inout ReadMail) -> Void) -> ReadMail {
    var mail = self
    change(&mail)
    return mail
  }

  /// A delivery report about the letter with this message id.
  static func bounce(
    of messageID: String?, permanent: Bool = true, recipient: String? = House.kades, to address: String = House.mailbox
  ) -> ReadMail {
    ReadMail.from(nil, subject: "Undelivered Mail", to: address).with {
      $0.automatic = .bounce
      $0.bounce = Bounce(
        status: permanent ? "5.1.1" : "4.2.2", recipient: recipient, permanent: permanent,
        originalMessageID: messageID, diagnostic: permanent ? "user unknown" : "mailbox full")
    }
  }
}

extension WebSubmission {
  static func usual(
    name: String = "Ahmad Fauzi", email: String? = House.kades, proven: Bool = false,
    text: String = "sukamaju.desa.id tidak bisa dibuka."
  ) -> WebSubmission {
    WebSubmission(
      channel: .web, requester: Requester(name: name, email: email, emailProven: proven), subject: "Situs mati",
      text: text)
  }
}

extension CheckResult {
  static let usual = CheckResult(
    problem: "sukamaju.desa.id tidak didelegasikan", domain: Town.sukamaju.domain, category: .notReachable,
    authority: .contactOnRecord)
}

extension AnalysisDecision {
  static let handoff = AnalysisDecision(
    cause: "delegasi salah",
    way: .registryExecutes(packet: HandoffPacket(action: "Ubah server nama", domain: Town.sukamaju.domain)))
  static let declined = AnalysisDecision(cause: "tidak berhak", way: .declined(reason: "bukan pejabat yang berwenang"))
  static func duplicate(of number: TicketNumber) -> AnalysisDecision {
    AnalysisDecision(cause: "pengaduan yang sama", way: .duplicate(of: number))
  }
}

extension Answer {
  static let usual = Answer(text: "Server nama sudah diperbarui.", outcome: .solved)
}

extension IncomingMessage {
  static let thanks = IncomingMessage(channel: .email, text: "Terima kasih.")
}

/// Waits until something a loop does in the background has happened; fails after five seconds.
func eventually(_ what: Comment, _ happened: () async throws -> Bool) async throws {
  for _ in 0..<500 {
    if try await happened() { return }
    try await Task.sleep(for: .milliseconds(10))
  }
  Issue.record(what)
}
