import CryptoExtras
import Foundation
import Mail
import Testing

struct DKIMTests {
  private func verify(
    _ text: String, _ records: [String: String], now: Int = SignedLetters.time
  ) async -> [DKIMOutcome] {
    await DKIMVerifier.verify(Array(text.utf8), lookups: RecordedLookups(txt: records), now: now)
  }

  /// The fault of the only signature; nil for a pass.
  private func fault(
    _ text: String, _ signer: MailSigner, record: String? = nil, now: Int = SignedLetters.time
  ) async -> DKIMFault? {
    let outcomes = await verify(text, [signer.name: record ?? signer.record], now: now)
    #expect(outcomes.count == 1 && (outcomes[0].result == .pass) == (outcomes[0].fault == nil))
    return outcomes[0].fault
  }

  @Test(arguments: ["simple", "relaxed", "simple/simple", "simple/relaxed", "relaxed/simple", "relaxed/relaxed"])
  func `what an office signed is good in every form`(form: String) async {
    var signer = MailSigner()
    signer.form = form
    #expect(await fault(signer.sign(SignedLetters.plain), signer) == nil)
  }

  @Test(arguments: [
    "", "\r\n", "\r\n\r\n\r\n", "a", "a\r\n", " ", " \r\n", "a \t\r\n\r\n b\t c\r\n\r\n\r\n", "\r\n\r\na",
  ])
  func `bodies are hashed alike by two ways`(body: String) async {
    for form in ["simple/simple", "relaxed/relaxed"] {
      var signer = MailSigner()
      signer.form = form
      // A last line of white space only, without an end, is nothing in the relaxed form.
      #expect(await fault(signer.sign("From: a@dinas.go.id\r\n\r\n" + body), signer) == nil, "\(form)")
    }
  }

  @Test func `RSA keys of 1024 and 2048 bits are good, PKCS 1 form as well`() async throws {
    for bits in [_RSA.Signing.KeySize(bitCount: 1024), .bits2048] {
      let key = try _RSA.Signing.PrivateKey(unsafeKeySize: bits)
      let signer = MailSigner(key: .rsa(key))
      let letter = signer.sign(SignedLetters.plain)
      #expect(await fault(letter, signer) == nil)
      let bare = "p=" + key.publicKey.pkcs1DERRepresentation.base64EncodedString()
      #expect(await fault(letter, signer, record: bare) == nil)
    }
  }

  @Test func `a letter from a Unix mailbox is as good as the one with CRLF`() async {
    for form in ["simple/simple", "relaxed/relaxed"] {
      var signer = MailSigner()
      signer.form = form
      let letter = signer.sign(SignedLetters.plain).replacingOccurrences(of: "\r\n", with: "\n")
      #expect(await fault(letter, signer) == nil)
      #expect(await fault("From siti@dinas.go.id Tue Nov  3 09:15:00 2026\n" + letter, signer) == nil)
    }
  }

  @Test func `a changed body, a changed field and a changed signature are told apart from good`() async {
    let signer = MailSigner()
    let letter = signer.sign(SignedLetters.plain)
    #expect(await fault(letter.replacingOccurrences(of: "mati", with: "hidup"), signer) == .bodyChanged)
    #expect(await fault(letter.replacingOccurrences(of: "tidak", with: "sudah"), signer) == .headerChanged)
    #expect(await fault(letter.replacingOccurrences(of: "c=relaxed/relaxed", with: "c=simple/relaxed"), signer) != nil)
    #expect(await fault(letter + "tambahan\r\n", signer) == .bodyChanged)
  }

