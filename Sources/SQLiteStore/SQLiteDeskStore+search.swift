public import Desk
import GRDB
import SOP

/// Search in two indexes: `search` holds the words of every message, `names` every part of three letters of domain
/// names and addresses. Both are read from the newest entry backwards and stop when a page is full, so a word that
/// stands in every message costs no more than a rare one. A person's text never reaches MATCH: its words do, quoted.
extension SQLiteDeskStore {
  public func search(_ text: String, after: Int64?, limit: Int) async throws -> [SearchHit] {
    let words = SearchText.words(text)
    guard let query = SearchQuery(text), limit > 0 else { return [] }
    let found = try await read { [unreadable] db in
      try query.events(before: after ?? Int64.max, limit: min(limit, 200), db).compactMap { id -> FoundEvent? in
        let row = try db.row(
          """
          SELECT e.id, e.sequence, e.event, t.* FROM events e JOIN tickets t ON t.number = e.ticket WHERE e.id = ?
          """, [id])
        guard let row else { return nil }
        let summary = try unreadable.value(of: "tickets \(row["number"] as String)") { try SummaryColumns.summary(row) }
        return summary.map { FoundEvent(id: id, event: row["event"], sequence: row["sequence"], summary: $0) }
      }
    }
    return try found.compactMap { event in
      try unreadable.value(of: "\(event.summary.number) event \(event.sequence)") { try event.hit(words) }
    }
  }
}

private struct FoundEvent: Sendable {
  let id: Int64
  let event: String
  let sequence: Int
  let summary: TicketSummary

  func hit(_ words: [String]) throws -> SearchHit {
    let event = try JSONText.read(TicketEvent.self, event, at: "\(summary.number) event \(sequence)")
    return SearchHit(
      summary: summary, excerpt: Excerpt.of(SearchText.of(event) ?? summary.problem, around: words), cursor: id)
  }
}

/// The words of a search as patterns of FTS5.
private struct SearchQuery: Sendable {
  private let exact: String
  /// The last word may be the beginning of one; from three letters on, shorter beginnings are in every text.
  private let beginning: String?
  /// `nil` when no word has the three letters the index of names is made of.
  private let names: String?

  init?(_ text: String) {
    // What is written together stands together: `sukamaju.desa.id` is a phrase of three words.
    let pieces = SearchQuery.pieces(text)
    let phrases = pieces.map { SearchText.words($0) }.filter { !$0.isEmpty }
    guard let last = phrases.last?.last else { return nil }
    exact = phrases.map { SearchQuery.quoted($0.joined(separator: " ")) }.joined(separator: " AND ")
    beginning = last.unicodeScalars.count >= 3 ? exact + "*" : nil
    let parts = pieces.filter { $0.unicodeScalars.count >= 3 }
    names = parts.isEmpty ? nil : parts.map { SearchQuery.quoted($0) }.joined(separator: " AND ")
  }

  /// The text cut at white space and control characters, lower case, without punctuation around; at most twelve.
  private static func pieces(_ text: String) -> [String] {
    text.unicodeScalars.prefix(400).split {
      $0.properties.isWhitespace || $0.properties.generalCategory == .control
    }.prefix(12).compactMap { piece in
      func isWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      }
      guard let first = piece.firstIndex(where: isWord), let last = piece.lastIndex(where: isWord) else { return nil }
      return String(String.UnicodeScalarView(piece[first...last])).lowercased()
    }
  }

  private static func quoted(_ word: String) -> String {
    var out = String.UnicodeScalarView("\"".unicodeScalars)
    for scalar in word.unicodeScalars {
      if scalar == "\"" { out.append(scalar) }
      out.append(scalar)
    }
    out.append("\"")
    return String(out)
  }

  /// Newest first, one event of a ticket in a page. Beginnings are asked for only when whole words do not fill it:
  /// merging the lists of all words that begin so is the dear part.
  func events(before: Int64, limit: Int, _ db: Database) throws -> [Int64] {
    // More than a page, because several events of one ticket make one hit.
    let reach = limit * 4
    var ids = Set(try matches("search", exact, before, reach, db))
    if let names { ids.formUnion(try matches("names", names, before, reach, db)) }
    if ids.count < limit, let beginning { ids.formUnion(try matches("search", beginning, before, reach, db)) }
    var tickets = Set<String>()
    var page: [Int64] = []
    for id in ids.sorted(by: >) {
      let ticket = try String.fetchOne(
        try db.cachedStatement(sql: "SELECT ticket FROM events WHERE id = ?"), arguments: [id])
      guard let ticket, tickets.insert(ticket).inserted else { continue }
      page.append(id)
      if page.count == limit { break }
    }
    return page
  }

  private func matches(_ table: String, _ pattern: String, _ before: Int64, _ limit: Int, _ db: Database) throws
    -> [Int64]
  {
    try Int64.fetchAll(
      try db.cachedStatement(
        sql: "SELECT rowid FROM \(table) WHERE \(table) MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?"),
      arguments: [pattern, before, limit])
  }
}

/// A line of the text around the first of the words: at most 160 scalars, control characters as spaces.
private enum Excerpt {
  static func of(_ text: String, around words: [String]) -> String {
    let scalars = Array(text.unicodeScalars.prefix(70_000))
    // Lower-casing one scalar at a time keeps positions; where a letter becomes two, the first one is compared.
    let lowered = scalars.map { $0.properties.lowercaseMapping.unicodeScalars.first ?? $0 }
    let start = words.compactMap { position(of: Array($0.unicodeScalars), in: lowered) }.min() ?? 0
    let from = max(0, start - 40)
    let slice = scalars[from..<min(scalars.count, from + 160)]
    var out = String.UnicodeScalarView()
    if from > 0 { out.append("…") }
    for scalar in slice {
      let isSpace = scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
      if isSpace && (out.isEmpty || out.last == " ") { continue }
      out.append(isSpace ? " " : scalar)
    }
    if from + 160 < scalars.count { out.append("…") }
    return String(out)
  }

  private static func position(of word: [Unicode.Scalar], in text: [Unicode.Scalar]) -> Int? {
    guard let first = word.first, word.count <= text.count else { return nil }
    for start in 0...(text.count - word.count) where text[start] == first {
      if text[start..<(start + word.count)].elementsEqual(word) { return start }
    }
    return nil
  }
}
