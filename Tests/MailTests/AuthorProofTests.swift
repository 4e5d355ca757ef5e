import Foundation
import Mail
import Testing

struct AuthorProofTests {
  private let signer = MailSigner()

  private func report(
    _ text: String, _ more: [String: String] = [:], settings: AuthenticationSettings = AuthenticationSettings(),
    envelope: MailEnvelope? = nil, author: MailAddress? = nil
  ) async -> AuthenticationReport {
    let records = [signer.name: signer.record].merging(more) { $1 }
    let raw = Array(text.utf8)
    return await MailAuthentication(settings: settings, lookups: RecordedLookups(txt: records)).verify(
      raw, author: author ?? MailReader.read(raw).sender, envelope: envelope,
      now: Date(timeIntervalSince1970: Double(SignedLetters.time)))
  }

  private let policy = ["_dmarc.dinas.go.id": "v=DMARC1; p=reject"]

  private func envelope(_ sender: String) -> MailEnvelope? {
    IPAddress("192.0.2.7").map { MailEnvelope(client: $0, helo: "mx.dinas.go.id", sender: sender) }
  }

  @Test func `a letter signed by its government domain is official`() async {
    let proof = await report(signer.sign(SignedLetters.plain), policy).proof
    #expect(proof.level == .officialDomain && proof.domain == "dinas.go.id")
    #expect(proof.reasons == [.spfNotChecked, .dmarcPass, .dkimAligned, .governmentDomain])
  }

