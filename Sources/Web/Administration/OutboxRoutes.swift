// The outbox: every letter word for word, where it stands, and sending again what failed. A letter whose end nobody
// knows is only sent again by a person who says so expressly: it may arrive twice.

import Desk
import Hummingbird
import SOP
import Wording

enum OutboxRoutes {
  private static let pageSize = 50

  static func add(to routes: inout RouteTable) {
    routes.get("/kelola/surat-keluar", for: .roles(.administrator)) { visitor in try await list(visitor) }
    routes.get("/kelola/surat-keluar/:outbound", for: .roles(.administrator)) { visitor in
      try show(visitor, try await letter(visitor))
    }
    routes.post("/kelola/surat-keluar/:outbound/kirim", for: .roles(.administrator)) { visitor in
      try await sendAgain(visitor)
    }
  }

  private static func letter(_ visitor: Visitor) async throws -> OutboxLine {
    guard let line = try await visitor.web.store.letter(visitor.parameter("outbound") ?? "") else {
      throw WebRefusal(.notFound)
    }
    return line
  }

  private static func list(_ visitor: Visitor) async throws -> Response {
    let store = visitor.web.store
    let state = visitor.query["keadaan"].flatMap { LetterState(rawValue: $0) }
    let lines = try await store.outboxPage(state: state, after: visitor.query["after"], limit: pageSize + 1)
    let shown = Array(lines.prefix(pageSize))
    let older =
      lines.count > pageSize
      ? Link("/kelola/surat-keluar", query: [("keadaan", state?.rawValue), ("after", shown.last?.letter.id)]) : nil
    return try visitor.page(
      OutboxPage(
        lines: shown, counts: try await store.outboxCounts(), state: state, language: visitor.language,
        dates: visitor.dates, pager: Pager(older: older)))
  }

  private static func show(
    _ visitor: Visitor, _ line: OutboxLine, problems: [FieldProblem] = [], _ outcome: HTTPOutcome = .shown
  ) throws -> Response {
    try visitor.page(
      OutboxLetterPage(
        line: line, reason: visitor.form.text("alasan", limit: 500), problems: problems, language: visitor.language,
        dates: visitor.dates), outcome)
  }

  private static func sendAgain(_ visitor: Visitor) async throws -> Response {
    let line = try await letter(visitor)
    var problems: [FieldProblem] = []
    let reason = visitor.reason()
    if reason == nil { problems.append(visitor.reasonMissing) }
    if line.state == .uncertain, visitor.form["yakin"] != "ya" {
      problems.append(
        FieldProblem(
          field: "yakin",
          sentence: visitor.say(
            "Tandai bahwa Bapak/Ibu tahu surat ini mungkin sampai dua kali.",
            "Tick that you know the letter may arrive twice.")))
    }
    guard problems.isEmpty else { return try show(visitor, line, problems: problems, .refused) }
    let queued = try await visitor.web.store.sendAgain(
      line.letter.id, by: try visitor.person().performer, now: visitor.now)
    guard queued else {
      let problem = FieldProblem(
        field: "",
        sentence: visitor.say(
          "Surat ini tidak dapat dikirim ulang dari keadaannya sekarang.",
          "This letter cannot be sent again from its present state."))
      return try show(visitor, line, problems: [problem], .refused)
    }
    try await visitor.keepRecord("sendLetterAgain", line.letter.id, reason: reason ?? "")
    visitor.web.bells.outbox.ring()
    return visitor.go(to: Link("/kelola/surat-keluar", line.letter.id), flash: .sent)
  }
}

private let moment = Instant(seconds: 1_793_671_200)

private func sample(_ state: LetterState, detail: String? = nil, next: Instant? = nil) -> OutboxLine {
  OutboxLine(
    letter: OutboxLetter(
      id: "ADU-202611-00042.1", ticket: TicketNumber(month: 202_611, running: 42), party: .requester, kind: "receipt",
      recipient: "kades@sukamaju.desa.id", recipientName: detail == nil ? nil : "Siti Aminah", subject: "Tanda terima",
      text: "Aduan diterima.\n\nTerima kasih.", html: nil, messageID: "x@sigap.test", inReplyTo: nil,
      replyTo: "aduan@sigap.test", state: state, createdAt: moment, notBefore: moment, automatic: true), state: state,
    attempts: 1, nextAttemptAt: next, detail: detail, changedAt: moment)
}

