import Desk
import DeskTesting
import SOP
import Testing
import Townsfolk

/// Who may write into a ticket by mail: each row of the list of attacks on the mailbox (A1–A11, A15) by its name.
@Suite struct RecognitionTests {
  private let stranger = "orang@lain.example"

  @Test func `A1 the requester's address in From does not open the requester's ticket`() async throws {
    let house = House()
    let number = try await house.complain()
    let before = try await house.ticket(number).version
    let taken = try await house.receive(.from(House.kades, subject: "Re: [\(number)]", "Sudah ada kabar?"))
    #expect(taken.kind == .opened && taken.ticket != number)
    #expect(taken.reasons.contains("possibly_related"))
    #expect(try await house.ticket(number).version == before)
    let other = try await house.ticket(try #require(taken.ticket))
    #expect(other.complaint.possiblyRelated == [number])
  }

  @Test(arguments: [
    "[%]", "Re:%", "Fwd: pengaduan %, mohon kabar", "(%)", "%.", "nomor %;",
  ])
  func `A2 a number in a subject is shown as possibly related and appends nothing`(subject: String) async throws {
    let house = House()
    let number = try await house.complain()
    for (index, spelling) in ["\(number)", "\(number)".asciiLowered, spaced(number)].enumerated() {
      let taken = try await house.receive(
        .from("orang\(index)@lain.example", subject: subject.replacingFirst("%", spelling), "Bagaimana kabarnya?"))
      let related = try await house.ticket(try #require(taken.ticket)).complaint.possiblyRelated
      #expect(related == [number], "\(subject) \(spelling)")
    }
    #expect(try await house.store.history(of: number).count == 2)
  }

  private func spaced(_ number: TicketNumber) -> String {
    String(decoding: number.description.utf8.map { $0 == UInt8(ascii: "-") ? 32 : $0 }, as: UTF8.self)
  }

  @Test(arguments: ["XADU-202611-00001-", "ADU-202611-00099-A", "ADU-202611", "ADU-ADU-ADU", ""])
  func `A2 what only looks like a number is related to nothing`(subject: String) async throws {
    let house = House()
    _ = try await house.complain()
    let taken = try await house.receive(.from(stranger, subject: subject, "Halo, ini lain."))
    #expect(try await house.ticket(try #require(taken.ticket)).complaint.possiblyRelated == nil)
  }

  @Test func `A2 a number inside a longer word is no number`() async throws {
    let house = House()
    let number = try await house.complain()
    let taken = try await house.receive(.from(stranger, subject: "X\(number) \(number)9", "Halo."))
    #expect(try await house.ticket(try #require(taken.ticket)).complaint.possiblyRelated == nil)
  }

  @Test func `A3 a forged message id in In-Reply-To opens a new ticket`() async throws {
    let house = House()
    let number = try await house.complain()
    let receipt = try await house.line("receipt", of: number).letter.messageID
    for forged in [
      "\(number).1@domain.example", "\(number).1.aaaaaaaaaaaaaaaaaaaaaaaaaa@domain.example",
      String(receipt.dropFirst()),
      receipt.replacingFirst("domain", "lain"),
    ] {
      let taken = try await house.receive(
        ReadMail.from(stranger, "Balasan \(forged)").with { $0.answers = [forged] })
      #expect(taken.kind == .opened && taken.ticket != number, "\(forged)")
    }
  }

  @Test func `A3 a reply by In-Reply-To needs no token address`() async throws {
    let house = House()
    let number = try await house.complain()
    let receipt = try await house.line("receipt", of: number).letter.messageID
    let taken = try await house.receive(
      ReadMail.from(House.kades, "Ini tambahannya.").with { $0.answers = ["lain@x.example", receipt] })
    #expect(taken.kind == .appended && taken.ticket == number)
    #expect(taken.reasons.contains("sender_is_requester"))
    #expect(try await house.ticket(number).complaint.requester.emailProven)
  }

  @Test func `A4 a stolen token in a stranger's hand is shown and changes nothing`() async throws {
    let house = House()
    let number = try await house.inAnalysis()
    try await house.give(.askRequester(text: "Mohon surat kuasa."), to: number)
    let before = try await house.ticket(number)
    let taken = try await house.receive(.from(stranger, "Ini suratnya.", to: house.replyAddress(number)))
    let after = try await house.ticket(number)
    #expect(taken.kind == .appended && taken.reasons.contains("sender_differs"))
    #expect(after.pause == before.pause && after.pause != nil)
    #expect(after.complaint == before.complaint)
    guard case .requesterWrote(let message)? = try await house.store.history(of: number).last?.event else {
      Issue.record("the message is not shown")
      return
    }
    #expect(message.unproven == stranger && message.text == "Ini suratnya.")
  }

  @Test func `A4 the requester's own reply ends the pause`() async throws {
    let house = House()
    let number = try await house.inAnalysis()
    try await house.give(.askRequester(text: "Mohon surat kuasa."), to: number)
    try await house.receive(.from(House.kades, "Ini suratnya.", to: house.replyAddress(number)))
    #expect(try await house.ticket(number).pause == nil)
  }

  @Test func `A4 neither a stranger nor the requester reopens a closed ticket by mail`() async throws {
    let house = House()
    let number = try await house.closed()
    for (sender, isSeen) in [(stranger, false), (House.kades, true)] {
      try await house.receive(.from(sender, "Masih mati.", to: house.replyAddress(number)))
      let late = try await house.store.queue(.wroteAfterClosing, after: nil, limit: 9).map { $0.number }
      #expect(late == (isSeen ? [number] : []))
    }
    #expect(try await house.ticket(number).isClosed)
    #expect(try await house.store.counts(holder: nil).wroteAfterClosing == 1)
    try await house.give(.markRead, to: number)
    #expect(try await house.store.counts(holder: nil).wroteAfterClosing == 0)
  }

  @Test func `A4 a stranger does not put off the end by silence`() async throws {
    let house = House()
    let number = try await house.inConfirmation()
    let end = try await house.ticket(number).confirmationClosesAt
    house.clock.advance(seconds: 86_400)
    try await house.receive(.from(stranger, "Halo.", to: house.replyAddress(number)))
    #expect(try await house.ticket(number).confirmationClosesAt == end)
  }

  @Test func `A5 nobody acts for the team by mail`() async throws {
    let house = House()
    let number = try await house.complain()
    let stage = try await house.ticket(number).stage
    for party in [Party.team, .supervisor, .administrator, .machine] {
      try await house.receive(.from("budi@domain.example", "Tutup.", to: house.replyAddress(number, party)))
    }
    let ticket = try await house.ticket(number)
    #expect(ticket.stage == stage && !ticket.isClosed && ticket.holder == nil)
  }

  @Test func `A5 what answers a notice to the supervisor is a note for the team, never on the requester's wall`()
    async throws
  {
    let house = House()
    let account = Account(id: "dewi", userName: "dewi", name: "Dewi", email: "Dewi@domain.example", role: .supervisor)
    #expect(try await house.store.save(account, expecting: nil))
    let number = try await house.complain()
    let address = house.replyAddress(number, .supervisor)
    for (sender, unproven) in [
      ("dewi@domain.example", nil), (stranger, stranger), (House.kades, House.kades), (House.registry, House.registry),
    ] as [(String, String?)] {
      let taken = try await house.receive(.from(sender, "Tolong dipercepat.", to: address))
      #expect(taken.kind == .appended && taken.ticket == number)
      guard case .noteAdded(let note)? = try await house.store.history(of: number).last?.event else {
        Issue.record("\(sender) is no note")
        continue
      }
      #expect(note.unproven == unproven && note.author.account == (unproven == nil ? "dewi" : nil))
      #expect(note.author.name == (unproven ?? "Dewi"))
    }
    #expect(try await house.ticket(number).complaint.requester.emailProven == false)
    let absent = ReadMail.from("dewi@domain.example", "Saya sedang cuti.", to: address)
    #expect(try await house.receive(absent.with { $0.automatic = .autoReply }).kind == .automatic)
  }

  @Test func `A6 further addresses of a reply become nobody's`() async throws {
    let house = House()
    let number = try await house.complain()
    try await house.receive(
      ReadMail.from(House.kades, "Lihat ini.").with {
        $0.recipients = [house.replyAddress(number)] + (1...50).map { "orang\($0)@lain.example" }
      })
    try await house.give(.writeToRequester(text: "Terima kasih."), to: number)
    try await house.post()
    #expect(Set(house.sender.sent.map { $0.recipient }) == [House.kades])
  }

  @Test(arguments: [ReadMail.Automatic.autoReply, .list, .notification, .abuseReport, .bounce])
  func `A9 what a machine wrote is no ticket and gets no answer`(kind: ReadMail.Automatic) async throws {
    let house = House()
    let number = try await house.complain()
    try await house.post()
    let sent = house.sender.sent.count
    let taken = try await house.receive(ReadMail.from(stranger, "Saya sedang cuti.").with { $0.automatic = kind })
    #expect(taken.kind == .automatic && taken.ticket == nil)
    #expect(try await house.tickets() == 1)
    for sender in [stranger, House.kades] {
      let reply = ReadMail.from(sender, "Saya sedang cuti.", to: house.replyAddress(number))
      let taken = try await house.receive(reply.with { $0.automatic = kind })
      // What answers our letter stands in the ticket; a report of the mail system does not.
      #expect(taken.kind == ([.abuseReport, .bounce].contains(kind) ? .automatic : .appended))
    }
    try await house.post()
    #expect(try await house.tickets() == 1 && house.sender.sent.count == sent)
    let ticket = try await house.ticket(number)
    #expect(!ticket.complaint.requester.emailProven)
    for recorded in try await house.store.history(of: number).dropFirst(2) {
      guard case .requesterWrote(let message) = recorded.event else {
        Issue.record("a machine moved the ticket")
        continue
      }
      #expect(message.unproven != nil)
    }
  }

  @Test func `A9 machines that answer each other do not fill a ticket`() async throws {
    let house = House()
    let number = try await house.complain()
    var kinds: [InboundOutcome.Kind] = []
    for index in 0..<25 {
      let mail = ReadMail.from(House.kades, "Saya sedang cuti \(index).", to: house.replyAddress(number))
      kinds.append(try await house.receive(mail.with { $0.automatic = .autoReply }).kind)
    }
    #expect(kinds.count { $0 == .appended } == 20 && kinds.suffix(5).allSatisfy { $0 == .automatic })
  }

  @Test func `A9 an absence note neither ends a pause nor calls anyone to a closed ticket`() async throws {
    let house = House()
    let number = try await house.inAnalysis()
    try await house.give(.askRequester(text: "Mohon surat kuasa."), to: number)
    let mail = ReadMail.from(House.kades, "Saya sedang cuti.", to: house.replyAddress(number))
    try await house.receive(mail.with { $0.automatic = .autoReply })
    #expect(try await house.ticket(number).pause != nil)
    let closed = try await house.closed()
    let late = ReadMail.from(House.kades, "SELESAI", to: house.replyAddress(closed))
    try await house.receive(late.with { $0.automatic = .autoReply })
    #expect(try await house.store.summary(closed)?.unread == false)
  }

  @Test func `A9 our own letters that come back are a loop, whatever address of ours they bear`() async throws {
    let house = House()
    let number = try await house.complain()
    for sender in [House.mailbox, house.replyAddress(number), house.replyAddress(number, .registry)] {
      let taken = try await house.receive(.from(sender, "Tanda terima", to: house.replyAddress(number)))
      #expect(taken.kind == .automatic && taken.reasons == ["own_letter"])
    }
    #expect(try await house.tickets() == 1)
  }

  @Test func `A10 a bounce with a forged message id touches no letter`() async throws {
    let house = House()
    let number = try await house.inConfirmation()
    let answer = try await house.line("answer", of: number)
    for forged in [nil, "\(answer.letter.id)@domain.example", answer.letter.messageID + "x", "x"] {
      let taken = try await house.receive(.bounce(of: forged))
      #expect(taken.kind == .bounce && taken.ticket == nil)
    }
    try await house.post()
    #expect(try await house.line("answer", of: number).state == .sent)
    #expect(try await house.ticket(number).stage == .confirmation)
  }

  @Test func `A10 a permanent bounce of the answer brings the ticket back to row 5 with the cause`() async throws {
    let house = House()
    let number = try await house.inConfirmation()
    let answer = try await house.line("answer", of: number).letter.messageID
    let taken = try await house.receive(.bounce(of: answer))
    #expect(taken.kind == .bounce && taken.ticket == number)
    try await house.post()
    let ticket = try await house.ticket(number)
    #expect(ticket.stage == .answer)
    #expect(ticket.answerFailure == "5.1.1 user unknown")
    #expect(try await house.line("answer", of: number).state == .failed)
  }

  @Test func `A10 a bounce that names no letter is that of the newest one to its recipient`() async throws {
    let house = House()
    let number = try await house.inConfirmation()
    let address = house.replyAddress(number)
    let strange = try await house.receive(.bounce(of: nil, recipient: "lain@lain.example", to: address))
    #expect(strange.kind == .bounce && strange.ticket == number && strange.reasons.contains("bounce_of_ticket"))
    try await house.post()
    #expect(try await house.ticket(number).stage == .confirmation)
    let taken = try await house.receive(.bounce(of: nil, recipient: House.kades.uppercased(), to: address))
    #expect(taken.kind == .bounce && taken.ticket == number && taken.reasons.contains("bounce_of_letter"))
    try await house.post()
    #expect(try await house.line("answer", of: number).state == .failed)
    #expect(try await house.line("receipt", of: number).state == .sent)
    #expect(try await house.ticket(number).stage == .answer)
  }

  @Test func `A10 a bounce of the registry's letter touches none of the requester's`() async throws {
    let house = House()
    let number = try await house.atRegistry()
    try await house.post()
    try await house.receive(
      .bounce(of: nil, recipient: House.registry, to: house.replyAddress(number, .registry)))
    try await house.post()
    #expect(try await house.line("handoff", of: number).state == .failed)
    guard case .letterFailed(let letter, _)? = try await house.store.history(of: number).last?.event else {
      Issue.record("the failure is not told")
      return
    }
    #expect(letter == (try await house.line("handoff", of: number).letter.id))
    #expect(try await house.line("receipt", of: number).state == .sent)
  }

  @Test func `A10 a temporary bounce changes nothing`() async throws {
    let house = House()
    let number = try await house.inConfirmation()
    let answer = try await house.line("answer", of: number).letter.messageID
    try await house.receive(.bounce(of: answer, permanent: false))
    try await house.post()
    #expect(try await house.ticket(number).stage == .confirmation)
    #expect(try await house.line("answer", of: number).state == .sent)
  }

  @Test func `A10 a bounced question is told at its ticket, which stays where it is`() async throws {
    let house = House()
    let number = try await house.inAnalysis()
    try await house.give(.askRequester(text: "Mohon surat kuasa."), to: number)
    try await house.post()
    let question = try await house.line("question", of: number).letter
    try await house.receive(.bounce(of: question.messageID))
    try await house.post()
    #expect(try await house.ticket(number).stage == .analysis)
    guard case .letterFailed(let letter, _)? = try await house.store.history(of: number).last?.event else {
      Issue.record("the failure is not told")
      return
    }
    #expect(letter == question.id)
  }

  @Test func `A15 an empty or repeated Message-ID merges nothing`() async throws {
    let house = House()
    var seen = Set<TicketNumber>()
    for id in [nil, "", "sama@x.example", "sama@x.example"] {
      let taken = try await house.receive(ReadMail.complaint(from: stranger).with { $0.messageID = id })
      #expect(taken.kind == .opened)
      seen.insert(try #require(taken.ticket))
    }
    #expect(seen.count == 4)
  }

  @Test func `A15 one message delivered twice is one ticket`() async throws {
    let house = House()
    let mail = ReadMail.complaint()
    let first = try await house.receive(mail)
    let second = try await house.receive(mail)
    #expect(first.kind == .opened && second.kind == .duplicate && second.ticket == first.ticket)
    #expect(try await house.tickets() == 1)
  }

  @Test func `A15 mails without a fingerprint are never the same`() async throws {
    let house = House()
    for _ in 0..<2 { try await house.receive(ReadMail.complaint().with { $0.fingerprint = "" }) }
    #expect(try await house.tickets() == 2)
  }

  // MARK: Quarantine

  @Test func `what cannot be read is set aside with its reason`() async throws {
    let house = House()
    let broken = try await house.receive(ReadMail().with { $0.unreadable = "no headers" })
    #expect(broken.kind == .quarantined && broken.reasons == ["unreadable"])
    let huge = try await house.receive(.complaint(), trouble: "too_large")
    #expect(huge.kind == .quarantined && huge.reasons == ["too_large"])
    let empty = try await house.receive(.from(stranger))
    #expect(empty.kind == .quarantined && empty.reasons == ["empty_message"])
    #expect(try await house.tickets() == 0)
  }
}
