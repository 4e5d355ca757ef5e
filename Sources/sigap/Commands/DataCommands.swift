import ArgumentParser
import Desk
import Foundation
import SQLiteStore

struct Migrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Bring the database to this version (serve does so by itself), keeping a copy of the older one.")
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let house = try House(try common.load())
    try house.store.close()
    print("The database is at this version: \(house.configuration.databasePath)")
  }
}

struct Verify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Rebuild the summaries from the events and compare; exit 1 when anything differs.")
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let configuration = try common.load()
    try Verify.requireData(configuration)
    let house = try House(configuration)
    let found = try await house.store.verify()
    print("\(found.tickets) tickets, \(found.events) events, \(found.problemCount) problems")
    for problem in found.problems { print("  \(LineLogHandler.flat(problem))") }
    try? house.store.close()
    if !found.isSound { throw ExitCode.no }
  }

  static func requireData(_ configuration: Configuration) throws {
    guard FileManager.default.fileExists(atPath: configuration.databasePath) else {
      throw ConfigurationFault("data.directory: there is no database in \(configuration.dataDirectory.path).")
    }
  }
}

struct Backup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a whole copy into a folder, while the server runs: database, manifest, secret.")
  @OptionGroup var common: CommonOptions
  @Argument(help: "The folder; made when it is missing.") var directory: String

  func run() async throws {
    let configuration = try common.load()
    try Verify.requireData(configuration)
    let house = try House(configuration)
    let secret = try DataFolder(configuration.dataDirectory).secret()
    let manifest = try await house.store.backup(
      to: directory, at: house.clock.now(), companions: [(DataFolder.secretName, Data(secret))])
    try? house.store.close()
    print("\(manifest.file): \(manifest.tickets) tickets, \(manifest.bytes) bytes, SHA-256 \(manifest.sha256)")
  }
}

struct Restore: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Put the newest backup of a folder into an empty data folder, after checking every part of it.")
  @OptionGroup var common: CommonOptions
  @Argument(help: "The folder of backups, or one manifest in it.") var directory: String

  func run() async throws {
    let configuration = try common.load()
    let manifest = try Restore.newestManifest(in: directory)
    let folder = try DataFolder(configuration.dataDirectory)
    do {
      let found = try await SQLiteDeskStore.restore(from: manifest.path, to: configuration.databasePath) { promised in
        let secret = (promised.companions ?? []).first { $0.file.hasSuffix(".\(DataFolder.secretName)") }
        try folder.takeSecret(
          from: manifest.deletingLastPathComponent().appendingPathComponent(secret?.file ?? DataFolder.secretName))
      }
      print("\(manifest.lastPathComponent): \(found.tickets) tickets, \(found.events) events, sound")
    } catch {
      Sigap.say("sigap: not restored: \(error)")
      throw ExitCode.no
    }
  }

  private static func newestManifest(in path: String) throws -> URL {
    let url = URL(fileURLWithPath: path)
    if path.utf8.suffix(5).elementsEqual(".json".utf8) { return url }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    guard let newest = names.filter({ $0.utf8.suffix(14).elementsEqual(".manifest.json".utf8) }).max() else {
      throw ValidationError("There is no backup in \(path).")
    }
    return url.appendingPathComponent(newest)
  }
}
