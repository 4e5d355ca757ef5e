/// What the markup of an HTML mail says of a line: mail programs name the elements in which they put the quotation
/// and the signature. `HTMLTidy` asks per attribute, `HTMLText` gives the answer to the lines of the element.
///
/// A sender may write any name, so a mark is a hint of the same weight as a "> " in plain text: what it hides can be
/// unfolded, and `ReplySplit` never lets it hide everything.
struct ReplyMarks: OptionSet, Sendable {
  let rawValue: UInt8

  /// In a quotation that a mail program made.
  static let cited = ReplyMarks(rawValue: 1)
  /// In a blockquote of which nothing says that it is a quotation: writers indent with it too.
  static let indented = ReplyMarks(rawValue: 2)
  /// The line "On … wrote:".
  static let introduction = ReplyMarks(rawValue: 4)
  /// From this line to the end of the mail all is history.
  static let onward = ReplyMarks(rawValue: 8)
  static let signature = ReplyMarks(rawValue: 16)
  /// The first line under a border: Outlook draws one over its header block.
  static let ruled = ReplyMarks(rawValue: 32)
  /// Inside an element that holds an introduction and a quotation, but may hold answers between quotations too.
  static let holder = ReplyMarks(rawValue: 64)

  /// Marks that hold for one line, not for all lines of the element.
  static let momentary: ReplyMarks = [.onward, .ruled]

  private enum Match {
    case exact
    case end
    case start
  }

  /// Names of classes and identifiers, lower case. Gmail and Outlook put something in front of the names they find in
  /// a mail that they quote (`m_-12gmail_quote`, `x_gmail_quote`), Yahoo of all names (`ydp1ayahoo_quoted`).
  private static let names: [(name: String, match: Match, mark: ReplyMarks)] = [
    ("gmail_attr", .end, .introduction), ("moz-cite-prefix", .end, .introduction),
    ("reply-intro", .exact, .introduction),
    ("gmail_quote", .end, .holder), ("gmail_quote_container", .end, .holder), ("protonmail_quote", .end, .holder),
    ("tutanota_quote", .end, .holder), ("mailspring-gmail-quote", .end, .holder), ("nylas-quote", .end, .holder),
    ("yahoo_quoted", .end, .cited), ("yahoo_quoted", .start, .cited), ("yahooquoted", .end, .cited),
    ("zmail_extra", .exact, .cited), ("isreplycontent", .exact, .cited), ("front-blockquote", .exact, .cited),
    ("divrplyfwdmsg", .end, .onward), ("appendonsend", .end, .onward), ("outlookmessageheader", .end, .onward),
    ("mail-editor-reference-message-container", .end, .onward), ("zwchr", .exact, .onward),
    ("ms-outlook-mobile-reference-message", .start, .onward),
    ("gmail_signature", .end, .signature), ("moz-signature", .end, .signature), ("signature", .exact, .signature),
    ("ms-outlook-mobile-signature", .end, .signature), ("acompli_signature", .end, .signature),
    ("applemailsignature", .end, .signature), ("composer_signature", .end, .signature),
    ("linebreakatbeginningofsignature", .end, .signature), ("protonmail_signature_block", .end, .signature),
  ]

  /// - Parameter name: lower-case tag; `key`: lower-case attribute of which the first ten bytes are enough.
  static func read(_ name: String, _ key: String, _ value: [UInt8]) -> ReplyMarks {
    let lower = asciiLowercased(value.prefix(2_048))
    var marks: ReplyMarks = []
    switch key {
    case "class", "id":
      for word in lower.split(whereSeparator: { $0 <= 32 }).prefix(16) { marks.formUnion(named(word)) }
    case "type" where name == "blockquote" && lower.elementsEqual("cite".utf8): marks = .cited
    case "cite" where name == "blockquote": marks = .cited
    case "data-signa": marks = .signature
    case "style" where name == "blockquote": if ReplyWords.holds(lower, Array("border-left".utf8)) { marks = .cited }
    case "style": if ReplyWords.holds(lower, Array("border-top".utf8)) { marks = .ruled }
    default: break
    }
    // The quotation itself, not what stands around it.
    if name == "blockquote", marks.contains(.holder) { marks = .cited }
    return marks
  }

  private static func named(_ word: ArraySlice<UInt8>) -> ReplyMarks {
    var word = word
    while word.starts(with: "x_".utf8) { word = word.dropFirst(2) }
    var marks: ReplyMarks = []
    for entry in names {
      let name = entry.name.utf8
      let hit =
        switch entry.match {
        case .exact: word.elementsEqual(name)
        case .end: word.count >= name.count && word.suffix(name.count).elementsEqual(name)
        case .start: word.starts(with: name)
        }
      if hit { marks.insert(entry.mark) }
    }
    return marks
  }
}
