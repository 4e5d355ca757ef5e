import CGMime

/// Takes the MIME tree apart: text pieces in order, files, and the parts of a report. Walks with its own
/// stack, never by recursion, within `MailLimits.depth` and `MailLimits.parts`.
struct PartWalk {
  typealias Node = UnsafeMutablePointer<GMimeObject>

  /// One readable part. Pieces of the same alternative say the same thing twice.
  struct Piece {
    var html: Bool
    var text: String
    var alternative: Int?
  }

  private(set) var pieces: [Piece] = []
  private(set) var attachments: [MailAttachment] = []
  private(set) var problems: [String] = []
  /// Lower-case report-type of multipart/report.
  private(set) var reportType: String?
  /// Decoded message/delivery-status and message/feedback-report parts.
  private(set) var deliveryStatus: [UInt8]?
  private(set) var feedback: [UInt8]?
  /// Header of a returned message: its Message-ID.
  private(set) var returnedMessageID: String?
  private var prologue: String?

  private mutating func note(_ problem: String) {
    if !problems.contains(problem) { problems.append(problem) }
  }

  mutating func walk(_ root: Node) {
    var stack: [(node: Node, depth: Int, alternative: Int?)] = [(root, 0, nil)]
    var seen = 0
    while let (node, depth, alternative) = stack.popLast() {
      seen += 1
      if seen > MailLimits.parts { return note("too_many_parts") }
      if sg_is_multipart(node) != 0 {
        if depth >= MailLimits.depth {
          note("too_deep")
          continue
        }
        let many = sg_multipart(node)
        open(many, node)
        let kind = contentType(node)
        let inner = kind == "multipart/alternative" ? seen : alternative
        let count = min(g_mime_multipart_get_count(many), Int32(MailLimits.parts + 1))
        for index in stride(from: count - 1, through: 0, by: -1) {
          if let child = g_mime_multipart_get_part(many, index) { stack.append((child, depth + 1, inner)) }
        }
      } else if sg_is_message_part(node) != 0 {
        attachMessage(node)
      } else if sg_is_part(node) != 0 {
        leaf(node, alternative: alternative)
      }
    }
  }

  private mutating func open(_ many: UnsafeMutablePointer<GMimeMultipart>?, _ node: Node) {
    if contentType(node) == "multipart/report", reportType == nil {
      reportType = parameter(node, "report-type").map(asciiLowercased) ?? ""
    }
    if prologue == nil, g_mime_multipart_get_count(many) == 0, let text = g_mime_multipart_get_prologue(many) {
      prologue = String(cString: text)
    }
  }

  private mutating func leaf(_ node: Node, alternative: Int?) {
    let kind = contentType(node)
    let part = sg_part(node)
    let name = g_mime_part_get_filename(part).map { String(cString: $0) }
    let disposition = g_mime_object_get_disposition(node).map { asciiLowercased(String(cString: $0)) }
    switch kind {
    case "message/delivery-status", "message/global-delivery-status": deliveryStatus = deliveryStatus ?? content(node)
    case "message/feedback-report": feedback = feedback ?? content(node)
    case "text/rfc822-headers", "message/rfc822-headers", "message/global-headers": returnedHeader(content(node))
    case "text/plain", "text/html":
      let file = disposition == "attachment" || (name != nil && !isBody(kind, alternative, disposition))
      if !file { return addText(node, html: kind == "text/html", alternative) }
    case "text/x-amp-html": return
    default: break
    }
    attach(content(node), kind: kind, name: name ?? "", node, inline: disposition == "inline")
  }

  /// A named text part is the body within an alternative, or when no text came before it.
  private func isBody(_ kind: String, _ alternative: Int?, _ disposition: String?) -> Bool {
    if alternative != nil { return !pieces.contains { $0.html == (kind == "text/html") } }
    return pieces.isEmpty && disposition == nil
  }

  private mutating func addText(_ node: Node, html: Bool, _ alternative: Int?) {
    let bytes = content(node)
    if bytes.count > 4 * MailLimits.text { note("text_too_long") }
    let decoded = TextDecoding.decode(Array(bytes.prefix(4 * MailLimits.text)), charset: parameter(node, "charset"))
    if decoded.damaged { note("text_damaged") }
    var text = decoded.text
    if !html, asciiLowercased(parameter(node, "format") ?? "") == "flowed" {
      text = FlowedText.join(text, dropSpace: asciiLowercased(parameter(node, "delsp") ?? "") == "yes")
    }
    pieces.append(Piece(html: html, text: text, alternative: alternative))
  }

  private mutating func attachMessage(_ node: Node) {
    let message = g_mime_message_part_get_message(sg_message_part(node))
    var name = ""
    if let message {
      if returnedMessageID == nil, let id = g_mime_message_get_message_id(message) {
        returnedMessageID = MessageIDs.read(String(cString: id)).first
      }
      name = g_mime_message_get_subject(message).map { String(cString: $0) + ".eml" } ?? ""
    }
    let bytes = message.map { raw(sg_object($0)) } ?? []
    attach(bytes, kind: contentType(node), name: name, node, inline: false)
  }

