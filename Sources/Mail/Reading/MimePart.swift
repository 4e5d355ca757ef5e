import CGMime

/// One node of GMime's tree, seen as what it says of itself and as bytes of the message.
///
/// GMime keeps of each leaf where its content lies in the parsed bytes, and of each field its offset. Content is taken
/// from there and not from GMime's writer, so that an attached message keeps every byte it came with but CR before LF.
struct MimePart {
  typealias Node = UnsafeMutablePointer<GMimeObject>

  let node: Node
  /// The bytes that GMime parsed.
  let source: [UInt8]
  /// Lower-case `type/subtype`.
  let contentType: String
  let type: Parameters
  let disposition: Parameters?

  /// - Parameter fallback: a character set for names with bytes beyond ASCII that are no UTF-8.
  init(_ node: Node, in source: [UInt8], fallback: String?) {
    self.node = node
    self.source = source
    // GMime goes by the last of several, and so does this.
    let raw = Self.raw(node, "Content-Type")
    type = Parameters(raw.last ?? [], fallback: fallback)
    let value = CleanText.line(type.value, limit: 200)
    contentType = Self.isType(value) ? value : value == "text" ? "text/plain" : Self.assumed(node)
    disposition = Self.raw(node, "Content-Disposition").first.map { Parameters($0, fallback: fallback) }
  }

  var isMultipart: Bool { sg_is_multipart(node) != 0 }
  var isMessage: Bool { sg_is_message_part(node) != 0 }
  var isLeaf: Bool { sg_is_part(node) != 0 }

  var charset: String? { type["charset"] }
  var contentID: String? {
    Self.raw(node, "Content-Id").first.flatMap { MessageIDs.read(EncodedWords.decode($0)).first }
  }
  var isInline: Bool { disposition?.value == "inline" }
  var isAttachment: Bool { disposition?.value == "attachment" }

  /// The name the sender gave the file; empty when there is none. Not yet safe.
  var fileName: String { disposition?["filename"] ?? type["name"] ?? disposition?["name"] ?? type["filename"] ?? "" }

  /// A decoded field of the part itself.
  func field(_ name: String, fallback: String? = nil) -> String? {
    Self.raw(node, name).first.map { CleanText.line(EncodedWords.decode($0, fallback: fallback), limit: 200) }
  }

  // MARK: - Bytes

  var encoding: TransferDecoding.Encoding {
    TransferDecoding.encoding(Self.raw(node, "Content-Transfer-Encoding").first ?? [])
  }

  /// Decoded content of a leaf.
  /// - Parameter limit: of a longer one only the beginning is decoded, at least this many bytes.
  func content(limit: Int = .max) -> (bytes: [UInt8], damaged: Bool, cut: Bool) {
    let whole = source[range]
    // Base64 takes four bytes for three and line ends besides, quoted-printable up to three for one.
    let most = limit < .max / 4 ? limit * 4 : .max
    let decoded = TransferDecoding.decode(whole.prefix(most), encoding)
    return (decoded.bytes, decoded.damaged, whole.count > most)
  }

  /// Where the content of a leaf lies.
  private var range: Range<Int> {
    var start: gint64 = 0
    var end: gint64 = 0
    guard sg_range(node, &start, &end) != 0 else { return 0..<0 }
    let last = end < 0 ? source.count : min(Int(end), source.count)
    let first = min(max(0, Int(start)), last)
    return first..<last
  }

  /// An attached message as it stands: from behind the part's own header to the boundary around it.
  /// - Parameter boundaries: those of all multiparts around it.
  func messageBytes(boundaries: [[UInt8]]) -> [UInt8] {
    guard let start = messageStart else { return [] }
    var end = start
    while end < source.count {
      if source[end] == 45, source[end...].dropFirst().first == 45, isBoundary(source[end...], boundaries) { break }
      end = (source[end...].firstIndex(of: 10) ?? source.count - 1) + 1
    }
    // The line end before a boundary belongs to the boundary (RFC 2046 §5.1.1).
    if end < source.count, end > start, source[end - 1] == 10 {
      end -= 1
      if end > start, source[end - 1] == 13 { end -= 1 }
    }
    // Line ends as in every other part.
    return TransferDecoding.decode(source[start..<end], .lines).bytes
  }

