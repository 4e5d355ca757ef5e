import Testing
import Townsfolk

@testable import SOP

@Suite struct AnalysisTests {
  private func decide(_ way: AnalysisDecision.Way, cause: String = "sebab") throws -> (Scene, [String]) {
    var scene = try Scene.inAnalysis()
    let events = try scene.give(.recordAnalysis(AnalysisDecision(cause: cause, way: way)), at: wib(23, 9, 10))
    return (scene, events.map(eventName))
  }

  @Test func `a hand-off enters row 4 and sends the packet`() throws {
    let (scene, events) = try decide(.registryExecutes(packet: .usual))
    #expect(events == ["analysisRecorded", "stageEntered", "handedOff"])
    #expect(scene.ticket.stage == .registry)
    #expect(scene.ticket.turn == .registry)
    let handoff = try #require(scene.ticket.handoff)
    #expect(handoff.dueAt == wib(23, 9, 40))
    #expect(scene.letters.last?.kind == .handoff(handoff))
    #expect(scene.letters.last?.to == .registry)
    #expect(scene.letters.last?.held == false)
  }

  @Test(arguments: [
    AnalysisDecision.Way.teamExecutes(action: "atur ulang kata sandi", reason: "wewenang tim"),
    .declined(reason: "bukan pejabat"), .referred(Referral(owner: "Diskominfo", contact: "surat", proof: "NS di sana")),
  ])
  func `every other way passes row 4 with a recorded reason`(way: AnalysisDecision.Way) throws {
    let (scene, events) = try decide(way)
    #expect(events == ["analysisRecorded", "stageSkipped", "stageEntered"])
    #expect(scene.ticket.stage == .answer)
    let skipped = scene.ticket.visits.filter { $0.skippedBecause != nil }
    #expect(skipped.map(\.stage) == [.registry])
    #expect(skipped.allSatisfy { $0.skippedBecause?.isEmpty == false && $0.leftAt == $0.enteredAt })
  }

  @Test func `incomplete asks the requester and pauses row 3`() throws {
    let (scene, events) = try decide(.incomplete(missing: "Surat permohonan"))
    #expect(events == ["analysisRecorded", "requesterAsked", "paused"])
    #expect(scene.ticket.stage == .analysis)
    #expect(scene.ticket.turn == .requester)
    #expect(scene.letters.last?.kind == .question(text: "Surat permohonan"))
  }

  @Test func `every kind of decision is told by its way`() {
    let number = TicketNumber.second
    let ways: [AnalysisDecision.Way] = [
      .registryExecutes(packet: .usual), .teamExecutes(action: "a", reason: "b"),
      .referred(Referral(owner: "a", contact: "b", proof: "c")), .declined(reason: "a"), .duplicate(of: number),
      .incomplete(missing: "a"),
    ]
    #expect(ways.map { AnalysisDecision(cause: "c", way: $0).kind } == AnalysisDecision.Kind.allCases)
  }

  @Test func `each way needs what it needs`() throws {
    func refuses(_ rejection: Rejection, _ way: AnalysisDecision.Way, cause: String = "sebab") {
      #expect(throws: rejection) { try decide(way, cause: cause) }
    }
    func packet(_ change: (inout HandoffPacket) -> Void) -> AnalysisDecision.Way {
      var packet = HandoffPacket.usual
      change(&packet)
      return .registryExecutes(packet: packet)
    }
    refuses(.textMissing(.cause), .declined(reason: "a"), cause: "\u{200B}")
    refuses(.textMissing(.reason), .declined(reason: " "))
    refuses(.textMissing(.action), .teamExecutes(action: "", reason: "a"))
    refuses(.textMissing(.reason), .teamExecutes(action: "a", reason: ""))
    refuses(.textMissing(.owner), .referred(Referral(owner: "", contact: "b", proof: "c")))
    refuses(.textMissing(.contact), .referred(Referral(owner: "a", contact: "", proof: "c")))
    refuses(.textMissing(.proof), .referred(Referral(owner: "a", contact: "b", proof: "")))
    refuses(.textTooLong(.owner, limit: 500), .referred(Referral(owner: long(501), contact: "b", proof: "c")))
    refuses(.textMissing(.missing), .incomplete(missing: "\n"))
    refuses(.duplicateOfItself, .duplicate(of: .first))
    refuses(.textMissing(.action), packet { $0.action = "" })
    refuses(.textTooLong(.action, limit: 500), packet { $0.action = long(501) })
    refuses(.textTooLong(.current, limit: 20_000), packet { $0.current = long(20_001) })
    refuses(.textTooLong(.wanted, limit: 20_000), packet { $0.wanted = long(20_001) })
    refuses(.textTooLong(.evidence, limit: 20_000), packet { $0.evidence = long(20_001) })
    refuses(.textTooLong(.note, limit: 20_000), packet { $0.note = long(20_001) })
    refuses(.domainNotOurs(name("contoh.co.id")), packet { $0.domain = name("contoh.co.id") })
    refuses(.domainNotOurs(name("go.id")), packet { $0.domain = name("go.id") })
  }

  @Test func `nothing is handed off on the word of a requester whose authority is unverified`() throws {
    var scene = try Scene()
    var check = CheckResult.usual
    check.authority = .unverified
    try scene.give(.recordCheck(check), at: wib(23, 9, 5))
    #expect(throws: Rejection.authorityUnverified) { try scene.give(.recordAnalysis(.handoff), at: wib(23, 9, 10)) }
    try scene.give(.recordAnalysis(.declined), at: wib(23, 9, 10))
  }

  @Test func `nothing is handed off when row 2 was passed over`() throws {
    var scene = try Scene()
    try scene.give(.override(to: .analysis, reason: "mendesak"), at: wib(23, 9, 5))
    #expect(throws: Rejection.authorityUnverified) { try scene.give(.recordAnalysis(.handoff), at: wib(23, 9, 10)) }
  }

  @Test func `an analysis belongs to row 3`() throws {
    var scene = try Scene()
    #expect(throws: Rejection.wrongStage(needed: [.analysis], actual: .check)) {
      try scene.give(.recordAnalysis(.declined), at: wib(23, 9, 5))
    }
  }
}
