// The sections of a report as the template sees them: facts, or one of the three tables.

import SOP
import Wording

/// One lettered section.
struct ReportPart: PageValue {
  let section: ReportSection
  let account: ReportAccount

  private var language: Language { account.language }

  func value(of name: String) -> Shown? {
    switch name {
    case "heading": .text(section.letteredHeading(language))
    case "nothing": .text(nothing)
    case "hasFacts": .flag(!facts.isEmpty)
    case "facts": .rows(facts)
    case "files": .part(section == .attachments && nothing == nil ? ReportTable(.attachments, account) : nil)
    case "visits": .part(section == .time ? ReportTable(.time, account) : nil)
    case "events": .part(section == .history ? ReportTable(.history, account) : nil)
    default: nil
    }
  }

  private var facts: [ReportFact] {
    switch section {
    case .attachments, .time, .history: []
    default:
      nothing != nil
        ? []
        : section.fields.map { field in
          let text = account.text(of: field, in: section) ?? ""
          return ReportFact(
            label: field.label(language), text: text.isEmpty ? nil : text, empty: ReportWords.empty(language),
            isName: [.domain, .host, .reportNumber, .ticketNumber].contains(field))
        }
    }
  }

  /// The sentence in place of a section that has not happened.
  private var nothing: String? {
    switch section {
    case .attachments:
      account.report.complaint.attachments.isEmpty ? language.choose("Tidak ada lampiran.", "No attachments.") : nil
    case .decision: account.ticket.analysis == nil ? language.choose("Belum diputuskan.", "Not decided yet.") : nil
    case .registry:
      account.ticket.handoff == nil
        ? language.choose("Tidak diteruskan ke PANDI.", "Not handed to PANDI.") : nil
    case .answer: account.ticket.answer == nil ? language.choose("Belum dijawab.", "Not answered yet.") : nil
    default: nil
    }
  }
}

/// One field and what stands beside it.
struct ReportFact: PageValue {
  let label: String
  let text: String?
  let empty: String
  /// A name or number, set in the fixed-width face.
  let isName: Bool

  func value(of name: String) -> Shown? {
    switch name {
    case "label": .text(label)
    case "text": .text(text)
    case "empty": .text(empty)
    case "isName": .flag(isName)
    default: nil
    }
  }
}

/// A section that is a table: its column heads are the section's fields.
struct ReportTable: PageValue {
  let section: ReportSection
  let account: ReportAccount

  init(_ section: ReportSection, _ account: ReportAccount) {
    self.section = section
    self.account = account
  }

  func value(of name: String) -> Shown? {
    switch name {
    case "columns": .rows(section.fields.map { ReportCell(text: $0.label(account.language)) })
    case "rows": .rows(rows)
    case "signature": .text(ReportField.signature.label(account.language))
    default: nil
    }
  }

  private var rows: [any PageValue] {
    switch section {
    case .attachments:
      account.report.complaint.attachments.map {
        ReportRow(cells: [
          $0.fileName, $0.contentType, NumberWords(account.language).fileSize($0.size), $0.sha256,
        ])
      }
    case .time: account.ticket.visits.map { ReportRow(cells: cells(of: $0)) }
    case .history: events
    default: []
    }
  }

  private func cells(of visit: StageVisit) -> [String] {
    let dates = account.dates
    let hours = account.procedure.hours(of: visit.stage.party)
    let used = visit.used(until: account.now, in: hours)
    let end = visit.leftAt ?? account.now
    let paused = visit.pauses.reduce(Int64(0)) { $0 + max(0, ($1.endedAt ?? end).seconds(since: $1.startedAt)) }
    let again = visit.ordinal > 1 ? " (\(visit.ordinal))" : ""
    let skipped = visit.skippedBecause.map { "\n" + $0 } ?? ""
    let over = visit.budget.map { used - $0 } ?? 0
    return [
      visit.stage.numberedLabel(dates.language) + again + skipped, dates.full(visit.enteredAt),
      visit.leftAt.map { dates.full($0) } ?? "–", visit.budget.map { clockSpan($0) } ?? "–", clockSpan(used),
      visit.pauses.isEmpty ? "–" : clockSpan(paused), visit.lapsedAt != nil && over > 0 ? clockSpan(over) : "–",
    ]
  }

  private var events: [any PageValue] {
    account.history.compactMap { recorded in
      Timeline.sentence(for: recorded, account.language, reader: .team, zone: account.dates.zone)
        .map { ReportEvent(at: account.dates.full(recorded.at), sentence: $0) }
    }
  }
}

struct ReportCell: PageValue {
  let text: String

  func value(of name: String) -> Shown? { name == "cell" ? .text(text) : nil }
}

struct ReportRow: PageValue {
  let cells: [String]

  func value(of name: String) -> Shown? { name == "cells" ? .rows(cells.map { ReportCell(text: $0) }) : nil }
}

struct ReportEvent: PageValue {
  let at: String
  let sentence: String

  func value(of name: String) -> Shown? {
    switch name {
    case "at": .text(at)
    case "sentence": .text(sentence)
    default: nil
    }
  }
}
