import CGMime

/// Takes the MIME tree apart: readable pieces in order, files, and the parts of a report.
///
/// Enters: a parsed message. Leaves: what it holds. Walks with its own stack, never by recursion, within
/// `MailLimits.depth` and `MailLimits.parts`; content found in content (an opaque signature, parts behind a lost
/// boundary) is parsed in its turn and walked at the end, within `innerMost` of them.
///
/// Problems told: `too_many_parts`, `too_deep`, `text_too_long`, `text_damaged` (bytes that no character set reads),
/// `encoding_damaged` (a transfer encoding broken or untrue), `boundary_missing`, `uuencoded_file`, `tnef_file`
/// (winmail.dat: kept, not looked into), `smime_signed`, `smime_encrypted`, `smime_unreadable`, `pgp_signed`,
/// `pgp_encrypted`.
struct PartWalk {
  typealias Node = UnsafeMutablePointer<GMimeObject>

  private(set) var text = TextPieces()
  private(set) var attachments: [MailAttachment] = []
  private(set) var problems: [String] = []
  /// Lower-case report-type of multipart/report.
  private(set) var reportType: String?
  /// Decoded message/delivery-status and message/feedback-report parts.
  private(set) var deliveryStatus: [UInt8]?
  private(set) var feedback: [UInt8]?
  /// Header of a returned message: its Message-ID.
  private(set) var returnedMessageID: String?

  private static let innerMost = 4
  private var seen = 0
  private var inner: [[UInt8]] = []
  private var innerCount = 0
  private var fallback: String?

  private mutating func note(_ problem: String) {
    if !problems.contains(problem) { problems.append(problem) }
  }

  /// - Parameter parsed: the message; what is found within it is read after it.
  mutating func walk(_ parsed: ParsedMail) {
    fallback = parsed.charset
    if let root = parsed.root { walk(root, in: parsed.guarded.bytes) }
    while !inner.isEmpty {
      let bytes = inner.removeFirst()
      let next = ParsedMail(bytes)
      for problem in next.guarded.problems where problem != "leading_blank_lines" { note(problem) }
      if let root = next.root {
        walk(root, in: next.guarded.bytes)
      } else {
        text.add(.plain, TextDecoding.decode(Array(bytes.prefix(MailLimits.text)), charset: nil).text, alternative: nil)
      }
    }
  }

  /// Keeps content for its own turn; false when there was enough of it.
  private mutating func later(_ bytes: [UInt8]) -> Bool {
    guard innerCount < Self.innerMost else { return false }
    innerCount += 1
    inner.append(bytes)
    return true
  }

  private mutating func walk(_ root: Node, in source: [UInt8]) {
    struct Place {
      var node: Node
      var depth = 0
      var alternative: Int?
      var boundaries: [[UInt8]] = []
    }
    var stack = [Place(node: root)]
    while let place = stack.popLast() {
      seen += 1
      if seen > MailLimits.parts { return note("too_many_parts") }
      let part = MimePart(place.node, in: source, fallback: fallback)
      if part.isMultipart {
        if place.depth >= MailLimits.depth {
          note("too_deep")
          continue
        }
        let many = sg_multipart(place.node)
        let count = min(g_mime_multipart_get_count(many), Int32(MailLimits.parts + 1))
        open(part, empty: count == 0, place.alternative)
        var next = place
        next.depth += 1
        next.boundaries.append(part.boundary)
        if part.contentType == "multipart/alternative" { next.alternative = seen }
        for index in stride(from: count - 1, through: 0, by: -1) {
          guard let child = g_mime_multipart_get_part(many, index) else { continue }
          next.node = child
          stack.append(next)
        }
      } else if part.isMessage {
        attachMessage(part, part.messageBytes(boundaries: place.boundaries))
      } else if part.isLeaf {
        leaf(part, alternative: place.alternative)
      }
    }
  }

