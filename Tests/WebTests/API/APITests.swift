import Desk
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import SOP
import Testing

@testable import Web

/// A program with a token.
struct APIClient {
  let client: any TestClientProtocol
  let secret: String?

  struct Answer {
    let status: HTTPResponse.Status
    let headers: HTTPFields
    let text: String
    var json: [String: Any] { (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any] ?? [:] }
    var items: [[String: Any]] { json["items"] as? [[String: Any]] ?? [] }
    var code: String? { json["code"] as? String }
  }

  func get(_ path: String, _ more: HTTPFields = [:]) async throws -> Answer { try await send(path, .get, more, nil) }

  func post(_ path: String, _ body: String, _ more: HTTPFields = [:]) async throws -> Answer {
    var headers = more
    if headers[.contentType] == nil { headers[.contentType] = "application/json" }
    return try await send(path, .post, headers, ByteBuffer(string: body))
  }

  private func send(_ path: String, _ method: HTTPRequest.Method, _ more: HTTPFields, _ body: ByteBuffer?) async throws
    -> Answer
  {
    var headers = more
    if let secret { headers[.authorization] = "Bearer \(secret)" }
    let response = try await client.execute(uri: path, method: method, headers: headers, body: body)
    return Answer(status: response.status, headers: response.headers, text: String(buffer: response.body))
  }
}

struct APITests {
  let house: TestHouse
  static let complaint =
    #"{"requester":{"name":"Siti Aminah","email":"kades@sukamaju.desa.id"},"text":"Situs sukamaju.desa.id mati.","masa depan":1}"#

  init() throws { house = try TestHouse() }

  private func open(as role: Role? = .officer, _ visit: @escaping @Sendable (APIClient) async throws -> Void)
    async throws
  {
    var secret: String?
    if let role {
      secret = "token-\(role.rawValue)"
      try await house.store.save(
        APIToken(
          digest: Secrets.digest("token-\(role.rawValue)"), name: "Uji", role: role, createdAt: TestHouse.morning))
    }
    let known = secret
    try await Application(router: house.router).test(.router) { client in
      try await visit(APIClient(client: client, secret: known))
    }
  }

  @Test func `a complaint handed in twice under one key is one ticket`() async throws {
    try await open { api in
      let key: HTTPFields = [.idempotencyKey: "kunci-1"]
      let first = try await api.post("/api/v1/tickets", Self.complaint, key)
      #expect(first.status == .created && first.json["outcome"] as? String == "opened")
      let second = try await api.post("/api/v1/tickets", Self.complaint, key)
      #expect(second.status == .created && second.json["number"] as? String == first.json["number"] as? String)
      let other = try await api.post(
        "/api/v1/tickets", Self.complaint.replacingOccurrences(of: "mati", with: "hidup"), key)
      #expect(other.status == .unprocessableContent && other.code == "idempotency_key_reused")
      #expect(try await house.store.counts(holder: nil).all == 1)
      let number = try #require(first.json["number"] as? String)
      #expect(first.headers[.location] == "/api/v1/tickets/\(number)")
      let read = try #require(TicketNumber(number))
      let ticket = try #require(try await house.store.ticket(read))
      #expect(!ticket.complaint.requester.emailProven && ticket.complaint.domain?.name == "sukamaju.desa.id")
    }
  }

  @Test func `keys of two tokens never meet`() async throws {
    try await open(as: .officer) { api in
      try await open(as: .supervisor) { other in
        let key: HTTPFields = [.idempotencyKey: "sama"]
        let first = try await api.post("/api/v1/tickets", Self.complaint, key)
        let second = try await other.post("/api/v1/tickets", Self.complaint, key)
        let numbers = [first, second].map { $0.json["number"] as? String }
        #expect(numbers[0] != numbers[1])
      }
    }
  }

