import Foundation
import Testing

@testable import Mail

struct SPFTests {
  private func check(
    _ zone: [String: [String]], ip: String = "192.0.2.7", sender: String = "siti@dinas.go.id",
    helo: String = "mx.dinas.go.id", explain: Bool = false
  ) async -> SPFOutcome {
    guard let client = IPAddress(ip) else { return SPFOutcome(result: .none) }
    return await SPFCheck.check(
      MailEnvelope(client: client, helo: helo, sender: sender), lookups: RecordedLookups(zone.mapValues(entries)),
      now: SignedLetters.time, explain: explain)
  }

  /// "A 1.2.3.4", "MX 10 host", "PTR host", "?" for silence, all else a TXT record.
  private func entries(_ lines: [String]) -> [RecordedLookups.Entry] {
    lines.compactMap { line in
      let words = line.split(separator: " ").map(String.init)
      switch words.first {
      case "A": return IPAddress(words[1]).map { .a($0) }
      case "AAAA": return IPAddress(words[1]).map { .aaaa($0) }
      case "MX": return .mx(UInt16(words[1]) ?? 0, words[2])
      case "PTR": return .ptr(words[1])
      case "?": return .silence
      case "-": return .empty
      default: return .txt(Array(line.utf8))
      }
    }
  }

  @Test(arguments: [
    ("v=spf1 ip4:192.0.2.0/24 -all", SPFResult.pass), ("v=spf1 ip4:192.0.2.8/29 -all", .fail),
    ("v=spf1 ip4:192.0.2.6/31 -all", .pass), ("v=spf1 ~all", .softfail), ("v=spf1 ?all", .neutral),
    ("v=spf1", .neutral),
    ("V=SPF1 A -ALL", .pass), ("v=spf1 a/30 -all", .pass), ("v=spf1 mx -all", .pass), ("v=spf1 ptr -all", .pass),
    ("v=spf1 exists:%{l}.ada.%{d} -all", .pass), ("v=spf1 exists:%{o}.ada.%{d} -all", .fail),
    ("v=spf1 redirect=_spf.dinas.go.id", .pass), ("v=spf1 -all redirect=_spf.dinas.go.id", .fail),
    ("v=spf1 include:_spf.dinas.go.id -all", .pass), ("v=spf1 include:tolak.dinas.go.id ~all", .softfail),
    ("v=spf1 include:kosong.dinas.go.id -all", .permerror), ("v=spf1 include:diam.dinas.go.id -all", .temperror),
    ("v=spf1 redirect=kosong.dinas.go.id", .permerror), ("v=spf1 a:diam.dinas.go.id -all", .temperror),
    ("v=spf1 ip4:192.0.2.7 salah", .permerror), ("v=spf1 ip4:192.0.2.7/33 -all", .permerror),
    ("v=spf1 ip4:192.0.2.07 -all", .permerror), ("v=spf1 ip6:::1:: -all", .permerror),
    ("v=spf1 a:%{x}.dinas.go.id -all", .permerror), ("v=spf1 a:%{t}.dinas.go.id -all", .permerror),
    ("v=spf1 a:dinas -all", .permerror), ("v=spf1 all/8", .permerror), ("v=spf1 foo=%(x) -all", .permerror),
    ("v=spf1 exp= -all", .permerror), ("v=spf1\tip4:192.0.2.7 -all", .none), ("v=spf10 -all", .none),
    ("v=spf1 ip4:192.0.2.7 -al\u{301}l", .permerror),
  ])
  func `a record means what the standard says`(record: String, result: SPFResult) async {
    let zone = [
      "dinas.go.id": [record, "A 192.0.2.5", "A 192.0.2.7", "MX 10 mx.dinas.go.id"], "mx.dinas.go.id": ["A 192.0.2.7"],
      "_spf.dinas.go.id": ["v=spf1 ip4:192.0.2.7 -all"], "tolak.dinas.go.id": ["v=spf1 -all"],
      "kosong.dinas.go.id": ["catatan"], "diam.dinas.go.id": ["?"], "siti.ada.dinas.go.id": ["A 127.0.0.2"],
      "7.2.0.192.in-addr.arpa": ["PTR MX.dinas.go.id."],
    ]
    #expect(await check(zone).result == result)
  }

