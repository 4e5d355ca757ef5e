/// The fields of a delivery report (RFC 3464 §2), wherever they stand: in parts of their own type, in a text file, or
/// in the text of a system that knows the fields and no MIME.
struct DeliveryStatusPart {
  /// One group for each recipient that did not get the letter, failed ones first.
  private(set) var failures: [DeliveryFailure] = []
  /// Groups of recipients were found at all.
  private(set) var isReport = false
  /// Found in a part of the right type, not in words.
  private(set) var isTyped = false

  init(_ walk: PartWalk, _ message: MailMessage, _ notice: BounceNotice) {
    let parts = message.attachments.filter {
      $0.contentType == "message/delivery-status" || $0.contentType == "message/global-delivery-status"
    }
    let typed = parts.isEmpty ? [walk.deliveryStatus].compactMap(\.self) : parts.prefix(5).map(\.bytes)
    isTyped = !typed.isEmpty
    read(typed)
    if isReport { return }
    let files = message.attachments.filter { Self.texts.contains($0.contentType) }.prefix(5).map(\.bytes)
    // Not in the copy below the notice: our letter may have told of a report itself.
    let all = notice.copyIsReport ? [Array(message.text.utf8.prefix(256 << 10))] : []
    for text in [notice.text] + all + files where !isReport { read([text]) }
  }

  private static let texts: Set<String> = ["text/plain", "application/octet-stream", "message/delivery-report"]

  private mutating func read(_ parts: [[UInt8]]) {
    let groups = parts.flatMap { ReportFields.read($0) }.filter { Group($0).isRecipient }
    guard !groups.isEmpty else { return }
    isReport = true
    let read = groups.prefix(FailedRecipients.limit).compactMap { Group($0).failure }
    failures = read.filter { $0.action == .failed } + read.filter { $0.action == .delayed }
  }

  /// Fields about one recipient (RFC 3464 §2.3).
  private struct Group {
    private let fields: [ReportFields.Field]
    init(_ fields: [ReportFields.Field]) { self.fields = fields }

    private func value(_ name: String) -> String? { fields.first { $0.name == name }?.value }

    var isRecipient: Bool {
      let address = value("final-recipient") ?? value("original-recipient")
      return value("action") != nil && (address != nil || value("status") != nil)
        || address != nil && (value("status") != nil || value("diagnostic-code") != nil)
    }

    /// nil for a recipient that got the letter.
    var failure: DeliveryFailure? {
      let status = value("status").flatMap { StatusCode.field($0) }
      guard let action = Self.action(value("action"), status: status) else { return nil }
      var failure = DeliveryFailure()
      failure.action = action
      failure.status = status
      let final = value("final-recipient").flatMap { Self.address($0) }
      failure.recipient = value("original-recipient").flatMap { Self.address($0) } ?? final
      if let final, let recipient = failure.recipient, asciiLowercased(final) != asciiLowercased(recipient) {
        failure.finalRecipient = final
      }
      failure.diagnostic = value("diagnostic-code").map { Self.afterType($0) }.flatMap { $0.isEmpty ? nil : $0 }
      return failure
    }

    /// RFC 3464 §2.3.3; some systems write `undeliverable`, `deliverable` and other words, or nothing.
    private static func action(_ value: String?, status: String?) -> DeliveryAction? {
      let word = asciiLowercased((value ?? "").utf8.prefix { $0 != 32 && $0 != 59 && $0 != 40 })
      if word.starts(with: "delay".utf8) { return .delayed }
      if word.starts(with: "fail".utf8) { return .failed }
      for good in ["deliver", "relay", "expand", "success"] where word.starts(with: good.utf8) { return nil }
      return StatusCode.classOf(status) == 2 ? nil : .failed
    }

    /// `smtp; 550 …` to `550 …`; a type is one word.
    private static func afterType(_ value: String) -> String {
      let bytes = Array(value.utf8)
      guard let semicolon = bytes.firstIndex(of: UInt8(ascii: ";")), semicolon <= 30 else { return value }
      return CleanText.line(String(decoding: bytes[(semicolon + 1)...], as: UTF8.self))
    }

    /// `rfc822; <a@b>` to `a@b`; `utf-8; a\x{E9}@b` to its letters (RFC 6533 §3).
    private static func address(_ value: String) -> String? {
      let bytes = Array(afterType(value).utf8)
      let plain = value.utf8.starts(with: "utf-8".utf8) ? unescaped(bytes) : bytes
      return LooseAddress.all(in: plain[...], limit: 1).first?.address
    }

    private static func unescaped(_ bytes: [UInt8]) -> [UInt8] {
      var out: [UInt8] = []
      var index = 0
      while index < bytes.count {
        let rest = bytes[index...]
        if rest.starts(with: "\\x{".utf8), let close = rest.prefix(12).firstIndex(of: UInt8(ascii: "}")),
          let value = UInt32(String(decoding: bytes[(index + 3)..<close], as: UTF8.self), radix: 16),
          let scalar = Unicode.Scalar(value)
        {
          out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
          index = close + 1
        } else {
          out.append(bytes[index])
          index += 1
        }
      }
      return out
    }
  }
}
