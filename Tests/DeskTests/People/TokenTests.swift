import Desk
import DeskTesting
import Foundation
import SOP
import Testing

@Suite struct TokenTests {
  private let tokens = Tokens(secret: Array(repeating: 7, count: 32))
  private let mailbox = House.mailbox

  private func number(_ running: Int) throws -> TicketNumber {
    try #require(TicketNumber(month: 202_611, running: running))
  }

  /// Every text that differs from `text` in one byte, other than in the case of a letter.
  private func neighbours(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    return bytes.indices.flatMap { place in
      [bytes[place] ^ 1, UInt8(ascii: "a"), UInt8(ascii: "7"), UInt8(ascii: "."), UInt8(ascii: "@"), 0]
        .compactMap { other -> String? in
          var changed = bytes
          changed[place] = other
          let neighbour = String(decoding: changed, as: UTF8.self)
          return neighbour.asciiLowered.utf8.elementsEqual(text.asciiLowered.utf8) ? nil : neighbour
        }
    }
  }

  /// `text` with a byte more at either end or in the middle, cut, doubled, or blown up.
  private func stretched(_ text: String) -> [String] {
    [
      "", String(text.dropLast()), String(text.dropFirst()), text + "a", "a" + text, text + text, text + "\0",
      text + " ", text + String(repeating: "a", count: 100_000), String(repeating: ".", count: 100_000),
    ]
  }

  @Test(arguments: Party.allCases) func `a reply address tells its ticket and wall`(party: Party) throws {
    let ticket = try number(42)
    let read = tokens.readReplyAddress(tokens.replyAddress(ticket, party, at: mailbox), mailbox: mailbox)
    #expect(read?.ticket == ticket && read?.party == party)
  }

  @Test func `a mail system that folds the case of a reply address does no harm`() throws {
    let address = tokens.replyAddress(try number(42), .requester, at: mailbox).uppercased()
    #expect(tokens.readReplyAddress(address, mailbox: "Aduan@Domain.Example")?.ticket == (try number(42)))
  }

  @Test func `no other byte of a reply address may change`() throws {
    let address = tokens.replyAddress(try number(42), .requester, at: mailbox)
    for forged in neighbours(address) + stretched(address) {
      #expect(tokens.readReplyAddress(forged, mailbox: mailbox) == nil, "\(forged.prefix(80))")
    }
  }

  @Test func `a reply address holds for its ticket, wall, mailbox and house alone`() throws {
    let mine = tokens.replyAddress(try number(42), .requester, at: mailbox)
    let other = tokens.replyAddress(try number(43), .registry, at: mailbox)
    func part(_ address: String, _ index: Int) -> String {
      String(address.split(whereSeparator: { "+.@".contains($0) })[index])
    }
    let domain = "domain.example"
    #expect(
      tokens.readReplyAddress("aduan+\(part(other, 1)).\(part(mine, 2))@\(domain)", mailbox: mailbox) == nil)
    #expect(
      tokens.readReplyAddress("aduan+\(part(mine, 1)).p\(part(mine, 2).dropFirst())@\(domain)", mailbox: mailbox) == nil
    )
    #expect(tokens.readReplyAddress(mine, mailbox: "lain@domain.example") == nil)
    #expect(tokens.readReplyAddress(mine, mailbox: "aduan@lain.example") == nil)
    #expect(Tokens(secret: Array(repeating: 8, count: 32)).readReplyAddress(mine, mailbox: mailbox) == nil)
    #expect(tokens.readReplyAddress("aduan+@domain.example", mailbox: mailbox) == nil)
    #expect(tokens.readReplyAddress("", mailbox: "") == nil)
  }

  @Test(arguments: ["7", "7-2", "12-31", "proof"])
  func `a message id tells its letter, also the second copy and the proof`(suffix: String) throws {
    let id = "\(try number(42)).\(suffix)"
    let messageID = tokens.messageID(ofLetter: id, at: mailbox)
    #expect(tokens.letterID(inMessageID: messageID, mailbox: mailbox) == id)
    #expect(tokens.letterID(inMessageID: messageID.uppercased(), mailbox: mailbox) == id)
    for forged in neighbours(messageID) + stretched(messageID) {
      #expect(tokens.letterID(inMessageID: forged, mailbox: mailbox) == nil, "\(forged.prefix(80))")
    }
  }

  @Test func `the code of one letter is no code for another`() throws {
    let first = tokens.messageID(ofLetter: "\(try number(42)).7", at: mailbox)
    let forged = first.replacingFirst("00042", "00043")
    #expect(forged != first && tokens.letterID(inMessageID: forged, mailbox: mailbox) == nil)
    #expect(tokens.letterID(inMessageID: first.replacingFirst(".7.", ".8."), mailbox: mailbox) == nil)
  }

  @Test func `a follow key opens its own ticket and nothing else`() throws {
    let key = tokens.followKey(try number(42))
    #expect(tokens.isFollowKey(key.uppercased(), of: try number(42)))
    #expect(!tokens.isFollowKey(key, of: try number(43)))
    for forged in neighbours(key) + stretched(key) { #expect(!tokens.isFollowKey(forged, of: try number(42))) }
  }

  @Test func `a hand-off token holds for its packet, in one spelling`() throws {
    let token = tokens.handoffToken(try number(42), ordinal: 1)
    #expect(tokens.readHandoffToken(token)?.ordinal == 1)
    #expect(tokens.readHandoffToken(token.uppercased())?.ticket == (try number(42)))
    let spellings = ["-+1-", "-01-", "-2-", "--1-", "- 1-", "-0-", "-99999999999999999999-"]
    for forged in neighbours(token) + stretched(token) + spellings.map({ token.replacingFirst("-1-", $0) }) {
      #expect(tokens.readHandoffToken(forged) == nil, "\(forged.prefix(80))")
    }
  }

  @Test func `a proof code is six digits of one address at one ticket`() throws {
    let ticket = try number(42)
    let code = tokens.proofCode(ticket, email: House.kades)
    #expect(code.utf8.count == 6 && code.utf8.allSatisfy { (48...57).contains($0) })
    #expect(tokens.isProofCode(code, ticket, email: House.kades.uppercased()))
    #expect(tokens.isProofCode(" \(code.prefix(3)) \(code.suffix(3))", ticket, email: House.kades))
    for forged in neighbours(code) + stretched(code).filter({ $0 != code + " " }) {
      #expect(!tokens.isProofCode(forged, ticket, email: House.kades))
    }
    #expect(tokens.proofKey(ticket, email: "a@b.example") != tokens.proofKey(ticket, email: "a@c.example"))
    #expect(!tokens.isProofKey(tokens.proofKey(ticket, email: House.kades), try number(43), email: House.kades))
  }

  @Test func `a key of one purpose opens no other door`() throws {
    let ticket = try number(42)
    #expect(!tokens.isFollowKey(tokens.proofKey(ticket, email: ""), of: ticket))
    #expect(!tokens.isFormToken(tokens.followKey(ticket), for: ticket.description))
    #expect(tokens.isFormToken(tokens.formToken(for: "sesi"), for: "sesi"))
    #expect(!tokens.isFormToken(tokens.formToken(for: "sesi"), for: "sesi lain"))
  }
}

extension String {
  func replacingFirst(_ old: String, _ new: String) -> String {
    guard let range = self.range(of: old, options: .caseInsensitive) else { return self }
    return replacingCharacters(in: range, with: new)
  }
}
