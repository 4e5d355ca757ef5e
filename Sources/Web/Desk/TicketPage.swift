import Desk
import Hummingbird
import SOP
import Wording

/// One ticket on the desk: the form of its row is the thing on the page, the two walls below it, the context beside it.
struct TicketPage: Page {
  static let template = "pages/desk-tiket"
  static var previews: [TicketPage] { TicketPreviews.all }

  let view: TicketView
  let sent: SentForm?
  /// By the name of their form; empty where nothing was kept.
  let drafts: [String: FormData]
  /// Something was just done here: when the ticket now waits for others, the next one is offered.
  var isJustDone = false

  var problems: [FieldProblem] { sent?.problems ?? [] }

  static func show(_ number: TicketNumber, _ visitor: Visitor, sent: SentForm? = nil) async throws -> Response {
    guard let ticket = try await visitor.web.store.ticket(number) else { throw WebRefusal(.notFound) }
    let view = try await TicketView.read(ticket, for: visitor)
    var drafts: [String: FormData] = [:]
    for form in TicketForms.all where form.writing != nil {
      drafts[form.name] = try await FormDraft.load(visitor, FormDraft.place(number, form.name))
    }
    if let text = visitor.query["balasan"].flatMap({ id in view.savedReplies.first { $0.id == id }?.text }) {
      insert(text, into: &drafts, isAnswer: visitor.query["ke"] == "answer", view)
    }
    return try visitor.page(
      TicketPage(view: view, sent: sent, drafts: drafts, isJustDone: visitor.visit.flash != nil),
      sent == nil ? .shown : .refused)
  }

  /// A saved reply goes behind what stands in the field; other fields of its form stay as they were.
  private static func insert(_ text: String, into drafts: inout [String: FormData], isAnswer: Bool, _ view: TicketView)
  {
    let (form, field) = isAnswer ? ("answer", "jawaban") : ("message", "pesan")
    let others = drafts[form]?.fields.filter { $0.name != field }.map { ($0.name, $0.value) } ?? []
    let typed = drafts[form]?[field] ?? (isAnswer ? AnswerForm.proposal(view) : "")
    drafts[form] = FormData(others + [(field, typed.isEmpty ? text : typed + "\n\n" + text)])
  }

  func filled(_ name: String) -> FilledForm {
    let draft = drafts[name].flatMap { $0.fields.isEmpty ? nil : $0 }
    return FilledForm(name, sent: sent, draft: draft)
  }

  var ticket: Ticket { view.ticket }
  var language: Language { view.language }

  func value(of name: String) -> Shown? {
    headValue(of: name) ?? stageValue(of: name) ?? wallValue(of: name) ?? contextValue(of: name)
      ?? correctionValue(of: name)
  }

  private func headValue(of name: String) -> Shown? {
    switch name {
    case "number": .text(view.number)
    case "shownVersion": .number(ticket.version)
    case "heading": .text(ticket.complaint.host?.name ?? ticket.complaint.domain?.name ?? view.number)
    case "problem": .text(TicketSummary(of: ticket, changedAt: view.now).problem)
    case "state": .text(ticket.state(language))
    case "steps":
      .rows(
        Stage.allCases.map {
          StepRow(
            stage: $0, ticket: ticket, procedure: view.procedure, clock: view.clock, now: view.now, dates: view.dates)
        })
    case "clock": .part(view.clock)
    case "pauseSentence": .text(pauseSentence)
    case "lapsed":
      .text(view.clock?.isPastDue == true ? nil : ticket.visit?.lapsedAt.map { view.dates.relative($0, now: view.now) })
    case "present": .text(view.others.map { PresenceWords.sentence($0, language) }.joined(separator: " · "))
    case "liveLink": .link(Link("/meja/langsung", query: [("tiket", view.number)]))
    case "views": .rows(QueueViews.entries(view.person.id, view.counts, here: nil, language))
    case "queueRows": .rows(queueRows)
    case "hasFree": .flag(view.counts.free > 0)
    case "freeCount": .number(view.counts.free)
    case "offersNext": .flag(isJustDone && waitsForOthers && view.counts.free > 0)
    case "hasLeftOver": .flag(!leftOver.isEmpty)
    case "leftOver": .rows(leftOver)
    default: nil
    }
  }

  /// Nothing is left for the team to do here now.
  private var waitsForOthers: Bool { ticket.turn != .team || isAnswerUnderWay }

  /// An answer is on its way by itself; one that an officer must read out is not.
  private var isAnswerUnderWay: Bool { ticket.answerUnderWay != nil && !ticket.answerWaitsForVoice }

  private var leftOver: [LeftOver] { LeftOver.texts(of: sent, shown: shownForms, language) }

  /// The forms that are on the page now, by name.
  private var shownForms: Set<String> {
    let always = ["message", "note", "address", "proof", "seen"]
    let whileOpen = ["registry-message", "correction", "taking", "release"]
    let stage = (isAnswerUnderWay ? [] : [ticket.stage.code]) + (ticket.answerWaitsForVoice ? ["reading"] : [])
    let detours = Detour.all.filter { $0.fits(view) }.map(\.form.name)
    return Set(always + (ticket.isClosed ? [] : whileOpen + stage) + detours)
  }

  private var queueRows: [QueueRow] {
    view.queue.map {
      QueueRow(
        summary: $0, isCurrent: $0.number == ticket.number, procedure: view.procedure, now: view.now,
        dates: view.dates)
    }
  }

  private var pauseSentence: String? {
    guard let pause = ticket.pause else { return nil }
    return "\(pause.reason.label(language)) – \(pause.note.firstLine(limit: 200))"
  }

  private func stageValue(of name: String) -> Shown? {
    let stage = ticket.isClosed ? nil : Optional(ticket.stage)
    switch name {
    case "checkForm": return .part(stage == .check ? CheckForm(view: view, filled: filled("check")) : nil)
    case "analysisForm": return .part(stage == .analysis ? AnalysisForm(view: view, filled: filled("analysis")) : nil)
    case "registryForm":
      return .part(stage == .registry ? RegistryStageForm(view: view, filled: filled("registry")) : nil)
    case "readingForm":
      return .part(ticket.answerWaitsForVoice ? ReadingForm(view: view, filled: filled("reading")) : nil)
    case "answerForm": return .part(stage == .answer ? AnswerForm(view: view, filled: filled("answer")) : nil)
    case "confirmationForm":
      return .part(stage == .confirmation ? ConfirmationForm(view: view, filled: filled("confirmation")) : nil)
    case "question":
      return .part(Detour.question.fits(view) ? entry(Detour.question, reach: view.reach.sentence(language)) : nil)
    case "closedHow": return .text(ticket.closure.map { closedHow($0) })
    case "reportLink": return .link(ticket.report == nil ? nil : Link("/meja/tiket", view.number, "laporan"))
    case "detours": return .rows(folded)
    case "detourTouched": return .flag(folded.contains { $0.filled.isTouched })
    default: return nil
    }
  }

  private var folded: [DetourEntry] { Detour.folded.filter { $0.fits(view) }.map { entry($0) } }

  private func entry(_ detour: Detour, reach: String? = nil) -> DetourEntry {
    DetourEntry(detour: detour, view: view, filled: filled(detour.form.name), reach: reach)
  }

  private func closedHow(_ closure: Closure) -> String {
    let note = closure.note.map { " – \($0)" } ?? ""
    return "\(closure.kind.label(language)), \(view.dates.relative(closure.at, now: view.now))\(note)"
  }
}
