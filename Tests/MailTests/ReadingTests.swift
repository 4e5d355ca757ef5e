import Foundation
import Mail
import Testing

struct ReadingTests {
  @Test func `a plain letter gives thread, people, date and both halves of its text`() {
    let message = Letters.read(Letters.plain)
    #expect(message.messageID == "a1@dinas.example.go.id")
    #expect(message.inReplyTo == "b2@layanan.example.id")
    #expect(message.references == ["b1@layanan.example.id", "b2@layanan.example.id"])
    #expect(message.sender == MailAddress(name: "Budi Santoso", address: "budi@dinas.example.go.id"))
    #expect(message.to.map(\.address) == ["bantuan@layanan.example.id", "kedua@layanan.example.id"])
    #expect(message.cc.map(\.address) == ["atasan@dinas.example.go.id"])
    #expect(message.returnPath == "budi@dinas.example.go.id")
    #expect(message.deliveredTo == ["bantuan@layanan.example.id"])
    #expect(message.subject == "Domain tidak bisa dibuka")
    #expect(message.date == Date(timeIntervalSince1970: 1_793_672_100))
    #expect(message.visibleText == "Domain kami mati.")
    #expect(message.quotedText.hasPrefix("Pada Sen"))
    #expect(message.automatic.kind == .none)
    #expect(message.unreadable == nil && message.problems.isEmpty)
  }

  @Test func `plain text is taken from an alternative, files get safe names and hashes`() throws {
    let message = Letters.read(Letters.mixed)
    #expect(message.text == "Grüße")
    #expect(message.html == "<p>Gr&uuml;&szlig;e aus HTML</p>")
    try #require(message.attachments.count == 2)
    let file = message.attachments[0]
    #expect(file.fileName == "surat tugas.png")
    #expect(file.bytes == Array("halo".utf8))
    #expect(file.sha256.utf8.count == 64)
    #expect(file.contentType == "image/png")
    #expect(message.attachments[1].contentType == "message/rfc822")
    #expect(message.attachments[1].fileName == "diteruskan.eml")
    #expect(String(decoding: message.attachments[1].bytes, as: UTF8.self).contains("isi"))
  }

