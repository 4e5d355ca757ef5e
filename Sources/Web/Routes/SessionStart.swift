import Desk
import HTTPTypes
import Hummingbird

/// Finds out who is signed in: the session cookie for people, the bearer token for programs. A session that ended or
/// an account that was disabled is nobody at the next request.
struct SessionStart: RouterMiddleware {
  typealias Context = WebContext

  let web: DeskWeb
  let cookies: WebCookies

  func handle(
    _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    var context = context
    if request.uri.path.utf8.starts(with: "/api/".utf8) {
      context.apiToken = try await token(of: request)
    } else if let secret = cookies.value(.session, in: request),
      let account = try await web.signIn.account(ofSession: secret)
    {
      context.account = account
      context.visit.signedIn = SignedIn(account)
    }
    return try await next(request, context)
  }

  private func token(of request: Request) async throws -> APIToken? {
    let header = Array((request.headers[.authorization] ?? "").utf8)
    guard header.starts(with: "Bearer ".utf8), header.count < 200 else { return nil }
    let secret = String(decoding: header.dropFirst(7), as: UTF8.self)
    guard let token = try await web.store.apiToken(digest: Secrets.digest(secret)), token.revokedAt == nil
    else { return nil }
    return token
  }
}

extension SignedIn {
  /// What the top bar shows of an account.
  init(_ account: Account) {
    switch account.role {
    case .officer:
      self.init(name: account.name, role: Bilingual("Petugas", "Officer"), places: [.desk], searches: true)
    case .registry:
      self.init(
        name: account.name, role: Bilingual("Petugas registri", "Registry officer"), places: [.registry],
        searches: false)
    case .supervisor:
      self.init(
        name: account.name, role: Bilingual("Pengawas", "Supervisor"), places: [.desk, .supervisor], searches: true)
    case .administrator:
      self.init(
        name: account.name, role: Bilingual("Pengelola sistem", "Administrator"), places: [.administration],
        searches: false)
    }
  }
}
