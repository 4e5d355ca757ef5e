extension ReplyContext {
  /// What the header of a message that was read says.
  init(_ message: MailMessage) {
    let threaded = message.inReplyTo != nil || !message.references.isEmpty
    var answers: Bool? = threaded ? true : false
    switch ReplySubject(message.subject) {
    case .answer: answers = true
    // Without a subject there is no telling.
    case .none where !threaded: answers = nil
    default: break
    }
    self.init(subject: message.subject, senderName: message.sender?.name ?? "", answers: answers)
  }
}

/// What the first prefix of a subject says: an answer, a forwarded message, or neither.
enum ReplySubject: Equatable {
  case answer
  case forward
  case plain
  case none

  /// Prefixes of mail programs in many languages. "VS" is an answer in Finnish and a forwarded message in Norwegian,
  /// so it says nothing.
  private static let answers = Set(
    ReplyWords.phrases(
      "re|aw|sv|antw|odp|ynt|r|rif|res|ref|balas|bls|jwb|απ|ha|vá|ats|atb|vast|回复|回覆|答复|答覆|返信|ответ|на|תגובה|رد|trả lời"
    ))
  private static let forwards = Set(
    ReplyWords.phrases(
      "fw|fwd|wg|tr|vb|vl|vd|rv|enc|i|pd|doorst|fs|trs|ilt|i̇lt|terusan|trsn|πρθ|tov|továbbítás|转发|轉寄|轉發|転送|пересл|הועבר"
        + "|إعادة توجيه|chuyển tiếp"))

  init(_ subject: String) {
    var words = ReplyWords.folded(subject.utf8)[...]
    guard !words.isEmpty else {
      self = .none
      return
    }
    // "[#12] Re: …", "[list] Fwd: …"
    while words.first == 91, let close = words.firstIndex(of: 93) {
      words = words[(close + 1)...].drop { $0 == 32 }
    }
    guard let colon = words.prefix(40).firstIndex(of: 58) else {
      self = .plain
      return
    }
    // "Re[2]:", "Re (2):"
    let prefix = ReplyWords.trimmed(words[..<colon].prefix { $0 != 91 && $0 != 40 }) { $0 == 32 }
    self = Self.forwards.contains(prefix) ? .forward : Self.answers.contains(prefix) ? .answer : .plain
  }
}