  @Test func `the hash of a file is its SHA-256`() {
    #expect(
      MailAttachment(fileName: "a", contentType: "text/plain", bytes: Array("abc".utf8)).sha256
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      MailAttachment(fileName: "a", contentType: "text/plain", bytes: []).sha256
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test(arguments: [
    ("From: a@x.example\nFrom: b@x.example\n", 2), ("From: a@x.example, b@x.example\n", 2),
    ("From: grup: a@x.example, b@x.example;\n", 2), ("From : a@x.example\nfrom: b@x.example\n", 2),
    ("To: a@x.example\n", 0),
  ])
  func `an ambiguous or missing author is no sender, but stays visible`(header: String, count: Int) {
    let message = Letters.read(header + "Subject: x\n\nisi\n")
    #expect(message.sender == nil)
    #expect(message.from.count == count)
    #expect(message.problems.contains { $0.hasPrefix("from_") })
    #expect(message.text == "isi\n")
  }

  @Test func `bytes without any header stay readable and go to quarantine`() {
    let message = Letters.read("hanya teks tanpa kepala\nbaris dua\n")
    #expect(message.unreadable == "no_header")
    #expect(message.text.contains("baris dua"))
    #expect(MailReader.read([]).unreadable == "empty")
    #expect(Letters.read("\r\n\r\n").unreadable == "empty")
  }

  @Test func `a message with CR line ends is read as if it had LF`() {
    let message = Letters.read(Letters.plain.replacingOccurrences(of: "\n", with: "\r"))
    #expect(message.subject == "Domain tidak bisa dibuka")
    #expect(message.visibleText == "Domain kami mati.")
    #expect(message.problems == ["bare_cr_line_ends"])
  }

  @Test func `a bare CR or NUL in the header opens no second field`() {
    let message = Letters.read("From: a@x.example\rFrom: b@x.example\nSubject: x\0y\rBcc: c@x.example\n\nisi")
    #expect(message.problems.contains("control_in_header"))
    #expect(message.subject == "x y Bcc: c@x.example")
    #expect(message.sender == nil)
  }

  @Test func `an encoded word cannot bring a line end into a value`() {
    let message = Letters.read(
      "From: =?utf-8?Q?a=0D=0ABcc=3A_x=40y.example=00?= <a@x.example>\nSubject: =?utf-8?Q?a=0Ab=E2=80=A8c=C2=85d?=\n\nx"
    )
    #expect(message.subject == "a b c d")
    #expect(message.sender?.address == "a@x.example")
    let line = (message.sender?.name ?? "").unicodeScalars
    #expect(!line.contains { $0.value < 32 || $0.value == 0x85 || $0.value == 0x2028 })
  }

  @Test func `charsets, wrong and missing ones too, give readable text`() {
    func body(_ charset: String, _ bytes: [UInt8]) -> String {
      MailReader.read(Letters.bytes("From: a@x.example\nContent-Type: text/plain; charset=\(charset)\n\n") + bytes).text
    }
    #expect(body("iso-8859-1", [0x47, 0x72, 0xFC, 0xDF, 0x65]) == "Grüße")
    #expect(body("utf-8", [0x93, 0x61, 0x94]).contains("a"))
    #expect(body("tidak-ada//TRANSLIT", [0x80]) == "€")
    #expect(body("us-ascii", Array("Grüße".utf8)) == "Grüße")
    #expect(body("gb2312", [0xC4, 0xE3, 0xBA, 0xC3]) == "你好")
    #expect(body("iso-2022-jp", [0x1B, 0x24, 0x42, 0x46, 0x7C, 0x1B, 0x28, 0x42]) == "日")
  }

  @Test func `padded encoded words in a row lose nothing`() {
    let message = Letters.read(
      """
      From: =?utf-8?B?YQ==?= =?utf-8?B?YmM=?= <a@x.example>
      Subject: =?utf-8?B?2IU7zIjYgDs=?=
       =?utf-8?B?zIg=?= x
      Content-Disposition: attachment; filename="=?utf-8?B?c3VyYQ==?= =?utf-8?B?dC50eHQ=?="

      isi
      """)
    #expect(message.sender?.name == "abc")
    #expect(message.subject.utf8.elementsEqual("\u{605};\u{308}\u{600};\u{308} x".utf8))
    #expect(message.attachments.first?.fileName == "surat.txt")
  }

  @Test func `flowed lines are joined and their quotation kept`() {
    let message = Letters.read(
      "From: a@x.example\nContent-Type: text/plain; format=flowed\n\nsatu \ndua\n> kutip \n> lagi\n-- \nBudi\n")
    #expect(message.text == "satu dua\n> kutip lagi\n-- \nBudi\n")
  }

  @Test func `json has exactly the promised keys and nulls for what is absent`() throws {
    let page = try #require(
      try JSONSerialization.jsonObject(with: Letters.read("Subject: x\n\ny").json()) as? [String: Any])
    #expect(
      page.keys.sorted() == [
        "attachments", "automatic", "bounce", "cc", "date", "from", "html", "inReplyTo", "messageID", "problems",
        "quotedText", "references", "replyTo", "subject", "text", "to", "visibleText",
      ])
    #expect(page["from"] is NSNull && page["date"] is NSNull && page["bounce"] is NSNull)
    let full = try #require(
      try JSONSerialization.jsonObject(with: Letters.read(Letters.mixed).json()) as? [String: Any])
    let file = try #require((full["attachments"] as? [[String: Any]])?.first)
    #expect(file.keys.sorted() == ["contentID", "contentType", "fileName", "inline", "sha256", "size"])
    let bounce = try #require(
      try JSONSerialization.jsonObject(with: Letters.read(Letters.bounce).json()) as? [String: Any])
    #expect(
      (bounce["bounce"] as? [String: Any])?.keys.sorted() == [
        "action", "cause", "diagnostic", "finalRecipient", "originalMessageID", "others", "permanent", "recipient",
        "replyCode", "status",
      ])
    let plain = try #require(
      try JSONSerialization.jsonObject(with: Letters.read(Letters.plain).json()) as? [String: Any])
    #expect(plain["date"] as? String == "2026-11-03T02:15:00Z")
  }
}