  @Test func `bad bodies get a code and a field and never a fault`() async throws {
    let deep =
      #"{"requester":{"name":"a"},"text":"b","x":"# + String(repeating: "[", count: 5_000)
      + String(repeating: "]", count: 5_000) + "}"
    let bodies: [(String, HTTPResponse.Status, String)] = [
      ("", .badRequest, "not_json"), ("[]", .unprocessableContent, "field_type"), ("{", .badRequest, "not_json"),
      ("{}", .unprocessableContent, "field_missing"), (deep, .badRequest, "too_deep"),
      (#"{"requester":{"name":1},"text":"b"}"#, .unprocessableContent, "field_type"),
      (#"{"requester":{"name":"a","email":"x y"},"text":"b"}"#, .unprocessableContent, "field_value"),
      (#"{"requester":{"name":"a"},"text":"b","domain":"http://x"}"#, .unprocessableContent, "field_value"),
      (#"{"requester":{"name":"a"},"text":"b","channel":"email"}"#, .unprocessableContent, "field_value"),
      (#"{"requester":{"name":"a"},"text":""}"#, .unprocessableContent, "text_missing"),
    ]
    try await open { api in
      for (body, status, code) in bodies {
        let answer = try await api.post("/api/v1/tickets", body)
        #expect(answer.status == status && answer.code == code, "\(body.prefix(60)): \(answer.status) \(answer.text)")
        #expect(answer.headers[.contentType] == "application/problem+json")
      }
      let large = try await api.post("/api/v1/tickets", "{\"text\":\"" + String(repeating: "a", count: 300_000))
      #expect(large.status == .contentTooLarge)
      let form = try await api.post("/api/v1/tickets", "a=b", [.contentType: "application/x-www-form-urlencoded"])
      #expect(form.status == .unsupportedMediaType)
      let key = try await api.post(
        "/api/v1/tickets", Self.complaint, [.idempotencyKey: String(repeating: "k", count: 300)])
      #expect(key.status == .badRequest && key.code == "idempotency_key")
      #expect(try await house.store.counts(holder: nil).all == 0)
    }
  }

  @Test func `lists go on by the link until every ticket was seen once`() async throws {
    var numbers: Set<String> = []
    for index in 0..<7 {
      numbers.insert(
        try await house.ticket(at: index < 2 ? .analysis : .check, domain: "desa\(index).desa.id").description)
    }
    let all = numbers
    try await open { api in
      var seen: [String] = []
      var path: String? = "/api/v1/tickets?order=due&limit=3"
      while let next = path {
        let page = try await api.get(next)
        #expect(page.status == .ok)
        seen += page.items.compactMap { $0["number"] as? String }
        path = page.headers[.own("Link")].flatMap { link in
          link.hasPrefix("<http://sigap.test/api/v1/tickets?") ? link.dropFirst(18).prefix { $0 != ">" } : nil
        }.map(String.init)
        if seen.count > 20 { break }
      }
      #expect(seen.count == 7 && Set(seen) == all)
      #expect(try await api.get("/api/v1/tickets?stage=3").items.count == 2)
      #expect(try await api.get("/api/v1/tickets?stage=analysis").items.count == 2)
      for wrong in ["stage=9", "order=name", "after=x", "after=1~2"] {
        let answer = try await api.get("/api/v1/tickets?\(wrong)")
        #expect(answer.status == .unprocessableContent && answer.code == "query_value", "\(wrong)")
      }
      let found = try await api.get("/api/v1/search?q=desa3")
      #expect(found.items.count == 1)
      #expect(try await api.get("/api/v1/search?q=").status == .unprocessableContent)
    }
  }

  @Test func `a message for an old version is refused and nothing is written`() async throws {
    let number = try await house.ticket(at: .analysis)
    try await open { api in
      let path = "/api/v1/tickets/\(number)"
      let ticket = try await api.get(path)
      let tag = try #require(ticket.headers[.eTag])
      #expect(try await api.get(path, [.ifNoneMatch: tag]).status == .notModified)
      let first = try await api.post(path + "/messages", #"{"to":"note","text":"Sudah ditelepon."}"#, [.ifMatch: tag])
      #expect(first.status == .created && first.headers[.eTag] != tag)
      let stale = try await api.post(path + "/messages", #"{"to":"note","text":"lagi"}"#, [.ifMatch: tag])
      #expect(stale.status == .preconditionFailed && stale.code == "changed_meanwhile")
      let free = try await api.post(path + "/messages", #"{"to":"requester","text":"Kami periksa."}"#)
      #expect(free.status == .created)
      let wrong = try await api.post(path + "/messages", #"{"to":"semua","text":"x"}"#)
      #expect(wrong.status == .unprocessableContent && wrong.code == "field_value")
      let empty = try await api.post(path + "/messages", #"{"to":"note","text":"  "}"#)
      #expect(empty.status == .unprocessableContent && empty.code == "text_missing")
      let messages = try await api.get(path).json["messages"] as? [[String: Any]] ?? []
      #expect(messages.suffix(2).compactMap { $0["text"] as? String } == ["Sudah ditelepon.", "Kami periksa."])
    }
  }

  @Test func `an administrator's token hands in and reads nothing`() async throws {
    let number = try await house.ticket()
    try await open(as: .administrator) { api in
      let taken = try await api.post("/api/v1/tickets", Self.complaint)
      #expect(taken.status == .created)
      for path in ["/api/v1/tickets", "/api/v1/tickets/\(number)", "/api/v1/search?q=desa"] {
        let answer = try await api.get(path)
        #expect(answer.status == .notFound)
      }
    }
    try await open(as: nil) { api in
      let answer = try await api.get("/api/v1/tickets")
      #expect(answer.status == .unauthorized && answer.code == "unauthorized")
      #expect(answer.headers[.wwwAuthenticate] == "Bearer")
    }
  }

  @Test func `the document describes every route of the interface and no other`() async throws {
    try await open(as: nil) { api in
      let document = try await api.get("/api/v1/openapi.json")
      #expect(document.headers[.contentType] == "application/json")
      #expect(document.json["openapi"] as? String == "3.1.0")
      let paths = try #require(document.json["paths"] as? [String: [String: Any]])
      let described = Set(paths.flatMap { path, methods in methods.keys.map { "\($0) \(path)" } })
      let served = Set(
        WebServer.table().entries.filter { $0.path.hasPrefix("/api/") }.map { entry in
          let path = entry.path.split(separator: "/").map { $0.hasPrefix(":") ? "{\($0.dropFirst())}" : String($0) }
          return "\(entry.method.rawValue.lowercased()) /\(path.joined(separator: "/"))"
        })
      #expect(described == served)
      // Every reference leads to a schema that is there.
      let schemas = (document.json["components"] as? [String: Any])?["schemas"] as? [String: Any] ?? [:]
      for piece in document.text.components(separatedBy: "#/components/schemas/").dropFirst() {
        let name = String(piece.prefix { $0 != "\"" })
        #expect(schemas[name] != nil, "\(name)")
      }
    }
  }
}
