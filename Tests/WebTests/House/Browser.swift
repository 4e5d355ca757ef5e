import Desk
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import SOP

@testable import Web

/// A person's browser in tests: keeps cookies, takes the form token from the last page, follows no redirect unasked.
actor Browser {
  /// What came back.
  struct Answer: Sendable {
    let status: HTTPResponse.Status
    let headers: HTTPFields
    let bytes: [UInt8]
    var text: String { String(decoding: bytes, as: UTF8.self) }
    var location: String? { headers[.location] }
  }

  struct Upload: Sendable {
    let field: String
    let name: String
    let type: String
    let bytes: [UInt8]
    init(_ field: String, name: String, type: String = "application/octet-stream", bytes: [UInt8]) {
      self.field = field
      self.name = name
      self.type = type
      self.bytes = bytes
    }
  }

  private let client: any TestClientProtocol
  private let house: TestHouse
  private(set) var cookies: [String: String] = [:]
  /// The form token of the last page.
  private(set) var token = ""

  init(client: any TestClientProtocol, house: TestHouse) {
    self.client = client
    self.house = house
  }

  /// Somebody else's browser on the same house.
  nonisolated func another() -> Browser { Browser(client: client, house: house) }

  /// Signs in as the house's person of this role, without the sign-in page.
  func signIn(as role: Role) async throws {
    let account = try await house.account(role)
    let session = try await house.web.signIn.signIn(account.userName, TestHouse.password, from: "test")
    cookies[house.ground.cookies.wireName(.session)] = session.secret
    token = house.ground.seal.token(for: session.secret)  // as the page after the sign-in carries it
  }

  /// Opens the requester's page by its key, as a click on the link of a receipt does.
  func follow(_ number: TicketNumber) async throws {
    _ = try await get("/tiket/\(number)?kunci=\(house.tokens.followKey(number))")
  }

  @discardableResult
  func get(_ path: String, headers: HTTPFields = [:]) async throws -> Answer {
    try await send(path, .get, headers, nil)
  }

  /// Posts a form with the token of the last page.
  func post(
    _ path: String, _ fields: [String: String] = [:], more: [(String, String)] = [], uploads: [Upload] = [],
    token: String? = nil
  ) async throws -> Answer {
    if self.token.isEmpty { try await get("/") }
    let pairs = [("_csrf", token ?? self.token)] + fields.sorted { $0.key < $1.key } + more
    guard !uploads.isEmpty else {
      let body = pairs.map { Link.encode($0.0) + "=" + Link.encode($0.1) }.joined(separator: "&")
      return try await send(
        path, .post, [.contentType: "application/x-www-form-urlencoded"], ByteBuffer(string: body))
    }
    let boundary = "batas-antar-bagian"
    var body = ByteBuffer()
    for (name, value) in pairs {
      body.writeString("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n")
    }
    for upload in uploads {
      body.writeString(
        "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(upload.field)\"; filename=\"\(upload.name)\"\r\n"
          + "Content-Type: \(upload.type)\r\n\r\n")
      body.writeBytes(upload.bytes)
      body.writeString("\r\n")
    }
    body.writeString("--\(boundary)--\r\n")
    return try await send(path, .post, [.contentType: "multipart/form-data; boundary=\(boundary)"], body)
  }

  /// Posts a form and goes where it leads.
  func submit(
    _ path: String, _ fields: [String: String] = [:], more: [(String, String)] = [], uploads: [Upload] = []
  ) async throws -> Answer {
    let answer = try await post(path, fields, more: more, uploads: uploads)
    guard let location = answer.location else { return answer }
    return try await get(location)
  }

  private func send(
    _ path: String, _ method: HTTPRequest.Method, _ headers: HTTPFields, _ body: ByteBuffer?
  ) async throws -> Answer {
    var headers = headers
    if !cookies.isEmpty {
      headers[.cookie] = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
    }
    let response = try await client.execute(uri: path, method: method, headers: headers, body: body)
    for header in response.headers[values: .setCookie] { keep(header) }
    let answer = Answer(
      status: response.status, headers: response.headers, bytes: Array(response.body.readableBytesView))
    if let start = answer.text.range(of: "name=\"csrf\" content=\"") {
      token = String(answer.text[start.upperBound...].prefix(64))
    }
    return answer
  }

  private func keep(_ header: String) {
    let pair = header.split(separator: ";").first.map { $0.split(separator: "=", maxSplits: 1) } ?? []
    guard let name = pair.first.map(String.init) else { return }
    cookies[name] = pair.count == 2 && !pair[1].isEmpty ? String(pair[1]) : nil
  }
}
