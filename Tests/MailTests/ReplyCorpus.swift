import Foundation
import Mail

/// Third-party replies whose new text is known, compared with what `ReplySplit` shows. Reads the files where they lie.
///
/// A case is equal when the visible text is the source's, white space folded (of HTML: the same letters and digits);
/// hidden when words of the writer are missing that the source shows. Where a source says less than the whole text, the
/// least that it says is asked for.
struct ReplyCorpus {
  private(set) var cases = 0
  private(set) var equal = 0
  private(set) var hidden: [String] = []
  /// What we show too much, by case.
  private(set) var more: [String] = []

  typealias Row = CorpusFacts.Row

  /// - Parameter own: the writer's own words where `wanted` holds those of others too.
  mutating func check(_ id: String, wanted: String, own: String? = nil, visible: String) {
    cases += 1
    let left = Self.words(wanted)
    let right = Self.words(visible)
    if left == right {
      equal += 1
    } else if let lost = Self.missing(Self.bare(own ?? wanted), in: Self.bare(visible)).first {
      hidden.append("\(id) (hides '\(lost)')")
    } else if own != nil, !Self.missing(left, in: right).isEmpty {
      more.append("\(id) (folds what the source calls forwarded)")
    } else {
      let extra = Self.missing(right, in: left).prefix(6).joined(separator: " ")
      more.append("\(id) (shows '\(extra)')")
    }
  }

  mutating func check(_ id: String, wantedHTML: String, _ parts: ReplyParts) {
    cases += 1
    let left = CorpusFacts.words(wantedHTML)
    let right = CorpusFacts.words(parts.visible)
    if left == right {
      equal += 1
    } else if parts.quoted.isEmpty {
      more.append("\(id) (folds nothing)")
    } else if CorpusFacts.contains(right, left) {
      more.append("\(id) (shows \(right.count - left.count) letters more)")
    } else {
      hidden.append("\(id) (of \(left.count) letters)")
    }
  }

  /// Only that some words are there is known.
  mutating func check(_ id: String, holds parts: [String], visible: String) {
    cases += 1
    let right = CorpusFacts.words(visible)
    if parts.allSatisfy({ CorpusFacts.contains(right, CorpusFacts.words($0)) }) {
      equal += 1
    } else {
      hidden.append(id)
    }
  }

  private static func words(_ text: String) -> [String] { text.split(whereSeparator: \.isWhitespace).map(String.init) }

  /// Words without what stands around their letters and digits.
  private static func bare(_ text: String) -> [String] {
    words(text).map { String(decoding: CorpusFacts.words($0), as: UTF8.self) }.filter { !$0.isEmpty }
  }

  private static func missing(_ words: [String], in others: [String]) -> [String] {
    var counts = others.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    return words.filter { word in
      guard let count = counts[word], count > 0 else { return true }
      counts[word] = count - 1
      return false
    }
  }

  /// The text of HTML, nothing split off.
  static func text(_ html: String) -> String {
    MailReader.read(Array(("From: a@x.example\nContent-Type: text/html; charset=utf-8\n\n" + html).utf8)).text
  }

  private static func show(_ text: String, _ context: ReplyContext = ReplyContext()) -> String {
    ReplySplit.split(plain: text, context: context).visible
  }

  private static func file(_ folder: URL, _ name: String) -> String {
    String(decoding: (try? Data(contentsOf: folder.appendingPathComponent(name))) ?? Data(), as: UTF8.self)
  }

  private static func id(_ row: Row) -> String { row["id"] as? String ?? "?" }

  // MARK: - Sources

  static func discourse(_ folder: URL) -> ReplyCorpus {
    var corpus = ReplyCorpus()
    for row in CorpusFacts.rows(folder) {
      let text = file(folder, row["file"] as? String ?? "")
      corpus.check(id(row), wanted: row["trimmed"] as? String ?? "", visible: show(text))
    }
    return corpus
  }

