import Desk
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import SOP
import Testing

@testable import Web

/// The objects that stand in paths, by the name of their parameter.
struct AccessObjects {
  let house: TestHouse

  /// Both letters of a pair exist; `own` is the follower's.
  func all() async throws -> [String: [Ownership: String]] {
    for role in Role.allCases { _ = try await house.account(role) }
    let bytes = TestHouse.file(Array("bukti".utf8), name: "bukti.txt", type: "text/plain")
    let own = try await house.ticket(at: .registry, attachments: [bytes.attachment], files: [bytes.file])
    let other = try await house.ticket(at: .registry, email: "lain@desa.id")
    for number in [own, other] {
      try await house.handling.perform(
        .writeToRegistry(text: "Lihat berkas.", attachments: [bytes.attachment]), on: number, by: TestHouse.officer,
        files: [bytes.file])
    }
    let missing = TicketNumber(month: 202_611, running: 99_999)?.description ?? ""
    let store = house.store
    let letter = try await store.letters(of: own).first?.letter.id ?? ""
    let otherLetter = try await store.letters(of: other).first?.letter.id ?? ""
    let inbound = try await store.inboundPage(outcome: nil, after: nil, limit: 2).map(\.id)
    for id in ["i1", "i2"] {
      try await store.save(Institution(id: id, name: id, kind: .village, domains: [], contacts: []))
      try await store.save(SavedReply(id: id, title: id, text: id))
    }
    try await saveTokens()
    let invited = Account(id: "undangan", userName: "undangan", name: "Undangan", role: .officer, version: 1)
    _ = try await store.save(invited, expecting: nil)
    let setup = try await house.web.signIn.issueSetup(for: invited)
    return [
      "number": [.own: own.description, .other: other.description, .nonexistent: missing],
      "token": [
        .own: house.tokens.handoffToken(own, ordinal: 1), .other: house.tokens.handoffToken(other, ordinal: 1),
        .nonexistent: "salah",
      ],
      "digest": [.own: bytes.attachment.sha256, .other: bytes.attachment.sha256, .nonexistent: "0"],
      "enclosure": [.own: bytes.attachment.sha256, .other: bytes.attachment.sha256, .nonexistent: "0"],
      "form": [.own: "check", .other: "note", .nonexistent: "salah"],
      "setup": [.own: setup, .other: setup, .nonexistent: "salah"],
      "account": [.own: "budi", .other: "wahyu", .nonexistent: "salah"],
      "institution": [.own: "i1", .other: "i2", .nonexistent: "salah"],
      "reply": [.own: "i1", .other: "i2", .nonexistent: "salah"],
      "letter": [.own: "receipt", .other: "answer", .nonexistent: "salah"],
      "language": [.own: "id", .other: "en", .nonexistent: "xx"],
      "inbound": [.own: inbound.first ?? "", .other: inbound.last ?? "", .nonexistent: "salah"],
      "outbound": [.own: letter, .other: otherLetter, .nonexistent: "salah"],
      "apitoken": [
        .own: Secrets.digest("token-spare"), .other: Secrets.digest("token-other"), .nonexistent: "salah",
      ],
    ]
  }

  private func saveTokens() async throws {
    for role in Role.allCases { try await save("token-\(role.rawValue)", role) }
    try await save("token-revoked", .officer, revoked: true)
    try await save("token-spare", .officer)
    try await save("token-other", .officer)
  }

  private func save(_ secret: String, _ role: Role, revoked: Bool = false) async throws {
    try await house.store.save(
      APIToken(
        digest: Secrets.digest(secret), name: secret, role: role, createdAt: TestHouse.morning,
        revokedAt: revoked ? TestHouse.morning : nil))
  }

  /// The names behind the colons of a path.
  static func parameters(of path: String) -> [String] {
    path.split(separator: "/").filter { $0.hasPrefix(":") }.map { String($0.dropFirst()) }
  }

  static func filled(_ path: String, _ objects: [String: [Ownership: String]], _ ownership: Ownership) -> String {
    let pieces = path.split(separator: "/").map { piece in
      piece.hasPrefix(":") ? Link.encode(objects[String(piece.dropFirst())]?[ownership] ?? "salah") : String(piece)
    }
    // The one route that needs a query to be more than a refusal.
    return "/" + pieces.joined(separator: "/") + (path == "/api/v1/search" ? "?q=desa" : "")
  }
}

