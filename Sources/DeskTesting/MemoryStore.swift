public import Desk
public import Foundation
public import SOP

/// The store contract kept in memory, in the plainest way: what the real stores are compared with, and what tests
/// of the desk run on. Nothing survives the process.
public actor MemoryStore: DeskStore {
  struct InboundRow {
    var item: InboundDraft
    var attempts = 0
    var settlement: Settlement?
  }
  struct OutboxRow {
    var letter: OutboxLetter
    var state: LetterState
    var attempts = 0
    var nextAt: Instant?
    var lease: Int64 = 0
    var leaseUntil: Instant?
    var detail: String?
    var changedAt: Instant
  }
  struct Indexed {
    let id: Int64
    let ticket: TicketNumber
    let words: [String]
    let names: String
    let text: String
  }
  struct LimitWindow {
    let from: Int64
    var uses: Int
  }

  var lastNumbers: [Int: Int] = [:]
  var events: [TicketNumber: [RecordedEvent]] = [:]
  var summaries: [TicketNumber: TicketSummary] = [:]
  var commands: [CommandLogEntry] = []
  var followUpRows: [StoredFollowUp] = []
  var lastFollowUp: Int64 = 0
  var fileBytes: [String: Data] = [:]
  var uploads: [String: Instant] = [:]
  var inboundRows: [InboundRow] = []
  var cursors: [String: MailboxCursor] = [:]
  var outbox: [OutboxRow] = []
  var searchable: [Indexed] = []
  /// The ticket of each event, in the order they were written.
  var eventTickets: [TicketNumber] = []
  var accountRows: [String: Account] = [:]
  var institutionRows: [String: Institution] = [:]
  var replies: [String: SavedReply] = [:]
  var settingRows: [String: Setting] = [:]
  var sessions: [String: Session] = [:]
  var limits: [String: LimitWindow] = [:]
  var drafts: [DraftKey: Draft] = [:]
  var tokens: [String: APIToken] = [:]

  public init() {}

  public struct Misuse: Error, Equatable {
    public let what: String
  }

  /// There is no disk that could be in trouble.
  public nonisolated func isOwnTrouble(_ error: any Error) -> Bool { false }

  // MARK: TicketStore

  public func nextNumber(month: Int) throws -> TicketNumber {
    let taken = events.keys.filter { $0.month == month }.map { $0.running }.max() ?? 0
    let running = max(lastNumbers[month] ?? 0, taken) + 1
    lastNumbers[month] = running
    guard let number = TicketNumber(month: month, running: running) else { throw Misuse(what: "month \(month)") }
    return number
  }

  public func ticket(_ number: TicketNumber) -> Ticket? { Ticket(number: number, events: events[number] ?? []) }

  public func history(of number: TicketNumber) -> [RecordedEvent] { events[number] ?? [] }

  public func commit(_ commit: Commit) throws -> CommitResult {
    try check(commit)
    if let settlement = commit.settlement {
      switch try former(of: settlement) {
      case .none: break
      case .settledAlready(let ticket): return .duplicate(of: ticket)
      case .sameMessage(let ticket):
        settleAsDuplicate(settlement, of: ticket)
        return .duplicate(of: ticket)
      }
    }
    let version = events[commit.number]?.count ?? 0
    guard version == commit.expecting else { return commit.expecting == 0 ? .numberTaken : .versionConflict }
    write(commit)
    return .committed
  }

  private func check(_ commit: Commit) throws {
    let expected = Array(commit.expecting + 1..<commit.expecting + 1 + commit.events.count)
    guard commit.events.map({ $0.sequence }) == expected, commit.after.number == commit.number,
      commit.after.version == commit.expecting + commit.events.count, commit.after.version > 0
    else { throw Misuse(what: "events of \(commit.number) do not follow version \(commit.expecting)") }
    let ids = Set(outbox.map { $0.letter.id })
    guard !commit.letters.contains(where: { ids.contains($0.id) }) else { throw Misuse(what: "letter id twice") }
  }

  private func write(_ commit: Commit) {
    events[commit.number, default: []] += commit.events
    if let last = commit.events.last {
      summaries[commit.number] = TicketSummary(of: commit.after, changedAt: last.at)
    }
    for event in commit.events {
      eventTickets.append(commit.number)
      index(event, of: commit.number)
    }
    let refusal = commit.ration.flatMap { takeRation($0.limits, now: commit.at) }
    for letter in commit.letters {
      let isWithheld = refusal != nil && commit.ration?.letters.contains(letter.id) == true
      let state = isWithheld ? .withheld : letter.state
      outbox.append(
        OutboxRow(
          letter: letter, state: state, nextAt: state == .queued ? letter.notBefore : nil,
          detail: isWithheld ? refusal : nil, changedAt: letter.createdAt))
    }
    if let address = commit.heldLettersGoTo {
      for place in outbox.indices where outbox[place].letter.ticket == commit.number && outbox[place].state == .held {
        outbox[place].letter = outbox[place].letter.readdressed(to: address)
      }
    }
    if commit.releasesHeldLetters {
      for place in outbox.indices where outbox[place].letter.ticket == commit.number && outbox[place].state == .held {
        outbox[place].state = .queued
        outbox[place].nextAt = outbox[place].letter.notBefore
        outbox[place].changedAt = commit.at
      }
    }
    for followUp in commit.followUps { order(followUp) }
    if let done = commit.followUp { dropFollowUp(done) }
    for file in commit.files { fileBytes[file.sha256] = file.bytes }
    for event in commit.events { for file in event.event.attachments { uploads[file.sha256] = nil } }
    if let settlement = commit.settlement { settle(settlement) }
    commands += commit.log
  }

  func order(_ followUp: FollowUp) {
    lastFollowUp += 1
    followUpRows.append(StoredFollowUp(id: lastFollowUp, followUp: followUp))
  }

  public func logRefusal(_ entry: CommandLogEntry) { commands.append(entry) }

  public func dueTickets(at instant: Instant, limit: Int) -> [TicketNumber] {
    let due = summaries.values.compactMap { summary in summary.nextDue.map { (at: $0, number: summary.number) } }
    return due.filter { $0.at <= instant }.sorted { ($0.at, $0.number) < ($1.at, $1.number) }.prefix(max(0, limit))
      .map { $0.number }
  }

  public func earliestDue() -> Instant? { summaries.values.compactMap { $0.nextDue }.min() }

  public func followUps(limit: Int) -> [StoredFollowUp] { Array(followUpRows.prefix(max(0, limit))) }

  public func dropFollowUp(_ id: Int64) { followUpRows.removeAll { $0.id == id } }

  // MARK: FileStore

  public func file(_ sha256: String) -> Data? { fileBytes[sha256] }

  public func keep(_ files: [StoredFile], at now: Instant) {
    for file in files {
      if fileBytes[file.sha256] == nil || uploads[file.sha256] != nil { uploads[file.sha256] = now }
      fileBytes[file.sha256] = file.bytes
    }
  }

  public func dropUploads(olderThan instant: Instant) -> Int {
    let waiting = inboundRows.filter { row in
      let isForm = [InboundSource.web, .api, .officer].contains(row.item.source)
      return isForm && (row.settlement == nil || row.settlement?.outcome.kind == .quarantined)
    }
    let wanted = drafts.values.map { Data($0.json.utf8) } + waiting.map(\.item.raw)
    let old = uploads.filter { upload in
      upload.value < instant && !wanted.contains { $0.range(of: Data(upload.key.utf8)) != nil }
    }
    for digest in old.keys {
      uploads[digest] = nil
      fileBytes[digest] = nil
    }
    return old.count
  }
}
