import Townsfolk

@testable import SOP

/// A long random life of one ticket: any command, by any party, at advancing times, with hostile texts.
struct RandomWalk {
  var random: SeededRandom
  var scene: Scene
  var now: Instant
  /// Times at which `decide` gave two different decisions for the same question; must stay 0.
  var disagreements = 0
  var refused = 0

  init(seed: UInt64) throws(Rejection) {
    random = SeededRandom(seed: seed)
    now = wib(random.number(in: 1...30), random.number(in: 0...23), random.number(in: 0...59))
    let procedure =
      random.chance(30)
      ? Procedure(registryHours: .always(in: .jakarta), confirmationDays: 1, completionDays: 5) : Procedure()
    var complaint = Scene.complaint(
      random.pick(ContactChannel.allCases), at: now.adding(seconds: -Int64(random.number(in: 0...600))),
      email: random.chance(80))
    complaint.text = String(RandomWalk.text(&random).prefix(3_000))
    scene = try Scene(complaint, at: now, under: procedure)
  }

  mutating func step() {
    now = now.adding(seconds: leap())
    let command = command()
    let performer = performer(for: command)
    let once = try? scene.ticket.decide(command, by: performer, at: now, under: scene.procedure)
    let twice = try? scene.ticket.decide(command, by: performer, at: now, under: scene.procedure)
    if once != twice { disagreements += 1 }
    do { try scene.give(command, by: performer, at: now) } catch { refused += 1 }
  }

  private mutating func performer(for command: TicketCommand) -> Performer {
    if case .assign = command, random.chance(50) { return Town.someone(of: .supervisor) }
    return random.chance(85) ? Scene.usual(for: command) : Town.someone(of: random.pick(Party.allCases))
  }

  /// Often nothing, mostly minutes, sometimes weeks, rarely years.
  private mutating func leap() -> Int64 {
    switch random.number(in: 0...99) {
    case 0...19: 0
    case 20...79: Int64(random.number(in: 1...900))
    case 80...93: Int64(random.number(in: 900...90_000))
    case 94...98: Int64(random.number(in: 90_000...3_000_000))
    default: Int64(random.number(in: 3_000_000...700_000_000))
    }
  }

  static func text(_ random: inout SeededRandom) -> String {
    switch random.number(in: 0...9) {
    case 0: return random.pick(blanks)
    case 1: return "\u{600}<\u{301}script>\r\nX: y\u{0}\u{202E}"
    case 2: return random.chance(5) ? long(70_000) : long(2_500)
    case 3: return "\u{1F1EE}\u{1F1E9}" + String(repeating: "\u{301}", count: 50)
    default: return "teks \(random.number(in: 0...999))"
    }
  }

  private mutating func command() -> TicketCommand {
    let text = RandomWalk.text(&random)
    // Half of the time what the row asks for, so that walks go far.
    if random.chance(50) {
      switch scene.ticket.stage {
      case .submission, .check: return .recordCheck(check(text))
      case .analysis: return .recordAnalysis(AnalysisDecision(cause: text, way: way()))
      case .registry: return .recordRegistryReply(reply(text), ordinal: scene.ticket.visit?.ordinal ?? 0)
      case .answer: return random.chance(50) ? .sendAnswer(Answer(text: text, outcome: .solved)) : letterNews(text)
      case .confirmation where scene.ticket.isClosed: return .reopen(reason: text)
      case .confirmation:
        if random.chance(30) { return .receiveVerdict(incoming(text), verdict(text)) }
        return random.chance(30) ? .confirm : .dispute(reason: text)
      }
    }
    return random.chance(50) ? detour(text) : correspondence(text)
  }

  private mutating func detour(_ text: String) -> TicketCommand {
    switch random.number(in: 0...18) {
    case 0: .override(to: random.pick(Stage.allCases), reason: text)
    case 1: random.chance(20) ? .close(reason: text) : .noticeTime
    case 2: .returnToAnalysis(reason: text)
    case 3: .escalate(reason: text)
    case 4: .reopen(reason: text)
    case 5: random.chance(20) ? .withdraw(reason: text) : .resume
    case 6: .linkDuplicate(.make(random.number(in: 1...5)))
    case 7: .answerAsOriginal(.usual, original: .make(random.number(in: 2...3)))
    case 8: .originalEnded(.make(random.number(in: 2...3)))
    case 9, 10: .pause(waitingFor: random.pick(Party.allCases), note: text)
    case 11: .resume
    case 12: .askRequester(text: text)
    case 13: .acknowledgeHandoff(ordinal: random.chance(80) ? scene.ticket.handoff?.ordinal ?? 1 : -1)
    case 14: .assign(random.chance(50) ? Town.rina : nil)
    case 15: .changeAddress(email: random.chance(90) ? random.pick(RandomWalk.addresses) : text, reason: text)
    case 16: .resendProof
    case 17: .recordAnswerRead(note: text)
    default: .noticeTime
    }
  }

