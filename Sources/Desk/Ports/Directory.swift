import Foundation
public import SOP

/// The people and things the desk knows, and what an administrator may change.
public protocol Directory: Sendable {
  func accounts() async throws -> [Account]
  func account(_ id: String) async throws -> Account?
  func account(named userName: String) async throws -> Account?
  /// Inserts or replaces; `expecting` guards against two administrators at once (`nil`: new).
  func save(_ account: Account, expecting version: Int?) async throws -> Bool

  func institutions(matching text: String?, limit: Int) async throws -> [Institution]
  func institution(ofDomain domain: DomainName) async throws -> Institution?
  func save(_ institution: Institution) async throws
  /// Whether the holder of this address has proven it in a ticket, or it is a contact on record of an institution.
  func isKnown(address: String) async throws -> Bool

  func savedReplies() async throws -> [SavedReply]
  func save(_ reply: SavedReply) async throws
  func deleteSavedReply(_ id: String) async throws

  /// Settings are small JSON texts under a key; every change keeps who and when.
  func setting(_ key: String) async throws -> Setting?
  func settings() async throws -> [Setting]
  func save(_ setting: Setting) async throws
}

public enum Role: String, Sendable, Codable, CaseIterable {
  case officer, registry, supervisor, administrator

  public var party: Party {
    switch self {
    case .officer: .team
    case .registry: .registry
    case .supervisor: .supervisor
    case .administrator: .administrator
    }
  }
}

/// A local account of a person who works here.
public struct Account: Sendable, Equatable, Codable {
  public let id: String
  /// Lower case, what is typed at sign-in.
  public var userName: String
  public var name: String
  public var email: String?
  public var role: Role
  /// PHC string of Argon2id; `nil` until the person has set a password by the one-time link.
  public var passwordHash: String?
  /// SHA-256 of the one-time link's secret, and until when it is good.
  public var setupDigest: String?
  public var setupExpiresAt: Instant?
  public var disabledAt: Instant?
  public var language: Language
  public var version: Int

  public init(
    id: String, userName: String, name: String, email: String? = nil, role: Role, passwordHash: String? = nil,
    setupDigest: String? = nil, setupExpiresAt: Instant? = nil, disabledAt: Instant? = nil,
    language: Language = .indonesian, version: Int = 0
  ) {
    self.id = id
    self.userName = userName
    self.name = name
    self.email = email
    self.role = role
    self.passwordHash = passwordHash
    self.setupDigest = setupDigest
    self.setupExpiresAt = setupExpiresAt
    self.disabledAt = disabledAt
    self.language = language
    self.version = version
  }

  public var performer: Performer { Performer(party: role.party, account: id, name: name) }
}

/// An institution with its domains and the contacts on record.
public struct Institution: Sendable, Equatable, Codable {
  public let id: String
  public var name: String
  public var kind: InstitutionKind
  public var domains: [DomainName]
  /// Addresses whose word counts for the domains, lower case.
  public var contacts: [String]
  public init(id: String, name: String, kind: InstitutionKind, domains: [DomainName], contacts: [String]) {
    self.id = id
    self.name = name
    self.kind = kind
    self.domains = domains
    self.contacts = contacts
  }
}

/// *Balasan siap pakai*: a text officers insert and edit.
public struct SavedReply: Sendable, Equatable, Codable {
  public let id: String
  public var title: String
  public var text: String
  public init(id: String, title: String, text: String) {
    self.id = id
    self.title = title
    self.text = text
  }
}

public struct Setting: Sendable, Equatable, Codable {
  public let key: String
  public var json: String
  public var changedBy: String
  public var changedAt: Instant
  public init(key: String, json: String, changedBy: String, changedAt: Instant) {
    self.key = key
    self.json = json
    self.changedBy = changedBy
    self.changedAt = changedAt
  }
}

extension Setting {
  /// The setting as the value it holds; `nil` when it is none.
  public func decoded<Value: Decodable>(_ type: Value.Type) -> Value? {
    try? JSONDecoder().decode(type, from: Data(json.utf8))
  }

  /// A setting that is one text.
  public var text: String? { decoded(String.self) }

  /// A setting of `value`.
  public init(key: String, value: some Encodable, changedBy: String, changedAt: Instant) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let json = String(decoding: try encoder.encode(value), as: UTF8.self)
    self.init(key: key, json: json, changedBy: changedBy, changedAt: changedAt)
  }
}
