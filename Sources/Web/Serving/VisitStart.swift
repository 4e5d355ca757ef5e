import HTTPTypes
import Hummingbird

/// Finds out who asks and how they like their pages: language, theme, flash message, form token.
///
/// The visitor cookie is given with the first page, so that the form on it can be bound to something. Language and
/// theme come from the query of a switch link (`?bahasa=en`, `?tema=dark`), else from their cookie; nothing else that
/// GET does is kept.
struct VisitStart: RouterMiddleware {
  typealias Context = WebContext

  let seal: FormSeal
  let cookies: WebCookies
  let proxies: TrustedProxies

  func handle(
    _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    var visit = context.visit
    visit.path = FormCoding.decode(request.uri.path.utf8.map { $0 == 43 ? 32 : $0 })
    visit.query = Query(of: request)
    visit.address = proxies.visitor(peer: context.remoteAddress?.ipAddress, fields: request.headers)
    let chosenLanguage = visit.query["bahasa"].flatMap { PageLanguage(rawValue: $0) }
    visit.language =
      chosenLanguage ?? cookies.value(.language, in: request).flatMap { PageLanguage(rawValue: $0) } ?? .indonesian
    let chosenTheme = visit.query["tema"]
    visit.theme = PageTheme(rawValue: chosenTheme ?? cookies.value(.theme, in: request) ?? "")
    visit.flash = cookies.value(.flash, in: request).flatMap { FlashMessage(rawValue: $0) }
    let known = cookies.value(.visitor, in: request)
    let visitor = known ?? RandomToken.hex()
    let session = FormSeal.isOpen(request.uri.path) ? nil : cookies.value(.session, in: request)
    visit.seal = seal.token(for: session ?? visitor)
    var context = context
    context.visit = visit
    var response = try await next(request, context)

    let isPage = (response.headers[.contentType] ?? "").utf8.starts(with: "text/html".utf8)
    if known == nil, isPage { cookies.set(.visitor, visitor, for: 86_400 * 30, on: &response) }
    if visit.flash != nil, isPage { cookies.clear(.flash, on: &response) }
    if let chosenLanguage { cookies.set(.language, chosenLanguage.rawValue, for: 86_400 * 365, on: &response) }
    if chosenTheme == "auto" { cookies.clear(.theme, on: &response) }
    if let chosen = chosenTheme.flatMap({ PageTheme(rawValue: $0) }) {
      cookies.set(.theme, chosen.rawValue, for: 86_400 * 365, on: &response)
    }
    return response
  }
}