  private mutating func correspondence(_ text: String) -> TicketCommand {
    let message = incoming(text)
    switch random.number(in: 0...11) {
    case 0, 1: return .receiveFromRequester(message)
    case 2: return .receiveFromRegistry(message)
    case 3: return .writeToRequester(text: text)
    case 4: return .writeToRegistry(text: text)
    case 5: return .addNote(text: text)
    case 6: return .proveAddress(email: random.chance(90) ? random.pick(RandomWalk.addresses) : text)
    case 7: return .correctComplaint(ComplaintCorrection(since: text))
    case 8: return .receiveNote(message)
    case 9: return .markRead
    case 10: return .receiveVerdict(message, verdict(text))
    default: return letterNews(text)
    }
  }

  private static let addresses = [Town.sukamaju.email, "baru@desa-sukamaju.example"]

  private mutating func incoming(_ text: String) -> IncomingMessage {
    IncomingMessage(channel: .email, text: text, unproven: random.chance(30) ? "tidak terbukti" : nil)
  }

  private mutating func verdict(_ text: String) -> RequesterVerdict {
    random.chance(30) ? .solved : .notSolved(reason: text)
  }

  private mutating func letterNews(_ text: String) -> TicketCommand {
    if scene.ticket.answerWaitsForVoice, random.chance(50) { return .recordAnswerRead(note: text) }
    let letter = scene.ticket.answerUnderWay ?? scene.ticket.answerLetter ?? text
    switch random.number(in: 0...4) {
    case 0: return .recordAnswerFailed(reason: text, letter: letter)
    case 1: return .recordLetterFailed(letter: letter, reason: text)
    default: return .recordAnswerAccepted(channel: .email, letter: letter)
    }
  }

  private mutating func check(_ text: String) -> CheckResult {
    CheckResult(
      problem: text, domain: random.chance(90) ? name("sukamaju.desa.id") : nil,
      category: random.pick(Category.allCases),
      authority: random.pick(CheckResult.Authority.allCases))
  }

  private mutating func reply(_ text: String) -> RegistryReply {
    RegistryReply(result: random.pick(RegistryReply.Verdict.allCases), text: text, door: .link)
  }

  private mutating func way() -> AnalysisDecision.Way {
    let text = RandomWalk.text(&random)
    switch random.number(in: 0...6) {
    case 0, 1: return .registryExecutes(packet: .usual)
    case 2: return .teamExecutes(action: "a", reason: text)
    case 3: return .referred(Referral(owner: "Diskominfo", contact: "surat", proof: text))
    case 4: return .declined(reason: text)
    case 5: return .duplicate(of: .make(random.number(in: 1...3)))
    default: return .incomplete(missing: text)
    }
  }
}

/// Where the time of a ticket went, computed a second way: one sweep over the recorded events alone, which never
/// looks at visits.
func accountFromEvents(_ history: [RecordedEvent], until now: Instant, under procedure: Procedure) -> TimeAccount {
  var account = TimeAccount()
  var owner: Party?
  var since = history.first?.at ?? now
  func pass(to instant: Instant) {
    defer { since = instant }
    guard let owner, instant > since else { return }
    let whole = instant.seconds - since.seconds
    let open = (owner == .registry ? procedure.registryHours : procedure.officeHours).seconds(from: since, to: instant)
    account.elapsed += whole
    account.outside += whole - open
    switch owner {
    case .registry: account.registry += open
    case .requester: account.requester += open
    default: account.team += open
    }
  }
  var stage = Stage.submission
  for recorded in history {
    switch recorded.event {
    case .stageEntered(let entry):
      pass(to: entry.at)
      stage = entry.stage
      owner = stage.party
    case .stageSkipped:
      pass(to: recorded.at)
      owner = nil
    case .paused(let pause):
      pass(to: recorded.at)
      owner = pause.waitingFor
    case .resumed:
      pass(to: recorded.at)
      owner = stage.party
    case .closed(let closure):
      pass(to: closure.at)
      owner = nil
    default: break
    }
  }
  pass(to: now)
  return account
}
