import Desk
import GRDB
import SOP

/// A `TicketSummary` as a row of `tickets`.
enum SummaryColumns {
  private static let names = [
    "number", "version", "stage", "turn", "pause", "closure", "holder", "holder_name", "domain", "host", "category",
    "channel", "requester_name", "requester_email", "institution", "problem", "received_at", "entered_at", "budget",
    "half_at", "near_at", "due_at", "lapsed_at", "next_due", "sort_order", "changed_at", "unread",
    "possibly_related",
    "escalated_at",
  ]
  static let list = names.joined(separator: ", ")

  static let insert =
    "INSERT INTO tickets (\(list)) VALUES (\(names.map { _ in "?" }.joined(separator: ", "))) ON CONFLICT DO NOTHING"
  static let update =
    "UPDATE tickets SET \(names.map { "\($0) = ?" }.joined(separator: ", ")) WHERE number = ? AND version = ?"

  static func arguments(_ s: TicketSummary) -> StatementArguments {
    [
      s.number.description, s.version, s.stage.rawValue, s.turn?.rawValue, s.pause?.rawValue, s.closure?.rawValue,
      s.holder?.account, Packed.textIfAny(s.holder?.name), s.domain?.name, s.host?.name, s.category?.rawValue,
      s.channel.rawValue, Packed.text(s.requesterName), Packed.textIfAny(s.requesterEmail),
      Packed.textIfAny(s.institution),
      Packed.text(s.problem), s.receivedAt.seconds, s.enteredAt.seconds, s.budget, s.deadline?.halfAt.seconds,
      s.deadline?.nearAt.seconds, s.deadline?.dueAt.seconds, s.lapsedAt?.seconds, s.nextDue?.seconds, s.order,
      s.changedAt.seconds, s.unread, s.possiblyRelated, s.escalatedAt?.seconds,
    ]
  }

  static func summary(_ row: Row) throws -> TicketSummary {
    guard let stage = Stage(rawValue: row["stage"] as Int) else { throw StoreFault.unreadable("tickets.stage") }
    return TicketSummary(
      number: try row.ticketNumber("number"), version: row["version"], stage: stage,
      turn: try row.valueIfAny(Party.self, "turn"), pause: try row.valueIfAny(Pause.Reason.self, "pause"),
      closure: try row.valueIfAny(Closure.Kind.self, "closure"), holder: holder(row),
      domain: try row.domainIfAny("domain"), host: try row.domainIfAny("host"),
      category: try row.valueIfAny(SOP.Category.self, "category"),
      channel: try row.value(ContactChannel.self, "channel"), requesterName: row.packed("requester_name"),
      requesterEmail: row.packedIfAny("requester_email"), institution: row.packedIfAny("institution"),
      problem: row.packed("problem"), receivedAt: row.instant("received_at"), enteredAt: row.instant("entered_at"),
      budget: row["budget"], deadline: try deadline(row), lapsedAt: row.instantIfAny("lapsed_at"),
      escalatedAt: row.instantIfAny("escalated_at"), nextDue: row.instantIfAny("next_due"), order: row["sort_order"],
      changedAt: row.instant("changed_at"),
      unread: row["unread"], possiblyRelated: row["possibly_related"])
  }

  private static func holder(_ row: Row) -> Officer? {
    guard let account = row["holder"] as String?, let name = row.packedIfAny("holder_name") else { return nil }
    return Officer(account: account, name: name)
  }

  /// `Deadline` is made from hours and a budget only; its three instants are read back as they were coded.
  private static func deadline(_ row: Row) throws -> Deadline? {
    guard let half = row["half_at"] as Int64?, let near = row["near_at"] as Int64?, let due = row["due_at"] as Int64?
    else { return nil }
    return try JSONText.read(
      Deadline.self, "{\"halfAt\":\(half),\"nearAt\":\(near),\"dueAt\":\(due)}", at: "tickets.due_at")
  }
}
