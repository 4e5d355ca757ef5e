import Desk
import SOP
import Testing

extension StoreContract {
  static let directory: [StoreContract] = [
    StoreContract("an account is written once, then only against the version that was read") { store in
      let budi = Account(id: "1", userName: "budi", name: "Budi", role: .officer)
      #expect(try await store.save(budi, expecting: nil))
      #expect(try await store.save(budi, expecting: nil) == false)
      #expect(
        try await store.save(Account(id: "2", userName: "budi", name: "X", role: .officer), expecting: nil) == false)
      var read = try #require(try await store.account(named: "budi"))
      #expect(try await store.account("1") == read)
      read.name = "Budi Santoso"
      #expect(try await store.save(read, expecting: read.version))
      #expect(try await store.save(read, expecting: read.version) == false)
      let again = try #require(try await store.account("1"))
      #expect(again.name == "Budi Santoso" && again.version == read.version + 1)
      #expect(try await store.save(Account(id: "3", userName: "ani", name: "Ani", role: .registry), expecting: nil))
      #expect(try await store.accounts().map { $0.userName } == ["ani", "budi"])
      var ani = try #require(try await store.account(named: "ani"))
      ani.userName = "budi"
      #expect(try await store.save(ani, expecting: ani.version) == false)
      #expect(try await store.account("nobody") == nil)
      #expect(try await store.save(ani, expecting: 99) == false)
    },
    StoreContract("an institution is found by any of its domains and by parts of its names") { store in
      let name = try #require(DomainName("sukamaju.desa.id"))
      let other = try #require(DomainName("sukasari.desa.id"))
      var desa = Institution(
        id: "1", name: "Desa Sukamaju 100%", kind: .village, domains: [name], contacts: ["kades@sukamaju.desa.id"])
      try await store.save(desa)
      #expect(try await store.institution(ofDomain: name) == desa)
      let host = try #require(DomainName("www.sukamaju.desa.id"))
      #expect(try await store.institution(ofDomain: host) == desa)
      #expect(try await store.institutions(matching: "MAJU", limit: 9) == [desa])
      #expect(try await store.institutions(matching: "0%", limit: 9) == [desa])
      #expect(try await store.institutions(matching: "_", limit: 9).isEmpty)
      #expect(try await store.institutions(matching: nil, limit: 9) == [desa])
      desa.domains = [other]
      try await store.save(desa)
      #expect(try await store.institution(ofDomain: name) == nil)
      #expect(try await store.institution(ofDomain: other) == desa)
    },
    StoreContract("an address is known as a contact on record, or once its holder has proven it") { store in
      let name = try #require(DomainName("sukamaju.desa.id"))
      #expect(try await store.isKnown(address: "kades@sukamaju.desa.id") == false)
      var desa = Institution(
        id: "1", name: "Desa Sukamaju", kind: .village, domains: [name],
        contacts: ["Kades@sukamaju.desa.id", "kades@sukamaju.desa.id", "sekdes@sukamaju.desa.id"])
      try await store.save(desa)
      for address in ["kades@sukamaju.desa.id", "KADES@Sukamaju.desa.id", "sekdes@sukamaju.desa.id"] {
        #expect(try await store.isKnown(address: address))
      }
      desa.contacts = ["sekdes@sukamaju.desa.id"]
      try await store.save(desa)
      #expect(try await store.isKnown(address: "kades@sukamaju.desa.id") == false)
      var complaint = Samples.complaint(email: "Warga@lain.example")
      complaint.channel = .web
      let ticket = try await open(store, complaint)
      #expect(try await store.isKnown(address: "warga@lain.example") == false, "named, not proven")
      _ = try await deliver(
        .proveAddress(email: "Warga@lain.example"), on: ticket, by: Performer(party: .requester), store)
      #expect(try await store.isKnown(address: "warga@lain.example"))
      for other in ["arga@lain.example", "warga@lain.example ", "", "%"] {
        #expect(try await store.isKnown(address: other) == false)
      }
    },
    StoreContract("saved replies are replaced, listed and deleted") { store in
      try await store.save(SavedReply(id: "b", title: "B", text: "dua\0"))
      try await store.save(SavedReply(id: "a", title: "A", text: "satu"))
      try await store.save(SavedReply(id: "a", title: "A", text: "satu lagi"))
      #expect(try await store.savedReplies().map { $0.text } == ["satu lagi", "dua\0"])
      try await store.deleteSavedReply("a")
      #expect(try await store.savedReplies().map { $0.id } == ["b"])
    },
    StoreContract("a setting keeps who changed it last and when") { store in
      #expect(try await store.setting("hours") == nil)
      try await store.save(Setting(key: "hours", json: "{}", changedBy: "sari", changedAt: Samples.morning))
      let changed = Setting(key: "hours", json: "[]", changedBy: "budi", changedAt: Samples.morning.adding(seconds: 1))
      try await store.save(changed)
      #expect(try await store.setting("hours") == changed)
      #expect(try await store.settings() == [changed])
    },
  ]

  static let people: [StoreContract] = [
    StoreContract("sessions end one by one, by account, and by time") { store in
      func session(_ digest: String, _ account: String, until: Int64) -> Session {
        Session(
          digest: digest, account: account, createdAt: Samples.morning,
          expiresAt: Samples.morning.adding(seconds: until))
      }
      for (digest, account, until) in [("a", "1", 10), ("b", "1", 20), ("c", "2", 30), ("d", "2", 40)]
        as [(String, String, Int64)]
      {
        try await store.save(session(digest, account, until: until))
      }
      try await store.save(session("d", "2", until: 50))
      #expect(try await store.session(digest: "d") == session("d", "2", until: 50))
      try await store.endSession(digest: "d")
      #expect(try await store.session(digest: "d") == nil)
      try await store.dropSessions(expiredBefore: Samples.morning.adding(seconds: 20))
      #expect(try await store.session(digest: "a") == nil)
      #expect(try await store.session(digest: "b") != nil)
      try await store.endSessions(of: "1")
      #expect(try await store.session(digest: "b") == nil)
      #expect(try await store.session(digest: "c") != nil)
    },
    StoreContract("a limit counts within its window, for its key, and begins anew with the next") { store in
      let now = Instant(seconds: 1_000_000_020)
      func use(_ key: String, _ at: Instant) async throws -> Bool {
        try await store.allow(key, limit: 3, per: 60, now: at)
      }
      for _ in 0..<3 { #expect(try await use("a", now)) }
      #expect(try await use("a", now) == false)
      #expect(try await use("a", now.adding(seconds: 19)) == false)
      #expect(try await use("b", now))
      #expect(try await use("a", now.adding(seconds: 60)))
      #expect(try await store.allow("c", limit: 0, per: 60, now: now) == false)
      let allowed = try await withThrowingTaskGroup(of: Bool.self) { group in
        for _ in 0..<20 { group.addTask { try await store.allow("d", limit: 7, per: 3_600, now: now) } }
        return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(allowed == 7)
    },
    StoreContract("a draft is kept per owner and form; an empty one is gone") { store in
      let key = DraftKey(owner: "budi", form: "ADU/answer")
      let draft = Draft(key: key, json: "{\"t\":\"a\0b\"}", savedAt: Samples.morning)
      try await store.save(draft)
      try await store.save(
        Draft(key: DraftKey(owner: "sari", form: "ADU/answer"), json: "{}", savedAt: Samples.morning))
      #expect(try await store.draft(key) == draft)
      #expect(try await store.draft(DraftKey(owner: "budi", form: "other")) == nil)
      try await store.save(Draft(key: key, json: "", savedAt: Samples.morning))
      #expect(try await store.draft(key) == nil)
      try await store.dropDrafts(olderThan: Samples.morning)
      #expect(try await store.draft(DraftKey(owner: "sari", form: "ADU/answer")) != nil)
      try await store.dropDrafts(olderThan: Samples.morning.adding(seconds: 1))
      #expect(try await store.draft(DraftKey(owner: "sari", form: "ADU/answer")) == nil)
    },
    StoreContract("tokens of the API are found by digest, and stay listed when revoked") { store in
      var token = APIToken(digest: "d", name: "dasbor", role: .officer, createdAt: Samples.morning)
      try await store.save(token)
      #expect(try await store.apiToken(digest: "d") == token)
      token.revokedAt = Samples.morning
      try await store.save(token)
      #expect(try await store.apiTokens() == [token])
      #expect(try await store.apiToken(digest: "e") == nil)
    },
  ]
}
