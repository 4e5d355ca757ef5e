import Foundation
import Testing
import Townsfolk

@testable import SOP

@Suite struct DuplicateTests {
  /// A duplicate of `second` that waits for its answer.
  private func waiting() throws -> Scene {
    var scene = try Scene.inAnalysis()
    try scene.give(.recordAnalysis(.duplicate(of: .second)), at: wib(23, 9, 10))
    return scene
  }
  private func original() throws -> Scene { try Scene.inAnalysis(number: .second) }
  private let link = TicketCommand.linkDuplicate(.first)
  private let given = TicketCommand.answerAsOriginal(.usual, original: .second)

  @Test func `a duplicate passes row 4, waits in row 5 and tells the original`() throws {
    let scene = try waiting()
    #expect(scene.ticket.stage == .answer)
    #expect(scene.ticket.pause?.reason == .duplicate)
    #expect(scene.ticket.duplicateOf == .second)
    #expect(scene.ticket.nextDue == nil)
    #expect(scene.followUps == [FollowUp(ticket: .second, command: link)])
    #expect(scene.ticket.visits.contains { $0.stage == .registry && $0.skippedBecause != nil })
  }

  @Test func `the original's accepted answer goes to its duplicates`() throws {
    var original = try original()
    try original.give(link, at: wib(23, 9, 10))
    try original.give(link, at: wib(23, 9, 11))
    #expect(original.ticket.duplicates == [.first])
    try original.give(.recordAnalysis(.declined), at: wib(23, 9, 12))
    try original.give(.sendAnswer(.usual), at: wib(23, 9, 13))
    #expect(original.followUps.isEmpty)
    try original.give(original.accepted, at: wib(23, 9, 14))
    #expect(original.followUps == [FollowUp(ticket: .first, command: given)])

    var scene = try waiting()
    #expect(try scene.give(given, at: wib(23, 9, 15)).map(eventName) == ["resumed", "answerSent"])
    #expect(scene.letters.last?.kind == .answerOfOriginal(.usual, original: .second))
    #expect(throws: Rejection.notPaused) { try scene.give(given, at: wib(23, 9, 16)) }
    try scene.give(scene.accepted, at: wib(23, 9, 17))
    #expect(scene.ticket.stage == .confirmation)
    #expect(throws: Rejection.wrongStage(needed: [.answer], actual: .confirmation)) {
      try scene.give(given, at: wib(23, 9, 18))
    }
  }

  @Test func `the files of the original's answer come with it`() throws {
    let file = Attachment(fileName: "bukti.png", contentType: "image/png", size: 9, sha256: "ab")
    var original = try original()
    try original.give(link, at: wib(23, 9, 10))
    try original.give(.recordAnalysis(.declined), at: wib(23, 9, 12))
    try original.give(.sendAnswer(.usual, attachments: [file]), at: wib(23, 9, 13))
    try original.give(original.accepted, at: wib(23, 9, 14))
    let order = try #require(original.followUps.last)
    #expect(order.command == .answerAsOriginal(.usual, original: .second, attachments: [file]))

    var scene = try waiting()
    #expect(try scene.give(order.command, at: wib(23, 9, 15)).flatMap(\.attachments) == [file])
  }

  @Test func `an order to answer like the original that was kept before files existed is still read`() throws {
    let kept =
      #"{"ticket":"\#(TicketNumber.first)","command":{"answerAsOriginal":{"_0":{"outcome":"solved","text":"Sudah."},"#
      + #""original":"\#(TicketNumber.second)"}}}"#
    let order = try JSONDecoder().decode(FollowUp.self, from: Data(kept.utf8))
    #expect(order.command == .answerAsOriginal(Answer(text: "Sudah.", outcome: .solved), original: .second))
  }

  @Test func `a duplicate of a ticket already answered receives the answer at once`() throws {
    for command in [TicketCommand?.none, .confirm] {
      var original = try Scene.inConfirmation()
      if let command { try original.give(command, at: wib(23, 9, 30)) }
      try original.give(.linkDuplicate(.second), at: wib(23, 10, 0))
      #expect(
        original.followUps
          == [FollowUp(ticket: .second, command: .answerAsOriginal(.usual, original: .first))])
    }
  }

  @Test func `only the original's answer is taken`() throws {
    var scene = try waiting()
    #expect(throws: Rejection.notPaused) {
      try scene.give(.answerAsOriginal(.usual, original: .make(3)), at: wib(23, 9, 15))
    }
  }

  @Test func `an own answer under way is not followed by the original's`() throws {
    var scene = try waiting()
    try scene.give(.sendAnswer(.usual), at: wib(23, 9, 12))
    #expect(throws: Rejection.answerUnderWay) { try scene.give(given, at: wib(23, 9, 13)) }
  }

  @Test func `an original that ends without an answer lets its duplicates go on`() throws {
    var original = try original()
    try original.give(link, at: wib(23, 9, 10))
    try original.give(.withdraw(reason: ""), at: wib(23, 9, 20))
    let ended = TicketCommand.originalEnded(.second)
    #expect(original.followUps == [FollowUp(ticket: .first, command: ended)])

    var scene = try waiting()
    #expect(try scene.give(.originalEnded(.make(3)), at: wib(23, 9, 20)).isEmpty)
    #expect(try scene.give(ended, at: wib(23, 9, 20)).map(eventName) == ["resumed"])
    #expect(scene.ticket.nextDue == wib(23, 9, 27, 30))
    #expect(try scene.give(ended, at: wib(23, 9, 21)).isEmpty)
  }

  @Test func `a duplicate of a ticket that ended without an answer does not wait`() throws {
    var original = try original()
    try original.give(.close(reason: "spam"), at: wib(23, 9, 10))
    try original.give(link, at: wib(23, 9, 11))
    #expect(original.followUps == [FollowUp(ticket: .first, command: .originalEnded(.second))])
  }

  @Test func `an answer that was disputed is not handed on when its ticket then ends without another`() throws {
    for end in [TicketCommand.withdraw(reason: ""), .close(reason: "spam")] {
      var original = try Scene.inConfirmation()
      try original.give(.dispute(reason: "masih mati"), at: wib(23, 9, 30))
      try original.give(end, at: wib(23, 9, 40))
      try original.give(.linkDuplicate(.second), at: wib(23, 10, 0))
      #expect(original.followUps == [FollowUp(ticket: .second, command: .originalEnded(.first))])
    }
    var disputed = try Scene.inConfirmation()
    try disputed.give(.dispute(reason: "masih mati"), at: wib(23, 9, 30))
    try disputed.give(.linkDuplicate(.second), at: wib(23, 10, 0))
    #expect(disputed.followUps.isEmpty)
  }

  @Test func `an original that knows its duplicate already answers it all the same`() throws {
    var original = try Scene.inConfirmation()
    try original.give(.linkDuplicate(.second), at: wib(23, 9, 30))
    try original.give(.linkDuplicate(.second), at: wib(23, 9, 31))
    #expect(original.last.events.isEmpty && !original.last.isEmpty)
    #expect(
      original.last.followUps == [FollowUp(ticket: .second, command: .answerAsOriginal(.usual, original: .first))])
  }

  @Test func `two tickets that name each other do not wait for ever`() throws {
    var scene = try waiting()
    #expect(
      try scene.give(.linkDuplicate(.second), at: wib(23, 9, 12)).map(eventName)
        == ["duplicateLinked", "resumed"])
    #expect(scene.ticket.pause == nil)
  }

  @Test func `a question does not end the waiting, another decision forgets the original`() throws {
    var scene = try waiting()
    try scene.give(.askRequester(text: "Apakah sama?"), at: wib(23, 9, 11))
    #expect(scene.ticket.pause?.reason == .duplicate)
    try scene.give(.returnToAnalysis(reason: "bukan duplikat"), at: wib(23, 9, 12))
    try scene.give(.recordAnalysis(.declined), at: wib(23, 9, 13))
    #expect(scene.ticket.duplicateOf == nil)
    #expect(throws: Rejection.notPaused) { try scene.give(given, at: wib(23, 9, 14)) }
  }
}
