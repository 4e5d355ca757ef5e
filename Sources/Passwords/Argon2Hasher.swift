import CArgon2
public import Desk
import Foundation

/// Argon2id by the reference library (RFC 9106): 19 MiB, two passes, one lane (OWASP's floor for two cores).
///
/// A hash takes tens of milliseconds on purpose: it runs on its own queue, two at a time, so that a flood of
/// sign-ins delays sign-ins and nothing else.
public struct Argon2Hasher: PasswordHasher {
  private static let memoryKiB: UInt32 = 19_456
  private static let passes: UInt32 = 2
  private static let lanes: UInt32 = 1
  private let queue = OperationQueue()

  public init() { queue.maxConcurrentOperationCount = 2 }

  public func hash(_ password: String) async throws -> String {
    let salt = Secrets.random(16)
    return try await onQueue {
      var encoded = [CChar](repeating: 0, count: 128)
      let bytes = Array(password.utf8)
      let code = argon2id_hash_encoded(
        Argon2Hasher.passes, Argon2Hasher.memoryKiB, Argon2Hasher.lanes, bytes, bytes.count, salt, salt.count, 32,
        &encoded, encoded.count)
      guard code == ARGON2_OK.rawValue else { throw Fault("argon2 answered \(code)") }
      return String(decoding: encoded.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }

  public func verify(_ password: String, against hash: String) async throws -> Bool {
    guard hash.utf8.count < 512, !hash.utf8.contains(0) else { return false }
    return try await onQueue {
      let bytes = Array(password.utf8)
      return argon2id_verify(hash, bytes, bytes.count) == ARGON2_OK.rawValue
    }
  }

  private func onQueue<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      queue.addOperation { continuation.resume(with: Swift.Result { try work() }) }
    }
  }
}
