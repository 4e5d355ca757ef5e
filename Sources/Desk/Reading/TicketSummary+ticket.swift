public import SOP

extension TicketSummary {
  /// The summary of a ticket: every store writes exactly this, and `sigap verify` compares with it.
  public init(of ticket: Ticket, changedAt: Instant) {
    let complaint = ticket.complaint
    let visit = ticket.visit
    let nextDue = ticket.nextDue
    let order = ticket.isClosed ? -changedAt.seconds : (visit?.deadline?.dueAt ?? nextDue ?? .never).seconds
    self.init(
      number: ticket.number, version: ticket.version, stage: ticket.stage, turn: ticket.turn,
      pause: ticket.pause?.reason, closure: ticket.closure?.kind, holder: ticket.holder, domain: complaint.domain,
      host: complaint.host, category: complaint.category, channel: complaint.channel,
      requesterName: complaint.requester.name, requesterEmail: complaint.requester.email,
      institution: complaint.requester.institution, problem: TicketSummary.problem(of: ticket),
      receivedAt: complaint.receivedAt, enteredAt: visit?.enteredAt ?? complaint.receivedAt, budget: visit?.budget,
      deadline: ticket.isClosed ? nil : visit?.deadline, lapsedAt: visit?.lapsedAt, escalatedAt: ticket.escalatedAt,
      nextDue: nextDue, order: order, changedAt: changedAt, unread: ticket.awaitsReading,
      possiblyRelated: !(complaint.possiblyRelated ?? []).isEmpty)
  }

  /// At most 160 scalars of one line.
  private static func problem(of ticket: Ticket) -> String {
    let candidates = [ticket.check?.problem, ticket.complaint.subject, ticket.complaint.text]
    for candidate in candidates {
      let line = (candidate ?? "").firstLine(limit: 160)
      if !line.isEmpty { return line }
    }
    return ""
  }
}

extension String {
  /// The first line that holds more than white space, control characters as spaces, at most `limit` scalars.
  public func firstLine(limit: Int) -> String {
    var out = String.UnicodeScalarView()
    var count = 0
    for scalar in unicodeScalars {
      let isBreak = scalar == "\n" || scalar == "\r" || scalar == "\u{2028}" || scalar == "\u{2029}"
      if isBreak {
        if count > 0 { break }
        continue
      }
      let isSpace = scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
      if isSpace && count == 0 { continue }
      out.append(isSpace ? " " : scalar)
      count += 1
      if count >= limit { break }
    }
    while out.last == " " { out.removeLast() }
    return String(out)
  }
}
