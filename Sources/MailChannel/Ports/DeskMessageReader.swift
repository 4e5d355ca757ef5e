public import Desk
public import Foundation
import Mail
import SOP

/// Reads mail for intake: everything the `Mail` room sees, in the desk's words.
public struct DeskMessageReader: MessageReader {
  public init() {}

  public func read(_ raw: Data) -> ReadMail {
    let mail = MailReader.read(Array(raw))
    var read = ReadMail()
    read.unreadable = mail.unreadable
    read.messageID = mail.messageID
    read.senderAddress = mail.sender.map { lowercased($0.address) }
    read.senderName = mail.sender.flatMap { $0.name.isEmpty ? nil : $0.name }
    read.answers = distinct(([mail.inReplyTo].compactMap(\.self)) + mail.references.reversed())
    read.recipients = distinct((mail.to + mail.cc).map { lowercased($0.address) } + mail.deliveredTo.map(lowercased))
    read.subject = mail.subject
    read.text = mail.visibleText
    read.foldedText = mail.quotedText.isEmpty ? nil : mail.quotedText
    read.attachments = mail.attachments.map { file in
      Attachment(
        fileName: file.fileName, contentType: file.contentType, size: file.bytes.count, sha256: file.sha256)
    }
    read.files = mail.attachments.map { StoredFile(sha256: $0.sha256, bytes: Data($0.bytes)) }
    read.automatic = DeskMessageReader.kind(mail.automatic.kind)
    read.automaticReasons = mail.automatic.reasons
    read.bounce = mail.bounce.map { report in
      ReadMail.Bounce(
        status: report.status, recipient: report.recipient.map(lowercased), permanent: report.permanent,
        originalMessageID: report.originalMessageID, diagnostic: report.diagnostic)
    }
    read.problems = mail.problems
    read.fingerprint = DeskMessageReader.fingerprint(of: mail, raw: raw)
    return read
  }

  /// What the author sent, without what the way added (Received, Return-Path, Delivered-To …): two deliveries of one
  /// message are equal. Each field goes in with its length, so that none can reach into the next.
  static func fingerprint(of mail: MailMessage, raw: Data) -> String {
    if mail.unreadable != nil { return Secrets.sha256(raw) }
    var fields = [
      mail.messageID ?? "", mail.date.map { String($0.timeIntervalSince1970) } ?? "", mail.subject, mail.text,
      mail.html ?? "",
    ]
    fields += mail.from.map(\.address) + ["attachments"] + mail.attachments.flatMap { [$0.fileName, $0.sha256] }
    var bytes: [UInt8] = []
    for field in fields {
      bytes += Array("\(field.utf8.count):".utf8)
      bytes += Array(field.utf8)
    }
    return Secrets.sha256(bytes)
  }

  private static func kind(_ kind: Mail.Automatic.Kind) -> ReadMail.Automatic {
    switch kind {
    case .none: .none
    case .autoReply: .autoReply
    case .bounce: .bounce
    case .abuseReport: .abuseReport
    case .list: .list
    case .notification: .notification
    }
  }
}

/// ASCII only: addresses are compared by bytes.
private func lowercased(_ address: String) -> String {
  String(decoding: address.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
}

private func distinct(_ values: [String]) -> [String] {
  var seen: Set<[UInt8]> = []
  return values.filter { seen.insert(Array($0.utf8)).inserted }
}
