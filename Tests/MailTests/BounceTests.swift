import Mail
import Testing

/// Bounces in words, as the mail systems of forty years write them.
struct BounceTests {
  /// A notice of a mail system with its copy of the letter.
  static func notice(_ words: String, from: String = "Mail Delivery System <MAILER-DAEMON@mx.example.id>") -> String {
    """
    Return-Path: <>
    From: \(from)
    To: meja@layanan.example.id
    Subject: Undeliverable mail
    Message-ID: <own@mx.example.id>

    \(words)

    ---- The letter that came back ----

    Return-Path: <meja@layanan.example.id>
    Received: from layanan.example.id by mx.example.id; Tue, 3 Nov 2026 09:15:00 +0700
    From: meja@layanan.example.id
    To: siti@dinas.example.go.id
    Message-ID:
     <letter-9@layanan.example.id>
    Subject: Jawaban

    Kami menulis kepada tamu@luar.example.id tentang galat 554 5.7.1.
    """
  }

  struct Case: Sendable {
    var words: String
    var recipient: String? = "siti@dinas.example.go.id"
    var status: String?
    var code: Int?
    var permanent = true
    var cause: BounceCause
  }

  @Test(arguments: [
    Case(
      words: "Sorry.\n\n<siti@dinas.example.go.id>:\n192.0.2.7 does not like recipient.\n"
        + "Remote host said: 550 5.1.1 <siti@dinas.example.go.id>... User unknown\nGiving up on 192.0.2.7.",
      status: "5.1.1", code: 550, cause: .addressUnknown),
    Case(
      words: "These addresses failed:\n\n  siti@dinas.example.go.id\n    SMTP error from remote mail server after RCPT"
        + " TO:<siti@dinas.example.go.id>:\n    host mx.dinas.example.go.id [192.0.2.7]: 552 5.2.2 mailbox is full",
      status: "5.2.2", code: 552, cause: .mailboxFull),
    Case(
      words: "   ----- Transcript of session follows -----\n550 dinas.example.go.id... Host unknown\n"
        + "554 <siti@dinas.example.go.id>... 550 Host unknown (name server)", code: 550, cause: .domainNotFound),
    Case(
      words: ">>>> siti@dinas.example.go.id\n>>>> 554 5.7.1 blocked using a block list", status: "5.7.1", code: 554,
      cause: .blocked),
    Case(
      words: "Delivery to these recipients failed:\n\n   * siti@dinas.example.go.id\n\n====\nDetails:\n====\n\n"
        + "SMTP:RCPT host 192.0.2.8: 553 5.3.0 No such user here", status: "5.3.0", code: 553, cause: .addressUnknown),
    Case(
      words: "\"siti@dinas.example.go.id\":\nSMTP error after RCPT command:\n5.7.1 Relaying denied", status: "5.7.1",
      cause: .relayingDenied),
    Case(
      words: "<siti@dinas.example.go.id>:\nNo mailbox here by that name. (#5.1.1)", status: "5.1.1",
      cause: .addressUnknown),
    Case(
      words: "Could not be delivered to: <siti@dinas.example.go.id>\nas their mailbox is full.", cause: .mailboxFull),
    Case(
      words: "Recipient address: siti@dinas.example.go.id\nDiagnostic code: smtp; 550 5.6.0 header error",
      status: "5.6.0",
      code: 550, cause: .contentRefused),
    Case(
      words: "----- Failure Reasons -----\n\nUser not listed in public directory\nsiti@dinas.example.go.id",
      cause: .addressUnknown),
    Case(words: "  siti@dinas.example.go.id\n    retry timeout exceeded", permanent: false, cause: .gaveUp),
    Case(
      words: "siti@dinas.example.go.id: 451 4.7.1 Greylisted, try again", status: "4.7.1", code: 451, permanent: false,
      cause: .temporarilyUnavailable),
    Case(
      words: "The following recipients were affected:\n  550 5.7.509 DMARC\n    siti@dinas.example.go.id",
      status: "5.7.509", code: 550, cause: .authentication),
    Case(words: "550 Requested action not taken\n\n  RCPT TO: siti@dinas.example.go.id", code: 550, cause: .other),
    Case(words: "Something went wrong: 550 5.3.4 too big", status: "5.3.4", code: 550, cause: .tooLarge),
  ])
  func `the manners of mail systems are understood`(sample: Case) {
    let message = Letters.read(Self.notice(sample.words))
    #expect(message.automatic.kind == .bounce)
    let bounce = message.bounce
    #expect(bounce?.recipient == sample.recipient)
    #expect(bounce?.status == sample.status)
    #expect(bounce?.failure.replyCode == sample.code)
    #expect(bounce?.permanent == sample.permanent)
    #expect(bounce?.cause == sample.cause)
    #expect(bounce?.originalMessageID == "letter-9@layanan.example.id")
    #expect(bounce?.others.isEmpty == true)
  }

