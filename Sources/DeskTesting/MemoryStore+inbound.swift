public import Desk
public import Foundation
public import SOP

extension MemoryStore {
  enum Former {
    case none
    case settledAlready(TicketNumber?)
    case sameMessage(TicketNumber?)
  }

  public func receive(_ drafts: [InboundDraft], advancing cursor: MailboxCursor?) throws -> [InboundReceipt] {
    var receipts: [InboundReceipt] = []
    for draft in drafts {
      if let key = draft.key, let first = inboundRows.first(where: { $0.item.key == key }) {
        receipts.append(InboundReceipt(id: first.item.id, isNew: false))
        continue
      }
      guard place(draft.id) == nil else { throw Misuse(what: "inbound id twice") }
      for file in draft.files { fileBytes[file.sha256] = file.bytes }
      inboundRows.append(InboundRow(item: draft))
      receipts.append(InboundReceipt(id: draft.id, isNew: true))
    }
    if let cursor { cursors[cursor.mailbox] = cursor }
    return receipts
  }

  public func takeWaiting(limit: Int, now: Instant) -> [InboundItem] {
    var taken: [Int] = []
    var bytes = 0
    for place in inboundRows.indices where inboundRows[place].settlement == nil && taken.count < limit {
      let wasAttempted = inboundRows[place].attempts > 0
      bytes += inboundRows[place].item.raw.count
      if (wasAttempted || bytes > InboundItem.batchBytes) && !taken.isEmpty { break }
      taken.append(place)
      if wasAttempted { break }
    }
    for place in taken { inboundRows[place].attempts += 1 }
    return taken.map { item(inboundRows[$0]) }
  }

  public func inbound(_ id: String) -> InboundItem? { place(id).map { item(inboundRows[$0]) } }

  public func settle(_ settlement: Settlement, now: Instant) throws -> Bool {
    switch try former(of: settlement) {
    case .none:
      settle(settlement)
      return true
    case .settledAlready: return false
    case .sameMessage(let ticket):
      settleAsDuplicate(settlement, of: ticket)
      return false
    }
  }

  public func giveBack(_ ids: [String]) {
    for place in ids.compactMap({ place($0) }) where inboundRows[place].attempts > 0 {
      inboundRows[place].attempts -= 1
    }
  }

  public func replay(_ id: String, by performer: Performer, now: Instant) -> Bool {
    guard let place = place(id), let kind = inboundRows[place].settlement?.outcome.kind else { return false }
    switch kind {
    case .opened, .appended, .registryReply: return false
    case .quarantined, .automatic, .bounce, .duplicate, .discarded: break
    }
    inboundRows[place].settlement = nil
    inboundRows[place].attempts = 0
    return true
  }

  public func refill(_ id: String, raw: Data) -> Bool {
    guard let place = place(id), let kind = inboundRows[place].settlement?.outcome.kind,
      kind == .quarantined || kind == .discarded, InboundItem.incomplete.contains(inboundRows[place].item.trouble ?? "")
    else { return false }
    let old = inboundRows[place].item
    inboundRows[place].item = InboundDraft(
      id: old.id, source: old.source, key: old.key, receivedAt: old.receivedAt, raw: raw, files: old.files)
    return true
  }

  public func mailboxCursor(_ mailbox: String) -> MailboxCursor? { cursors[mailbox] }

  public func inboundPage(outcome: InboundOutcome.Kind?, after: String?, limit: Int) -> [InboundLine] {
    let end = after.flatMap { place($0) } ?? inboundRows.count
    return inboundRows[..<end].reversed().filter { outcome == nil || $0.settlement?.outcome.kind == outcome }
      .prefix(max(0, limit)).map { row in
        InboundLine(
          id: row.item.id, source: row.item.source, receivedAt: row.item.receivedAt, size: row.item.raw.count,
          sender: row.settlement?.sender, subject: row.settlement?.subject, outcome: row.settlement?.outcome,
          attempts: row.attempts)
      }
  }

  public func inboundCounts() -> [InboundOutcome.Kind: Int] {
    inboundRows.compactMap { $0.settlement?.outcome.kind }.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  // MARK: Settling

  func former(of settlement: Settlement) throws -> Former {
    guard let place = place(settlement.inbound) else { throw Misuse(what: "nobody received \(settlement.inbound)") }
    if let outcome = inboundRows[place].settlement?.outcome {
      switch outcome.kind {
      case .quarantined: break
      case .automatic, .bounce, .discarded: if !settlement.overrules { return .settledAlready(outcome.ticket) }
      case .opened, .appended, .registryReply, .duplicate: return .settledAlready(outcome.ticket)
      }
    }
    guard let fingerprint = settlement.fingerprint, settlement.outcome.kind != .duplicate else { return .none }
    let first = inboundRows.compactMap { $0.settlement }.first {
      $0.fingerprint == fingerprint && $0.outcome.kind != .duplicate && $0.inbound != settlement.inbound
    }
    return first.map { .sameMessage($0.outcome.ticket) } ?? .none
  }

  func settle(_ settlement: Settlement) {
    if let place = place(settlement.inbound) { inboundRows[place].settlement = settlement }
  }

  func settleAsDuplicate(_ settlement: Settlement, of ticket: TicketNumber?) {
    settle(
      Settlement(
        inbound: settlement.inbound,
        outcome: InboundOutcome(kind: .duplicate, ticket: ticket, reasons: ["same_fingerprint"]),
        fingerprint: settlement.fingerprint, sender: settlement.sender, subject: settlement.subject))
  }

  private func place(_ id: String) -> Int? { inboundRows.firstIndex { $0.item.id == id } }

  private func item(_ row: InboundRow) -> InboundItem {
    InboundItem(
      id: row.item.id, source: row.item.source, receivedAt: row.item.receivedAt, raw: row.item.raw,
      trouble: row.item.trouble, attempts: row.attempts, outcome: row.settlement?.outcome, key: row.item.key)
  }
}
