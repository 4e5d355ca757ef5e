// Style, scripts and icons, served from memory under `/aset/`.
//
// Their links carry a hash of the content: such an address never changes its meaning and is cached for a year. Asked
// without the hash a file is checked by ETag each time. Only names that were found at start are served, so there is no
// path to leave the folder by.

import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The files of `public/`.
struct PublicFiles: Sendable {
  private struct Entry: Sendable {
    let content: ByteBuffer
    let type: String
    let hash: String
  }
  private let entries: [String: Entry]

  /// Reads the files that are built into the program.
  init() throws {
    let folder = Bundle.module.url(forResource: "public", withExtension: nil)
    let files = try folder.map { try FileManager.default.contentsOfDirectory(at: $0, includingPropertiesForKeys: nil) }
    var entries: [String: Entry] = [:]
    for file in files ?? [] {
      guard let type = PublicFiles.types[file.pathExtension] else { continue }
      let data = try Data(contentsOf: file)
      let hash = SHA256.hash(data: data).prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      entries[file.lastPathComponent] = Entry(content: ByteBuffer(bytes: data), type: type, hash: hash)
    }
    self.entries = entries
  }

  private static let types = [
    "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8", "json": "application/json",
  ]

  /// The address of a file with its hash.
  func link(_ name: String) -> Link { Link("/aset", name, query: [("v", entries[name]?.hash)]) }

  var links: PublicLinks {
    PublicLinks(
      style: link("sigap.css"), staffStyle: link("staff.css"), script: link("sigap.js"),
      portalScript: link("portal.js"), icon: link("icon.svg"),
      sprite: link("icons.svg"))
  }

  /// The bytes of a file, for a route of its own.
  func content(of name: String) -> ByteBuffer? { entries[name]?.content }

  func size(of name: String) -> Int? { entries[name]?.content.readableBytes }

  func add(to router: Router<WebContext>) {
    router.get("/aset/:name") { request, context in
      try response(context.parameters.get("name") ?? "", to: request)
    }
    // Asked for by browsers on their own where a page has no icon (JSON, PDF).
    router.get("/favicon.ico") { request, _ in try response("icon.svg", to: request) }
  }

  private func response(_ name: String, to request: Request) throws -> Response {
    guard let entry = entries[name] else { throw WebRefusal(.notFound) }
    let tag = "\"\(entry.hash)\""
    let isPinned = Query(of: request)["v"] == entry.hash
    var headers: HTTPFields = [.contentType: entry.type, .eTag: tag]
    headers[.cacheControl] = isPinned ? "public, max-age=31536000, immutable" : "public, no-cache"
    if request.headers[.ifNoneMatch] == tag { return Response(status: HTTPOutcome.unchanged.status, headers: headers) }
    return Response(
      status: HTTPOutcome.shown.status, headers: headers, body: ResponseBody(byteBuffer: entry.content))
  }
}
