// The fields of each section of a report, in the order they are printed (`ReportSection.fields`).

import Desk
import SOP
import Wording

extension ReportAccount {
  /// What stands beside a field of a section; `nil` or empty: nobody gave it.
  func text(of field: ReportField, in section: ReportSection) -> String? {
    switch section {
    case .head: head(field)
    case .requester: requester(field)
    case .domain: domain(field)
    case .description: description(field)
    case .check: check(field)
    case .decision: ticket.analysis.flatMap { decision(field, $0) }
    case .registry: handedOff.flatMap { registry(field, $0.found.packet, sentAt: $0.at, dueAt: $0.found.dueAt) }
    case .answer: ticket.answer.flatMap { answer(field, $0) }
    case .closing: closing(field)
    case .attachments, .time, .history: nil
    }
  }

  private var complaint: Complaint { report.complaint }

  private func head(_ field: ReportField) -> String? {
    switch field {
    case .reportNumber: report.number
    case .ticketNumber: ticket.number.description
    case .receivedAt: dates.full(complaint.receivedAt)
    case .channel: complaint.channel.label(language)
    case .receivedBy: complaint.enteredBy?.name ?? Party.machine.label(language)
    case .legalBases:
      bases.valid(on: dates.zone.local(report.issuedAt).day).map { "• " + $0.title }.joined(separator: "\n")
    default: nil
    }
  }

  private func requester(_ field: ReportField) -> String? {
    let requester = complaint.requester
    return switch field {
    case .requesterName: requester.name
    case .position: requester.position
    case .institutionKind: requester.institutionKind?.label(language)
    case .institution: report.check.institution ?? requester.institution
    case .email: requester.email
    case .phone: requester.phone
    case .authority: report.check.authority.label(language)
    case .authorityNote: report.check.authorityNote
    default: nil
    }
  }

  private func domain(_ field: ReportField) -> String? {
    let name = report.check.domain ?? complaint.domain
    switch field {
    case .domain: return name?.name
    case .host: return (report.check.host ?? complaint.host)?.name
    case .zone:
      return (name?.registrable?.name.utf8.split(separator: 46).dropFirst())
        .map { labels in labels.map { String(decoding: Array($0), as: UTF8.self) }.joined(separator: ".") }
    default: return nil
    }
  }

  private func description(_ field: ReportField) -> String? {
    switch field {
    case .category: report.check.category.codedLabel(language)
    case .subject: complaint.subject
    case .text: complaint.text
    case .since: report.check.since ?? complaint.since
    case .problem: report.check.problem
    default: nil
    }
  }

  private func check(_ field: ReportField) -> String? {
    switch field {
    case .checkedAt: dates.full(report.issuedAt)
    case .checkedBy: report.preparedBy?.name ?? checked?.by.name
    case .problem: report.check.problem
    default: nil
    }
  }

  private func decision(_ field: ReportField, _ decision: AnalysisDecision) -> String? {
    let (action, basis): (String?, String?) =
      switch decision.way {
      case .registryExecutes(let packet): (packet.action, packet.evidence)
      case .teamExecutes(let action, let reason): (action, reason)
      case .referred(let referral): ("\(referral.owner)\n\(referral.contact)", referral.proof)
      case .declined(let reason): (nil, reason)
      case .duplicate(let original): (original.description, nil)
      case .incomplete(let missing): (missing, nil)
      }
    return switch field {
    case .cause: decision.cause
    case .decision: decision.kind.label(language)
    case .basis: basis
    case .action: action
    case .analysedBy: analysed?.by.name
    default: nil
    }
  }

  private func registry(
    _ field: ReportField, _ packet: HandoffPacket, sentAt: Instant, dueAt: Instant
  ) -> String? {
    switch field {
    case .action:
      [packet.action + " – " + packet.domain.name, packet.wanted].filter { !$0.isEmpty }.joined(separator: "\n")
    case .sentAt: dates.full(sentAt)
    case .due: dates.full(dueAt)
    case .repliedAt: replied.map { dates.full($0.at) }
    case .result: ticket.registryReply?.result.label(language)
    case .reference: ticket.registryReply?.reference
    case .reply: ticket.registryReply?.text
    default: nil
    }
  }

  private func answer(_ field: ReportField, _ answer: Answer) -> String? {
    switch field {
    case .outcome: answer.outcome.label(language)
    case .answer: answer.text
    case .work: answer.work
    case .answerChannel: answerChannel?.label(language)
    case .answeredAt: answered.map { dates.full($0.at) }
    case .deliveryState: answerDelivery
    default: nil
    }
  }

  private func closing(_ field: ReportField) -> String? {
    switch field {
    case .closing: ticket.closure?.kind.label(language) ?? language.choose("Belum ditutup", "Not closed yet")
    case .closedAt: ticket.closure.map { dates.full($0.at) }
    case .note: ticket.closure?.note
    case .appeal: ReportWords.appeal(language)
    default: nil
    }
  }
}
