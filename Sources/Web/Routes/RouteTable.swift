// Every route of the house, each with who may use it.
//
// A page adds its routes here and nowhere else:
//
//     routes.get("/meja", for: .roles(.officer, .supervisor)) { visitor in try await visitor.page(…) }
//
// The guard runs before the handler: no account → the sign-in page; another role → "not found", as if the page did not
// exist. Rights on one ticket (a requester's key, a signed link) are asked by `Visitor` in the handler. The tests walk
// this table: every route × every role × own, other and nonexistent object.

import Desk
import HTTPTypes
import Hummingbird

/// Who may use a route.
enum Access: Sendable, Equatable {
  case everyone
  /// Holders of a ticket's key: `visitor.followedTicket(…)` must be asked.
  case follower
  /// Holders of a signed hand-off link: `visitor.handoff(…)` must be asked.
  case handoffLink
  case roles(Set<Role>)
  /// Programs on this machine that ask directly, not through a proxy: the metrics.
  case loopback
  /// Bearers of an API token with one of these roles.
  case api(Set<Role>)

  static func roles(_ roles: Role...) -> Access { .roles(Set(roles)) }
  static func api(_ roles: Role...) -> Access { .api(Set(roles)) }
}

/// One route: what the router needs, and what the access test walks.
struct RouteEntry: Sendable {
  let method: HTTPRequest.Method
  let path: String
  let access: Access
  let handler: @Sendable (Visitor) async throws -> Response
}

/// All routes.
struct RouteTable: Sendable {
  private(set) var entries: [RouteEntry] = []

  mutating func get(
    _ path: String, for access: Access, _ handler: @escaping @Sendable (Visitor) async throws -> Response
  ) {
    entries.append(RouteEntry(method: .get, path: path, access: access, handler: handler))
  }

  mutating func post(
    _ path: String, for access: Access, _ handler: @escaping @Sendable (Visitor) async throws -> Response
  ) {
    entries.append(RouteEntry(method: .post, path: path, access: access, handler: handler))
  }

  /// Puts every entry on the router, behind its guard.
  func mount(on router: Router<WebContext>, web: DeskWeb, ground: WebGround) {
    for entry in entries {
      router.on(RouterPath(entry.path), method: entry.method) { request, context in
        let visitor = Visitor(request: request, context: context, web: web, ground: ground)
        if let refusal = try await visitor.refusal(of: entry.access) { return refusal }
        return try await entry.handler(visitor)
      }
    }
  }
}
