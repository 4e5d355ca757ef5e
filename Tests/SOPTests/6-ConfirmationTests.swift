import Testing
import Townsfolk

@testable import SOP

@Suite struct ConfirmationTests {
  @Test func `the requester confirms and the ticket is closed with a notice`() throws {
    var scene = try Scene.inConfirmation()
    #expect(try scene.give(.confirm, at: wib(23, 9, 30)).map(eventName) == ["confirmed", "closed"])
    #expect(scene.ticket.closure == Closure(kind: .confirmed, at: wib(23, 9, 30), note: nil))
    #expect(scene.letters.last?.kind == .closingNotice(.confirmed))
    #expect(scene.ticket.turn == nil)
    #expect(scene.ticket.nextDue == nil)
    #expect(throws: Rejection.alreadyClosed) { try scene.give(.confirm, at: wib(23, 9, 31)) }
  }

  @Test func `not solved leads to row 3 with a new visit and its own clock`() throws {
    var scene = try Scene.inConfirmation()
    #expect(
      try scene.give(.dispute(reason: "masih sama"), at: wib(23, 10, 0)).map(eventName)
        == ["disputed", "stageEntered"])
    #expect(scene.ticket.stage == .analysis)
    #expect(scene.ticket.visit?.ordinal == 2)
    #expect(scene.ticket.visit?.deadline?.dueAt == wib(23, 10, 15))
    #expect(scene.ticket.confirmationClosesAt == nil)
    #expect(scene.letters.last?.kind == .reopenedNotice)
  }

  @Test func `a dispute needs words`() throws {
    var scene = try Scene.inConfirmation()
    for blank in blanks {
      #expect(throws: Rejection.textMissing(.reason)) { try scene.give(.dispute(reason: blank), at: wib(23, 10, 0)) }
    }
    #expect(throws: Rejection.textTooLong(.reason, limit: 20_000)) {
      try scene.give(.dispute(reason: long(20_001)), at: wib(23, 10, 0))
    }
  }

  @Test func `nothing is confirmed or disputed before row 6`() throws {
    var scene = try Scene.answerUnderWay()
    for command in [TicketCommand.confirm, .dispute(reason: "a")] {
      #expect(throws: Rejection.wrongStage(needed: [.confirmation], actual: .answer)) {
        try scene.give(command, at: wib(23, 9, 16))
      }
    }
  }

  @Test func `silence closes at the end of the third working day, dated there however late it is noticed`() throws {
    var scene = try Scene.inConfirmation()
    #expect(try scene.give(.noticeTime, at: wib(26, 15, 59, 59)).isEmpty)
    #expect(try scene.give(.noticeTime, at: wib(30, 8, 0)).map(eventName) == ["closed"])
    #expect(scene.ticket.closure == Closure(kind: .silence, at: wib(26, 16, 0), note: nil))
    #expect(scene.ticket.visit?.leftAt == wib(26, 16, 0))
    #expect(scene.letters.last?.kind == .closingNotice(.silence))
    #expect(try scene.give(.noticeTime, at: wib(30, 8, 1)).isEmpty)
  }

  @Test func `the requester's word puts off the end by silence and confirms nothing`() throws {
    var scene = try Scene.inConfirmation()
    let thanks = IncomingMessage(channel: .email, text: "terima kasih")
    #expect(
      try scene.give(.receiveFromRequester(thanks), at: wib(25, 10, 0)).map(eventName)
        == ["requesterWrote", "confirmationPostponed"])
    #expect(scene.ticket.stage == .confirmation)
    #expect(scene.ticket.nextDue == wib(30, 16, 0))
  }

  @Test func `a reply that says so confirms or disputes, and its words stand on the wall`() throws {
    let reply = IncomingMessage(channel: .email, text: "SELESAI")
    var scene = try Scene.inConfirmation()
    #expect(
      try scene.give(.receiveVerdict(reply, .solved), at: wib(23, 9, 30)).map(eventName)
        == ["requesterWrote", "confirmed", "closed"])
    #expect(scene.ticket.closure?.kind == .confirmed && !scene.ticket.awaitsReading)
    var other = try Scene.inConfirmation()
    #expect(
      try other.give(.receiveVerdict(reply, .notSolved(reason: "masih mati")), at: wib(23, 9, 30)).map(eventName)
        == ["requesterWrote", "disputed", "stageEntered"])
    #expect(other.ticket.stage == .analysis && other.ticket.awaitsReading)
    #expect(other.history.contains { $0.event == .disputed(reason: "masih mati") })
  }

  @Test func `unproven words confirm nothing, whatever they say, and a verdict belongs to row 6`() throws {
    var scene = try Scene.inConfirmation()
    let forged = IncomingMessage(channel: .email, text: "SELESAI", unproven: "orang@lain.example")
    #expect(try scene.give(.receiveVerdict(forged, .solved), at: wib(23, 9, 30)).map(eventName) == ["requesterWrote"])
    #expect(scene.ticket.stage == .confirmation)
    var early = try Scene.answerUnderWay()
    let reply = IncomingMessage(channel: .email, text: "SELESAI")
    #expect(throws: Rejection.wrongStage(needed: [.confirmation], actual: .answer)) {
      try early.give(.receiveVerdict(reply, .solved), at: wib(23, 9, 30))
    }
    #expect(throws: Rejection.textMissing(.reason)) {
      try scene.give(.receiveVerdict(reply, .notSolved(reason: " ")), at: wib(23, 9, 30))
    }
    let endless = IncomingMessage(channel: .email, text: long(65_537))
    #expect(throws: Rejection.textTooLong(.text, limit: 65_536)) {
      try scene.give(.receiveVerdict(endless, .solved), at: wib(23, 9, 30))
    }
    try scene.give(.receiveVerdict(reply, .notSolved(reason: long(30_000))), at: wib(23, 9, 31))
    #expect(scene.ticket.stage == .analysis)
  }

  @Test func `cuti bersama and weekends are no working days of silence`() throws {
    var scene = try Scene(at: wib(22, 9, 0, month: 12))
    try scene.give(.recordCheck(.usual), at: wib(22, 9, 1, month: 12))
    try scene.give(.recordAnalysis(.declined), at: wib(22, 9, 2, month: 12))
    try scene.give(.sendAnswer(.usual), at: wib(22, 9, 3, month: 12))
    try scene.give(scene.accepted, at: wib(22, 9, 4, month: 12))
    // Wednesday 23; Thursday 24 cuti bersama; Friday 25 Christmas; Monday 28; Tuesday 29
    #expect(scene.ticket.nextDue == wib(29, 16, 0, month: 12))
  }
}