  /// Fragment 0 is the reply. With answers between quotations only the words of later fragments are known.
  static func crisp(_ folder: URL) -> ReplyCorpus {
    var corpus = ReplyCorpus()
    for row in CorpusFacts.rows(folder) {
      let text = file(folder, row["file"] as? String ?? "")
      let checks = row["checks"] as? [Row] ?? []
      let visible = show(text)
      let patterns = checks.compactMap { check in (check["matches"] as? String).map { (check["fragment"] as? Int, $0) }
      }
      let starts = checks.first { $0["fragment"] as? Int == 0 && $0["equals"] != nil }?["equals"] as? String
      if let all = checks.compactMap({ $0["visible_text_equals"] as? String }).first {
        corpus.check(id(row), wanted: all, visible: visible)
      } else if checks.contains(where: { $0["fragments"] as? Int == 1 }) {
        corpus.check(id(row), wanted: text, visible: visible)
      } else if patterns.contains(where: { $0.0 ?? 0 >= 2 }) {
        let own = patterns.map(\.1).filter { !$0.hasPrefix("^>") && !$0.hasPrefix("^_") && !$0.hasPrefix("^On") }
        let parts = own.map { range($0, in: text).map { String(text[$0]) } ?? $0 }
        corpus.check(id(row), holds: parts + [starts ?? ""], visible: visible)
      } else if let starts {
        corpus.check(id(row), wanted: starts, visible: visible)
      } else if let quote = patterns.first(where: { $0.0 == 1 && $0.1.hasPrefix("^") }),
        let at = range(quote.1, in: text)
      {
        corpus.check(id(row), wanted: String(text[..<at.lowerBound]), visible: visible)
      } else {
        let parts = patterns.filter { $0.0 == 0 }.map { range($0.1, in: text).map { String(text[$0]) } ?? $0.1 }
        corpus.check(id(row), holds: parts, visible: visible)
      }
    }
    return corpus
  }

