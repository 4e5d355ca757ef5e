public import Desk
public import SOP

/// What people call the state of a ticket (domain.md §6.2): the stage, seen together with pauses, decisions and ends.
public enum TicketState: String, Sendable, CaseIterable {
  case received, checking, analysing, waitingForCompletion, waiting, duplicate, atRegistry, registryConfirmed
  case answering, referred, declined, answered, solved, withdrawn, closed, reopened

  public func label(_ language: Language) -> String {
    switch self {
    case .received: language.choose("Diterima", "Received")
    case .checking: language.choose("Pengecekan", "Being checked")
    case .analysing: language.choose("Analisa", "Being analysed")
    case .waitingForCompletion: language.choose("Menunggu kelengkapan", "Waiting for completion")
    case .waiting: language.choose("Menunggu pihak lain", "Waiting for someone else")
    case .duplicate: language.choose("Duplikat", "Duplicate")
    case .atRegistry: language.choose("Diteruskan ke PANDI", "Handed to PANDI")
    case .registryConfirmed: language.choose("Konfirmasi PANDI diterima", "PANDI's confirmation received")
    case .answering: language.choose("Jawaban disiapkan", "Answer being prepared")
    case .referred: language.choose("Dirujuk", "Referred")
    case .declined: language.choose("Ditolak", "Declined")
    case .answered: language.choose("Jawaban disampaikan", "Answered")
    case .solved: language.choose("Selesai", "Solved")
    case .withdrawn: language.choose("Dibatalkan pemohon", "Withdrawn by the requester")
    case .closed: language.choose("Ditutup", "Closed")
    case .reopened: language.choose("Dibuka kembali", "Reopened")
    }
  }

  /// From a row of a queue, which knows neither decision nor history.
  public init(of summary: TicketSummary) {
    self.init(stage: summary.stage, pause: summary.pause, closure: summary.closure)
  }

  /// From the whole ticket: also what was decided, and whether it had come back.
  public init(of ticket: Ticket) {
    let base = TicketState(stage: ticket.stage, pause: ticket.pause?.reason, closure: ticket.closure?.kind)
    switch base {
    case .answering:
      switch ticket.analysis?.kind {
      case .referred: self = .referred
      case .declined: self = .declined
      case .registryExecutes where ticket.registryReply != nil: self = .registryConfirmed
      default: self = .answering
      }
    case .analysing where ticket.answer != nil: self = .reopened
    default: self = base
    }
  }

  private init(stage: Stage, pause: Pause.Reason?, closure: Closure.Kind?) {
    switch (closure, pause) {
    case (.confirmed?, _), (.silence?, _): self = .solved
    case (.withdrawn?, _), (.notCompleted?, _): self = .withdrawn
    case (.overridden?, _): self = .closed
    case (nil, .incomplete?): self = .waitingForCompletion
    case (nil, .duplicate?): self = .duplicate
    case (nil, .waiting?): self = .waiting
    case (nil, nil):
      switch stage {
      case .submission: self = .received
      case .check: self = .checking
      case .analysis: self = .analysing
      case .registry: self = .atRegistry
      case .answer: self = .answering
      case .confirmation: self = .answered
      }
    }
  }
}

extension TicketSummary {
  /// The name of the state, for lists.
  public func state(_ language: Language) -> String { TicketState(of: self).label(language) }
}

extension Ticket {
  /// The name of the state, as exactly as the ticket knows it.
  public func state(_ language: Language) -> String { TicketState(of: self).label(language) }
}
