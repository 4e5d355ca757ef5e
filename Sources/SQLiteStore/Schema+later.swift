/// Tables that came after the first release of the schema.
extension Schema {
  /// Files that came by a form and are named by no event yet.
  static let uploads = """
    CREATE TABLE uploads (sha256 TEXT NOT NULL PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE INDEX uploads_age ON uploads (at);
    """

  /// `isKnown(address:)`. The first index holds the proofs of addresses of all tickets, and nothing of other events: whole
  /// texts, for an index may not call the functions of JSON (`trusted_schema` is off).
  static let knownAddresses = """
    CREATE INDEX events_proven ON events (lower(event)) WHERE substr(event, 1, 16) = '{"addressProven"';
    CREATE TABLE institution_contacts (
      address TEXT NOT NULL,
      institution TEXT NOT NULL REFERENCES institutions (id),
      PRIMARY KEY (address, institution)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX institution_contacts_owner ON institution_contacts (institution);
    INSERT OR IGNORE INTO institution_contacts (address, institution)
      SELECT lower(contact.value), i.id FROM institutions i, json_each(i.institution, '$.contacts') contact;
    """
}
