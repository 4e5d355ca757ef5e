import Desk
import GRDB
import SOP

/// Every text that is read back somewhere, read back: what lists and services pass over is named here.
func checkTexts(_ db: Database, _ report: inout Verification) throws {
  try check("followups", "id", db, &report) {
    _ = try JSONText.read(FollowUp.self, $0["followup"], at: "followup")
  }
  try check("outbox", "id", db, &report) { _ = try OutboxColumns($0).letter() }
  try check("inbound", "id", db, &report) { _ = try InboundRows.line($0) }
  try check("commands", "id", db, &report) { _ = try CommandRows.entry($0) }
  try check("accounts", "id", db, &report) { _ = try JSONText.read(Account.self, $0["account"], at: "account") }
  try check("institutions", "id", db, &report) {
    _ = try JSONText.read(Institution.self, $0["institution"], at: "institution")
  }
  try check("api_tokens", "digest", db, &report) { _ = try JSONText.read(APIToken.self, $0["token"], at: "token") }
  let broken = try Row.fetchAll(db, sql: "SELECT key FROM settings WHERE NOT json_valid(json) LIMIT 100")
  for row in broken { report.found("settings \(row["key"] as String): unreadable") }
}

private func check(
  _ table: String, _ key: String, _ db: Database, _ report: inout Verification, _ read: (Row) throws -> Void
) throws {
  let rows = try Row.fetchCursor(db, sql: "SELECT * FROM \(table)")
  while let row = try rows.next() {
    do {
      try read(row)
    } catch StoreFault.unreadable(let what) {
      let value: DatabaseValue = row[key]
      report.found("\(table) \(String.fromDatabaseValue(value) ?? value.description): unreadable \(what)")
    }
  }
}
