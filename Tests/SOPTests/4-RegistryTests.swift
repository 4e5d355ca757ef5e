import Testing
import Townsfolk

@testable import SOP

@Suite struct RegistryTests {
  private func reply(_ result: RegistryReply.Verdict, _ text: String = "keterangan") -> TicketCommand {
    .recordRegistryReply(RegistryReply(result: result, text: text, door: .link), ordinal: 1)
  }

  @Test func `the registry acknowledges once`() throws {
    var scene = try Scene.atRegistry()
    #expect(try scene.give(.acknowledgeHandoff(ordinal: 1), at: wib(23, 9, 12)) == [.handoffAcknowledged])
    #expect(scene.ticket.handoffAcknowledgedAt == wib(23, 9, 12))
    #expect(throws: Rejection.alreadyAcknowledged) {
      try scene.give(.acknowledgeHandoff(ordinal: 1), at: wib(23, 9, 13))
    }
  }

  @Test(arguments: [RegistryReply.Verdict.done, .cannot])
  func `done and cannot lead to row 5`(result: RegistryReply.Verdict) throws {
    var scene = try Scene.atRegistry()
    #expect(try scene.give(reply(result), at: wib(23, 9, 20)).map(eventName) == ["registryReplied", "stageEntered"])
    #expect(scene.ticket.stage == .answer)
    #expect(scene.ticket.registryReply?.result == result)
    #expect(scene.ticket.visit?.deadline?.dueAt == wib(23, 9, 35))
  }

  @Test func `a need for information leads back to row 3 with a new visit`() throws {
    var scene = try Scene.atRegistry()
    try scene.give(reply(.needsInformation), at: wib(23, 9, 20))
    #expect(scene.ticket.stage == .analysis)
    #expect(scene.ticket.visit?.ordinal == 2)
    #expect(scene.ticket.visit?.deadline?.dueAt == wib(23, 9, 35))
  }

  @Test func `only done may stand without words`() throws {
    var scene = try Scene.atRegistry()
    #expect(throws: Rejection.textMissing(.reply)) { try scene.give(reply(.cannot, ""), at: wib(23, 9, 20)) }
    #expect(throws: Rejection.textMissing(.reply)) { try scene.give(reply(.needsInformation, " "), at: wib(23, 9, 20)) }
    #expect(throws: Rejection.textTooLong(.reply, limit: 20_000)) {
      try scene.give(reply(.done, long(20_001)), at: wib(23, 9, 20))
    }
    let numbered = RegistryReply(result: .done, text: "", reference: long(201), door: .email)
    #expect(throws: Rejection.textTooLong(.reference, limit: 200)) {
      try scene.give(.recordRegistryReply(numbered, ordinal: 1), at: wib(23, 9, 20))
    }
    try scene.give(reply(.done, ""), at: wib(23, 9, 20))
  }

  @Test func `an old link never answers a new packet, and nothing is answered twice`() throws {
    var scene = try Scene.atRegistry()
    try scene.give(reply(.needsInformation), at: wib(23, 9, 20))
    #expect(throws: Rejection.wrongStage(needed: [.registry], actual: .analysis)) {
      try scene.give(reply(.done), at: wib(23, 9, 21))
    }
    try scene.give(.recordAnalysis(.handoff), at: wib(23, 9, 25))
    #expect(scene.ticket.handoff?.ordinal == 2)
    #expect(scene.ticket.registryReply == nil)
    #expect(scene.ticket.handoffAcknowledgedAt == nil)
    #expect(throws: Rejection.handoffOutdated) { try scene.give(reply(.done), at: wib(23, 9, 26)) }
    #expect(throws: Rejection.handoffOutdated) {
      try scene.give(.acknowledgeHandoff(ordinal: Int.max), at: wib(23, 9, 26))
    }
  }

  @Test func `row 4 counts in the registry's own hours`() throws {
    let procedure = Procedure(registryHours: .always(in: .jakarta))
    var scene = try Scene(at: wib(23, 15, 40), under: procedure)
    try scene.give(.recordCheck(.usual), at: wib(23, 15, 45))
    try scene.give(.recordAnalysis(.handoff), at: wib(23, 15, 50))
    #expect(scene.ticket.visit?.deadline?.dueAt == wib(23, 16, 20))
    try scene.give(.recordRegistryReply(.done, ordinal: 1), at: wib(23, 18, 0))
    #expect(scene.ticket.visits.last { $0.stage == .registry }?.lapsedAt == wib(23, 16, 20))
    let account = scene.ticket.timeAccount(until: wib(23, 18, 0), under: procedure)
    #expect(account.registry == 130 * 60)
    #expect(account.team == 600)
    #expect(account.outside == 0)
    #expect(scene.ticket.visit?.deadline?.dueAt == wib(24, 8, 15))
  }
}
