public import Desk
import GRDB
public import SOP

extension SQLiteDeskStore {
  public func accounts() async throws -> [Account] {
    try await read { [unreadable] db in
      try db.rows("SELECT * FROM accounts ORDER BY user_name").compactMap { row in
        try unreadable.value(of: "accounts \(row["id"] as String)") { try readAccount(row) }
      }
    }
  }

  public func account(_ id: String) async throws -> Account? {
    try await read { db in
      try db.row("SELECT * FROM accounts WHERE id = ?", [Packed.text(id)]).map { try readAccount($0) }
    }
  }

  public func account(named userName: String) async throws -> Account? {
    try await read { db in
      try db.row("SELECT * FROM accounts WHERE user_name = ?", [Packed.text(userName)]).map { try readAccount($0) }
    }
  }

  /// False as well when another account has the user name.
  public func save(_ account: Account, expecting version: Int?) async throws -> Bool {
    var stored = account
    if let version { stored.version = version + 1 }
    let (id, name, number) = (Packed.text(stored.id), Packed.text(stored.userName), stored.version)
    let json = try JSONText.of(stored)
    return try await write { db in
      if let version {
        try db.run(
          "UPDATE OR IGNORE accounts SET user_name = ?, version = ?, account = ? WHERE id = ? AND version = ?",
          [name, number, json, id, version])
      } else {
        try db.run(
          "INSERT INTO accounts (id, user_name, version, account) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
          [id, name, number, json])
      }
      return db.changesCount == 1
    }
  }

  public func institutions(matching text: String?, limit: Int) async throws -> [Institution] {
    let wanted = Packed.text((text ?? "").lowercased())
    return try await read { [unreadable] db in
      try db.rows(
        "SELECT id, institution FROM institutions WHERE instr(found_by, ?) > 0 ORDER BY name, id LIMIT ?",
        [wanted, max(0, limit)]
      ).compactMap { row in
        try unreadable.value(of: "institutions \(row["id"] as String)") { try readInstitution(row) }
      }
    }
  }

  public func institution(ofDomain domain: DomainName) async throws -> Institution? {
    try await read { db in
      for name in [domain, domain.registrable].compactMap({ $0 }) {
        let row = try db.row(
          """
          SELECT i.institution FROM institution_domains d JOIN institutions i ON i.id = d.institution
          WHERE d.domain = ? ORDER BY i.name, i.id LIMIT 1
          """, [name.name])
        if let row { return try readInstitution(row) }
      }
      return nil
    }
  }

  public func save(_ institution: Institution) async throws {
    let json = try JSONText.of(institution)
    let id = Packed.text(institution.id)
    let name = Packed.text(institution.name)
    let domains = institution.domains.map { $0.name }
    let contacts = institution.contacts.map { Packed.text($0.asciiLowered) }
    let foundBy = Packed.text(
      ([institution.name] + domains + institution.contacts).joined(separator: "\n").lowercased())
    try await write { db in
      try db.run(
        """
        INSERT INTO institutions (id, name, found_by, institution) VALUES (?, ?, ?, ?) ON CONFLICT (id)
        DO UPDATE SET name = excluded.name, found_by = excluded.found_by, institution = excluded.institution
        """, [id, name, foundBy, json])
      try db.run("DELETE FROM institution_contacts WHERE institution = ?", [id])
      for contact in contacts {
        try db.run("INSERT OR IGNORE INTO institution_contacts (address, institution) VALUES (?, ?)", [contact, id])
      }
      try db.run("DELETE FROM institution_domains WHERE institution = ?", [id])
      for domain in domains {
        try db.run("INSERT OR IGNORE INTO institution_domains (domain, institution) VALUES (?, ?)", [domain, id])
      }
    }
  }

  public func isKnown(address: String) async throws -> Bool {
    let proof = try JSONText.of(TicketEvent.addressProven(email: address)).asciiLowered
    let address = Packed.text(address.asciiLowered)
    return try await read { db in
      try db.number(
        """
        SELECT EXISTS (SELECT 1 FROM institution_contacts WHERE address = ?)
          OR EXISTS (SELECT 1 FROM events
            WHERE substr(event, 1, 16) = '{"addressProven"' AND lower(event) = ?)
        """, [address, proof]) == 1
    }
  }

  public func savedReplies() async throws -> [SavedReply] {
    try await read { db in
      try db.rows("SELECT * FROM saved_replies ORDER BY title, id").map {
        SavedReply(id: $0.packed("id"), title: $0.packed("title"), text: $0.packed("text"))
      }
    }
  }

  public func save(_ reply: SavedReply) async throws {
    try await write { db in
      try db.run(
        """
        INSERT INTO saved_replies (id, title, text) VALUES (?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET title = excluded.title, text = excluded.text
        """, [Packed.text(reply.id), Packed.text(reply.title), Packed.text(reply.text)])
    }
  }

  public func deleteSavedReply(_ id: String) async throws {
    try await write { db in try db.run("DELETE FROM saved_replies WHERE id = ?", [Packed.text(id)]) }
  }

  public func setting(_ key: String) async throws -> Setting? {
    try await read { db in
      try db.row("SELECT * FROM settings WHERE key = ?", [Packed.text(key)]).map { readSetting($0) }
    }
  }

  public func settings() async throws -> [Setting] {
    try await read { db in try db.rows("SELECT * FROM settings ORDER BY key").map { readSetting($0) } }
  }

  public func save(_ setting: Setting) async throws {
    let values: StatementArguments = [
      Packed.text(setting.key), Packed.text(setting.json), Packed.text(setting.changedBy), setting.changedAt.seconds,
    ]
    try await write { db in
      try db.run(
        """
        INSERT INTO settings (key, json, changed_by, changed_at) VALUES (?, ?, ?, ?) ON CONFLICT (key)
        DO UPDATE SET json = excluded.json, changed_by = excluded.changed_by, changed_at = excluded.changed_at
        """, values)
      try db.run("INSERT INTO settings_history (key, json, changed_by, changed_at) VALUES (?, ?, ?, ?)", values)
    }
  }
}

private func readAccount(_ row: Row) throws -> Account {
  try JSONText.read(Account.self, row["account"], at: "accounts \(row["id"] as String)")
}

private func readInstitution(_ row: Row) throws -> Institution {
  try JSONText.read(Institution.self, row["institution"], at: "institutions")
}

private func readSetting(_ row: Row) -> Setting {
  Setting(
    key: row.packed("key"), json: row.packed("json"), changedBy: row.packed("changed_by"),
    changedAt: row.instant("changed_at"))
}
