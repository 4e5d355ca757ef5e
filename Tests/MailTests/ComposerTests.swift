import Foundation
import Mail
import Testing

struct ComposerTests {
  private static let office = MailAddress(name: "Layanan Domain", address: "bantuan@layanan.example.id")
  private static let budi = MailAddress(name: "Budi", address: "budi@dinas.example.go.id")

  private func letter(subject: String = "Jawaban", text: String = "Halo.", html: String? = nil) -> OutgoingMail {
    OutgoingMail(
      messageID: "l1@layanan.example.id", date: Date(timeIntervalSince1970: 1_793_672_100), from: Self.office,
      to: [Self.budi], subject: subject, text: text, html: html)
  }

  private func fields(_ bytes: [UInt8]) -> [String] {
    let end = Data(bytes).range(of: Data("\r\n\r\n".utf8))?.lowerBound ?? bytes.count
    return Array(bytes[..<end]).split(separator: 10).filter { $0.first != 32 && $0.first != 9 }.map {
      String(decoding: $0.prefix { $0 != 58 }, as: UTF8.self)
    }
  }

  private func expectWellFormed(_ bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) {
    var length = 0
    var last: UInt8 = 0
    for byte in bytes {
      if byte == 10 || last == 13 { #expect(byte == 10 && last == 13, sourceLocation: sourceLocation) }
      length = byte == 10 ? 0 : length + 1
      if length > 999 { Issue.record("line over 998 bytes", sourceLocation: sourceLocation) }
      if byte == 0 || byte > 127 { Issue.record("not ASCII", sourceLocation: sourceLocation) }
      last = byte
    }
    #expect(last == 10, sourceLocation: sourceLocation)
  }

  @Test func `a letter comes back as it was meant`() throws {
    var mail = letter(subject: "Jawaban atas ADU-202611-00001-X: ganti NS — segera", html: "<p>Halo.</p>")
    mail.text = "Halo,\n.titik\nFrom awal\nekor \n=sama=\n" + String(repeating: "panjang ", count: 60) + "\nselesai"
    mail.replyTo = MailAddress(name: "", address: "balas+kode@layanan.example.id")
    mail.inReplyTo = "a1@dinas.example.go.id"
    mail.references = (0..<150).map { "r\($0)@x.example" }
    mail.autoSubmitted = "auto-replied"
    mail.ticketNumber = "ADU-202611-00001-X"
    mail.attachments = [
      MailAttachment(fileName: "Laporan – éé.pdf", contentType: "application/pdf", bytes: (0...255).map { UInt8($0) }),
      MailAttachment(fileName: "asli.eml", contentType: "message/rfc822", bytes: Array("x".utf8)),
    ]
    let bytes = try MailComposer.compose(mail)
    expectWellFormed(bytes)
    #expect(bytes == (try MailComposer.compose(mail)))
    let read = MailReader.read(bytes)
    #expect(read.messageID == mail.messageID && read.date == mail.date && read.subject == mail.subject)
    #expect(read.sender == mail.from && read.to == mail.to && read.replyTo == [mail.replyTo])
    #expect(read.inReplyTo == mail.inReplyTo)
    #expect(read.references == ["r0@x.example"] + mail.references.suffix(99))
    #expect(read.text == mail.text + "\n" || read.text == mail.text)
    #expect(read.html?.hasPrefix("<p>Halo.</p>") == true)
    #expect(read.attachments.map(\.fileName) == ["Laporan – éé.pdf", "asli.eml"])
    #expect(read.attachments[0].bytes == mail.attachments[0].bytes)
    #expect(read.attachments[1].contentType == "application/octet-stream")
    #expect(read.automatic.kind == .autoReply)
  }

  @Test func `no hostile value adds a field, and each comes back as its clean self`() throws {
    let plain = fields(try MailComposer.compose(letter()))
    for (index, value) in Hostile.all.enumerated() {
      for subject in [value, "a\(value)b", "Re: x\(value)\r\nBcc: mata@jahat.example", "=?utf-8?B?\(value)"] {
        var mail = letter(subject: subject)
        mail.to = [MailAddress(name: subject, address: Self.budi.address)]
        if index % 8 == 0 {
          mail.attachments = [MailAttachment(fileName: subject, contentType: subject, bytes: [1])]
        }
        let bytes = try MailComposer.compose(mail)
        expectWellFormed(bytes)
        let names = fields(bytes)
        #expect(
          names.filter { $0 != "Content-Transfer-Encoding" } == plain.filter { $0 != "Content-Transfer-Encoding" })
        let read = MailReader.read(bytes)
        #expect(read.to.map(\.address) == [Self.budi.address])
        #expect(read.sender == Self.office)
        #expect(same(read.subject, clean(subject)), "\(subject.debugDescription)")
        #expect(same(read.to.first?.name, clean(subject)), "\(subject.debugDescription)")
      }
    }
  }

