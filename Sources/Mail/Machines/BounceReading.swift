/// Reads failed and delayed deliveries.
///
/// Enters: a read message, its parts and the signs of its header. Leaves: a report, or nil when the message is none:
/// a person's mail about a failed delivery, a report of success, any other machine. A mistake on the one side loses a
/// person's complaint, on the other it opens a ticket for a machine; the first is worse, so a report needs a mail
/// system as its author, and more than that (`BounceEvidence`).
///
/// The fields of RFC 3464 come first. What they leave open is looked for in the words of the notice. Known limits:
/// words are understood in English and a little Indonesian; codes in any language.
enum BounceReading {
  static func read(walk: PartWalk, message: MailMessage, signs: AutomaticSigns) -> BounceReport? {
    if signs.report != nil { return nil }
    if let report = CloudNotice.bounce(message) { return report }
    guard signs.mayBeBounce else { return nil }
    let notice = BounceNotice(message.text)
    let part = DeliveryStatusPart(walk, message, notice)
    // Every recipient got the letter: no bounce.
    if part.isReport, part.failures.isEmpty { return nil }
    let evidence = BounceEvidence(walk: walk, message: message, signs: signs, part: part, notice: notice)
    guard evidence.isBounce else { return nil }
    var failures = failures(part, notice, message, signs)
    guard !failures.isEmpty else { return nil }
    var first = failures.removeFirst()
    let letter = ReturnedLetter(walk, message, notice)
    // A notice that names nobody is about the only one to whom the letter went.
    if first.recipient == nil, failures.isEmpty, letter.to.count == 1 { first.recipient = letter.to.first }
    return BounceReport(failure: first, others: failures, originalMessageID: letter.messageID)
  }

  // MARK: - Failures

  private static func failures(
    _ part: DeliveryStatusPart, _ notice: BounceNotice, _ message: MailMessage, _ signs: AutomaticSigns
  ) -> [DeliveryFailure] {
    let told = FailedRecipients(notice, named: signs.failedRecipients, ours: ours(message))
    let whole = notice.text
    if !part.failures.isEmpty {
      return part.failures.map { failure in
        let same = told.entries.first {
          asciiLowercased($0.address) == asciiLowercased(failure.recipient ?? failure.finalRecipient ?? "")
        }
        return judged(failure, same ?? (told.entries.count == 1 ? told.entries.first : nil), whole)
      }
    }
    let late = delayWords.meaning(in: Array(message.subject.utf8) + [10] + whole.prefix(16 << 10)) ?? .failed
    if told.entries.isEmpty {
      var unknown = DeliveryFailure()
      unknown.action = late
      let words = FailedRecipients.Entry(address: "", words: whole, diagnostic: NoticeDiagnostic.coded(whole))
      return [judged(unknown, words, whole)]
    }
    return told.entries.map { entry in
      var failure = DeliveryFailure()
      failure.action = late
      return judged(failure, entry, whole)
    }
  }

  /// Words of a notice about a letter that is only late; giving up outweighs them.
  private static let delayWords = WordPatterns<DeliveryAction>([
    (
      .failed,
      """
      permanent error, permanent failure, permanent fatal errors, failed permanently, given up, giving up,
      returning message, returned to sender, cannot send message for, could not be delivered to one, gave up,
      no longer be tried
      """
    ),
    (
      .delayed,
      """
      delayed, delay, warning, still being retried, will be retried, temporary failure, not yet been,
      has not been delivered yet, still trying, will keep trying, will continue to, will retry,
      kept in * queue, do not need to resend, do not need to re send, notification only, tertunda
      """
    ),
  ])

  /// Fills what the fields left open from the words, and draws the conclusions.
  private static func judged(
    _ start: DeliveryFailure, _ entry: FailedRecipients.Entry?, _ whole: [UInt8]
  ) -> DeliveryFailure {
    var failure = start
    if failure.recipient == nil, let entry, !entry.address.isEmpty { failure.recipient = entry.address }
    let field = failure.status
    let own = StatusCode.said(in: Array((failure.diagnostic ?? "").utf8))
    let told = entry.map { StatusCode.said(in: Array($0.words.prefix(64 << 10))) }
    failure.replyCode = own.code ?? told?.code
    failure.status = status(field: field, own: own, told: told)
    failure.diagnostic = failure.diagnostic ?? entry?.diagnostic
    let said = failure.diagnostic.map { Array($0.utf8) } ?? []
    failure.cause = CauseCodes.cause(said: said, around: entry?.words ?? whole, of: failure)
    let stated = StatusCode.classOf(failure.status) ?? failure.replyCode.map { $0 / 100 }
    failure.permanent = failure.action == .failed && (stated.map { $0 == 5 } ?? !CauseCodes.passes(failure.cause))
    return failure
  }

  /// The refusing server's code tells more than the sum that the reporting one drew of it (RFC 3464 §2.3.6), and
  /// anything more than `5.0.0`.
  private static func status(field: String?, own: StatusCode.Said, told: StatusCode.Said?) -> String? {
    let stated = [own.status, field, own.alone].compactMap(\.self)
    if let telling = stated.first(where: { !StatusCode.isGeneric($0) }) { return telling }
    let words = [told?.status, told?.alone].compactMap(\.self).filter { !StatusCode.isGeneric($0) }
    let sure = stated.first
    return words.first { sure == nil || StatusCode.classOf($0) == StatusCode.classOf(sure) } ?? sure ?? told?.status
      ?? told?.alone
  }

  /// Those who get a bounce are those who sent the letter.
  private static func ours(_ message: MailMessage) -> Set<String> {
    let addresses = (message.to + message.cc + message.from).map(\.address) + message.deliveredTo
    return Set(addresses.prefix(100).map { asciiLowercased($0) })
  }
}

/// What is known of the letter that came back: in its own part, in the notice or in an attached text.
struct ReturnedLetter {
  private(set) var messageID: String?
  private(set) var to: [String]

  init(_ walk: PartWalk, _ message: MailMessage, _ notice: BounceNotice) {
    messageID = walk.returnedMessageID ?? notice.returnedID
    to = notice.returnedTo
    for file in message.attachments.prefix(10) where messageID == nil || to.isEmpty {
      guard file.contentType.utf8.starts(with: "text/".utf8) || file.contentType.utf8.starts(with: "message/".utf8)
      else { continue }
      let found = BounceNotice(String(decoding: file.bytes.prefix(64 << 10), as: UTF8.self))
      messageID = messageID ?? found.returnedID
      if to.isEmpty { to = found.returnedTo }
    }
    // Servers that return nothing of the letter answer it.
    messageID = messageID ?? message.inReplyTo ?? message.references.last
  }
}
