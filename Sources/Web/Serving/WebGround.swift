import Hummingbird

/// What all routes stand on: pages, cookies, the form token, and the middlewares in their right order.
///
///     let ground = try WebGround(secret: secret, baseURL: "https://sigap.example")
///     let router = ground.router()      // security headers, log, visit, error pages, form guard, public files
///     …add session middleware and routes…
///     ground.finish(router)             // learns the routes, for 405
struct WebGround: Sendable {
  let pages: Pages
  let cookies: WebCookies
  let seal: FormSeal
  private let origin: String?
  private let proxies: TrustedProxies
  private let allowed = AllowedMethods()
  private let room = UploadRoom()

  /// - Parameters:
  ///   - secret: at least 16 random bytes, the same on every node; forms sealed with another one are refused.
  ///   - baseURL: where the site is reached, for example `https://sigap.example`; nil: decided by the request's host.
  ///   - proxies: the reverse proxies that are believed about where a visitor comes from.
  init(
    secret: [UInt8], baseURL: String?, proxies: TrustedProxies = .none, library: PageLibrary? = nil
  ) throws {
    self.proxies = proxies
    let files = try PublicFiles()
    pages = Pages(library: try library ?? PageLibrary(), files: files)
    cookies = WebCookies(secure: baseURL?.utf8.starts(with: "https://".utf8) ?? false)
    seal = FormSeal(secret: secret)
    origin = baseURL.map(WebGround.origin)
  }

  /// A router that answers nothing yet but public files.
  func router() -> Router<WebContext> {
    let router = Router(context: WebContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: SecurityHeaders(secure: cookies.secure))
    router.add(middleware: RequestLog())
    router.add(middleware: VisitStart(seal: seal, cookies: cookies, proxies: proxies))
    router.add(middleware: FaultPages(pages: pages, cookies: cookies, allowed: allowed))
    router.add(middleware: FormGuard(seal: seal, cookies: cookies, origin: origin, room: room))
    pages.files.add(to: router)
    return router
  }

  func finish(_ router: Router<WebContext>) { allowed.learn(router) }

  /// Scheme, host and port of an address: what browsers send as Origin.
  private static func origin(_ address: String) -> String {
    let bytes = Array(address.utf8)
    var slashes = 0
    for (index, byte) in bytes.enumerated() where byte == 47 {
      slashes += 1
      if slashes == 3 { return String(decoding: bytes[..<index], as: UTF8.self) }
    }
    return address
  }
}
