import Foundation
import Mail
import Testing

struct HeaderReadingTests {
  private func subject(_ value: String) -> String { Letters.read("Subject: \(value)\n\nisi").subject }
  private func to(_ value: String) -> [String] {
    Letters.read("To: \(value)\n\nisi").to.map { "\($0.name)|\($0.address)" }
  }
  private func name(_ fields: String) -> String? {
    Letters.read("Subject: x\nContent-Type: application/pdf\n\(fields)\n\nisi").attachments.first?.fileName
  }

  @Test(arguments: [
    ("=?utf-8?q?apa_kabar?=", "apa kabar"), ("=?UTF-8*id?Q?a?=", "a"), ("=?utf-8?q?a?= =?utf-8?q?b?=", "ab"),
    ("=?utf-8?q?a?= b", "a b"), ("x=?utf-8?q?a?=y", "xay"), ("=?utf-8?q?=C3?= =?utf-8?q?=A9?=", "é"),
    ("=?utf-8?b?YQ?=", "a"), ("=?utf-8?b?YQ==Yg==?=", "ab"), ("=?utf-8?q?dua kata?=", "dua kata"),
    ("=?utf-8?q?dua\n _kata?=", "dua  kata"),
    ("=?utf-8?q?apa?=20ini?=", "apa?=20ini".replacingOccurrences(of: "=20", with: " ")),
    ("=?utf-8?q?tanpa_akhir", "tanpa akhir"), ("=?utf-8?q?satu =?utf-8?q?dua?=", "satu dua"),
    ("=?tidak-ada?q?Gr=FC=DFe?=", "Grüße"), ("=?utf-8?q?Gr=FC=DFe?=", "Grüße"), ("=?", "=?"),
    ("=?utf-8?x?a?=", "=?utf-8?x?a?="),
    ("日本", "日本"),
  ])
  func `encoded words are read in every form that programs write`(value: String, wanted: String) {
    #expect(subject(value).utf8.elementsEqual(wanted.utf8), "\(subject(value))")
  }

  @Test func `a header in bytes beyond ASCII is read in the set of the body`() {
    let head = Letters.bytes("Content-Type: text/plain; charset=gb2312\nSubject: ") + [0xC4, 0xE3, 0xBA, 0xC3]
    #expect(MailReader.read(head + Letters.bytes("\n\nisi")).subject == "你好")
  }

  @Test(arguments: [
    ("a@x.example", ["|a@x.example"]), ("Budi <a@x.example>", ["Budi|a@x.example"]),
    ("\"Santoso, Budi\" <a@x.example>, b@x.example", ["Santoso, Budi|a@x.example", "|b@x.example"]),
    ("a@x.example (Budi)", ["Budi|a@x.example"]), ("Budi (kantor) <a@x.example>", ["Budi (kantor)|a@x.example"]),
    ("Budi a@x.example", ["Budi|a@x.example"]), ("a@x.example; b@x.example", ["|a@x.example", "|b@x.example"]),
    ("grup: a@x.example, b@x.example;, c@x.example", ["|a@x.example", "|b@x.example", "|c@x.example"]),
    ("tanpa penerima:;", []), ("<@r.example,@s.example:a@x.example>", ["|a@x.example"]),
    ("<a @ x . example>", ["|a@x.example"]),
    ("=?utf-8?q?Santoso,_Budi?= <a@x.example>", ["Santoso, Budi|a@x.example"]), ("\"a@x.example\"", ["|a@x.example"]),
    ("\"tak tertutup <a@x.example>", ["\"tak tertutup|a@x.example"]), ("Budi <a@x.example", ["Budi|a@x.example"]),
    ("<>, b@x.example", ["|b@x.example"]), ("mailto:a@x.example", ["|a@x.example"]), (",, ,", []),
    ("\"kutip\\\"an\" <a@x.example>", ["kutip\"an|a@x.example"]), ("a@[IPv6:::1]", ["|a@[IPv6:::1]"]),
  ])
  func `mailboxes are read as people write them`(value: String, wanted: [String]) {
    #expect(to(value) == wanted)
  }

  @Test(arguments: [
    "a@b@x.example", ".a@x.example", "a..b@x.example", "a.@x.example", "a@x..example", "\"a b\"@x.example", "a", "a@",
    "<>",
  ])
  func `an author that two readers could take apart differently is no sender`(value: String) {
    #expect(Letters.read("From: \(value)\n\nisi").sender == nil)
  }

  @Test(arguments: [
    "Tue, 3 Nov 2026 09:15:00 +0700", "3 Nov 2026 09:15 +0700", "Tue, 03 Nov 26 02:15:00 GMT",
    "2026-11-03T09:15:00+07:00",
    "Tue Nov  3 09:15:00 2026 +0700", "Selasa, 3 Nopember 2026 09.15.00 WIB", "3/11/2026 09:15 GMT+7",
    "03-Nov-2026 9:15 AM +0700",
    "Tue, 3 (hari) Nov 2026 09:15:00 +0700 (WIB)", "Mon, 2 Nov 2026 21:15:00 EST",
  ])
  func `a date is one instant in every way it is written`(value: String) {
    #expect(Letters.read("Date: \(value)\n\nisi").date == Date(timeIntervalSince1970: 1_793_672_100))
  }

  @Test(arguments: [
    "", "besok", "31 Feb 2026 09:15", "3 Nov 2026 25:00", "3 Xyz 2026 09:15", "0 0 0", "99999999999999999999 Nov 2026",
  ])
  func `what is no day is no date`(value: String) {
    let message = Letters.read("Date: \(value)\n\nisi")
    #expect(message.date == nil && message.problems.contains("date_unreadable"))
  }

  @Test(arguments: [
    ("filename=surat.pdf", "surat.pdf"), ("filename=surat tugas.pdf", "surat tugas.pdf"),
    ("filename=\"a;b.pdf\"", "a;b.pdf"),
    ("filename*=utf-8''s%C3%BCrat.pdf", "sürat.pdf"), ("filename*0=su; filename*1=rat.pdf", "surat.pdf"),
    ("filename*1=rat.pdf; filename*0=su", "surat.pdf"), ("filename*0*=utf-8''s%C3; filename*1*=%BC.pdf", "sü.pdf"),
    ("filename=a.pdf; filename*=utf-8''b.pdf", "b.pdf"), ("filename=\"=?utf-8?q?a=C3=A9.pdf?=\"", "aé.pdf"),
    ("filename==?utf-8?q?a.pdf?=", "a.pdf"), ("filename=\"C:\\Data\\surat.pdf\"", "surat.pdf"),
    ("filename=\"tak tertutup.pdf", "tak tertutup.pdf"),
    ("filename=\"../../etc/passwd\"", "passwd"), ("filename=CON.pdf", "_CON.pdf"),
    ("filename=\"a\u{202E}fdp.exe\"", "afdp.exe"),
    ("filename=\"a\u{200B}\u{2060}.pdf\"", "a.pdf"), ("filename=\"\"", "lampiran-1.pdf"),
  ])
  func `names of files are read in every form and made safe`(parameters: String, wanted: String) {
    #expect(name("Content-Disposition: attachment; \(parameters)") == wanted)
  }

  @Test func `lines before the header do not hide it`() {
    for first in [
      "From budi@x.example Tue Nov  3 09:15:00 2026\n", ">From budi@x.example  Tue\n", "diterima oleh gerbang\n",
    ] {
      let message = Letters.read(first + Letters.plain)
      #expect(message.unreadable == nil && message.subject == "Domain tidak bisa dibuka", "\(first)")
    }
  }
}
