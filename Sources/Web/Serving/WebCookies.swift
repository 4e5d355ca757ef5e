// The cookies of the house.
//
// HttpOnly, SameSite=Lax, whole site, no domain; over https also Secure and with the `__Host-` prefix, so that no other
// host and no plain connection can set them. Values are made of letters, digits, `-`, `_` and `.` only.

import HTTPTypes
import Hummingbird

/// Reads and writes cookies.
struct WebCookies: Sendable {
  enum Name: String, Sendable, CaseIterable {
    /// The signed-in session.
    case session = "sesi"
    /// Anybody else: binds the form token and the saved draft of a complaint.
    case visitor = "pengunjung"
    /// Keys of the tickets this browser follows.
    case follow = "ikut"
    case language = "bahasa"
    case theme = "tema"
    case flash = "kabar"
  }

  /// Is the site served over https?
  let secure: Bool

  func wireName(_ name: Name) -> String { (secure ? "__Host-" : "") + name.rawValue }

  /// The value the browser sent; nil when absent, longer than 512 bytes or made of other signs than ours.
  func value(_ name: Name, in request: Request) -> String? {
    let wanted = Array(wireName(name).utf8)
    for header in request.headers[values: .cookie] where header.utf8.count <= 16_384 {
      for pair in header.utf8.split(separator: 59) {
        let pair = pair.drop { $0 == 32 }
        guard pair.starts(with: wanted), pair.dropFirst(wanted.count).first == 61 else { continue }
        let value = pair.dropFirst(wanted.count + 1)
        guard value.count <= 512, value.allSatisfy(WebCookies.allows) else { return nil }
        return value.isEmpty ? nil : String(decoding: value, as: UTF8.self)
      }
    }
    return nil
  }

  /// - Parameter seconds: how long the browser keeps it; nil until it is closed.
  func set(_ name: Name, _ value: String, for seconds: Int? = nil, on response: inout Response) {
    guard value.utf8.allSatisfy(WebCookies.allows) else { return }
    var text = "\(wireName(name))=\(value); Path=/; HttpOnly; SameSite=Lax"
    if let seconds { text += "; Max-Age=\(seconds)" }
    if secure { text += "; Secure" }
    response.headers.append(HTTPField(name: .setCookie, value: text))
  }

  func clear(_ name: Name, on response: inout Response) { set(name, "", for: 0, on: &response) }

  private static func allows(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122, 45, 46, 95: true
    default: false
    }
  }
}

/// Random names that nobody can guess.
enum RandomToken {
  /// - Parameter count: random bytes; 32 give 256 bits. The text has two hexadecimal digits for each.
  static func hex(bytes count: Int = 32) -> String {
    var generator = SystemRandomNumberGenerator()
    let digits = Array("0123456789abcdef".utf8)
    var out: [UInt8] = []
    for _ in 0..<max(0, count) {
      let byte = UInt8.random(in: 0...255, using: &generator)
      out += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// A short number a person can read aloud: two groups of four, without letters that look like digits.
  static func incident() -> String {
    let signs = Array("23456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    let picked = (0..<8).map { _ in signs.randomElement() ?? 50 }
    return String(decoding: picked[..<4] + [45] + picked[4...], as: UTF8.self)
  }
}
