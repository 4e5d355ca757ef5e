import SOP

extension ReadMail {
  func complaint(receivedAt: Instant, inbound: String) -> Complaint {
    let reading = ComplaintReading(text: subject + "\n" + text, sender: senderAddress)
    // The procedure refuses longer texts, and nothing may be lost for a long name: the raw message is kept whole.
    let name = (senderName ?? "").firstLine(limit: 120).clipped(toUTF8: 200)
    return Complaint(
      channel: .email, receivedAt: receivedAt,
      requester: Requester(
        name: name.isEmpty ? (senderAddress ?? "").clipped(toUTF8: 120) : name,
        email: senderAddress.flatMap { $0.utf8.count <= 320 ? $0 : nil }),
      subject: subject.firstLine(limit: 250), text: text.clipped(toUTF8: Message.longest), domain: reading.domain,
      host: reading.host, category: reading.category, attachments: attachments, inbound: inbound)
  }

  func message(inbound: String, unproven: String?) -> IncomingMessage {
    IncomingMessage(
      channel: .email, text: text.clipped(toUTF8: Message.longest),
      foldedText: foldedText?.clipped(toUTF8: Message.longest), subject: subject.firstLine(limit: 250),
      attachments: attachments, inbound: inbound, unproven: unproven)
  }
}

extension String {
  /// The longest prefix of whole scalars that fits into `limit` bytes.
  public func clipped(toUTF8 limit: Int) -> String {
    guard utf8.count > limit else { return self }
    var size = 0
    var out = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      size += UTF8.width(scalar)
      if size > limit { break }
      out.append(scalar)
    }
    return String(out)
  }
}
