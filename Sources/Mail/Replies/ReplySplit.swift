/// The new text of a message, and what goes with it.
public struct ReplyParts: Sendable, Equatable {
  /// What the writer wrote now.
  public var visible: String
  /// Quotation, signature, client footer, legal notice; empty when nothing was folded away.
  public var quoted: String

  public init(visible: String, quoted: String) {
    self.visible = visible
    self.quoted = quoted
  }
}

/// What the header of the message says about its text.
public struct ReplyContext: Sendable, Equatable {
  public var subject: String
  /// Display name of the author.
  public var senderName: String
  /// Whether the message answers another; nil when nobody knows.
  public var answers: Bool?

  public init(subject: String = "", senderName: String = "", answers: Bool? = nil) {
    self.subject = subject
    self.senderName = senderName
    self.answers = answers
  }
}

/// Parts what the writer wrote now from what the mail program added.
///
/// Enters: a plain text, or HTML, of any origin, and what the header says. Leaves: visible and quoted text, which hold
/// every line of the text exactly once; lines are never changed, only moved. Never fails, linear in the input.
///
/// Folded away: the quotation of the mail that is answered, whether with "> ", under "On … wrote:", under a header
/// block or in an element that a mail program names; all below "reply above this line"; a signature; client footers
/// ("Sent from my iPhone"); footers of mailing lists; legal notices.
///
/// Careful by rule, because a hidden line of the requester is worse than ten lines too many:
/// - Nothing is hidden when nothing would be left.
/// - A quotation that is answered point by point stays visible with its answers.
/// - A forwarded message stays visible: the sender wants it read. A message that answers nothing has no history.
/// - A header block without an address, a time or a separator is a letterhead, not a quotation: official letters in
///   Indonesia begin with *Kepada*, *Dari*, *Perihal*.
/// - Closing words ("Hormat kami, Budi") stay. Programs differ here. We go with the cautious ones: closing words and
///   a name are the writer's own, and a rule that knows them by their words hides real sentences. A signature begins
///   at its delimiter (RFC 3676 §4.3, also without the space that mail programs lose), in an element named so, or
///   with the author's own name over a telephone number or an address. What begins with a long dash stays.
///
/// Known limits: answers typed into an unmarked original (Outlook, "see my answers in red") cannot be told from it;
/// an introduction in a language that `ReplyLanguage` lacks is found only by the markup or by its address and time.
public enum ReplySplit {
  /// Splits a plain text.
  public static func split(plain text: String, context: ReplyContext = ReplyContext()) -> ReplyParts {
    split(text, marks: [], context: context)
  }

  /// Splits HTML; both parts are its text as a person would read it.
  public static func split(html: String, context: ReplyContext = ReplyContext()) -> ReplyParts {
    var problems: [String] = []
    let reading = HTMLText.read(html, problems: &problems)
    return split(CleanText.lines(reading.text).text, marks: reading.marks, context: context)
  }

  /// - Parameter marks: one for each line when the text came from HTML, else none.
  static func split(_ text: String, marks: [ReplyMarks], context: ReplyContext) -> ReplyParts {
    let bytes = Array(text.utf8)
    let lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
    let scan = ReplyScan(lines, marks: marks, context: context)
    let hidden = scan.hidden()
    guard !hidden.isEmpty else { return ReplyParts(visible: text, quoted: "") }
    var visible: [ArraySlice<UInt8>] = []
    var quoted: [ArraySlice<UInt8>] = []
    var at = 0
    for range in hidden {
      visible += lines[at..<range.lowerBound]
      quoted += lines[range]
      at = range.upperBound
    }
    visible += lines[at...]
    let shown = joined(visible)
    let folded = joined(quoted)
    return folded.isEmpty || shown.isEmpty
      ? ReplyParts(visible: text, quoted: "") : ReplyParts(visible: shown, quoted: folded)
  }

  /// Without blank lines at the ends.
  private static func joined(_ lines: [ArraySlice<UInt8>]) -> String {
    var slice = lines[...]
    while let last = slice.last, ReplyLine.isBlank(last) { slice = slice.dropLast() }
    slice = slice.drop { ReplyLine.isBlank($0) }
    return String(decoding: Array(slice.joined(separator: [10])), as: UTF8.self)
  }
}