  @Test func `two records are an error, none is no answer, and silence is for later`() async {
    #expect(await check(["dinas.go.id": ["v=spf1 -all", "v=spf1 -all"]]).result == .permerror)
    #expect(await check(["dinas.go.id": ["catatan"]]).result == .none)
    #expect(await check([:]).result == .none)
    #expect(await check(["dinas.go.id": ["?"]]).result == .temperror)
  }

  @Test func `ten terms may ask the DNS and the eleventh is an error`() async {
    var zone = ["x.dinas.go.id": ["A 192.0.2.1"], "y.dinas.go.id": ["A 192.0.2.7"]]
    let ask = String(repeating: "a:x.dinas.go.id ", count: 9)
    zone["dinas.go.id"] = ["v=spf1 \(ask)a:y.dinas.go.id -all"]
    #expect(await check(zone).result == .pass)
    zone["dinas.go.id"] = ["v=spf1 \(ask)a:x.dinas.go.id a:y.dinas.go.id -all"]
    #expect(await check(zone).result == .permerror)
    // Includes share the count.
    zone["dinas.go.id"] = ["v=spf1 include:a.dinas.go.id include:b.dinas.go.id -all"]
    zone["a.dinas.go.id"] = ["v=spf1 \(ask.dropLast(16 * 4))-all"]
    zone["b.dinas.go.id"] = ["v=spf1 \(ask.dropLast(16 * 5))a:y.dinas.go.id -all"]
    #expect(await check(zone).result == .permerror)
    zone["dinas.go.id"] = ["v=spf1 include:dinas.go.id -all"]
    #expect(await check(zone).result == .permerror)
  }

  @Test func `two void answers are borne and the third is an error`() async {
    let two = "v=spf1 a:x1.dinas.go.id a:x2.dinas.go.id "
    #expect(await check(["dinas.go.id": [two + "-all"]]).result == .fail)
    #expect(await check(["dinas.go.id": [two + "exists:x3.dinas.go.id -all"]]).result == .permerror)
    #expect(await check(["dinas.go.id": [two + "mx -all"]]).result == .permerror)
  }

  @Test func `more than ten mail exchangers are an error, and none is not replaced`() async {
    var zone = ["dinas.go.id": ["v=spf1 mx -all", "A 192.0.2.7"] + (1...10).map { "MX \($0) m\($0).dinas.go.id" }]
    for number in 1...11 { zone["m\(number).dinas.go.id"] = ["A 192.0.2.\(number == 10 ? 7 : 100)"] }
    #expect(await check(zone).result == .pass)
    zone["dinas.go.id"]?.append("MX 11 m11.dinas.go.id")
    #expect(await check(zone).result == .permerror)
    #expect(await check(["dinas.go.id": ["v=spf1 mx -all", "A 192.0.2.7"]]).result == .fail)
  }

  @Test func `of many reverse names ten are followed`() async {
    var zone = ["dinas.go.id": ["v=spf1 ptr -all"], "mx.dinas.go.id": ["A 192.0.2.7"]]
    let others = (1...10).map { "PTR h\($0).lain.example" }
    zone["7.2.0.192.in-addr.arpa"] = others + ["PTR mx.dinas.go.id"]
    #expect(await check(zone).result == .fail)
    zone["7.2.0.192.in-addr.arpa"] = others.dropLast() + ["PTR mx.dinas.go.id"]
    #expect(await check(zone).result == .pass)
  }

