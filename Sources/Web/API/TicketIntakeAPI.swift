// POST /api/v1/tickets: a complaint from a program.
//
// It goes the way of every complaint: durable in the ledger, then a ticket. The address in it is unproven, whatever the
// program says: its holder gets the proof letter before anything else.

import Desk
import Foundation
import HTTPTypes
import Hummingbird
import SOP
import Wording

enum TicketIntakeAPI {
  /// The body. Fields it does not know are ignored.
  struct Body: Decodable, Sendable {
    struct Requester: Decodable, Sendable {
      let name: String
      var email: String?
      var phone: String?
      var institution: String?
      var institutionKind: String?
      var position: String?
      var language: String?
    }
    let requester: Requester
    let text: String
    var subject: String?
    var domain: String?
    var host: String?
    var category: String?
    var since: String?
    var channel: String?
  }

  private struct Receipt: Encodable {
    let number: String
    let outcome: String
    let follow: String
  }

  static func create(_ visitor: Visitor) async throws -> Response {
    let token = try visitor.program()
    guard try await visitor.web.store.allow("api/\(token.digest)", limit: 600, per: 60, now: visitor.now) else {
      throw WebRefusal(.tooMany, retryAfter: 60)
    }
    let key = visitor.request.headers[.idempotencyKey]
    if let key, !isKey(key) {
      let detail = "An Idempotency-Key has 1 to 200 printable ASCII characters."
      return try APIProblem(.unreadable, "idempotency_key", detail).response
    }
    let (body, problem) = try await APIBodies.read(Body.self, from: visitor)
    guard let body else { return try (problem ?? APIProblem(.unreadable, "not_json", "No body.")).response }
    let submission: WebSubmission
    switch read(body) {
    case .failure(let problem): return try problem.problem.response
    case .success(let read): submission = read
    }
    return try await submit(submission, key: key.map { "api/\(token.digest)/\($0)" }, visitor)
  }

  private static func submit(_ submission: WebSubmission, key: String?, _ visitor: Visitor) async throws -> Response {
    let result: Intake.Taken
    do {
      result = try await visitor.web.intake.submit(submission, source: .api, key: key)
    } catch let rejection as Rejection {
      return try APIProblem(rejection).response
    }
    guard let number = result.ticket, let ticket = try await visitor.web.store.ticket(number) else {
      let detail = "The complaint is kept and waits for a person; it has no number yet."
      return try APIProblem(.accepted, "quarantined", detail).response
    }
    if key != nil, try await differs(submission, from: ticket, visitor) {
      let detail = "This Idempotency-Key was used for another complaint."
      return try APIProblem(.refused, "idempotency_key_reused", detail).response
    }
    let receipt = Receipt(
      number: number.description, outcome: result.kind.rawValue, follow: visitor.web.post.followLink(number))
    var response = try APIBodies.json(receipt, .created)
    response.headers[.location] = Link("/api/v1/tickets", number.description).text
    response.headers[.eTag] = "\"\(ticket.version)\""
    return response
  }

  /// Was the key used before, with another body?
  private static func differs(_ submission: WebSubmission, from ticket: Ticket, _ visitor: Visitor) async throws -> Bool
  {
    let history = try await visitor.web.store.history(of: ticket.number)
    guard case .submitted(let complaint, _)? = history.first?.event, let id = complaint.inbound,
      let item = try await visitor.web.store.inbound(id)
    else { return false }
    return try JSONDecoder().decode(WebSubmission.self, from: item.raw) != submission
  }

  private static func isKey(_ key: String) -> Bool {
    (1...200).contains(key.utf8.count) && key.utf8.allSatisfy { (33...126).contains($0) }
  }

  struct Failure: Error { let problem: APIProblem }

  /// The body as a complaint, or what is wrong with it.
  static func read(_ body: Body) -> Swift.Result<WebSubmission, Failure> {
    func wrong(_ field: String, _ detail: String) -> Swift.Result<WebSubmission, Failure> {
      .failure(Failure(problem: APIProblem(.refused, "field_value", detail, field: field)))
    }
    // A channel's empty letter becomes a ticket all the same; a program is told at once.
    guard !body.text.firstLine(limit: 1).isEmpty else {
      return .failure(
        Failure(problem: APIProblem(.refused, "text_missing", "The complaint has no text.", field: "text")))
    }
    let email = body.requester.email?.asciiLowered
    if let email, Link.mail(email) == nil { return wrong("email", "Give one whole e-mail address.") }
    let language = body.requester.language.map { Language(rawValue: $0) } ?? .indonesian
    guard let language else { return wrong("language", "One of: id, en.") }
    let kind = body.requester.institutionKind.map { InstitutionKind(rawValue: $0) }
    if case .some(.none) = kind { return wrong("institutionKind", "Not a kind of institution.") }
    let domain = body.domain.map { DomainName($0) }
    if case .some(.none) = domain { return wrong("domain", "Not a domain name.") }
    let host = body.host.map { DomainName($0) }
    if case .some(.none) = host { return wrong("host", "Not a host name.") }
    let category = body.category.map { SOP.Category(rawValue: $0) }
    if case .some(.none) = category { return wrong("category", "Not a category.") }
    let channel = body.channel.map { ContactChannel(rawValue: $0) } ?? .web
    guard let channel, channel == .web || channel == .telephone || channel == .counter else {
      return wrong("channel", "One of: web, telephone, counter.")
    }
    let requester = Requester(
      name: body.requester.name, email: email, phone: body.requester.phone, institution: body.requester.institution,
      institutionKind: kind ?? nil, position: body.requester.position, language: language)
    return .success(
      WebSubmission(
        channel: channel, requester: requester, subject: body.subject ?? "", text: body.text, domain: domain ?? nil,
        host: host ?? nil, category: category ?? nil, since: body.since))
  }
}

extension HTTPField.Name {
  static let idempotencyKey = own("Idempotency-Key")
}
