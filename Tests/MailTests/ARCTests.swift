import Foundation
import Testing

@testable import Mail

struct ARCTests {
  private let first = MailSigner()
  private let second: MailSigner = {
    var signer = MailSigner(key: .ed25519(MailSigner.seed(9)))
    signer.domain = "milis.example"
    return signer
  }()

  private func validate(_ text: String) async -> ARCOutcome {
    let dns = RecordedLookups(txt: [first.name: first.record, second.name: second.record])
    return await ARCChain.validate(Array(text.utf8), lookups: dns, now: SignedLetters.time)
  }

  private var one: String { first.seal(SignedLetters.plain, after: 0, results: "mx.dinas.go.id; spf=pass") }
  private var two: String { second.seal(one, after: 1, results: "milis.example; dmarc=pass header.from=dinas.go.id") }

  @Test func `a message without a chain has none`() async {
    #expect(await validate(SignedLetters.plain) == ARCOutcome(result: .none))
  }

  @Test func `a chain of one and of two sets is good, and tells what the last sealer found`() async {
    #expect(await validate(one).result == .pass)
    let outcome = await validate(two)
    #expect(outcome.result == .pass && outcome.sets == 2 && outcome.sealer == "milis.example")
    #expect(outcome.results?.methods.first?.value("header.from") == "dinas.go.id")
  }

  @Test func `a message changed after the last seal breaks the chain, before it only the older signature`() async {
    #expect(await validate(two.replacingOccurrences(of: "mati", with: "hidup")).result == .fail)
    let changed = one.replacingOccurrences(of: "mati", with: "hidup")
    #expect(await validate(second.seal(changed, after: 1, results: "milis.example; arc=pass")).result == .pass)
  }

  @Test func `results that were changed break the seal`() async {
    #expect(await validate(two.replacingOccurrences(of: "spf=pass", with: "spf=fail")).result == .fail)
  }

  @Test func `a seal broken before the newest was set breaks the chain`() async {
    let changed = one.replacingOccurrences(of: "spf=pass", with: "spf=fail")
    #expect(await validate(second.seal(changed, after: 1, results: "milis.example; arc=pass")).result == .fail)
  }

  @Test func `a chain says itself whether it was good so far`() async {
    #expect(
      await validate(first.seal(SignedLetters.plain, after: 0, results: "x.example", chain: "pass")).result == .fail)
    #expect(await validate(second.seal(one, after: 1, results: "x.example", chain: "none")).result == .fail)
    #expect(await validate(second.seal(one, after: 1, results: "x.example", chain: "fail")).result == .fail)
  }

  @Test(arguments: [
    ("ARC-Seal: i=1", "X-Seal: i=1"), ("ARC-Message-Signature: i=2", "ARC-Message-Signature: i=3"),
    ("ARC-Authentication-Results: i=2", "ARC-Authentication-Results: i=1"),
    ("ARC-Authentication-Results: i=1", "ARC-Authentication-Results: i=0"), ("ARC-Seal: i=2", "ARC-Seal: i=51"),
    ("ARC-Seal: i=2", "ARC-Seal: h=from; i=2"), ("ARC-Seal: i=2", "ARC-Seal: 2"),
  ])
  func `a set that is not whole breaks the chain`(from: String, to: String) async {
    #expect(await validate(two.replacingOccurrences(of: from, with: to)).result == .fail)
  }

  @Test func `a key that does not answer is no verdict`() async {
    let dns = RecordedLookups([first.name: [.silence]])
    #expect(await ARCChain.validate(Array(one.utf8), lookups: dns, now: SignedLetters.time).result == .temperror)
  }
}
