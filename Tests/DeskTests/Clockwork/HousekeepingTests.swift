import DeskTesting
import Foundation
import SOP
import Testing

@testable import Desk

@Suite struct HousekeepingTests {
  private let store = MemoryStore()
  private let clock = ManualClock(House.start)

  @Test func `sessions that are over, forgotten drafts and unsent uploads are put away, and nothing younger`()
    async throws
  {
    let key = DraftKey(owner: "sari", form: "portal/complaint")
    await store.save(Draft(key: key, json: "{}", savedAt: House.start))
    await store.keep([StoredFile(sha256: "aa", bytes: Data([1]))], at: House.start)
    await store.save(
      Session(digest: "d", account: "budi", createdAt: House.start, expiresAt: House.start.adding(seconds: 60)))
    let housekeeping = Housekeeping(store: store, clock: clock)
    clock.advance(seconds: 59)
    try await housekeeping.tidy()
    #expect(await store.session(digest: "d") != nil)
    clock.advance(seconds: 30 * 86_400)
    try await housekeeping.tidy()
    #expect(await store.session(digest: "d") == nil)
    #expect(await store.draft(key) == nil)
    #expect(await store.file("aa") != nil)
    clock.advance(seconds: 86_400)
    try await housekeeping.tidy()
    #expect(await store.file("aa") == nil)
  }
}
