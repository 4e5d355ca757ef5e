import Foundation
import Synchronization

/// Dovecot, Postfix and the odd SMTP sink of `Tests/Servers/mail_servers.py`, started once for all tests of this room.
/// They stop, and their folder goes, when this process ends: the script sees the end of its standard input.
final class MailServers: Sendable {
  struct Ports: Codable, Sendable {
    var dir: String
    var ca: String
    var otherCA: String
    var imaps: Int
    var imap: Int
    var submission: Int?
    var submissions: Int?
    var sink: Int
    var sinkPlain: Int
    var sinkMail: String
    /// The same IMAP server over a slow line, and over one that falls silent.
    var slowImaps: Int
    var silentImaps: Int
  }

  struct NotRunning: Error, CustomStringConvertible {
    var description: String
  }

  static let started = Result { try MailServers() }

  let ports: Ports
  private let wire: Mutex<Wire>

  private struct Wire {
    let process: Foundation.Process
    let input: FileHandle
    let output: FileHandle
    var rest = Data()
  }

  /// Mailboxes of the tests, one each, so that none sees another's mail.
  static let people = (1...20).map { "kotak\($0)" }

  private init() throws {
    let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Servers/mail_servers.py")
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "sigap-surel-\(ProcessInfo.processInfo.processIdentifier)")
    let process = Foundation.Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "python3", script.path, folder.path, "--remove", "--people",
      MailServers.people.map { "\($0)@bantuan.example" }.joined(separator: ","),
    ]
    let (input, output) = (Pipe(), Pipe())
    (process.standardInput, process.standardOutput) = (input, output)
    try process.run()
    var wire = Wire(process: process, input: input.fileHandleForWriting, output: output.fileHandleForReading)
    let line = MailServers.line(&wire)
    guard let ports = try? JSONDecoder().decode(Ports.self, from: line) else {
      throw NotRunning(
        description: "The mail servers did not start (see above). `make test` installs what they need:"
          + " dovecot-imapd, postfix, openssl, python3.")
    }
    self.ports = ports
    self.wire = Mutex(wire)
  }

  func command(_ words: String) throws {
    let answer = wire.withLock { wire in
      wire.input.write(Data((words + "\n").utf8))
      return MailServers.line(&wire)
    }
    guard String(decoding: answer, as: UTF8.self).contains("\"ok\": true") else {
      throw NotRunning(description: "\(words): \(String(decoding: answer, as: UTF8.self))")
    }
  }

  /// Puts one message into a mailbox as a delivery agent does.
  func put(_ message: [UInt8], to user: String) throws {
    let file = URL(filePath: ports.dir).appending(path: "\(UUID().uuidString).eml")
    try Data(message).write(to: file)
    try command("put \(user) \(file.path)")
    try FileManager.default.removeItem(at: file)
  }

  private static func line(_ wire: inout Wire) -> Data {
    while !wire.rest.contains(10) {
      let more = wire.output.availableData
      if more.isEmpty { return Data() }
      wire.rest.append(more)
    }
    let end = wire.rest.firstIndex(of: 10) ?? wire.rest.endIndex
    defer { wire.rest = Data(wire.rest[wire.rest.index(after: end)...]) }
    return Data(wire.rest[..<end])
  }
}
