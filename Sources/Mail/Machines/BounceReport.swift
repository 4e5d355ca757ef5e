/// What a report of a failed or delayed delivery says: one entry for each address that did not get the letter.
///
/// Standards: RFC 3464 (reports), RFC 3463 and 5248 (status codes), RFC 5321 §4.2 (replies). Plain-text reports are
/// read as well as can be. Everything is the word of an outside machine: cleaned, never trusted.
public struct BounceReport: Sendable, Equatable {
  /// The first failed recipient; else the first delayed one.
  public var failure: DeliveryFailure
  /// The other recipients of the same report, in its order.
  public var others: [DeliveryFailure]
  /// Message-ID of the returned message, without angle brackets.
  public var originalMessageID: String?

  public init(failure: DeliveryFailure, others: [DeliveryFailure] = [], originalMessageID: String?) {
    self.failure = failure
    self.others = others
    self.originalMessageID = originalMessageID
  }

  public init(
    status: String?, recipient: String?, permanent: Bool, originalMessageID: String?, diagnostic: String?
  ) {
    var failure = DeliveryFailure()
    failure.status = status
    failure.recipient = recipient
    failure.permanent = permanent
    failure.diagnostic = diagnostic
    self.init(failure: failure, originalMessageID: originalMessageID)
  }

  /// Enhanced status code of RFC 3463 such as `5.1.1`; nil when none is stated.
  public var status: String? { failure.status }
  /// Failed recipient's address; nil when none is stated.
  public var recipient: String? { failure.recipient }
  /// True when trying again is useless.
  public var permanent: Bool { failure.permanent }
  /// The other side's own words, one line.
  public var diagnostic: String? { failure.diagnostic }
  /// What became of the letter: a delayed one may still arrive.
  public var action: DeliveryAction { failure.action }
  /// The reason in a word an officer understands.
  public var cause: BounceCause { failure.cause }
}

/// One address that did not get the letter.
public struct DeliveryFailure: Sendable, Equatable {
  /// The address the letter was sent to, as the report names it (Original-Recipient, else Final-Recipient).
  public var recipient: String?
  /// Where the letter went in the end, when it was passed on to another address (RFC 3464 §2.3.2).
  public var finalRecipient: String?
  public var action = DeliveryAction.failed
  /// Enhanced status code (RFC 3463): as the refusing server said it, or else as the reporting one sums it up.
  public var status: String?
  /// Reply code of the refusing server (RFC 5321 §4.2), 400...599.
  public var replyCode: Int?
  /// Trying again is useless: class 5, or no class stated and no cause that passes by itself. A letter given up after
  /// days of trying is `failed` and not permanent.
  public var permanent = true
  public var cause = BounceCause.other
  /// The other side's own words, one line.
  public var diagnostic: String?

  public init() {}
}

/// What a mail system did with a letter (RFC 3464 §2.3.3).
public enum DeliveryAction: String, Sendable, CaseIterable {
  /// It will not arrive.
  case failed
  /// It is late and still being tried.
  case delayed
}

/// Why a letter did not arrive, as an officer asks it. Raw values are stored and printed: never rename one.
public enum BounceCause: String, Sendable, CaseIterable {
  /// Nobody has that address: a slip of the pen, or the account is gone.
  case addressUnknown = "address_unknown"
  /// The account is there and closed: suspended, disabled, unused.
  case addressDisabled = "address_disabled"
  /// The person moved and left no forwarding address.
  case addressMoved = "address_moved"
  case mailboxFull = "mailbox_full"
  /// The domain of the address does not exist or names no mail server.
  case domainNotFound = "domain_not_found"
  /// The domain says that it takes no mail at all (RFC 7505).
  case domainTakesNoMail = "domain_takes_no_mail"
  /// Their server does not answer.
  case unreachable
  /// Tried for days, then given up; why is not said.
  case gaveUp = "gave_up"
  /// Our server is not welcome there: block list, reputation, missing reverse name.
  case blocked
  /// The letter was taken for spam.
  case spam
  /// A virus was seen in the letter.
  case malware
  case tooLarge = "too_large"
  case relayingDenied = "relaying_denied"
  /// Too many letters or connections in too short a time.
  case tooMany = "too_many"
  /// The letter failed the checks of SPF, DKIM or DMARC.
  case authentication
  /// Our own sender address was refused.
  case senderRefused = "sender_refused"
  /// That address takes mail from chosen senders only.
  case recipientRestricted = "recipient_restricted"
  /// Content or form of the letter was refused: attachment, header, length of lines.
  case contentRefused = "content_refused"
  /// Their server asks for an encrypted connection.
  case encryptionRequired = "encryption_required"
  /// A rule of theirs that is not named.
  case policy
  /// The two servers did not understand each other.
  case protocolError = "protocol_error"
  /// The letter went round in circles.
  case loop
  /// Their server, or the reporting one, is broken.
  case systemFault = "system_fault"
  /// Not now; later perhaps.
  case temporarilyUnavailable = "temporarily_unavailable"
  /// Late and still being tried; why is not said.
  case delayed
  /// Nothing was said that could be understood.
  case other
}