struct OutboxPage: Page {
  static let template = "pages/admin-surat-keluar"
  static let previews = [
    OutboxPage(
      lines: [sample(.failed, detail: "550 5.1.1"), sample(.queued)], counts: [.failed: 1], state: nil,
      language: .indonesian, dates: DateWords(.indonesian), pager: Pager(older: Link("/kelola/surat-keluar"))),
    OutboxPage(
      lines: [], counts: [:], state: .failed, language: .indonesian, dates: DateWords(.indonesian), pager: Pager()),
  ]

  let lines: [OutboxLine]
  let counts: [LetterState: Int]
  /// `nil`: all.
  let state: LetterState?
  let language: Language
  let dates: DateWords
  let pager: Pager

  func value(of name: String) -> Shown? {
    switch name {
    case "tabs": AdministrationPart.outbox.tabs
    case "views": .rows(views)
    case "lines": .rows(lines.map(row))
    case "pager": .part(pager)
    default: nil
    }
  }

  private var views: [ListView] {
    let order: [LetterState] = [.failed, .uncertain, .withheld, .queued, .sending, .held, .sent, .delivered]
    let all = ListView(
      label: language == .english ? "All" : "Semua", link: Link("/kelola/surat-keluar"), count: nil,
      isCurrent: state == nil)
    return [all]
      + order.map {
        ListView(
          label: $0.label(language), link: Link("/kelola/surat-keluar", query: [("keadaan", $0.rawValue)]),
          count: counts[$0] ?? 0, isCurrent: state == $0)
      }
  }

  private func row(_ line: OutboxLine) -> NamedValues {
    NamedValues([
      "rowLink": .link(Link("/kelola/surat-keluar", line.letter.id)), "at": .text(dates.full(line.changedAt)),
      "recipient": .text(line.letter.recipient), "subject": .text(line.letter.subject),
      "kindName": .text(LetterStem.label(of: line.letter.kind, language)), "state": .text(line.state.label(language)),
      "isTrouble": .flag(OutboxLetterPage.mayBeSentAgain(line.state)),
      "detail": .text(line.detail.map { OutboxDetail.sentence($0, language) }),
    ])
  }
}

struct OutboxLetterPage: Page {
  static let template = "pages/admin-surat-keluar-satu"
  static let previews = [
    OutboxLetterPage(
      line: sample(.uncertain, detail: "sambungan putus"), reason: "",
      problems: [
        FieldProblem(field: "alasan", sentence: "Tulis alasannya."), FieldProblem(field: "yakin", sentence: "Tandai."),
      ], language: .indonesian, dates: DateWords(.indonesian)),
    OutboxLetterPage(
      line: sample(.queued, next: moment), reason: "", problems: [], language: .indonesian,
      dates: DateWords(.indonesian)),
    OutboxLetterPage(
      line: sample(.failed), reason: "", problems: [], language: .indonesian, dates: DateWords(.indonesian)),
  ]

  let line: OutboxLine
  let reason: String
  let problems: [FieldProblem]
  let language: Language
  let dates: DateWords

  static func mayBeSentAgain(_ state: LetterState) -> Bool { [.failed, .uncertain, .withheld].contains(state) }

  func value(of name: String) -> Shown? {
    let letter = line.letter
    return switch name {
    case "tabs": AdministrationPart.outbox.tabs
    case "letterID": .text(letter.id)
    case "recipient": .text(letter.recipient)
    case "recipientName": .text(letter.recipientName)
    case "subject": .text(letter.subject)
    case "bodyText": .text(letter.text)
    case "kindName": .text(LetterStem.label(of: letter.kind, language))
    case "ticket": .text(letter.ticket?.description)
    case "state": .text(line.state.label(language))
    case "createdAt": .text(dates.full(letter.createdAt))
    case "changedAt": .text(dates.full(line.changedAt))
    case "attempts": .number(line.attempts)
    case "nextAttemptAt": .text(line.nextAttemptAt.map { dates.full($0) })
    case "detail": .text(line.detail.map { OutboxDetail.sentence($0, language) })
    case "mayBeSentAgain": .flag(OutboxLetterPage.mayBeSentAgain(line.state))
    case "isUncertain": .flag(line.state == .uncertain)
    case "sendLink": .link(Link("/kelola/surat-keluar", letter.id, "kirim"))
    case "alasan": .part(TextField(name: name, value: reason, error: problems.sentence(for: name), limit: 500))
    case "yakin":
      .part(
        ChoiceField(
          name: name,
          options: [
            FieldOption(
              value: "ya",
              label: language == .english
                ? "I know that it may arrive twice" : "Saya tahu surat ini mungkin sampai dua kali")
          ], error: problems.sentence(for: name), many: true))
    default: nil
    }
  }
}
