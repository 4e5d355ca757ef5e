// Where every error of a request ends.
//
// A `WebRefusal` and the library's own HTTP errors become a page with a sentence; anything else is a fault of ours:
// logged once with an incident number, and the visitor sees the number, never the text. Programs (`/api/`,
// `/webhook/`, `/health/`) get problem details (RFC 9457) instead of a page. A browser that comes back by GET to where a
// form was sent (reload, the switch of language on a refused form) is taken to the page the form stands on.

import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// Turns errors into pages.
struct FaultPages: RouterMiddleware {
  typealias Context = WebContext

  let pages: Pages
  let cookies: WebCookies
  let allowed: AllowedMethods

  func handle(
    _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let refusal as WebRefusal {
      return try page(refusal, request, context)
    } catch let error as any HTTPResponseError {
      return try page(WebRefusal(HTTPOutcome(of: error.status)), request, context)
    } catch {
      let incident = RandomToken.incident()
      context.logger.error(
        "fault",
        metadata: ["incident": "\(incident)", "error": "\(LogText.safe(String(reflecting: error), limit: 2_000))"])
      return try page(WebRefusal(.fault), request, context, incident: incident)
    }
  }

  private func page(
    _ refusal: WebRefusal, _ request: Request, _ context: WebContext, incident: String? = nil
  ) throws -> Response {
    var refusal = refusal
    let methods = refusal.outcome == .notFound ? allowed.methods(for: request.uri.path) : []
    if !methods.isEmpty, !methods.contains(request.method) {
      if request.method == .get, let page = allowed.page(above: request.uri.path) {
        return .seeOther(page, cookies: cookies)
      }
      refusal = WebRefusal(.methodNotAllowed)
    }
    let sentence = refusal.sentence ?? refusal.outcome.sentence
    var response: Response
    if isForPrograms(request) {
      response = problem(refusal.outcome, sentence, incident)
      // RFC 9110 §11.6.1
      if refusal.outcome == .unknownPerson { response.headers[.wwwAuthenticate] = "Bearer" }
    } else {
      let page = ErrorPage(
        heading: refusal.outcome.heading, sentence: sentence, incident: incident,
        typed: refusal.typed.map { TypedText.texts(of: $0) } ?? [])
      response = try pages.response(page, for: context.visit, refusal.outcome)
    }
    if refusal.outcome == .methodNotAllowed {
      response.headers[.allow] = methods.map(\.rawValue).sorted().joined(separator: ", ")
    }
    if let seconds = refusal.retryAfter { response.headers[.retryAfter] = String(seconds) }
    return response
  }

  private func isForPrograms(_ request: Request) -> Bool {
    ["/api/", "/webhook/", "/health/", "/metrics"].contains { request.uri.path.utf8.starts(with: $0.utf8) }
  }

  private struct Problem: Encodable {
    let type = "about:blank"
    let title: String
    let status: Int
    let code: String
    let detail: String
    let instance: String?
  }

  private func problem(_ outcome: HTTPOutcome, _ sentence: Bilingual, _ incident: String?) -> Response {
    let problem = Problem(
      title: outcome.heading.english, status: outcome.status.code, code: outcome.code, detail: sentence.english,
      instance: incident.map { "urn:incident:\($0)" })
    // Keys in one order: what is not there and what is not yours must not differ in a byte.
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let data = (try? encoder.encode(problem)) ?? Data("{}".utf8)
    return Response(
      status: outcome.status, headers: [.contentType: "application/problem+json"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: data)))
  }
}

/// Which methods each path takes; the router itself answers 404 for a known path with another method.
final class AllowedMethods: Sendable {
  private let routes = Mutex<[(path: [String], method: HTTPRequest.Method)]>([])

  /// Called once, when all routes are there.
  func learn(_ router: Router<WebContext>) {
    let known = router.routes.map { (path: AllowedMethods.segments($0.path.description), method: $0.method) }
    routes.withLock { $0 = known }
  }

  func methods(for path: String) -> [HTTPRequest.Method] {
    let asked = AllowedMethods.segments(path)
    return routes.withLock { $0.filter { AllowedMethods.matches($0.path, asked) }.map(\.method) }
  }

  /// The nearest page above a path that takes forms only.
  func page(above path: String) -> Link? {
    var segments = AllowedMethods.segments(path)
    while !segments.isEmpty {
      segments.removeLast()
      let above = "/" + segments.joined(separator: "/")
      if methods(for: above).contains(.get) {
        return Link(path: "/", segments: segments.map { FormCoding.decode(Array($0.utf8)) }, query: [])
      }
    }
    return nil
  }

  private static func segments(_ path: String) -> [String] {
    path.utf8.split(separator: 47).map { String(decoding: Array($0), as: UTF8.self) }
  }

  private static func matches(_ pattern: [String], _ asked: [String]) -> Bool {
    if pattern.last == "**" {
      return asked.count >= pattern.count - 1 && matches(pattern.dropLast(), asked.prefix(pattern.count - 1))
    }
    return pattern.count == asked.count && matches(pattern[...], asked[...])
  }

  private static func matches(_ pattern: ArraySlice<String>, _ asked: ArraySlice<String>) -> Bool {
    zip(pattern, asked).allSatisfy { want, have in
      want == have || want == "*" || [58, 123].contains(want.utf8.first ?? 0)
    }
  }
}
