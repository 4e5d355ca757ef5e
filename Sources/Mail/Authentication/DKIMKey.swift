import Crypto
import CryptoExtras
import Foundation

/// A public key as the DNS publishes it (RFC 6376 §3.6.1, RFC 8463 §4), and the one thing it can do.
struct DKIMKey {
  private enum Material {
    case rsa(_RSA.Signing.PublicKey)
    case ed25519(Curve25519.Signing.PublicKey)
  }

  private let material: Material
  let type: String
  /// `t=y`: whoever verifies treats the message as unsigned.
  let testing: Bool
  /// `t=s`: the identity is the signing domain itself.
  let strict: Bool

  /// 8192 bits; beyond 4096 a verifier is free (RFC 8301 §3.2).
  static let largestKey = 1_100

  init(_ record: [UInt8]) throws(DKIMFault) {
    guard let tags = TagList(record[...]) else { throw .keySyntax }
    if let version = tags.text("v") {
      guard version.utf8.elementsEqual("DKIM1".utf8), tags.first == "v" else { throw .keySyntax }
    }
    if tags.lists("h", "sha256") == false { throw .keyAlgorithm }
    if tags.lists("s", "*") == false, tags.lists("s", "email") == false { throw .keyService }
    testing = tags.lists("t", "y") ?? false
    strict = tags.lists("t", "s") ?? false
    type = tags.text("k").map { asciiLowercased($0) } ?? "rsa"
    guard let bytes = tags.base64("p") else { throw .keySyntax }
    if bytes.isEmpty { throw .keyRevoked }
    material = try Self.material(type, bytes)
  }

  private static func material(_ type: String, _ bytes: [UInt8]) throws(DKIMFault) -> Material {
    switch type {
    case "rsa":
      guard bytes.count <= largestKey else { throw .keySize }
      do {
        // Takes SubjectPublicKeyInfo and, as some publish, the bare RSAPublicKey; refuses less than 1024 bits.
        return .rsa(try _RSA.Signing.PublicKey(unsafeDERRepresentation: bytes))
      } catch CryptoKitError.incorrectParameterSize {
        throw .keySize
      } catch {
        throw .keySyntax
      }
    case "ed25519":
      guard bytes.count == 32, let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else {
        throw .keySyntax
      }
      return .ed25519(key)
    default: throw .keyAlgorithm
    }
  }

  /// RSASSA-PKCS1-v1_5 over the digest; Ed25519 signs the 32 bytes of the digest as a message (RFC 8463 §3).
  func verifies(_ signature: [UInt8], of digest: SHA256.Digest) -> Bool {
    switch material {
    case .rsa(let key):
      key.isValidSignature(
        _RSA.Signing.RSASignature(rawRepresentation: signature), for: digest, padding: .insecurePKCS1v1_5)
    case .ed25519(let key):
      signature.count == 64 && key.isValidSignature(signature, for: Data(digest))
    }
  }
}
