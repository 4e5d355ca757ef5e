// Nothing changes unless one of our own pages asked for it.
//
// For every method but GET, HEAD and OPTIONS:
// 1. What the browser says about the sender must be this site: `Sec-Fetch-Site: same-origin`, and an `Origin` that is
//    the host asked (or the configured base URL). Our Referrer-Policy is `same-origin`: with `no-referrer` browsers
//    send `Origin: null` with forms. A client that sends neither header is no browser; step 3 still holds it.
// 2. The form is read, with limits. Files are taken only after the token before them was right.
// 3. The token `_csrf` (or the header X-CSRF-Token) must fit the visitor's cookie. One that has grown too old is
//    refused with what was typed on the page, to be copied.
// Exempt: `/webhook/` (signed bodies) and `/api/` with a bearer token; neither looks at cookies.

import HTTPTypes
import Hummingbird

/// Checks and reads everything that is sent.
struct FormGuard: RouterMiddleware {
  typealias Context = WebContext

  let seal: FormSeal
  let cookies: WebCookies
  /// The configured base URL's origin, for example `https://sigap.example`; nil when it is not configured.
  let origin: String?
  let room: UploadRoom
  /// Paths under which forms may bring files.
  var uploadPrefixes = ["/lapor", "/tiket", "/meja", "/registri"]

  func handle(
    _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    if [.get, .head, .options].contains(request.method) || isExempt(request) {
      return try await next(request, context)
    }
    // The API knows bearer tokens only: whoever brings none is nobody there.
    if request.uri.path.utf8.starts(with: "/api/".utf8) { throw WebRefusal(.unknownPerson) }
    guard isOurs(request) else { throw WebRefusal(.forbidden) }
    let path = request.uri.path
    let session = cookies.value(.session, in: request)
    let visitor = cookies.value(.visitor, in: request)
    // The staff's layout has forms of open pages in it (sign out): there the session's token is as good.
    let binders = (FormSeal.isOpen(path) ? [visitor, session] : [session ?? visitor]).compactMap { $0 }
    let header = request.headers[.csrfToken]
    let check = { (form: FormData) throws(WebRefusal) in
      let token = form["_csrf"] ?? header ?? ""
      guard binders.contains(where: { seal.isValid(token, for: $0) }) else {
        throw WebRefusal(.forbidden, typed: form)
      }
    }
    let takesFiles = uploadPrefixes.contains { path == $0 || path.utf8.starts(with: ($0 + "/").utf8) }
    let form = try await FormData.read(
      request, limits: takesFiles ? FormLimits() : .withoutFiles, room: room, admit: check)
    try check(form)
    var context = context
    context.visit.form = form
    return try await next(request, context)
  }

  private func isExempt(_ request: Request) -> Bool {
    let path = request.uri.path.utf8
    if path.starts(with: "/webhook/".utf8) { return true }
    return path.starts(with: "/api/".utf8)
      && (request.headers[.authorization] ?? "").utf8.prefix(7).elementsEqual("Bearer ".utf8)
  }

  private func isOurs(_ request: Request) -> Bool {
    if let site = request.headers[.secFetchSite], site != "same-origin" { return false }
    guard let sent = request.headers[.origin] else { return true }
    if let origin, sent == origin { return true }
    guard let host = request.head.authority else { return false }
    return sent == "http://" + host || sent == "https://" + host
  }
}

extension HTTPField.Name {
  static let secFetchSite = own("Sec-Fetch-Site")
  static let csrfToken = own("X-CSRF-Token")
}