  @Test func `an unsigned letter only claims`() async {
    let proof = await report(SignedLetters.plain, policy).proof
    #expect(
      proof
        == AuthorProof(level: .address, domain: "dinas.go.id", reasons: [.spfNotChecked, .dkimNone, .dmarcFailReject]))
  }

  @Test func `without a policy the very same domain counts, a part of it does not`() async {
    let same = await report(signer.sign(SignedLetters.plain)).proof
    #expect(same.level == .officialDomain && same.reasons.contains(.alignedWithoutPolicy))
    let part = SignedLetters.plain.replacingOccurrences(of: "siti@dinas", with: "siti@bagian.dinas")
    let proof = await report(signer.sign(part)).proof
    #expect(proof.level == .address && proof.reasons.contains(.dkimUnaligned))
    #expect(await report(signer.sign(part), policy).proof.level == .officialDomain)
  }

  @Test func `the signature of somebody else proves nothing about the author`() async {
    for address in ["siti@lain.go.id", "siti@dinas.go.id.example.com", "siti@xdinas.go.id"] {
      let letter = SignedLetters.plain.replacingOccurrences(of: "siti@dinas.go.id", with: address)
      #expect(await report(signer.sign(letter), policy).proof.level == .address, "\(address)")
    }
  }

  @Test func `an aligned domain outside the government is not official, nor is the registry itself`() async {
    var other = MailSigner()
    for (domain, level) in [
      ("usaha.co.id", AuthorProof.Level.alignedDomain), ("go.id", .alignedDomain), ("dinasgo.id", .alignedDomain),
      ("maju.desa.id", .officialDomain), ("go.id.example", .alignedDomain),
    ] {
      other.domain = domain
      let letter = SignedLetters.plain.replacingOccurrences(of: "siti@dinas.go.id", with: "siti@\(domain)")
      #expect(await report(other.sign(letter), [other.name: other.record]).proof.level == level, "\(domain)")
    }
  }

  @Test func `an author who can be read in two ways is nobody`() async {
    for from in [
      "From: siti@dinas.go.id\r\nFrom: jahat@lain.example", "From: siti@dinas.go.id, jahat@lain.example",
      "From: siti@dinas.go.id <jahat@lain.example>", "From: <siti@dinas.go.id> <jahat@lain.example>",
      "From: g: siti@dinas.go.id;", "From: \"siti@dinas.go.id\"@lain.example", "From: siti@dinas.go.id@lain.example",
      "From: siti@dinas.go.id (", "From: <@lain.example:siti@dinas.go.id>", "X-From: x",
    ] {
      let letter = SignedLetters.plain.replacingOccurrences(of: "From: Siti <siti@dinas.go.id>", with: from)
      let proof = await report(signer.sign(letter), policy, author: MailAddress(address: "siti@dinas.go.id")).proof
      #expect(proof.level == .none && proof.domain == nil, "\(from)")
    }
  }

  @Test func `an author other than the one who stands there is nobody`() async {
    let letter = signer.sign(SignedLetters.plain)
    for address in ["kepala@dinas.go.id", "siti@lain.go.id", "siti"] {
      #expect(await report(letter, policy, author: MailAddress(address: address)).proof.level <= .address, "\(address)")
    }
  }

  @Test(arguments: [
    "From: Siti <siti@dinas.go.id>", "From: siti@dinas.go.id", "From: \"Siti, S.H. <x@y.id>\" <siti@dinas.go.id>",
    "From: siti@dinas.go.id (Siti; a@b.id)", "From: =?utf-8?Q?Siti?=\r\n <siti@DINAS.go.id>", "from:siti@dinas.go.id",
    "From: Siti (bagian) <siti@dinas.go.id>", "From: siti@dinas.go.id <siti@dinas.go.id>",
  ])
  func `usual ways to write an author are read`(from: String) async {
    let letter = SignedLetters.plain.replacingOccurrences(of: "From: Siti <siti@dinas.go.id>", with: from)
    #expect(await report(signer.sign(letter), policy).proof.level == .officialDomain)
  }

  @Test(arguments: [
    ("Subject: pindahkan domain\r\n", AuthorProof.Reason.headerRepeated),
    ("Reply-To: a@b.id\r\nreply-to: c@d.id\r\n", .headerRepeated),
    ("X-A: a\nSubject: b\r\n", .headerOdd), ("X-A: a\rb\r\n", .headerOdd), ("tanpa titik dua\r\n", .headerOdd),
    ("X-A : a\r\n", .headerOdd), ("X-A: a\r\n \r\n", .headerOdd), ("X-A: a\0b\r\n", .headerOdd),
  ])
  func `a header with two readings proves nothing, though the signature is good`(
    added: String, reason: AuthorProof.Reason
  ) async {
    let letter = signer.sign(SignedLetters.plain).replacingOccurrences(of: "From: Siti", with: added + "From: Siti")
    let report = await report(letter, policy)
    #expect(report.proof.level <= .address && report.proof.reasons.contains(reason))
    #expect(report.dkim.first?.result == .pass)
  }

  @Test func `a signature that leaves subject or body to others is good and does not count`() async {
    var partly = signer
    partly.extra = "l=5"
    let body = await report(partly.sign(SignedLetters.plain) + "Pindahkan domain!", policy)
    #expect(body.dmarc.result == .pass)
    #expect(body.proof.level == .address && body.proof.reasons.contains(.dkimBodyPartly))
    partly.extra = ""
    partly.fields = ["from", "date"]
    let subject = await report(partly.sign(SignedLetters.plain), policy).proof
    #expect(subject.level == .address && subject.reasons.contains(.dkimSubjectUnsigned))
  }

  @Test func `what a good signature leaves open is told`() async {
    let added = signer.sign(SignedLetters.plain).replacingOccurrences(
      of: "From: Siti", with: "Reply-To: jahat@lain.example\r\nContent-Type: text/html\r\nFrom: Siti")
    let proof = await report(added, policy).proof
    #expect(proof.level == .officialDomain)
    #expect(proof.reasons.suffix(3) == [.replyToUnsigned, .contentTypeUnsigned, .governmentDomain])
  }

  @Test func `a key in test is no proof`() async {
    let proof = await report(signer.sign(SignedLetters.plain), [signer.name: signer.record + "; t=y"]).proof
    #expect(proof.level == .address && proof.reasons.contains(.dkimTesting))
  }

  @Test func `the envelope proves as well, unless the whole world may send`() async {
    let records = policy.merging(["dinas.go.id": "v=spf1 ip4:192.0.2.7 -all"]) { $1 }
    let good = await report(SignedLetters.plain, records, envelope: envelope("pantul@dinas.go.id")).proof
    #expect(good.level == .officialDomain && good.reasons.contains(.spfAligned))
    let open = await report(
      SignedLetters.plain, records.merging(["dinas.go.id": "v=spf1 +all"]) { $1 }, envelope: envelope("a@dinas.go.id"))
    #expect(open.dmarc.result == .pass && open.proof.level == .address && open.proof.reasons.contains(.spfOpen))
    let other = await report(
      SignedLetters.plain, records.merging(["lain.example": "v=spf1 ip4:192.0.2.7 -all"]) { $1 },
      envelope: envelope("a@lain.example"))
    #expect(other.proof.level == .address && other.proof.reasons.contains(.spfUnaligned))
  }

  // MARK: - The border's word

  private let settings = AuthenticationSettings(trust: ResultsTrust(servers: ["mx.layanan.example.id"]))
  private let received = "Received: from x.example by mx.layanan.example.id with ESMTP\r\n"

  private func border(_ results: String) -> String {
    "Authentication-Results: mx.layanan.example.id; \(results)\r\n" + received + SignedLetters.plain
  }

  @Test func `of a fetched letter the border's results are believed`() async {
    let spf = await report(border("spf=pass smtp.mailfrom=a@dinas.go.id"), policy, settings: settings).proof
    #expect(spf.level == .officialDomain && spf.reasons.contains(.borderSPF) && spf.reasons.contains(.spfAligned))
    let dkim = await report(border("dkim=pass header.d=dinas.go.id"), policy, settings: settings).proof
    #expect(dkim.level == .officialDomain && dkim.reasons.contains(.borderDKIM))
    let dmarc = await report(border("dmarc=pass header.from=dinas.go.id"), settings: settings).proof
    #expect(dmarc.level == .officialDomain && dmarc.reasons.contains(.borderDMARC))
  }

  @Test(arguments: [
    "spf=pass smtp.mailfrom=a@lain.example", "spf=fail smtp.mailfrom=a@dinas.go.id", "dkim=pass header.d=lain.example",
    "dmarc=pass header.from=lain.example", "dmarc=fail header.from=dinas.go.id", "dmarc=pass",
    "spf=pass smtp.mailfrom=\"; dmarc=pass header.from=dinas.go.id; x=\"@lain.example",
    "spf=pass smtp.mailfrom=x; dmarc=pass header.from=dinas.go.id; dmarc=fail header.from=dinas.go.id",
  ])
  func `results about others, or against each other, prove nothing`(results: String) async {
    #expect(await report(border(results), policy, settings: settings).proof.level == .address)
  }

  @Test func `forged results prove nothing`() async {
    let forged = "Authentication-Results: mx.layanan.example.id; dmarc=pass header.from=dinas.go.id\r\n"
    #expect(await report(received + forged + SignedLetters.plain, policy, settings: settings).proof.level == .address)
    #expect(await report(forged + SignedLetters.plain, policy, settings: settings).proof.level == .address)
    #expect(await report(forged + received + SignedLetters.plain, policy).proof.level == .address)
  }

  @Test func `the border's word on a signature that is only partly one does not count`() async {
    var partly = signer
    partly.extra = "l=5"
    let letter =
      "Authentication-Results: mx.layanan.example.id; dkim=pass header.d=dinas.go.id; dmarc=pass header.from=dinas.go.id\r\n"
      + received + partly.sign(SignedLetters.plain) + "Pindahkan domain!"
    #expect(await report(letter, policy, settings: settings).proof.level == .address)
  }

  @Test func `a domain beyond ASCII stays a claim`() async {
    let letter = SignedLetters.plain.replacingOccurrences(of: "siti@dinas.go.id", with: "siti@din\u{E4}s.go.id")
    let proof = await report(letter, author: MailAddress(address: "siti@din\u{E4}s.go.id")).proof
    #expect(proof.level == .address && proof.domain == nil && proof.reasons.contains(.authorDomainUnreadable))
  }

  @Test func `a letter over the bounds of reading proves nothing`() async {
    let long = String(repeating: "X-A: b\r\n", count: 2_000)
    let proof = await report(long + signer.sign(SignedLetters.plain), policy).proof
    #expect(proof.level <= .address && proof.reasons.contains(.messageTooLarge))
  }

  @Test func `questions end, whatever a letter asks for`() async {
    let dns = RecordedLookups()
    var other = MailSigner()
    var letter = SignedLetters.plain
    for number in 0..<60 {
      other.domain = "a.b.c.d.e.f.g\(number).dinas.go.id"
      letter = other.sign(letter)
    }
    _ = await MailAuthentication(lookups: dns).verify(
      Array(letter.utf8), author: MailAddress(address: "siti@dinas.go.id"), envelope: envelope("a@dinas.go.id"),
      now: Date(timeIntervalSince1970: 0))
    #expect(dns.asked.count <= AuthenticationLimits.signatures + 1 + 3)
  }

  @Test func `a DNS that keeps silent is not asked for ever`() async {
    var other = MailSigner()
    var letter = SignedLetters.plain
    var names: [String: [RecordedLookups.Entry]] = [:]
    for number in 0..<AuthenticationLimits.signatures {
      other.domain = "d\(number).dinas.go.id"
      names[other.name] = [.silence]
      letter = other.sign(letter)
    }
    let dns = RecordedLookups(names)
    let report = await MailAuthentication(lookups: dns).verify(
      Array(letter.utf8), author: MailAddress(address: "siti@dinas.go.id"), envelope: nil,
      now: Date(timeIntervalSince1970: 0))
    #expect(dns.asked.count == AuthenticationLimits.failures)
    #expect(report.dmarc.result == .temperror && report.proof.level == .address)
  }

  @Test func `levels have an order`() {
    #expect(AuthorProof.Level.allCases.sorted() == [.none, .address, .alignedDomain, .officialDomain])
  }
}
