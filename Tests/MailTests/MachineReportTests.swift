import Mail
import Testing

/// Reports and answers of machines, told from persons' mail and from bounces.
struct MachineReportTests {
  private func report(_ type: String, _ part: String, subject: String = "laporan") -> MailMessage {
    Letters.read(
      """
      Return-Path: <>
      From: mesin@mx.example.id
      Subject: \(subject)
      Auto-Submitted: auto-replied
      Content-Type: multipart/report; report-type=\(type); boundary=r

      --r
      Content-Type: text/plain

      The letter to siti@dinas.example.go.id was read; 550 5.1.1 is not meant here.
      --r
      \(part)
      --r
      Content-Type: message/rfc822

      Message-ID: <letter-7@layanan.example.id>
      Subject: Jawaban

      isi
      --r--
      """)
  }

  @Test func `a feedback report is abuse and no bounce`() {
    let message = report("feedback-report", "Content-Type: message/feedback-report\n\nFeedback-Type: abuse\n")
    #expect(message.automatic.kind == .abuseReport && message.bounce == nil)
    #expect(message.automatic.reasons.first == "feedback_report")
  }

  @Test func `a complaint in the form of Outlook is abuse`() {
    let message = Letters.read(
      """
      From: staff@hotmail.com
      Subject: complaint about message from 192.0.2.7
      Content-Type: multipart/mixed; boundary=r

      --r
      Content-Type: message/rfc822

      Subject: Jawaban

      isi
      --r--
      """)
    #expect(message.automatic.kind == .abuseReport)
  }

  @Test(arguments: ["displayed", "deleted", "denied"])
  func `a read receipt is a notification, not an answer and no bounce`(what: String) {
    let message = report(
      "disposition-notification",
      "Content-Type: message/disposition-notification\n\n"
        + "Final-Recipient: rfc822; siti@dinas.example.go.id\nDisposition: manual-action/MDN-sent-manually; \(what)\n")
    #expect(message.automatic.kind == .notification && message.bounce == nil)
    #expect(message.automatic.reasons.first == "read_receipt")
  }

  @Test func `a TLS report is a notification`() {
    let message = report("tlsrpt", "Content-Type: application/tlsrpt+gzip\nContent-Transfer-Encoding: base64\n\nH4sI\n")
    #expect(message.automatic.reasons.first == "tls_report" && message.automatic.kind == .notification)
  }

  private func dmarc(subject: String, sender: String, text: String) -> MailMessage {
    Letters.read(
      """
      From: \(sender)
      Subject: \(subject)
      Content-Type: multipart/mixed; boundary=r

      --r

      \(text)
      --r
      Content-Type: application/gzip; name="mx.example.id!layanan.example.id!1793600000!1793686399.xml.gz"
      Content-Disposition: attachment
      Content-Transfer-Encoding: base64

      H4sI
      --r--
      """)
  }

  @Test func `a DMARC report is a notification, a person who asks about one is a person`() {
    let subject = "Report Domain: layanan.example.id Submitter: mx.example.id Report-ID: <7>"
    for message in [
      dmarc(subject: subject, sender: "laporan@mx.example.id", text: "This is a report."),
      dmarc(subject: "harian", sender: "noreply-dmarc@mx.example.id", text: ""),
    ] {
      #expect(message.automatic.kind == .notification && message.automatic.reasons.first == "dmarc_report")
    }
    let person = dmarc(subject: "Fwd: " + subject, sender: "budi@dinas.example.go.id", text: "Apa arti laporan ini?")
    #expect(person.automatic.kind == .none)
    #expect(
      dmarc(subject: "laporan aneh", sender: "budi@dinas.example.go.id", text: "Apa ini?").automatic.kind == .none)
  }

  @Test(arguments: [
    "<?xml version=\"1.0\"?>\n<feedback><report_metadata><org_name>x</org_name>",
    "<feedback xmlns:x=\"http://x.example\"><version>1.0</version><report_metadata>",
    "{\"organization-name\":\"x\",\"date-range\":{},\"policies\":[]}",
  ])
  func `a bare report is known and still no mail`(report: String) {
    let message = Letters.read(report)
    #expect(message.automatic.kind == .notification && message.unreadable == "no_header")
    #expect(message.text == report)
    #expect(Letters.read("<feedback>bagus sekali</feedback>").automatic.kind == .none)
  }

  @Test(arguments: [("REPLY", Automatic.Kind.notification), ("REQUEST", .none), ("CANCEL", .none)])
  func `an answer of a calendar is a notification, an invitation is a person's`(
    method: String, kind: Automatic.Kind
  ) {
    let message = Letters.read(
      """
      From: budi@dinas.example.go.id
      Subject: Accepted: rapat
      Content-Type: multipart/alternative; boundary=c

      --c

      Budi
      --c
      Content-Type: text/calendar; method=\(method)

      BEGIN:VCALENDAR
      METHOD:\(method)
      END:VCALENDAR
      --c--
      """)
    #expect(message.automatic.kind == kind)
  }

  @Test(arguments: [
    ("Automatic reply: domain", Automatic.Kind.autoReply), ("Balasan otomatis: domain", .autoReply),
    ("Réponse automatique : domaine", .autoReply), ("Автоматический ответ: домен", .autoReply),
    ("自動返信: ドメイン", .autoReply), ("Re: Automatic reply: domain", .none),
    ("Di luar kantor situs kami tidak bisa dibuka", .none), ("Out of office printer", .none),
  ])
  func `subjects of automatic answers are told from those of persons`(subject: String, kind: Automatic.Kind) {
    let message = Letters.read("From: budi@dinas.example.go.id\nSubject: \(subject)\n\nisi")
    #expect(message.automatic.kind == kind)
  }

  @Test func `a vacation with the null return path is an answer and no bounce`() {
    let message = Letters.read(
      """
      Return-Path: <>
      From: Budi <budi@dinas.example.go.id>
      Subject: Out of office: Jawaban

      Saya kembali tanggal 5. Bila mendesak: siti@dinas.example.go.id atau 021 550 1234.

      > 550 5.1.1 user unknown, could not be delivered to tamu@x.example.id
      """)
    #expect(message.automatic.kind == .autoReply && message.bounce == nil)
  }

  @Test func `notices of a cloud service are told by what they are about`() {
    func notice(_ json: String, wrapped: Bool) -> MailMessage {
      let quoted = json.replacingOccurrences("\"", "\\\"")
      let body =
        wrapped ? "{\"Type\":\"Notification\",\n\"Message\":\"\(quoted)\"}\n" : json + "\n\n--\nunsubscribe here"
      return Letters.read("From: no-reply@sns.amazonaws.com\nSubject: notice\n\n" + body)
    }
    let bounce =
      #"{"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bouncedRecipients":["#
      + #"{"emailAddress":"siti@dinas.example.go.id","status":"5.1.1","#
      + #""diagnosticCode":"smtp; 550 5.1.1 user unknown"}]}}"#
    for wrapped in [true, false] {
      let message = notice(bounce, wrapped: wrapped)
      #expect(message.automatic.kind == .bounce && message.bounce?.recipient == "siti@dinas.example.go.id")
      #expect(message.bounce?.status == "5.1.1" && message.bounce?.cause == .addressUnknown)
      #expect(notice(#"{"notificationType":"Complaint"}"#, wrapped: wrapped).automatic.kind == .abuseReport)
      #expect(notice(#"{"notificationType":"Delivery"}"#, wrapped: wrapped).automatic.kind == .notification)
    }
    #expect(Letters.read("From: budi@x.example.id\n\n" + bounce).bounce == nil)
  }
}
