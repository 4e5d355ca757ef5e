// The rows of the tables on a supervisor's ticket page.

import Desk
import SOP
import Wording

/// Seconds as "1:02:05": hours, minutes, seconds. Sums on the page must be seen to add up, so nothing is rounded.
func clockSpan(_ seconds: Int64) -> String {
  let whole = max(0, seconds)
  func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
  return "\(whole / 3_600):\(two(whole / 60 % 60)):\(two(whole % 60))"
}

extension OversightPage {
  /// Where the time of one visit, or of the whole ticket, went.
  struct AccountRow: PageValue {
    let account: TimeAccount

    func value(of name: String) -> Shown? {
      switch name {
      case "team": .text(clockSpan(account.team))
      case "registry": .text(clockSpan(account.registry))
      case "requester": .text(clockSpan(account.requester))
      case "outside": .text(clockSpan(account.outside))
      case "elapsed": .text(clockSpan(account.elapsed))
      default: nil
      }
    }
  }

  /// One stay in one stage.
  struct VisitRow: PageValue {
    let visit: StageVisit
    let now: Instant
    let procedure: Procedure
    let dates: DateWords

    func value(of name: String) -> Shown? {
      switch name {
      case "stage": .text(visit.stage.numberedLabel(dates.language))
      case "again": visit.ordinal > 1 ? .number(visit.ordinal) : .absent
      case "skipped": .text(visit.skippedBecause)
      case "entered": .text(dates.full(visit.enteredAt))
      case "left": .text(visit.leftAt.map { dates.full($0) })
      case "budget": .text(visit.budget.map { clockSpan($0) })
      case "used": .text(visit.budget.map { _ in clockSpan(used) })
      case "lapsedAt": .text(visit.lapsedAt.map { dates.full($0) })
      default: AccountRow(account: TimeAccount(of: visit, until: now, under: procedure)).value(of: name)
      }
    }

    private var used: Int64 { visit.used(until: now, in: procedure.hours(of: visit.stage.party)) }
  }

  struct PauseRow: PageValue {
    let stage: Stage
    let pause: Pause
    /// The visit was left: a pause without an end ended with it.
    let isOver: Bool
    let dates: DateWords

    func value(of name: String) -> Shown? {
      switch name {
      case "stage": .text(stage.numberedLabel(dates.language))
      case "pauseFrom": .text(dates.full(pause.startedAt))
      case "pauseTo": .text(pause.endedAt.map { dates.full($0) })
      case "waitingFor": .text(pause.waitingFor.label(dates.language))
      case "pauseReason": .text(pause.reason.label(dates.language))
      case "pauseNote": .text(pause.note)
      default: nil
      }
    }
  }

  /// One command, carried out or refused.
  struct LogRow: PageValue {
    let entry: CommandLogEntry
    let dates: DateWords

    func value(of name: String) -> Shown? {
      switch name {
      case "at": .text(dates.full(entry.at))
      case "command": .text(CommandWords.command(entry.command, dates.language))
      case "by": .text(by)
      case "refusal": .text(entry.refusal.map { CommandWords.refusal($0, dates.language) })
      default: nil
      }
    }

    private var by: String {
      let party = entry.by.party.label(dates.language)
      return entry.by.name.map { "\($0) (\(party))" } ?? party
    }
  }

  struct LetterRow: PageValue {
    let line: OutboxLine
    let dates: DateWords

    func value(of name: String) -> Shown? {
      switch name {
      case "letterKind": .text(LetterStem.label(of: line.letter.kind, dates.language))
      case "letterTo": .text(line.letter.party.label(dates.language))
      case "letterAddress": .text(line.letter.recipient)
      case "letterState": .text(line.state.label(dates.language))
      case "stateIsBad": .flag(line.state == .failed || line.state == .uncertain)
      case "attempts": .number(line.attempts)
      case "changedAt": .text(dates.full(line.changedAt))
      case "detail": .text(line.detail)
      default: nil
      }
    }
  }
}
