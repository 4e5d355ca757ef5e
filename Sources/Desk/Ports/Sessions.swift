public import SOP

/// Sessions, limits, drafts: small state of people at work, kept in the store so that a restart loses none of it.
public protocol Sessions: Sendable {
  func session(digest: String) async throws -> Session?
  func save(_ session: Session) async throws
  func endSession(digest: String) async throws
  func endSessions(of account: String) async throws
  func dropSessions(expiredBefore instant: Instant) async throws

  /// Counts one more use of `key` in the window that contains `now` and says whether it is within `limit`.
  func allow(_ key: String, limit: Int, per seconds: Int64, now: Instant) async throws -> Bool

  func draft(_ key: DraftKey) async throws -> Draft?
  /// An empty `json` deletes the draft.
  func save(_ draft: Draft) async throws
  func dropDrafts(olderThan instant: Instant) async throws

  /// Bearer tokens of the API, by SHA-256 digest.
  func apiToken(digest: String) async throws -> APIToken?
  func apiTokens() async throws -> [APIToken]
  func save(_ token: APIToken) async throws
}

public struct Session: Sendable, Equatable, Codable {
  /// SHA-256 of the cookie's secret, hexadecimal: the secret itself is stored nowhere.
  public let digest: String
  public let account: String
  public let createdAt: Instant
  public var expiresAt: Instant
  public init(digest: String, account: String, createdAt: Instant, expiresAt: Instant) {
    self.digest = digest
    self.account = account
    self.createdAt = createdAt
    self.expiresAt = expiresAt
  }
}

/// Whose draft, of which form.
public struct DraftKey: Sendable, Hashable, Codable {
  /// An account id, or the digest of a portal visitor's cookie.
  public let owner: String
  /// "ADU-…/answer", "portal/complaint".
  public let form: String
  public init(owner: String, form: String) {
    self.owner = owner
    self.form = form
  }
}

public struct Draft: Sendable, Equatable {
  public let key: DraftKey
  public let json: String
  public let savedAt: Instant
  public init(key: DraftKey, json: String, savedAt: Instant) {
    self.key = key
    self.json = json
    self.savedAt = savedAt
  }
}

public struct APIToken: Sendable, Equatable, Codable {
  public let digest: String
  public let name: String
  public let role: Role
  public let createdAt: Instant
  public var revokedAt: Instant?
  public init(digest: String, name: String, role: Role, createdAt: Instant, revokedAt: Instant? = nil) {
    self.digest = digest
    self.name = name
    self.role = role
    self.createdAt = createdAt
    self.revokedAt = revokedAt
  }
}
