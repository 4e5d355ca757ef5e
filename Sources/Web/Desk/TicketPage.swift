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
  let drafts: [String: FormData]

  var problems: [FieldProblem] { sent?.problems ?? [] }

  static func show(_ number: TicketNumber, _ visitor: Visitor, sent: SentForm? = nil) async throws -> Response {
    guard let ticket = try await visitor.web.store.ticket(number) else { throw WebRefusal(.notFound) }
    let view = try await TicketView.read(ticket, for: visitor)
    var drafts: [String: FormData] = [:]
    for name in ["check", "analysis", "answer", "message", "note", "registry-message"] {
      drafts[name] = try await FormDraft.load(visitor, number, name)
    }
    if let text = visitor.query["balasan"].flatMap({ id in view.savedReplies.first { $0.id == id }?.text }) {
      let typed = drafts["message"]?["pesan"] ?? ""
      drafts["message"] = FormData([("pesan", typed.isEmpty ? text : typed + "\n\n" + text)])
    }
    return try visitor.page(TicketPage(view: view, sent: sent, drafts: drafts), sent == nil ? .shown : .refused)
  }

  private func filled(_ name: String) -> FilledForm {
    let draft = drafts[name].flatMap { $0.fields.isEmpty ? nil : $0 }
    return FilledForm(name, sent: sent, draft: draft)
  }

  private var ticket: Ticket { view.ticket }
  private var language: Language { view.language }

  func value(of name: String) -> Shown? {
    headValue(of: name) ?? stageValue(of: name) ?? wallValue(of: name) ?? contextValue(of: name)
  }

  private func headValue(of name: String) -> Shown? {
    switch name {
    case "number": .text(view.number)
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
    case "present": .text(present)
    case "liveLink": .link(Link("/meja/langsung", query: [("tiket", view.number)]))
    case "queueRows": .rows(queueRows)
    case "hasLeftOver": .flag(!leftOver.isEmpty)
    case "leftOver": .rows(leftOver)
    default: nil
    }
  }

  private var leftOver: [LeftOver] { LeftOver.texts(of: sent, shown: shownForms) }

  /// The forms that are on the page now, by name.
  private var shownForms: Set<String> {
    let always = ["message", "note"]
    let whileOpen = ["registry-message", "correction", "taking", "release", ticket.stage.code]
    let detours = Detour.all.filter { $0.fits(view) }.map(\.form.name)
    return Set(always + (ticket.isClosed ? [] : whileOpen) + detours)
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

  private var present: String? {
    let names = view.others.map { seen in
      seen.writing == nil
        ? language.choose("\(seen.officer.name) membuka tiket ini", "\(seen.officer.name) has this ticket open")
        : language.choose("\(seen.officer.name) sedang menulis", "\(seen.officer.name) is writing")
    }
    return names.isEmpty ? nil : names.joined(separator: " · ")
  }

  private func stageValue(of name: String) -> Shown? {
    let stage = ticket.isClosed ? nil : Optional(ticket.stage)
    switch name {
    case "checkForm": return .part(stage == .check ? CheckForm(view: view, filled: filled("check")) : nil)
    case "analysisForm": return .part(stage == .analysis ? AnalysisForm(view: view, filled: filled("analysis")) : nil)
    case "registryForm":
      return .part(stage == .registry ? RegistryStageForm(view: view, filled: filled("registry")) : nil)
    case "answerForm": return .part(stage == .answer ? AnswerForm(view: view, filled: filled("answer")) : nil)
    case "confirmationForm":
      return .part(stage == .confirmation ? ConfirmationForm(view: view, filled: filled("confirmation")) : nil)
    case "closedHow": return .text(ticket.closure.map { closedHow($0) })
    case "reportLink": return .link(ticket.report == nil ? nil : Link("/meja/tiket", view.number, "laporan"))
    case "detourRefused": return .flag(Detour.all.contains { $0.form.name == sent?.name })
    case "detours":
      return .rows(
        Detour.all.filter { $0.fits(view) }.map {
          DetourEntry(detour: $0, view: view, filled: filled($0.form.name), isOpen: sent?.name == $0.form.name)
        })
    default: return nil
    }
  }

  private func closedHow(_ closure: Closure) -> String {
    let note = closure.note.map { " – \($0)" } ?? ""
    return "\(closure.kind.label(language)), \(view.dates.relative(closure.at, now: view.now))\(note)"
  }

  private func wallValue(of name: String) -> Shown? {
    switch name {
    case "requesterWall": return .rows(Conversation.withRequester(view).rows)
    case "registryWall": return .rows(Conversation.withRegistry(view).rows)
    case "hasRegistryWall": return .flag(!Conversation.withRegistry(view).rows.isEmpty)
    case "notes": return .rows(Conversation.notes(view).rows)
    case "channel": return .text(ticket.complaint.channel.label(language))
    case "requesterName": return .text(requesterName)
    case "messageLink": return .link(Link("/meja/tiket", view.number, "message"))
    case "messageDraftLink": return .link(Link("/meja/tiket", view.number, "draf", "message"))
    case "noteLink": return .link(Link("/meja/tiket", view.number, "note"))
    case "registryMessageLink": return .link(Link("/meja/tiket", view.number, "registry-message"))
    case "mayWriteRegistry": return .flag(!ticket.isClosed)
    case "pesan": return .part(filled("message").area("pesan", rows: 4))
    case "pesanRegistri": return .part(filled("registry-message").area("pesan-registri", rows: 3))
    case "catatan": return .part(filled("note").area("catatan", rows: 3))
    case "hasReplies": return .flag(!view.savedReplies.isEmpty)
    case "replies": return .rows(view.savedReplies.map { ReplyRow(reply: $0) })
    case "ticketLink": return .link(Link("/meja/tiket", view.number))
    default: return nil
    }
  }

  private var requesterName: String {
    let name = ticket.complaint.requester.name
    return name.isEmpty ? Party.requester.label(language) : name
  }

  private func contextValue(of name: String) -> Shown? {
    let requester = ticket.complaint.requester
    switch name {
    case "holder": return .text(ticket.holder?.name)
    case "isMine": return .flag(ticket.holder?.account == view.person.id)
    case "isOpen": return .flag(!ticket.isClosed)
    case "takeLink": return .link(Link("/meja/tiket", view.number, "taking"))
    case "releaseLink": return .link(Link("/meja/tiket", view.number, "release"))
    case "institution": return .text(requester.institution)
    case "position": return .text(requester.position)
    case "email": return .text(requester.email)
    case "emailProven": return .flag(requester.emailProven)
    case "phone": return .text(requester.phone)
    case "domain": return .text(ticket.complaint.domain?.name)
    case "host": return .text(ticket.complaint.host?.name)
    case "category": return .text(ticket.complaint.category?.codedLabel(language))
    case "since": return .text(ticket.complaint.since)
    case "received": return .text(view.dates.relative(ticket.complaint.receivedAt, now: view.now))
    case "neighbours": return .rows(view.neighbours.map { NeighbourRow(summary: $0, language: language) })
    case "hasNeighbours": return .flag(!view.neighbours.isEmpty)
    case "related": return .rows(view.related.map { NeighbourRow(summary: $0, language: language) })
    case "hasRelated": return .flag(!view.related.isEmpty)
    case "timeline": return .rows(timeline)
    case "oversightLink": return .link(view.isSupervisor ? Link("/pengawas/tiket", view.number) : nil)
    default: return correctionValue(of: name)
    }
  }

  private func correctionValue(of name: String) -> Shown? {
    let form = filled("correction")
    switch name {
    case "correctionLink": return .link(Link("/meja/tiket", view.number, "correction"))
    case "correctionOpen": return .flag(sent?.name == "correction")
    case "betulDomain":
      return .part(form.line("betul-domain", ticket.complaint.domain?.name ?? "", required: false, limit: 253))
    case "betulHost":
      return .part(form.line("betul-host", ticket.complaint.host?.name ?? "", required: false, limit: 253))
    case "betulInstansi":
      return .part(
        form.line("betul-instansi", ticket.complaint.requester.institution ?? "", required: false, limit: 300))
    case "betulNama":
      return .part(form.line("betul-nama", ticket.complaint.requester.name, required: false, limit: 200))
    default: return nil
    }
  }

  private var timeline: [TimelineEntry] {
    view.history.compactMap { recorded in
      Timeline.sentence(for: recorded, language, reader: .team, zone: view.dates.zone)
        .map { TimelineEntry(at: view.dates.full(recorded.at), sentence: $0) }
    }
  }
}

struct ReplyRow: PageValue {
  let reply: SavedReply

  func value(of name: String) -> Shown? {
    switch name {
    case "replyID": .text(reply.id)
    case "replyTitle": .text(reply.title)
    case "replyText": .text(reply.text)
    default: nil
    }
  }
}

struct NeighbourRow: PageValue {
  let summary: TicketSummary
  let language: Language

  func value(of name: String) -> Shown? {
    switch name {
    case "neighbourLink": .link(Link("/meja/tiket", summary.number.description))
    case "neighbourNumber": .text(summary.number.description)
    case "neighbourProblem": .text(summary.problem)
    case "neighbourState": .text(summary.state(language))
    default: nil
    }
  }
}

/// One line of a ticket's history.
struct TimelineEntry: PageValue {
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
