import Crypto
import CryptoExtras
import Foundation

/// Signs messages for tests, by an own and simple-minded canonicalization: text in, text out, everything at once.
struct MailSigner {
  enum Key {
    case ed25519(Curve25519.Signing.PrivateKey)
    case rsa(_RSA.Signing.PrivateKey)
  }

  var key: Key
  var domain = "dinas.go.id"
  var selector = "s1"
  var form = "relaxed/relaxed"
  var fields = ["from", "to", "subject", "date", "message-id"]
  /// More tags, such as `l=5; x=99`.
  var extra = ""

  /// The same key in every run.
  static let fixed = Key.ed25519(seed(7))

  static func seed(_ byte: UInt8) -> Curve25519.Signing.PrivateKey {
    (try? Curve25519.Signing.PrivateKey(rawRepresentation: [UInt8](repeating: byte, count: 32)))
      ?? Curve25519.Signing.PrivateKey()
  }

  init(key: Key = fixed) { self.key = key }

  /// The key record in the DNS.
  var record: String {
    switch key {
    case .ed25519(let key): "v=DKIM1; k=ed25519; p=\(key.publicKey.rawRepresentation.base64EncodedString())"
    case .rsa(let key): "v=DKIM1; p=\(key.publicKey.derRepresentation.base64EncodedString())"
    }
  }

  var name: String { "\(selector)._domainkey.\(domain)" }

  var algorithm: String {
    switch key {
    case .ed25519: "ed25519-sha256"
    case .rsa: "rsa-sha256"
    }
  }

  /// The message with a DKIM-Signature on top.
  func sign(_ message: String) -> String {
    "DKIM-Signature: v=1; " + tags(message, as: "DKIM-Signature: v=1; ") + "\r\n" + message
  }

  /// Tags of a signature whose field begins with `start`.
  func tags(_ message: String, as start: String) -> String {
    let (header, body) = Self.split(message)
    let forms = form.components(separatedBy: "/")
    let bodyForm = forms.count > 1 ? forms[1] : "simple"
    let length = extra.components(separatedBy: "; ").first { $0.hasPrefix("l=") }.flatMap { Int($0.dropFirst(2)) }
    let whole = Array((bodyForm == "relaxed" ? Self.relaxed(body: body) : Self.simple(body: body)).utf8)
    let hash = Data(SHA256.hash(data: Array(whole.prefix(length ?? whole.count)))).base64EncodedString()
    let more = extra.isEmpty ? "" : extra + "; "
    let unsigned =
      "a=\(algorithm); c=\(form); d=\(domain); s=\(selector); \(more)h=\(fields.joined(separator: ":")); bh=\(hash); b="
    var left = header
    var text = ""
    for name in fields {
      guard let at = left.lastIndex(where: { Self.fieldName($0) == name }) else { continue }
      text += Self.canonical(left.remove(at: at), forms[0]) + "\r\n"
    }
    text += Self.canonical(start + unsigned, forms[0])
    return unsigned + signature(text)
  }

  func signature(_ text: String) -> String {
    let digest = SHA256.hash(data: Data(text.utf8))
    let bytes: Data?
    switch key {
    case .ed25519(let key): bytes = try? key.signature(for: Data(digest))
    case .rsa(let key): bytes = try? key.signature(for: digest, padding: .insecurePKCS1v1_5).rawRepresentation
    }
    return (bytes ?? Data()).base64EncodedString()
  }

  /// One more ARC set on top of a message that holds `sets` of them.
  func seal(_ message: String, after sets: Int, results: String, chain: String? = nil) -> String {
    let number = sets + 1
    let results = "ARC-Authentication-Results: i=\(number); \(results)"
    let start = "ARC-Message-Signature: i=\(number); "
    let signature = start + tags(message, as: start)
    let (header, _) = Self.split(message)
    var text = ""
    for set in 1..<(number + 1) {
      for name in ["arc-authentication-results", "arc-message-signature", "arc-seal"] {
        let own = set == number ? [results, signature] : header
        guard let field = own.first(where: { Self.fieldName($0) == name && $0.contains("i=\(set);") }) else { continue }
        text += Self.canonical(field, "relaxed") + "\r\n"
      }
    }
    let seal =
      "ARC-Seal: i=\(number); a=\(algorithm); cv=\(chain ?? (sets == 0 ? "none" : "pass")); d=\(domain); s=\(selector); b="
    let sealed = seal + self.signature(text + Self.canonical(seal, "relaxed"))
    return [sealed, signature, results].joined(separator: "\r\n") + "\r\n" + message
  }

  // MARK: - Canonical forms

  static func split(_ message: String) -> (header: [String], body: String) {
    let parts = message.components(separatedBy: "\r\n\r\n")
    let body = parts.dropFirst().joined(separator: "\r\n\r\n")
    var header: [String] = []
    for line in parts[0].components(separatedBy: "\r\n") {
      if line.hasPrefix(" ") || line.hasPrefix("\t"), !header.isEmpty {
        header[header.count - 1] += "\r\n" + line
      } else {
        header.append(line)
      }
    }
    return (header, body)
  }

  static func fieldName(_ field: String) -> String {
    field.components(separatedBy: ":")[0].trimmingCharacters(in: .whitespaces).lowercased()
  }

  static func canonical(_ field: String, _ form: String) -> String {
    guard form == "relaxed" else { return field }
    let value = field.components(separatedBy: ":").dropFirst().joined(separator: ":")
    return fieldName(field) + ":"
      + words(value.replacingOccurrences(of: "\r\n", with: ""))
      .trimmingCharacters(in: .whitespaces)
  }

  static func words(_ text: String) -> String {
    var out = text.replacingOccurrences(of: "\t", with: " ")
    while out.contains("  ") { out = out.replacingOccurrences(of: "  ", with: " ") }
    return out
  }

  static func simple(body: String) -> String {
    var lines = body.components(separatedBy: "\r\n")
    while lines.last == "" { lines.removeLast() }
    return lines.map { $0 + "\r\n" }.joined() + (lines.isEmpty ? "\r\n" : "")
  }

  static func relaxed(body: String) -> String {
    var lines = body.components(separatedBy: "\r\n").map { line in
      let line = words(line)
      return line.hasSuffix(" ") ? String(line.dropLast()) : line
    }
    while lines.last == "" { lines.removeLast() }
    return lines.map { $0 + "\r\n" }.joined()
  }
}

/// A letter of an office, in lines that end with CRLF.
enum SignedLetters {
  static let plain = [
    "From: Siti <siti@dinas.go.id>", "To: bantuan@layanan.example.id", "Subject: Domain  tidak", "\tbisa dibuka",
    "Date: Tue, 3 Nov 2026 09:15:00 +0700", "Message-ID: <a1@dinas.go.id>", "", "Domain kami  mati. ", "",
    "Mohon\tdibantu.",
    "", "", "",
  ].joined(separator: "\r\n")

  /// 3 November 2026.
  static let time = 1_793_672_100
}
