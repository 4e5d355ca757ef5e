import Desk
import Foundation
import Glibc

/// The one folder that holds everything: database, secret, doorbell; for its owner alone.
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
  static let databaseName = "sigap.sqlite"

  private var secretPath: String { url.appendingPathComponent(DataFolder.secretName).path }
  private var databasePath: String { url.appendingPathComponent(DataFolder.databaseName).path }

  /// The key of every link and reply address: 32 random bytes, made once, before there is a database. Two processes
  /// that start at once agree on the one that was first. Beside a database that has lost its secret none is made: the
  /// links and addresses in every letter already sent would be dead.
  func secret() throws -> [UInt8] {
    if let bytes = try read(secretPath) { return bytes }
    if FileManager.default.fileExists(atPath: databasePath) {
      // Another process may have made both just now, the secret first.
      if let bytes = try read(secretPath) { return bytes }
      throw ConfigurationFault(
        "The file \(secretPath) is missing beside the database: put it back from a backup (sigap-….secret). "
          + "If it is lost for good, make a new one of 32 random bytes; then no link and no reply address in the "
          + "letters already sent works any more.")
    }
    try keep(Data(Secrets.random(32)))
    guard let bytes = try read(secretPath) else { throw ConfigurationFault("The file \(secretPath) cannot be read.") }
    return bytes
  }

  /// The file appears complete, or not at all; durable on return. One that is there already stays.
  private func keep(_ bytes: Data) throws {
    let fresh = "\(secretPath).\(getpid())"
    guard FileManager.default.createFile(atPath: fresh, contents: bytes, attributes: [.posixPermissions: 0o600]) else {
      throw ConfigurationFault("data.directory: nothing can be written in \(url.path).")
    }
    defer { unlink(fresh) }
    guard flush(fresh), link(fresh, secretPath) == 0 || errno == EEXIST, flush(url.path) else {
      throw ConfigurationFault("data.directory: the secret cannot be kept in \(url.path).")
    }
  }

  private func flush(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return fsync(descriptor) == 0
  }

  private func read(_ path: String) throws -> [UInt8]? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    guard let data = FileManager.default.contents(atPath: path), data.count >= 32 else {
      throw ConfigurationFault("The file \(path) must hold at least 32 bytes: put it back from a backup.")
    }
    return Array(data)
  }

  /// Puts the secret of a backup into this folder, which must hold no other.
  func takeSecret(from source: URL) throws {
    guard let bytes = FileManager.default.contents(atPath: source.path), bytes.count >= 32 else {
      throw ConfigurationFault(
        "The backup holds no secret: put the file secret of the old data folder into \(url.path).")
    }
    try keep(bytes)
    guard try read(secretPath) == Array(bytes) else {
      throw ConfigurationFault(
        "The file \(secretPath) is another secret than the backup's: restore into an empty data folder.")
    }
  }

  var doorbellPath: String { url.appendingPathComponent("doorbell").path }
}
