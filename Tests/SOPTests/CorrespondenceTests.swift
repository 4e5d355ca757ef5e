import Testing
import Townsfolk

@testable import SOP

@Suite struct CorrespondenceTests {
  @Test func `words to the requester and to the registry stand on two walls`() throws {
    var scene = try Scene()
    try scene.give(.writeToRequester(text: "Sedang kami periksa."), at: wib(23, 9, 1))
    guard case .writtenToRequester(let toRequester)? = scene.last.events.last else { return #expect(Bool(false)) }
    #expect(toRequester.wall == .requester)
    #expect(
      scene.letters.last
        == Letter(
          id: toRequester.id, to: .requester, kind: .message(text: "Sedang kami periksa."), held: false))
    try scene.give(.writeToRegistry(text: "Mohon info."), at: wib(23, 9, 2))
    guard case .writtenToRegistry(let toRegistry)? = scene.last.events.last else { return #expect(Bool(false)) }
    #expect(toRegistry.wall == .registry)
    #expect(scene.letters.last?.to == .registry)
    try scene.give(.addNote(text: "Hati-hati, vendor lama."), at: wib(23, 9, 3))
    guard case .noteAdded(let note)? = scene.last.events.last else { return #expect(Bool(false)) }
    #expect(note.wall == .team)
    #expect(scene.last.letters.isEmpty)
  }

  @Test func `every text needs words and has bounds`() throws {
    var scene = try Scene()
    for blank in blanks {
      #expect(throws: Rejection.textMissing(.text)) {
        try scene.give(.writeToRequester(text: blank), at: wib(23, 9, 1))
      }
      #expect(throws: Rejection.textMissing(.text)) { try scene.give(.writeToRegistry(text: blank), at: wib(23, 9, 1)) }
      #expect(throws: Rejection.textMissing(.note)) { try scene.give(.addNote(text: blank), at: wib(23, 9, 1)) }
    }
    let whole = IncomingMessage(channel: .email, text: long(65_537))
    for command in [TicketCommand.receiveFromRequester(whole), .receiveFromRegistry(whole)] {
      #expect(throws: Rejection.textTooLong(.text, limit: 65_536)) { try scene.give(command, at: wib(23, 9, 1)) }
    }
    #expect(throws: Rejection.textTooLong(.note, limit: 20_000)) {
      try scene.give(.addNote(text: long(20_001)), at: wib(23, 9, 1))
    }
  }

  @Test func `what comes beside a message is cut, never refused`() throws {
    var scene = try Scene()
    let message = IncomingMessage(
      channel: .email, text: "", foldedText: long(70_000), subject: long(2_000),
      attachments: [Attachment(fileName: "a.pdf", contentType: "application/pdf", size: 1, sha256: "00")],
      inbound: "in-1")
    try scene.give(.receiveFromRequester(message), at: wib(23, 9, 1))
    guard case .requesterWrote(let kept)? = scene.last.events.last else { return #expect(Bool(false)) }
    #expect(kept.foldedText?.utf8.count == Message.longest)
    #expect(kept.subject?.utf8.count == 1_000)
    #expect(kept.attachments == message.attachments)
    #expect(kept.inbound == "in-1")
  }

  @Test func `a closed ticket still takes words in, shows them, and moves nothing`() throws {
    var scene = try Scene.closed()
    let before = scene.ticket.closure
    try scene.give(.receiveFromRequester(IncomingMessage(channel: .email, text: "halo")), at: wib(25, 9, 0))
    try scene.give(.receiveFromRegistry(IncomingMessage(channel: .email, text: "halo")), at: wib(25, 9, 0))
    try scene.give(.writeToRequester(text: "halo"), at: wib(25, 9, 0))
    try scene.give(.addNote(text: "halo"), at: wib(25, 9, 0))
    #expect(scene.ticket.closure == before)
    #expect(throws: Rejection.alreadyClosed) { try scene.give(.writeToRegistry(text: "halo"), at: wib(25, 9, 0)) }
  }

  @Test func `a requester without an address gets no letter but finds the words on the page`() throws {
    var scene = try Scene(Scene.complaint(.telephone, email: false))
    try scene.give(.writeToRequester(text: "halo"), at: wib(23, 9, 1))
    #expect(scene.last.letters.isEmpty)
    guard case .writtenToRequester(let message)? = scene.last.events.last else { return #expect(Bool(false)) }
    #expect(message.channel == .web)
  }
}
