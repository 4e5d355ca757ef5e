import Desk
import DeskTesting
import Foundation
import SOP
import SQLiteStore
import Testing

@Suite struct SQLiteContractTests {
  @Test(arguments: StoreContract.all) func `the SQLite store keeps the contract`(check: StoreContract) async throws {
    try await withStore { store, _ in try await check.run(store) }
  }

  @Test func `every commit of the writer is flushed to the disk`() async throws {
    try await withStore { store, _ in
      let synchronous = try store.writerSynchronous()
      #expect(synchronous == 2)
    }
  }
}

/// A store in a folder of its own, which is gone afterwards.
func withStore(_ body: (SQLiteDeskStore, String) async throws -> Void) async throws {
  let folder = FileManager.default.temporaryDirectory.appending(path: "sigap-store-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let path = folder.appending(path: "sigap.sqlite").path
  let store = try SQLiteDeskStore(path: path)
  do {
    try await body(store, path)
  } catch {
    try? store.close()
    throw error
  }
  try? store.close()
}
