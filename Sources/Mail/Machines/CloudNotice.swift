import Foundation

/// Notices of the Amazon mail service, which come as JSON in the text of a mail of its notification service.
///
/// Enters: a message. Leaves: a bounce, or what else the notice is about; nil for any other mail. The JSON may be
/// wrapped once (`Message`), followed by words, and broken by a server that splits long lines with `!`.
enum CloudNotice {
  static func bounce(_ message: MailMessage) -> BounceReport? {
    guard let notice = notice(message), kind(notice) == "bounce", let bounce = notice["bounce"] as? [String: Any]
    else { return nil }
    let recipients = bounce["bouncedRecipients"] as? [[String: Any]] ?? []
    let lasting = text(bounce["bounceType"]).map { asciiLowercased($0) } != "transient"
    var failures = recipients.prefix(FailedRecipients.limit).map { failure($0, lasting: lasting) }
    guard !failures.isEmpty else { return nil }
    let first = failures.removeFirst()
    let mail = notice["mail"] as? [String: Any]
    let common = mail?["commonHeaders"] as? [String: Any]
    let id = (text(common?["messageId"]) ?? text(mail?["messageId"])).flatMap { MessageIDs.read($0).first }
    return BounceReport(failure: first, others: failures, originalMessageID: id)
  }

  /// `bounce`, `complaint`, `delivery` …
  static func kind(_ message: MailMessage) -> String? { notice(message).flatMap { kind($0) } }

  private static func failure(_ recipient: [String: Any], lasting: Bool) -> DeliveryFailure {
    var failure = DeliveryFailure()
    failure.recipient = text(recipient["emailAddress"])
      .flatMap { LooseAddress.all(in: Array($0.utf8)[...], limit: 1).first?.address }
    let diagnostic = text(recipient["diagnosticCode"])
    failure.diagnostic = diagnostic
    let said = StatusCode.said(in: Array((diagnostic ?? "").utf8))
    failure.replyCode = said.code
    failure.status = said.status ?? text(recipient["status"]).flatMap { StatusCode.field($0) } ?? said.alone
    failure.cause = CauseCodes.cause(said: Array((diagnostic ?? "").utf8), around: [], of: failure)
    failure.permanent = StatusCode.classOf(failure.status).map { $0 == 5 } ?? lasting
    return failure
  }

  private static func kind(_ notice: [String: Any]) -> String? {
    text(notice["notificationType"] ?? notice["eventType"]).map { asciiLowercased($0) }
  }

  private static func text(_ value: Any?) -> String? { (value as? String).map { CleanText.line($0, limit: 500) } }

  private static func notice(_ message: MailMessage) -> [String: Any]? {
    let isService = message.from.contains {
      let domain = Array($0.domain.utf8)
      return domain.elementsEqual("sns.amazonaws.com".utf8) || domain.elementsEqual("amazonses.com".utf8)
    }
    guard isService, let outer = object(Array(message.text.utf8.prefix(256 << 10))) else { return nil }
    if kind(outer) != nil { return outer }
    return (outer["Message"] as? String).flatMap { object(Array($0.utf8)) }
  }

  /// From the first `{` to the last `}`, without line ends, of which JSON needs none.
  private static func object(_ bytes: [UInt8]) -> [String: Any]? {
    guard let open = bytes.firstIndex(of: UInt8(ascii: "{")), let close = bytes.lastIndex(of: UInt8(ascii: "}")),
      open < close
    else { return nil }
    var json: [UInt8] = []
    var index = open
    while index <= close {
      if bytes[index...].starts(with: "!\n ".utf8) {
        index += 3
      } else {
        if bytes[index] != 10 && bytes[index] != 13 { json.append(bytes[index]) }
        index += 1
      }
    }
    return (try? JSONSerialization.jsonObject(with: Data(json))) as? [String: Any]
  }
}
