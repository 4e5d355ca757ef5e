import Crypto
public import Foundation

/// Randomness and digests of the desk: the only place that draws secrets.
public enum Secrets {
  /// `count` bytes from the system's generator.
  public static func random(_ count: Int) -> [UInt8] {
    SymmetricKey(size: .init(bitCount: count * 8)).withUnsafeBytes { Array($0) }
  }

  /// A secret for a cookie or link: 160 bits in base32.
  public static func token() -> String { base32(random(20)) }

  /// What is stored of a secret.
  public static func digest(_ secret: String) -> String { hex(SHA256.hash(data: Data(secret.utf8))) }

  public static func sha256(_ bytes: some DataProtocol) -> String { hex(SHA256.hash(data: bytes)) }

  private static func hex(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var out: [UInt8] = []
    for byte in bytes {
      out.append(digits[Int(byte >> 4)])
      out.append(digits[Int(byte & 15)])
    }
    return String(decoding: out, as: UTF8.self)
  }
}
