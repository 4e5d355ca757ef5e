/// What mail programs of one language write around a quotation.
///
/// Phrases stand with bars between them, in lower case. The words are those of the programs themselves (Outlook,
/// Gmail, Apple Mail, Thunderbird, Roundcube, Yahoo, Zoho and their like), not of any list: a new program adds a
/// phrase to its line.
struct ReplyLanguage: Sendable {
  /// First words of "On Monday … wrote:", names of days included, since some programs begin with one.
  var openings = ""
  /// Words of "wrote", as they stand at the end or in the middle of an introduction.
  var verbs = ""
  /// Words that mean it only at the very end, since writers use them too.
  var endings = ""
  /// Labels of a header block.
  var from = ""
  var to = ""
  var subject = ""
  /// Labels only a mail program uses for the date, and those anybody uses.
  var sent = ""
  var date = ""
  /// "Original message" and "forwarded message", as they stand between dashes or before a colon.
  var original = ""
  var forwarded = ""
}

/// A label of a header block; some words mean two things in two languages.
struct HeaderLabel: OptionSet, Sendable {
  let rawValue: UInt8
  static let from = HeaderLabel(rawValue: 1)
  static let to = HeaderLabel(rawValue: 2)
  static let subject = HeaderLabel(rawValue: 4)
  static let sent = HeaderLabel(rawValue: 8)
  static let date = HeaderLabel(rawValue: 16)
  /// What the line says besides its label.
  static let address = HeaderLabel(rawValue: 32)
  static let clock = HeaderLabel(rawValue: 64)
}

/// All languages at once: a reader does not know in which one the other side's program speaks.
struct ReplyTables: Sendable {
  static let all = ReplyTables(ReplyLanguage.western + ReplyLanguage.eastern)

  let openings: Set<[UInt8]>
  let verbs: PhraseTable
  let endings: PhraseTable
  let labels: [[UInt8]: HeaderLabel]
  /// "date:" and "sent:", for blocks that stand in one line.
  let dates: PhraseTable
  let originals: Set<[UInt8]>
  let forwards: PhraseTable

  init(_ languages: [ReplyLanguage]) {
    var labels: [[UInt8]: HeaderLabel] = [:]
    for language in languages {
      for (list, kind) in [
        (language.from, HeaderLabel.from), (language.to, .to), (language.subject, .subject), (language.sent, .sent),
        (language.date, .date),
      ] {
        for phrase in ReplyWords.phrases(list) { labels[phrase, default: []].insert(kind) }
      }
    }
    self.labels = labels
    openings = Set(languages.flatMap { ReplyWords.phrases($0.openings) })
    originals = Set(languages.flatMap { ReplyWords.phrases($0.original) })
    verbs = PhraseTable(languages.map { ($0.verbs, 1) })
    endings = PhraseTable(languages.map { ($0.endings, 1) })
    forwards = PhraseTable(languages.map { ($0.forwarded, 1) })
    dates = PhraseTable(languages.map { ($0.sent, 1) } + languages.map { ($0.date, 1) })
  }

  /// Where the last "wrote" of the text ends; nil without one.
  func verbEnd(in words: [UInt8]) -> Int? {
    endings.ends(words) ? words.count : verbs.lastEnd(in: words)
  }
}
