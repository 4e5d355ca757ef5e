import Mail
import Testing

/// Reports with the fields of RFC 3464.
struct DeliveryReportTests {
  /// A report of a mail system with the given groups of fields.
  static func report(_ groups: String, words: String = "Mailbox is gone.") -> String {
    """
    Return-Path: <>
    From: MAILER-DAEMON@mx.example.id
    To: meja@layanan.example.id
    Subject: Undelivered Mail Returned to Sender
    Message-ID: <bounce@mx.example.id>
    Content-Type: multipart/report; report-type=delivery-status; boundary=r

    --r
    Content-Type: text/plain

    \(words)
    --r
    Content-Type: message/delivery-status

    Reporting-MTA: dns; mx.example.id

    \(groups)

    --r
    Content-Type: message/rfc822

    From: meja@layanan.example.id
    To: siti@dinas.example.go.id
    Message-ID: <letter-7@layanan.example.id>
    Subject: Jawaban

    isi
    --r--

    """
  }

  @Test func `a report names status, recipient, cause and returned letter`() {
    let message = Letters.read(Letters.bounce)
    #expect(message.automatic.kind == .bounce)
    let bounce = message.bounce
    #expect(bounce?.status == "5.1.1" && bounce?.failure.replyCode == 550 && bounce?.permanent == true)
    #expect(
      bounce?.recipient == "siti@dinas.example.go.id" && bounce?.originalMessageID == "letter-7@layanan.example.id")
    #expect(bounce?.action == .failed && bounce?.cause == .addressUnknown)
    #expect(bounce?.diagnostic == "550 5.1.1 no such user" && bounce?.others.isEmpty == true)
  }

  @Test(arguments: ["delivered", "relayed (to mx2)", "expanded", "deliverable"])
  func `a report of success is a notification and no bounce`(action: String) {
    let message = Letters.read(
      Self.report("Final-Recipient: rfc822; siti@dinas.example.go.id\nAction: \(action)\nStatus: 2.1.5"))
    #expect(message.bounce == nil)
    #expect(message.automatic.kind == .notification)
  }

  @Test func `a success that was sent as an answer is a notification`() {
    let text = Self.report("Final-Recipient: rfc822; siti@dinas.example.go.id\nAction: relayed\nStatus: 2.0.0")
    #expect(Letters.read("Auto-Submitted: auto-replied\n" + text).automatic.kind == .notification)
  }

  @Test func `a delay is a bounce that is not permanent`() {
    let bounce = Letters.read(
      Self.report("Final-Recipient: rfc822; siti@dinas.example.go.id\nAction: delayed\nStatus: 4.4.1")
    ).bounce
    #expect(bounce?.action == .delayed && bounce?.permanent == false && bounce?.status == "4.4.1")
    #expect(bounce?.cause == .unreachable)
  }

  @Test func `a letter given up after days has failed and is not permanent`() {
    let bounce = Letters.read(
      Self.report("Final-Recipient: rfc822; siti@dinas.example.go.id\nAction: failed\nStatus: 4.4.7")
    ).bounce
    #expect(bounce?.action == .failed && bounce?.permanent == false && bounce?.cause == .gaveUp)
  }

  @Test func `of several recipients the failed one leads and those who got it are left out`() {
    let bounce = Letters.read(
      Self.report(
        """
        Final-Recipient: rfc822; ani@a.example.id
        Action: delivered
        Status: 2.0.0

        Final-Recipient: rfc822; budi@b.example.id
        Action: delayed
        Status: 4.4.1

        Final-Recipient: rfc822; citra@c.example.id
        Action: failed
        Status: 5.2.2
        Diagnostic-Code: smtp; 552 5.2.2 mailbox full
        """)
    ).bounce
    #expect(bounce?.recipient == "citra@c.example.id" && bounce?.cause == .mailboxFull)
    #expect(bounce?.others.map(\.recipient) == ["budi@b.example.id"])
    #expect(bounce?.others.first?.action == .delayed)
  }

  @Test func `what the refusing server said outweighs the sum of the reporting one`() {
    let bounce = Letters.read(
      Self.report(
        """
        Final-Recipient: rfc822; siti@dinas.example.go.id
        Action: failed
        Status: 5.0.0
        Diagnostic-Code: smtp; 550-5.7.26 Unauthenticated email is refused here
         550 5.7.26 by the DMARC rule of the domain
        """)
    ).bounce
    #expect(bounce?.status == "5.7.26" && bounce?.failure.replyCode == 550 && bounce?.cause == .authentication)
  }

  @Test func `fields that say nothing are filled from the words of the same address`() {
    let bounce = Letters.read(
      Self.report(
        """
        Final-Recipient: rfc822; ani@a.example.id
        Action: failed
        Status: 5.0.0

        Final-Recipient: rfc822; budi@b.example.id
        Action: failed
        Status: 5.0.0
        """,
        words: """
          <ani@a.example.id>: 550 5.1.1 nobody of that name: user unknown

          <budi@b.example.id>: 552 5.2.2 over quota
          """)
    ).bounce
    #expect(bounce?.status == "5.1.1" && bounce?.cause == .addressUnknown)
    #expect(bounce?.others.first?.status == "5.2.2" && bounce?.others.first?.cause == .mailboxFull)
  }

  @Test func `the address we wrote to is told and the one it was passed on to`() {
    let bounce = Letters.read(
      Self.report(
        """
        Original-Recipient: rfc822;kepala@dinas.example.go.id
        Final-Recipient: rfc822; <siti@lain.example.id>
        Action: failed
        Status: 5.1.1
        """)
    ).bounce
    #expect(bounce?.recipient == "kepala@dinas.example.go.id")
    #expect(bounce?.failure.finalRecipient == "siti@lain.example.id")
  }

  @Test(arguments: [
    ("rfc822; \"siti ani\"@dinas.example.go.id", "\"siti ani\"@dinas.example.go.id"),
    ("utf-8; sit\\x{EC}@dinas.example.go.id", "sitì@dinas.example.go.id"),
    ("siti@dinas.example.go.id", "siti@dinas.example.go.id"),
    ("rfc822;siti@dinas.example.go.id (Siti)", "siti@dinas.example.go.id"),
  ])
  func `addresses of all types are read`(field: String, address: String) {
    let bounce = Letters.read(Self.report("Final-Recipient: \(field)\nAction: failed\nStatus: 5.1.1")).bounce
    #expect(bounce?.recipient == address)
  }

  @Test func `fields without MIME are found in the text`() {
    let message = Letters.read(
      """
      Return-Path: <>
      From: Mail Delivery System <sistem@mx.example.id>
      Subject: Delivery Notification: Delivery has failed

      The letter did not arrive.

      Reporting-MTA: dns; mx.example.id

      Original-Recipient: rfc822;siti@dinas.example.go.id
      Action: failed
      Status: 5.3.4
      """)
    #expect(message.bounce?.recipient == "siti@dinas.example.go.id")
    #expect(message.bounce?.status == "5.3.4" && message.bounce?.cause == .tooLarge)
  }

  @Test func `a report that returns nothing answers the letter`() {
    let text = Letters.bounce.replacingOccurrences("Message-ID: <letter-7@layanan.example.id>", "X-Kosong: ya")
    let message = Letters.read("In-Reply-To: <letter-7@layanan.example.id>\n" + text)
    #expect(message.bounce?.originalMessageID == "letter-7@layanan.example.id")
  }

  @Test func `the page of a bounce keeps its keys and has more`() {
    let json = String(decoding: Letters.read(Letters.bounce).json(), as: UTF8.self)
    for key in [
      "status", "recipient", "permanent", "originalMessageID", "action", "cause", "replyCode", "diagnostic", "others",
    ] {
      #expect(json.contains("\"\(key)\""))
    }
    #expect(json.contains("\"address_unknown\""))
  }
}
