import Desk
import Foundation
import SOP
import Synchronization
import Testing

@testable import MailChannel

/// The adapters to the desk's ports.
struct PortTests {
  let mail = """
    Return-Path: <budi@dinas.example>\r
    Delivered-To: Meja@Bantuan.example\r
    From: Budi <Budi@Dinas.example>\r
    To: meja@bantuan.example\r
    Subject: Domain tidak dapat dibuka\r
    Message-ID: <1@dinas.example>\r
    In-Reply-To: <c@x.example>\r
    References: <a@x.example> <b@x.example> <c@x.example>\r
    Date: Tue, 24 Nov 2026 10:00:00 +0700\r
    \r
    Situs dinas.example mati.\r

    """

  @Test func `intake sees author, thread newest first and recipients in lower case`() {
    let read = DeskMessageReader().read(Data(mail.utf8))
    #expect(read.unreadable == nil)
    #expect(read.senderAddress == "budi@dinas.example")
    #expect(read.senderName == "Budi")
    #expect(read.answers == ["c@x.example", "b@x.example", "a@x.example"])
    #expect(read.recipients == ["meja@bantuan.example"])
    #expect(read.subject == "Domain tidak dapat dibuka")
    #expect(read.text.hasPrefix("Situs dinas.example mati."))
    #expect(read.automatic == .none)
  }

  @Test func `two deliveries of one message have one fingerprint, another body has another`() {
    let again =
      "Received: from elsewhere by here; Tue, 24 Nov 2026 11:00:00 +0700\r\nDelivered-To: b@b.example\r\n" + mail
    let other = mail.replacingOccurrences(of: "mati.", with: "hidup.")
    let reader = DeskMessageReader()
    let first = reader.read(Data(mail.utf8)).fingerprint
    #expect(first.utf8.count == 64)
    #expect(reader.read(Data(again.utf8)).fingerprint == first)
    #expect(reader.read(Data(other.utf8)).fingerprint != first)
  }

  @Test func `the server's words are read by bytes`() {
    let status = ImapAnswer.status(Array("* STATUS \"In (a) box\" (MESSAGES 3 UIDNEXT 9 UIDVALIDITY 7)\r\n".utf8))
    #expect(status == ImapStatus(uidValidity: 7, uidNext: 9, messages: 3))
    #expect(ImapAnswer.status(Array("* STATUS INBOX (MESSAGES 3 UIDNEXT 99999999999 UIDVALIDITY 7)\r\n".utf8)) == nil)
    #expect(ImapAnswer.search(Array("* 5 EXISTS\r\n* SEARCH 1 2\r\n* SEARCH 30\r\n".utf8)) == [1, 2, 30])
    #expect(ImapAnswer.search(Array("* SEARCH\r\n".utf8)) == [])
    #expect(ImapAnswer.search(Array("* SEARCH 1 x\r\n".utf8)) == nil)
    #expect(ImapAnswer.search(Array("A1 OK\r\n".utf8)) == nil)
    #expect(
      ImapAnswer.responseCode(of: Array("A2 NO [AuthenticationFailed] no".utf8)) == Array("AUTHENTICATIONFAILED".utf8))
  }

  @Test(arguments: [
    "imaps://user@mail.example/INBOX", "imaps://mail.example/INBOX;UID=1", "imaps://mail.example:0/",
    "imaps://mail.example:x/",
    "imaps://mail.exam\r\nple/", "imaps:///INBOX", "http://mail.example/", "imaps://mail.example/a\"b",
    "imaps://-x/INBOX",
  ])
  func `an address with further meaning in it is refused`(url: String) {
    #expect(throws: ServerAddressFault.self) { try ImapAccount(url: url, user: "a", secret: "b") }
  }

  @Test func `an address gives its mailbox a name without the secret`() throws {
    let account = try ImapAccount(url: "imaps://mail.example", user: "meja", secret: "rahasia")
    #expect(account.mailboxID == "imaps://mail.example/INBOX;user=meja")
    #expect(account.address.port == nil)
  }

  @Test func `fetched mail goes into the ledger with its place as key, and intake is woken`() async throws {
    let ledger = Rows()
    let bell = Bell()
    let sink = LedgerSink(ledger: ledger, clock: FixedClock(), intake: bell)
    let cursor = MailboxCursor(mailbox: "box", validity: 7, lastUID: 2)
    try await sink.keep(
      [
        FetchedMail(uidValidity: 7, uid: 1, bytes: [65]),
        FetchedMail(uidValidity: 7, uid: 2, bytes: [66], problem: .tooLarge(limit: 1)),
      ], advancing: cursor)
    await bell.wait()
    #expect(await ledger.drafts.map(\.key) == ["imap/box/7/1", "imap/box/7/2"])
    #expect(await ledger.drafts.map(\.trouble) == [nil, "too_large"])
    #expect(try await sink.cursor(of: "box") == cursor)
  }
}

