import Mail
import Testing

struct AuthenticationResultsTests {
  private func read(_ text: String) -> AuthenticationResults? { AuthenticationResults(Array(text.utf8)[...]) }

  @Test func `a field with comments, quotes, folds and a version is read`() throws {
    let results = try #require(
      read(
        """
         MX.layanan.example.id 1 (kami; (sendiri));\r
         \tspf = pass (sender "SPF authorized; x=y") smtp.mailfrom=siti@dinas.go.id;\r
         dkim/1=pass reason="2048 bit; baik \\"sekali\\"" header.d=Dinas.go.id header.b="Ab=/+c";\r
         dmarc=fail (p=none) header.from=dinas.go.id action=none
        """))
    #expect(results.server == "mx.layanan.example.id")
    #expect(results.methods.map(\.name) == ["spf", "dkim", "dmarc"])
    #expect(results.methods.map(\.result) == ["pass", "pass", "fail"])
    #expect(results.methods[0].value("smtp.mailfrom") == "siti@dinas.go.id")
    #expect(results.methods[1].value("reason") == "2048 bit; baik \"sekali\"")
    #expect(results.methods[1].value("header.b") == "Ab=/+c" && results.methods[1].value("header.d") == "Dinas.go.id")
    #expect(results.methods[2].value("action") == "none")
  }

  @Test func `a signature's start keeps its equals signs`() {
    #expect(read("mx; dkim=pass header.b=abc= header.d=x.id")?.methods.first?.value("header.b") == "abc=")
  }

  @Test(arguments: [
    "", ";", " ; spf=pass", "mx 2; spf=pass", "mx 1 1; spf=pass", "mx; spf=pass (", "mx; spf=\"pass", "=; spf=pass",
  ])
  func `a field that cannot be read says nothing`(text: String) {
    #expect(read(text) == nil)
  }

  @Test(arguments: ["mx", "mx; none", "mx;", "mx; =pass", "mx; spf", "mx; spf=", "mx; x spf=pass"])
  func `a field without results has none`(text: String) {
    #expect(read(text)?.methods.isEmpty == true)
  }

  // MARK: - Trust

  private let border =
    "Received: from client.example (client.example [192.0.2.7])\r\n by mx.layanan.example.id (Postfix) with ESMTP"
  private let inner = "Received: from mx.layanan.example.id (mx [10.0.0.2]) by kotak.layanan.example.id with LMTP"
  private let good = "Authentication-Results: mx.layanan.example.id; dmarc=pass header.from=dinas.go.id"
  private let trust = ResultsTrust(servers: ["mx.layanan.example.id"], inner: ["kotak.layanan.example.id"])

  private func believed(_ fields: [String], _ trust: ResultsTrust) -> Int {
    trust.believed(Array((fields + ["From: a@dinas.go.id", "", "x"]).joined(separator: "\r\n").utf8)).count
  }

  @Test func `what the border wrote above its line is believed`() {
    #expect(believed([inner, good, border], trust) == 1)
    #expect(believed([good, border], ResultsTrust(servers: trust.servers)) == 1)
    #expect(believed([good, good, border], trust) == 2)
  }

  @Test func `what came with the message is not, however often it stands there`() {
    for count in 1...20 {
      let forged = [String](repeating: good, count: count)
      #expect(believed([inner, border] + forged, trust) == 0)
      #expect(believed([inner, border] + forged + [inner, border], trust) == 0)
      #expect(believed([inner, good, border] + forged + [border], trust) == 1)
    }
  }

  @Test func `results of others are not, nor any where there is nobody to believe or no line of the border`() {
    let other = "Authentication-Results: mx.lain.example; dmarc=pass header.from=dinas.go.id"
    #expect(believed([other, border], trust) == 0)
    #expect(believed([good, border], ResultsTrust()) == 0)
    #expect(believed([good], trust) == 0)
    #expect(believed([inner, good], trust) == 0)
  }

  @Test func `a client that calls itself as we call ourselves does not move the border`() {
    for name in [
      "by", "by kotak.layanan.example.id", "x by kotak.layanan.example.id (", "(", ")", "kotak.layanan.example.id;",
    ] {
      let line = "Received: from \(name) (unknown [192.0.2.66]) by mx.layanan.example.id with ESMTP"
      #expect(believed([line, good, inner, border], trust) == 0, "\(name)")
    }
  }

  @Test func `a border that writes below its line is believed down to the next line, if the operator says so`() {
    var below = trust
    below.belowBorder = true
    #expect(believed([inner, border, good, border, good], below) == 1)
    #expect(believed([inner, border, "Received: by x.example", good], below) == 0)
  }
}
