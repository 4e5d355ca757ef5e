import Desk
import Hummingbird
import Logging
public import SOP
public import ServiceLifecycle

/// The pages as a service: router, routes, server.
///
/// It listens on one address and port and stops gracefully: open event streams end first, requests in flight are
/// answered.
public struct WebServer: Service {
  private let web: DeskWeb
  private let ground: WebGround
  private let mailViewer: (any MailViewer)?
  private let host: String
  private let port: Int

  /// - Parameters:
  ///   - secret: seals forms; at least 16 random bytes, kept.
  ///   - proxies: the reverse proxies that are believed about where a visitor comes from.
  ///   - mailViewer: routes only the demonstration has.
  public init(
    web: DeskWeb, secret: [UInt8], host: String, port: Int, proxies: TrustedProxies = .none,
    mailViewer: (any MailViewer)? = nil
  ) throws {
    self.web = web
    self.host = host
    self.port = port
    self.mailViewer = mailViewer
    ground = try WebGround(secret: secret, baseURL: web.office.baseURL, proxies: proxies)
  }

  static func router(web: DeskWeb, ground: WebGround, mailViewer: (any MailViewer)? = nil) -> Router<WebContext> {
    let router = ground.router()
    router.add(middleware: SessionStart(web: web, cookies: ground.cookies))
    table(mailViewer: mailViewer).mount(on: router, web: web, ground: ground)
    ground.finish(router)
    return router
  }

  /// Every route there is.
  static func table(mailViewer: (any MailViewer)? = nil) -> RouteTable {
    var routes = RouteTable()
    PortalRoutes.add(to: &routes)
    DeskRoutes.add(to: &routes)
    DeskLiveRoutes.add(to: &routes)
    OfficerIntakeRoutes.add(to: &routes)
    ReportRoutes.add(to: &routes)
    RegistryRoutes.add(to: &routes)
    SupervisorRoutes.add(to: &routes)
    SignInRoutes.add(to: &routes)
    AdministrationRoutes.add(to: &routes)
    APIRoutes.add(to: &routes)
    HealthRoutes.add(to: &routes)
    if let mailViewer { MailViewerRoutes.add(to: &routes, viewer: mailViewer) }
    return routes
  }

  public func run() async throws {
    let application = Application(
      router: WebServer.router(web: web, ground: ground, mailViewer: mailViewer),
      configuration: .init(address: .hostname(host, port: port), serverName: "Sigap"),
      logger: Logger(label: "sigap.web"))
    try await withGracefulShutdownHandler {
      try await application.run()
    } onGracefulShutdown: {
      web.live.close()
    }
  }
}

/// Letters of the demonstration: real messages that never left the machine.
public protocol MailViewer: Sendable {
  /// Newest first.
  func letters() async -> [ViewedLetter]
}

public struct ViewedLetter: Sendable, Equatable {
  public let id: String
  public let recipient: String
  public let subject: String
  public let text: String
  public let at: Instant
  public init(id: String, recipient: String, subject: String, text: String, at: Instant) {
    self.id = id
    self.recipient = recipient
    self.subject = subject
    self.text = text
    self.at = at
  }
}
