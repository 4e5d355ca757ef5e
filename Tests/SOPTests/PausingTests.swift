import Testing
import Townsfolk

@testable import SOP

@Suite struct PausingTests {
  private let answer = IncomingMessage(channel: .email, text: "Sejak kemarin.")

  @Test func `a question stops the clock, the answer lets it go on with what was left`() throws {
    var scene = try Scene()
    #expect(
      try scene.give(.askRequester(text: "Sejak kapan?"), at: wib(23, 9, 4)).map(eventName)
        == ["assigned", "requesterAsked", "paused"])
    #expect(scene.ticket.turn == .requester)
    #expect(scene.ticket.visit?.deadline == nil)
    #expect(scene.ticket.nextDue == wib(23, 9, 4).adding(seconds: 30 * 86_400))
    #expect(scene.letters.last?.kind == .question(text: "Sejak kapan?"))
    #expect(
      try scene.give(.receiveFromRequester(answer), at: wib(24, 11, 0)).map(eventName)
        == ["requesterWrote", "resumed"])
    #expect(scene.ticket.visit?.deadline?.dueAt == wib(24, 11, 6))
    #expect(scene.ticket.visit?.deadline?.halfAt == wib(24, 11, 1))
    let account = scene.ticket.timeAccount(until: wib(24, 11, 6), under: scene.procedure)
    #expect(account.team == 600)
    #expect(account.requester == (6 * 60 + 56 + 180) * 60)
  }

  @Test func `several pauses together never give back used time`() throws {
    var scene = try Scene()
    for minute in stride(from: 1, to: 9, by: 2) {
      try scene.give(.pause(waitingFor: .registry, note: "menunggu"), at: wib(23, 9, minute))
      try scene.give(.resume, at: wib(23, 9, minute + 1))
    }
    #expect(scene.ticket.visit?.deadline?.dueAt == wib(23, 9, 14))
  }

  @Test func `a pause after a lapse keeps the lapse and tells it once`() throws {
    var scene = try Scene()
    let events = try scene.give(.askRequester(text: "Sejak kapan?"), at: wib(23, 9, 30))
    #expect(
      events.prefix(3) == [
        .clockTold(mark: .half, at: wib(23, 9, 5)), .clockTold(mark: .near, at: wib(23, 9, 8)),
        .clockTold(mark: .lapse, at: wib(23, 9, 10)),
      ])
    try scene.give(.receiveFromRequester(answer), at: wib(23, 10, 0))
    #expect(scene.ticket.visit?.lapsedAt == wib(23, 9, 10))
    #expect(scene.ticket.nextDue == nil)
    #expect(try scene.give(.noticeTime, at: wib(24, 10, 0)).isEmpty)
  }

  @Test func `a warning given before a pause is not given again after it`() throws {
    var scene = try Scene()
    try scene.give(.noticeTime, at: wib(23, 9, 5))
    try scene.give(.pause(waitingFor: .requester, note: "surat"), at: wib(23, 9, 6))
    try scene.give(.resume, at: wib(23, 9, 30))
    #expect(scene.ticket.nextDue == wib(23, 9, 32))
    #expect(scene.ticket.visit?.nextMark?.mark == .near)
  }

  @Test func `a question while waiting for the requester keeps the first pause`() throws {
    var scene = try Scene()
    try scene.give(.askRequester(text: "Satu?"), at: wib(23, 9, 4))
    #expect(try scene.give(.askRequester(text: "Dua?"), at: wib(23, 9, 5)).map(eventName) == ["requesterAsked"])
    #expect(scene.ticket.pause?.note == "Satu?")
  }

  @Test func `a question while waiting for another office makes it the requester's turn`() throws {
    var scene = try Scene()
    try scene.give(.pause(waitingFor: .registry, note: "menunggu"), at: wib(23, 9, 2))
    #expect(
      try scene.give(.askRequester(text: "Mana surat?"), at: wib(23, 9, 5)).map(eventName)
        == ["assigned", "requesterAsked", "resumed", "paused"])
    #expect(scene.ticket.turn == .requester)
    try scene.give(.receiveFromRequester(answer), at: wib(23, 9, 9))
    #expect(scene.ticket.pause == nil)
    #expect(scene.ticket.visit?.deadline?.dueAt == wib(23, 9, 17))
  }

  @Test func `the registry's word ends a pause that waits for the registry, the requester's does not`() throws {
    var scene = try Scene.inAnswer()
    try scene.give(.pause(waitingFor: .registry, note: "menunggu"), at: wib(23, 9, 11))
    #expect(scene.ticket.pause?.expiresAt == nil)
    #expect(scene.ticket.nextDue == nil)
    try scene.give(.receiveFromRequester(answer), at: wib(23, 9, 12))
    #expect(scene.ticket.turn == .registry)
    #expect(
      try scene.give(.receiveFromRegistry(answer), at: wib(23, 9, 13)).map(eventName)
        == ["registryWrote", "resumed"])
  }

  @Test func `an unproven message is shown and ends nothing`() throws {
    var scene = try Scene()
    try scene.give(.askRequester(text: "Sejak kapan?"), at: wib(23, 9, 4))
    var message = answer
    message.unproven = "alamat pengirim tidak terbukti"
    #expect(try scene.give(.receiveFromRequester(message), at: wib(23, 9, 5)).map(eventName) == ["requesterWrote"])
    #expect(try scene.give(.receiveFromRegistry(message), at: wib(23, 9, 5)).map(eventName) == ["registryWrote"])
    #expect(scene.ticket.turn == .requester)
  }

  @Test func `a complaint nobody completes counts as withdrawn after thirty days, dated there`() throws {
    var scene = try Scene()
    try scene.give(.askRequester(text: "Sejak kapan?"), at: wib(23, 9, 4))
    #expect(try scene.give(.noticeTime, at: wib(23, 9, 3, 59, month: 12)).isEmpty)
    try scene.give(.noticeTime, at: wib(30, 8, 0, month: 12))
    #expect(scene.ticket.closure == Closure(kind: .notCompleted, at: wib(23, 9, 4, month: 12), note: nil))
    #expect(scene.ticket.visit?.pauses.last?.endedAt == wib(23, 9, 4, month: 12))
    #expect(scene.letters.last?.kind == .closingNotice(.notCompleted))
  }

  @Test func `a pause belongs to the team's rows, needs a reason, and is one at a time`() throws {
    let pause = TicketCommand.pause(waitingFor: .requester, note: "surat")
    var scene = try Scene()
    #expect(throws: Rejection.notPaused) { try scene.give(.resume, at: wib(23, 9, 1)) }
    #expect(throws: Rejection.textMissing(.reason)) {
      try scene.give(.pause(waitingFor: .requester, note: " "), at: wib(23, 9, 1))
    }
    #expect(throws: Rejection.textTooLong(.reason, limit: 2_000)) {
      try scene.give(.pause(waitingFor: .requester, note: long(2_001)), at: wib(23, 9, 1))
    }
    for party in [Party.team, .supervisor, .administrator, .machine] {
      #expect(throws: Rejection.pauseForOurselves) {
        try scene.give(.pause(waitingFor: party, note: "surat"), at: wib(23, 9, 1))
      }
    }
    try scene.give(pause, at: wib(23, 9, 1))
    #expect(throws: Rejection.alreadyPaused) { try scene.give(pause, at: wib(23, 9, 2)) }
    var away = try Scene.atRegistry()
    let rows = [Stage.check, .analysis, .answer]
    #expect(throws: Rejection.wrongStage(needed: rows, actual: .registry)) { try away.give(pause, at: wib(23, 9, 11)) }
    #expect(throws: Rejection.wrongStage(needed: rows, actual: .registry)) {
      try away.give(.askRequester(text: "a"), at: wib(23, 9, 11))
    }
    var closed = try Scene.closed()
    #expect(throws: Rejection.alreadyClosed) { try closed.give(.resume, at: wib(24, 9, 0)) }
    for blank in blanks {
      var scene = try Scene()
      #expect(throws: Rejection.textMissing(.question)) {
        try scene.give(.askRequester(text: blank), at: wib(23, 9, 1))
      }
    }
  }
}
