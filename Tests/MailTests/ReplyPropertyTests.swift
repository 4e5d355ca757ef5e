import Foundation
import Mail
import Testing

/// Whatever comes in: nothing traps, nothing is lost, nothing takes long.
struct ReplyPropertyTests {
  private static let lines = [
    "> a", "b", "", "-- ", "--", "On x wrote:", "Pada 2 Nov 2026 10.00, x menulis:", "L <l@x.example> wrote:",
    "> wrote:",
    "On 2 Nov 2026 10:00, L <l@x.example> wrote:", "From: a <a@b>", "To: b", "Subject: c", "Date: Mon 10:00", ">> d",
    "-----Original Message-----", "---------- Forwarded message ---------", "Sent from my iPhone", "| bar",
    "Budi Santoso",
    "Reply above this line", "tel 0215550199", "____", "x mailing list", "> From: a <a@b>", "\u{A0}", "\u{1427}", "\r",
    "*",
    "This message is confidential, intended only for the intended recipient; delete it when received in error.",
  ]

  private static let tags = [
    "<p>", "</p>", "<div class=gmail_quote>", "</div>", "<blockquote type=cite>", "<blockquote>", "</blockquote>",
    "<br>", "x ",
    "<div class=gmail_attr>", "<div id=appendonsend>", "<div class=yahoo_quoted>", "<div style='border-top:1px'>",
    "<hr>",
    "<div class=moz-signature>", "From: a@b 10:00<br>", "To: c<br>", "Subject: d<br>", "L wrote:", "<li>",
    "<table><tr><td>",
  ]

  /// Words in any order: an answer below a quotation changes places with it. A blank of any width is no word.
  static func words(_ text: String) -> [String] {
    text.unicodeScalars.split { $0.properties.isWhitespace || $0.value == 0x200B || $0.value == 0xFEFF }
      .map { String($0) }.sorted()
  }

  private static func isWhole(_ parts: ReplyParts, _ text: String) -> Bool {
    words(parts.visible + "\n" + parts.quoted) == words(text)
  }

  @Test func `no line is lost or told twice, and something stays visible`() {
    var numbers = Numbers(11)
    let contexts = [
      ReplyContext(), ReplyContext(answers: true), ReplyContext(answers: false),
      ReplyContext(subject: "Re: x", senderName: "Budi Santoso", answers: true), ReplyContext(subject: "Fwd: x"),
    ]
    for round in 0..<600 {
      let picked = (0..<14).map { _ in Self.lines[Int.random(in: 0..<Self.lines.count, using: &numbers)] }
      let text = picked.joined(separator: "\n")
      let parts = ReplySplit.split(plain: text, context: contexts[round % contexts.count])
      #expect(Self.isWhole(parts, text), "\(text.debugDescription)")
      #expect(Self.words(parts.visible).isEmpty == Self.words(text).isEmpty, "\(text.debugDescription)")
      if parts.quoted.isEmpty { #expect(parts.visible == text) }
    }
  }

  @Test func `no word of html is lost`() {
    var numbers = Numbers(12)
    for _ in 0..<250 {
      let html = (0..<16).map { _ in Self.tags[Int.random(in: 0..<Self.tags.count, using: &numbers)] }.joined()
      let message = Letters.read("From: a@x.example\nContent-Type: text/html\n\n" + html)
      let parts = ReplySplit.split(html: html)
      #expect(Self.isWhole(parts, message.text), "\(html)")
      #expect(parts == ReplyParts(visible: message.visibleText, quoted: message.quotedText), "\(html)")
    }
  }

  @Test func `mutated mails never trap`() {
    var numbers = Numbers(13)
    let seeds = [
      Self.lines.joined(separator: "\n"), Self.tags.joined(), Letters.plain, Letters.mixed,
      "Halo.\n\nOn 2 Nov 2026 10:00, L <\nl@x.example> wrote:\n> lama\n\nBelum.\n-- \nBudi\n",
      "在 2026年11月2日，L <l@x.example> 写道：\n> x\n差出人: a\n宛先: b\n件名: c\n:כתב L, 2026-11-02 בתאריך\n> y\n",
    ].map { Array($0.utf8) }
    for round in 0..<400 {
      var bytes = seeds[round % seeds.count]
      for _ in 0..<Int.random(in: 1...12, using: &numbers) {
        let at = Int.random(in: 0..<bytes.count, using: &numbers)
        switch Int.random(in: 0..<4, using: &numbers) {
        case 0: bytes[at] = UInt8.random(in: 0...255, using: &numbers)
        case 1: bytes.remove(at: at)
        case 2: bytes.insert([10, 13, 62, 58, 45, 60, 32, 0, 0xE2, 0xFF][at % 10], at: at)
        default: bytes.insert(contentsOf: bytes[max(0, at - 40)..<at], at: at)
        }
      }
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(Self.isWhole(ReplySplit.split(plain: text), text), "\(text.debugDescription)")
      _ = ReplySplit.split(html: text)
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `text built to exhaust is split in time`() {
    let units = [
      "> a\n", "> a\nb\n", "1:11:\n", "to: x\n", "--\n", "> wrote:\n", "\n",
      "On 1 Jan 2026 10:00, B <b@c> wrote:\n> x\n",
      "wrote ", "Sent from my iPhone\n", "On 2026 writes a:\n", "---- forwarde message:\n", "\u{A0}",
    ]
    for unit in units {
      let text = String(repeating: unit, count: 24_000 / unit.utf8.count)
      #expect(Self.isWhole(ReplySplit.split(plain: "isi\n" + text), "isi\n" + text))
      #expect(!ReplySplit.split(plain: text + "isi").visible.isEmpty)
    }
    let blank = String(repeating: "\n", count: 12_000) + String(repeating: units[7], count: 300)
    #expect(Self.isWhole(ReplySplit.split(plain: blank), blank))
  }
}