  private var messageStart: Int? {
    if let last = Self.offsets(node).last {
      var at = lineEnd(last)
      // Its folded lines, and fields of the message around it where the part is the whole of that message.
      while at < source.count, source[at] == 32 || source[at] == 9 || isField(at) { at = lineEnd(at) }
      // The empty line; without one the message begins here.
      if at < source.count, source[at] == 10 { return at + 1 }
      if at + 1 < source.count, source[at] == 13, source[at + 1] == 10 { return at + 2 }
      return at
    }
    // A part of multipart/digest without a header of its own: where the header of its message begins.
    guard let message = g_mime_message_part_get_message(sg_message_part(node)) else { return nil }
    let inner = Self.offsets(sg_object(message)) + (g_mime_message_get_mime_part(message).map(Self.offsets) ?? [])
    return inner.min()
  }

  /// `Name:` at the beginning of a line.
  private func isField(_ start: Int) -> Bool {
    let name = source[start...].prefix(200).prefix { $0 > 32 && $0 < 127 && $0 != 58 }
    return !name.isEmpty && source[name.endIndex...].first == 58
  }

  private func lineEnd(_ start: Int) -> Int {
    (source[min(start, source.count)...].firstIndex(of: 10) ?? source.count - 1) + 1
  }

  private func isBoundary(_ rest: ArraySlice<UInt8>, _ boundaries: [[UInt8]]) -> Bool {
    boundaries.contains { boundary in
      guard rest.dropFirst(2).starts(with: boundary) else { return false }
      let tail = rest.dropFirst(2 + boundary.count).prefix { $0 != 10 }
      let bare = tail.starts(with: [45, 45]) ? tail.dropFirst(2) : tail
      return tail.allSatisfy(Self.isSpace) || bare.allSatisfy(Self.isSpace)
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 13 }

  // MARK: - GMime

  /// Values of a field as sent, at most 20.
  static func raw(_ node: Node, _ name: String) -> [[UInt8]] {
    guard let list = g_mime_object_get_header_list(node) else { return [] }
    var found: [[UInt8]] = []
    let count = min(g_mime_header_list_get_count(list), Int32(MailLimits.fields))
    for index in 0..<max(0, count) {
      guard let header = g_mime_header_list_get_header_at(list, index), let own = g_mime_header_get_name(header),
        g_ascii_strcasecmp(own, name) == 0, found.count < 20
      else { continue }
      found.append(HeaderFields.bytes(g_mime_header_get_raw_value(header)))
    }
    return found
  }

  private static func offsets(_ node: Node) -> [Int] {
    guard let list = g_mime_object_get_header_list(node) else { return [] }
    let count = min(g_mime_header_list_get_count(list), Int32(MailLimits.fields))
    return (0..<max(0, count)).compactMap { index in
      g_mime_header_list_get_header_at(list, index).map { Int(g_mime_header_get_offset($0)) }.flatMap {
        $0 >= 0 ? $0 : nil
      }
    }
  }

  private static func isType(_ value: String) -> Bool {
    let parts = Array(value.utf8).split(separator: 47, omittingEmptySubsequences: false)
    return parts.count >= 2 && parts.allSatisfy { !$0.isEmpty }
  }

  /// What GMime takes a part for that says nothing of itself.
  private static func assumed(_ node: Node) -> String {
    guard let type = g_mime_object_get_content_type(node), let name = g_mime_content_type_get_mime_type(type)
    else { return "application/octet-stream" }
    defer { g_free(name) }
    return asciiLowercased(CleanText.line(String(cString: name), limit: 200))
  }

  var boundary: [UInt8] {
    guard isMultipart else { return [] }
    return HeaderFields.bytes(g_mime_multipart_get_boundary(sg_multipart(node)))
  }
}
