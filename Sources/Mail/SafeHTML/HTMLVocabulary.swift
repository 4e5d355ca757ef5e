/// What HTML may hold to be shown: elements, and the attributes of each. Whatever is not named here is not there.
///
/// A name in `spellings` is written as another element that looks the same, so that fewer forms leave than come in.
enum HTMLVocabulary {
  /// How an element behaves in the tree (HTML §13.2.4, as far as the kept elements need it).
  enum Kind {
    /// Goes on behind the end of a block that it was opened in.
    case formatting
    /// Ends with the block that it stands in.
    case inline
    /// Ends an open paragraph.
    case block
    case table, caption, section, row, cell
    /// Has neither content nor end tag.
    case void
  }

  /// An element as the search for open elements sees it: two bytes, so that a search costs next to nothing.
  struct Step {
    /// Of its name; headings have one together, since each ends the other.
    let code: UInt8
    let kind: Kind

    /// Searches do not look out of it (HTML §13.2.4.2, "in scope").
    var isBarrier: Bool { kind == .cell || kind == .caption || kind == .table }
    var isPhrase: Bool { kind == .formatting || kind == .inline }
  }

  struct Element {
    let name: String
    let step: Step
    let attributes: Set<String>

    var kind: Kind { step.kind }

    /// A start tag of it ends an open `p` (HTML §13.2.6.4.7).
    var endsParagraph: Bool { kind == .block || kind == .table || name == "hr" }
    /// Without content it says nothing.
    var mayVanish: Bool { kind == .formatting || kind == .inline && name != "q" }
  }

  static func element(_ name: String) -> Element? { elements[spellings[name] ?? name] }

  /// Every attribute that some element may keep, and those an image or link is read from.
  static let attributes = elements.values.reduce(into: Set<String>()) { $0.formUnion($1.attributes) }

  /// Their content is text to the tokenizer, not markup (HTML §13.2.6.2), and none of it is shown.
  static let rawText: Set<String> = [
    "iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp",
  ]

  /// Dropped with all they hold: foreign content, hidden content, and what other programs would have drawn.
  static let dropped: Set<String> = [
    "applet", "audio", "canvas", "datalist", "math", "noscript", "object", "select", "svg", "template", "video", "xml",
  ]

  private static let spellings: [String: String] = {
    var all = [
      "acronym": "abbr", "bdo": "bdi", "dir": "ul", "image": "img", "listing": "pre", "menu": "ul", "strike": "s",
      "tt": "code",
    ]
    let sections = [
      "address", "article", "aside", "details", "dialog", "fieldset", "figcaption", "figure", "footer", "header",
      "hgroup", "legend", "main", "nav", "search", "section", "summary",
    ]
    for name in sections { all[name] = "div" }
    return all
  }()

  private static let headings = ["h1", "h2", "h3", "h4", "h5", "h6"]

  /// Code of `Step`; nil for a name that is not kept.
  static func code(_ name: String) -> UInt8? { elements[name]?.step.code }

  private static let elements: [String: Element] = {
    var all: [String: Element] = [:]
    func keep(_ kind: Kind, _ names: [String], _ attributes: [String] = []) {
      for name in names {
        let every = Set(["align", "dir", "lang", "style", "title"] + attributes)
        let code = headings.contains(name) ? 0 : UInt8(clamping: all.count + 1)
        all[name] = Element(name: name, step: Step(code: code, kind: kind), attributes: every)
      }
    }
    keep(.formatting, ["b", "big", "code", "em", "i", "s", "small", "strong", "u"])
    keep(.formatting, ["a"], ["href"])
    keep(.formatting, ["font"], ["color", "face", "size"])
    keep(
      .inline,
      ["abbr", "bdi", "cite", "del", "dfn", "ins", "kbd", "mark", "q", "samp", "span", "sub", "sup", "var"])
    keep(.block, headings + ["center", "dd", "div", "dl", "dt", "p", "pre"])
    keep(.block, ["blockquote", "ul"], ["type"])
    keep(.block, ["li"], ["type", "value"])
    keep(.block, ["ol"], ["start", "type"])
    keep(.table, ["table"], ["bgcolor", "border", "cellpadding", "cellspacing", "height", "width"])
    keep(.caption, ["caption"])
    keep(.section, ["tbody", "tfoot", "thead"], ["bgcolor", "valign"])
    keep(.row, ["tr"], ["bgcolor", "height", "valign"])
    keep(.cell, ["td", "th"], ["bgcolor", "colspan", "height", "nowrap", "rowspan", "valign", "width"])
    keep(.void, ["br"])
    keep(.void, ["hr"], ["color", "size", "width"])
    keep(.void, ["img"], ["alt", "border", "data-cid", "data-remote-src", "height", "src", "width"])
    return all
  }()
}
