import Testing
import Townsfolk

@testable import SOP

@Suite struct SubmissionTests {
  @Test func `a complaint becomes a ticket in row 2 with its own clock and a receipt`() throws {
    let scene = try Scene()
    #expect(scene.history.map(\.sequence) == [1, 2])
    #expect(scene.ticket.stage == .check)
    #expect(scene.ticket.turn == .team)
    #expect(scene.ticket.visits.map(\.stage) == [.submission, .check])
    #expect(scene.ticket.visit?.deadline?.dueAt == wib(23, 9, 10))
    #expect(scene.letters.map(\.kind) == [.receipt])
    #expect(scene.letters.map(\.id) == ["\(TicketNumber.first).1"])
    #expect(scene.letters.map(\.held) == [false])
  }

  @Test func `what cannot be understood is still a ticket`() throws {
    let empty = Complaint(
      channel: .web, receivedAt: wib(23, 9, 0), requester: Requester(name: ""), subject: "", text: "")
    let scene = try Scene(empty)
    #expect(scene.ticket.stage == .check)
    #expect(scene.ticket.complaint.domain == nil)
  }

  @Test func `the clock of row 2 starts at the durable receipt, however late the ticket was made`() throws {
    let scene = try Scene(Scene.complaint(at: wib(23, 9, 0)), at: wib(23, 9, 40))
    #expect(scene.ticket.visit?.enteredAt == wib(23, 9, 0))
    #expect(scene.ticket.nextDue == wib(23, 9, 5))
    #expect(scene.ticket.timeAccount(until: wib(23, 10, 0), under: scene.procedure).elapsed == 3_600)
  }

  @Test func `a receipt dated in the future counts as now`() throws {
    let scene = try Scene(Scene.complaint(at: .never), at: wib(23, 9, 0))
    #expect(scene.ticket.visits.map(\.enteredAt) == [wib(23, 9, 0), wib(23, 9, 0)])
  }

  @Test func `texts beyond the limits are refused with field and limit`() throws {
    func refuses(
      _ rejection: Rejection, sourceLocation: SourceLocation = #_sourceLocation, _ change: (inout Complaint) -> Void
    ) {
      var complaint = Scene.complaint()
      change(&complaint)
      #expect(throws: rejection, sourceLocation: sourceLocation) { try Scene(complaint) }
    }
    refuses(.textTooLong(.text, limit: 65_536)) { $0.text = long(65_537) }
    refuses(.textTooLong(.subject, limit: 1_000)) { $0.subject = long(1_001) }
    refuses(.textTooLong(.requesterName, limit: 200)) { $0.requester.name = long(201) }
    refuses(.textTooLong(.institution, limit: 300)) { $0.requester.institution = long(301) }
    refuses(.textTooLong(.since, limit: 200)) { $0.since = long(201) }
    refuses(.textTooLong(.contact, limit: 320)) { $0.requester.email = long(321) }
    refuses(.textTooLong(.contact, limit: 100)) { $0.requester.phone = long(101) }
    refuses(.textTooLong(.contact, limit: 300)) { $0.requester.position = long(301) }
  }

  @Test func `a text of exactly the limit is taken, counted in bytes`() throws {
    var complaint = Scene.complaint()
    complaint.text = String(repeating: "é", count: 32_768)
    #expect(try Scene(complaint).ticket.complaint.text.utf8.count == 65_536)
    complaint.text += "e"
    #expect(throws: Rejection.textTooLong(.text, limit: 65_536)) { try Scene(complaint) }
  }

  @Test func `letters to an address nobody has proven wait until it is proven`() throws {
    var scene = try Scene(Scene.complaint(.web))
    #expect(scene.letters.map(\.held) == [true])
    #expect(throws: Rejection.addressDiffers) {
      try scene.give(.proveAddress(email: "lain@desa-sukamaju.example"), at: wib(23, 9, 1))
    }
    #expect(
      try scene.give(.proveAddress(email: Town.sukamaju.email), at: wib(23, 9, 1))
        == [.addressProven(email: Town.sukamaju.email)])
    #expect(scene.last.releasesHeldLetters)
    #expect(scene.ticket.complaint.requester.emailProven)
    #expect(try scene.give(.proveAddress(email: Town.sukamaju.email), at: wib(23, 9, 2)).isEmpty)
    try scene.give(.askRequester(text: "Sejak kapan?"), at: wib(23, 9, 3))
    #expect(scene.letters.last?.held == false)
  }

  @Test func `an address in another spelling of the same accents is another address`() throws {
    var complaint = Scene.complaint(.web)
    complaint.requester.email = "caf\u{E9}@desa.example"
    var scene = try Scene(complaint)
    #expect(throws: Rejection.addressDiffers) {
      try scene.give(.proveAddress(email: "cafe\u{301}@desa.example"), at: wib(23, 9, 1))
    }
  }

  @Test func `a ticket without any address proves none`() throws {
    var scene = try Scene(Scene.complaint(.web, email: false))
    #expect(throws: Rejection.addressDiffers) { try scene.give(.proveAddress(email: ""), at: wib(23, 9, 1)) }
  }

  @Test func `a correction changes what it names and leaves the rest`() throws {
    var scene = try Scene()
    let before = scene.ticket.complaint
    let correction = ComplaintCorrection(
      domain: name("wonosari.desa.id"), host: name("www.wonosari.desa.id"), category: .dnssec, since: "pagi",
      institution: "Desa Wonosari", institutionKind: .village, requesterName: "Sri")
    #expect(
      try scene.give(.correctComplaint(correction), at: wib(23, 9, 1))
        == [.complaintCorrected(correction: correction)])
    let after = scene.ticket.complaint
    #expect(after.domain == name("wonosari.desa.id"))
    #expect(after.host == name("www.wonosari.desa.id"))
    #expect(after.category == .dnssec)
    #expect(after.since == "pagi")
    #expect(after.requester.institution == "Desa Wonosari")
    #expect(after.requester.name == "Sri")
    #expect(after.text == before.text)
    try scene.give(.correctComplaint(ComplaintCorrection()), at: wib(23, 9, 2))
    #expect(scene.ticket.complaint == after)
  }

  @Test func `a correction has bounds and needs an open ticket`() throws {
    var scene = try Scene()
    for (correction, field, limit) in [
      (ComplaintCorrection(since: long(201)), Rejection.Field.since, 200),
      (ComplaintCorrection(institution: long(301)), .institution, 300),
      (ComplaintCorrection(requesterName: long(201)), .requesterName, 200),
    ] {
      #expect(throws: Rejection.textTooLong(field, limit: limit)) {
        try scene.give(.correctComplaint(correction), at: wib(23, 9, 1))
      }
    }
    var closed = try Scene.closed()
    #expect(throws: Rejection.alreadyClosed) {
      try closed.give(.correctComplaint(ComplaintCorrection()), at: wib(23, 10, 0))
    }
  }
}