  @Test func `a delay in words says what holds the letter up`() {
    let bounce = Letters.read(
      Self.notice(
        """
        The letter has not yet been delivered after more than 24 hours. The address is:

          siti@dinas.example.go.id
            host mx.dinas.example.go.id [192.0.2.7]: Connection timed out

        Attempts will continue for some time.
        """)
    ).bounce
    #expect(bounce?.action == .delayed && bounce?.cause == .unreachable)
    #expect(bounce?.diagnostic == "host mx.dinas.example.go.id [192.0.2.7]: Connection timed out")
  }

  @Test func `a transcript with arrows shows the refusal`() {
    let bounce = Letters.read(
      Self.notice(
        """
        Failed address: siti@dinas.example.go.id

        Tue 2026-11-03 09:15:00: --> RCPT To:<siti@dinas.example.go.id>
        Tue 2026-11-03 09:15:01: <-- 550 no such user
        """)
    ).bounce
    #expect(bounce?.failure.replyCode == 550 && bounce?.cause == .addressUnknown)
  }

  @Test func `a letter of ours that tells of a report is not that report`() {
    let text =
      Self.notice("siti@dinas.example.go.id: 552 5.2.2 over quota")
      + "\n\nFinal-Recipient: rfc822; tamu@luar.example.id\nAction: failed\nStatus: 5.1.1\n"
    let bounce = Letters.read(text.replacingOccurrences("Received: ", "X-Kosong: ya\nReceived: ")).bounce
    #expect(bounce?.recipient == "siti@dinas.example.go.id" && bounce?.status == "5.2.2")
  }

  @Test func `each failed address has words of its own`() {
    let bounce = Letters.read(
      Self.notice(
        """
        <ani@a.example.id>:
        Remote host said: 550 5.1.1 no such user

        <budi@b.example.id>:
        Remote host said: 552 5.2.2 over quota
        """)
    ).bounce
    #expect(bounce?.recipient == "ani@a.example.id" && bounce?.status == "5.1.1" && bounce?.cause == .addressUnknown)
    #expect(bounce?.others.map(\.recipient) == ["budi@b.example.id"])
    #expect(bounce?.others.first?.status == "5.2.2" && bounce?.others.first?.cause == .mailboxFull)
    #expect(bounce?.others.first?.diagnostic == "Remote host said: 552 5.2.2 over quota")
  }

  @Test func `a header of failed recipients names them in any language`() {
    let bounce = Letters.read(
      "X-Failed-Recipients: ani@a.example.id,\n budi@b.example.id\n"
        + Self.notice("Surat tidak sampai, hubungi tamu@x.example.id")
    ).bounce
    #expect(bounce?.recipient == "ani@a.example.id" && bounce?.others.map(\.recipient) == ["budi@b.example.id"])
  }

  @Test func `a notice that names nobody is about the only one the letter went to`() {
    let bounce = Letters.read(Self.notice("421 Deferred: connection timed out")).bounce
    #expect(bounce?.recipient == "siti@dinas.example.go.id")
    #expect(bounce?.cause == .unreachable && bounce?.permanent == false)
  }

