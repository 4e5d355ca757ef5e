import Desk
import HTTPTypes
import Hummingbird
import SOP
import Wording

/// One request and the person behind it: what a handler is given.
struct Visitor: Sendable {
  let request: Request
  let context: WebContext
  let web: DeskWeb
  let ground: WebGround

  var visit: Visit { context.visit }
  var form: FormData { context.visit.form }
  var query: Query { context.visit.query }
  /// The language of what this person reads.
  var language: Language { context.visit.language.words }
  /// Who is signed in; set by `SessionStart`.
  var account: Account? { context.account }
  var now: Instant { web.now }
  var dates: DateWords { DateWords(language, in: web.office.zone) }

  // MARK: Answers

  func page(_ page: some Page, _ outcome: HTTPOutcome = .shown) throws -> Response {
    try ground.pages.response(page, for: visit, outcome)
  }

  func go(to link: Link, flash: FlashMessage? = nil) -> Response {
    .seeOther(link, flash: flash, cookies: ground.cookies)
  }

  func parameter(_ name: String) -> String? { context.parameters.get(name) }

  // MARK: Who may

  /// `nil` when the visitor may go on; otherwise what to answer instead.
  func refusal(of access: Access) async throws -> Response? {
    switch access {
    case .everyone, .follower, .handoffLink: return nil
    case .loopback:
      guard context.asksFromThisMachine(request) else { throw WebRefusal(.notFound) }
      return nil
    case .roles(let roles):
      guard let account else {
        if request.method == .get { return go(to: Link(path: "/masuk", segments: [], query: [("ke", visit.path)])) }
        throw WebRefusal(.unknownPerson, typed: form)
      }
      guard roles.contains(account.role) else { throw WebRefusal(.notFound) }
      return nil
    case .api(let roles):
      guard let token = context.apiToken else { throw WebRefusal(.unknownPerson) }
      guard roles.contains(token.role) else { throw WebRefusal(.notFound) }
      return nil
    }
  }

  /// The signed-in person; routes with `.roles` have one.
  func person() throws -> Account {
    guard let account else { throw WebRefusal(.unknownPerson) }
    return account
  }

  /// The ticket number in the path; anything else is "not found".
  func ticketNumber(_ name: String = "number") throws -> TicketNumber {
    guard let text = parameter(name), let number = TicketNumber(text) else { throw WebRefusal(.notFound) }
    return number
  }

  /// The ticket in the path, for people of the house.
  func ticket() async throws -> Ticket {
    guard let ticket = try await web.store.ticket(try ticketNumber()) else { throw WebRefusal(.notFound) }
    return ticket
  }

  /// The ticket in the path, when this browser holds its key. Not there and not yours look alike.
  func followedTicket() async throws -> Ticket {
    let number = try ticketNumber()
    guard follows(number), let ticket = try await web.store.ticket(number) else { throw WebRefusal(.notFound) }
    return ticket
  }

  /// True when the browser holds the ticket's key, in its cookie.
  func follows(_ number: TicketNumber) -> Bool {
    FollowedTickets(cookie: ground.cookies.value(.follow, in: request)).keys
      .contains { $0.number == number && web.tokens.isFollowKey($0.key, of: number) }
  }

  /// Puts a ticket's key into the browser's cookie, beside those it has.
  func rememberKey(of number: TicketNumber, on response: inout Response) {
    var followed = FollowedTickets(cookie: ground.cookies.value(.follow, in: request))
    followed.add(number, key: web.tokens.followKey(number))
    ground.cookies.set(.follow, followed.cookie, for: 86_400 * 90, on: &response)
  }

  /// The ticket and the packet of the signed link in the path. A wrong link and a missing ticket look alike.
  func handoff(_ name: String = "token") async throws -> (ticket: Ticket, ordinal: Int) {
    guard let token = parameter(name), let (number, ordinal) = web.tokens.readHandoffToken(token),
      let ticket = try await web.store.ticket(number)
    else { throw WebRefusal(.notFound) }
    return (ticket, ordinal)
  }

  // MARK: Writing

  /// Gives the ticket a command. `nil` when carried out; a refusal comes back as the sentence to show in the form.
  func perform(_ command: TicketCommand, on number: TicketNumber, by performer: Performer, files: [StoredFile] = [])
    async throws -> Rejection?
  {
    do {
      try await web.handling.perform(command, on: number, by: performer, files: files)
      return nil
    } catch let rejection as Rejection {
      return rejection
    } catch is NoSuchTicket {
      throw WebRefusal(.notFound)
    }
  }
}

/// The tickets whose keys a browser holds: at most eight, newest first, in one cookie.
struct FollowedTickets: Sendable, Equatable {
  private(set) var keys: [(number: TicketNumber, key: String)] = []

  init(cookie: String?) {
    for pair in (cookie ?? "").utf8.split(separator: UInt8(ascii: "_")).prefix(8) {
      let parts = pair.split(separator: UInt8(ascii: "."))
      guard parts.count == 2, let number = TicketNumber(String(decoding: parts[0], as: UTF8.self)) else { continue }
      keys.append((number, String(decoding: parts[1], as: UTF8.self)))
    }
  }

  mutating func add(_ number: TicketNumber, key: String) {
    keys.removeAll { $0.number == number }
    keys.insert((number, key), at: 0)
    keys = Array(keys.prefix(8))
  }

  var cookie: String { keys.map { "\($0.number).\($0.key)" }.joined(separator: "_") }

  static func == (a: FollowedTickets, b: FollowedTickets) -> Bool { a.cookie == b.cookie }
}
