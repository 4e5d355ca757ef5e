import SOP
import Wording

/// The clock of one stage visit as a page shows it: a sentence, and a bar that repeats it.
///
/// What is left counts in the service hours of the party that works; the due instant stands beside it in words, so
/// that "sisa 6 menit" at the end of a day is not read as six minutes on the wall.
struct ServiceClock: PageValue, Equatable {
  /// Seconds of service the procedure gives, at least 1.
  let budget: Int64
  /// Seconds of service left; 0 and below: past due.
  let left: Int64
  /// "sisa 6 menit", "lewat 4 menit".
  let sentence: String
  /// "hari ini pukul 09.40 WIB"
  let due: String
  /// RFC 3339, for the script that counts on.
  let machineDue: String
  let usedSentence: String
  /// Within the service hours: the script may count on from `left`.
  let isTicking: Bool

  /// - Parameters:
  ///   - hours: the service hours of the party whose clock it is.
  ///   - now: what the page was asked at.
  init(budget: Int64, dueAt: Instant, hours: ServiceHours, now: Instant, dates: DateWords) {
    self.budget = max(1, budget)
    left = dueAt > now ? hours.seconds(from: now, to: dueAt) : -hours.seconds(from: dueAt, to: now)
    // Within the budget but outside the hours nothing is past due yet.
    sentence = dates.remaining(dueAt > now ? max(1, left) : left)
    due = dates.relative(dueAt, now: now)
    machineDue = dates.machine(dueAt)
    isTicking = hours.isOpen(at: now)
    let used = dates.duration(self.budget - left)
    let whole = dates.duration(self.budget)
    usedSentence = dates.language.choose("\(used) dari \(whole) terpakai", "\(used) of \(whole) used")
  }

  var isPastDue: Bool { left <= 0 }
  private var used: Int64 { min(max(budget - left, 0), budget) }

  /// Seconds of service left, for the script; empty when the clock stands.
  var ticking: String { isTicking ? "\(left)" : "" }

  /// The class that repeats in colour what the sentence says.
  var level: String {
    if isPastDue { return "late" }
    return used * 100 >= budget * 80 ? "warn" : ""
  }

  func value(of name: String) -> Shown? {
    switch name {
    case "clockLevel": .text(level)
    case "clockLeft": .text(sentence)
    case "clockDue": .text(due)
    case "clockMachine": .text(machineDue)
    case "clockTicking": .text(ticking)
    case "clockBudget": .number(Int(clamping: budget))
    case "clockUsed": .number(Int(clamping: used))
    case "clockSentence": .text(usedSentence)
    default: nil
    }
  }
}
