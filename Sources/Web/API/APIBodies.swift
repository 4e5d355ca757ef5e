// Reading and writing JSON for programs.

import Desk
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import SOP
import Wording

/// A refusal of the API with a code of its own: problem details (RFC 9457).
struct APIProblem: Sendable {
  let outcome: HTTPOutcome
  /// Never changes once published.
  let code: String
  let detail: String
  /// The field of the body it is about.
  var field: String?

  init(_ outcome: HTTPOutcome, _ code: String, _ detail: String, field: String? = nil) {
    self.outcome = outcome
    self.code = code
    self.detail = detail
    self.field = field
  }

  /// The procedure says no. A version that was named in `If-Match` and is not the newest is 412.
  init(_ rejection: Rejection) {
    let outcome: HTTPOutcome =
      switch rejection {
      case .changedMeanwhile: .outdated
      case .wrongStage, .alreadyClosed, .notClosed, .answerUnderWay: .conflict
      case .notYours: .forbidden
      default: .refused
      }
    self.init(outcome, rejection.code, rejection.sentence(.english))
  }

  private struct Body: Encodable {
    let type = "about:blank"
    let title: String
    let status: Int
    let code: String
    let detail: String
    let field: String?
  }

  var response: Response {
    get throws {
      let body = Body(
        title: outcome.heading.english, status: outcome.status.code, code: code, detail: detail, field: field)
      return try APIBodies.json(body, outcome, type: "application/problem+json")
    }
  }
}

enum APIBodies {
  /// The largest body, in bytes, and the deepest nesting of it.
  static let largest = 256 * 1_024
  static let deepest = 32

  /// The body as a value, or the problem with it.
  static func read<Value: Decodable>(_ type: Value.Type, from visitor: Visitor) async throws -> (
    value: Value?, problem: APIProblem?
  ) {
    let mediaType = (visitor.request.headers[.contentType] ?? "").asciiLowered.utf8
    guard mediaType.starts(with: "application/json".utf8) else {
      return (nil, APIProblem(.unsupportedType, "unsupported_type", "Send the body as application/json."))
    }
    let buffer = try await visitor.request.body.collect(upTo: largest)
    let bytes = Array(buffer.readableBytesView)
    guard depth(of: bytes) <= deepest else {
      return (nil, APIProblem(.unreadable, "too_deep", "The body nests more than \(deepest) levels."))
    }
    do {
      return (try JSONDecoder().decode(type, from: Data(bytes)), nil)
    } catch DecodingError.keyNotFound(let key, _) {
      return (nil, APIProblem(.refused, "field_missing", "A field is missing.", field: key.stringValue))
    } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context) {
      let field = context.codingPath.last?.stringValue
      return (nil, APIProblem(.refused, "field_type", "A field is of the wrong type.", field: field))
    } catch {
      return (nil, APIProblem(.unreadable, "not_json", "The body is not JSON."))
    }
  }

  /// How deep brackets nest outside strings; the decoder behind it goes down by recursion.
  static func depth(of bytes: [UInt8]) -> Int {
    var depth = 0
    var deepest = 0
    var isString = false
    var isEscaped = false
    for byte in bytes {
      if isEscaped {
        isEscaped = false
      } else if isString {
        if byte == UInt8(ascii: "\\") { isEscaped = true }
        if byte == UInt8(ascii: "\"") { isString = false }
      } else if byte == UInt8(ascii: "\"") {
        isString = true
      } else if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
        depth += 1
        deepest = max(deepest, depth)
      } else if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
        depth -= 1
      }
    }
    return deepest
  }

  static func json(_ value: some Encodable, _ outcome: HTTPOutcome, type: String = "application/json") throws
    -> Response
  {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Response(
      status: outcome.status, headers: [.contentType: type],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: try encoder.encode(value))))
  }
}

extension Visitor {
  /// The token of the program that asks; routes with `.api` have one.
  func program() throws -> APIToken {
    guard let token = context.apiToken else { throw WebRefusal(.unknownPerson) }
    return token
  }

  /// The program as whoever gives a command.
  func programPerformer() throws -> Performer {
    let token = try program()
    return Performer(
      party: token.role.party, account: "api-" + String(decoding: token.digest.utf8.prefix(16), as: UTF8.self),
      name: token.name)
  }
}
