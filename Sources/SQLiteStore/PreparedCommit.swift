import Desk
import GRDB
import SOP

/// A commit as rows: everything that can be worked out before the transaction, so that the one writer only writes.
struct PreparedCommit: Sendable {
  struct EventRow: Sendable {
    let sequence: Int
    let at: Int64
    let performer: String
    let event: String
    let words: String?
    let names: String?
  }
  struct LetterRow: Sendable {
    let id: String
    let ticket: String?
    let state: LetterState
    let notBefore: Int64
    let changedAt: Int64
    let letter: String
  }

  let commit: Commit
  let number: String
  let events: [EventRow]
  /// `nil` when there are no events: then nothing of the ticket changes.
  let summary: TicketSummary?
  let letters: [LetterRow]
  let followUps: [(ticket: String, json: String)]
  /// The command log, each line with its performer.
  let log: [(entry: CommandLogEntry, performer: String)]
  /// Digests of the files its events name.
  let claimed: Set<String>

  init(_ commit: Commit) throws {
    try PreparedCommit.check(commit)
    self.commit = commit
    number = commit.number.description
    events = try commit.events.map { recorded in
      EventRow(
        sequence: recorded.sequence, at: recorded.at.seconds, performer: try JSONText.of(recorded.by),
        event: try JSONText.of(recorded.event), words: SearchEntry.words(of: recorded.event),
        names: SearchEntry.names(of: recorded.event))
    }
    summary = commit.events.last.map { TicketSummary(of: commit.after, changedAt: $0.at) }
    letters = try commit.letters.map { letter in
      LetterRow(
        id: letter.id, ticket: letter.ticket?.description, state: letter.state,
        notBefore: letter.notBefore.seconds, changedAt: letter.createdAt.seconds, letter: try JSONText.of(letter))
    }
    followUps = try commit.followUps.map { ($0.ticket.description, try JSONText.of($0)) }
    log = try commit.log.map { ($0, try JSONText.of($0.by)) }
    claimed = Set(commit.events.flatMap { $0.event.attachments.map(\.sha256) })
  }

  /// The events must follow the version they were decided against, one by one, and lead to the state given.
  private static func check(_ commit: Commit) throws {
    var sequence = commit.expecting
    for event in commit.events {
      sequence += 1
      guard event.sequence == sequence else {
        throw StoreFault.inconsistentCommit("\(commit.number): event \(event.sequence) where \(sequence) is next")
      }
    }
    guard commit.after.version == sequence, commit.after.number == commit.number, sequence > 0 else {
      throw StoreFault.inconsistentCommit("\(commit.number): version \(commit.after.version) after \(sequence) events")
    }
  }
}

/// What one event adds to the full-text indexes, under the event's id.
struct SearchEntry: Sendable {
  let event: Int64
  let words: String?
  let names: String?

  func insert(_ db: Database) throws {
    if let words { try db.run("INSERT INTO search (rowid, text) VALUES (?, ?)", [event, words]) }
    if let names { try db.run("INSERT INTO names (rowid, text) VALUES (?, ?)", [event, names]) }
  }

  /// Lower case, so that a word is found however it was written; NUL, which ends a text in C, as a space.
  static func words(of event: TicketEvent) -> String? {
    guard let text = SearchText.of(event), !text.isEmpty else { return nil }
    return indexed(text)
  }

  /// Names and addresses, of which any part of three letters or more is found.
  static func names(of event: TicketEvent) -> String? {
    let parts: [String?]
    switch event {
    case .submitted(let complaint, _):
      parts = [complaint.domain?.name, complaint.host?.name, complaint.requester.email]
    case .complaintCorrected(let correction): parts = [correction.domain?.name, correction.host?.name]
    case .checkRecorded(let result): parts = [result.domain?.name, result.host?.name]
    case .addressChanged(let email, _): parts = [email]
    default: return nil
    }
    let text = parts.compactMap { $0 }.joined(separator: "\n")
    return text.isEmpty ? nil : indexed(text)
  }

  private static func indexed(_ text: String) -> String {
    let lowered = text.lowercased()
    guard lowered.utf8.contains(0) else { return lowered }
    return String(decoding: lowered.utf8.map { $0 == 0 ? 0x20 : $0 }, as: UTF8.self)
  }
}
