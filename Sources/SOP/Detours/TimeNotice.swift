/// The clock strikes: warnings at 50 % and 80 %, lapse at 100 %, and the ends of waiting.
///
/// Whoever comes first, the clockwork or any other command, tells what is due; each mark is told once and dated at
/// its own instant.
extension Deliberation {
  mutating func tellTime() {
    while !ticket.isClosed, let next = ticket.visit?.nextMark, next.at <= now {
      let id = nextID
      let stage = ticket.stage
      record(.clockTold(mark: next.mark, at: next.at))
      if next.mark == .lapse { send(.lapseNotice(stage: stage, dueAt: next.at), to: .supervisor, id: id) }
    }
  }

  mutating func noticeTime() {
    guard !ticket.isClosed else { return }
    if let pause = ticket.pause {
      if let end = pause.expiresAt, end <= now { self.end(.notCompleted, at: end, note: nil) }
    } else if ticket.stage == .confirmation, let end = ticket.confirmationClosesAt, end <= now {
      self.end(.silence, at: end, note: nil)
    }
  }
}
