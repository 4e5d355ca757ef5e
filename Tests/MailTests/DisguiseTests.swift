import Mail
import Testing

struct DisguiseTests {
  private func signs(_ name: String, _ address: String, known: [String] = ["go.id", "desa.id"]) -> [Disguise.Sign] {
    Disguise(known: known).signs(MailAddress(name: name, address: address))
  }

  @Test func `an honest author has no sign`() {
    #expect(signs("Siti Aminah, S.H.", "siti@dinas.go.id").isEmpty)
    #expect(signs("siti@dinas.go.id", "Siti@dinas.go.id").isEmpty)
    #expect(signs("Dinas Kominfo (dinas.go.id)", "siti@surat.dinas.go.id").isEmpty)
    #expect(signs("", "siti@gmail.example").isEmpty)
    #expect(signs("T.I. Kab. A - Bag. 1.2", "a@usaha.co.id").isEmpty)
    #expect(signs("Ahmad", "ahmad@indigo.id").isEmpty)
  }

  @Test(arguments: [
    "bupati@kab.go.id", "Bupati <bupati@kab.go.id>", "\"bupati@kab.go.id\"", "Bupati (bupati@kab.go.id).",
    "bupati\u{200B}@kab.go.id",
    "bupati\u{FF20}kab\u{3002}go.id", "Siti,bupati@kab.go.id,",
  ])
  func `a name that holds another address is told`(name: String) {
    #expect(signs(name, "jahat@surat.example").contains(.nameHoldsOtherAddress))
  }

  @Test func `a name that holds a known domain is told when the mailbox is elsewhere`() {
    #expect(signs("Admin kominfo.go.id", "jahat@surat.example") == [.nameHoldsKnownDomain])
    #expect(signs("Admin KOMINFO.GO.ID.", "jahat@surat.example") == [.nameHoldsKnownDomain])
    #expect(signs("Admin kominfogo.id", "jahat@surat.example").isEmpty)
  }

  @Test(arguments: [
    "dinas.g0.id", "g0.id", "dinas.go.1d", "dinas.go.ld", "dinas-go.id", "go-id.com", "dinas.go-id.com",
    "dinas.go.id.example.com",
    "dinas.de5a.id", "desa-id.net", "dinas.xn--g-1tb.id", "dinas.g\u{43E}.id", "dinas.9o.id", "dinas.go.icl",
  ])
  func `a domain that looks like a known one is told`(domain: String) {
    #expect(signs("", "siti@\(domain)").contains(.domainLooksKnown))
  }

  @Test(arguments: [
    "dinas.go.id", "a.b.go.id", "maju.desa.id", "mango.id", "goid.com", "go.co.id", "id.go.com", "x.go", "logo.id",
  ])
  func `a domain that is one, or is not like one, is not told`(domain: String) {
    #expect(!signs("", "siti@\(domain)").contains(.domainLooksKnown))
  }

  @Test func `a whole domain can be known as well`() {
    let known = ["kominfo.go.id", "pandi.id"]
    for domain in [
      "korninfo.go.id", "k0minfo.go.id", "kominfo.go.id.example", "pand1.id", "pandi-id.com", "p\u{430}ndi.id",
    ] {
      #expect(signs("", "a@\(domain)", known: known).contains(.domainLooksKnown), "\(domain)")
    }
    #expect(!signs("", "a@surat.pandi.id", known: known).contains(.domainLooksKnown))
  }

  @Test func `encoded labels, mixed scripts and foreign letters are told`() {
    #expect(signs("", "a@xn--bcher-kva.example") == [.domainEncoded])
    // Cyrillic letters among Latin ones, in both forms.
    #expect(signs("", "a@p\u{430}jak.example") == [.domainNotASCII, .domainMixedScripts])
    #expect(signs("", "a@xn--pjak-53d.example") == [.domainEncoded, .domainMixedScripts])
    #expect(signs("", "a@\u{43F}\u{43E}\u{447}\u{442}\u{430}.example") == [.domainNotASCII])
    #expect(signs("", "a@xn--\u{FF}.example") == [.domainEncoded, .domainNotASCII])
  }

  @Test func `characters that turn or hide text are told`() {
    #expect(signs("Siti\u{202E}", "a@b.example") == [.directionCharacters])
    #expect(signs("Si\u{200D}ti", "a@b.example") == [.invisibleCharacters])
    #expect(signs("Siti", "a\u{200B}@b.example") == [.invisibleCharacters])
    let read = MailReader.read(Array("From: =?utf-8?B?U2l0aeKArmRpLm9n?= <a@b.example>\r\n\r\nx".utf8))
    #expect(read.problems.contains("from_direction_characters"))
  }
}
