import DeskTesting
import Foundation
import SOP
import Synchronization
import Testing

@testable import Desk

@Suite struct SignInTests {
  private static let password = "kuda besi di sawah"
  private let store = MemoryStore()
  private let clock = ManualClock(House.start)
  private let hasher = ToyHasher()
  private var signIn: SignIn { SignIn(store: store, hasher: hasher, clock: clock) }

  @discardableResult
  private func account(_ id: String = "budi", disabled: Bool = false) async throws -> Account {
    let account = Account(
      id: id, userName: id, name: "Budi", role: .officer, passwordHash: try await hasher.hash(Self.password),
      disabledAt: disabled ? House.start : nil)
    #expect(await store.save(account, expecting: nil))
    return account
  }

  @Test func `the right password opens a session with an id of its own each time`() async throws {
    try await account()
    let first = try await signIn.signIn("Budi", Self.password, from: "::1").secret
    let second = try await signIn.signIn("budi", Self.password, from: "::1").secret
    #expect(first != second && first.utf8.count == 32)
    #expect(try await signIn.account(ofSession: first)?.id == "budi")
    #expect(await store.session(digest: first) == nil)
    try await signIn.signOut(first)
    #expect(try await signIn.account(ofSession: first) == nil)
    #expect(try await signIn.account(ofSession: second) != nil)
  }

  @Test func `an unknown name, a wrong password and a disabled account look alike and cost a hash each`() async throws {
    try await account()
    try await account("lama", disabled: true)
    let tries = [("budi", "salah"), ("entah", Self.password), ("lama", Self.password), ("", "")]
    for (index, (name, password)) in tries.enumerated() {
      await #expect(throws: SignIn.Refusal.wrong) { _ = try await signIn.signIn(name, password, from: "::1") }
      #expect(hasher.verified == index + 1)
    }
  }

  @Test func `an account that never set a password cannot be entered, not even by the dummy`() async throws {
    let setup = Account(id: "baru", userName: "baru", name: "Baru", role: .officer)
    #expect(await store.save(setup, expecting: nil))
    hasher.acceptsAll.withLock { $0 = true }
    await #expect(throws: SignIn.Refusal.wrong) { _ = try await signIn.signIn("baru", "apa saja", from: "::1") }
    await #expect(throws: SignIn.Refusal.wrong) { _ = try await signIn.signIn("entah", "apa saja", from: "::1") }
  }

  @Test func `the dummy hash is one a strict reader takes`() throws {
    let parts = SignIn.dummyHash.split(separator: "$").map(String.init)
    #expect(parts.prefix(3) == ["argon2id", "v=19", "m=19456,t=2,p=1"])
    func bytes(_ text: String) -> Data? {
      let padded = text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
      let data = Data(base64Encoded: padded)
      return data?.base64EncodedString() == padded ? data : nil  // no stray bits at the end
    }
    #expect(bytes(parts[3])?.count == 16 && bytes(parts[4])?.count == 32)
  }