  private static func range(_ pattern: String, in text: String) -> Range<String.Index>? {
    guard let expression = try? NSRegularExpression(pattern: pattern, options: .anchorsMatchLines) else { return nil }
    let found = expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text))
    return found.flatMap { Range($0.range, in: text) }
  }

  static func talon(_ folder: URL) -> ReplyCorpus {
    var corpus = ReplyCorpus()
    for row in CorpusFacts.rows(folder, "text.jsonl") {
      corpus.check(id(row), wanted: row["reply"] as? String ?? "", visible: show(row["input"] as? String ?? ""))
    }
    for row in CorpusFacts.rows(folder, "html.jsonl") {
      let wanted = text(row["reply_html_without_whitespace"] as? String ?? "")
      corpus.check(id(row), wantedHTML: wanted, ReplySplit.split(html: row["input"] as? String ?? ""))
    }
    for row in CorpusFacts.rows(folder, "html-files.jsonl") {
      let html = file(folder, row["file"] as? String ?? "")
      corpus.check(id(row), wantedHTML: row["reply_words"] as? String ?? "", ReplySplit.split(html: html))
    }
    for row in CorpusFacts.rows(folder, "eml-files.jsonl") {
      let message = CorpusFacts.message(folder, row)
      corpus.check(id(row), wanted: row["reply"] as? String ?? "", visible: message.visibleText)
    }
    for row in CorpusFacts.rows(folder, "signature.jsonl") {
      corpus.check(id(row), wanted: row["text"] as? String ?? "", visible: show(row["input"] as? String ?? ""))
    }
    for row in CorpusFacts.rows(folder, "signature-files.jsonl") {
      let body = row["body"] as? String ?? ""
      let signature = row["signature"] as? String ?? ""
      let wanted = body.range(of: signature, options: .backwards).map { String(body[..<$0.lowerBound]) } ?? body
      let context = ReplyContext(senderName: row["sender"] as? String ?? "")
      corpus.check(id(row), wanted: wanted, visible: show(body, context))
    }
    return corpus
  }

  /// A message that the source calls forwarded stays whole; of an answer what stands above and below the quotation.
  static func quotequail(_ folder: URL) -> ReplyCorpus {
    var corpus = ReplyCorpus()
    for row in CorpusFacts.rows(folder, "quote-text.jsonl") {
      corpus.check(id(row), wanted: shown(row).joined(separator: "\n"), visible: show(row["text"] as? String ?? ""))
    }
    for row in CorpusFacts.rows(folder, "quote-html.jsonl") {
      let wanted = shown(row).map(text).joined(separator: "\n")
      corpus.check(id(row), wantedHTML: wanted, ReplySplit.split(html: row["html"] as? String ?? ""))
    }
    for row in CorpusFacts.rows(folder, "unwrap-text.jsonl") {
      let text = row["text"] as? String ?? ""
      let keys = ["text_top", "text_bottom"]
      let own = keys.compactMap { (row["expect"] as? Row)?[$0] as? String }.joined(separator: "\n")
      corpus.check(id(row), wanted: unwrapped(row, whole: text, keys), own: own, visible: show(text))
    }
    let htmls =
      CorpusFacts.rows(folder, "unwrap-html.jsonl").map { ($0, $0["html"] as? String ?? "") }
      + CorpusFacts.rows(folder, "unwrap-html-files.jsonl").map { ($0, file(folder, $0["file"] as? String ?? "")) }
    for (row, html) in htmls {
      let wanted = unwrapped(row, whole: html, ["html_top", "html_bottom"])
      corpus.check(id(row), wantedHTML: text(wanted), ReplySplit.split(html: html))
    }
    return corpus
  }

  private static func shown(_ row: Row) -> [String] {
    (row["intro_line_cut"] as? [Row] ?? []).filter { $0["shown"] as? Bool == true }.compactMap {
      $0["content"] as? String
    }
  }

  private static func unwrapped(_ row: Row, whole: String, _ keys: [String]) -> String {
    guard let expect = row["expect"] as? Row, expect["type"] as? String == "reply" else { return whole }
    return keys.compactMap { expect[$0] as? String }.joined(separator: "\n")
  }

  /// Addresses of links are no visible words, and the source's browser wrote them anew.
  static func mailspring(_ folder: URL) -> ReplyCorpus {
    var corpus = ReplyCorpus()
    for row in CorpusFacts.rows(folder) {
      let files = ["file", "expect_file"].map { file(folder, row[$0] as? String ?? "") }
      let bare = files.map { $0.replacingOccurrences(of: "href=", with: "data-address=") }
      corpus.check(id(row), wantedHTML: text(bare[1]), ReplySplit.split(html: bare[0]))
    }
    return corpus
  }

  /// Mails put together from the words of one program in many languages.
  static func roundcube(_ folder: URL) -> ReplyCorpus {
    var corpus = ReplyCorpus()
    let new = "Sudah kami coba lagi, halaman masih kosong."
    let values = [
      ("subject", "Laporan"), ("date", "2026-11-03 09:15"), ("from", "Siti Rahma <siti@layanan.example>"),
      ("to", "Budi <budi@dinas.example>"),
    ]
    for row in CorpusFacts.rows(folder) {
      var intro = row["intro"] as? String ?? ""
      for (name, value) in [("date", "2026-11-03 09:15"), ("sender", "Siti Rahma")] {
        intro = intro.replacingOccurrences(of: "$\(name)", with: value)
        intro = intro.replacingOccurrences(of: "\(name)$", with: value)
      }
      corpus.check(
        "\(id(row)) intro", wanted: new, visible: show("\(new)\n\n\(intro)\n> Mohon dicoba lagi.\n> Terima kasih.\n"))
      let labels = row["labels"] as? [String: String] ?? [:]
      let block = values.map { "\(labels[$0.0] ?? $0.0): \($0.1)" }.joined(separator: "\n")
      let title = row["original_message"] as? String ?? ""
      corpus.check(
        "\(id(row)) block", wanted: new,
        visible: show("\(new)\n\n-------- \(title) --------\n\(block)\n\nMohon dicoba lagi.\n"))
      // Some programs leave the separator out.
      corpus.check("\(id(row)) bare block", wanted: new, visible: show("\(new)\n\n\(block)\n\nMohon dicoba lagi.\n"))
      if let forwarded = row["forwarded_message"] as? String {
        let text = "\(new)\n\n-------- \(forwarded) --------\n\(block)\n\nMohon dicoba lagi.\n"
        corpus.check("\(id(row)) forward", wanted: text, visible: show(text))
      }
    }
    return corpus
  }

  /// Floors are what was measured; raise them when splitting gets better, never lower them.
  static let sources: [(folder: String, equal: Int, hidden: Int, read: @Sendable (URL) -> ReplyCorpus)] = [
    ("reply-discourse", 31, 0, discourse), ("reply-crisp", 32, 0, crisp), ("reply-talon", 49, 1, talon),
    ("reply-quotequail", 14, 0, quotequail), ("reply-html-mailspring", 10, 0, mailspring),
    ("reply-intros-roundcube", 120, 0, roundcube),
  ]
}
