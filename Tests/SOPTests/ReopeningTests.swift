import Testing
import Townsfolk

@testable import SOP

@Suite struct ReopeningTests {
  @Test func `a closed ticket comes back at row 3 with a new visit`() throws {
    var scene = try Scene.closed()
    #expect(
      try scene.give(.reopen(reason: "muncul lagi"), at: wib(25, 9, 0)).map(eventName)
        == ["reopened", "stageEntered"])
    #expect(!scene.ticket.isClosed)
    #expect(scene.ticket.stage == .analysis)
    #expect(scene.ticket.visit?.deadline?.dueAt == wib(25, 9, 15))
    #expect(scene.letters.last?.kind == .reopenedNotice)
    #expect(throws: Rejection.notClosed) { try scene.give(.reopen(reason: "a"), at: wib(25, 9, 1)) }
  }

  @Test func `time between closing and reopening is nobody's`() throws {
    var scene = try Scene.closed()
    let before = scene.ticket.timeAccount(until: wib(25, 9, 0), under: scene.procedure)
    #expect(before.elapsed == 30 * 60)
    try scene.give(.reopen(reason: "muncul lagi"), at: wib(25, 9, 0))
    #expect(scene.ticket.timeAccount(until: wib(25, 9, 0), under: scene.procedure) == before)
    #expect(scene.ticket.timeAccount(until: wib(25, 9, 1), under: scene.procedure).elapsed == 31 * 60)
  }

  @Test func `a ticket that ended before its report was issued comes back at row 2`() throws {
    var scene = try Scene()
    try scene.give(.withdraw(reason: ""), at: wib(23, 9, 2))
    try scene.give(.reopen(reason: "ternyata belum"), at: wib(23, 10, 0))
    #expect(scene.ticket.stage == .check)
    #expect(scene.ticket.visit?.ordinal == 2)
  }

  @Test func `a reopening needs words`() throws {
    var scene = try Scene.closed()
    for blank in blanks {
      #expect(throws: Rejection.textMissing(.reason)) { try scene.give(.reopen(reason: blank), at: wib(25, 9, 0)) }
    }
    #expect(throws: Rejection.textTooLong(.reason, limit: 20_000)) {
      try scene.give(.reopen(reason: long(20_001)), at: wib(25, 9, 0))
    }
  }

  @Test func `the requester takes a complaint back from any row, with or without words`() throws {
    for var scene in [try Scene(), try .inAnalysis(), try .atRegistry(), try .inAnswer(), try .inConfirmation()] {
      try scene.give(.withdraw(reason: ""), at: wib(23, 10, 0))
      #expect(scene.ticket.closure == Closure(kind: .withdrawn, at: wib(23, 10, 0), note: nil))
      #expect(scene.letters.last?.kind == .closingNotice(.withdrawn))
    }
    var scene = try Scene()
    #expect(throws: Rejection.textTooLong(.reason, limit: 2_000)) {
      try scene.give(.withdraw(reason: long(2_001)), at: wib(23, 9, 1))
    }
    try scene.give(.withdraw(reason: "sudah bisa"), at: wib(23, 9, 1))
    #expect(scene.ticket.closure?.note == "sudah bisa")
    #expect(throws: Rejection.alreadyClosed) { try scene.give(.withdraw(reason: ""), at: wib(23, 9, 2)) }
  }
}
