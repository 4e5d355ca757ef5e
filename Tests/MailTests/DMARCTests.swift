import Testing

@testable import Mail

struct DMARCTests {
  private func evaluate(
    _ author: String, spf: String? = nil, dkim: String? = nil, _ records: [String: String],
    more: [String: [RecordedLookups.Entry]] = [:], suffixes: Set<String> = []
  ) async -> DMARCOutcome {
    let proven = [
      spf.map { ProvenDomain(source: .spf, domain: $0) }, dkim.map { ProvenDomain(source: .dkim, domain: $0) },
    ]
    return await DMARCEvaluation.evaluate(
      author: author, proven: proven.compactMap { $0 }, lookups: dns(records, more), suffixes: suffixes)
  }

  private func dns(_ records: [String: String], _ more: [String: [RecordedLookups.Entry]] = [:]) -> RecordedLookups {
    var entries = more
    for (name, record) in records { entries["_dmarc." + name, default: []].append(.txt(Array(record.utf8))) }
    return RecordedLookups(entries)
  }

  @Test func `relaxed alignment reaches within the organization and strict only the same name`() async {
    let relaxed = ["dinas.go.id": "v=DMARC1; p=reject"]
    #expect(await evaluate("bagian.dinas.go.id", dkim: "dinas.go.id", relaxed).result == .pass)
    #expect(await evaluate("dinas.go.id", dkim: "surat.dinas.go.id", relaxed).result == .pass)
    #expect(await evaluate("dinas.go.id", spf: "a.surat.dinas.go.id", relaxed).result == .pass)
    #expect(await evaluate("dinas.go.id", dkim: "xdinas.go.id", relaxed).result == .fail)
    #expect(await evaluate("dinas.go.id", dkim: "go.id", relaxed).result == .fail)
    let strict = ["dinas.go.id": "v=DMARC1; p=reject; adkim=s; aspf=s"]
    #expect(await evaluate("dinas.go.id", dkim: "dinas.go.id", strict).result == .pass)
    #expect(await evaluate("dinas.go.id", spf: "surat.dinas.go.id", dkim: "surat.dinas.go.id", strict).result == .fail)
    let mixed = ["dinas.go.id": "v=DMARC1; p=reject; adkim=s"]
    #expect(await evaluate("dinas.go.id", spf: "surat.dinas.go.id", mixed).result == .pass)
    #expect(await evaluate("dinas.go.id", dkim: "surat.dinas.go.id", mixed).result == .fail)
  }

  @Test func `names are compared without case and final dot`() async {
    let records = ["dinas.go.id": "v=DMARC1; p=reject"]
    #expect(await evaluate("Dinas.GO.id.", dkim: "DINAS.go.ID", records).result == .pass)
  }

  @Test func `a domain without a policy is not judged`() async {
    #expect(await evaluate("dinas.go.id", dkim: "dinas.go.id", [:]) == DMARCOutcome(result: .none))
    for record in [
      "v=DMARC2; p=reject", "v=dmarc1; p=reject", "p=reject; v=DMARC1", "v=DMARC1; p=tolak", "v=DMARC1; p=none; sp=x",
      "v=DMARC1; p=tolak; rua=tidak",
    ] {
      #expect(await evaluate("dinas.go.id", ["dinas.go.id": record]).result == .none, "\(record)")
    }
    let two: [String: [RecordedLookups.Entry]] = ["_dmarc.dinas.go.id": [.txt(Array("v=DMARC1; p=none".utf8))]]
    #expect(await evaluate("dinas.go.id", ["dinas.go.id": "v=DMARC1; p=reject"], more: two).result == .none)
  }

  @Test func `a policy that cannot be read is none when somebody wants reports`() async {
    for record in [
      "v=DMARC1; p=tolak; rua=mailto:a@dinas.go.id", "v=DMARC1", "v = DMARC1 ; rua=x",
      "v=DMARC1; ; foo; pct=0; p = none",
    ] {
      let outcome = await evaluate("dinas.go.id", ["dinas.go.id": record])
      #expect(outcome.result == .fail && outcome.policy == DMARCPolicy.none, "\(record)")
    }
  }

  @Test func `subdomains have a policy of their own, and those that do not exist another`() async {
    let records = ["dinas.go.id": "v=DMARC1; p=reject; sp=quarantine; np=none"]
    let exists: [String: [RecordedLookups.Entry]] = ["ada.dinas.go.id": [.empty]]
    #expect(await evaluate("dinas.go.id", records).policy == .reject)
    #expect(await evaluate("ada.dinas.go.id", records, more: exists).policy == .quarantine)
    #expect(await evaluate("hantu.dinas.go.id", records, more: exists).policy == DMARCPolicy.none)
    #expect(await evaluate("ada.dinas.go.id", ["dinas.go.id": "v=DMARC1; p=reject"]).policy == .reject)
    let own = ["dinas.go.id": "v=DMARC1; p=none; sp=none", "ada.dinas.go.id": "v=DMARC1; p=reject; sp=none"]
    #expect(await evaluate("ada.dinas.go.id", own).policy == .reject)
    #expect(await evaluate("hantu.dinas.go.id", ["dinas.go.id": "v=DMARC1; p=none; sp=reject"]).policy == .reject)
  }

