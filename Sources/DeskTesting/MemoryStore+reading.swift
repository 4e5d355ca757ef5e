public import Desk
public import SOP

extension MemoryStore {
  public func queue(_ view: QueueView, after: QueueCursor?, limit: Int) -> [TicketSummary] {
    summaries.values.filter { MemoryStore.holds(view, $0) }
      .filter { summary in
        guard let after else { return true }
        return (summary.order, summary.number.description) > (after.due, after.number)
      }
      .sorted { ($0.order, $0.number.description) < ($1.order, $1.number.description) }
      .prefix(max(0, limit)).map { $0 }
  }

  public func counts(holder: String?) -> QueueCounts {
    func count(_ view: QueueView) -> Int { summaries.values.count { MemoryStore.holds(view, $0) } }
    var counts = QueueCounts()
    counts.mine = holder.map { count(.mine(account: $0)) } ?? 0
    counts.free = count(.free)
    counts.all = count(.all)
    counts.waitingForRequester = count(.waitingForRequester)
    counts.atRegistry = count(.atRegistry)
    counts.lapsed = count(.lapsed)
    counts.closed = count(.closed)
    counts.wroteAfterClosing = count(.wroteAfterClosing)
    for stage in Stage.allCases where count(.stage(stage)) > 0 { counts.byStage[stage] = count(.stage(stage)) }
    return counts
  }

  /// What each view holds, in words every store can be compared with.
  static func holds(_ view: QueueView, _ summary: TicketSummary) -> Bool {
    if summary.closure != nil { return view == .closed || view == .wroteAfterClosing && summary.unread }
    switch view {
    case .mine(let account): return summary.holder?.account == account
    case .free: return summary.holder == nil
    case .all: return true
    case .waitingForRequester: return summary.turn == .requester
    case .atRegistry: return summary.turn == .registry
    case .lapsed: return summary.lapsedAt != nil
    case .stage(let stage): return summary.stage == stage
    case .closed, .wroteAfterClosing: return false
    }
  }

  public func summary(_ number: TicketNumber) -> TicketSummary? { summaries[number] }

  public func tickets(ofDomain domain: DomainName, limit: Int) -> [TicketSummary] {
    newestFirst(summaries.values.filter { $0.domain == domain }, limit)
  }

  public func openTickets(ofRequester email: String, limit: Int) -> [TicketSummary] {
    newestFirst(summaries.values.filter { $0.requesterEmail == email && $0.closure == nil }, limit)
  }

  private func newestFirst(_ found: [TicketSummary], _ limit: Int) -> [TicketSummary] {
    Array(found.sorted { ($0.receivedAt, $0.number) > ($1.receivedAt, $1.number) }.prefix(max(0, limit)))
  }

  public func commandLog(of ticket: TicketNumber?, after: Int64?, limit: Int) -> [CommandLogEntry] {
    let entries = commands.filter { ticket == nil || $0.ticket == ticket }.reversed()
    return Array(entries.dropFirst(Int(max(0, after ?? 0))).prefix(max(0, limit)))
  }

  public func lastEvent() -> Int64 { Int64(eventTickets.count) }

  public func changes(after event: Int64, limit: Int) -> (last: Int64, tickets: [TicketChange]) {
    let looked = eventTickets.dropFirst(Int(max(0, event))).prefix(max(0, limit))
    var seen: Set<TicketNumber> = []
    let tickets = looked.filter { seen.insert($0).inserted }.compactMap { summaries[$0] }
    return (
      event + Int64(looked.count),
      tickets.map { TicketChange(number: $0.number, version: $0.version, stage: $0.stage) }
    )
  }

  // MARK: Search

  public func search(_ text: String, after: Int64?, limit: Int) -> [SearchHit] {
    let pieces = text.lowercased().unicodeScalars.split { $0.properties.isWhitespace || $0.value < 0x20 }
      .map { String(String.UnicodeScalarView($0)) }
    let phrases = pieces.map { SearchText.words($0) }.filter { !$0.isEmpty }
    guard !phrases.isEmpty, limit > 0 else { return [] }
    let parts = pieces.filter { $0.unicodeScalars.count >= 3 && !SearchText.words($0).isEmpty }
    var seen = Set<TicketNumber>()
    var hits: [SearchHit] = []
    for entry in searchable.reversed() where entry.id < after ?? Int64.max {
      let inText = phrases.indices.allSatisfy { index in
        MemoryStore.stands(phrases[index], in: entry.words, mayBeBegun: index == phrases.count - 1)
      }
      let inNames = !parts.isEmpty && parts.allSatisfy { entry.names.contains($0) }
      guard inText || inNames, let summary = summaries[entry.ticket], seen.insert(entry.ticket).inserted
      else { continue }
      hits.append(SearchHit(summary: summary, excerpt: entry.text.firstLine(limit: 160), cursor: entry.id))
      if hits.count == limit { break }
    }
    return hits
  }

  func index(_ recorded: RecordedEvent, of ticket: TicketNumber) {
    guard let text = SearchText.of(recorded.event) else { return }
    let names: [String?] =
      switch recorded.event {
      case .submitted(let complaint, _):
        [complaint.domain?.name, complaint.host?.name, complaint.requester.email]
      case .complaintCorrected(let correction): [correction.domain?.name, correction.host?.name]
      case .addressChanged(let email, _): [email]
      case .checkRecorded(let result): [result.domain?.name, result.host?.name]
      default: []
      }
    searchable.append(
      Indexed(
        id: lastEvent(), ticket: ticket, words: MemoryStore.words(text),
        names: names.compactMap { $0 }.joined(separator: "\n").lowercased(), text: text))
  }

  /// True when the words stand in the text one after the other; the last of them may be the beginning of one.
  private static func stands(_ phrase: [String], in words: [String], mayBeBegun: Bool) -> Bool {
    guard let last = phrase.last, phrase.count <= words.count else { return false }
    return (0...words.count - phrase.count).contains { start in
      let candidate = words[start..<start + phrase.count]
      guard candidate.dropLast().elementsEqual(phrase.dropLast()), let end = candidate.last else { return false }
      return end == last || (mayBeBegun && last.unicodeScalars.count >= 3 && end.hasPrefix(last))
    }
  }

  private static func words(_ text: String) -> [String] {
    let pieces = text.lowercased().unicodeScalars.split {
      !($0.properties.isAlphabetic || $0.properties.numericType != nil)
    }
    return pieces.map { String(String.UnicodeScalarView($0)) }
  }
}
