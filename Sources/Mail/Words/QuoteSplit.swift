/// Parts what the author wrote now from signature and quotation.
///
/// Careful by rule: only a cut that reaches to the end of the text is made, only where a sign is plain, and
/// never when nothing would be left. A quotation answered line by line stays visible, a forwarded message too.
enum QuoteSplit {
  static func split(_ text: String) -> (visible: String, quoted: String) {
    let lines = Array(text.utf8).split(separator: 10, omittingEmptySubsequences: false)
    var end = lines.count
    if let block = headerBlock(lines) { end = block }
    end = quotedTail(lines, end)
    end = signature(lines, end)
    while end > 0, isBlank(lines[end - 1]) { end -= 1 }
    let visible = join(lines[..<end])
    guard end < lines.count, !CleanText.isBlank(visible) else { return (text, "") }
    let rest = join(lines[end...].drop { isBlank($0) })
    return rest.isEmpty ? (text, "") : (visible, rest)
  }

  private typealias Line = ArraySlice<UInt8>

  private static func join(_ lines: ArraySlice<Line>) -> String {
    String(decoding: Array(lines.joined(separator: [10])), as: UTF8.self)
  }

  private static func isBlank(_ line: Line) -> Bool { line.allSatisfy { $0 == 32 || $0 == 9 || $0 == 13 } }
  private static func isQuoted(_ line: Line) -> Bool { line.first == 62 }

  private static func lowered(_ line: Line) -> String {
    String(decoding: asciiLowercased(line.prefix(400)), as: UTF8.self)
  }

  // MARK: - "> " at the end, with its introduction

  private static let verbs = [
    "wrote:", "writes:", "menulis:", "menulis pesan:", "schrieb:", "a écrit :", "a écrit:", "escribió:", "scrisse:",
    "ha scritto:", "escreveu:", "schreef:", "skrev:", "kirjoitti:", "napisał(a):", "написал:",
  ]

  private static let openings = ["on ", "pada ", "am ", "le ", "el ", "il ", "em ", "op ", "den ", "dne "]

  private static func quotedTail(_ lines: [Line], _ end: Int) -> Int {
    var start = end
    var quoted = 0
    while start > 0, isBlank(lines[start - 1]) || isQuoted(lines[start - 1]) {
      start -= 1
      if isQuoted(lines[start]) { quoted += 1 }
    }
    guard quoted > 0 else { return end }
    // The introduction stands on one to three lines right above.
    var words = ""
    var bare = false
    for back in 1...3 {
      guard start - back >= 0, !isBlank(lines[start - back]), !isQuoted(lines[start - back]) else { break }
      words = lowered(lines[start - back]) + " " + words
      let clean = CleanText.line(words, limit: 1_200)
      guard verbs.contains(where: clean.hasSuffix) else { break }
      if openings.contains(where: clean.hasPrefix) { return start - back }
      if back == 1 { bare = clean.utf8.contains(64) }
    }
    // `Name <address> wrote:` alone.
    if bare { return start - 1 }
    while start < end, isBlank(lines[start]) { start += 1 }
    return start
  }

  // MARK: - Header blocks of Outlook and its like

  private static let separators = [
    "original message", "pesan asli", "ursprüngliche nachricht", "message d'origine", "mensaje original",
    "messaggio originale", "mensagem original", "oorspronkelijk bericht", "reply message", "balas pesan",
  ]
  private static let firstNames = ["from:", "dari:", "von:", "de:", "da:", "van:", "*from:*", "*dari:*"]
  private static let otherNames = [
    "sent:", "to:", "cc:", "subject:", "date:", "dikirim:", "terkirim:", "kepada:", "ke:", "tanggal:", "perihal:",
    "subjek:", "gesendet:", "an:", "betreff:", "envoyé :", "envoyé:", "à :", "à:", "objet :", "objet:", "enviado:",
    "para:", "asunto:", "assunto:", "inviato:", "a:", "oggetto:", "verzonden:", "aan:", "onderwerp:", "*sent:*",
    "*to:*", "*subject:*", "*date:*", "*cc:*", "*dikirim:*", "*kepada:*", "*perihal:*",
  ]

  /// First line of a header block: a "From:" line with two more header lines within the next five.
  private static func headerBlock(_ lines: [Line]) -> Int? {
    for (index, line) in lines.enumerated() where line.count < 400 && !isQuoted(line) {
      let word = CleanText.line(lowered(line))
      guard firstNames.contains(where: word.hasPrefix) else { continue }
      var others = 0
      for next in lines[(index + 1)...].prefix(5) {
        let word = CleanText.line(lowered(next))
        if otherNames.contains(where: word.hasPrefix) { others += 1 }
      }
      guard others >= 2 else { continue }
      return separatorAbove(lines, index)
    }
    return nil
  }

  /// A forwarded message is what the author wants to show: no cut there.
  private static func separatorAbove(_ lines: [Line], _ index: Int) -> Int? {
    var above = index
    while above > 0, isBlank(lines[above - 1]), index - above < 3 { above -= 1 }
    guard above > 0 else { return index }
    let word = lowered(lines[above - 1])
    if ["forward", "diteruskan", "weitergeleitet", "transféré"].contains(where: word.contains) { return nil }
    let bytes = lines[above - 1].filter { $0 != 32 && $0 != 13 }
    let rule = bytes.count >= 5 && bytes.allSatisfy { $0 == 95 || $0 == 45 }
    let named = bytes.starts(with: [45, 45]) && separators.contains(where: word.contains)
    return rule || named ? above - 1 : index
  }

  // MARK: - Signature

  /// "-- " (RFC 3676 §4.3) within the last fifteen lines of what is left.
  private static func signature(_ lines: [Line], _ end: Int) -> Int {
    for index in stride(from: end - 1, through: max(0, end - 16), by: -1) {
      let line = lines[index]
      if line.elementsEqual("-- ".utf8) || line.elementsEqual("-- \r".utf8) { return index }
    }
    return end
  }
}
