import Desk
import Foundation
import GRDB
import Glibc
public import SOP

/// What lies beside a backup and says what it must be.
public struct BackupManifest: Sendable, Equatable, Codable {
  /// The database file in the same folder.
  public let file: String
  /// Lower-case hexadecimal SHA-256 of the file.
  public let sha256: String
  public let bytes: Int
  public let tickets: Int
  public let events: Int
  public let inbound: Int
  public let letters: Int
  public let madeAt: Instant
}

/// Backup while running, and restore.
///
/// A backup is one snapshot, taken by a connection of its own, so that nobody waits for it. The copy and the
/// manifest are written under temporary names, flushed, renamed and the folder flushed, the manifest last: a
/// manifest that is there belongs to a copy that is whole.
extension SQLiteDeskStore {
  static let manifestSuffix = ".manifest.json"

  /// Writes `sigap-<seconds>.sqlite` and its manifest into `directory`, which is made when it is missing.
  public func backup(to directory: String, at now: Instant) async throws -> BackupManifest {
    let folder = URL(fileURLWithPath: directory, isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let name = "sigap-\(now.seconds).sqlite"
    let target = folder.appending(path: name)
    guard !FileManager.default.fileExists(atPath: target.path) else {
      throw StoreFault.backup("\(target.path) is there already")
    }
    let partial = folder.appending(path: ".\(name).partial")
    try? FileManager.default.removeItem(at: partial)
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(10)
    let own = try DatabaseQueue(path: path, configuration: configuration)
    defer { try? own.close() }
    try await own.vacuum(into: partial.path)
    let manifest = try BackupFiles.manifest(of: partial, named: name, at: now)
    try BackupFiles.flush(partial.path)
    try FileManager.default.moveItem(at: partial, to: target)
    try BackupFiles.write(manifest, beside: target)
    return manifest
  }

  /// Puts the backup described by `manifest` (its path) at `path`. Refuses when anything is there already, when the
  /// file is not the one the manifest names, or when what it holds does not pass `verify()`.
  public static func restore(from manifest: String, to path: String) async throws -> Verification {
    for taken in [path, path + "-wal", path + "-shm"] where FileManager.default.fileExists(atPath: taken) {
      throw StoreFault.backup("\(taken) is there already: a restore never overwrites a database")
    }
    let place = URL(fileURLWithPath: manifest)
    let promised = try JSONDecoder().decode(BackupManifest.self, from: Data(contentsOf: place))
    guard !promised.file.utf8.contains(UInt8(ascii: "/")) else { throw StoreFault.backup("the manifest names a path") }
    let source = place.deletingLastPathComponent().appending(path: promised.file)
    let partial = path + ".restoring"
    try? FileManager.default.removeItem(atPath: partial)
    try FileManager.default.copyItem(atPath: source.path, toPath: partial)
    do {
      let report = try await check(partial, against: promised)
      try BackupFiles.flush(partial)
      try FileManager.default.moveItem(atPath: partial, toPath: path)
      try BackupFiles.flush(URL(fileURLWithPath: path).deletingLastPathComponent().path)
      return report
    } catch {
      for rest in [partial, partial + "-wal", partial + "-shm"] { try? FileManager.default.removeItem(atPath: rest) }
      throw error
    }
  }

  private static func check(_ partial: String, against promised: BackupManifest) async throws -> Verification {
    let found = try BackupFiles.manifest(
      of: URL(fileURLWithPath: partial), named: promised.file, at: promised.madeAt)
    guard found == promised else { throw StoreFault.backup("\(promised.file) is not what its manifest says") }
    let store = try SQLiteDeskStore(path: partial)
    defer { try? store.close() }
    let report = try await store.verify()
    guard report.isSound else { throw StoreFault.backup(report.problems.first ?? "not sound") }
    // Everything of the write-ahead log back into the one file that is renamed.
    try await store.pool.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
    return report
  }
}

enum BackupFiles {
  static func manifest(of file: URL, named name: String, at now: Instant) throws -> BackupManifest {
    // Mapped, not read: a database may be larger than the memory.
    let bytes = try Data(contentsOf: file, options: .alwaysMapped)
    let sha256 = Secrets.sha256(bytes)
    var configuration = Configuration()
    configuration.readonly = true
    let queue = try DatabaseQueue(path: file.path, configuration: configuration)
    defer { try? queue.close() }
    return try queue.read { db in
      func count(_ table: String) throws -> Int { try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? 0 }
      return BackupManifest(
        file: name, sha256: sha256, bytes: bytes.count, tickets: try count("tickets"), events: try count("events"),
        inbound: try count("inbound"), letters: try count("outbox"), madeAt: now)
    }
  }

  static func write(_ manifest: BackupManifest, beside target: URL) throws {
    let place = URL(fileURLWithPath: target.path + SQLiteDeskStore.manifestSuffix)
    let partial = place.deletingLastPathComponent().appending(path: ".\(place.lastPathComponent).partial")
    try Data(try JSONText.of(manifest).utf8).write(to: partial)
    try flush(partial.path)
    try FileManager.default.moveItem(at: partial, to: place)
    try flush(place.deletingLastPathComponent().path)
  }

  /// `fsync` of a file or a folder.
  static func flush(_ path: String) throws {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw StoreFault.backup("\(path) cannot be opened") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw StoreFault.backup("\(path) cannot be flushed") }
  }
}
