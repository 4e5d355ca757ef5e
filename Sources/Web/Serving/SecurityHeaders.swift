import HTTPTypes
import Hummingbird

/// The headers every answer carries. The outermost middleware, so that error pages have them too.
///
/// No script, style, frame or form target but our own; no inline script or style (the templates have none). What is
/// not a public file is never stored by a browser or a proxy, unless its handler said otherwise.
struct SecurityHeaders: RouterMiddleware {
  typealias Context = WebContext

  /// Is the site served over https? Only then HSTS is sent.
  let secure: Bool

  static let policy = [
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'",
    "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
  ].joined(separator: "; ")

  func handle(
    _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    var response = try await next(request, context)
    // A handler may be stricter (a mail in a sandbox), so a policy that is there stays.
    if response.headers[.contentSecurityPolicy] == nil { response.headers[.contentSecurityPolicy] = Self.policy }
    response.headers[.xContentTypeOptions] = "nosniff"
    response.headers[.referrerPolicy] = "same-origin"
    response.headers[.crossOriginOpenerPolicy] = "same-origin"
    response.headers[.crossOriginResourcePolicy] = "same-origin"
    response.headers[.permissionsPolicy] = "camera=(), microphone=(), geolocation=(), browsing-topics=()"
    response.headers[.xFrameOptions] = "DENY"
    if secure { response.headers[.strictTransportSecurity] = "max-age=31536000; includeSubDomains" }
    if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
    return response
  }
}

extension HTTPField.Name {
  /// A header name written in code; a misspelt one would be a fault of ours, so it ends up visibly wrong, not crashing.
  static func own(_ name: String) -> HTTPField.Name { HTTPField.Name(name) ?? .expires }

  static let referrerPolicy = own("Referrer-Policy")
  static let crossOriginOpenerPolicy = own("Cross-Origin-Opener-Policy")
  static let permissionsPolicy = own("Permissions-Policy")
  static let xFrameOptions = own("X-Frame-Options")
  static let requestID = own("X-Request-ID")
}
