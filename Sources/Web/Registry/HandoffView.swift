// One hand-off as the registry may see it.
//
// Made of a ticket and its history; leaves out everything that is not the registry's: the requester's thread and
// data, internal notes, other packets' letters. A page of the registry shows nothing of a ticket but this.

import SOP
import Wording

/// The packet, what became of it, and the registry's own wall.
struct HandoffView: Sendable {
  /// Where the packet stands.
  enum Standing: Sendable, Equatable {
    /// Waits for the registry's answer.
    case open
    case answered
    /// The team took it back or sent a newer packet.
    case outdated
    case closed
    /// The signed link is older than `lifetime`; the registry's own desk still shows it.
    case expired
  }

  struct Reply: Sendable, Equatable {
    let reply: RegistryReply
    let at: Instant
    let by: Performer
  }

  struct Said: Sendable, Equatable {
    let message: Message
    let at: Instant
  }

  let number: TicketNumber
  let handoff: Handoff
  let sentAt: Instant?
  let acknowledgedAt: Instant?
  let reply: Reply?
  let wall: [Said]
  let standing: Standing
  /// Seconds of service of the running clock; `nil` unless it waits for the registry.
  let budget: Int64?
  let report: ComplaintReport?
  let cause: String?
  /// May the registry still write to the team about it?
  let takesMessages: Bool

  /// How long after its due instant a signed link takes an answer, in seconds.
  static let lifetime: Int64 = 30 * 86_400

  /// `nil` when the ticket never had this packet.
  /// - Parameter byLink: the reader came by the signed link and not through the registry's desk.
  init?(of ticket: Ticket, history: [RecordedEvent], ordinal: Int, byLink: Bool, now: Instant) {
    let walk = Walk(history, ordinal: ordinal)
    guard let handoff = walk.handoff else { return nil }
    number = ticket.number
    self.handoff = handoff
    sentAt = walk.sentAt
    acknowledgedAt = walk.acknowledgedAt
    reply = walk.reply
    wall = walk.wall
    report = ticket.report
    cause = ticket.analysis?.cause
    let isCurrent = !ticket.isClosed && ticket.stage == .registry && ticket.visit?.ordinal == ordinal
    let isExpired = byLink && now > handoff.dueAt.adding(seconds: HandoffView.lifetime)
    if isCurrent {
      standing = isExpired ? .expired : .open
    } else if walk.reply != nil {
      standing = .answered
    } else {
      standing = ticket.isClosed ? .closed : .outdated
    }
    budget = standing == .open ? ticket.visit?.budget : nil
    takesMessages = standing == .open || (!byLink && !ticket.isClosed)
  }

  /// What the history tells about one packet.
  private struct Walk {
    var handoff: Handoff?
    var sentAt: Instant?
    var acknowledgedAt: Instant?
    var reply: Reply?
    var wall: [Said] = []
    private var isInside = false
    private var isOver = false

    init(_ history: [RecordedEvent], ordinal: Int) {
      for recorded in history { take(recorded, ordinal) }
    }

    private mutating func take(_ recorded: RecordedEvent, _ ordinal: Int) {
      switch recorded.event {
      case .handedOff(let handoff):
        isInside = handoff.ordinal == ordinal
        if isInside {
          self.handoff = handoff
          sentAt = recorded.at
        } else if self.handoff != nil {
          isOver = true
        }
      case .handoffAcknowledged where isInside: acknowledgedAt = recorded.at
      case .registryReplied(let reply) where isInside:
        self.reply = Reply(reply: reply, at: recorded.at, by: recorded.by)
        isInside = false
      // What an unproven sender wrote as if from the registry is not the registry's own.
      case .registryWrote(let message) where !isOver && message.unproven == nil:
        wall.append(Said(message: message, at: recorded.at))
      case .writtenToRegistry(let message) where !isOver: wall.append(Said(message: message, at: recorded.at))
      default: break
      }
    }
  }
}

extension String {
  /// The lines that hold something, at most `limit`.
  func filledLines(limit: Int = 200) -> [String] {
    utf8.split(whereSeparator: { $0 == 10 || $0 == 13 }).prefix(limit)
      .map { String(decoding: Array($0), as: UTF8.self) }
      .filter { line in line.utf8.contains { $0 > 32 } }
  }
}
