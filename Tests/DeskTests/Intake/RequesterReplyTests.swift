import Desk
import DeskTesting
import SOP
import Testing
import Townsfolk

/// The requester's answer to our answer, by mail (SOP row 6): which first lines confirm or dispute.
@Suite struct RequesterReplyTests {
  private func reply(_ house: House, _ text: String, from sender: String = House.kades) async throws -> (
    InboundOutcome, Ticket
  ) {
    let number = try await house.inConfirmation()
    let taken = try await house.receive(.from(sender, text, to: house.replyAddress(number)))
    return (taken, try await house.ticket(number))
  }

  @Test(arguments: [
    "SELESAI", "selesai", "Sudah selesai.", "SUDAH SELESAI!", "\n\n  Selesai \n\nTerima kasih.\nAhmad", "*SELESAI*",
    "\u{FEFF}\u{201C}Selesai\u{201D}", "solved", "SOLVED.\r\nThank you",
  ])
  func `a first line that says nothing else confirms`(text: String) async throws {
    let (taken, ticket) = try await reply(House(), text)
    #expect(taken.kind == .appended && taken.reasons.last == "confirmed_by_reply")
    #expect(ticket.closure?.kind == .confirmed && !ticket.awaitsReading)
  }

  @Test(arguments: [
    ("BELUM", "BELUM"), ("Belum selesai.", "Belum selesai."),
    ("BELUM\nMasih tidak bisa dibuka.", "Masih tidak bisa dibuka."),
    ("Belum: masih mati", "masih mati"),
    ("belum selesai, subdomain masih mati\nTolong", "subdomain masih mati\nTolong"),
    ("NOT SOLVED\r\nStill down", "Still down"), ("*Belum*\n\nMasih mati", "Masih mati"),
  ])
  func `a first line that says not yet disputes, and the rest is the reason`(text: String, reason: String) async throws
  {
    let house = House()
    let (taken, ticket) = try await reply(house, text)
    #expect(taken.reasons.last == "disputed_by_reply")
    #expect(ticket.stage == .analysis && ticket.awaitsReading)
    let history = try await house.store.history(of: ticket.number)
    #expect(history.contains { $0.event == .disputed(reason: reason) })
  }

  @Test(arguments: [
    "Selesai, tetapi surel kami masih mati.", "Sudah selesai?", "Selesaikan segera", "Belum bisa dibuka, Pak.",
    "Belum selesai saya periksa", "Terima kasih.", "Apakah sudah selesai", "belum?", "SELESAI\u{0301}", "unsolved", "",
    "Terima kasih\nSELESAI",
  ])
  func `everything else is words, which put off the end by silence`(text: String) async throws {
    let house = House()
    let number = try await house.inConfirmation()
    let end = try #require(try await house.ticket(number).confirmationClosesAt)
    house.clock.advance(seconds: 86_400)
    try await house.receive(ReadMail.from(House.kades, text, to: house.replyAddress(number)).with { $0.subject = "Re" })
    let ticket = try await house.ticket(number)
    #expect(ticket.stage == .confirmation && !ticket.isClosed)
    #expect(try #require(ticket.confirmationClosesAt) > end)
  }

  @Test func `a stranger's word confirms and disputes nothing`() async throws {
    for text in ["SELESAI", "BELUM\nmasih mati"] {
      let (taken, ticket) = try await reply(House(), text, from: "orang@lain.example")
      #expect(taken.reasons.contains("sender_differs"))
      #expect(ticket.stage == .confirmation && !ticket.isClosed)
    }
  }

  @Test func `the word counts in row 6 only, and not for an answer before the last`() async throws {
    let house = House()
    let number = try await house.inAnalysis()
    try await house.receive(.from(House.kades, "SELESAI", to: house.replyAddress(number)))
    #expect(try await house.ticket(number).stage == .analysis)

    let other = try await house.inConfirmation()
    let first = try await house.line("answer", of: other).letter.messageID
    try await house.give(.dispute(reason: "masih mati"), to: other, by: .requester)
    try await house.give(.recordAnalysis(.declined), to: other)
    try await house.give(.sendAnswer(.usual), to: other)
    try await house.post()
    let second = try await house.line("answer", of: other).letter.messageID
    let address = house.replyAddress(other)
    try await house.receive(ReadMail.from(House.kades, "BELUM", to: address).with { $0.answers = [first] })
    #expect(try await house.ticket(other).stage == .confirmation)
    try await house.receive(ReadMail.from(House.kades, "SELESAI", to: address).with { $0.answers = [second, first] })
    #expect(try await house.ticket(other).closure?.kind == .confirmed)
  }

  @Test func `a changed address is proven by an answer to the letter that went there, not by an older token`()
    async throws
  {
    let house = House()
    let new = "kaur.umum@sukamaju.desa.id"
    let number = try await house.complain()
    try await house.give(.changeAddress(email: new, reason: "surel lama tidak aktif"), to: number)
    try await house.post()
    try await house.receive(.from(new, "Ini saya.", to: house.replyAddress(number)))
    #expect(try await house.ticket(number).addressAwaitsProof)
    let proof = try await house.line("proof", of: number).letter.messageID
    try await house.receive(
      ReadMail.from(new, "Ini saya.", to: house.replyAddress(number)).with { $0.answers = [proof] })
    #expect(try await house.ticket(number).complaint.requester.emailProven)
    // The former address is no longer the requester's.
    let taken = try await house.receive(.from(House.kades, "Halo.", to: house.replyAddress(number)))
    #expect(taken.reasons.contains("sender_differs"))
  }
}
