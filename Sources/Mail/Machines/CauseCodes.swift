/// The cause of a failure from words, status code and reply code, asked in this order: words say what codes often do
/// not (many servers answer `550 5.1.1` or `5.7.1` to everything). Details 0 stand for "other" and say nothing.
enum CauseCodes {
  /// - Parameters:
  ///   - said: the diagnostic of this recipient.
  ///   - around: the notice in which it stood; asked when the diagnostic and the codes say nothing.
  static func cause(said: [UInt8], around: [UInt8], of failure: DeliveryFailure) -> BounceCause {
    let said = WordPatterns<BounceCause>.words(Array(said.prefix(8 << 10)))
    if let cause = CauseWords.telling.meaning(ofWords: said) { return cause }
    let status = failure.status.flatMap { byStatus($0) }
    if let status, status != .policy { return status }
    let around = WordPatterns<BounceCause>.words(Array(around.prefix(16 << 10)))
    if let cause = CauseWords.telling.meaning(ofWords: around) ?? CauseWords.vague.meaning(ofWords: said) ?? status {
      return cause
    }
    if let cause = failure.replyCode.flatMap({ byReply($0) }) ?? CauseWords.vague.meaning(ofWords: around) {
      return cause
    }
    return failure.action == .delayed ? .delayed : .other
  }

  /// Causes that pass by themselves: without any code, trying again is not useless.
  static func passes(_ cause: BounceCause) -> Bool {
    switch cause {
    case .unreachable, .gaveUp, .tooMany, .temporarilyUnavailable, .delayed: true
    default: false
    }
  }

  /// RFC 3463 §3, RFC 5248 and its registry; three-digit details of subject 7 are Microsoft's.
  static func byStatus(_ status: String) -> BounceCause? {
    let parts = Array(status.utf8).split(separator: UInt8(ascii: ".")).map { digits -> Int in
      digits.reduce(0) { $0 * 10 + Int($1) - 48 }
    }
    guard parts.count == 3 else { return nil }
    switch parts[1] {
    case 1: return address(parts[2])
    case 2: return mailbox(parts[2])
    case 3: return system(parts[2])
    case 4: return network(parts[2])
    case 5: return parts[2] == 0 ? nil : parts[2] == 3 ? .tooMany : .protocolError
    case 6: return .contentRefused
    case 7: return security(parts[2])
    default: return nil
    }
  }

  private static func address(_ detail: Int) -> BounceCause? {
    switch detail {
    case 2: .domainNotFound
    case 6: .addressMoved
    case 7, 8: .senderRefused
    case 10: .domainTakesNoMail
    default: .addressUnknown
    }
  }

  private static func mailbox(_ detail: Int) -> BounceCause? {
    switch detail {
    case 1: .addressDisabled
    case 2: .mailboxFull
    case 3: .tooLarge
    default: nil
    }
  }

  private static func system(_ detail: Int) -> BounceCause? {
    switch detail {
    case 0: nil
    case 2: .temporarilyUnavailable
    case 4: .tooLarge
    default: .systemFault
    }
  }

  private static func network(_ detail: Int) -> BounceCause? {
    switch detail {
    case 0: nil
    case 1, 2: .unreachable
    case 4: .domainNotFound
    case 5: .temporarilyUnavailable
    case 6: .loop
    case 7: .gaveUp
    default: .systemFault
    }
  }

  private static func security(_ detail: Int) -> BounceCause? {
    switch detail {
    case 2, 124, 133, 134: .recipientRestricted
    case 13: .addressDisabled
    case 10, 11, 30: .encryptionRequired
    case 20...24, 26, 29, 509: .authentication
    case 25, 606...649, 511, 512, 513: .blocked
    case 27: .senderRefused
    case 28, 700...799: .tooMany
    case 17...19: .addressUnknown
    default: .policy
    }
  }

  /// RFC 5321 §4.2.2, 7504 (521, 556); 550 and 554 stand for anything.
  static func byReply(_ code: Int) -> BounceCause? {
    switch code {
    case 421, 450, 451, 452: .temporarilyUnavailable
    case 500...504, 555: .protocolError
    case 521, 556: .domainTakesNoMail
    case 523: .tooLarge
    case 530, 535: .policy
    case 551, 553: .addressUnknown
    case 552: .mailboxFull
    default: nil
    }
  }
}
