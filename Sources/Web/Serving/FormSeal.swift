import Crypto
import Foundation

/// Makes and checks the token every form of the house carries: HMAC-SHA256 over the visitor's own cookie, so that a
/// page of another site, or another visitor's page, cannot have it.
struct FormSeal: Sendable {
  private let key: SymmetricKey

  /// - Parameter secret: at least 16 random bytes, the same on every node.
  init(secret: [UInt8]) { key = SymmetricKey(data: secret) }

  /// Pages that need no account: their forms are bound to the visitor, not to a session, so that signing in or out in
  /// another tab, or the end of a shift, takes nothing from whoever is writing there.
  private static let open = ["/lapor", "/lacak", "/tiket", "/registri/permintaan", "/masuk", "/keluar"]

  static func isOpen(_ path: String) -> Bool {
    path == "/" || open.contains { path == $0 || path.utf8.starts(with: ($0 + "/").utf8) }
  }

  /// - Parameter binder: the value of the session cookie; on open pages, and where there is none, the visitor's.
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
