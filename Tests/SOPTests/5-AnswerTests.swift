import Testing
import Townsfolk

@testable import SOP

@Suite struct AnswerTests {
  @Test func `row 5 ends when the channel accepted the answer, not when it was sent`() throws {
    var scene = try Scene.inAnswer()
    #expect(try scene.give(.sendAnswer(.usual), at: wib(23, 9, 15)).map(eventName) == ["answerSent"])
    #expect(scene.ticket.stage == .answer)
    #expect(scene.ticket.answerUnderWay == scene.letters.last?.id)
    #expect(scene.letters.last?.kind == .answer(.usual))
    #expect(try scene.give(scene.accepted, at: wib(23, 9, 16)).map(eventName) == ["answerAccepted", "stageEntered"])
    #expect(scene.ticket.stage == .confirmation)
    #expect(scene.ticket.turn == .requester)
    #expect(scene.ticket.visit?.enteredAt == wib(23, 9, 16))
  }

  @Test func `silence is counted to the end of the third working day after the answer`() throws {
    let scene = try Scene.inConfirmation()
    #expect(scene.ticket.confirmationClosesAt == wib(26, 16, 0))
    #expect(scene.ticket.nextDue == wib(26, 16, 0))
  }

  @Test func `a requester without a proven address reads the answer on the page at once`() throws {
    for complaint in [Scene.complaint(.web), Scene.complaint(.web, email: false), Scene.complaint(.counter)] {
      var scene = try Scene.inAnswer(complaint)
      let letters = scene.letters.count
      try scene.give(.sendAnswer(.usual), at: wib(23, 9, 15))
      #expect(scene.ticket.stage == .confirmation)
      #expect(scene.letters.dropFirst(letters).map(\.held) == (complaint.requester.email == nil ? [] : [true]))
    }
  }