  /// Equal scalar by scalar; `==` of String would call different spellings equal.
  private func same(_ left: String?, _ right: String) -> Bool {
    guard let left else { return false }
    return left.utf8.elementsEqual(right.utf8)
  }

  /// What a one-line value is meant to be: control runs become one space, ends trimmed.
  private func clean(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let gap = scalar.value < 32 || (0x7F...0x9F).contains(scalar.value) || [0x2028, 0x2029].contains(scalar.value)
      if (gap || scalar == " ") && out.isEmpty || gap && out.last == " " { continue }
      out.append(gap ? " " : scalar)
    }
    while out.last == " " { out.removeLast() }
    return String(out)
  }

  @Test func `thousands of random subjects and names come back`() throws {
    var numbers = Numbers(11)
    let pool =
      Hostile.all + [
        "a", "Budi ", "é", "日本", "👩‍👩‍👧", "  ", "=?utf-8?Q?x?=", "\u{FEFF}", String(repeating: "w", count: 90),
      ]
    for _ in 0..<4_000 {
      let words = (0..<Int.random(in: 1...9, using: &numbers)).map { _ in
        pool[Int.random(in: 0..<pool.count, using: &numbers)]
      }
      let value = words.joined()
      var mail = letter(subject: value)
      mail.from.name = String(value.unicodeScalars.prefix(80))
      let read = MailReader.read(try MailComposer.compose(mail))
      #expect(same(read.subject, clean(value)), "\(value.debugDescription)")
      #expect(read.from.map(\.address) == [Self.office.address])
      #expect(
        same(read.from.first?.name, clean(mail.from.name)),
        "\(mail.from.name.debugDescription)")
    }
  }

  @Test func `values that can only be meant as harm are refused`() {
    func error(_ change: (inout OutgoingMail) -> Void) -> MailComposeError? {
      var mail = letter()
      change(&mail)
      do throws(MailComposeError) { _ = try MailComposer.compose(mail) } catch { return error }
      return nil
    }
    #expect(error { $0.to = [] } == .recipients)
    #expect(error { $0.to = Array(repeating: Self.budi, count: 101) } == .recipients)
    #expect(error { $0.to = [MailAddress(address: "a@b.id>\r\nRCPT TO:<c@d.id")] } == .address(field: "to"))
    #expect(error { $0.from.address = "bukan alamat" } == .address(field: "from"))
    #expect(error { $0.replyTo = MailAddress(address: "x") } == .address(field: "replyTo"))
    #expect(error { $0.messageID = "a@b\r\nX: y" } == .identifier(field: "messageID"))
    #expect(error { $0.inReplyTo = "<a@b>" } == .identifier(field: "inReplyTo"))
    #expect(error { $0.references = ["a@b", "tanpa-at"] } == .identifier(field: "references"))
    #expect(error { $0.autoSubmitted = "no\r\nX: y" } == .autoSubmitted)
    #expect(error { $0.ticketNumber = "ADU 1" } == .ticketNumber)
    #expect(error { $0.date = Date(timeIntervalSince1970: .infinity) } == .date)
    #expect(error { $0.date = Date(timeIntervalSince1970: .nan) } == .date)
  }

  @Test func `every text comes back through quoted-printable`() throws {
    var numbers = Numbers(5)
    let pool = [
      "a", ".", "From ", "=", " ", "\t", "\n", "\r\n", "\r", "é", "日", "\u{2028}", "--=_",
      String(repeating: "x", count: 200),
    ]
    for _ in 0..<1_500 {
      let text = (0..<40).map { _ in pool[Int.random(in: 0..<pool.count, using: &numbers)] }.joined()
      let bytes = try MailComposer.compose(letter(text: text))
      expectWellFormed(bytes)
      var wanted = String.UnicodeScalarView()
      for scalar in text.replacingOccurrences(of: "\r\n", with: "\n").unicodeScalars {
        wanted.append(scalar == "\r" ? "\n" : scalar)
      }
      wanted.append("\n")
      #expect(same(MailReader.read(bytes).text, String(wanted)))
    }
  }

  @Test(arguments: [
    ("../../etc/passwd", "passwd"), ("C:\\x\\y.doc", "y.doc"), ("", "lampiran-1.pdf"), ("...", "lampiran-1.pdf"),
    (".htaccess", "htaccess"), ("a\r\nb\0.txt", "ab.txt"), ("con.txt", "_con.txt"), ("x\u{202E}fdp.exe", "xfdp.exe"),
    ("\";filename*=x", "_;filename_=x"),
  ])
  func `a file name is safe to show and store`(name: String, safe: String) {
    let file = MailAttachment(fileName: name, contentType: "application/pdf", bytes: [])
    #expect(file.fileName == safe)
  }

  @Test func `a long file name keeps its ending within 120 bytes`() {
    let file = MailAttachment(fileName: String(repeating: "é", count: 300) + ".pdf", contentType: "x/y", bytes: [])
    #expect(file.fileName.utf8.count <= 120 && file.fileName.hasSuffix("é.pdf"))
  }
}
