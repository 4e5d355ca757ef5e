import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import Web

private struct Bang: Error {}

/// A small site on the ground of the house.
private func site(baseURL: String? = nil) throws -> Application<RouterResponder<WebContext>> {
  let ground = try WebGround(secret: Array("sixteen bytes at least".utf8), baseURL: baseURL)
  let router = ground.router()
  router.get("/lapor") { _, context in
    try ground.pages.response(
      ErrorPage(heading: Bilingual("Uji", "Test"), sentence: Bilingual("a", "b"), incident: nil), for: context.visit)
  }
  router.post("/lapor") { _, context in
    let form = context.visit.form
    return "\(form.text("uraian"))|\(try form.files.map { "\($0.name):\(try $0.bytes().count)" })|\(form.refusedFiles)"
  }
  router.post("/kecil") { _, _ in "ok" }
  router.post("/tiket/:number/pesan") { _, _ in "ok" }
  router.get("/bang") { _, _ -> String in throw Bang() }
  router.get("/tiket/:number") { _, context in context.visit.query["q"] ?? "" }
  router.post("/webhook/whatsapp") { request, _ in String(buffer: try await request.body.collect(upTo: 100)) }
  router.post("/api/v1/tickets") { _, _ in "api" }
  router.get("/simpan") { _, _ in Response.seeOther(Link("/lapor"), flash: .saved, cookies: ground.cookies) }
  ground.finish(router)
  return Application(router: router)
}

private func token(in html: String) throws -> String {
  let start = try #require(html.range(of: "name=\"csrf\" content=\""))
  return String(html[start.upperBound...].prefix(64))
}

private func cookie(_ name: String, in response: TestResponse) -> String? {
  response.headers[values: .setCookie].first { $0.hasPrefix(name + "=") }
    .flatMap { $0.split(separator: ";").first.map(String.init) }
}

/// A visitor's cookie and the token of a page.
private func visitor(_ client: any TestClientProtocol) async throws -> (cookie: String, token: String) {
  let page = try await client.execute(uri: "/lapor", method: .get)
  return (try #require(cookie("pengunjung", in: page)), try token(in: String(buffer: page.body)))
}

private let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]

private func headers(_ pairs: [(HTTPField.Name, String)]) -> HTTPFields {
  pairs.reduce(into: form) { $0[$1.0] = $1.1 }
}

struct GroundTests {
  @Test func `every answer carries the security headers`() async throws {
    try await site(baseURL: "https://sigap.example").test(.router) { client in
      for path in ["/lapor", "/tidak-ada", "/bang", "/aset/sigap.css", "/favicon.ico"] {
        let response = try await client.execute(uri: path, method: .get)
        #expect(response.headers[.contentSecurityPolicy] == SecurityHeaders.policy)
        #expect(response.headers[.xContentTypeOptions] == "nosniff")
        #expect(response.headers[.referrerPolicy] == "same-origin")
        #expect(response.headers[.strictTransportSecurity]?.contains("max-age=31536000") == true)
        #expect(response.headers[.cacheControl] != nil)
      }
      let page = try await client.execute(uri: "/lapor", method: .get)
      #expect(page.headers[.cacheControl] == "no-store")
      let set = try #require(page.headers[values: .setCookie].first)
      #expect(set.hasPrefix("__Host-pengunjung="))
      for part in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"] { #expect(set.contains(part)) }
    }
  }

  @Test func `a fault shows an incident number and never its text`() async throws {
    try await site().test(.router) { client in
      let response = try await client.execute(uri: "/bang", method: .get)
      let html = String(buffer: response.body)
      #expect(response.status == .internalServerError)
      #expect(html.contains("Nomor kejadian") && !html.contains("Bang"))
    }
  }

  @Test func `what is not there and what takes another method are told in sentences`() async throws {
    try await site().test(.router) { client in
      let missing = try await client.execute(uri: "/tidak-ada?bahasa=en", method: .get)
      #expect(missing.status == .notFound)
      #expect(String(buffer: missing.body).contains("Page not found"))
      let other = try await client.execute(uri: "/webhook/whatsapp", method: .get)
      #expect(other.status == .methodNotAllowed)
      #expect(other.headers[.allow] == "POST")
      #expect(other.headers[.contentType] == "application/problem+json")
    }
  }

