import Testing
import Townsfolk

@testable import SOP

@Suite struct OverrideTests {
  @Test func `a supervisor passes over rows, each recorded with the reason`() throws {
    var scene = try Scene()
    #expect(
      try scene.give(.override(to: .answer, reason: "perintah direktur"), at: wib(23, 9, 3)).map(eventName)
        == ["overridden", "stageSkipped", "stageSkipped", "stageEntered"])
    #expect(scene.ticket.visits.map(\.stage) == [.submission, .check, .analysis, .registry, .answer])
    #expect(scene.ticket.visits.map(\.skippedBecause) == [nil, nil, "perintah direktur", "perintah direktur", nil])
    #expect(scene.ticket.visit?.deadline?.dueAt == wib(23, 9, 18))
  }

  @Test func `going back passes over nothing`() throws {
    var scene = try Scene.inConfirmation()
    #expect(
      try scene.give(.override(to: .check, reason: "ulang"), at: wib(23, 10, 0)).map(eventName)
        == ["overridden", "stageEntered"])
    #expect(scene.ticket.confirmationClosesAt == nil)
  }

  @Test func `rows of the requester and the registry cannot be forced`() throws {
    var scene = try Scene()
    for stage in [Stage.submission, .registry, .confirmation] {
      #expect(throws: Rejection.overrideNotPossible(stage)) {
        try scene.give(.override(to: stage, reason: "a"), at: wib(23, 9, 1))
      }
    }
    #expect(throws: Rejection.overrideToSameStage) {
      try scene.give(.override(to: .check, reason: "a"), at: wib(23, 9, 1))
    }
    #expect(throws: Rejection.textMissing(.reason)) {
      try scene.give(.override(to: .answer, reason: "\u{2060}"), at: wib(23, 9, 1))
    }
    #expect(throws: Rejection.textTooLong(.reason, limit: 2_000)) {
      try scene.give(.override(to: .answer, reason: long(2_001)), at: wib(23, 9, 1))
    }
  }

  @Test func `leaving a row by override ends its pause`() throws {
    var scene = try Scene()
    try scene.give(.pause(waitingFor: .requester, note: "surat"), at: wib(23, 9, 1))
    try scene.give(.override(to: .analysis, reason: "cukup"), at: wib(23, 9, 5))
    #expect(scene.ticket.pause == nil)
    #expect(scene.ticket.visits.first { $0.stage == .check }?.pauses.map(\.endedAt) == [wib(23, 9, 5)])
  }

  @Test func `a supervisor ends a ticket that is no complaint`() throws {
    var scene = try Scene()
    #expect(throws: Rejection.textMissing(.reason)) { try scene.give(.close(reason: ""), at: wib(23, 9, 1)) }
    #expect(throws: Rejection.textTooLong(.reason, limit: 2_000)) {
      try scene.give(.close(reason: long(2_001)), at: wib(23, 9, 1))
    }
    try scene.give(.close(reason: "spam"), at: wib(23, 9, 1))
    #expect(scene.ticket.closure == Closure(kind: .overridden, at: wib(23, 9, 1), note: "spam"))
    #expect(scene.letters.last?.kind == .closingNotice(.overridden))
    #expect(throws: Rejection.alreadyClosed) { try scene.give(.close(reason: "spam"), at: wib(23, 9, 2)) }
    #expect(throws: Rejection.alreadyClosed) {
      try scene.give(.override(to: .answer, reason: "a"), at: wib(23, 9, 2))
    }
  }

  @Test func `an escalation stands until a supervisor acts or the row is left`() throws {
    var scene = try Scene()
    try scene.give(.escalate(reason: "rumit"), at: wib(23, 9, 1))
    try scene.give(.escalate(reason: "masih rumit"), at: wib(23, 9, 2))
    #expect(scene.ticket.escalatedAt == wib(23, 9, 1))
    // An officer who takes the ticket is not the supervisor who was called.
    try scene.give(.assign(Town.budi), at: wib(23, 9, 3))
    #expect(scene.ticket.escalatedAt == wib(23, 9, 1))
    let dewi = Town.someone(of: .supervisor)
    #expect(try scene.give(.assign(Town.budi), by: dewi, at: wib(23, 9, 4)) == [.escalationTaken])
    #expect(scene.ticket.escalatedAt == nil)
    #expect(try scene.give(.assign(Town.budi), by: dewi, at: wib(23, 9, 4)).isEmpty)
    for leaving in [
      TicketCommand.override(to: .answer, reason: "a"), .close(reason: "a"), .recordCheck(.usual),
      .withdraw(reason: ""),
    ] {
      var scene = try Scene()
      try scene.give(.escalate(reason: "rumit"), at: wib(23, 9, 1))
      try scene.give(leaving, at: wib(23, 9, 2))
      #expect(scene.ticket.escalatedAt == nil, "\(leaving.name)")
    }
  }

  @Test func `an escalation tells the supervisor and moves nothing`() throws {
    var scene = try Scene()
    let before = scene.ticket.visit
    #expect(try scene.give(.escalate(reason: "rumit"), at: wib(23, 9, 1)) == [.escalated(reason: "rumit")])
    #expect(scene.ticket.visit == before)
    #expect(scene.letters.last?.to == .supervisor)
    #expect(scene.letters.last?.kind == .escalationNotice(reason: "rumit", from: Town.someone(of: .team)))
    #expect(throws: Rejection.textMissing(.reason)) { try scene.give(.escalate(reason: ""), at: wib(23, 9, 1)) }
    var closed = try Scene.closed()
    #expect(throws: Rejection.alreadyClosed) { try closed.give(.escalate(reason: "a"), at: wib(24, 9, 0)) }
  }

  @Test func `a ticket is given, taken and freed, and giving it twice says nothing new`() throws {
    var scene = try Scene()
    #expect(try scene.give(.assign(Town.rina), at: wib(23, 9, 1)) == [.assigned(officer: Town.rina)])
    #expect(try scene.give(.assign(Town.rina), at: wib(23, 9, 2)).isEmpty)
    try scene.give(.assign(nil), at: wib(23, 9, 3))
    #expect(scene.ticket.holder == nil)
    var closed = try Scene.closed()
    #expect(throws: Rejection.alreadyClosed) { try closed.give(.assign(nil), at: wib(24, 9, 0)) }
  }
}