  @Test func `ten tries from one address, and another address still gets in`() async throws {
    try await account()
    for _ in 0..<10 { _ = try? await signIn.signIn("budi", "salah", from: "192.0.2.1") }
    await #expect(throws: SignIn.Refusal.tooOften) {
      _ = try await signIn.signIn("budi", Self.password, from: "192.0.2.1")
    }
    _ = try await signIn.signIn("budi", Self.password, from: "192.0.2.2")
    clock.advance(seconds: 600)
    _ = try await signIn.signIn("budi", Self.password, from: "192.0.2.1")
  }

  @Test func `an address has fifty tries, an account a hundred an hour from everywhere`() async throws {
    try await account()
    for index in 0..<50 { _ = try? await signIn.signIn("orang\(index)", "x", from: "192.0.2.9") }
    await #expect(throws: SignIn.Refusal.tooOften) {
      _ = try await signIn.signIn("budi", Self.password, from: "192.0.2.9")
    }
    for index in 0..<100 { _ = try? await signIn.signIn("budi", "x", from: "a\(index)") }
    await #expect(throws: SignIn.Refusal.tooOften) { _ = try await signIn.signIn("budi", Self.password, from: "b") }
    clock.advance(seconds: 3_600)
    _ = try await signIn.signIn("budi", Self.password, from: "b")
  }

  @Test func `a session ends after twelve hours, and at once when the account is disabled`() async throws {
    try await account()
    let secret = try await signIn.signIn("budi", Self.password, from: "::1").secret
    var changed = try #require(await store.account("budi"))
    changed.disabledAt = clock.now()
    #expect(await store.save(changed, expecting: changed.version))
    #expect(try await signIn.account(ofSession: secret) == nil)
    changed = try #require(await store.account("budi"))
    changed.disabledAt = nil
    #expect(await store.save(changed, expecting: changed.version))
    #expect(try await signIn.account(ofSession: secret) != nil)
    clock.advance(seconds: 12 * 3_600)
    #expect(try await signIn.account(ofSession: secret) == nil)
    for strange in ["", secret + "a", String(repeating: "a", count: 100_000)] {
      #expect(try await signIn.account(ofSession: strange) == nil)
    }
  }

  @Test func `a set-up link works once under fifty parallel uses`() async throws {
    let link = try await signIn.issueSetup(for: Account(id: "b", userName: "b", name: "B", role: .officer))
    let won = await withTaskGroup(of: Bool.self) { group in
      for index in 0..<50 {
        group.addTask { (try? await signIn.setPassword("\(Self.password) \(index)", setup: link)) != nil }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(won == 1)
    #expect(await store.account("b")?.version == 1)
    await #expect(throws: SignIn.Refusal.linkInvalid) { _ = try await signIn.setPassword(Self.password, setup: link) }
  }

  @Test func `a link runs out, and a new one ends the one before`() async throws {
    let first = try await signIn.issueSetup(for: Account(id: "b", userName: "b", name: "B", role: .officer))
    let known = try #require(await store.account("b"))
    let second = try await signIn.issueSetup(for: known)
    #expect(try await signIn.account(ofSetup: first) == nil)
    #expect(try await signIn.account(ofSetup: second)?.id == "b")
    clock.advance(seconds: 7 * 86_400)
    await #expect(throws: SignIn.Refusal.linkInvalid) { _ = try await signIn.setPassword(Self.password, setup: second) }
  }

  @Test func `two administrators who make a link at once both get one, and one of them works`() async throws {
    let account = try await account()
    let links = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<8 { group.addTask { try await signIn.issueSetup(for: account) } }
      return try await group.reduce(into: [String]()) { $0.append($1) }
    }
    var good = 0
    for link in links where try await signIn.account(ofSetup: link) != nil { good += 1 }
    #expect(Set(links).count == 8 && good == 1)
  }

  @Test func `a reset ends every session and the old password`() async throws {
    try await account()
    let secret = try await signIn.signIn("budi", Self.password, from: "::1").secret
    let link = try await signIn.issueSetup(for: try #require(await store.account("budi")))
    #expect(try await signIn.account(ofSession: secret) == nil)
    await #expect(throws: SignIn.Refusal.wrong) { _ = try await signIn.signIn("budi", Self.password, from: "::1") }
    let fresh = try await signIn.setPassword("kuda besi di ladang", setup: link)
    #expect(try await signIn.account(ofSession: fresh.secret)?.id == "budi")
    _ = try await signIn.signIn("budi", "kuda besi di ladang", from: "::1")
  }

  @Test(arguments: [
    ("pendek", SignIn.Refusal.passwordTooShort), ("12345678901234", .passwordTooShort),
    ("aaaaaaaaaaaaaaaaaaaaaaaa", .passwordTooCommon), ("Password12345678", .passwordTooCommon),
    ("katasandi2026!!", .passwordTooCommon), ("petugaslayanandomain", .passwordTooCommon),
    ("e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}", .passwordTooShort),
  ])
  func `a password that is short or common is refused and the link stays good`(
    password: String, refusal: SignIn.Refusal
  ) async throws {
    let account = Account(id: "b", userName: "petugaslayanandomain", name: "B", role: .officer)
    let link = try await signIn.issueSetup(for: account)
    await #expect(throws: refusal) { _ = try await signIn.setPassword(password, setup: link) }
    #expect(try await signIn.account(ofSetup: link) != nil)
  }

  @Test(arguments: ["kuda besi di sawah", "      spasi juga boleh      ", "秘密の言葉はここにありますよね本当に"])
  func `long passwords of any kind are taken`(password: String) async throws {
    let link = try await signIn.issueSetup(for: Account(id: "b", userName: "b", name: "B", role: .officer))
    _ = try await signIn.setPassword(password, setup: link)
    _ = try await signIn.signIn("b", password, from: "::1")
  }
}

/// Hashes nothing, counts everything.
private final class ToyHasher: PasswordHasher {
  private let count = Mutex(0)
  let acceptsAll = Mutex(false)
  var verified: Int { count.withLock { $0 } }

  func hash(_ password: String) async throws -> String { "toy:\(password)" }
  func verify(_ password: String, against hash: String) async throws -> Bool {
    count.withLock { $0 += 1 }
    return acceptsAll.withLock { $0 } || hash.utf8.elementsEqual("toy:\(password)".utf8)
  }
}