  private mutating func open(_ part: MimePart, empty: Bool, _ alternative: Int?) {
    switch part.contentType {
    case "multipart/report": reportType = reportType ?? asciiLowercased(part.type["report-type"] ?? "")
    case "multipart/encrypted": note("pgp_encrypted")
    case "multipart/signed":
      switch asciiLowercased(part.type["protocol"] ?? "") {
      case "application/pgp-signature": note("pgp_signed")
      case "application/pkcs7-signature", "application/x-pkcs7-signature": note("smime_signed")
      default: break
      }
    default: break
    }
    guard empty else { return }
    // No part at all: what stands there is the text, or parts behind another boundary than was promised.
    let prologue = HeaderFields.bytes(g_mime_multipart_get_prologue(sg_multipart(part.node)))
    guard !prologue.allSatisfy({ $0 <= 32 }) else { return }
    note("boundary_missing")
    if let restored = LostBoundary.restored(prologue, part.contentType), later(restored) { return }
    let decoded = TransferDecoding.decode(prologue[...], part.encoding).bytes
    text.add(
      .plain, TextDecoding.decode(Array(decoded.prefix(MailLimits.text)), charset: part.charset).text,
      alternative: alternative)
  }

  private mutating func leaf(_ part: MimePart, alternative: Int?) {
    switch part.contentType {
    case "message/delivery-status", "message/global-delivery-status":
      deliveryStatus = deliveryStatus ?? part.content().bytes
    case "message/feedback-report": feedback = feedback ?? part.content().bytes
    case "text/rfc822-headers", "message/rfc822-headers", "message/global-headers":
      returned(HeaderFields(part.content().bytes))
    // Sent in a transfer encoding, which the standard forbids and GMime leaves alone (RFC 2046 §5.2.1).
    case "message/rfc822", "message/global": return attachMessage(part, part.content().bytes)
    case "text/plain", "text/html":
      let kind: TextPieces.Kind = part.contentType == "text/html" ? .html : .plain
      if isText(part, kind, alternative) { return addText(part, kind, alternative) }
    case "text/x-amp-html": return
    case "text/calendar":
      if !part.isAttachment {
        text.add(.calendar, CalendarText.words(decodedText(part, .calendar)), alternative: alternative)
      }
    case "application/ms-tnef", "application/vnd.ms-tnef": note("tnef_file")
    default: break
    }
    let content = part.content()
    if content.damaged { note("encoding_damaged") }
    if PKCS7.isMime(part) { openSigned(content.bytes) }
    attach(content.bytes, part, named: part.fileName)
  }

  private mutating func openSigned(_ bytes: [UInt8]) {
    if let content = OpaqueSignature.content(bytes) {
      note("smime_signed")
      if !later(content) { note("smime_unreadable") }
    } else {
      note(OpaqueSignature.isEncrypted(bytes) ? "smime_encrypted" : "smime_unreadable")
    }
  }

  // MARK: - Text

  /// A named text is the body within an alternative, or when no text came before it (RFC 8621 §4.1.4).
  private func isText(_ part: MimePart, _ kind: TextPieces.Kind, _ alternative: Int?) -> Bool {
    guard !part.isAttachment, text.hasRoom(kind) else { return false }
    if part.fileName.isEmpty { return true }
    if let alternative { return !text.pieces.contains { $0.kind == kind && $0.alternative == alternative } }
    return text.isEmpty
  }

  private mutating func addText(_ part: MimePart, _ kind: TextPieces.Kind, _ alternative: Int?) {
    var words = decodedText(part, kind)
    if kind == .plain {
      let read = PGPText.read(words)
      if read.signed { note("pgp_signed") }
      if read.encrypted { note("pgp_encrypted") }
      words = read.text
      if asciiLowercased(part.type["format"] ?? "") == "flowed" {
        words = FlowedText.join(words, dropSpace: asciiLowercased(part.type["delsp"] ?? "") == "yes")
      }
    }
    // Shown and, where the sender gave it a name to be saved by, a file as well.
    if part.isInline, !part.fileName.isEmpty { attach(part.content().bytes, part, named: part.fileName) }
    text.add(kind, words, alternative: alternative)
  }

