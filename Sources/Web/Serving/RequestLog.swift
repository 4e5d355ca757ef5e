// One line for each request: id, method, route, status, milliseconds. Never a query, never a body, and the path only
// as the route's pattern, because some paths carry secrets. Control characters are escaped: one event, one line.

import HTTPTypes
import Hummingbird
import Logging

/// Gives each request its id and writes its log line.
struct RequestLog: RouterMiddleware {
  typealias Context = WebContext

  func handle(
    _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    var context = context
    context.visit.requestID = RandomToken.hex(bytes: 8)
    context.logger[metadataKey: "request"] = "\(context.visit.requestID)"
    let start = ContinuousClock.now
    var response = try await next(request, context)
    response.headers[.requestID] = context.visit.requestID
    let route = context.endpointPath.flatMap { $0 == "NotFound" ? nil : $0 }
    let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
    context.logger.log(
      level: response.status.code >= 500 ? .error : .info, "request",
      metadata: [
        "method": "\(LogText.safe(request.method.rawValue, limit: 20))",
        "route": "\(route ?? LogText.path(request.uri.path))",
        "status": "\(response.status.code)",
        "ms": "\(Int(milliseconds.rounded()))",
      ])
    return response
  }
}

/// Text of outsiders made fit for one log line.
enum LogText {
  /// Control characters, line and paragraph separators and format characters as `\u{…}`; cut at `limit` bytes.
  static func safe(_ text: String, limit: Int = 500) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      if out.utf8.count >= limit { return out + "…" }
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
        out += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  /// A path without what might be a secret: segments longer than 24 bytes become an ellipsis.
  static func path(_ path: String) -> String {
    let segments = path.utf8.prefix(500).split(separator: 47, omittingEmptySubsequences: false)
    return safe(
      segments.map { $0.count > 24 ? "…" : String(decoding: Array($0), as: UTF8.self) }.joined(separator: "/"))
  }
}
