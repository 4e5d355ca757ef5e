/// What speaks for a message being a report of a failed or delayed delivery.
///
/// Two things are needed. An author that is a mail system: by name, by the null return path (RFC 5321 §4.5.5), by a
/// header or a part that only mail systems write. And matter: a subject, words, codes, a returned letter. Points are
/// summed up; a person who writes about a bounce, forwards one or is the postmaster in person stays below.
struct BounceEvidence {
  private(set) var points = 0
  private(set) var isFromMailSystem = false

  /// A code, a letter that came back, an address that failed, or a subject: a warning of a mail system about the
  /// reader's own mailbox has none of them.
  private(set) var hasMatter = false

  var isBounce: Bool { isFromMailSystem && hasMatter && points >= 4 }

  init(
    walk: PartWalk, message: MailMessage, signs: AutomaticSigns, part: DeliveryStatusPart, notice: BounceNotice
  ) {
    let answered = SubjectWords.isAnswer(message.subject)
    let subject = !answered && SubjectWords.failure.occur(in: Array(message.subject.utf8))
    let text = notice.text.prefix(64 << 10)
    let codes = StatusCode.replies(in: Array(text)).isEmpty && StatusCode.alone(in: Array(text)) == nil ? 0 : 1
    let returned = notice.hasCopy || Self.returnsLetter(walk, message)
    let report = walk.reportType.map { $0.isEmpty || $0 == "delivery-status" } ?? false

    isFromMailSystem = signs.sender == .mailSystem || !signs.failedRecipients.isEmpty || (report && part.isReport)
    // A vacation reply has the null return path as well, and a postmaster may be a person.
    if signs.hasNullPath, signs.replies.isEmpty { isFromMailSystem = true }
    if signs.sender == .postmaster, !answered, subject || returned { isFromMailSystem = true }
    if signs.sender == .listManager, Self.refusals.occur(in: Array(message.subject.utf8 + [10] + text)) {
      isFromMailSystem = true
      points += 4
      hasMatter = true
    }

    hasMatter = hasMatter || codes > 0 || returned || subject || part.isReport || !signs.failedRecipients.isEmpty
    points += signs.sender == .mailSystem ? 2 : signs.sender == .postmaster ? 1 : 0
    points += signs.hasNullPath ? 1 : 0
    points += signs.failedRecipients.isEmpty ? 0 : 3
    points += report ? 2 : 0
    points += part.isReport ? 2 : 0
    points += part.isTyped && !part.isReport ? 1 : 0
    points += subject ? 2 : 0
    points += Self.noticeWords.occur(in: Array(text.prefix(16 << 10))) ? 2 : 0
    points += codes
    points += returned ? 1 : 0
  }

  /// A letter of ours came back; a bounce that somebody attached to his own mail is not one.
  private static func returnsLetter(_ walk: PartWalk, _ message: MailMessage) -> Bool {
    let returned = message.attachments.prefix(20).filter { file in
      ["message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global", "text/rfc822-header"]
        .contains { file.contentType.utf8.elementsEqual($0.utf8) }
    }
    return returned.contains { file in
      let head = asciiLowercased(file.bytes.prefix(8 << 10))
      return !ReportFields.read(head).prefix(1).joined().contains { field in
        field.name == "content-type" && field.value.utf8.starts(with: "multipart/report".utf8)
          || field.name == "from" && field.value.utf8.starts(with: "mailer-daemon".utf8)
          || field.name == "x-failed-recipients"
      }
    }
  }

  /// What the manager of a list tells about a letter that it does not pass on.
  private static let refusals = WordPatterns<Bool>(
    """
    not a member, not member, are not subscribed, not a subscriber, not allowed to post,
    not authorized to post, members only, post * rejected, posting * rejected, message * rejected,
    post * was not accepted, duplicated message id, loop alert,
    bukan anggota
    """)

  /// What a mail system tells about a letter.
  private static let noticeWords = WordPatterns<Bool>(
    """
    could not be delivered, couldn't be delivered, cannot be delivered, can't be delivered,
    not be delivered, unable to deliver, wasn't able to deliver, was not delivered, not delivered,
    could not deliver, undeliverable, delivery * failed, delivery has failed, delivery failed,
    failed to deliver, error delivering, trouble delivering, failed permanently, permanent error,
    permanent failure, permanent fatal errors, did not reach, could not be reached, following addresses,
    following address, following recipient, following recipients, recipient * rejected, rejected recipient,
    was rejected, returned message, transcript of session, delivery status, delivery report,
    delivery problem+, delivery error+, attempting to deliver, message is delayed, not yet been delivered,
    has been delayed, invalid user address, rcpt to, nicht zugestellt, n'a pas pu, no se pudo entregar,
    no se ha podido, impossible de, non recapitato, tidak dapat dikirim, tidak terkirim, gagal dikirim,
    gagal terkirim
    """)
}
