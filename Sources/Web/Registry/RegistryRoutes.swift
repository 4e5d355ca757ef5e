// The registry's desk, and one hand-off by signed link.
//
// SOP row 4. `/registri` is for registry officers with an account; `/registri/permintaan/TOKEN` needs none: the token
// is the right. Both show the same page of one packet and take the same three answers. GET changes nothing, so that
// mail scanners may open the link. Wrong tokens are counted for each address and refused beyond a limit.

import Desk
import HTTPTypes
import Hummingbird
import SOP
import Wording

/// The routes of this part of the pages.
enum RegistryRoutes {
  static let pages: [any Page.Type] = [RegistryQueuePage.self, HandoffLinkPage.self, HandoffDeskPage.self]

  static func add(to routes: inout RouteTable) {
    routes.get("/registri", for: .roles(.registry)) { visitor in try await RegistryQueue.show(visitor) }

    let link = "/registri/permintaan/:token"
    routes.get(link, for: .handoffLink) { try await HandoffDoor.byLink($0).show() }
    routes.post(link, for: .handoffLink) { try await HandoffDoor.byLink($0).answer() }
    routes.post(link + "/terima", for: .handoffLink) { try await HandoffDoor.byLink($0).acknowledge() }
    routes.post(link + "/pesan", for: .handoffLink) { try await HandoffDoor.byLink($0).write() }
    routes.get(link + "/berkas/:enclosure", for: .handoffLink) { try await HandoffDoor.byLink($0).file() }

    let desk = "/registri/tiket/:number"
    routes.get(desk, for: .roles(.registry)) { try await HandoffDoor.byDesk($0).show() }
    routes.post(desk, for: .roles(.registry)) { try await HandoffDoor.byDesk($0).answer() }
    routes.post(desk + "/terima", for: .roles(.registry)) { try await HandoffDoor.byDesk($0).acknowledge() }
    routes.post(desk + "/pesan", for: .roles(.registry)) { try await HandoffDoor.byDesk($0).write() }
    routes.get(desk + "/berkas/:enclosure", for: .roles(.registry)) { try await HandoffDoor.byDesk($0).file() }
  }
}

/// The way a person came to one hand-off, and what that person may do there.
struct HandoffDoor: Sendable {
  let visitor: Visitor
  let ticket: Ticket
  /// The packet the page is about.
  let ordinal: Int
  let door: RegistryReply.Door
  /// Where the page is.
  let place: Link
  let forms: HandoffLinks

  /// By the signed link in the path.
  static func byLink(_ visitor: Visitor) async throws -> HandoffDoor {
    let (ticket, ordinal) = try await limited(visitor)
    let token = visitor.web.tokens.handoffToken(ticket.number, ordinal: ordinal)
    return HandoffDoor(
      visitor: visitor, ticket: ticket, ordinal: ordinal, door: .link, place: Link("/registri/permintaan", token),
      forms: HandoffLinks(under: "/registri/permintaan", token))
  }

  /// By the registry's own desk: the packet the ticket has now. A form names the packet it was made for.
  static func byDesk(_ visitor: Visitor) async throws -> HandoffDoor {
    let ticket = try await visitor.ticket()
    guard let handoff = ticket.handoff else { throw WebRefusal(.notFound) }
    let number = ticket.number.description
    let ordinal = visitor.form["penerusan"].map { Int($0) ?? 0 } ?? handoff.ordinal
    return HandoffDoor(
      visitor: visitor, ticket: ticket, ordinal: ordinal, door: .desk, place: Link("/registri/tiket", number),
      forms: HandoffLinks(under: "/registri/tiket", number))
  }

  /// Wrong tokens an address may try in an hour. A right one is never refused.
  static let wrongTokens = 120

  private static func limited(_ visitor: Visitor) async throws -> (ticket: Ticket, ordinal: Int) {
    do {
      return try await visitor.handoff()
    } catch let refusal as WebRefusal where refusal.outcome == .notFound {
      let key = "handoff-miss/\(visitor.address)"
      guard try await visitor.web.store.allow(key, limit: wrongTokens, per: 3_600, now: visitor.now) else {
        throw WebRefusal(.tooMany, retryAfter: 3_600)
      }
      throw refusal
    }
  }

  /// Nobody signed in: the registry as such. Somebody is: the name is recorded, whoever it is.
  private var performer: Performer {
    Performer(party: .registry, account: visitor.account?.id, name: visitor.account?.name)
  }

  // MARK: What can be done

  func show(_ draft: HandoffDraft = HandoffDraft()) async throws -> Response {
    let history = try await visitor.web.store.history(of: ticket.number)
    let shown = door == .desk ? ticket.handoff?.ordinal ?? ordinal : ordinal
    guard
      let view = HandoffView(
        of: ticket, history: history, ordinal: shown, byLink: door == .link, now: visitor.now)
    else { throw WebRefusal(.notFound) }
    let part = HandoffPart(
      view: view, draft: draft, links: forms, registryName: visitor.web.office.registryName,
      clock: clock(of: view), now: visitor.now, dates: visitor.dates)
    let outcome: HTTPOutcome = draft.problems.isEmpty ? .shown : .refused
    if door == .desk { return try visitor.page(HandoffDeskPage(part: part), outcome) }
    return try visitor.page(HandoffLinkPage(part: part), outcome)
  }

