public import Desk
public import SOP

extension MemoryStore {
  public func accounts() -> [Account] { accountRows.values.sorted { $0.userName < $1.userName } }
  public func account(_ id: String) -> Account? { accountRows[id] }
  public func account(named userName: String) -> Account? { accountRows.values.first { $0.userName == userName } }

  public func save(_ account: Account, expecting version: Int?) -> Bool {
    if accountRows.values.contains(where: { $0.userName == account.userName && $0.id != account.id }) { return false }
    guard accountRows[account.id]?.version == version else { return false }
    var stored = account
    if let version { stored.version = version + 1 }
    accountRows[account.id] = stored
    return true
  }

  public func institutions(matching text: String?, limit: Int) -> [Institution] {
    let wanted = (text ?? "").lowercased()
    return institutionRows.values.filter { institution in
      wanted.isEmpty
        || ([institution.name] + institution.domains.map { $0.name } + institution.contacts).contains {
          $0.lowercased().contains(wanted)
        }
    }
    .sorted { ($0.name, $0.id) < ($1.name, $1.id) }.prefix(max(0, limit)).map { $0 }
  }

  public func institution(ofDomain domain: DomainName) -> Institution? {
    for name in [domain, domain.registrable] {
      guard let name else { continue }
      let owners = institutionRows.values.filter { $0.domains.contains(name) }
      if let owner = owners.min(by: { ($0.name, $0.id) < ($1.name, $1.id) }) { return owner }
    }
    return nil
  }

  public func save(_ institution: Institution) { institutionRows[institution.id] = institution }

  public func isKnown(address: String) -> Bool {
    let address = address.asciiLowered
    if institutionRows.values.contains(where: { $0.contacts.contains { $0.asciiLowered == address } }) { return true }
    return events.values.joined().contains { recorded in
      if case .addressProven(let email) = recorded.event { email.asciiLowered == address } else { false }
    }
  }

  public func savedReplies() -> [SavedReply] { replies.values.sorted { ($0.title, $0.id) < ($1.title, $1.id) } }
  public func save(_ reply: SavedReply) { replies[reply.id] = reply }
  public func deleteSavedReply(_ id: String) { replies[id] = nil }

  public func setting(_ key: String) -> Setting? { settingRows[key] }
  public func settings() -> [Setting] { settingRows.values.sorted { $0.key < $1.key } }
  public func save(_ setting: Setting) { settingRows[setting.key] = setting }
}

extension MemoryStore {
  public func session(digest: String) -> Session? { sessions[digest] }
  public func save(_ session: Session) { sessions[session.digest] = session }
  public func endSession(digest: String) { sessions[digest] = nil }
  public func endSessions(of account: String) { sessions = sessions.filter { $0.value.account != account } }
  public func dropSessions(expiredBefore instant: Instant) {
    sessions = sessions.filter { $0.value.expiresAt >= instant }
  }

  public func allow(_ key: String, limit: Int, per seconds: Int64, now: Instant) -> Bool {
    takeRation([Ration.Limit(key: key, uses: limit, seconds: seconds, code: "full")], now: now) == nil
  }

  /// Counts one use in each window, or in none: then the code of the first that is full.
  func takeRation(_ wanted: [Ration.Limit], now: Instant) -> String? {
    func window(_ limit: Ration.Limit) -> LimitWindow {
      let length = max(1, limit.seconds)
      let from = now.seconds - ((now.seconds % length) + length) % length
      return limits[limit.key].flatMap { $0.from == from ? $0 : nil } ?? LimitWindow(from: from, uses: 0)
    }
    if let full = wanted.first(where: { window($0).uses >= $0.uses }) { return full.code }
    for limit in wanted {
      var window = window(limit)
      window.uses += 1
      limits[limit.key] = window
    }
    return nil
  }

  public func draft(_ key: DraftKey) -> Draft? { drafts[key] }
  public func save(_ draft: Draft) { drafts[draft.key] = draft.json.utf8.isEmpty ? nil : draft }
  public func dropDrafts(olderThan instant: Instant) { drafts = drafts.filter { $0.value.savedAt >= instant } }

  public func apiToken(digest: String) -> APIToken? { tokens[digest] }
  public func apiTokens() -> [APIToken] {
    tokens.values.sorted { ($0.createdAt, $0.digest) < ($1.createdAt, $1.digest) }
  }
  public func save(_ token: APIToken) { tokens[token.digest] = token }
}
