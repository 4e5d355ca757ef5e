import Foundation
import Mail
import Testing

/// Facts of third-party HTML corpora, compared with what `CleanHTML` makes of their payloads. Two facts hold for every
/// case: nothing forbidden is left, and cleaning again changes nothing. Others are compared by meaning: the text that
/// the other product shows is shown, links of good schemes are kept, what must be gone is gone.
extension CorpusFacts {
  /// Left out with their content here; cases that show them say nothing about our text.
  private static let droppedHere = [
    "<svg", "<math", "<style", "<template", "<textarea", "<select", "<option", "<title", "<video", "<audio",
  ]

  /// What a reader sees, by the reader of text that shares no code with the sanitiser.
  private static func shown(_ html: String) -> [UInt8] {
    words(MailReader.read(Array("From: a@x.example\nContent-Type: text/html; charset=utf-8\n\n\(html)".utf8)).text)
  }

  @discardableResult
  private mutating func safe(_ row: Row) -> (payload: String, clean: CleanHTML) {
    let payload = row["payload"] as? String ?? ""
    for remote in [CleanHTML.Remote.blocked, .allowed] {
      let clean = CleanHTML(payload, remote: remote)
      let faults = StrictHTML(clean.text, remote: remote == .allowed).faults
      check(row, "safe", faults.isEmpty, "\(faults) \(clean.text)")
      check(row, "again", CleanHTML(clean.text, remote: remote) == clean, clean.text)
    }
    return (payload, CleanHTML(payload))
  }

  static func dompurify(_ folder: URL) -> CorpusFacts {
    var facts = CorpusFacts()
    for row in rows(folder) {
      let (_, clean) = facts.safe(row)
      let expected = row["expected_any_of"] as? [String] ?? []
      let foreign = expected.contains { html in droppedHere.contains { contains(Array(html.utf8), Array($0.utf8)) } }
      if foreign { continue }
      let ours = shown(clean.text)
      facts.check(row, "text", expected.contains { contains(ours, shown($0)) }, "\(expected) | \(clean.text)")
    }
    return facts
  }

  static func roundcube(_ folder: URL) -> CorpusFacts {
    var facts = CorpusFacts()
    for row in rows(folder) {
      let (payload, clean) = facts.safe(row)
      let images = StrictHTML(clean.text).images
      facts.check(row, "remote", images.allSatisfy { !$0.utf8.starts(with: "http".utf8) }, clean.text)
      if let expected = row["expected"] as? String, !contains(Array(payload.utf8), Array("<svg".utf8)),
        !contains(Array(payload.utf8), Array("<math".utf8))
      {
        facts.check(row, "text", shown(expected) == shown(clean.text), "\(expected) | \(clean.text)")
      }
      for check in row["checks"] as? [Row] ?? [] { facts.roundcube(row, check, clean.text) }
    }
    return facts
  }

  /// Patterns stand between delimiters and are plain words but for escaped signs.
  private mutating func roundcube(_ row: Row, _ check: Row, _ clean: String) {
    let why = check["why"] as? String ?? ""
    func plain(_ pattern: String) -> [UInt8] {
      let inner = Array(pattern.utf8.dropFirst().dropLast())
      return inner.filter { $0 != 92 }
    }
    let have = Array(clean.utf8)
    // Its own marks: renamed ids, and notes of what it washed away.
    func isItsOwn(_ text: [UInt8]) -> Bool {
      ["x-washed", "=\"test", "#test", "aaa:"].contains { Self.contains(text, Array($0.utf8)) }
    }
    if let word = check["must_not_contain"] as? String {
      self.check(row, "gone", !Self.contains(have, Array(word.utf8)), "\(why) | \(clean)")
    } else if let pattern = check["must_not_match"] as? String {
      self.check(row, "gone", !Self.contains(have, plain(pattern)), "\(why) | \(clean)")
    } else if let whole = check["equals"] as? String {
      self.check(row, "text", Self.shown(whole) == Self.shown(clean), "\(why) | \(clean)")
    } else if let word = check["contains"] as? String, !isItsOwn(Array(word.utf8)) {
      self.check(row, "kept", Self.contains(have, Array(word.utf8)), "\(why) | \(word) | \(clean)")
    } else if let pattern = check["matches"] as? String, !isItsOwn(plain(pattern)) {
      self.check(row, "kept", Self.contains(have, plain(pattern)), "\(why) | \(pattern) | \(clean)")
    }
  }

  static func sanitizeHTML(_ folder: URL) -> CorpusFacts {
    var facts = CorpusFacts()
    for row in rows(folder) {
      let (_, clean) = facts.safe(row)
      let expected = row["expected"] as? String ?? ""
      facts.check(row, "text", shown(expected) == shown(clean.text), "\(expected) | \(clean.text)")
      let ours = Array(clean.text.utf8)
      for scheme in ["http://", "HTTPS://", "mailto:"] {
        for piece in expected.utf8.split(separator: 34)
        where piece.starts(with: scheme.utf8) {
          let address = asciiLower(Array(scheme.utf8)) + piece.dropFirst(scheme.utf8.count)
          facts.check(row, "link", contains(ours, Array(address)), "\(expected) | \(clean.text)")
        }
      }
    }
    return facts
  }

  private static func asciiLower(_ bytes: [UInt8]) -> [UInt8] {
    bytes.map { (65...90).contains($0) ? $0 + 32 : $0 }
  }

  /// Floors are what was measured; raise them when cleaning gets better, never lower them.
  static let html: [(folder: String, floor: Double, read: @Sendable (URL) -> CorpusFacts)] = [
    ("html-dompurify", 0.995, dompurify), ("html-roundcube-mail", 0.98, roundcube),
    ("html-sanitize-html", 0.985, sanitizeHTML),
  ]
}

struct HTMLCorpusTests {
  @Test(arguments: CorpusFacts.html.map(\.folder))
  func `third-party HTML is cleaned as well as when it was last measured`(folder: String) throws {
    guard let root = CorpusFacts.folder else {
      print("skipped: no corpora (SIGAP_CORPORA)")
      return
    }
    let adapter = try #require(CorpusFacts.html.first { $0.folder == folder })
    let place = root.appendingPathComponent(folder)
    let facts = adapter.read(place)
    let cases = CorpusFacts.rows(place).count
    print("\(folder): \(cases) cases, \(facts.right) right, \(facts.missed.count) wrong")
    for missed in facts.missed { print("  \(missed.prefix(300))") }
    #expect(cases > 0)
    #expect(facts.share >= adapter.floor, "\(facts.missed.prefix(20))")
    // Not a matter of degree.
    #expect(!facts.missed.contains { $0.contains(" safe ") || $0.contains(" again ") })
  }
}
