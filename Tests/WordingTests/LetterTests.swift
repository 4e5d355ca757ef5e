import Desk
import Testing

@testable import SOP
@testable import Wording

@Suite struct LetterTests {
  let letters = Letters()

  @Test(arguments: LetterStem.allCases, Language.allCases)
  func `every built-in text passes its own check`(stem: LetterStem, language: Language) {
    #expect(Letters.check(Letters.builtIn(stem, language), for: stem, language) == nil)
  }

  @Test(arguments: Language.allCases)
  func `every kind of letter is written, with nothing left open`(language: Language) throws {
    let ticket = try Samples.ticket(Samples.complaint(language: language))
    for letter in Samples.letters("Kata petugas.") {
      let written = letters.write(letter, for: ticket, links: Samples.links)
      #expect(written.subject.hasPrefix("[\(Samples.number)] "))
      #expect(!written.text.contains("{{") && !written.text.contains("\n\n\n"))
      #expect(written.text.utf8.last == UInt8(ascii: "\n"))
      #expect(written.text.contains(letters.office.officeName) || letter.to == .supervisor)
      let html = try #require(written.html)
      #expect(html.contains("<a href=\"https://sigap.example/"))
    }
  }

  @Test(arguments: Samples.hostileWords)
  func `what people write stays text`(words: String) throws {
    let ticket = try Samples.ticket(Samples.complaint(words))
    for letter in Samples.letters(words) {
      let written = letters.write(letter, for: ticket, links: Samples.links)
      #expect(written.subject.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x85 && $0 != "\u{202E}" })
      #expect(written.subject.utf8.count { $0 == UInt8(ascii: "[") } == 1)
      #expect(!written.text.utf8.contains(13))
      let html = Array((written.html ?? "").utf8)
      for tag in ["<script", "<img", "<b>"] { #expect(!html.contains(Array(tag.utf8))) }
      if words.contains("{{number}}"), case .message = letter.kind {
        #expect(written.text.contains("{{number}}{{{office}}}"))
      }
    }
  }

  @Test(arguments: Samples.hostileWords + ["rahasia-pengirim"])
  func `receipt and proof hold no word of the sender`(words: String) throws {
    let plain = try Samples.ticket(Samples.complaint("x"))
    let ticket = try Samples.ticket(Samples.complaint(words))
    let receipt = Samples.letters(words)[0]
    let written = letters.write(receipt, for: ticket, links: Samples.links)
    #expect(written == letters.write(receipt, for: plain, links: Samples.links))
    #expect(!written.text.contains("sukamaju") && !written.text.contains("sari@"))
    #expect(written.text.contains("23 November 2026 pukul 14.15 WIB"))
    let proof = letters.writeProof(
      code: "123456", link: Samples.links.follow, ticket: Samples.number, language: .indonesian)
    #expect(proof.text.contains("\n123456\n") && proof.text.contains(Samples.links.follow))
  }

  @Test func `the hand-off shows old beside new, and nothing of the requester`() throws {
    let ticket = try Samples.ticket(Samples.complaint("Sari Wulandari"))
    let letter = Letter(
      id: "x.1", to: .registry, kind: .handoff(Samples.handoff("Ubah server nama")), held: false)
    let written = letters.write(letter, for: ticket, links: Samples.links)
    #expect(written.subject == "[\(Samples.number)] Ubah server nama – sukamaju.desa.id")
    #expect(written.text.contains("ns1.lama.example  →  ns1.baru.go.id\nUbah server nama  →  (tidak ada)"))
    for word in RegistryReply.Verdict.allCases.map(\.replyWord) { #expect(written.text.contains("\n" + word)) }
    #expect(written.text.contains("Budi Santoso") && written.text.contains("23 November 2026 pukul 14.35 WIB"))
    #expect(!written.text.contains("Sari") && !written.text.contains("sari@"))
    #expect(!written.text.contains("acct-77f1") && !written.text.contains("kunci=abc"))
  }

  @Test func `a letter names its files and says where they are opened`() throws {
    let file = Attachment(fileName: "surat\u{202E}\ntugas.pdf", contentType: "application/pdf", size: 9, sha256: "ab")
    let ticket = try Samples.ticket()
    for (to, kind, place) in [
      (Party.requester, Letter.Kind.message(text: "Mohon dibaca."), "halaman tiket"),
      (.requester, .answer(Answer(text: "Selesai.", outcome: .solved)), "halaman tiket"),
      (.registry, .registryMessage(text: "Mohon dilihat."), "halaman penerusan"),
    ] {
      let letter = Letter(id: "x.1", to: to, kind: kind, held: false, files: [file])
      let written = letters.write(letter, for: ticket, links: Samples.links)
      #expect(written.text.contains("Berkas, dapat dibuka di \(place): surat tugas.pdf\n"), "\(written.text)")
      #expect(written.text.contains(to == .registry ? Samples.links.handoff ?? "?" : Samples.links.follow))
    }
  }

  @Test func `the stems are those the outbox stores`() {
    for letter in Samples.letters("x") { #expect(LetterStem(letter.kind).rawValue == letter.kind.stem) }
  }

  @Test func `the answer says how to react and when silence closes`() throws {
    let office = OfficeNames(confirmationDays: 5)
    let letter = Letter(
      id: "x.1", to: .requester, kind: .answer(Answer(text: "Sudah kami perbaiki.", outcome: .solved)), held: false)
    let written = try Letters(office: office).write(letter, for: Samples.ticket(), links: Samples.links)
    #expect(written.text.contains("Hasil: Masalah sudah ditangani\n\nSudah kami perbaiki.\n\nApakah"))
    #expect(written.text.contains("5 hari kerja") && written.text.contains(Samples.links.follow))
    #expect(written.text.contains("SELESAI") && written.text.contains("BELUM"))
  }

  @Test(arguments: Language.allCases)
  func `the former address is not told the new one`(language: Language) throws {
    var complaint = Samples.complaint(language: language)
    complaint.requester.email = "baru@lain.example"
    let letter = Letter(id: "x.1", to: .requester, kind: .addressNotice(former: "lama@desa.example"), held: false)
    let text = try letters.write(letter, for: Samples.ticket(complaint), links: Samples.links).text
    #expect(!text.contains("baru@") && !text.contains("lama@"))
  }

  @Test func `every closing notice names the right to go further`() throws {
    for kind in Closure.Kind.allCases {
      let letter = Letter(id: "x.1", to: .requester, kind: .closingNotice(kind), held: false)
      let text = try letters.write(letter, for: Samples.ticket(), links: Samples.links).text
      #expect(text.contains("LAPOR!") && text.contains("Ombudsman"))
    }
  }

  @Test func `an administrator's text replaces ours, and a broken one does not`() throws {
    let receipt = Samples.letters("x")[0]
    func text(_ override: String) throws -> String {
      try Letters(overrides: ["receipt.id": override]).write(receipt, for: Samples.ticket(), links: Samples.links).text
    }
    #expect(
      try text("Perihal\n\nNomor: {{ number }} {{#link}}ada{{/link}}{{^due}}tidak{{/due}}").hasPrefix("Nomor: ADU-"))
    #expect(try text("Perihal\n\n{{domain}}").contains("Yth. Bapak/Ibu"))
  }

  @Test(arguments: [
    "", "Perihal", "Perihal\n\n", "\n\nPerihal", "P\n\n{{", "P\n\n{{number", "P\n\n{{{number}}}", "P\n\n{{&number}}",
    "P\n\n{{>partial}}",
    "P\n\n{{uppercased(number)}}", "P\n\n{{requesterName}}", "P\n\n{{#link}}", "P\n\n{{/link}}",
    "P {{#link}}\n\n{{/link}}",
    "P\n\n{{%CONTENT_TYPE:HTML}}", "P\n\n{{=<% %>=}}", "P\n\n{{number}}}", "P\n\n{{#link}}{{#due}}{{/link}}{{/due}}",
    "P\n\n" + String(repeating: "x", count: 20_000),
  ])
  func `a text with anything but known names is refused with a sentence`(template: String) {
    for language in Language.allCases {
      let sentence = Letters.check(template, for: .receipt, language)
      if template == "\n\nPerihal" { continue }  // leading empty lines fall away: then the text is missing
      #expect(sentence?.isEmpty == false)
    }
  }

  @Test func `the paragraph separators of the world become plain lines`() {
    #expect(Clean.paragraphs("a\r\nb\rc\u{2028}d\u{0}e") == "a\nb\nc\nde")
    #expect(Clean.line(" a\r\n\u{0600}b\t c ") == "a \u{0600}b c")
    #expect(Clean.line("abcdef", limit: 3) == "abc")
  }
}

extension Array where Element: Equatable {
  fileprivate func contains(_ part: [Element]) -> Bool {
    guard !part.isEmpty, count >= part.count else { return false }
    return (0...(count - part.count)).contains { self[$0..<($0 + part.count)].elementsEqual(part) }
  }
}
