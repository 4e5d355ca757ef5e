import Mail
import Testing

/// Whatever comes, reading of machines' mail ends, soon, and says nothing but clean lines.
struct MachineHostileTests {
  private static let seeds = [
    Letters.bounce, BounceTests.notice("<siti@dinas.example.go.id>: 550 5.1.1 user unknown"),
    DeliveryReportTests.report(
      """
      Final-Recipient: utf-8; sit\\x{EC}@x.example.id
      Original-Recipient: rfc822;a@b.example
      Action: failed
      Status: 5.0.0
      """
    ),
    "From: no-reply@sns.amazonaws.com\n\n{\"notificationType\":\"Bounce\",\"bounce\":{\"bouncedRecipients\":[{}]}}",
  ].map { Array($0.utf8) }

  private static let morsels =
    Hostile.all.map { Array($0.utf8) }
    + [
      "550", "5.1.1", "5.999.999", "4.", "599-", "@", "<>", "\n\n", "Final-Recipient:", "Action: ", "Status: 5", "\\x{",
      "\\x{110000}@", "!\n ", "{\"a\":", "]]]]", "Message-ID:", "Received: x", "\"@", "rcpt to:", "--r",
      "\n  a@b.example:\n",
    ].map { Array($0.utf8) }

  @Test func `three thousand mutated bounces come to life and their values are clean lines`() {
    var numbers = Numbers(11)
    for round in 0..<3_000 {
      var bytes = Self.seeds[round % Self.seeds.count]
      for _ in 0..<Int.random(in: 1...8, using: &numbers) where !bytes.isEmpty {
        let at = Int.random(in: 0..<bytes.count, using: &numbers)
        switch Int.random(in: 0..<4, using: &numbers) {
        case 0: bytes[at] = UInt8.random(in: 0...255, using: &numbers)
        case 1: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...40, using: &numbers)))
        case 2: bytes.insert(contentsOf: Self.morsels[Int.random(in: 0..<Self.morsels.count, using: &numbers)], at: at)
        default: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 60)], at: at)
        }
      }
      let message = MailReader.read(bytes)
      guard let bounce = message.bounce else { continue }
      #expect(message.automatic.kind == .bounce)
      let failures = [bounce.failure] + bounce.others
      #expect(failures.count <= 50)
      for value in failures.flatMap({ [$0.recipient, $0.finalRecipient, $0.diagnostic, $0.status] }).compactMap(\.self)
      {
        #expect(
          !value.unicodeScalars.contains { $0.value < 32 || (0x7F...0x9F).contains($0.value) || $0.value == 0x2028 })
      }
      for failure in failures {
        #expect(failure.replyCode.map { (400...559).contains($0) } ?? true)
        #expect(failure.recipient?.utf8.contains(64) ?? true)
        #expect(failure.action == .failed || !failure.permanent)
      }
    }
  }

  @Test(arguments: ["[", "{\"a\":", "{\"Message\":\"", "\\\"", "!\n "])
  func `a notice in JSON may nest or break as it likes`(piece: String) {
    let json = "{" + String(repeating: piece, count: 50_000) + "}"
    let message = Letters.read("From: no-reply@sns.amazonaws.com\n\n" + json)
    #expect(message.bounce == nil && message.automatic.kind == .notification)
  }

  @Test func `a bounce that breaks off anywhere comes to life`() {
    for seed in Self.seeds {
      for end in stride(from: 0, to: seed.count, by: 3) {
        #expect(MailReader.read(Array(seed[..<end])).automatic.kind.rawValue.utf8.count > 0)
      }
    }
  }

  @Test(arguments: [
    "550 ", "5.1.1 ", "5", "a@b.example:\n", "\"@", "@", "From: a\n", "Received: x\n ", "mailbox ", "rcpt to:", "<",
    "!\n ", "{",
    "Final-Recipient: rfc822; a@b.example\nAction: failed\n\n", "\n", "\\x{", "550-5.1.1 over quota\n",
    "does not * exist ",
  ])
  func `a notice of any size takes its share of time`(piece: String) {
    func letter(_ size: Int, typed: Bool) -> [UInt8] {
      let words = String(repeating: piece, count: max(1, size / piece.utf8.count))
      let text = typed ? DeliveryReportTests.report(words, words: words) : BounceTests.notice(words)
      return Array(text.utf8)
    }
    let clock = ContinuousClock()
    func fastest(_ size: Int, _ typed: Bool) -> Duration {
      let bytes = letter(size, typed: typed)
      return (0..<3).map { _ in clock.measure { _ = MailReader.read(bytes) } }.min() ?? .zero
    }
    for typed in [false, true] {
      let (small, middle, large) = (fastest(4 << 10, typed), fastest(16 << 10, typed), fastest(64 << 10, typed))
      // Each has four times the text of the one before; a quadratic walk would take sixteen times as long.
      #expect(middle < small * 10 + .milliseconds(150), "\(small) \(middle)")
      #expect(large < middle * 10 + .milliseconds(150), "\(middle) \(large)")
    }
  }
}