  @Test(arguments: [
    ("%{s}", "siti.aminah-x@dinas.go.id"), ("%{l}", "siti.aminah-x"), ("%{lr-}", "x.siti.aminah"),
    ("%{l1r-}", "siti.aminah"), ("%{l-}", "siti.aminah.x"), ("%{o}", "dinas.go.id"), ("%{d}", "dinas.go.id"),
    ("%{d2}", "go.id"), ("%{d1r}", "dinas"), ("%{dr}", "id.go.dinas"), ("%{i}", "192.0.2.7"), ("%{ir}", "7.2.0.192"),
    ("%{v}", "in-addr"), ("%{h}", "mx.dinas.go.id"), ("%{c}", "192.0.2.7"), ("%{t}", "1793672100"), ("%{r}", "unknown"),
    ("%{p}", "unknown"), ("%{S}", "siti.aminah-x%40dinas.go.id"), ("100%% %_a%-b", "100%  a%20b"),
    ("%{d99}", "dinas.go.id"), ("%{d99999999999999999999}", "dinas.go.id"),
  ])
  func `a macro is replaced by what it stands for`(macro: String, text: String) async {
    let zone = ["dinas.go.id": ["v=spf1 -all exp=kata.%{d}"], "kata.dinas.go.id": [macro]]
    let outcome = await check(zone, sender: "siti.aminah-x@dinas.go.id", explain: true)
    #expect(outcome.explanation == text)
  }

  @Test(arguments: ["%{d0}", "%{z}", "%{d", "%{", "%", "%x", "%{d}%", "%{d*}", "\u{FC}", "a\u{0}b"])
  func `words with a wrong macro in them are not told`(text: String) async {
    let zone = ["dinas.go.id": ["v=spf1 -all exp=kata.dinas.go.id"], "kata.dinas.go.id": [text]]
    #expect(await check(zone, explain: true) == SPFOutcome(result: .fail, domain: "dinas.go.id"))
  }

  @Test func `addresses of the newer kind are asked for by their own type`() async {
    let zone = [
      "dinas.go.id": ["v=spf1 a:%{ir}.ada.go.id ip6:2001:db8:7::/48 -all", "A 192.0.2.7"],
      "8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.7.0.0.0.8.b.d.0.1.0.0.2.ada.go.id": ["AAAA 2001:db8:7::8"],
    ]
    #expect(await check(zone, ip: "2001:DB8:7::8").result == .pass)
    #expect(await check(zone, ip: "2001:db8:8::8").result == .fail)
    #expect(await check(["dinas.go.id": ["v=spf1 ip4:192.0.2.7 -all"]], ip: "::ffff:192.0.2.7").result == .pass)
  }

  @Test func `a pass that the whole world gets is told`() async {
    for record in [
      "v=spf1 +all", "v=spf1 ip4:0.0.0.0/0 -all", "v=spf1 include:buka.go.id -all", "v=spf1 redirect=buka.go.id",
    ] {
      let outcome = await check(["dinas.go.id": [record], "buka.go.id": ["v=spf1 all"]])
      #expect(outcome.result == .pass && outcome.open, "\(record)")
    }
    #expect(await check(["dinas.go.id": ["v=spf1 ip4:192.0.2.7 +all"]]).open == false)
  }

  @Test func `the null path is checked by the name of the client, and no domain is no result`() async {
    let zone = ["mx.dinas.go.id": ["v=spf1 ip4:192.0.2.7 -all"]]
    #expect(await check(zone, sender: "") == SPFOutcome(result: .pass, domain: "mx.dinas.go.id"))
    for sender in ["siti", "siti@", "siti@[192.0.2.7]", "siti@id", "siti@m\u{FC}nchen.example", "siti@a..b.id"] {
      #expect(await check(zone, sender: sender).result == .none, "\(sender)")
    }
  }

  @Test func `a zone built to keep the desk asking is left soon`() async {
    var zone: [String: [RecordedLookups.Entry]] = [:]
    let terms = (1...10).map { "mx:m\($0).jahat.example" }.joined(separator: " ")
    zone["jahat.example"] = [.txt(Array("v=spf1 \(terms) -all".utf8))]
    for number in 1...10 {
      zone["m\(number).jahat.example"] = (1...10).map { .mx(0, "h\(number)-\($0).jahat.example") }
      for host in 1...10 {
        zone["h\(number)-\(host).jahat.example"] = IPAddress("198.51.100.1").map { [.a($0)] } ?? []
      }
    }
    let dns = RecordedLookups(zone)
    guard let client = IPAddress("192.0.2.7") else { return }
    let envelope = MailEnvelope(client: client, helo: "x", sender: "a@jahat.example")
    #expect(await SPFCheck.check(envelope, lookups: dns, now: 0).result == .fail)
    #expect(dns.asked.count == 111)
  }
}