  @Test func `white space that relaxes is forgiven, in the simple form it is not`() async {
    var signer = MailSigner()
    #expect(
      await fault(signer.sign(SignedLetters.plain).replacingOccurrences(of: "kami  ", with: "kami \t "), signer) == nil)
    signer.form = "simple/simple"
    let letter = signer.sign(SignedLetters.plain)
    #expect(await fault(letter.replacingOccurrences(of: "kami  ", with: "kami "), signer) == .bodyChanged)
    #expect(await fault(letter.replacingOccurrences(of: "\r\n\tbisa", with: " bisa"), signer) == .headerChanged)
  }

  @Test func `a field signed once more than it stands cannot be added later`() async {
    var signer = MailSigner()
    signer.fields += ["subject", "cc"]
    let letter = signer.sign(SignedLetters.plain)
    #expect(await fault(letter, signer) == nil)
    #expect(await fault("Subject: lain\r\n" + letter, signer) == .headerChanged)
    #expect(await fault("Cc: x@y.example\r\n" + letter, signer) == .headerChanged)
    #expect(await fault("X-Lain: x\r\n" + letter, signer) == nil)
  }

  @Test func `of fields of one name the lowest is signed first`() async {
    var signer = MailSigner()
    signer.fields.append("received")
    let letter = signer.sign("Received: by a.example\r\n" + SignedLetters.plain)
    #expect(await fault("Received: by b.example\r\n" + letter, signer) == nil)
    let below = letter.replacingOccurrences(of: "From: Siti", with: "Received: by b.example\r\nFrom: Siti")
    #expect(await fault(below, signer) == .headerChanged)
  }

  @Test func `a signed length leaves the rest to anybody, and that is told`() async {
    var signer = MailSigner()
    signer.extra = "l=12"
    let outcomes = await verify(signer.sign(SignedLetters.plain), [signer.name: signer.record])
    #expect(outcomes.first?.result == .pass && outcomes.first?.wholeBody == false)
    signer.extra = "l=\(MailSigner.relaxed(body: MailSigner.split(SignedLetters.plain).body).utf8.count)"
    let whole = await verify(signer.sign(SignedLetters.plain), [signer.name: signer.record])
    #expect(whole.first?.result == .pass && whole.first?.wholeBody == true)
    signer.extra = "l=9999"
    #expect(await fault(signer.sign(SignedLetters.plain), signer) == .bodyLength)
  }

  @Test func `a signature ends when it says so`() async {
    var signer = MailSigner()
    signer.extra = "t=\(SignedLetters.time); x=\(SignedLetters.time + 3_600)"
    let letter = signer.sign(SignedLetters.plain)
    #expect(await fault(letter, signer) == nil)
    #expect(await fault(letter, signer, now: SignedLetters.time + 4_000) == .expired)
    signer.extra = "t=\(SignedLetters.time); x=\(SignedLetters.time - 1)"
    #expect(await fault(signer.sign(SignedLetters.plain), signer) == .syntax)
  }

  @Test func `the identity lies within the signing domain`() async {
    var signer = MailSigner()
    signer.extra = "i=@bagian.dinas.go.id"
    let letter = signer.sign(SignedLetters.plain)
    #expect(await fault(letter, signer) == nil)
    #expect(await fault(letter, signer, record: signer.record + "; t=s") == .identity)
    signer.extra = "i=siti@lain.go.id"
    #expect(await fault(signer.sign(SignedLetters.plain), signer) == .identity)
    signer.extra = "i=siti@xdinas.go.id"
    #expect(await fault(signer.sign(SignedLetters.plain), signer) == .identity)
  }

  @Test func `a signature that is none says why`() async {
    let signer = MailSigner()
    let letter = signer.sign(SignedLetters.plain)
    let changes: [(String, String, DKIMFault)] = [
      ("a=ed25519-sha256", "a=rsa-sha1", .sha1), ("a=ed25519-sha256", "a=rsa-sha512", .algorithm),
      ("a=ed25519-sha256", "a=rsa-sha256", .keyAlgorithm), ("v=1", "v=2", .version), ("v=1; ", "", .syntax),
      ("c=relaxed/relaxed", "c=nofws", .canonicalization), ("h=from", "h=x", .fromUnsigned),
      ("d=dinas.go.id", "d=[127.0.0.1]", .domain), ("d=dinas.go.id", "d=id", .domain), ("s=s1", "s=..", .domain),
      ("s=s1", "s=s1; q=http", .queryMethod), ("s=s1", "s=s1; s=s1", .syntax), ("s=s1", "s=s1;; z=", .syntax),
      ("s=s1", "S=s1", .syntax), ("bh=", "bh=*", .syntax), ("b=", "x=", .syntax), ("s=s1", "s=s2", .keyMissing),
    ]
    for (from, to, fault) in changes {
      #expect(await self.fault(letter.replacingOccurrences(of: from, with: to), signer) == fault, "\(to)")
    }
  }

  @Test func `a key that is none says why`() async {
    let signer = MailSigner()
    let letter = signer.sign(SignedLetters.plain)
    let key = MailSigner.seed(7).publicKey.rawRepresentation.base64EncodedString()
    let records: [(String, DKIMFault?)] = [
      ("v=DKIM1; k=ed25519; p=", .keyRevoked), ("v=DKIM2; k=ed25519; p=\(key)", .keySyntax),
      ("k=ed25519; v=DKIM1; p=\(key)", .keySyntax), ("k=ed25519; s=web; p=\(key)", .keyService),
      ("k=ed25519; h=sha1; p=\(key)", .keyAlgorithm), ("k=rsa; p=\(key)", .keySyntax), ("k=ed25519", .keySyntax),
      ("k=ed448; p=\(key)", .keyAlgorithm), ("k=ed25519; p=AAAA", .keySyntax), ("", .keySyntax),
      ("k=ed25519; s=web:*; h=sha1:sha256; n=x; p= \(key.prefix(9)) \(key.dropFirst(9)) ;", nil),
    ]
    for (record, fault) in records {
      #expect(await self.fault(letter, signer, record: record) == fault, "\(record)")
    }
    let beside = RecordedLookups([
      signer.name: [.txt(Array("v=spf1 -all".utf8)), .txt(Array(signer.record.utf8))]
    ])
    #expect(
      await DKIMVerifier.verify(Array(letter.utf8), lookups: beside, now: SignedLetters.time).first?.result == .pass)
    let silent = RecordedLookups([signer.name: [.silence]])
    let outcome = await DKIMVerifier.verify(Array(letter.utf8), lookups: silent, now: SignedLetters.time).first
    #expect(outcome?.result == .temperror && outcome?.fault == .keyUnanswered)
    let testing = await verify(letter, [signer.name: signer.record + "; t=y"]).first
    #expect(testing?.result == .pass && testing?.testing == true)
  }

  @Test func `short RSA keys never pass`() async {
    // 512 bits, of nobody.
    let short =
      "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAL" + String(repeating: "q", count: 84) + "sCAwEAAQ=="
    let signer = MailSigner()
    let letter = signer.sign(SignedLetters.plain).replacingOccurrences(of: "a=ed25519-sha256", with: "a=rsa-sha256")
    #expect(await fault(letter, signer, record: "p=" + short) == .keySize)
  }

  @Test func `of too many signatures the author's own is looked at`() async {
    let own = MailSigner()
    var letter = own.sign(SignedLetters.plain)
    var other = MailSigner()
    other.domain = "lain.example"
    for _ in 0..<50 { letter = other.sign(letter) }
    let dns = RecordedLookups(txt: [own.name: own.record, other.name: other.record])
    let outcomes = await DKIMVerifier.verify(
      Array(letter.utf8), lookups: dns, now: SignedLetters.time, author: "dinas.go.id")
    #expect(outcomes.count == AuthenticationLimits.signatures)
    #expect(outcomes.first?.domain == "dinas.go.id" && outcomes.first?.result == .pass)
    #expect(dns.asked.count == 2)
  }

  @Test func `signatures cannot have the body hashed in more ways than a message needs`() async {
    var signer = MailSigner()
    var letter = SignedLetters.plain
    for length in 1...6 {
      signer.extra = "l=\(length)"
      letter = signer.sign(letter)
    }
    let faults = await verify(letter, [signer.name: signer.record]).map(\.fault)
    #expect(faults == [nil, nil, nil, nil, .bodyForms, .bodyForms])
  }

  @Test func `a body of nothing but line ends and spaces takes no longer than another`() async {
    let signer = MailSigner()
    let end = String(repeating: " \r\n", count: 100_000)
    let letter = signer.sign("From: a@dinas.go.id\r\n\r\nisi\r\n")
    #expect(await fault(letter + end, signer) == nil)
    #expect(await fault(letter + end + "x", signer) == .bodyChanged)
  }
}
