// Every route × every visitor × own, other and nonexistent objects.
//
// What is expected is derived from the route's `Access`, never written down route by route. A denied visitor sees what
// he would see if the object, or the page, did not exist: same status, same body. Nothing may end in a fault. A route
// whose path parameters this file does not know fails the test: whoever adds one says here what its objects are.

import Desk
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import SOP
import Testing

@testable import Web

/// Who asks.
enum Caller: CaseIterable {
  /// Nobody signed in; somebody who follows the ticket; somebody who follows another ticket.
  case anonymous, follower, otherFollower
  case officer, registry, supervisor, administrator
  /// Was signed in as an administrator when the account was disabled.
  case disabled
  case officerToken, supervisorToken, administratorToken, registryToken, revokedToken

  var role: Role? {
    switch self {
    case .officer: .officer
    case .registry: .registry
    case .supervisor: .supervisor
    case .administrator: .administrator
    default: nil
    }
  }

  var tokenRole: Role? {
    switch self {
    case .officerToken: .officer
    case .supervisorToken: .supervisor
    case .administratorToken: .administrator
    case .registryToken: .registry
    default: nil
    }
  }

  var secret: String? {
    tokenRole.map { "token-\($0.rawValue)" } ?? (self == .revokedToken ? "token-revoked" : nil)
  }
}

/// Whose the object in the path is.
enum Ownership: CaseIterable { case own, other, nonexistent }

struct AccessMatrixTests {
  let house: TestHouse
  let objects: [String: [Ownership: String]]

  init() async throws {
    let house = try TestHouse()
    self.house = house
    objects = try await AccessObjects(house: house).all()
  }

  /// What a visitor is told.
  enum Expected: Equatable {
    /// The handler runs: anything but a refusal of the guard.
    case admitted
    /// Led to the sign-in page, or told to sign in.
    case signIn
    /// As if it did not exist.
    case absent
  }

  private func expected(_ entry: RouteEntry, _ caller: Caller, _ ownership: Ownership) -> Expected {
    switch entry.access {
    case .everyone: .admitted
    case .loopback: .absent
    case .follower: caller == .follower && ownership == .own ? .admitted : .absent
    case .handoffLink: ownership == .nonexistent ? .absent : .admitted
    case .roles(let roles):
      caller.role.map {
        roles.contains($0) ? (hasObject(entry) && ownership == .nonexistent ? .absent : .admitted) : .absent
      }
        ?? .signIn
    case .api(let roles):
      caller.tokenRole.map {
        roles.contains($0) ? (hasObject(entry) && ownership == .nonexistent ? .absent : .admitted) : .absent
      } ?? .signIn
    }
  }

  private func hasObject(_ entry: RouteEntry) -> Bool { entry.path.utf8.contains(58) }

  @Test func `every parameter of every path is known here`() {
    for entry in WebServer.table().entries {
      for name in AccessObjects.parameters(of: entry.path) {
        #expect(objects[name] != nil, "\(entry.path): say in AccessObjects what :\(name) is")
      }
    }
  }

  @Test func `every route admits whom it names and is absent for all others`() async throws {
    try await Application(router: house.router).test(.router) { client in
      for caller in Caller.allCases {
        let probe = try await AccessVisitor(caller, house: house, objects: objects, client: client)
        let nowhere = try await probe.nowhere()
        for entry in WebServer.table().entries {
          // A new session each time: one of the routes signs out.
          let visitor = try await AccessVisitor(caller, house: house, objects: objects, client: client)
          for ownership in ownerships(entry, caller) { try await check(entry, caller, ownership, visitor, nowhere) }
        }
      }
    }
  }

  /// Whom the guard stops at the door, it stops before it looks for an object: one existing object shows it.
  private func ownerships(_ entry: RouteEntry, _ caller: Caller) -> [Ownership] {
    guard hasObject(entry) else { return [.own] }
    switch entry.access {
    case .roles, .api: return expected(entry, caller, .own) == .admitted ? Ownership.allCases : [.own, .nonexistent]
    default: return Ownership.allCases
    }
  }

  private func check(
    _ entry: RouteEntry, _ caller: Caller, _ ownership: Ownership, _ visitor: AccessVisitor,
    _ nowhere: AccessVisitor.Nowhere
  ) async throws {
    let path = AccessObjects.filled(entry.path, objects, ownership)
    let answer = try await visitor.send(entry.method, path)
    let told = "\(entry.method) \(entry.path) for \(caller), \(ownership): \(answer.status.code)"
    #expect(answer.status.code < 500, "\(told)")
    switch expected(entry, caller, ownership) {
    case .admitted:
      // A handler may refuse for its own reasons (an empty form, a used link), never for who asks.
      #expect(![401, 403].contains(answer.status.code), "\(told)")
      #expect(answer.location?.hasPrefix("/masuk?ke=") != true, "\(told)")
      if entry.method == .get, entry.access != .everyone, ownership == .own {
        #expect(answer.status.code < 400, "\(told)")
      }
    case .signIn:
      let isPage = entry.method == .get && !entry.path.hasPrefix("/api/")
      #expect(isPage ? answer.location?.hasPrefix("/masuk?ke=") == true : answer.status.code == 401, "\(told)")
    case .absent:
      #expect(answer.status.code == 404, "\(told)")
      let isSame = answer.comparable == (answer.body.hasPrefix("{") ? nowhere.problem : nowhere.page)
      #expect(isSame, "\(told): the body tells more than “not found”")
    }
  }

  @Test func `a number tells nobody whether its ticket exists`() async throws {
    try await Application(router: house.router).test(.router) { client in
      let numbered = WebServer.table().entries.filter { $0.access == .everyone && $0.path.contains(":number") }
      for entry in numbered where entry.method == .get {
        for caller in [Caller.anonymous, .otherFollower, .officer] {
          let visitor = try await AccessVisitor(caller, house: house, objects: objects, client: client)
          var seen: [String] = []
          for ownership in [Ownership.own, .nonexistent] {
            let answer = try await visitor.send(.get, AccessObjects.filled(entry.path, objects, ownership))
            let number = objects["number"]?[ownership] ?? ""
            seen.append("\(answer.status.code) " + answer.comparable.replacingOccurrences(of: number, with: "NOMOR"))
          }
          #expect(seen[0] == seen[1], "\(entry.path) for \(caller)")
        }
      }
    }
  }

  @Test func `a form without the token of its visitor changes nothing anywhere`() async throws {
    try await Application(router: house.router).test(.router) { client in
      for entry in WebServer.table().entries where entry.method == .post && !entry.path.hasPrefix("/api/") {
        for caller in [Caller.anonymous, .officer, .administrator] {
          let visitor = try await AccessVisitor(caller, house: house, objects: objects, client: client)
          let answer = try await visitor.send(.post, AccessObjects.filled(entry.path, objects, .own), token: "salah")
          #expect(answer.status.code == 403, "\(entry.path) for \(caller): \(answer.status.code)")
        }
      }
    }
  }
}
