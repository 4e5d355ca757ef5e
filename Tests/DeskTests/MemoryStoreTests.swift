import Desk
import DeskTesting
import Testing

@Suite struct MemoryStoreTests {
  @Test(arguments: StoreContract.all) func `the memory store keeps the contract`(check: StoreContract) async throws {
    try await check.run(MemoryStore())
  }
}