  func answer() async throws -> Response {
    let form = HandoffAnswerForm(visitor.form)
    guard let reply = form.reply(through: door) else {
      let sentence = visitor.language.choose(
        "Pilih salah satu jawaban, lalu kirim lagi.", "Choose one of the answers, then send again.")
      return try await show(
        HandoffDraft(answer: form, problems: [FieldProblem(field: "jawaban", sentence: sentence)]))
    }
    try refuseExpired()
    if let no = try await give(.recordRegistryReply(reply, ordinal: ordinal)) {
      return try await again(HandoffDraft(answer: form, problems: [problem(no, ofMessage: false)]))
    }
    return visitor.go(to: place, flash: .saved)
  }

  func acknowledge() async throws -> Response {
    try refuseExpired()
    let no = try await give(.acknowledgeHandoff(ordinal: ordinal))
    if let no, no != .alreadyAcknowledged {
      return try await again(HandoffDraft(problems: [problem(no, ofMessage: false)]))
    }
    return visitor.go(to: place, flash: .saved)
  }

  func write() async throws -> Response {
    let text = visitor.form.text("pesan", limit: HandoffAnswerForm.kept)
    guard let no = try await refusal(ofMessage: text) else { return visitor.go(to: place, flash: .saved) }
    return try await again(HandoffDraft(message: text, problems: [problem(no, ofMessage: true)]))
  }

  /// A file of this packet's wall; any other, the requester's above all, is as if it did not exist.
  func file() async throws -> Response {
    let history = try await visitor.web.store.history(of: ticket.number)
    let view = HandoffView(of: ticket, history: history, ordinal: ordinal, byLink: door == .link, now: visitor.now)
    guard let digest = visitor.parameter("enclosure"),
      let file = view?.wall.flatMap(\.message.attachments).first(where: { $0.sha256 == digest }),
      let bytes = try await visitor.web.store.file(digest)
    else { throw WebRefusal(.notFound) }
    return .file(file, bytes: bytes)
  }

  // MARK: Questions

  /// Sends the message; the reason when it is not taken.
  private func refusal(ofMessage text: String) async throws -> Rejection? {
    if text.isEmpty { return .textMissing(.text) }
    let history = try await visitor.web.store.history(of: ticket.number)
    let view = HandoffView(of: ticket, history: history, ordinal: ordinal, byLink: door == .link, now: visitor.now)
    guard view?.takesMessages == true else { return .handoffOutdated }
    let key = "handoff-message/\(ticket.number)"
    guard try await visitor.web.store.allow(key, limit: 30, per: 3_600, now: visitor.now) else {
      throw WebRefusal(.tooMany, retryAfter: 3_600)
    }
    return try await give(.receiveFromRegistry(IncomingMessage(channel: .web, text: text)))
  }

  private func give(_ command: TicketCommand) async throws -> Rejection? {
    try await visitor.perform(command, on: ticket.number, by: performer)
  }

  /// The page as it is now: the ticket may have moved since it was loaded.
  private func again(_ draft: HandoffDraft) async throws -> Response {
    guard let ticket = try await visitor.web.store.ticket(ticket.number) else { throw WebRefusal(.notFound) }
    return try await HandoffDoor(
      visitor: visitor, ticket: ticket, ordinal: ordinal, door: door, place: place, forms: forms
    ).show(draft)
  }

  private func refuseExpired() throws {
    guard door == .link, let handoff = ticket.handoff, handoff.ordinal == ordinal,
      visitor.now > handoff.dueAt.adding(seconds: HandoffView.lifetime)
    else { return }
    throw WebRefusal(.gone)
  }

  private func problem(_ rejection: Rejection, ofMessage: Bool) -> FieldProblem {
    FieldProblem(
      field: HandoffDraft.field(rejection, ofMessage: ofMessage), sentence: rejection.sentence(visitor.language))
  }

  private func clock(of view: HandoffView) -> ServiceClock? {
    guard let budget = view.budget else { return nil }
    return ServiceClock(
      budget: budget, dueAt: view.handoff.dueAt, hours: visitor.web.handling.procedure.registryHours,
      now: visitor.now, dates: visitor.dates)
  }
}

/// Where the forms of one hand-off send to.
struct HandoffLinks: Sendable, Equatable {
  let answer: Link
  let acknowledge: Link
  let message: Link
  private let place: [String]

  init(under path: StaticString, _ name: String) {
    place = [path.description, name]
    answer = Link(path, name)
    acknowledge = Link(path, name, "terima")
    message = Link(path, name, "pesan")
  }

  /// Where a file of the packet's wall is.
  func file(_ digest: String) -> Link {
    Link(path: place.first ?? "", segments: Array(place.dropFirst()) + ["berkas", digest], query: [])
  }
}
