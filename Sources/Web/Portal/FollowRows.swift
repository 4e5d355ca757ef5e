import SOP
import Wording

/// The six rows of the SOP as a requester reads them: done with its time, now with who holds it and until when, next.
struct FollowRow: PageValue, Equatable {
  enum State: String, Sendable { case done, now, later }

  let stage: Stage
  let state: State
  let title: String
  var chip: String?
  var detail: String?

  func value(of name: String) -> Shown? {
    switch name {
    case "rowState": .text(state.rawValue)
    case "isNow": .flag(state == .now)
    case "isDone": .flag(state == .done)
    case "mark": .number(stage.rawValue)
    case "title": .text(title)
    case "chip": .text(chip)
    case "detail": .text(detail)
    default: nil
    }
  }
}

/// Makes the rows of one ticket.
struct FollowRows {
  let ticket: Ticket
  let procedure: Procedure
  let dates: DateWords
  let now: Instant

  private var language: Language { dates.language }

  func rows() -> [FollowRow] { Stage.allCases.map(row) }

  private func row(_ stage: Stage) -> FollowRow {
    let title = "\(stage.rawValue). \(stage.longLabel(language))"
    let visit = ticket.visits.last { $0.stage == stage }
    if let visit, visit.skippedBecause != nil, stage < ticket.stage {
      return FollowRow(stage: stage, state: .later, title: title, detail: skipped())
    }
    if !ticket.isClosed, stage == ticket.stage, let visit {
      return FollowRow(stage: stage, state: .now, title: title, chip: chip(visit), detail: current(visit))
    }
    if let visit, stage <= ticket.stage, visit.skippedBecause == nil {
      return FollowRow(stage: stage, state: .done, title: title, detail: done(visit))
    }
    return FollowRow(stage: stage, state: .later, title: title, detail: later(stage))
  }

  private func done(_ visit: StageVisit) -> String {
    let at = dates.relative(visit.leftAt ?? visit.enteredAt, now: now).capitalizedFirst
    if visit.stage == .submission { return at + " " + ticket.complaint.channel.door(language) }
    return visit.lapsedAt == nil ? at : at + language.choose(", lewat dari waktu baku", ", past the standard time")
  }

  private func chip(_ visit: StageVisit) -> String {
    if let pause = visit.pause { return pause.reason.label(language) }
    if visit.stage == .confirmation { return language.choose("menunggu Bapak/Ibu", "waiting for you") }
    if visit.ordinal > 1 { return language.choose("dikerjakan lagi", "being done again") }
    return language.choose("sedang berjalan", "under way")
  }

  private func current(_ visit: StageVisit) -> String? {
    if let expires = visit.pause?.expiresAt {
      return language.choose("Jam berhenti; kami menunggu sampai ", "The clock stands; we wait until ")
        + dates.relative(expires, now: now)
    }
    if visit.pause != nil { return language.choose("Jam berhenti sampai jeda berakhir", "The clock stands meanwhile") }
    if visit.stage == .confirmation {
      return ticket.confirmationClosesAt.map {
        language.choose("Tanpa tanggapan, tiket ditutup ", "Without a word from you it closes ")
          + dates.relative($0, now: now)
      }
    }
    guard let budget = visit.budget, let due = visit.deadline?.dueAt else { return nil }
    return standard(budget) + language.choose(", sampai ", ", until ") + dates.relative(due, now: now)
  }

  private func later(_ stage: Stage) -> String? {
    if ticket.isClosed { return language.choose("Tidak dijalankan", "Not carried out") }
    guard let budget = procedure.budget(of: stage) else { return nil }
    return stage == .registry
      ? language.choose("Hanya bila perlu, ", "Only where needed, ") + standard(budget).lowercasedFirst
      : standard(budget)
  }

  private func standard(_ budget: Int64) -> String {
    language.choose("Waktu baku \(dates.duration(budget))", "Standard time \(dates.duration(budget))")
  }

  /// Why the registry had nothing to do, in words for outside: the recorded reason is the team's own.
  private func skipped() -> String {
    switch ticket.analysis?.kind {
    case .teamExecutes:
      language.choose("Tidak diperlukan: dikerjakan langsung oleh tim", "Not needed: done by the team")
    case .referred:
      language.choose("Tidak diperlukan: masalah ini wewenang pihak lain", "Not needed: it is someone else's matter")
    case .duplicate:
      language.choose("Tidak diperlukan: ditangani dalam tiket lain", "Not needed: handled in another ticket")
    default: language.choose("Tidak diperlukan", "Not needed")
    }
  }
}

extension String {
  /// With a capital first letter; only ASCII letters change.
  var capitalizedFirst: String {
    var bytes = Array(utf8)
    if let first = bytes.first, (97...122).contains(first) { bytes[0] = first - 32 }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// With a small first letter; only ASCII letters change.
  var lowercasedFirst: String {
    var bytes = Array(utf8)
    if let first = bytes.first, (65...90).contains(first) { bytes[0] = first + 32 }
    return String(decoding: bytes, as: UTF8.self)
  }
}
