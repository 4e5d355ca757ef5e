/// The readable parts of a message, in order, and what a person reads of them.
///
/// Enters: decoded text, HTML and calendar parts. Leaves: one text and one HTML, each within `MailLimits.text`. Of
/// parts that say the same (multipart/alternative) the plain text is taken, the HTML where the plain one is blank, the
/// calendar where there is neither.
struct TextPieces {
  enum Kind { case plain, html, calendar }

  struct Piece {
    var kind: Kind
    var text: String
    /// Pieces of the same alternative say the same thing twice.
    var alternative: Int?
    var blank: Bool
  }

  private(set) var pieces: [Piece] = []
  private var room = (plain: MailLimits.text, html: MailLimits.text)

  /// Whether more of a kind is still kept as text; what comes later is a file.
  func hasRoom(_ kind: Kind) -> Bool { kind == .html ? room.html > 0 : room.plain > 0 }

  func contains(_ kind: Kind) -> Bool { pieces.contains { $0.kind == kind } }

  var isEmpty: Bool { pieces.isEmpty }

  mutating func add(_ kind: Kind, _ text: String, alternative: Int?) {
    if kind == .html { room.html -= text.utf8.count } else { room.plain -= text.utf8.count }
    pieces.append(Piece(kind: kind, text: text, alternative: alternative, blank: CleanText.isBlank(text)))
  }

  /// - Parameter images: names of files by Content-ID, told where an image without words stands in the HTML.
  /// Marks are there when all text came from one HTML part: one for each line.
  func body(images: [String: String]) -> (text: String, html: String?, marks: [ReplyMarks], problems: [String]) {
    var problems: [String] = []
    var texts: [String] = []
    var htmls: [String] = []
    var budget = MailLimits.text
    var marks: [ReplyMarks] = []
    func take(_ text: String, _ own: [ReplyMarks]) {
      marks = texts.isEmpty ? own : []
      texts.append(text)
    }
    let plain = Set(pieces.compactMap { $0.kind == .plain && !$0.blank ? $0.alternative : nil })
    let any = Set(pieces.compactMap { $0.kind != .calendar && !$0.blank ? $0.alternative : nil })
    for piece in pieces where !piece.blank {
      switch piece.kind {
      case .plain: take(piece.text, [])
      case .calendar:
        if piece.alternative.map({ !any.contains($0) }) ?? true { take(piece.text, []) }
      case .html:
        htmls.append(piece.text)
        if let alternative = piece.alternative, plain.contains(alternative) { continue }
        budget -= piece.text.utf8.count
        // The first piece is cut where it goes over; those after it are left out, all HTML has one budget.
        if budget < 0, !texts.isEmpty {
          if !problems.contains("html_cut") { problems.append("html_cut") }
          continue
        }
        let reading = HTMLText.read(piece.text, images: images, problems: &problems)
        if !CleanText.isBlank(reading.text) { take(reading.text, reading.marks) }
      }
    }
    let text = CleanText.lines(texts.joined(separator: "\n"))
    let html = htmls.isEmpty ? nil : CleanText.lines(htmls.joined(separator: "\n"))
    if text.cut || html?.cut == true { problems.append("text_too_long") }
    return (text.text, html?.text, marks, problems)
  }
}

/// Places of attached images within HTML (RFC 2392).
enum InlineImages {
  /// Content-IDs that the HTML names as `cid:…`, without percent encoding; at most 1,000.
  static func contentIDs(in html: String) -> Set<String> {
    let bytes = Array(html.utf8)
    var found: Set<String> = []
    var at = 0
    while at + 4 < bytes.count, found.count < 1_000 {
      guard bytes[at + 3] == 58, bytes[at] | 32 == 99, bytes[at + 1] | 32 == 105, bytes[at + 2] | 32 == 100 else {
        at += 1
        continue
      }
      let rest = bytes[(at + 4)...].prefix(1_000)
      let id = rest.prefix { $0 > 32 && $0 != 34 && $0 != 39 && $0 != 62 && $0 != 41 && $0 != 92 && $0 != 38 }
      if !id.isEmpty { found.insert(String(decoding: Parameters.percentDecoded(id), as: UTF8.self)) }
      at += 4 + id.count
    }
    return found
  }
}
