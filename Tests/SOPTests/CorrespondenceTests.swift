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

  @Test func `files stand on the wall of the words they came with, and the letter names them`() throws {
    let file = Attachment(fileName: "surat.pdf", contentType: "application/pdf", size: 9, sha256: "ab")
    var scene = try Scene.inAnswer()
    for command in [
      TicketCommand.writeToRequester(text: "Lihat berkas.", attachments: [file]),
      .writeToRegistry(text: "Lihat berkas.", attachments: [file]), .sendAnswer(.usual, attachments: [file]),
    ] {
      let event = try scene.give(command, at: wib(23, 9, 30)).last { !$0.attachments.isEmpty }
      #expect(event?.attachments == [file])
      #expect(scene.last.letters.last?.files == [file])
    }
    try scene.give(.writeToRequester(text: "Tanpa berkas."), at: wib(23, 9, 31))
    #expect(scene.last.letters.last?.files == nil)
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

  @Test func `proven words to a closed ticket wait to be read, and open nothing`() throws {
    var scene = try Scene.closed()
    #expect(!scene.ticket.awaitsReading)
    let machine = IncomingMessage(channel: .email, text: "sedang cuti", unproven: "kades@desa.example")
    try scene.give(.receiveFromRequester(machine), at: wib(25, 9, 0))
    #expect(!scene.ticket.awaitsReading)
    try scene.give(.receiveFromRequester(IncomingMessage(channel: .email, text: "masih mati")), at: wib(25, 9, 1))
    #expect(scene.ticket.awaitsReading && scene.ticket.isClosed)
    #expect(try scene.give(.markRead, at: wib(25, 9, 2)) == [.wordsRead])
    #expect(!scene.ticket.awaitsReading)
    #expect(try scene.give(.markRead, at: wib(25, 9, 3)).isEmpty)
    try scene.give(.receiveFromRequester(IncomingMessage(channel: .email, text: "halo")), at: wib(25, 9, 4))
    try scene.give(.writeToRequester(text: "Kami buka kembali."), at: wib(25, 9, 5))
    #expect(!scene.ticket.awaitsReading)
  }

  @Test func `words nobody has read stay unread when the clock closes the ticket, not when a person does`() throws {
    let words = TicketCommand.receiveFromRequester(IncomingMessage(channel: .email, text: "masih mati"))
    var silent = try Scene.inConfirmation()
    try silent.give(words, at: wib(24, 9, 0))
    try silent.give(.noticeTime, at: wib(30, 16, 0))
    #expect(silent.ticket.closure?.kind == .silence && silent.ticket.awaitsReading)
    for end in [TicketCommand.confirm, .withdraw(reason: ""), .close(reason: "uji")] {
      var scene = try Scene.inConfirmation()
      try scene.give(words, at: wib(24, 9, 0))
      try scene.give(end, at: wib(24, 9, 1))
      #expect(!scene.ticket.awaitsReading, "\(end.name)")
    }
  }

  @Test func `the registry's words and a colleague's mail wait to be read until the team has acted`() throws {
    let message = IncomingMessage(channel: .email, text: "Mohon surat kuasa.")
    let unproven = IncomingMessage(channel: .email, text: "Tiket 77 dibuat.", unproven: "robot@pandi.example")
    for (command, takingUp) in [
      (TicketCommand.receiveFromRegistry(message), TicketCommand.writeToRegistry(text: "Terlampir.")),
      (.receiveFromRegistry(unproven), .markRead), (.receiveNote(message), .addNote(text: "Baik.")),
      (.receiveNote(message), .writeToRegistry(text: "Mohon dipercepat.")),
    ] {
      var scene = try Scene.atRegistry()
      #expect(!scene.ticket.awaitsReading)
      try scene.give(command, at: wib(23, 9, 20))
      #expect(scene.ticket.awaitsReading, "\(command.name)")
      try scene.give(takingUp, at: wib(23, 9, 21))
      #expect(!scene.ticket.awaitsReading, "\(takingUp.name)")
    }
    // The officer's words to the registry do not answer the requester.
    var scene = try Scene.atRegistry()
    try scene.give(.receiveFromRequester(message), at: wib(23, 9, 20))
    try scene.give(.writeToRegistry(text: "Mohon dipercepat."), at: wib(23, 9, 21))
    #expect(scene.ticket.awaitsReading)
  }

  @Test func `a colleague's mail is a note for the team, marked when its writer is unproven, and has bounds`() throws {
    var scene = try Scene.closed()
    let message = IncomingMessage(channel: .email, text: "Tolong dipercepat.", unproven: "orang@lain.example")
    try scene.give(.receiveNote(message), by: Performer(party: .machine, name: "orang"), at: wib(25, 9, 0))
    guard case .noteAdded(let note)? = scene.last.events.last else { return #expect(Bool(false)) }
    #expect(note.wall == .team && note.unproven == "orang@lain.example" && note.author.name == "orang")
    #expect(throws: Rejection.textTooLong(.note, limit: 65_536)) {
      try scene.give(.receiveNote(IncomingMessage(channel: .email, text: long(65_537))), at: wib(25, 9, 0))
    }
  }

  @Test func `a requester without an address gets no letter but finds the words on the page`() throws {
    var scene = try Scene(Scene.complaint(.telephone, email: false))
    try scene.give(.writeToRequester(text: "halo"), at: wib(23, 9, 1))
    #expect(scene.last.letters.isEmpty)
    guard case .writtenToRequester(let message)? = scene.last.events.last else { return #expect(Bool(false)) }
    #expect(message.channel == .web)
  }
}
