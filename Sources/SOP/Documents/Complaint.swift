/// *Aduan*: what the requester submitted (SOP row 1), as it was understood on receipt.
public struct Complaint: Sendable, Codable, Equatable {
  public var channel: ContactChannel
  public var receivedAt: Instant
  public var requester: Requester
  public var subject: String
  /// The requester's own words, at most `Message.longest` bytes.
  public var text: String
  /// The registrable name, when one was found.
  public var domain: DomainName?
  /// The host that is affected, when it is not the registrable name itself.
  public var host: DomainName?
  public var category: Category?
  /// In the requester's words: "sejak kemarin sore".
  public var since: String?
  public var attachments: [Attachment]
  /// The ledger row the complaint came from.
  public var inbound: String?
  /// Who entered it, when an officer took it by telephone or at the counter.
  public var enteredBy: Officer?
  /// Tickets this mail may belong to, which was not proven.
  public var possiblyRelated: [TicketNumber]?

  public init(
    channel: ContactChannel, receivedAt: Instant, requester: Requester, subject: String, text: String,
    domain: DomainName? = nil, host: DomainName? = nil, category: Category? = nil, since: String? = nil,
    attachments: [Attachment] = [], inbound: String? = nil, enteredBy: Officer? = nil,
    possiblyRelated: [TicketNumber]? = nil
  ) {
    self.channel = channel
    self.receivedAt = receivedAt
    self.requester = requester
    self.subject = subject
    self.text = text
    self.domain = domain
    self.host = host
    self.category = category
    self.since = since
    self.attachments = attachments
    self.inbound = inbound
    self.enteredBy = enteredBy
    self.possiblyRelated = possiblyRelated
  }
}

/// *Pemohon*: an official of a K/L/D or village.
public struct Requester: Sendable, Codable, Equatable {
  public var name: String
  public var email: String?
  /// True once the requester has shown to hold the address (code, link, or a reply to our token).
  public var emailProven: Bool
  public var phone: String?
  public var institution: String?
  public var institutionKind: InstitutionKind?
  public var position: String?
  public var language: Language

  public init(
    name: String, email: String? = nil, emailProven: Bool = false, phone: String? = nil,
    institution: String? = nil, institutionKind: InstitutionKind? = nil, position: String? = nil,
    language: Language = .indonesian
  ) {
    self.name = name
    self.email = email
    self.emailProven = emailProven
    self.phone = phone
    self.institution = institution
    self.institutionKind = institutionKind
    self.position = position
    self.language = language
  }
}

/// A file that came with a message; its bytes lie in the data folder under `sha256`.
public struct Attachment: Sendable, Codable, Equatable, Hashable {
  public let fileName: String
  public let contentType: String
  public let size: Int
  /// Lower-case hexadecimal SHA-256 of the bytes.
  public let sha256: String

  public init(fileName: String, contentType: String, size: Int, sha256: String) {
    self.fileName = fileName
    self.contentType = contentType
    self.size = size
    self.sha256 = sha256
  }
}

/// One message of a conversation, on one of the two walls or between colleagues.
public struct Message: Sendable, Codable, Equatable {
  /// The longest text an event keeps, in bytes; the raw message is kept whole beside it.
  public static let longest = 64 * 1_024

  public enum Wall: String, Sendable, Codable, CaseIterable { case requester, registry, team }

  public let id: String
  public let wall: Wall
  public let author: Performer
  public let channel: ContactChannel
  public let text: String
  /// Quoted history and signature, folded away but never thrown away.
  public let foldedText: String?
  public let subject: String?
  public let attachments: [Attachment]
  public let inbound: String?
  /// A sentence when the sender is not proven to be the party: officers see it, it changes nothing.
  public let unproven: String?

  public init(
    id: String, wall: Wall, author: Performer, channel: ContactChannel, text: String, foldedText: String? = nil,
    subject: String? = nil, attachments: [Attachment] = [], inbound: String? = nil, unproven: String? = nil
  ) {
    self.id = id
    self.wall = wall
    self.author = author
    self.channel = channel
    self.text = text
    self.foldedText = foldedText
    self.subject = subject
    self.attachments = attachments
    self.inbound = inbound
    self.unproven = unproven
  }
}
