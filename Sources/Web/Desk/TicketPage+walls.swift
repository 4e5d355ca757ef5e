import Desk
import SOP
import Wording

extension TicketPage {
  /// The two walls and the notes, each with its composer.
  func wallValue(of name: String) -> Shown? {
    switch name {
    case "requesterWall": return .rows(Conversation.withRequester(view).rows)
    case "registryWall": return .rows(Conversation.withRegistry(view).rows)
    case "hasRegistryWall": return .flag(!Conversation.withRegistry(view).rows.isEmpty)
    case "notes": return .rows(Conversation.notes(view).rows)
    case "channel": return .text(ticket.complaint.channel.label(language))
    case "requesterName": return .text(view.requesterName)
    case "mayWriteRegistry": return .flag(!ticket.isClosed)
    case "opensRegistry":
      return .flag(ticket.handoff != nil || filled("registry-message").isTouched)
    case "reach": return .text(view.reach.sentence(language))
    case "messageButton": return .text(view.reach.messageButton(view.requesterName, language))
    case "registryReach": return .text(view.registryReach.sentence(language))
    case "hasReplies": return .flag(!view.savedReplies.isEmpty)
    case "replies": return .rows(view.savedReplies.map { ReplyRow(reply: $0) })
    case "ticketLink": return .link(Link("/meja/tiket", view.number))
    default: return composerValue(of: name)
    }
  }

  private func composerValue(of name: String) -> Shown? {
    switch name {
    case "messageLink": .link(Link("/meja/tiket", view.number, "message"))
    case "messageDraftLink": .link(Link("/meja/tiket", view.number, "draf", "message"))
    case "pesan": .part(filled("message").area("pesan", rows: 4))
    case "berkas": .part(filled("message").files("berkas"))
    case "registryMessageLink": .link(Link("/meja/tiket", view.number, "registry-message"))
    case "registryDraftLink": .link(Link("/meja/tiket", view.number, "draf", "registry-message"))
    case "pesanRegistri": .part(filled("registry-message").area("pesan-registri", rows: 3))
    // The registry reads files beside its packet; before there is one it has no page of this ticket.
    case "berkasRegistri":
      .part(ticket.handoff == nil ? nil : filled("registry-message").files("berkas-registri"))
    case "noteLink": .link(Link("/meja/tiket", view.number, "note"))
    case "noteDraftLink": .link(Link("/meja/tiket", view.number, "draf", "note"))
    case "catatan": .part(filled("note").area("catatan", rows: 3))
    default: nil
    }
  }
}

struct ReplyRow: PageValue {
  let reply: SavedReply

  func value(of name: String) -> Shown? {
    switch name {
    case "replyID": .text(reply.id)
    case "replyTitle": .text(reply.title)
    case "replyText": .text(reply.text)
    default: nil
    }
  }
}