  @Test func `a form goes through with the token of its own visitor and with no other`() async throws {
    try await site().test(.router) { client in
      let (sari, seal) = try await visitor(client)
      let (_, otherSeal) = try await visitor(client)
      func post(_ body: String, _ more: [(HTTPField.Name, String)]) async throws -> HTTPResponse.Status {
        try await client.execute(uri: "/lapor", method: .post, headers: headers(more), body: ByteBuffer(string: body))
          .status
      }
      #expect(try await post("_csrf=\(seal)&uraian=x", [(.cookie, sari)]) == .ok)
      #expect(try await post("uraian=x", [(.cookie, sari), (.csrfToken, seal)]) == .ok)
      #expect(try await post("uraian=x", [(.cookie, sari)]) == .forbidden)
      #expect(try await post("_csrf=\(otherSeal)", [(.cookie, sari)]) == .forbidden)
      #expect(try await post("_csrf=\(seal)", []) == .forbidden)
      #expect(
        try await post("_csrf=\(seal)", [(.cookie, sari + "; sesi=abc")]) == .ok,
        "signing in elsewhere takes nothing from an open page")
      #expect(try await post("_csrf=\(seal)x", [(.cookie, sari)]) == .forbidden)
    }
  }

  @Test func `a page of the staff is bound to its session, and one grown old shows what was typed on it`() async throws
  {
    try await site().test(.router) { client in
      let (sari, seal) = try await visitor(client)
      let answer = try await client.execute(
        uri: "/kecil", method: .post, headers: headers([(.cookie, sari + "; sesi=abc")]),
        body: ByteBuffer(string: "_csrf=\(seal)&catatan-panjang=Ketikan+%3Cb%3E+saya&sandi=rahasia"))
      let html = String(buffer: answer.body)
      #expect(answer.status == .forbidden)
      #expect(html.contains("catatan panjang") && html.contains("Ketikan &lt;b&gt; saya") && !html.contains("rahasia"))
    }
  }

  @Test func `coming back by GET to where a form was sent leads to the page it stands on`() async throws {
    try await site().test(.router) { client in
      let back = try await client.execute(uri: "/tiket/ADU-1/pesan?bahasa=en", method: .get)
      #expect(back.status == .seeOther && back.headers[.location] == "/tiket/ADU-1")
      #expect(back.headers[values: .setCookie].contains { $0.hasPrefix("bahasa=en") })
      #expect(try await client.execute(uri: "/kecil", method: .get).status == .methodNotAllowed)
    }
  }

  @Test func `another site's form is refused even with the right token`() async throws {
    try await site(baseURL: "https://sigap.example/").test(.router) { client in
      let page = try await client.execute(uri: "/lapor", method: .get)
      let sari = try #require(cookie("__Host-pengunjung", in: page))
      let body = ByteBuffer(string: "_csrf=\(try token(in: String(buffer: page.body)))")
      func post(_ more: [(HTTPField.Name, String)]) async throws -> HTTPResponse.Status {
        try await client.execute(uri: "/lapor", method: .post, headers: headers(more + [(.cookie, sari)]), body: body)
          .status
      }
      #expect(try await post([(.origin, "https://sigap.example"), (.secFetchSite, "same-origin")]) == .ok)
      #expect(try await post([(.origin, "https://evil.example")]) == .forbidden)
      #expect(try await post([(.origin, "null")]) == .forbidden)
      #expect(try await post([(.secFetchSite, "cross-site")]) == .forbidden)
      #expect(try await post([(.secFetchSite, "same-site")]) == .forbidden)
    }
  }

  @Test func `a body that is no form is refused and a webhook's is left alone`() async throws {
    try await site().test(.router) { client in
      let (sari, seal) = try await visitor(client)
      let json: HTTPFields = [.contentType: "text/plain", .cookie: sari, .csrfToken: seal]
      let refused = try await client.execute(
        uri: "/lapor", method: .post, headers: json, body: ByteBuffer(string: "{}"))
      #expect(refused.status == .unsupportedMediaType)
      let hook = try await client.execute(uri: "/webhook/whatsapp", method: .post, body: ByteBuffer(string: "raw"))
      #expect(String(buffer: hook.body) == "raw")
      let api = try await client.execute(uri: "/api/v1/tickets", method: .post, headers: [.authorization: "Bearer x"])
      #expect(String(buffer: api.body) == "api")
      #expect(try await client.execute(uri: "/api/v1/tickets", method: .post).status == .unauthorized)
    }
  }

  @Test func `files arrive, the one too large is named and the text is kept`() async throws {
    try await site().test(.router) { client in
      let (sari, seal) = try await visitor(client)
      let big = String(repeating: "x", count: (15 << 20) + 1)
      let parts = [
        "Content-Disposition: form-data; name=\"_csrf\"\r\n\r\n\(seal)",
        "Content-Disposition: form-data; name=\"uraian\"\r\n\r\n baris satu\r\nbaris dua\u{0}\r\n",
        "Content-Disposition: form-data; name=\"f\"; filename=\"../../a.txt\"\r\nContent-Type: text/plain\r\n\r\nhalo",
        "Content-Disposition: form-data; name=\"f\"; filename=\"\"\r\n\r\n",
        "Content-Disposition: form-data; name=\"f\"; filename=\"besar.bin\"\r\n\r\n\(big)",
      ]
      func send(_ parts: [String]) async throws -> TestResponse {
        try await client.execute(
          uri: "/lapor", method: .post,
          headers: [.contentType: "multipart/form-data; boundary=\"b1\"", .cookie: sari],
          body: ByteBuffer(string: parts.map { "--b1\r\n\($0)\r\n" }.joined() + "--b1--\r\n"))
      }
      let answer = try await send(parts)
      #expect(String(buffer: answer.body) == "baris satu\nbaris dua|[\"a.txt:4\"]|[\"besar.bin\"]")
      #expect(try await send(Array(parts.dropFirst())).status == .forbidden)
      #expect(try await send(["Content-Disposition: form-data\r\n\r\nx"]).status == .badRequest)
    }
  }

  @Test func `too much text ends in 413`() async throws {
    try await site().test(.router) { client in
      let (sari, seal) = try await visitor(client)
      let many = ByteBuffer(string: String(repeating: "a=b&", count: 201) + "_csrf=\(seal)")
      let long = ByteBuffer(string: "_csrf=\(seal)&a=" + String(repeating: "x", count: 1 << 20))
      for body in [many, long] {
        let answer = try await client.execute(
          uri: "/kecil", method: .post, headers: headers([(.cookie, sari)]), body: body)
        #expect(answer.status == .contentTooLarge)
        #expect(String(buffer: answer.body).contains("Kiriman terlalu besar"))
      }
    }
  }

  @Test func `language and theme are chosen by link and kept by cookie`() async throws {
    try await site().test(.router) { client in
      let chosen = try await client.execute(uri: "/lapor?bahasa=en&tema=dark", method: .get)
      #expect(String(buffer: chosen.body).contains("<html lang=\"en\" data-theme=\"dark\">"))
      #expect(cookie("bahasa", in: chosen) == "bahasa=en" && cookie("tema", in: chosen) == "tema=dark")
      let later = try await client.execute(uri: "/lapor", method: .get, headers: [.cookie: "bahasa=en; tema=dark"])
      #expect(String(buffer: later.body).contains("<html lang=\"en\" data-theme=\"dark\">"))
      let odd = try await client.execute(uri: "/lapor?bahasa=%22%3E&tema=%22%3E", method: .get)
      #expect(String(buffer: odd.body).contains("<html lang=\"id\">"))
    }
  }

  @Test func `a flash message shows once`() async throws {
    try await site().test(.router) { client in
      let redirect = try await client.execute(uri: "/simpan", method: .get)
      #expect(redirect.status == .seeOther && redirect.headers[.location] == "/lapor")
      let kept = try #require(cookie("kabar", in: redirect))
      let page = try await client.execute(uri: "/lapor", method: .get, headers: [.cookie: kept])
      #expect(String(buffer: page.body).contains("<p class=\"flash\">Tersimpan.</p>"))
      #expect(cookie("kabar", in: page) == "kabar=")
    }
  }

  @Test func `public files are pinned by hash, checked by tag and nothing else is served`() async throws {
    let files = try PublicFiles()
    try await site().test(.router) { client in
      let pinned = try await client.execute(uri: files.link("sigap.css").text, method: .get)
      #expect(pinned.headers[.cacheControl] == "public, max-age=31536000, immutable")
      #expect(pinned.headers[.contentType] == "text/css; charset=utf-8")
      let tag = try #require(pinned.headers[.eTag])
      let again = try await client.execute(uri: "/aset/sigap.css", method: .get, headers: [.ifNoneMatch: tag])
      #expect(again.status == .notModified)
      for bad in ["/aset/..%2FWeb.swift", "/aset/%2e%2e", "/aset/.gitkeep", "/aset/"] {
        #expect(try await client.execute(uri: bad, method: .get).status == .notFound)
      }
    }
  }

  @Test func `style and scripts stay small`() throws {
    let files = try PublicFiles()
    #expect(try #require(files.size(of: "sigap.css")) < 25_000)
    let staff = try ["sigap.js", "live.js", "palette.js", "notice.js"].map { try #require(files.size(of: $0)) }
    #expect(staff.reduce(0, +) < 30_000)
    #expect(try #require(files.size(of: "portal.js")) < 10_000)
    for (name, link) in [("icon.svg", files.links.icon), ("icons.svg", files.links.sprite)] {
      #expect(files.size(of: name) != nil && link.text.contains("?v="))
    }
  }
}