  @Test func `a domain in test mode asks for one step less`() async {
    for (policy, milder) in [("reject", DMARCPolicy.quarantine), ("quarantine", .none), ("none", .none)] {
      #expect(await evaluate("dinas.go.id", ["dinas.go.id": "v=DMARC1; p=\(policy); t=y"]).policy == milder)
    }
  }

  @Test func `the walk asks eight times at most`() async {
    let dns = RecordedLookups()
    let author = "a.b.c.d.e.f.g.h.i.j.surat.dinas.example"
    _ = await DMARCEvaluation.evaluate(author: author, proven: [], lookups: dns)
    #expect(
      dns.asked.map { String($0.dropFirst(11)) } == [
        author, "g.h.i.j.surat.dinas.example", "h.i.j.surat.dinas.example", "i.j.surat.dinas.example",
        "j.surat.dinas.example", "surat.dinas.example", "dinas.example", "example",
      ])
  }

  @Test func `the organization is where the walk ends`() async {
    let plain = ["dinas.go.id": "v=DMARC1; p=reject", "b.dinas.go.id": "v=DMARC1; p=none"]
    #expect(await evaluate("a.b.dinas.go.id", dkim: "c.dinas.go.id", plain).organization == "dinas.go.id")
    // psd=n: a part that stands for itself.
    let own = ["dinas.go.id": "v=DMARC1; p=reject", "b.dinas.go.id": "v=DMARC1; p=reject; psd=n"]
    #expect(await evaluate("a.b.dinas.go.id", dkim: "c.dinas.go.id", own).result == .fail)
    #expect(await evaluate("a.b.dinas.go.id", dkim: "c.b.dinas.go.id", own).result == .pass)
    #expect(await evaluate("dinas.go.id", dkim: "b.dinas.go.id", own).result == .fail)
    // psd=y: a registry, below which each name is its own.
    let registry = ["go.id": "v=DMARC1; p=reject; psd=y"]
    let outcome = await evaluate("surat.dinas.go.id", dkim: "lain.go.id", registry)
    #expect(outcome.result == .fail && outcome.policy == .reject && outcome.organization == "dinas.go.id")
    #expect(await evaluate("surat.dinas.go.id", dkim: "dinas.go.id", registry).result == .pass)
  }

  @Test func `a registry that forgot to say so aligns nobody`() async {
    let records = ["go.id": "v=DMARC1; p=reject", "id": "v=DMARC1; p=none"]
    #expect(await evaluate("dinas.go.id", dkim: "lain.go.id", records).result == .pass)
    let suffixes: Set<String> = ["id", "go.id"]
    let outcome = await evaluate("dinas.go.id", dkim: "lain.go.id", records, suffixes: suffixes)
    #expect(outcome.result == .fail && outcome.organization == "dinas.go.id")
    #expect(await evaluate("dinas.go.id", dkim: "surat.dinas.go.id", records, suffixes: suffixes).result == .pass)
  }

  @Test func `a DNS that does not answer is neither pass nor fail`() async {
    let silent: [String: [RecordedLookups.Entry]] = ["_dmarc.dinas.go.id": [.silence]]
    #expect(await evaluate("dinas.go.id", [:], more: silent).result == .temperror)
    #expect(await evaluate("a.dinas.go.id", [:], more: silent).result == .temperror)
    let half: [String: [RecordedLookups.Entry]] = ["_dmarc.surat.dinas.go.id": [.silence]]
    let records = ["dinas.go.id": "v=DMARC1; p=reject"]
    #expect(await evaluate("dinas.go.id", dkim: "surat.dinas.go.id", records, more: half).result == .temperror)
    #expect(
      await evaluate("dinas.go.id", spf: "dinas.go.id", dkim: "surat.dinas.go.id", records, more: half).result == .pass)
  }

  @Test func `for signatures of strangers nothing is asked`() async {
    let dns = dns(["dinas.go.id": "v=DMARC1; p=reject"])
    let strangers = (0..<50).map { ProvenDomain(source: .dkim, domain: "a.b.c.d.e.f\($0).example") }
    _ = await DMARCEvaluation.evaluate(author: "dinas.go.id", proven: strangers, lookups: dns)
    #expect(dns.asked.count == 3)
  }
}
