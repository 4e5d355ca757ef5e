public import Desk
public import SOP

extension MemoryStore {
  public func claim(limit: Int, now: Instant, lease: Int64) -> [ClaimedLetter] {
    for place in outbox.indices where outbox[place].state == .sending {
      guard let until = outbox[place].leaseUntil, until <= now else { continue }
      outbox[place].state = .uncertain
      outbox[place].leaseUntil = nil
      outbox[place].detail = "lease_expired"
      outbox[place].changedAt = now
      if let followUp = Dispatcher.followUp(for: outbox[place].letter, after: .uncertain(detail: "lease_expired")) {
        order(followUp)
      }
    }
    let due = outbox.indices.filter { outbox[$0].state == .queued && (outbox[$0].nextAt ?? .never) <= now }
      .sorted { (outbox[$0].nextAt ?? .never, $0) < (outbox[$1].nextAt ?? .never, $1) }
    return due.prefix(max(0, limit)).map { place in
      outbox[place].state = .sending
      outbox[place].nextAt = nil
      outbox[place].lease += 1
      outbox[place].leaseUntil = now.adding(seconds: lease)
      outbox[place].attempts += 1
      outbox[place].changedAt = now
      let row = outbox[place]
      return ClaimedLetter(letter: row.letter, attempt: row.attempts, lease: row.lease)
    }
  }

  public func record(_ outcome: SendOutcome, for claim: ClaimedLetter, followUp: FollowUp?, now: Instant) -> Bool {
    guard let place = outbox.firstIndex(where: { $0.letter.id == claim.letter.id }),
      outbox[place].state == .sending, outbox[place].lease == claim.lease
    else { return false }
    switch outcome {
    case .accepted(let detail): move(place, to: .sent, detail, now)
    case .failed(let detail): move(place, to: .failed, detail, now)
    case .uncertain(let detail): move(place, to: .uncertain, detail, now)
    case .later(let at, let detail):
      move(place, to: .queued, detail, now)
      outbox[place].nextAt = at
    }
    if let followUp { order(followUp) }
    return true
  }

  public func recordLate(
    _ state: LetterState, detail: String, letter id: String, followUp: FollowUp?, now: Instant
  ) {
    guard let place = outbox.firstIndex(where: { $0.letter.id == id }), rank(state) > rank(outbox[place].state)
    else { return }
    move(place, to: state, detail, now)
    if let followUp { order(followUp) }
  }

  public func earliestLetter() -> Instant? { outbox.filter { $0.state == .queued }.compactMap { $0.nextAt }.min() }

  public func letter(_ id: String) -> OutboxLine? { outbox.first { $0.letter.id == id }.map { line($0) } }

  public func letters(of ticket: TicketNumber) -> [OutboxLine] {
    outbox.filter { $0.letter.ticket == ticket }.map { line($0) }
  }

  public func outboxPage(state: LetterState?, after: String?, limit: Int) -> [OutboxLine] {
    let end = after.flatMap { id in outbox.firstIndex { $0.letter.id == id } } ?? outbox.count
    return outbox[..<end].reversed().filter { state == nil || $0.state == state }.prefix(max(0, limit))
      .map { line($0) }
  }

  public func outboxCounts() -> [LetterState: Int] {
    outbox.reduce(into: [:]) { $0[$1.state, default: 0] += 1 }
  }

  public func sendAgain(_ id: String, by performer: Performer, now: Instant) -> Bool {
    guard let place = outbox.firstIndex(where: { $0.letter.id == id }),
      [.failed, .uncertain, .withheld].contains(outbox[place].state)
    else { return false }
    outbox[place].state = .queued
    outbox[place].nextAt = now
    outbox[place].attempts = 0
    outbox[place].changedAt = now
    commands.append(
      CommandLogEntry(at: now, ticket: outbox[place].letter.ticket, command: "sendAgain", by: performer))
    return true
  }

  public func release(_ id: String, within limits: [Ration.Limit], now: Instant) -> Bool {
    guard let place = outbox.firstIndex(where: { $0.letter.id == id }), outbox[place].state == .withheld,
      takeRation(limits, now: now) == nil
    else { return false }
    outbox[place].state = .queued
    outbox[place].nextAt = now
    outbox[place].detail = nil
    outbox[place].changedAt = now
    commands.append(
      CommandLogEntry(at: now, ticket: outbox[place].letter.ticket, command: "releaseLetter", by: .machine))
    return true
  }

  private func move(_ place: Int, to state: LetterState, _ detail: String, _ now: Instant) {
    outbox[place].state = state
    outbox[place].nextAt = nil
    outbox[place].leaseUntil = nil
    outbox[place].detail = detail
    outbox[place].changedAt = now
  }

  private func rank(_ state: LetterState) -> Int {
    switch state {
    case .held, .withheld, .queued: 0
    case .sending: 1
    case .uncertain: 2
    case .sent: 3
    case .delivered, .failed: 4
    }
  }

  private func line(_ row: OutboxRow) -> OutboxLine {
    OutboxLine(
      letter: row.letter, state: row.state, attempts: row.attempts, nextAttemptAt: row.nextAt, detail: row.detail,
      changedAt: row.changedAt)
  }
}
