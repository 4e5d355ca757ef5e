/// A closed ticket comes back at row 3 with a new visit, or at row 2 when it ended before *Laporan Pengaduan*,
/// which row 3 needs, was issued; a requester may also take the complaint back.
extension Deliberation {
  mutating func reopen(_ reason: String) throws(Rejection) {
    guard ticket.isClosed else { throw .notClosed }
    try require(reason, .reason)
    let id = nextID
    record(.reopened(reason: reason))
    enter(ticket.report == nil ? .check : .analysis)
    send(.reopenedNotice, to: .requester, id: id)
  }

  mutating func withdraw(_ reason: String) throws(Rejection) {
    try requireOpen()
    try bound(reason, .reason, limit: 2_000)
    end(.withdrawn, at: now, note: reason.isEmpty ? nil : reason)
  }
}
