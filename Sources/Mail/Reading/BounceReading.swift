/// Reads failed deliveries: by the report's own part (RFC 3464), or else from plain text as well as can be.
enum BounceReading {
  static func read(walk: PartWalk, message: MailMessage, signs: AutomaticSigns) -> BounceReport? {
    if walk.feedback != nil || !signs.abuse.isEmpty { return nil }
    if let status = walk.deliveryStatus { return structured(status, walk: walk, message: message) }
    // Some mail systems send their bounces as "auto-replied"; a vacation has a person's address.
    guard !signs.bounces.isEmpty, signs.replies.isEmpty || signs.fromMailSystem else { return nil }
    return fromText(walk: walk, message: message, sure: signs.bounces.count > 1)
  }

  // MARK: - message/delivery-status

  private static func structured(_ bytes: [UInt8], walk: PartWalk, message: MailMessage) -> BounceReport? {
    let groups = ReportFields.read(bytes)
    func value(_ group: [ReportFields.Field], _ name: String) -> String? { group.first { $0.name == name }?.value }
    let perRecipient = groups.filter { group in
      group.contains { ["final-recipient", "original-recipient", "action", "status"].contains($0.name) }
    }
    func action(_ group: [ReportFields.Field]) -> String {
      String(
        decoding: asciiLowercased((value(group, "action") ?? "").utf8.prefix { $0 != 32 && $0 != 59 }), as: UTF8.self)
    }
    let chosen =
      perRecipient.first { action($0) == "failed" }
      ?? perRecipient.first { !["delivered", "relayed", "expanded"].contains(action($0)) }
    // A report of success is no bounce.
    guard chosen != nil || perRecipient.isEmpty else { return nil }
    let group = chosen ?? []
    let diagnostic = value(group, "diagnostic-code").map(afterType)
    var status = value(group, "status").flatMap { enhancedStatus(Array($0.utf8)) }
    if status == nil || status?.hasSuffix(".0.0") == true {
      let words = Array((diagnostic ?? message.text).utf8.prefix(64 << 10))
      if let said = enhancedStatus(words), status?.utf8.first == nil || status?.utf8.first == said.utf8.first {
        status = said
      }
    }
    let recipient = (value(group, "original-recipient") ?? value(group, "final-recipient")).map(afterType)
    let final = value(group, "final-recipient").map(afterType)
    return BounceReport(
      status: status, recipient: address(recipient) ?? address(final),
      permanent: status.map { $0.utf8.first == UInt8(ascii: "5") } ?? (action(group) == "failed" || chosen == nil),
      originalMessageID: walk.returnedMessageID ?? returnedID(message), diagnostic: diagnostic)
  }

  /// `rfc822; a@b` to `a@b`.
  private static func afterType(_ value: String) -> String {
    let bytes = Array(value.utf8)
    guard let semicolon = bytes.firstIndex(of: 59) else { return value }
    return CleanText.line(String(decoding: bytes[(semicolon + 1)...], as: UTF8.self))
  }

  private static func address(_ value: String?) -> String? {
    guard let value else { return nil }
    let bytes = value.utf8.filter { $0 != 60 && $0 != 62 && $0 != 34 && $0 > 32 }
    return bytes.contains(64) ? String(decoding: bytes, as: UTF8.self) : nil
  }

  // MARK: - Plain text

  private static func fromText(walk: PartWalk, message: MailMessage, sure: Bool) -> BounceReport? {
    let text = Array(message.text.utf8.prefix(64 << 10))
    let status = enhancedStatus(text)
    let code = replyCode(text)
    let original = walk.returnedMessageID ?? returnedID(message)
    guard sure || status != nil || code != nil || original != nil else { return nil }
    let permanent = status.map { $0.utf8.first == UInt8(ascii: "5") } ?? code.map { $0 >= 500 } ?? true
    return BounceReport(
      status: status, recipient: failedRecipient(text), permanent: permanent,
      originalMessageID: original, diagnostic: nil)
  }

  /// First `<address>` of the text, or first word with an `@`.
  private static func failedRecipient(_ text: [UInt8]) -> String? {
    let marks = Array("<>()[],;:\"'".utf8)
    for word in text.split(whereSeparator: { $0 <= 32 || marks.contains($0) }) where word.contains(64) {
      if let found = MailAddress.parse(Array(word.prefix(255))) { return found.address }
    }
    return nil
  }

  /// `Message-ID: <…>` in the returned header within the text or in an attached text file.
  private static func returnedID(_ message: MailMessage) -> String? {
    let texts = [Array(message.text.utf8)] + message.attachments.prefix(10).map { Array($0.bytes.prefix(256 << 10)) }
    for text in texts {
      for line in text.split(separator: 10) {
        let bare = line.drop { $0 == 32 || $0 == 9 || $0 == 62 }
        guard bare.count < 1_000, asciiLowercased(bare.prefix(11)).elementsEqual("message-id:".utf8) else { continue }
        let value = String(decoding: bare.dropFirst(11), as: UTF8.self)
        if let id = MessageIDs.read(value).first, id != message.messageID { return id }
      }
    }
    return nil
  }

  /// First `class.subject.detail` with class 2, 4 or 5 (RFC 3463 §2) that stands alone.
  static func enhancedStatus(_ text: [UInt8]) -> String? {
    func digits(_ start: Int) -> Int {
      var end = start
      while end < text.count, (48...57).contains(text[end]), end - start < 4 { end += 1 }
      return end - start
    }
    for index in text.indices where text[index] == 53 || text[index] == 52 || text[index] == 50 {
      if index > 0, (48...57).contains(text[index - 1]) || text[index - 1] == 46 { continue }
      guard index + 1 < text.count, text[index + 1] == 46 else { continue }
      let subject = digits(index + 2)
      let dot = index + 2 + subject
      guard (1...3).contains(subject), dot < text.count, text[dot] == 46 else { continue }
      let detail = digits(dot + 1)
      let end = dot + 1 + detail
      guard (1...3).contains(detail), end == text.count || text[end] != 46 || !followsDigit(text, end) else { continue }
      return String(decoding: text[index..<end], as: UTF8.self)
    }
    return nil
  }

  private static func followsDigit(_ text: [UInt8], _ dot: Int) -> Bool {
    dot + 1 < text.count && (48...57).contains(text[dot + 1])
  }

  /// First three-digit SMTP reply code 4yz or 5yz that stands as a word (RFC 5321 §4.2).
  static func replyCode(_ text: [UInt8]) -> Int? {
    for word in text.split(whereSeparator: { !(48...57).contains($0) && !(97...122).contains($0 | 32) && $0 != 46 }) {
      guard word.count == 3, let first = word.first, first == 52 || first == 53,
        let code = Int(String(decoding: word, as: UTF8.self)), code % 100 < 60
      else { continue }
      return code
    }
    return nil
  }
}