  private mutating func returnedHeader(_ bytes: [UInt8]) {
    guard returnedMessageID == nil else { return }
    let fields = ReportFields.read(bytes)
    returnedMessageID = fields.first?.first { $0.name == "message-id" }.flatMap { MessageIDs.read($0.value).first }
  }

  private mutating func attach(_ bytes: [UInt8], kind: String, name: String, _ node: Node, inline: Bool) {
    let id = g_mime_object_get_content_id(node).flatMap { MessageIDs.read(String(cString: $0)).first }
    var file = MailAttachment(fileName: "", contentType: kind, bytes: bytes, contentID: id, inline: inline)
    file.fileName = SafeFileName.make(
      name.isEmpty ? described(node, kind) : name, contentType: kind, number: attachments.count + 1)
    attachments.append(file)
  }

  /// A nameless part is named by its Content-Description, with an ending.
  private func described(_ node: Node, _ kind: String) -> String {
    guard let text = g_mime_object_get_header(node, "Content-Description") else { return "" }
    let name = CleanText.line(String(cString: text), limit: 200)
    return name.isEmpty || name.utf8.contains(46) ? name : name + "." + SafeFileName.ending(kind)
  }

  // MARK: - GMime

  private func content(_ node: Node) -> [UInt8] { raw(node) }

  private func raw(_ node: Node?) -> [UInt8] {
    guard let node, let array = sg_bytes(node) else { return [] }
    defer { g_byte_array_unref(array) }
    guard let data = array.pointee.data else { return [] }
    return Array(UnsafeBufferPointer(start: data, count: Int(array.pointee.len)))
  }

  private func contentType(_ node: Node) -> String {
    guard let type = g_mime_object_get_content_type(node), let name = g_mime_content_type_get_mime_type(type)
    else { return "application/octet-stream" }
    defer { g_free(name) }
    return asciiLowercased(CleanText.line(String(cString: name), limit: 200))
  }

  private func parameter(_ node: Node, _ name: String) -> String? {
    g_mime_object_get_content_type_parameter(node, name).map { String(cString: $0) }
  }

  // MARK: - Body

  /// Joins the pieces: of an alternative the plain text, or else the text of its HTML. Marks are there when all text
  /// came from one HTML part: one for each line.
  func body() -> (text: String, html: String?, marks: [ReplyMarks], problems: [String]) {
    var problems: [String] = []
    var texts: [String] = []
    var htmls: [String] = []
    var budget = MailLimits.text
    var marks: [ReplyMarks] = []
    for piece in pieces {
      if piece.html { htmls.append(piece.text) }
      let twin =
        piece.html && piece.alternative != nil
        && pieces.contains { !$0.html && $0.alternative == piece.alternative && !CleanText.isBlank($0.text) }
      if twin { continue }
      if piece.html {
        budget -= piece.text.utf8.count
        // The first piece is cut where it goes over; those after it are left out, all HTML has one budget.
        if budget < 0, !texts.isEmpty {
          if !problems.contains("html_cut") { problems.append("html_cut") }
          continue
        }
      }
      let reading = piece.html ? HTMLText.read(piece.text, problems: &problems) : (text: piece.text, marks: [])
      guard !CleanText.isBlank(reading.text) else { continue }
      marks = texts.isEmpty ? reading.marks : []
      texts.append(reading.text)
    }
    if texts.isEmpty, let prologue { texts.append(prologue) }
    let text = CleanText.lines(texts.joined(separator: "\n"))
    let html = htmls.isEmpty ? nil : CleanText.lines(htmls.joined(separator: "\n"))
    if text.cut || html?.cut == true { problems.append("text_too_long") }
    return (text.text, html?.text, marks, problems)
  }
}

/// format=flowed (RFC 3676 §4): a line that ends with a space goes on in the next one.
enum FlowedText {
  static func join(_ text: String, dropSpace: Bool) -> String {
    var out = [UInt8]()
    out.reserveCapacity(text.utf8.count)
    var depth = -1
    for raw in Array(text.utf8).split(separator: 10, omittingEmptySubsequences: false) {
      var line = raw
      if line.last == 13 { line = line.dropLast() }
      let quotes = line.prefix { $0 == 62 }.count
      var rest = line.dropFirst(quotes)
      if rest.first == 32 { rest = rest.dropFirst() }
      let signature = rest.elementsEqual("-- ".utf8)
      if depth == quotes, !signature {
        out.append(contentsOf: rest)
      } else {
        if depth >= 0 { out.append(10) }
        if quotes > 0 { out.append(contentsOf: line.prefix(quotes) + [32]) }
        out.append(contentsOf: rest)
      }
      if rest.last == 32, !signature {
        depth = quotes
        if dropSpace { out.removeLast() }
      } else {
        depth = -1
        out.append(10)
      }
    }
    if out.last == 10 { out.removeLast() }
    return String(decoding: out, as: UTF8.self)
  }
}
