import Foundation
import Mail
import Testing

struct BodyReadingTests {
  private func text(_ type: String, _ bytes: [UInt8], _ encoding: String = "8bit") -> MailMessage {
    MailReader.read(
      Letters.bytes("From: a@x.example\nContent-Type: \(type)\nContent-Transfer-Encoding: \(encoding)\n\n") + bytes)
  }

  private func mixed(_ parts: String...) -> MailMessage {
    Letters.read(
      "From: a@x.example\nContent-Type: multipart/mixed; boundary=b\n\n" + parts.map { "--b\n\($0)\n" }.joined()
        + "--b--\n")
  }

  @Test(arguments: [
    ("utf-16", [0xFF, 0xFE, 0x61, 0, 0x62, 0] as [UInt8], "ab"), ("utf-16be", [0, 0x61, 0, 0x62], "ab"),
    ("utf-16", Array("abc".utf8), "abc"), ("utf-7", Array("Gr+APwA3w-e".utf8), "Grüße"),
    ("iso-2022-jp", [0x1B, 0x24, 0x42, 0x2D, 0x21, 0x1B, 0x28, 0x42], "①"),
    ("us-ascii", [0x1B, 0x24, 0x42, 0x46, 0x7C, 0x1B, 0x28, 0x42], "日"),
    ("iso-2022-kr", [0x0E, 0x47, 0x51, 0x0F, 0x61], "한a"), ("hz-gb-2312", Array("~{VPND~}a".utf8), "中文a"),
    ("shift_jis", [0x93, 0xFA], "日"), ("big5", [0xA4, 0xA4], "中"), ("koi8-r", [0xC1], "а"), ("cp1251", [0xE0], "а"),
    ("\"Windows-1252\"", [0x80], "€"), ("iso-8859-15", [0xA4], "€"), ("x-tidak-ada", [0xFC], "ü"),
    ("utf-8", [0xFC, 0xDF], "üß"),
    ("latin1//IGNORE", [0xE9], "é"), ("iso-8859-1", Array("é".utf8), "é"),
  ])
  func `every character set is read, untrue labels too`(charset: String, bytes: [UInt8], wanted: String) {
    #expect(text("text/plain; charset=\(charset)", bytes).text == wanted)
  }

  @Test func `html says its own character set where the header is silent`() {
    let html = Letters.bytes("<meta charset=\"gb2312\"><p>") + [0xC4, 0xE3, 0xBA, 0xC3]
    #expect(text("text/html", html).text == "你好")
  }

  @Test(arguments: [
    ("base64", "aGFsbw", "halo"), ("BASE64", "aGFs\n\nbw==\n", "halo"),
    ("base64", "aGFsbyB3YX!JnYSBkZXNh", "halo warga desa"),
    ("base64 (x)", "aGFsbw== catatan", "halo"), ("base64", "aGFsbw==\n____________\nmilis warga\n", "halo"),
    ("base64", "ini bukan base64, hanya kata", "ini bukan base64, hanya kata"),
    ("quoted-printable", "a=3Db=\n c= \n=d", "a=b c=d"),
    ("quoted-printable", "50=% =", "50=% "), ("tidak-ada", "a=3D", "a=3D"),
  ])
  func `transfer encodings are undone as far as they go`(encoding: String, content: String, wanted: String) {
    #expect(text("text/plain", Array(content.utf8), encoding).text == wanted)
  }

  @Test func `a file in uuencode within the text is a file`() throws {
    let message = text("text/plain", Array("lihat\nbegin 644 surat.txt\n$:&%L;P``\n`\nend\nterima kasih\n".utf8))
    let file = try #require(message.attachments.first)
    #expect(file.fileName == "surat.txt" && file.bytes == Array("halo".utf8))
    #expect(message.text == "lihat\nterima kasih\n" && message.problems.contains("uuencoded_file"))
    #expect(text("text/plain", Array("begin 644 itu\nbukan berkas\nend\n".utf8)).attachments.isEmpty)
  }

  @Test(arguments: ["", "; boundary=lain"])
  func `parts behind a boundary that nobody named are parts`(boundary: String) {
    let message = text(
      "multipart/mixed\(boundary)", Array("--b\n\nsatu\n--b\nContent-Type: image/png\n\nx\n--b--\n".utf8))
    #expect(message.text == "satu" && message.attachments.count == 1 && message.problems.contains("boundary_missing"))
  }

