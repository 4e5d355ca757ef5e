// The JSON interface under /api/v1, described by `public/openapi.json`.
//
// Programs bring a bearer token; cookies count for nothing here. What a token may do follows from its role:
//   officer, supervisor  hand in complaints, read and search tickets, write messages and notes
//   administrator        hand in complaints only: for a service desk of another office, which must not read ours
// A body is JSON of at most 256 KB and 32 levels; unknown fields are ignored. Errors are problem details (RFC 9457)
// whose `code` never changes. Lists are paged by `Link: …; rel="next"` (RFC 8288). A ticket's ETag is its version;
// `If-Match` on a message makes it conditional (RFC 9110 §13.1.1: 412). `Idempotency-Key` makes a repeated hand-in
// the same one; the same key with another complaint is refused.

import Desk
import HTTPTypes
import Hummingbird
import NIOCore
import SOP
import Wording

/// The routes of this part of the pages.
enum APIRoutes {
  /// Roles a token may have.
  static let roles: [Role] = [.officer, .supervisor, .administrator]

  static func rights(of role: Role) -> Bilingual {
    switch role {
    case .officer:
      Bilingual(
        "Menyampaikan pengaduan, membaca tiket, menulis pesan.", "Hand in complaints, read tickets, write messages.")
    case .supervisor:
      Bilingual("Seperti petugas, atas nama pengawas.", "As an officer, in a supervisor's name.")
    case .administrator:
      Bilingual("Hanya menyampaikan pengaduan.", "Hand in complaints only.")
    case .registry: Bilingual("Tidak ada.", "None.")
    }
  }

  static func add(to routes: inout RouteTable) {
    routes.get("/api/v1/openapi.json", for: .everyone) { visitor in
      guard let document = visitor.ground.pages.files.content(of: "openapi.json") else { throw WebRefusal(.notFound) }
      return Response(
        status: HTTPOutcome.shown.status, headers: [.contentType: "application/json"],
        body: ResponseBody(byteBuffer: document))
    }
    routes.post("/api/v1/tickets", for: .api(.officer, .supervisor, .administrator)) { visitor in
      try await TicketIntakeAPI.create(visitor)
    }
    routes.get("/api/v1/tickets", for: .api(.officer, .supervisor)) { visitor in
      try await TicketReadingAPI.list(visitor)
    }
    routes.get("/api/v1/tickets/:number", for: .api(.officer, .supervisor)) { visitor in
      try await TicketReadingAPI.show(visitor)
    }
    routes.post("/api/v1/tickets/:number/messages", for: .api(.officer, .supervisor)) { visitor in
      try await MessageAPI.create(visitor)
    }
    routes.get("/api/v1/search", for: .api(.officer, .supervisor)) { visitor in
      try await TicketReadingAPI.search(visitor)
    }
  }
}