/// One caller with its cookies or its token.
struct AccessVisitor {
  struct Answer {
    let status: HTTPResponse.Status
    let location: String?
    let body: String

    /// The body without what differs from one request to the next.
    var comparable: String {
      var text = body
      for mark in ["name=\"csrf\" content=\"", "name=\"_csrf\" value=\""] {
        let parts = text.components(separatedBy: mark)
        text =
          parts.first.map { first in
            first + parts.dropFirst().map { mark + $0.drop { $0 != "\"" } }.joined()
          } ?? text
      }
      // Links of language and theme name the page one is on.
      return text.components(separatedBy: "href=\"").map { piece in
        piece.contains("?bahasa=") || piece.contains("?tema=") ? String(piece.drop { $0 != "\"" }) : piece
      }.joined(separator: "href=\"")
    }
  }

  let client: any TestClientProtocol
  let house: TestHouse
  private var cookies: [String] = []
  private let seal: String
  private let bearer: String?

  init(
    _ caller: Caller, house: TestHouse, objects: [String: [Ownership: String]], client: any TestClientProtocol
  ) async throws {
    self.client = client
    self.house = house
    bearer = caller.secret
    var binder = "pengunjung-\(caller)"
    cookies.append("\(house.ground.cookies.wireName(.visitor))=\(binder)")
    if let role = caller.role ?? (caller == .disabled ? .administrator : nil) {
      let secret = Secrets.token()
      let account = caller == .disabled ? try await AccessVisitor.disabled(house) : try await house.account(role)
      try await house.store.save(
        Session(
          digest: Secrets.digest(secret), account: account.id, createdAt: TestHouse.morning,
          expiresAt: TestHouse.morning.adding(seconds: 3_600)))
      cookies.append("\(house.ground.cookies.wireName(.session))=\(secret)")
      binder = secret
    }
    let followed: Ownership? = caller == .follower ? .own : caller == .otherFollower ? .other : nil
    if let followed, let number = objects["number"]?[followed].flatMap({ TicketNumber($0) }) {
      // The other follower knows another ticket's key, and nothing of the one asked for.
      var tickets = FollowedTickets(cookie: nil)
      if caller == .follower { tickets.add(number, key: house.tokens.followKey(number)) }
      cookies.append("\(house.ground.cookies.wireName(.follow))=\(tickets.cookie)")
    }
    seal = house.ground.seal.token(for: binder)
  }

  /// What is told of a page and of a program's address that were never there.
  struct Nowhere {
    let page: String
    let problem: String
  }

  func nowhere() async throws -> Nowhere {
    Nowhere(
      page: try await send(.get, "/tidak-ada").comparable, problem: try await send(.get, "/api/tidak-ada").comparable)
  }

  /// Streams of events never end by themselves: the house closes them while one is asked for.
  private func withClosedStreams(
    _ path: String, _ ask: @escaping @Sendable () async throws -> TestResponse
  ) async throws -> TestResponse {
    guard path.hasSuffix("/langsung") else { return try await ask() }
    let live = house.live
    let closing = Task {
      while !Task.isCancelled {
        live.close()
        await Task.yield()
      }
    }
    defer { closing.cancel() }
    return try await ask()
  }

  private static func disabled(_ house: TestHouse) async throws -> Account {
    let account = Account(
      id: "mantan", userName: "mantan", name: "Mantan", role: .administrator, disabledAt: TestHouse.morning, version: 1)
    _ = try await house.store.save(account, expecting: nil)
    return account
  }

  func send(_ method: HTTPRequest.Method, _ path: String, token: String? = nil) async throws -> Answer {
    var headers: HTTPFields = [.cookie: cookies.joined(separator: "; ")]
    if let bearer { headers[.authorization] = "Bearer \(bearer)" }
    var body: ByteBuffer?
    if method != .get {
      let isProgram = path.hasPrefix("/api/")
      headers[.contentType] = isProgram ? "application/json" : "application/x-www-form-urlencoded"
      body = ByteBuffer(string: isProgram ? "{}" : "_csrf=\(token ?? seal)")
    }
    let response = try await withClosedStreams(path) { [headers, body] in
      try await client.execute(uri: path, method: method, headers: headers, body: body)
    }
    return Answer(status: response.status, location: response.headers[.location], body: String(buffer: response.body))
  }
}
