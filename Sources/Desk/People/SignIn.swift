import SOP

/// Hashes passwords (Argon2id); implemented over a library in its own room. Slow on purpose: never on a shared
/// thread.
public protocol PasswordHasher: Sendable {
  func hash(_ password: String) async throws -> String
  /// False for anything that is not the password of the hash.
  func verify(_ password: String, against hash: String) async throws -> Bool
}

/// Who works here: passwords, sessions, one-time links.
///
/// Refusals look and take alike whether the name exists or not: an unknown name hashes a dummy. Tries are rationed
/// by account and by address, and nobody is locked out for good.
public struct SignIn: Sendable {
  public enum Refusal: Error, Sendable, Equatable {
    /// Wrong name or password, or a disabled account: not told apart.
    case wrong
    /// Too many tries: wait some minutes.
    case tooOften
    /// The one-time link was used, has run out, or never was.
    case linkInvalid
    case passwordTooShort
    case passwordTooCommon
  }

  /// Single-factor passwords: NIST SP 800-63B-4.
  public static let shortestPassword = 15
  public static let sessionSeconds: Int64 = 12 * 3_600
  static let setupSeconds: Int64 = 7 * 86_400
  private static let attempts = 32

  let store: any DeskStore
  public let hasher: any PasswordHasher
  let clock: any WallClock

  public init(store: any DeskStore, hasher: any PasswordHasher, clock: any WallClock) {
    self.store = store
    self.hasher = hasher
    self.clock = clock
  }

  /// Returns the secret for the cookie and the account. `address`: the visitor's network address, for rationing.
  public func signIn(_ userName: String, _ password: String, from address: String) async throws
    -> (secret: String, account: Account)
  {
    let now = clock.now()
    let name = userName.asciiLowered.clipped(toUTF8: 100)
    // Ten tries of one address at one account, so that nobody shuts another one out; a hundred an hour from all
    // addresses together (NIST SP 800-63B-4: at most a hundred failures).
    guard try await store.allow("signin/address/\(address)", limit: 50, per: 600, now: now),
      try await store.allow("signin/pair/\(name)/\(address)", limit: 10, per: 600, now: now),
      try await store.allow("signin/account/\(name)", limit: 100, per: 3_600, now: now)
    else { throw Refusal.tooOften }
    let account = try await store.account(named: name)
    let hash = account?.passwordHash ?? SignIn.dummyHash
    let fits = try await hasher.verify(password.clipped(toUTF8: 1_024), against: hash)
    guard fits, let account, account.passwordHash != nil, account.disabledAt == nil else { throw Refusal.wrong }
    return (try await open(account, now: now), account)
  }

  private func open(_ account: Account, now: Instant) async throws -> String {
    let secret = Secrets.token()
    try await store.save(
      Session(
        digest: Secrets.digest(secret), account: account.id, createdAt: now,
        expiresAt: now.adding(seconds: SignIn.sessionSeconds)))
    return secret
  }

  /// The account of a session cookie; `nil` when the session is over or the account was disabled.
  public func account(ofSession secret: String) async throws -> Account? {
    guard secret.utf8.count < 100, let session = try await store.session(digest: Secrets.digest(secret)),
      session.expiresAt > clock.now(), let account = try await store.account(session.account),
      account.disabledAt == nil
    else { return nil }
    return account
  }

  public func signOut(_ secret: String) async throws {
    try await store.endSession(digest: Secrets.digest(secret))
  }

  /// Gives an account a new one-time link (first sign-in, or a reset by an administrator). Returns its secret; every
  /// session and the old password end. `enabling`: a disabled account works again.
  public func issueSetup(for account: Account, enabling: Bool = false) async throws -> String {
    let secret = Secrets.token()
    // Two administrators at one account: the later link counts, and keeps what the other changed besides.
    for _ in 0..<SignIn.attempts {
      let known = try await store.account(account.id)
      var changed = known ?? account
      if enabling { changed.disabledAt = nil }
      changed.passwordHash = nil
      changed.setupDigest = Secrets.digest(secret)
      changed.setupExpiresAt = clock.now().adding(seconds: SignIn.setupSeconds)
      guard try await store.save(changed, expecting: known?.version) else { continue }
      try await store.endSessions(of: account.id)
      return secret
    }
    throw Fault("the account \(account.id) changed under every one of \(SignIn.attempts) attempts")
  }

  /// The account a one-time link belongs to, while it is good.
  public func account(ofSetup secret: String) async throws -> Account? {
    guard secret.utf8.count < 100 else { return nil }
    let digest = Secrets.digest(secret)
    let now = clock.now()
    return try await store.accounts().first {
      $0.setupDigest == digest && $0.disabledAt == nil && ($0.setupExpiresAt ?? now) > now
    }
  }

  /// Sets the password and signs in; the link is used up with it.
  public func setPassword(_ password: String, setup secret: String) async throws -> (secret: String, account: Account) {
    guard let account = try await account(ofSetup: secret) else { throw Refusal.linkInvalid }
    try SignIn.check(password, userName: account.userName)
    var changed = account
    changed.passwordHash = try await hasher.hash(password.clipped(toUTF8: 1_024))
    changed.setupDigest = nil
    changed.setupExpiresAt = nil
    // Fifty parallel uses of one link: the version lets one of them win.
    guard try await store.save(changed, expecting: account.version) else { throw Refusal.linkInvalid }
    try await store.endSessions(of: account.id)
    return (try await open(changed, now: clock.now()), changed)
  }

  static func check(_ password: String, userName: String) throws {
    guard password.unicodeScalars.count >= shortestPassword else { throw Refusal.passwordTooShort }
    let lowered = password.asciiLowered
    let onlyOne = Set(lowered.unicodeScalars).count < 5
    let weak = commonBeginnings.contains { lowered.utf8.starts(with: $0.utf8) && lowered.utf8.count < 20 }
    if onlyOne || weak || lowered == userName { throw Refusal.passwordTooCommon }
  }

  /// What people type when they are asked for something long.
  private static let commonBeginnings = ["password", "katasandi", "kata sandi", "12345", "qwerty", "rahasia", "admin"]

  /// A hash of nothing anyone can type, with the cost of a real one.
  static let dummyHash =
    "$argon2id$v=19$m=19456,t=2,p=1$c2lnYXAtZHVtbXktc2FsdA$0000000000000000000000000000000000000000000"
}
