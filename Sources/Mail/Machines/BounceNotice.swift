/// The words of a mail system about a letter, parted from the letter it gives back.
///
/// Enters: the text of a message. Leaves: the lines of the notice, what was found out about the copy below it, and
/// each address that is said to have failed with its own lines. Known limits: a copy without any header is taken for
/// words of the notice.
struct BounceNotice {
  struct Line {
    var bytes: ArraySlice<UInt8>
    /// Field of a header that the notice cites (`To: …`, `Subject: …`): says who wrote to whom, not who failed.
    var cited: Bool
  }

  private(set) var lines: [Line] = []
  /// Message-ID in a header that the notice cites or gives back, and to whom that letter went.
  private(set) var returnedID: String?
  private(set) var returnedTo: [String] = []
  /// A copy of the letter stands below the notice.
  private(set) var hasCopy = false
  /// What came back is a report itself: a mail system passed on what another one wrote.
  private(set) var copyIsReport = false

  init(_ text: String) {
    let all = Array(text.utf8.prefix(256 << 10)).split(
      separator: 10, maxSplits: 20_000, omittingEmptySubsequences: false)
    var header = CitedHeader()
    for line in all {
      if header.length > 0 {
        if header.take(line) {
          lines.append(Line(bytes: line, cited: false))
          continue
        }
        if close(header) { return }
        header = CitedHeader()
      }
      if header.take(line) { header.announced = Self.announces(before: lines) }
      lines.append(Line(bytes: line, cited: false))
    }
    _ = close(header)
  }

  /// Ends a run of header fields. - Returns: true when it was the head of the copy: the notice ends before it.
  private mutating func close(_ header: CitedHeader) -> Bool {
    guard header.length > 0, header.known >= 2 || (header.announced && header.known == 1) else { return false }
    returnedID = returnedID ?? header.messageID
    if returnedTo.isEmpty { returnedTo = header.to }
    let start = lines.count - header.length
    if header.transport || header.announced, lines[..<start].contains(where: { Self.isWords($0.bytes) }) {
      lines.removeLast(header.length)
      hasCopy = true
      copyIsReport = header.isReport
      return true
    }
    for index in start..<lines.count { lines[index].cited = true }
    return false
  }

  /// A notice says something before it gives the letter back; a boundary of a broken message is not yet a word.
  private static func isWords(_ line: ArraySlice<UInt8>) -> Bool {
    let bare = line.drop { $0 == 32 || $0 == 9 }
    return !bare.starts(with: "--".utf8) && bare.contains { (97...122).contains($0 | 32) || $0 >= 0x80 }
  }

  /// The last words before say that the letter follows.
  private static func announces(before lines: [Line]) -> Bool {
    guard let line = lines.last(where: { !isBlank($0.bytes) }), line.bytes.count <= 120 else { return false }
    return copyWords.occur(in: Array(line.bytes))
  }

  private static let copyWords = WordPatterns<Bool>(
    """
    original message, original mail, copy of * message, copy of * mail, returned message, unsent message,
    undelivered message, undeliverable message, message headers, header of * message, headers of * message,
    headers follow, message follows, header follows, mail headers, rejected message, bounced message,
    pesan asli, salinan pesan
    """)

  static func isBlank(_ line: ArraySlice<UInt8>) -> Bool { line.allSatisfy { $0 == 32 || $0 == 9 || $0 == 13 } }

  /// All lines of the notice as one text.
  var text: [UInt8] { Self.join(lines[...]) }

  static func join(_ lines: ArraySlice<Line>) -> [UInt8] {
    Array(lines.lazy.filter { !$0.cited }.map(\.bytes).joined(separator: [10]))
  }
}

/// A run of lines that look like header fields, as a notice cites or returns them. The head of a part (`Content-…`)
/// is no head of a letter.
private struct CitedHeader {
  var length = 0
  /// Fields that only mail has.
  var known = 0
  /// Among them fields that servers write and people do not cite.
  var transport = false
  var announced = false
  private(set) var messageID: String?
  private(set) var to: [String] = []
  private(set) var isReport = false
  private var indent = 0
  private var field: [UInt8] = []

  private static let named: Set<[UInt8]> = Set(
    [
      "from", "to", "cc", "subject", "date", "message-id", "sender", "reply-to", "x-mailer", "content-type",
      "user-agent",
      "in-reply-to", "references", "sent",
    ].map { Array($0.utf8) })
  private static let carried: Set<[UInt8]> = Set(
    [
      "received", "return-path", "mime-version", "dkim-signature", "domainkey-signature", "arc-seal", "x-received",
      "arc-message-signature", "delivered-to", "x-google-dkim-signature",
      "x-originating-ip",
    ].map { Array($0.utf8) })

  /// - Returns: false when the line is no field and continues none.
  mutating func take(_ line: ArraySlice<UInt8>) -> Bool {
    let blank = line.prefix { $0 == 32 || $0 == 9 }.count
    let bare = line.dropFirst(blank)
    if length > 0, blank > indent, !bare.isEmpty {
      readValue(bare)
      length += 1
      return true
    }
    guard length == 0 || blank == indent, let colon = Self.colon(bare) else { return false }
    let name = asciiLowercased(bare[..<colon])
    indent = blank
    length += 1
    let isCarried = Self.carried.contains(name)
    if isCarried { transport = true }
    if isCarried || Self.named.contains(name) { known += 1 }
    field = name
    readValue(bare[(colon + 1)...])
    return true
  }

  /// Field name of RFC 5322 §2.2 that begins with a letter, and no `https:`.
  private static func colon(_ line: ArraySlice<UInt8>) -> Int? {
    guard let first = line.first, (97...122).contains(first | 32) else { return nil }
    let name = line.prefix(60).prefix {
      (97...122).contains($0 | 32) || (48...57).contains($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
    }
    guard name.endIndex < line.endIndex, line[name.endIndex] == UInt8(ascii: ":") else { return nil }
    let after = name.endIndex + 1
    return after < line.endIndex && line[after] == UInt8(ascii: "/") ? nil : name.endIndex
  }

  private mutating func readValue(_ value: ArraySlice<UInt8>) {
    guard value.count < 1_100 else { return }
    if field.elementsEqual("message-id".utf8), messageID == nil {
      messageID = MessageIDs.read(String(decoding: value, as: UTF8.self)).first
    } else if field.elementsEqual("to".utf8), to.count < 50 {
      to += LooseAddress.all(in: value).map(\.address)
    } else if field.elementsEqual("content-type".utf8) {
      isReport = isReport || asciiLowercased(value.drop { $0 == 32 }).starts(with: "multipart/report".utf8)
    }
  }
}
