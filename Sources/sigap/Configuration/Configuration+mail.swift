import Foundation
import MailChannel

/// The mail servers, understood: what cannot be spoken to is refused at the start, by the name of its key.
extension Configuration {
  static func imap(_ text: ConfigurationText, _ trustFile: String?) throws -> ImapAccount? {
    guard let url = try url("mail.imap", example: "imaps://mail.example.go.id", text) else { return nil }
    do {
      return try ImapAccount(
        url: url, user: text["mail.imap.user"], secret: try password("mail.imap", text), trustFile: trustFile)
    } catch let fault as ServerAddressFault {
      throw text.fault("mail.imap.url", sentence(fault, "imaps://mail.example.go.id/INBOX"))
    }
  }

  static func imapBeginning(_ text: ConfigurationText) throws -> ImapFetcher.Beginning {
    guard let beginning = ImapFetcher.Beginning(rawValue: text["mail.imap.from"]) else {
      throw text.fault("mail.imap.from", "must be all (mail that is in the mailbox already is taken too) or now.")
    }
    return beginning
  }

  /// `hello`: the host of the public address, by which we greet.
  static func smtp(_ text: ConfigurationText, _ trustFile: String?, hello: String?) throws -> SmtpAccount? {
    guard let url = try url("mail.smtp", example: "smtp://mail.example.go.id:587", text) else { return nil }
    let user = text["mail.smtp.user"]
    let secret = try password("mail.smtp", text)
    do {
      return try SmtpAccount(
        url: url, user: user.isEmpty ? nil : user, secret: secret.isEmpty ? nil : secret,
        helloName: hostName(hello) ?? "localhost", trustFile: trustFile)
    } catch {
      throw text.fault("mail.smtp.url", sentence(error, "smtp://mail.example.go.id:587"))
    }
  }

  static func trustFile(_ text: ConfigurationText) throws -> String? {
    let path = text["tls.trustFile"]
    guard !path.isEmpty else { return nil }
    guard let bytes = FileManager.default.contents(atPath: path),
      bytes.range(of: Data("-----BEGIN CERTIFICATE-----".utf8)) != nil
    else { throw text.fault("tls.trustFile", "the file \(path) holds no certificate in PEM form.") }
    return path
  }

  /// User and password have keys of their own: in an address they would be seen wherever it is shown.
  private static func url(_ name: String, example: String, _ text: ConfigurationText) throws -> String? {
    let url = text["\(name).url"]
    guard !url.isEmpty else { return nil }
    guard let parsed = URL(string: url), parsed.host != nil, parsed.user == nil, parsed.password == nil else {
      throw text.fault("\(name).url", "must be an address like \(example), without name and password.")
    }
    return url
  }

  private static func password(_ name: String, _ text: ConfigurationText) throws -> String {
    let path = text["\(name).passwordFile"]
    guard !path.isEmpty else { return text["\(name).password"] }
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw text.fault("\(name).passwordFile", "the file \(path) cannot be read.")
    }
    return String(decoding: bytes.prefix { $0 != 10 && $0 != 13 }, as: UTF8.self)
  }

  /// A name for EHLO; an IPv6 address is none without brackets and its tag (RFC 5321 §4.1.3).
  private static func hostName(_ host: String?) -> String? {
    guard let host, host.utf8.allSatisfy({ $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "[") }) else { return nil }
    return host
  }

  private static func sentence(_ fault: ServerAddressFault, _ example: String) -> String {
    switch fault {
    case .tooLong: "is too long."
    case .scheme(let allowed): "must begin with \(allowed.map { "\($0)://" }.joined(separator: " or "))."
    case .host: "names no host; it must be an address like \(example)."
    case .port: "has a port that is none."
    case .path: "has a path that cannot be used; it must be an address like \(example)."
    case .notLoopback: "would speak without TLS to another machine; it must be an address like \(example)."
    }
  }
}
