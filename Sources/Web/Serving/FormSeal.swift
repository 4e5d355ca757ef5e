import Crypto
import Foundation

/// Makes and checks the token every form of the house carries: HMAC-SHA256 over the visitor's own cookie, so that a
/// page of another site, or another visitor's page, cannot have it.
struct FormSeal: Sendable {
  private let key: SymmetricKey

  /// - Parameter secret: at least 16 random bytes, the same on every node.
  init(secret: [UInt8]) { key = SymmetricKey(data: secret) }

  /// - Parameter binder: the value of the session cookie, or of the visitor cookie where there is no session.
  func token(for binder: String) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var out: [UInt8] = []
    for byte in HMAC<SHA256>.authenticationCode(for: FormSeal.message(binder), using: key) {
      out += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// In constant time.
  func isValid(_ token: String, for binder: String) -> Bool {
    let text = Array(token.utf8)
    guard text.count == 64, !binder.isEmpty else { return false }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: 64, by: 2) {
      guard let high = FormCoding.digit(text[index]), let low = FormCoding.digit(text[index + 1]) else { return false }
      bytes.append(high << 4 | low)
    }
    return HMAC<SHA256>.isValidAuthenticationCode(bytes, authenticating: FormSeal.message(binder), using: key)
  }

  private static func message(_ binder: String) -> Data { Data("formulir\u{0}\(binder)".utf8) }
}
