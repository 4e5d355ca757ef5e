import Foundation
import Mail
import Testing

struct AuthenticationHostileTests {
  /// Answers every question out of some texts, whatever is asked.
  private struct AnyAnswer: DNSLookups {
    let texts: [[UInt8]]

    private func pick(_ name: String) -> Int { name.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF } }

    func txt(_ name: String) async -> DNSAnswer<[UInt8]> {
      let place = pick(name)
      switch place % 9 {
      case 0: return .noSuchName
      case 1: return .temporaryFailure
      case 2: return .values([])
      default: return .values(texts.isEmpty ? [] : [texts[place % texts.count]])
      }
    }
    func a(_ name: String) async -> DNSAnswer<IPAddress> {
      pick(name) % 3 == 0 ? .noSuchName : .values([IPAddress("192.0.2.7")].compactMap { $0 })
    }
    func aaaa(_ name: String) async -> DNSAnswer<IPAddress> { .values([IPAddress("2001:db8::7")].compactMap { $0 }) }
    func mx(_ name: String) async -> DNSAnswer<MailExchange> {
      .values((0...UInt16(pick(name) % 12)).map { MailExchange(preference: $0, host: "m\($0).\(name)") })
    }
    func ptr(_ name: String) async -> DNSAnswer<String> { .values(["mx.dinas.go.id", "", "..", name]) }
  }

  private static let morsels =
    (Hostile.all.prefix(200) + [
      "v=spf1 ", "include:%{d}", "a/24//64", "mx:", "exists:%{ir}.%{v}.x.id", "ip4:1.2.3.4/0", "ip6:::/", "redirect=",
      "exp=",
      "%{", "%{l99999999999r-}", "ptr", "?all", "v=DMARC1; p=", "; psd=y", "; np=", "v=DKIM1; k=rsa; p=", "; t=y:s",
      "; h=",
      "b=", "bh=", "i=", "l=99999999999999999999", "x=-1", "t=9223372036854775808", "h=:::", "ARC-Seal: i=51; ",
      "ARC-Seal:",
      "\r\n", "\r\n ", "\n", "Received: from x by y\r\n",
      "Authentication-Results: mx; dmarc=pass header.from=dinas.go.id\r\n",
      "((((", "))))", "\"", "\\", "xn--", "<", ">", "@", "From: ",
    ]).map { Array($0.utf8) }

  private func mutate(_ seed: [UInt8], _ numbers: inout Numbers) -> [UInt8] {
    var bytes = seed
    for _ in 0..<Int.random(in: 1...6, using: &numbers) where !bytes.isEmpty {
      let at = Int.random(in: 0..<bytes.count, using: &numbers)
      switch Int.random(in: 0..<4, using: &numbers) {
      case 0: bytes[at] = UInt8.random(in: 0...255, using: &numbers)
      case 1: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...40, using: &numbers)))
      case 2: bytes.insert(contentsOf: Self.morsels[Int.random(in: 0..<Self.morsels.count, using: &numbers)], at: at)
      default: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 60)], at: at)
      }
    }
    return bytes
  }

  @Test func `mutated letters and records are judged without a trap, and never better than unmutated ones`() async {
    var numbers = Numbers(11)
    let signer = MailSigner()
    let records = [
      signer.record,
      "v=spf1 include:%{d2} a:%{l}.%{o} mx/24 ptr exists:%{ir}.x.id ip6:2001:db8::/32 redirect=b.id exp=c.%{h}",
      "v=spf1 ip4:192.0.2.7 -all", "v=DMARC1; p=reject; sp=none; np=quarantine; psd=n; adkim=s; rua=mailto:a@b.id",
    ].map { Array($0.utf8) }
    var letter = signer.seal(
      signer.sign(SignedLetters.plain), after: 0, results: "mx.x.id; spf=pass smtp.mailfrom=a@b.id")
    letter = "Authentication-Results: mx; dkim=pass header.d=a.id\r\nReceived: from x by mx; now\r\n" + letter
    let settings = AuthenticationSettings(trust: ResultsTrust(servers: ["mx"], inner: ["y"], belowBorder: true))
    guard let client = IPAddress("192.0.2.7") else { return }
    for round in 0..<2_000 {
      let raw = mutate(Array(letter.utf8), &numbers)
      let texts = records.map { round % 3 == 0 ? $0 : mutate($0, &numbers) }
      let sender = String(decoding: mutate(Array("siti@dinas.go.id".utf8), &numbers), as: UTF8.self)
      let report = await MailAuthentication(settings: settings, lookups: AnyAnswer(texts: texts)).verify(
        raw, author: MailReader.read(raw).sender, envelope: MailEnvelope(client: client, helo: sender, sender: sender),
        now: Date(timeIntervalSince1970: Double(SignedLetters.time)))
      #expect(report.dkim.count <= AuthenticationLimits.signatures)
      #expect(Set(report.proof.reasons).count == report.proof.reasons.count)
      if report.proof.level == .officialDomain {
        #expect(report.proof.domain?.hasSuffix(".go.id") == true || report.proof.domain?.hasSuffix(".desa.id") == true)
      }
      if report.proof.level > .address { #expect(!report.proof.reasons.contains(.headerOdd)) }
    }
  }

  @Test func `mutated records of SPF are read without a trap and with an end`() async {
    var numbers = Numbers(13)
    guard let client = IPAddress("192.0.2.7") else { return }
    for _ in 0..<3_000 {
      let record = mutate(
        Array("v=spf1 include:%{d2}.x.id a:%{l1r+}.%{o} mx:a.id/24//64 exists:%{ir}.%{v}.x.id -all exp=e.%{H}".utf8),
        &numbers)
      let dns = RecordedLookups([
        "a.id": [.txt(record)], "e.mx": [.txt(mutate(Array("%{s} %{c} %{p}".utf8), &numbers))],
      ])
      let outcome = await SPFCheck.check(
        MailEnvelope(client: client, helo: "mx", sender: "x@a.id"), lookups: dns, now: 0, explain: true)
      #expect(dns.asked.count <= 200)
      #expect(outcome.explanation?.unicodeScalars.allSatisfy { $0.isASCII && $0.value >= 32 } ?? true)
    }
  }

  @Test func `mutated names and results are read without a trap`() {
    var numbers = Numbers(17)
    let disguise = Disguise(known: ["go.id", "pandi.id"])
    for _ in 0..<5_000 {
      let name = String(
        decoding: mutate(Array("Siti bupati@kab.go.id \u{202E}kominfo.go.id".utf8), &numbers), as: UTF8.self)
      let address = String(
        decoding: mutate(Array("a@xn--pjak-53d.xn--bcher-kva.g0-id.example".utf8), &numbers), as: UTF8.self)
      _ = disguise.signs(MailAddress(name: name, address: address))
      _ = IPAddress(String(decoding: mutate(Array("2001:db8::192.0.2.7".utf8), &numbers), as: UTF8.self))
      let results = mutate(
        Array("mx 1; spf=pass (a (b)) smtp.mailfrom=\"a\\\"\"@b.id; dkim/1=pass reason=\"x\"".utf8), &numbers)
      _ = AuthenticationResults(results[...])
    }
  }

  @Test func `long repetitions are read in time that grows with their length`() async {
    let clock = ContinuousClock()
    func time(_ count: Int) async -> Duration {
      let letters = [
        "DKIM-Signature: " + String(repeating: ";", count: count), "From: " + String(repeating: "(", count: count),
        "From: " + String(repeating: "<a@b.id>", count: count / 8), String(repeating: "a=b;", count: count / 4),
        "Authentication-Results: " + String(repeating: "\\(\"", count: count / 3),
        "Received: " + String(repeating: "by ", count: count / 3),
        "From: a@dinas.go.id\r\n\r\n" + String(repeating: " \r\n\t", count: count / 4),
        "DKIM-Signature: v=1; h=" + String(repeating: "from:", count: count / 5),
      ]
      let start = clock.now
      for letter in letters {
        _ = await MailAuthentication(lookups: RecordedLookups()).verify(
          Array((letter + "\r\nFrom: a@dinas.go.id\r\n\r\nx").utf8), author: MailAddress(address: "a@dinas.go.id"),
          envelope: nil, now: Date(timeIntervalSince1970: 0))
      }
      return clock.now - start
    }
    _ = await time(5_000)
    let (short, long) = (await time(12_500), await time(100_000))
    // Eight times the length; square growth would be sixty-four times.
    #expect(long < short * 40 || long < .seconds(1))
  }
}
