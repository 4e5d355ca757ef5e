import Testing
import Townsfolk

@testable import SOP

/// A ticket on its way, as a test plays it: commands go in, and everything that came of them is kept.
struct Scene {
  private(set) var ticket: Ticket
  private(set) var history: [RecordedEvent] = []
  private(set) var letters: [Letter] = []
  private(set) var followUps: [FollowUp] = []
  /// What the last command alone led to.
  private(set) var last = Decision()
  var procedure: Procedure

  /// Sukamaju complains by mail on Monday, 23 November 2026, 09.00 WIB.
  init(
    _ complaint: Complaint? = nil, number: TicketNumber = .first, by performer: Performer = .machine,
    at now: Instant = wib(23, 9, 0), under procedure: Procedure = Procedure()
  ) throws(Rejection) {
    let complaint = complaint ?? Scene.complaint(at: now)
    let decision = try Ticket.submit(complaint, as: number, by: performer, at: now, under: procedure)
    let events = decision.events.enumerated().map {
      RecordedEvent(sequence: $0.offset + 1, at: now, by: performer, event: $0.element)
    }
    guard let ticket = Ticket(number: number, events: events) else { throw .notClosed }
    self.ticket = ticket
    self.procedure = procedure
    history = events
    letters = decision.letters
    last = decision
  }

  static func complaint(
    _ channel: ContactChannel = .email, at now: Instant = wib(23, 9, 0), proven: Bool = false, email: Bool = true
  ) -> Complaint {
    var complaint = Town.messages[0].complaint(from: Town.sukamaju, by: channel, at: now)
    complaint.requester.emailProven = proven
    if !email { complaint.requester.email = nil }
    return complaint
  }

  /// Gives a command and takes its events; a refusal changes nothing.
  @discardableResult
  mutating func give(
    _ command: TicketCommand, by performer: Performer? = nil, at now: Instant
  ) throws(Rejection) -> [TicketEvent] {
    let performer = performer ?? Scene.usual(for: command)
    let decision = try ticket.decide(command, by: performer, at: now, under: procedure)
    for event in decision.events {
      ticket.apply(event, at: now)
      history.append(RecordedEvent(sequence: history.count + 1, at: now, by: performer, event: event))
    }
    letters += decision.letters
    followUps += decision.followUps
    last = decision
    return decision.events
  }

  /// The party that gives a command on an ordinary day.
  static func usual(for command: TicketCommand) -> Performer {
    let order: [Party] = [.machine, .registry, .requester, .team, .supervisor]
    switch command {
    case .receiveFromRequester: return Town.someone(of: .requester)
    default: return Town.someone(of: order.first { command.performers.contains($0) } ?? .machine)
    }
  }

  // MARK: Ways into the rows

  static func inAnalysis(_ complaint: Complaint? = nil, number: TicketNumber = .first) throws(Rejection) -> Scene {
    var scene = try Scene(complaint, number: number)
    try scene.give(.recordCheck(.usual), at: wib(23, 9, 5))
    return scene
  }

  static func atRegistry() throws(Rejection) -> Scene {
    var scene = try inAnalysis()
    try scene.give(.recordAnalysis(.handoff), at: wib(23, 9, 10))
    return scene
  }

  static func inAnswer(_ complaint: Complaint? = nil) throws(Rejection) -> Scene {
    var scene = try inAnalysis(complaint)
    try scene.give(.recordAnalysis(.declined), at: wib(23, 9, 10))
    return scene
  }

  static func answerUnderWay() throws(Rejection) -> Scene {
    var scene = try inAnswer()
    try scene.give(.sendAnswer(.usual), at: wib(23, 9, 15))
    return scene
  }

  static func inConfirmation() throws(Rejection) -> Scene {
    var scene = try answerUnderWay()
    try scene.give(scene.accepted, at: wib(23, 9, 16))
    return scene
  }

  static func closed() throws(Rejection) -> Scene {
    var scene = try inConfirmation()
    try scene.give(.confirm, at: wib(23, 9, 30))
    return scene
  }

  /// The channel's word that the answer under way arrived.
  var accepted: TicketCommand { .recordAnswerAccepted(channel: .email, letter: ticket.answerUnderWay ?? "") }
}

/// A local time in Jakarta, by default in November 2026: `wib(23, 9, 0)` is Monday the 23rd, 09.00.
func wib(_ day: Int, _ hour: Int, _ minute: Int, _ second: Int = 0, month: Int = 11, year: Int = 2026) -> Instant {
  guard let day = CalendarDay(year: year, month: month, day: day) else { return .never }
  return OfficeZone.jakarta.instant(day, second: Int64(hour * 3_600 + minute * 60 + second))
}

func day(_ text: String) -> CalendarDay {
  guard let day = CalendarDay(text) else { preconditionFailure("not a day: \(text)") }
  return day
}

func name(_ text: String) -> DomainName {
  guard let name = DomainName(text) else { preconditionFailure("not a name: \(text)") }
  return name
}

extension TicketNumber {
  static let first = make(1)
  static let second = make(2)
  static func make(_ running: Int) -> TicketNumber {
    guard let number = TicketNumber(month: 202_611, running: running) else { preconditionFailure("\(running)") }
    return number
  }
}

extension CheckResult {
  static let usual = CheckResult(
    problem: "sukamaju.desa.id tidak didelegasikan", domain: name("sukamaju.desa.id"), category: .notReachable,
    since: "kemarin sore", authority: .contactOnRecord)
}

extension HandoffPacket {
  static let usual = HandoffPacket(
    action: "Ubah server nama", domain: name("sukamaju.desa.id"), current: "ns1.lama.example",
    wanted: "ns1.baru.example\nns2.baru.example", evidence: "surat permohonan 12/2026", note: "Mohon segera.")
}

extension AnalysisDecision {
  static let handoff = AnalysisDecision(cause: "delegasi salah", way: .registryExecutes(packet: .usual))
  static let declined = AnalysisDecision(cause: "tidak berhak", way: .declined(reason: "bukan pejabat yang berwenang"))
  static func duplicate(of number: TicketNumber) -> AnalysisDecision {
    AnalysisDecision(cause: "pengaduan yang sama", way: .duplicate(of: number))
  }
}

extension RegistryReply {
  static let done = RegistryReply(result: .done, text: "Sudah diubah.", reference: "PANDI-1", door: .desk)
}

extension Answer {
  static let usual = Answer(text: "Server nama sudah diperbarui.", outcome: .solved)
}

/// Texts at and beyond the limits of a field.
func long(_ bytes: Int) -> String { String(repeating: "a", count: bytes) }

/// Texts that say nothing: white space, zero width, controls.
let blanks = ["", " ", "\n\t\r", "\u{00A0}\u{3000}", "\u{200B}\u{200D}\u{FEFF}", "\u{0}\u{7}", "\u{202E}\u{2066}"]