  private mutating func decodedText(_ part: MimePart, _ kind: TextPieces.Kind) -> String {
    let content = part.content(limit: 2 * MailLimits.text)
    if content.cut || content.bytes.count > 4 * MailLimits.text { note("text_too_long") }
    if content.damaged { note("encoding_damaged") }
    var bytes = content.bytes
    if kind == .plain { takeFiles(outOf: &bytes) }
    let meta = kind == .html ? HTMLCharset.declared(bytes[...]) : nil
    let decoded = TextDecoding.decode(
      Array(bytes.prefix(4 * MailLimits.text)), charset: part.charset ?? meta, fallback: meta)
    if decoded.damaged { note("text_damaged") }
    return decoded.text
  }

  /// Files written into the text by uuencode become files.
  private mutating func takeFiles(outOf bytes: inout [UInt8]) {
    let blocks = Uuencode.blocks(in: bytes[...])
    guard !blocks.isEmpty else { return }
    note("uuencoded_file")
    var rest: [UInt8] = []
    var at = 0
    for block in blocks {
      rest += bytes[at..<block.range.lowerBound]
      at = block.range.upperBound
      let name = TextDecoding.decode(block.name, charset: nil, fallback: fallback).text
      add(MailAttachment(fileName: "", contentType: "application/octet-stream", bytes: block.bytes), name)
    }
    bytes = rest + bytes[at...]
  }

  // MARK: - Files

  private mutating func attachMessage(_ part: MimePart, _ bytes: [UInt8]) {
    let header = HeaderFields(bytes)
    returned(header)
    let subject = CleanText.line(header["subject"] ?? "", limit: 200)
    attach(bytes, part, named: !part.fileName.isEmpty || subject.isEmpty ? part.fileName : subject + ".eml")
  }

  private mutating func returned(_ header: HeaderFields) {
    returnedMessageID = returnedMessageID ?? header["message-id"].flatMap { MessageIDs.read($0).first }
  }

  private mutating func attach(_ bytes: [UInt8], _ part: MimePart, named name: String) {
    let file = MailAttachment(
      fileName: "", contentType: part.contentType, bytes: bytes, contentID: part.contentID, inline: part.isInline)
    add(file, name.isEmpty ? described(part) : name)
  }

  private mutating func add(_ file: MailAttachment, _ name: String) {
    var file = file
    file.fileName = SafeFileName.make(name, contentType: file.contentType, number: attachments.count + 1)
    attachments.append(file)
  }

  /// A nameless part is named by its description or its place, with an ending.
  private func described(_ part: MimePart) -> String {
    let name = part.field("Content-Description", fallback: fallback) ?? ""
    if !name.isEmpty {
      // A description is no path.
      let words = String(decoding: name.utf8.map { $0 == 47 || $0 == 92 ? 45 : $0 }, as: UTF8.self)
      return words.utf8.contains(46) ? words : words + "." + SafeFileName.ending(part.contentType)
    }
    let place = part.field("Content-Location") ?? ""
    return place.utf8.contains(46) && !place.utf8.contains(58) ? place : ""
  }

  // MARK: - Result

  /// Text and HTML of the whole message; marks the files that the HTML shows.
  mutating func body() -> (text: String, html: String?, marks: [ReplyMarks], problems: [String]) {
    let shown = text.pieces.filter { $0.kind == .html }.reduce(into: Set<String>()) {
      $0.formUnion(InlineImages.contentIDs(in: $1.text))
    }
    var names: [String: String] = [:]
    for index in attachments.indices {
      guard let id = attachments[index].contentID, shown.contains(id) else { continue }
      attachments[index].inline = true
      if names[id] == nil { names[id] = attachments[index].fileName }
    }
    return text.body(images: names)
  }
}