extension MailServerTests {
  private func letter(to recipient: String) -> OutboxLetter {
    OutboxLetter(
      id: "l1", ticket: TicketNumber(month: 202611, running: 1), party: .requester, kind: "receipt",
      recipient: recipient,
      recipientName: "Budi, S.Kom", subject: "Tanda terima – ADU", text: "Halo\n.\nselesai", html: nil,
      messageID: "l1.mac@bantuan.example", inReplyTo: "bukan sebuah id", replyTo: "meja+token@bantuan.example",
      state: .queued, createdAt: Instant(seconds: 1_795_000_000), notBefore: Instant(seconds: 1_795_000_000),
      automatic: true)
  }

  @Test func `a letter of the outbox arrives and is read back as ours`() async throws {
    let port = try #require(servers.ports.submission, "Postfix needs root; `make test` installs it")
    let account = try SmtpAccount(
      url: "smtp://localhost:\(port)", user: "meja", secret: "rahasia", helloName: "sigap.bantuan.example",
      trustFile: servers.ports.ca)
    let office = Office(
      name: "Meja Bantuan", baseURL: "http://localhost", mailAddress: "meja@bantuan.example", registryName: "PANDI",
      registryEmail: nil, zone: .jakarta)
    let sender = SmtpLetterSender(account, office: office, connections: 2)
    #expect(try await sender.send(letter(to: "kotak12@bantuan.example")).hasPrefix("250 "))
    let shelf = Shelf()
    try await run(fetcher(self.account("kotak12"), shelf)) { await shelf.mails.count == 1 }
    let raw = try #require(await shelf.mails.first).bytes
    let read = DeskMessageReader().read(Data(raw))
    #expect(read.messageID == "l1.mac@bantuan.example")
    #expect(read.subject == "Tanda terima – ADU")
    #expect(read.senderAddress == "meja@bantuan.example")
    #expect(read.automatic != .none)
    #expect(String(decoding: raw, as: UTF8.self).hasPrefix("Return-Path: <meja+token@bantuan.example>"))
  }

  @Test func `how a letter ends is told in the desk's words`() async throws {
    let account = try SmtpAccount(
      url: "smtp://localhost:\(servers.ports.sink)", user: "meja", secret: "rahasia",
      helloName: "sigap.bantuan.example",
      trustFile: servers.ports.ca)
    let office = Office(
      name: "Meja Bantuan", baseURL: "http://localhost", mailAddress: "meja@bantuan.example", registryName: "PANDI",
      registryEmail: nil, zone: .jakarta)
    let sender = SmtpLetterSender(account, office: office)
    for (name, retry, code) in [
      ("tolak", DeliveryError.Retry.never, "550"), ("nanti", .later, "451"),
      ("putustitik", .uncertain, "no_connection"),
    ] {
      await #expect { try await sender.send(letter(to: "\(name)@bantuan.example")) } throws: { error in
        guard let error = error as? DeliveryError else { return false }
        return error.retry == retry && error.code == code
      }
    }
  }
}

/// The part of a ledger that fetching needs.
private actor Rows: InboundLedger {
  private(set) var drafts: [InboundDraft] = []
  private var cursor: MailboxCursor?

  func receive(_ drafts: [InboundDraft], advancing cursor: MailboxCursor?) -> [InboundReceipt] {
    self.drafts += drafts
    self.cursor = cursor
    return drafts.map { InboundReceipt(id: $0.id, isNew: true) }
  }
  func mailboxCursor(_ mailbox: String) -> MailboxCursor? { cursor?.mailbox == mailbox ? cursor : nil }
  func takeWaiting(limit: Int, now: Instant) -> [InboundItem] { [] }
  func inbound(_ id: String) -> InboundItem? { nil }
  func settle(_ settlement: Settlement, now: Instant) -> Bool { true }
  func giveBack(_ ids: [String]) {}
  func replay(_ id: String, by performer: Performer, now: Instant) -> Bool { true }
  func refill(_ id: String, raw: Data) -> Bool { true }
  func inboundPage(outcome: InboundOutcome.Kind?, after: String?, limit: Int) -> [InboundLine] { [] }
  func inboundCounts() -> [InboundOutcome.Kind: Int] { [:] }
}
