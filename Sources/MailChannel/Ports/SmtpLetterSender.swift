public import Desk
import Foundation
import Mail
import SOP

/// Sends the outbox's letters by SMTP, over a few kept connections.
///
/// The envelope sender is the letter's reply address, so that a bounce finds its letter; the Date is when the letter was
/// written, so that every attempt is the same message.
public final class SmtpLetterSender: LetterSender {
  /// A letter that waited longer behind others is not begun: the outbox's lease would end before it did. The dispatcher's
  /// 180 seconds hold this wait, one transaction and, after a connection gone stale, its repetition.
  public static let longestWait: Swift.Duration = .seconds(45)

  private let senders: [SmtpSender]
  private let idle: IdleSenders
  private let officeName: String
  private let officeAddress: String

  /// - Parameters:
  ///   - office: its name and address are the From of every letter.
  ///   - connections: 1…8; how many letters leave at once.
  public init(_ account: SmtpAccount, office: Office, connections: Int = 4) {
    senders = (0..<min(max(connections, 1), 8)).map { _ in SmtpSender(account) }
    idle = IdleSenders(senders)
    officeName = office.name
    officeAddress = office.mailAddress
  }

  public func send(_ letter: OutboxLetter) async throws(DeliveryError) -> String {
    let latest = ContinuousClock.now.advanced(by: SmtpLetterSender.longestWait)
    let bytes = try compose(letter)
    let sender = await idle.take()
    let outcome = await sender.send(bytes, from: letter.replyTo, to: letter.recipient, beginningBefore: latest)
    await idle.giveBack(sender)
    switch outcome {
    case .accepted(let reply): return "\(reply.code) \(reply.text)"
    case .refused(let reply): throw DeliveryError(retry: .never, code: "\(reply.code)", detail: reply.text)
    case .later(let reply, let trouble):
      let code = trouble == .reply ? "\(reply.code)" : trouble.rawValue
      throw DeliveryError(retry: .later, code: code, detail: reply.code == 0 ? "" : "\(reply.code) \(reply.text)")
    case .uncertain(let trouble): throw DeliveryError(retry: .uncertain, code: trouble.rawValue, detail: "")
    }
  }

  /// For `sigap doctor`. Nil: the server lets us in.
  public func check() async -> SmtpTrouble? { await senders[0].check() }

  private func compose(_ letter: OutboxLetter) throws(DeliveryError) -> [UInt8] {
    // What was read from a foreign message may be no identifier at all; the letter goes without it then.
    let parent = letter.inReplyTo.flatMap { MailComposer.isIdentifier($0) ? $0 : nil }
    // RFC 3834 §5: a reply to one message, or something we say by ourselves.
    let automatic = letter.automatic ? (parent == nil ? "auto-generated" : "auto-replied") : nil
    let mail = OutgoingMail(
      messageID: letter.messageID, date: Date(timeIntervalSince1970: TimeInterval(letter.createdAt.seconds)),
      from: MailAddress(name: officeName, address: officeAddress),
      replyTo: MailAddress(name: officeName, address: letter.replyTo),
      to: [MailAddress(name: letter.recipientName ?? "", address: letter.recipient)], subject: letter.subject,
      text: letter.text, html: letter.html, inReplyTo: parent, references: [parent].compactMap(\.self),
      autoSubmitted: automatic, ticketNumber: letter.ticket?.description)
    do { return try MailComposer.compose(mail) } catch {
      throw DeliveryError(retry: .never, code: "not_composed", detail: "\(error)")
    }
  }
}

/// Connections that carry no letter now. A letter waits for the first that is free, so that one behind which a server
/// hangs holds up nobody else.
private actor IdleSenders {
  private var idle: [SmtpSender]
  private var waiting: [CheckedContinuation<SmtpSender, Never>] = []

  init(_ senders: [SmtpSender]) { idle = senders }

  func take() async -> SmtpSender {
    if let sender = idle.popLast() { return sender }
    return await withCheckedContinuation { waiting.append($0) }
  }

  func giveBack(_ sender: SmtpSender) {
    if waiting.isEmpty {
      idle.append(sender)
    } else {
      waiting.removeFirst().resume(returning: sender)
    }
  }
}
