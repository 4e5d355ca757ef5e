import Desk
import SOP
import Wording

extension TicketPage {
  /// Who holds it, who asks, which domain, what else there is of it, and what happened.
  func contextValue(of name: String) -> Shown? {
    let requester = ticket.complaint.requester
    switch name {
    case "holder": return .text(ticket.holder?.name)
    case "holderAccount": return .text(ticket.holder?.account)
    case "isMine": return .flag(ticket.holder?.account == view.person.id)
    case "isOpen": return .flag(!ticket.isClosed)
    case "takeLink": return .link(Link("/meja/tiket", view.number, "taking"))
    case "releaseLink": return .link(Link("/meja/tiket", view.number, "release"))
    case "institution": return .text(requester.institution)
    case "position": return .text(requester.position)
    case "email": return .text(requester.email)
    case "emailProven": return .flag(requester.emailProven)
    case "phone": return .text(requester.phone)
    case "awaitsProof": return .flag(ticket.addressAwaitsProof)
    case "proofLink": return .link(Link("/meja/tiket", view.number, "proof"))
    case "awaitsReading": return .flag(ticket.awaitsReading && hasNews)
    case "seenLink": return .link(Link("/meja/tiket", view.number, "seen"))
    case "domain": return .text(ticket.complaint.domain?.name)
    case "host": return .text(ticket.complaint.host?.name)
    case "category": return .text(ticket.complaint.category?.codedLabel(language))
    case "since": return .text(ticket.complaint.since)
    case "received": return .text(view.dates.relative(ticket.complaint.receivedAt, now: view.now))
    case "neighbours": return .rows(view.neighbours.map { NeighbourRow(summary: $0, language: language) })
    case "hasNeighbours": return .flag(!view.neighbours.isEmpty)
    case "related": return .rows(view.related.map { NeighbourRow(summary: $0, language: language) })
    case "hasRelated": return .flag(!view.related.isEmpty)
    case "timeline": return .rows(timeline)
    case "oversightLink": return .link(view.isSupervisor ? Link("/pengawas/tiket", view.number) : nil)
    default: return nil
    }
  }

  func correctionValue(of name: String) -> Shown? {
    let form = filled("correction")
    switch name {
    case "correctionLink": return .link(Link("/meja/tiket", view.number, "correction"))
    case "correctionDraftLink": return .link(Link("/meja/tiket", view.number, "draf", "correction"))
    case "correctionOpen": return .flag(form.isTouched)
    case "betulDomain":
      return .part(form.line("betul-domain", ticket.complaint.domain?.name ?? "", required: false, limit: 253))
    case "betulHost":
      return .part(form.line("betul-host", ticket.complaint.host?.name ?? "", required: false, limit: 253))
    case "betulInstansi":
      return .part(
        form.line("betul-instansi", ticket.complaint.requester.institution ?? "", required: false, limit: 300))
    case "betulNama":
      return .part(form.line("betul-nama", ticket.complaint.requester.name, required: false, limit: 200))
    default: return addressValue(of: name)
    }
  }

  /// Somebody wrote after the complaint itself, which the check takes up.
  private var hasNews: Bool {
    view.history.contains {
      switch $0.event {
      case .requesterWrote, .registryWrote, .disputed: true
      case .noteAdded(let message): message.inbound != nil
      default: false
      }
    }
  }

  private func addressValue(of name: String) -> Shown? {
    let form = filled("address")
    switch name {
    case "addressLink": return .link(Link("/meja/tiket", view.number, "address"))
    case "addressDraftLink": return .link(Link("/meja/tiket", view.number, "draf", "address"))
    case "addressOpen": return .flag(form.isTouched)
    case "surelBaru": return .part(form.line("surel-baru", limit: 320))
    case "alasanAlamat": return .part(form.line("alasan-alamat", limit: 2_000))
    default: return nil
    }
  }

  private var timeline: [TimelineEntry] {
    view.history.compactMap { recorded in
      Timeline.sentence(for: recorded, language, reader: .team, zone: view.dates.zone)
        .map { TimelineEntry(at: view.dates.full(recorded.at), sentence: $0) }
    }
  }
}

struct NeighbourRow: PageValue {
  let summary: TicketSummary
  let language: Language

  func value(of name: String) -> Shown? {
    switch name {
    case "neighbourLink": .link(Link("/meja/tiket", summary.number.description))
    case "neighbourNumber": .text(summary.number.description)
    case "neighbourProblem": .text(summary.problem)
    case "neighbourState": .text(summary.state(language))
    default: nil
    }
  }
}

/// One line of a ticket's history.
struct TimelineEntry: PageValue {
  let at: String
  let sentence: String

  func value(of name: String) -> Shown? {
    switch name {
    case "at": .text(at)
    case "sentence": .text(sentence)
    default: nil
    }
  }
}
