import Desk
import SOP
import Wording

/// A row or a part of a page whose names are listed where it is made.
struct NamedValues: PageValue {
  private let values: [String: Shown]

  init(_ values: [String: Shown]) { self.values = values }

  func value(of name: String) -> Shown? { values[name] }
}

/// The parts of the administration, in the order of their tabs.
enum AdministrationPart: CaseIterable {
  case overview, accounts, institutions, hours, replies, letterTexts, ledger, outbox, tokens, commands

  var label: Bilingual {
    switch self {
    case .overview: Bilingual("Sistem", "System")
    case .accounts: Bilingual("Akun", "Accounts")
    case .institutions: Bilingual("Instansi", "Institutions")
    case .hours: Bilingual("Jam layanan", "Service hours")
    case .replies: Bilingual("Balasan siap pakai", "Saved replies")
    case .letterTexts: Bilingual("Naskah surat", "Letter texts")
    case .ledger: Bilingual("Pesan masuk", "Inbound")
    case .outbox: Bilingual("Surat keluar", "Outbox")
    case .tokens: Bilingual("Token API", "API tokens")
    case .commands: Bilingual("Catatan perintah", "Command log")
    }
  }

  var link: Link {
    switch self {
    case .overview: Link("/kelola")
    case .accounts: Link("/kelola/akun")
    case .institutions: Link("/kelola/instansi")
    case .hours: Link("/kelola/jam")
    case .replies: Link("/kelola/balasan")
    case .letterTexts: Link("/kelola/surat")
    case .ledger: Link("/kelola/masuk")
    case .outbox: Link("/kelola/surat-keluar")
    case .tokens: Link("/kelola/token")
    case .commands: Link("/kelola/perintah")
    }
  }

  /// The tabs, this part being the current one: `parts/admin-tabs`.
  var tabs: Shown {
    .rows(
      AdministrationPart.allCases.map { part in
        NamedValues([
          "tabID": .text(part.label.indonesian), "tabEN": .text(part.label.english), "tabLink": .link(part.link),
          "isCurrent": .flag(part == self),
        ])
      })
  }
}

/// One of several lists to look at, with its count: `parts/admin-views`.
struct ListView: PageValue {
  let label: String
  let link: Link
  let count: Int?
  let isCurrent: Bool

  func value(of name: String) -> Shown? {
    switch name {
    case "viewName": .text(label)
    case "viewLink": .link(link)
    case "viewCount": .text(count.map { "\($0)" })
    case "isCurrent": .flag(isCurrent)
    default: nil
    }
  }
}

/// What an administrator sees first: what waits for a person, and the facts of the system.
struct OverviewPage: Page {
  static let template = "pages/admin-sistem"
  static let previews = [
    OverviewPage(
      quarantined: 3, failed: 1, uncertain: 2, withheld: 0, facts: [Fact(name: "Versi", value: "1.0.0")]),
    OverviewPage(quarantined: 0, failed: 0, uncertain: 0, withheld: 0, facts: []),
  ]

  let quarantined: Int
  let failed: Int
  let uncertain: Int
  let withheld: Int
  let facts: [Fact]

  func value(of name: String) -> Shown? {
    switch name {
    case "tabs": AdministrationPart.overview.tabs
    case "quarantined": .number(quarantined)
    case "failed": .number(failed)
    case "uncertain": .number(uncertain)
    case "withheld": .number(withheld)
    case "facts": .rows(facts.map { NamedValues(["factName": .text($0.name), "factValue": .text($0.value)]) })
    default: nil
    }
  }
}

/// Who wanted what, when, and what came of it.
struct CommandLogPage: Page {
  static let template = "pages/admin-perintah"
  static let previews = [
    CommandLogPage(
      lines: [
        CommandLogEntry(
          at: Instant(seconds: 1_793_671_200), ticket: TicketNumber(month: 202_611, running: 42),
          command: "recordCheck",
          by: Performer(party: .team, account: "budi", name: "Budi Santoso"), refusal: "wrong_stage"),
        CommandLogEntry(at: Instant(seconds: 1_793_671_200), ticket: nil, command: "saveHours", by: .machine),
      ], dates: DateWords(.indonesian), language: .indonesian, pager: Pager(older: Link("/kelola/perintah"))),
    CommandLogPage(lines: [], dates: DateWords(.indonesian), language: .indonesian, pager: Pager()),
  ]

  let lines: [CommandLogEntry]
  let dates: DateWords
  let language: Language
  let pager: Pager

  func value(of name: String) -> Shown? {
    switch name {
    case "tabs": AdministrationPart.commands.tabs
    case "lines": .rows(lines.map(row))
    case "pager": .part(pager)
    default: nil
    }
  }

  private func row(_ line: CommandLogEntry) -> NamedValues {
    NamedValues([
      "at": .text(dates.full(line.at)), "command": .text(CommandWords.command(line.command, language)),
      "ticket": .text(line.ticket?.description),
      "person": .text(line.by.name ?? line.by.party.label(language)),
      "refusal": .text(line.refusal.map { CommandWords.refusal($0, language) }),
    ])
  }
}
