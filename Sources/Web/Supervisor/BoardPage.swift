import Desk
import SOP
import Wording

/// The board of rows 2–5.
struct BoardPage: Page {
  static let template = "pages/supervisor-papan"

  let figures: [Figure]
  let lanes: [Lane]
  let choice: OfficerChoice
  let isWall: Bool
  /// When the figures were read.
  let asOf: String
  let language: Language
  var problems: [FieldProblem] = []

  func value(of name: String) -> Shown? {
    switch name {
    case "figures": .rows(figures)
    case "lanes": .rows(lanes)
    case "isWall": .flag(isWall)
    case "asOf": .text(asOf)
    case "petugas":
      .part(choice.field(holder: nil, error: problems.sentence(for: "petugas"), language: language))
    default: nil
    }
  }

  /// One number of this moment, with what it counts.
  struct Figure: PageValue {
    let number: Int
    let label: String
    var note: String?
    var isBad = false

    func value(of name: String) -> Shown? {
      switch name {
      case "figure": .number(number)
      case "figureLabel": .text(label)
      case "figureNote": .text(note)
      case "isBad": .flag(isBad && number > 0)
      default: nil
      }
    }
  }

  struct Lane: PageValue {
    let title: String
    let count: Int
    /// Tickets of the row that are not shown.
    let more: Int
    let cards: [Card]
    let language: Language

    func value(of name: String) -> Shown? {
      switch name {
      case "laneTitle": .text(title)
      case "laneCount": .text(language.choose("\(count) tiket", count == 1 ? "1 ticket" : "\(count) tickets"))
      case "hasCards": .flag(!cards.isEmpty)
      case "cards": .rows(cards)
      case "laneMore": more > 0 ? .number(more) : .absent
      default: nil
      }
    }
  }

  struct Card: PageValue {
    let number: String
    let domain: String?
    let problem: String
    let holder: String?
    let pause: String?
    /// When the budget was used up, in words.
    let lapsed: String?
    let clock: ServiceClock?
    let isChosen: Bool
    let isWall: Bool

    func value(of name: String) -> Shown? {
      switch name {
      case "number": .text(number)
      case "ticketLink": .link(Link("/pengawas/tiket", number))
      case "domain": .text(domain)
      case "problem": .text(problem)
      case "holder": .text(holder)
      case "pause": .text(pause)
      case "lapsed": .text(lapsed)
      case "cardLevel": .text(lapsed != nil ? "late" : clock?.level)
      case "clock": .part(clock)
      case "isChosen": .flag(isChosen)
      case "mayChoose": .flag(!isWall)
      default: nil
      }
    }
  }

  /// What the counts say at this moment, and nothing they do not say.
  static func figures(
    of counts: QueueCounts, quarantined: Int, letters: [LetterState: Int], _ language: Language
  ) -> [Figure] {
    let atWork = Board.stages.reduce(0) { $0 + (counts.byStage[$1] ?? 0) }
    let uncertain = letters[.uncertain] ?? 0
    let failed = letters[.failed] ?? 0
    return [
      Figure(
        number: counts.lapsed, label: language.choose("lewat waktu sekarang", "past due now"),
        note: language.choose("dari \(atWork) di tahap 2–5", "of \(atWork) in stages 2–5"), isBad: true),
      Figure(
        number: max(0, atWork - counts.lapsed),
        label: language.choose("belum lewat waktu sekarang", "not past due now"),
        note: language.choose("tahap 2–5, termasuk yang dijeda", "stages 2–5, paused ones included")),
      Figure(
        number: counts.waitingForRequester, label: language.choose("menunggu pemohon", "waiting for the requester"),
        note: language.choose("kelengkapan atau konfirmasi", "completion or confirmation")),
      Figure(number: counts.atRegistry, label: language.choose("di PANDI", "at PANDI")),
      Figure(
        number: counts.free, label: language.choose("belum diambil petugas", "held by nobody")),
      Figure(
        number: quarantined, label: language.choose("pesan di karantina", "messages in quarantine"),
        note: language.choose("ditangani pengelola sistem", "the administrator's work"), isBad: true),
      Figure(
        number: uncertain + failed, label: language.choose("surat bermasalah", "letters in trouble"),
        note: language.choose("\(failed) gagal, \(uncertain) tidak pasti", "\(failed) failed, \(uncertain) uncertain"),
        isBad: true),
    ]
  }
}
