import Testing
import Townsfolk

@testable import SOP

@Suite struct CheckTests {
  @Test func `a check issues the report and begins row 3 with its own clock`() throws {
    var scene = try Scene()
    let events = try scene.give(.recordCheck(.usual), at: wib(23, 9, 4))
    #expect(events.map(eventName) == ["assigned", "checkRecorded", "reportIssued", "stageEntered"])
    #expect(scene.ticket.stage == .analysis)
    #expect(scene.ticket.visit?.deadline?.dueAt == wib(23, 9, 19))
    let report = try #require(scene.ticket.report)
    #expect(report.number == "LAP-202611-00001")
    #expect(report.issuedAt == wib(23, 9, 4))
    #expect(report.preparedBy == Town.budi)
    #expect(report.check == .usual)
    #expect(scene.ticket.complaint.category == .notReachable)
  }

  @Test func `the officer who does the first work holds the ticket, a supervisor does not`() throws {
    var scene = try Scene()
    try scene.give(.recordCheck(.usual), by: Town.someone(of: .supervisor), at: wib(23, 9, 4))
    #expect(scene.ticket.holder == nil)
    try scene.give(.recordAnalysis(.declined), by: Town.performer(Town.rina, as: .team), at: wib(23, 9, 5))
    #expect(scene.ticket.holder == Town.rina)
    try scene.give(.sendAnswer(.usual), by: Town.performer(Town.budi, as: .team), at: wib(23, 9, 6))
    #expect(scene.ticket.holder == Town.rina)
  }

  @Test func `a second check issues the next edition of the report`() throws {
    var scene = try Scene.inAnalysis()
    try scene.give(.override(to: .check, reason: "periksa ulang"), at: wib(23, 9, 20))
    try scene.give(.recordCheck(.usual), at: wib(23, 9, 25))
    #expect(scene.ticket.report?.number == "LAP-202611-00001/2")
    #expect(scene.ticket.visits.map(\.ordinal) == [1, 1, 1, 2, 2])
  }

  @Test(arguments: blanks) func `a check needs the statement of the problem`(blank: String) throws {
    var scene = try Scene()
    var check = CheckResult.usual
    check.problem = blank
    #expect(throws: Rejection.textMissing(.problem)) { try scene.give(.recordCheck(check), at: wib(23, 9, 4)) }
  }

  @Test func `a check needs a domain exactly when its category does`() throws {
    for category in Category.allCases {
      var scene = try Scene()
      let check = CheckResult(problem: "masalah", domain: nil, category: category, authority: .notNeeded)
      if category.needsDomain {
        #expect(throws: Rejection.domainMissing) { try scene.give(.recordCheck(check), at: wib(23, 9, 4)) }
      } else {
        try scene.give(.recordCheck(check), at: wib(23, 9, 4))
        #expect(scene.ticket.stage == .analysis)
      }
    }
  }

  @Test func `a check has bounds and belongs to row 2`() throws {
    var scene = try Scene()
    func refuses(_ field: Rejection.Field, _ limit: Int, _ change: (inout CheckResult) -> Void) {
      var check = CheckResult.usual
      change(&check)
      #expect(throws: Rejection.textTooLong(field, limit: limit)) {
        try scene.give(.recordCheck(check), at: wib(23, 9, 4))
      }
    }
    refuses(.problem, 20_000) { $0.problem = long(20_001) }
    refuses(.since, 200) { $0.since = long(201) }
    refuses(.authorityNote, 1_000) { $0.authorityNote = long(1_001) }
    refuses(.institution, 300) { $0.institution = long(301) }
    var later = try Scene.inAnalysis()
    #expect(throws: Rejection.wrongStage(needed: [.check], actual: .analysis)) {
      try later.give(.recordCheck(.usual), at: wib(23, 9, 30))
    }
  }
}
