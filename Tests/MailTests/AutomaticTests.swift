import Mail
import Testing

struct AutomaticTests {
  @Test(arguments: [
    ("Auto-Submitted: auto-replied", Automatic.Kind.autoReply), ("Auto-Submitted: auto-generated", .notification),
    ("Auto-Submitted: no", .none), ("Auto-Submitted: auto-forwarded", .none), ("Precedence: list", .list),
    ("Precedence: bulk", .notification), ("Precedence: auto_reply", .autoReply), ("List-Id: <x.example>", .list),
    ("X-Auto-Response-Suppress: All", .notification), ("X-Autoreply: yes", .autoReply), ("X-Loop: kami", .notification),
    ("Return-Path: <>", .notification), ("X-Mailer: apa saja", .none),
  ])
  func `headers of machines are seen, of persons are not`(header: String, kind: Automatic.Kind) {
    let message = Letters.read(header + "\nFrom: a@x.example\nSubject: domain mati\n\nisi")
    #expect(message.automatic.kind == kind)
    #expect(message.automatic.reasons.isEmpty == (kind == .none))
  }

  @Test func `a delivery report names status, recipient and returned letter`() {
    let message = Letters.read(Letters.bounce)
    #expect(message.automatic.kind == .bounce)
    #expect(
      message.bounce
        == BounceReport(
          status: "5.1.1", recipient: "siti@dinas.example.go.id", permanent: true,
          originalMessageID: "letter-7@layanan.example.id", diagnostic: "550 5.1.1 no such user"))
  }

  @Test func `a report of success is a notification and no bounce`() {
    let text = Letters.bounce.replacingOccurrences("Action: failed", "Action: delivered")
      .replacingOccurrences("Status: 5.1.1", "Status: 2.0.0")
    let message = Letters.read(text)
    #expect(message.bounce == nil)
    #expect(message.automatic.kind == .notification)
  }

  @Test func `a delay is a bounce that is not permanent`() {
    let text = Letters.bounce.replacingOccurrences("Action: failed", "Action: delayed")
      .replacingOccurrences("Status: 5.1.1", "Status: 4.4.1")
    #expect(Letters.read(text).bounce?.permanent == false)
    #expect(Letters.read(text).bounce?.status == "4.4.1")
  }

  @Test func `a bounce in plain words is read as well as can be`() {
    let message = Letters.read(
      """
      Return-Path: <>
      From: Mail Delivery System <MAILER-DAEMON@mx.example.id>
      Subject: Mail delivery failed
      Message-ID: <own@mx.example.id>

      This message could not be delivered:
        siti@dinas.example.go.id: 550 5.2.2 mailbox full

      ------ This is a copy of your message. ------
      Message-ID: <letter-9@layanan.example.id>
      """)
    #expect(message.automatic.kind == .bounce)
    #expect(message.bounce?.status == "5.2.2")
    #expect(message.bounce?.recipient == "siti@dinas.example.go.id")
    #expect(message.bounce?.originalMessageID == "letter-9@layanan.example.id")
  }

  @Test func `a person who writes about a bounce is a person`() {
    let message = Letters.read(
      "From: budi@dinas.example.go.id\nSubject: surel kami ditolak\n\nKami dapat 550 5.1.1 user unknown terus.")
    #expect(message.automatic.kind == .none)
    #expect(message.bounce == nil)
  }

  @Test func `a feedback report is abuse and no bounce`() {
    let message = Letters.read(
      """
      From: fbl@mx.example.id
      Subject: abuse
      Content-Type: multipart/report; report-type=feedback-report; boundary=r

      --r
      Content-Type: message/feedback-report

      Feedback-Type: abuse
      --r--
      """)
    #expect(message.automatic.kind == .abuseReport)
    #expect(message.bounce == nil)
  }
}

extension String {
  func replacingOccurrences(_ old: String, _ new: String) -> String {
    split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
  }
}
