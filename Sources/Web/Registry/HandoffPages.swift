import SOP
import Wording

/// The packet by signed link: no account, no navigation.
struct HandoffLinkPage: Page {
  static let template = "pages/registry-permintaan"
  static var previews: [HandoffLinkPage] { HandoffPart.previews.map { HandoffLinkPage(part: $0) } }

  let part: HandoffPart
  var problems: [FieldProblem] { part.draft.problems }

  func value(of name: String) -> Shown? { name == "handoff" ? .part(part) : part.titleValue(of: name) }
}

/// The packet on the registry's own desk.
struct HandoffDeskPage: Page {
  static let template = "pages/registry-tiket"
  static var previews: [HandoffDeskPage] { HandoffPart.previews.map { HandoffDeskPage(part: $0) } }

  let part: HandoffPart
  var problems: [FieldProblem] { part.draft.problems }

  func value(of name: String) -> Shown? { name == "handoff" ? .part(part) : part.titleValue(of: name) }
}

/// One packet on one screen: `parts/registry-request`.
struct HandoffPart: PageValue {
  let view: HandoffView
  let draft: HandoffDraft
  let links: HandoffLinks
  let registryName: String
  let clock: ServiceClock?
  let now: Instant
  let dates: DateWords

  private var language: Language { dates.language }
  private var packet: HandoffPacket { view.handoff.packet }
  private var isOpen: Bool { view.standing == .open }

  /// What the title of the page needs.
  func titleValue(of name: String) -> Shown? {
    switch name {
    case "number": .text(view.number.description)
    case "registryName": .text(registryName)
    case "isOpen": .flag(isOpen)
    default: nil
    }
  }

  func value(of name: String) -> Shown? {
    switch name {
    case "action": .text(packet.action)
    case "domain": .text(packet.domain.name)
    case "officer": .text(view.handoff.sentBy.name ?? view.handoff.sentBy.party.label(language))
    case "sentAt": .text(view.sentAt.map { dates.full($0) })
    case "note": .text(packet.note)
    case "hasChange": .flag(!packet.current.isEmpty || !packet.wanted.isEmpty)
    case "current": .text(packet.current)
    case "wanted": .text(packet.wanted)
    case "evidence": .rows(packet.evidence.filledLines().map { OneLine(text: $0) })
    case "evidenceCount": .number(packet.evidence.filledLines().count)
    case "authority": .text(authority)
    case "report": .part(view.report.map { ReportFacts(report: $0, cause: view.cause, dates: dates) })
    case "clock": .part(clock)
    case "acknowledged": .text(view.acknowledgedAt.map { dates.relative($0, now: now) })
    case "mayAcknowledge": .flag(isOpen && view.acknowledgedAt == nil)
    case "isOutdated": .flag(view.standing == .outdated)
    case "isClosed": .flag(view.standing == .closed)
    case "isExpired": .flag(view.standing == .expired)
    default: replyValue(of: name) ?? wallValue(of: name) ?? formValue(of: name) ?? titleValue(of: name)
    }
  }

  private func replyValue(of name: String) -> Shown? {
    let reply = view.reply
    switch name {
    case "isAnswered": return .flag(reply != nil)
    case "replyResult": return .text(reply?.reply.result.label(language))
    case "replyText": return .text(reply?.reply.text)
    case "replyReference": return .text(reply?.reply.reference)
    case "replyDoor": return .text(reply?.reply.door.label(language))
    case "replyAt": return .text(reply.map { dates.relative($0.at, now: now) })
    case "replyBy": return .text(reply?.by.name)
    case "unsentText": return .text(isOpen ? nil : unsent)
    default: return nil
    }
  }