  @Test func `a warning in words is a delay`() {
    let bounce = Letters.read(
      Self.notice("siti@dinas.example.go.id\n   The letter is delayed and will be retried; do nothing.")
    ).bounce
    #expect(bounce?.action == .delayed && bounce?.permanent == false)
  }

  @Test func `addresses for help and our own are not the failed one`() {
    let bounce = Letters.read(
      Self.notice(
        """
        Dear meja@layanan.example.id,
        for help please contact <bantuan@mx.example.id>.
        The letter to siti@dinas.example.go.id was refused: 550 5.1.1 user unknown
        """)
    ).bounce
    #expect(bounce?.recipient == "siti@dinas.example.go.id")
  }

  @Test(arguments: [
    "Version 5.0.8 of the server", "call 021-550-1234", "from 192.5.1.1 at 4.5.6.7", "wrote 500 letters", "port 465",
  ])
  func `numbers that only look like codes are none`(words: String) {
    let bounce = Letters.read(Self.notice("siti@dinas.example.go.id: user unknown\n\(words)")).bounce
    #expect(bounce?.status == nil && bounce?.failure.replyCode == nil && bounce?.permanent == true)
  }

  // MARK: - Who is no mail system

  @Test(arguments: ["Postmaster <postmaster@dinas.example.go.id>", "System Administrator <tik@dinas.example.go.id>"])
  func `people of the mail room may complain as well`(sender: String) {
    let message = Letters.read("From: \(sender)\nSubject: domain kami mati\n\nSejak kemarin 550 5.1.2 host unknown.")
    #expect(message.automatic.kind == .none && message.bounce == nil)
  }

  @Test func `a person who writes about a bounce is a person`() {
    let words = """
      Subject: Undeliverable: surel kami ditolak

      Kami terus mendapat ini:
      <siti@dinas.example.go.id>: 550 5.1.1 user unknown (in reply to RCPT TO)
      could not be delivered
      """
    for sender in ["Budi <budi@dinas.example.go.id>", "Postmaster <postmaster@dinas.example.go.id>"] {
      let answer = words.replacingOccurrences("Subject: ", "Subject: Re: ")
      for text in sender.contains("Postmaster") ? [answer] : [words, answer] {
        let message = Letters.read("Return-Path: <budi@dinas.example.go.id>\nFrom: \(sender)\n" + text)
        #expect(message.bounce == nil)
        #expect(message.automatic.kind == .none)
      }
    }
  }

  @Test func `a person who forwards a bounce is a person`() {
    let message = Letters.read(
      """
      From: budi@dinas.example.go.id
      Subject: Fwd: Undelivered Mail Returned to Sender
      Content-Type: multipart/mixed; boundary=f

      --f

      Mohon dibantu.
      --f
      Content-Type: message/rfc822

      \(Letters.bounce)
      --f--
      """)
    #expect(message.bounce == nil && message.automatic.kind == .none)
  }

  @Test func `a warning about our own mailbox is no bounce`() {
    let message = Letters.read(
      """
      Return-Path: <>
      From: Postmaster <postmaster@layanan.example.id>
      Subject: Kotak surat hampir penuh

      Letters may soon not be delivered to this mailbox.
      """)
    #expect(message.bounce == nil && message.automatic.kind == .notification)
  }

  @Test func `the manager of a list that refuses a letter bounces it`() {
    let text = """
      From: warga-owner@daftar.example.id
      List-Id: <warga.daftar.example.id>
      Subject: Your letter to warga

      You are not a member of the list <warga@daftar.example.id>; the letter was not passed on.
      """
    let message = Letters.read(text)
    #expect(message.automatic.kind == .bounce)
    #expect(message.bounce?.cause == .recipientRestricted && message.bounce?.recipient == "warga@daftar.example.id")
    let member = Letters.read(text.replacingOccurrences("warga-owner", "budi"))
    #expect(member.automatic.kind == .list && member.bounce == nil)
  }
}