  @Test func `an attached message is a file that can be read again`() throws {
    let inner = "From: c@d.example\nSubject: dalam\n\nisi dalam\n"
    for part in [
      "Content-Type: message/rfc822\n\n\(inner)",
      "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n\(Data(inner.utf8).base64EncodedString())",
    ] {
      let message = mixed("\nluar", part)
      let file = try #require(message.attachments.first)
      #expect(message.text == "luar" && file.fileName == "dalam.eml" && file.contentType == "message/rfc822")
      #expect(MailReader.read(file.bytes).text.hasPrefix("isi dalam"))
    }
    let alone = mixed("Content-Type: message/rfc822\n\n\(inner)")
    #expect(alone.text.hasPrefix("isi dalam") && alone.subject == "dalam" && alone.sender?.address == "a@x.example")
    #expect(alone.problems.contains("text_of_attached_message"))
    let broken = mixed("\nluar", "Content-Type: message/rfc822\n\nbukan surat")
    #expect(broken.attachments.first.map { String(decoding: $0.bytes, as: UTF8.self) } == "bukan surat")
  }

  @Test func `one file is the same file whatever ended its lines`() {
    let letter =
      "From: a@x.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nisi\n--b\nContent-Type: text/csv\n\n1\n2\n--b--\n"
    let other = Letters.read(letter.replacingOccurrences(of: "\n", with: "\r\n"))
    #expect(other.attachments.map(\.sha256) == Letters.read(letter).attachments.map(\.sha256))
  }

  @Test func `an image is told where it stands in the text`() throws {
    let message = mixed(
      "Content-Type: text/html\n\n<p>lihat <img src=\"cid:a%40x\"> ini",
      "Content-Type: image/png; name=peta.png\nContent-ID: <a@x>\n\nx")
    #expect(message.text == "lihat [peta.png] ini")
    #expect(try #require(message.attachments.first).inline)
  }

  @Test func `a calendar is read in words`() {
    let event =
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Rapat\\, domain\nDTSTART;TZID=Asia/Jakarta:20261103T091500\nDTEND:20261103T031500Z\n"
      + "LOCATION:Ruang\n  2\nBEGIN:VALARM\nSUMMARY:alarm\nEND:VALARM\nEND:VEVENT\nEND:VCALENDAR\n"
    let message = text("text/calendar", Array(event.utf8))
    #expect(
      message.text
        == "Acara: Rapat, domain\nWaktu: 2026-11-03 09:15 (Asia/Jakarta) – 2026-11-03 03:15 UTC\nTempat: Ruang 2")
    #expect(message.attachments.first?.contentType == "text/calendar")
  }

  @Test func `winmail_dat, encrypted and signed mail say what they are`() {
    #expect(mixed("\nisi", "Content-Type: application/ms-tnef; name=winmail.dat\n\nx").problems.contains("tnef_file"))
    #expect(text("multipart/encrypted; boundary=b", Array("--b\n\nx\n--b--\n".utf8)).problems.contains("pgp_encrypted"))
    let armoured =
      "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nisi\n- --\n-----BEGIN PGP SIGNATURE-----\nx\n-----END PGP SIGNATURE-----\n"
    let clear = text("text/plain", Array(armoured.utf8))
    #expect(clear.text == "isi\n--\n" && clear.problems.contains("pgp_signed"))
    let cut = text("text/plain", Array(armoured.utf8.prefix(100)))
    #expect(cut.text.contains("isi"))
  }

  @Test func `what was signed opaquely is read, whole or in pieces, and never beyond its length`() throws {
    let entity = Letters.bytes("Content-Type: text/plain\n\nisi bertanda\n")
    let oid: [UInt8] = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07]
    func wrap(_ content: [UInt8], _ kind: UInt8 = 2) -> [UInt8] {
      [0x30, 0x80] + oid + [kind, 0xA0, 0x80, 0x30, 0x80, 2, 1, 1, 0x31, 0, 0x30, 0x80] + oid + [1, 0xA0, 0x80]
        + content
    }
    let count = UInt8(entity.count)
    let whole = wrap([0x04, count] + entity)
    let pieces = wrap([0x24, 0x80, 0x04, 5] + entity.prefix(5) + [0x04, count - 5] + entity.dropFirst(5) + [0, 0])
    for bytes in [whole, pieces] {
      let message = text("application/pkcs7-mime", Array(Data(bytes).base64EncodedString().utf8), "base64")
      #expect(message.text.hasPrefix("isi bertanda") && message.problems.contains("smime_signed"))
      #expect(message.attachments.count == 1)
    }
    let locked = text(
      "application/pkcs7-mime", Array(Data(wrap([0x04, 1, 0x61], 3)).base64EncodedString().utf8), "base64")
    #expect(locked.text.isEmpty && locked.problems.contains("smime_encrypted"))
    for end in pieces.indices {
      _ = text("application/pkcs7-mime", Array(Data(pieces[..<end]).base64EncodedString().utf8), "base64")
      var wrong = pieces
      wrong[end] = 0xFF
      _ = text("application/pkcs7-mime", Array(Data(wrong).base64EncodedString().utf8), "base64")
    }
  }
}