  /// What was typed for a packet that takes no answer any more.
  private var unsent: String {
    [draft.answer.text, draft.answer.reference, view.takesMessages ? "" : draft.message]
      .filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private func wallValue(of name: String) -> Shown? {
    switch name {
    case "hasWall": .flag(!view.wall.isEmpty || view.takesMessages)
    case "wall": .rows(view.wall.map { WallRow(said: $0, links: links, dates: dates, now: now) })
    case "takesMessages": .flag(view.takesMessages)
    case "openComposer": .flag(!draft.message.isEmpty || draft.problems.contains { $0.field == "pesan" })
    default: nil
    }
  }

  private func formValue(of name: String) -> Shown? {
    switch name {
    case "answerLink": .link(links.answer)
    case "acknowledgeLink": .link(links.acknowledge)
    case "messageLink": .link(links.message)
    case "ordinal": .number(view.handoff.ordinal)
    case "rescue": .text("registri-\(view.number)-\(view.handoff.ordinal)")
    case "jawaban": .part(answers)
    case "keterangan":
      .part(
        TextAreaField(
          name: "keterangan", value: draft.answer.text, error: draft.problems.sentence(for: "keterangan"),
          depends: true, rows: 3))
    case "rujukan":
      .part(
        TextField(
          name: "rujukan", value: draft.answer.reference, error: draft.problems.sentence(for: "rujukan"),
          required: false, limit: 200))
    case "pesan":
      .part(
        TextAreaField(name: "pesan", value: draft.message, error: draft.problems.sentence(for: "pesan"), rows: 3))
    default: nil
    }
  }

  private var answers: ChoiceField {
    let notes: [RegistryReply.Verdict: String] = [
      .done: language.choose(
        "Tim memeriksa sendiri dari luar setelah ini.", "The team checks from outside after this."),
      .cannot: language.choose("Tulis alasannya di bawah.", "Write the reason below."),
      .needsInformation: language.choose("Tulis yang perlu diketahui di bawah.", "Write what you need below."),
    ]
    return ChoiceField(
      name: "jawaban",
      options: RegistryReply.Verdict.allCases.map {
        FieldOption(
          value: $0.rawValue,
          label: $0 == .cannot
            ? $0.label(language) + language.choose(", karena…", ", because…")
            : $0.label(language),
          note: notes[$0], isChosen: draft.answer.result == $0)
      }, error: draft.problems.sentence(for: "jawaban"))
  }

  /// How the requester's authority was verified, without who it is.
  private var authority: String? {
    switch view.report?.check.authority {
    case nil, .unverified, .notNeeded: nil
    case let verified?: verified.label(language)
    }
  }
}

/// The parts of *Laporan Pengaduan* that are the registry's too: nothing of the requester, and nothing in the
/// requester's words.
private struct ReportFacts: PageValue {
  let report: ComplaintReport
  let cause: String?
  let dates: DateWords

  func value(of name: String) -> Shown? {
    switch name {
    case "reportNumber": .text(report.number)
    case "reportAt": .text(dates.full(report.issuedAt))
    case "reportCategory":
      .text("\(report.check.category.rawValue) · \(report.check.category.label(dates.language))")
    case "reportHost": .text(report.check.host?.name)
    case "reportReceived": .text(dates.full(report.complaint.receivedAt))
    case "reportAuthority": .text(report.check.authority.label(dates.language))
    case "reportCause": .text(cause)
    default: nil
    }
  }
}

private struct WallRow: PageValue {
  let said: HandoffView.Said
  let links: HandoffLinks
  let dates: DateWords
  let now: Instant

  func value(of name: String) -> Shown? {
    let author = said.message.author
    switch name {
    case "isOurs": return .flag(author.party == .registry)
    case "saidBy": return .text(author.name ?? author.party.label(dates.language))
    case "saidAt": return .text(dates.relative(said.at, now: now))
    case "saidText": return .text(said.message.text)
    case "saidFiles":
      return .rows(
        said.message.attachments.map {
          FileRow(attachment: $0, language: dates.language, link: links.file($0.sha256))
        })
    default: return nil
    }
  }
}

/// A line of text in a list.
private struct OneLine: PageValue {
  let text: String

  func value(of name: String) -> Shown? { name == "line" ? .text(text) : nil }
}
