import Desk
import SOP
import Wording

/// The views of the queue with their counts: `parts/desk-views`, above the queue and beside a ticket.
enum QueueViews {
  static func all(_ account: String) -> [QueueView] {
    [.mine(account: account), .free, .all, .waitingForRequester, .atRegistry, .lapsed, .wroteAfterClosing, .closed]
  }

  /// - Parameter here: the view that is shown; `nil`: none of them.
  static func entries(_ account: String, _ counts: QueueCounts, here: QueueView?, _ language: Language) -> [ViewEntry] {
    all(account).map {
      ViewEntry(view: $0, count: count($0, counts), isHere: here == $0, language: language)
    }
  }

  private static func count(_ view: QueueView, _ counts: QueueCounts) -> Int {
    switch view {
    case .mine: counts.mine
    case .free: counts.free
    case .all: counts.all
    case .waitingForRequester: counts.waitingForRequester
    case .atRegistry: counts.atRegistry
    case .lapsed: counts.lapsed
    case .stage(let stage): counts.byStage[stage] ?? 0
    case .closed: counts.closed
    case .wroteAfterClosing: counts.wroteAfterClosing
    }
  }
}

struct ViewEntry: PageValue {
  let view: QueueView
  let count: Int
  let isHere: Bool
  let language: Language

  func value(of name: String) -> Shown? {
    switch name {
    case "viewLink": .link(Link("/meja", query: [("tampil", view.code)]))
    case "viewLabel": .text(view.label(language))
    case "viewCount": .number(count)
    case "viewHere": .flag(isHere)
    default: nil
    }
  }
}
