import HTTPTypes
import Hummingbird
import NIOCore

/// Makes responses of page values. What handlers use:
///
///     router.get("/masuk") { request, context in try pages.response(SignInPage(), for: context.visit) }
struct Pages: Sendable {
  let library: PageLibrary
  let files: PublicFiles
  private let links: PublicLinks

  init(library: PageLibrary, files: PublicFiles) {
    self.library = library
    self.files = files
    links = files.links
  }

  /// A whole page.
  func response(_ page: some Page, for visit: Visit, _ outcome: HTTPOutcome = .shown) throws -> Response {
    html(try library.render(page, in: frame(of: visit, page.problems)), outcome)
  }

  /// A part of a page, for the script that patches it in.
  func response(part: some PageValue, template: String, for visit: Visit) throws -> Response {
    html(try library.render(part: part, template: template, in: frame(of: visit, [])), .shown)
  }

  private func html(_ text: String, _ outcome: HTTPOutcome) -> Response {
    Response(
      status: outcome.status, headers: [.contentType: "text/html; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }

  private func frame(of visit: Visit, _ problems: [FieldProblem]) -> PageFrame {
    PageFrame(
      language: visit.language, theme: visit.theme, path: visit.path, query: visit.query.pairs.map { ($0.0, $0.1) },
      seal: visit.seal, flash: visit.flash, problems: problems, signedIn: visit.signedIn,
      requestID: visit.requestID, files: links)
  }
}

extension Response {
  /// The browser goes on to `link` by GET; with a message, the next page shows it.
  static func seeOther(_ link: Link, flash: FlashMessage? = nil, cookies: WebCookies) -> Response {
    var response = Response(status: HTTPOutcome.redirected.status, headers: [.location: link.text])
    if let flash { cookies.set(.flash, flash.rawValue, for: 60, on: &response) }
    return response
  }
}
