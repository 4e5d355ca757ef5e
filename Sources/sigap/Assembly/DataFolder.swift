import Desk
import Foundation
import Glibc

/// The one folder that holds everything: database, secret, doorbell.
struct DataFolder: Sendable {
  let url: URL

  init(_ url: URL) throws {
    self.url = url
    do {
      try FileManager.default.createDirectory(
        at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw ConfigurationFault("data.directory: the folder \(url.path) cannot be made: \(error.localizedDescription)")
    }
  }

  static let secretName = "secret"

  /// The key of every link and reply address: 32 random bytes, made once. Two processes that start at once agree on
  /// the one that was first: the file appears complete or not at all.
  func secret() throws -> [UInt8] {
    let path = url.appendingPathComponent(DataFolder.secretName).path
    if let bytes = try read(path) { return bytes }
    let fresh = "\(path).\(getpid())"
    guard
      FileManager.default.createFile(
        atPath: fresh, contents: Data(Secrets.random(32)), attributes: [.posixPermissions: 0o600])
    else { throw ConfigurationFault("data.directory: nothing can be written in \(url.path).") }
    defer { unlink(fresh) }
    let file = open(fresh, O_RDONLY)
    if file >= 0 {
      fsync(file)
      close(file)
    }
    if link(fresh, path) != 0, errno != EEXIST {
      throw ConfigurationFault("data.directory: the secret cannot be kept in \(url.path).")
    }
    let folder = open(url.path, O_RDONLY)
    if folder >= 0 {
      fsync(folder)
      close(folder)
    }
    guard let bytes = try read(path) else { throw ConfigurationFault("The file \(path) cannot be read.") }
    return bytes
  }

  private func read(_ path: String) throws -> [UInt8]? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    guard let data = FileManager.default.contents(atPath: path), data.count >= 32 else {
      throw ConfigurationFault("The file \(path) must hold at least 32 bytes: put it back from a backup.")
    }
    return Array(data)
  }

  /// Beside a backup: without the secret, links and reply addresses already sent would prove nothing.
  func copySecret(to backup: URL) throws {
    try replace(backup.appendingPathComponent(DataFolder.secretName), with: Data(try secret()))
  }

  func takeSecret(from backup: URL) throws {
    let source = backup.appendingPathComponent(DataFolder.secretName)
    guard let bytes = FileManager.default.contents(atPath: source.path), bytes.count >= 32 else {
      throw ConfigurationFault(
        "The backup holds no secret: put the file secret of the old data folder into \(url.path).")
    }
    try replace(url.appendingPathComponent(DataFolder.secretName), with: bytes)
  }

  private func replace(_ target: URL, with bytes: Data) throws {
    try bytes.write(to: target, options: .atomic)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: target.path)
  }

  var doorbellPath: String { url.appendingPathComponent("doorbell").path }
}
