import Desk
public import Foundation
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
  /// What else belongs to it: without the secret no link and no reply address of its letters proves anything.
  public var companions: [Companion]?

  /// A file beside the database.
  public struct Companion: Sendable, Equatable, Codable {
    public let file: String
    public let sha256: String
  }
}

/// Backup while running, and restore.
///
/// A backup is one snapshot, taken by a connection of its own, so that nobody waits for it. Copy, companions and
/// manifest are written under temporary names, flushed, renamed and the folder flushed, the manifest last: a
/// manifest that is there belongs to a copy that is whole. Only the owner may read any of it: it holds everything the
/// data folder does.
extension SQLiteDeskStore {
  static let manifestSuffix = ".manifest.json"

  /// Writes `sigap-<seconds>.sqlite` and its manifest into `directory`, which is made when it is missing; beside them
  /// `sigap-<seconds>.<ending>` for each of `companions`.
  public func backup(
    to directory: String, at now: Instant, companions: [(ending: String, bytes: Data)] = []
  ) async throws -> BackupManifest {
    let folder = URL(fileURLWithPath: directory, isDirectory: true)
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let name = "sigap-\(now.seconds).sqlite"
    let target = folder.appending(path: name)
    guard !FileManager.default.fileExists(atPath: target.path) else {
      throw StoreFault.backup("\(target.path) is there already")
    }
    let partial = folder.appending(path: ".\(name).partial")
    // VACUUM INTO takes an empty file for a new one, and this one is its owner's alone from the beginning.
    try BackupFiles.makeEmpty(partial.path)
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(10)
    let own = try DatabaseQueue(path: path, configuration: configuration)
    defer { try? own.close() }
    try await own.vacuum(into: partial.path)
    var manifest = try BackupFiles.manifest(of: partial, named: name, at: now)
    try BackupFiles.flush(partial.path)
    try FileManager.default.moveItem(at: partial, to: target)
    for companion in companions {
      let file = "sigap-\(now.seconds).\(companion.ending)"
      try BackupFiles.write(companion.bytes, to: folder.appending(path: file))
      manifest.companions =
        (manifest.companions ?? []) + [
          BackupManifest.Companion(file: file, sha256: Secrets.sha256(companion.bytes))
        ]
    }
    try BackupFiles.write(
      Data(try JSONText.of(manifest).utf8), to: folder.appending(path: name + SQLiteDeskStore.manifestSuffix))
    return manifest
  }

  /// Puts the backup described by `manifest` (its path) at `path`. Refuses when anything is there already, when the
  /// files are not those the manifest names, or when what it holds does not pass `verify()`. `placing` is called once
  /// all of it is known to be sound, before the database is in its place: what belongs beside it goes there first.
  public static func restore(
    from manifest: String, to path: String, placing: (BackupManifest) throws -> Void = { _ in }
  ) async throws -> Verification {
    for taken in [path, path + "-wal", path + "-shm"] where FileManager.default.fileExists(atPath: taken) {
      throw StoreFault.backup("\(taken) is there already: a restore never overwrites a database")
    }
    let place = URL(fileURLWithPath: manifest)
    let promised = try JSONDecoder().decode(BackupManifest.self, from: Data(contentsOf: place))
    let folder = place.deletingLastPathComponent()
    try checkCompanions(of: promised, in: folder)
    let partial = path + ".restoring"
    try? FileManager.default.removeItem(atPath: partial)
    try FileManager.default.copyItem(atPath: folder.appending(path: promised.file).path, toPath: partial)
    do {
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: partial)
      let report = try await check(partial, against: promised)
      try BackupFiles.flush(partial)
      try placing(promised)
      try FileManager.default.moveItem(atPath: partial, toPath: path)
      try BackupFiles.flush(URL(fileURLWithPath: path).deletingLastPathComponent().path)
      return report
    } catch {
      for rest in [partial, partial + "-wal", partial + "-shm"] { try? FileManager.default.removeItem(atPath: rest) }
      throw error
    }
  }

  private static func checkCompanions(of promised: BackupManifest, in folder: URL) throws {
    let names = [promised.file] + (promised.companions ?? []).map(\.file)
    guard names.allSatisfy({ !$0.utf8.contains(UInt8(ascii: "/")) }) else {
      throw StoreFault.backup("the manifest names a path")
    }
    for companion in promised.companions ?? [] {
      guard let bytes = FileManager.default.contents(atPath: folder.appending(path: companion.file).path),
        Secrets.sha256(bytes) == companion.sha256
      else { throw StoreFault.backup("\(companion.file) is missing or not what the manifest says") }
    }
  }

  private static func check(_ partial: String, against promised: BackupManifest) async throws -> Verification {
    var found = try BackupFiles.manifest(
      of: URL(fileURLWithPath: partial), named: promised.file, at: promised.madeAt)
    found.companions = promised.companions
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
        inbound: try count("inbound"), letters: try count("outbox"), madeAt: now, companions: nil)
    }
  }

  /// Whole or not there at all, durable on return, for its owner alone.
  static func write(_ bytes: Data, to place: URL) throws {
    let partial = place.deletingLastPathComponent().appending(path: ".\(place.lastPathComponent).partial")
    try makeEmpty(partial.path)
    let handle = try FileHandle(forWritingTo: partial)
    try handle.write(contentsOf: bytes)
    try handle.close()
    try flush(partial.path)
    try FileManager.default.moveItem(at: partial, to: place)
    try flush(place.deletingLastPathComponent().path)
  }

  static func makeEmpty(_ path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard descriptor >= 0 else { throw StoreFault.backup("\(path) cannot be written") }
    defer { close(descriptor) }
    // An older one of this name keeps its own mode.
    guard fchmod(descriptor, 0o600) == 0 else { throw StoreFault.backup("\(path) cannot be closed to others") }
  }

  /// `fsync` of a file or a folder.
  static func flush(_ path: String) throws {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw StoreFault.backup("\(path) cannot be opened") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw StoreFault.backup("\(path) cannot be flushed") }
  }
}