  @Test(arguments: [ContactChannel.telephone, .counter])
  func `a requester without an address is told the answer by an officer, and row 5 waits for it`(
    channel: ContactChannel
  ) throws {
    var scene = try Scene.inAnswer(Scene.complaint(channel, email: false))
    #expect(throws: Rejection.noAnswerToRead) { try scene.give(.recordAnswerRead(note: ""), at: wib(23, 9, 14)) }
    let letters = scene.letters.count
    #expect(try scene.give(.sendAnswer(.usual), at: wib(23, 9, 15)).map(eventName) == ["answerSent"])
    #expect(scene.ticket.stage == .answer && scene.ticket.answerWaitsForVoice && scene.letters.count == letters)
    // The clock goes on: nobody was told anything yet.
    try scene.give(.noticeTime, at: wib(23, 9, 30))
    #expect(scene.ticket.visit?.lapsedAt == wib(23, 9, 25))
    let budi = Town.someone(of: .team)
    #expect(
      try scene.give(.recordAnswerRead(note: "kepada Bapak Ahmad"), by: budi, at: wib(23, 9, 31)).suffix(3).map(
        eventName)
        == ["answerReadOut", "answerAccepted", "stageEntered"])
    #expect(scene.history.contains { $0.event == .answerAccepted(channel: channel) && $0.by == budi })
    #expect(scene.ticket.stage == .confirmation && !scene.ticket.answerWaitsForVoice)
    #expect(throws: Rejection.wrongStage(needed: [.answer], actual: .confirmation)) {
      try scene.give(.recordAnswerRead(note: ""), at: wib(23, 9, 32))
    }
  }

  @Test func `an answer that waits to be read out may be written anew, taken back, or outlive an address`() throws {
    var scene = try Scene.inAnswer(Scene.complaint(.telephone, email: false))
    try scene.give(.sendAnswer(.usual), at: wib(23, 9, 15))
    let better = Answer(text: "Server nama sudah diperbarui; mohon dicoba.", outcome: .solved)
    try scene.give(.sendAnswer(better), at: wib(23, 9, 16))
    #expect(scene.ticket.answer == better)
    try scene.give(.changeAddress(email: "kades@desa.example", reason: "disebut lewat telepon"), at: wib(23, 9, 17))
    #expect(scene.ticket.answerWaitsForVoice)
    #expect(throws: Rejection.textTooLong(.note, limit: 2_000)) {
      try scene.give(.recordAnswerRead(note: long(2_001)), at: wib(23, 9, 18))
    }
    try scene.give(.returnToAnalysis(reason: "keliru"), at: wib(23, 9, 18))
    #expect(scene.ticket.stage == .analysis && !scene.ticket.answerWaitsForVoice)
  }

  @Test func `an answer that is sent again, or arrived after all, ends row 5 and is no failure any more`() throws {
    var scene = try Scene.answerUnderWay()
    let letter = try #require(scene.ticket.answerUnderWay)
    try scene.give(.recordAnswerFailed(reason: "timeout", letter: letter), at: wib(23, 9, 17))
    try scene.give(.recordAnswerFailed(reason: "mailbox full", letter: letter), at: wib(23, 9, 18))
    #expect(scene.ticket.answerFailure == "mailbox full")
    let accepted = TicketCommand.recordAnswerAccepted(channel: .email, letter: letter)
    #expect(try scene.give(accepted, at: wib(23, 9, 19)).map(eventName) == ["answerAccepted", "stageEntered"])
    #expect(scene.ticket.stage == .confirmation && scene.ticket.answerFailure == nil)
    // And once more, from row 6: a bounce, then the same letter again.
    try scene.give(.recordAnswerFailed(reason: "5.2.2", letter: letter), at: wib(23, 9, 30))
    #expect(scene.ticket.stage == .answer)
    try scene.give(accepted, at: wib(23, 9, 31))
    #expect(scene.ticket.stage == .confirmation)
  }

  @Test func `the first answer, sent again beside a second one, ends nothing`() throws {
    var scene = try Scene.answerUnderWay()
    let first = try #require(scene.ticket.answerUnderWay)
    try scene.give(.recordAnswerFailed(reason: "timeout", letter: first), at: wib(23, 9, 17))
    try scene.give(.sendAnswer(.usual), at: wib(23, 9, 18))
    #expect(try scene.give(.recordAnswerAccepted(channel: .email, letter: first), at: wib(23, 9, 19)).isEmpty)
    #expect(scene.ticket.stage == .answer && scene.ticket.answerUnderWay != first)
  }

  @Test func `a second answer waits until the first one is known to have arrived or failed`() throws {
    var scene = try Scene.answerUnderWay()
    #expect(throws: Rejection.answerUnderWay) { try scene.give(.sendAnswer(.usual), at: wib(23, 9, 16)) }
    #expect(throws: Rejection.answerUnderWay) {
      try scene.give(.returnToAnalysis(reason: "ulang"), at: wib(23, 9, 16))
    }
    let letter = try #require(scene.ticket.answerUnderWay)
    try scene.give(.recordAnswerFailed(reason: "mailbox full", letter: letter), at: wib(23, 9, 17))
    #expect(scene.ticket.answerFailure == "mailbox full")
    #expect(scene.ticket.stage == .answer)
    try scene.give(.sendAnswer(.usual), at: wib(23, 9, 18))
    #expect(scene.ticket.answerFailure == nil)
    #expect(scene.ticket.answerUnderWay != letter)
  }

  @Test func `an answer that bounces late brings the ticket back to row 5`() throws {
    var scene = try Scene.answerUnderWay()
    let letter = try #require(scene.ticket.answerUnderWay)
    try scene.give(scene.accepted, at: wib(23, 9, 16))
    let events = try scene.give(.recordAnswerFailed(reason: "5.1.1", letter: letter), at: wib(23, 9, 40))
    #expect(events.map(eventName) == ["answerFailed", "stageEntered"])
    #expect(scene.ticket.stage == .answer)
    #expect(scene.ticket.answerFailure == "5.1.1")
    #expect(scene.ticket.visit?.deadline?.dueAt == wib(23, 9, 55))
  }

  @Test func `news of another letter or of a closed ticket moves nothing`() throws {
    var scene = try Scene.answerUnderWay()
    #expect(try scene.give(.recordAnswerAccepted(channel: .email, letter: "x"), at: wib(23, 9, 16)).isEmpty)
    #expect(
      try scene.give(.recordAnswerFailed(reason: "r", letter: "x"), at: wib(23, 9, 16))
        == [.letterFailed(letter: "x", reason: "r")])
    let letter = try #require(scene.ticket.answerUnderWay)
    try scene.give(.withdraw(reason: ""), at: wib(23, 9, 17))
    #expect(try scene.give(.recordAnswerAccepted(channel: .email, letter: letter), at: wib(23, 9, 18)).isEmpty)
    #expect(
      try scene.give(.recordAnswerFailed(reason: "r", letter: letter), at: wib(23, 9, 18))
        == [.letterFailed(letter: letter, reason: "r")])
    #expect(scene.ticket.isClosed)
  }

  @Test func `the bounce of an answer from before a return is only shown`() throws {
    var scene = try Scene.answerUnderWay()
    let letter = try #require(scene.ticket.answerUnderWay)
    try scene.give(.override(to: .analysis, reason: "salah"), at: wib(23, 9, 17))
    #expect(scene.ticket.answerUnderWay == nil)
    #expect(
      try scene.give(.recordAnswerFailed(reason: "r", letter: letter), at: wib(23, 9, 18)).map(eventName)
        == ["letterFailed"])
    #expect(try scene.give(.recordAnswerAccepted(channel: .email, letter: letter), at: wib(23, 9, 18)).isEmpty)
    #expect(scene.ticket.stage == .analysis)
  }

  @Test func `an answer needs words, has bounds and belongs to row 5`() throws {
    var scene = try Scene.inAnswer()
    for blank in blanks {
      #expect(throws: Rejection.textMissing(.answer)) {
        try scene.give(.sendAnswer(Answer(text: blank, outcome: .solved)), at: wib(23, 9, 15))
      }
    }
    #expect(throws: Rejection.textTooLong(.answer, limit: 20_000)) {
      try scene.give(.sendAnswer(Answer(text: long(20_001), outcome: .solved)), at: wib(23, 9, 15))
    }
    #expect(throws: Rejection.textTooLong(.work, limit: 20_000)) {
      try scene.give(.sendAnswer(Answer(text: "a", outcome: .solved, work: long(20_001))), at: wib(23, 9, 15))
    }
    var early = try Scene()
    #expect(throws: Rejection.wrongStage(needed: [.answer], actual: .check)) {
      try early.give(.sendAnswer(.usual), at: wib(23, 9, 1))
    }
  }

  @Test func `an endless reason from a mail server is cut at the end of a letter`() throws {
    var scene = try Scene.answerUnderWay()
    let letter = try #require(scene.ticket.answerUnderWay)
    let reason = String(repeating: "é", count: 5_000) + "\u{1F1EE}\u{1F1E9}"
    try scene.give(.recordAnswerFailed(reason: "a" + reason, letter: letter), at: wib(23, 9, 17))
    #expect(scene.ticket.answerFailure == "a" + String(repeating: "é", count: 999))
    try scene.give(.recordLetterFailed(letter: "x", reason: reason), at: wib(23, 9, 17))
    #expect(scene.last.events == [.letterFailed(letter: "x", reason: String(repeating: "é", count: 1_000))])
  }

  @Test func `from row 5 an officer may return to row 3 with a reason`() throws {
    var scene = try Scene.inAnswer()
    #expect(throws: Rejection.textMissing(.reason)) {
      try scene.give(.returnToAnalysis(reason: ""), at: wib(23, 9, 12))
    }
    #expect(throws: Rejection.textTooLong(.reason, limit: 2_000)) {
      try scene.give(.returnToAnalysis(reason: long(2_001)), at: wib(23, 9, 12))
    }
    #expect(
      try scene.give(.returnToAnalysis(reason: "keliru"), at: wib(23, 9, 12)).map(eventName)
        == ["returnedToAnalysis", "stageEntered"])
    #expect(scene.ticket.visit?.stage == .analysis)
    #expect(scene.ticket.visit?.ordinal == 2)
    #expect(throws: Rejection.wrongStage(needed: [.answer], actual: .analysis)) {
      try scene.give(.returnToAnalysis(reason: "keliru"), at: wib(23, 9, 13))
    }
  }
}
