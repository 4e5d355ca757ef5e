import Foundation
public import SOP

/// A complaint as a form, the API or an officer's telephone note hands it in: the raw bytes of its ledger row.
public struct WebSubmission: Sendable, Codable, Equatable {
  public var channel: ContactChannel
  public var requester: Requester
  public var subject: String
  public var text: String
  public var domain: DomainName?
  public var host: DomainName?
  public var category: SOP.Category?
  public var since: String?
  public var attachments: [Attachment]
  public var enteredBy: Officer?

  public init(
    channel: ContactChannel, requester: Requester, subject: String = "", text: String, domain: DomainName? = nil,
    host: DomainName? = nil, category: SOP.Category? = nil, since: String? = nil, attachments: [Attachment] = [],
    enteredBy: Officer? = nil
  ) {
    self.channel = channel
    self.requester = requester
    self.subject = subject
    self.text = text
    self.domain = domain
    self.host = host
    self.category = category
    self.since = since
    self.attachments = attachments
    self.enteredBy = enteredBy
  }

  /// Who hands it in: the officer who wrote it down, else the requester.
  var performer: Performer {
    enteredBy.map { Performer(party: .team, account: $0.account, name: $0.name) }
      ?? Performer(party: .requester, name: requester.name)
  }

  var encoded: Data {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return try encoder.encode(self)
    }
  }

  func complaint(receivedAt: Instant, inbound: String) -> Complaint {
    let read = ComplaintReading(text: subject + "\n" + text, sender: requester.email)
    return Complaint(
      channel: channel, receivedAt: receivedAt, requester: requester, subject: subject, text: text,
      domain: domain ?? read.domain, host: host ?? (domain == nil ? read.host : nil),
      category: category ?? read.category, since: since, attachments: attachments, inbound: inbound,
      enteredBy: enteredBy)
  }
}
