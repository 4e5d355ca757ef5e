// What surrounds every page: language, theme, who is signed in, the seal for forms, the links of the layout.

/// The languages of the pages. Indonesian unless the visitor chose otherwise.
enum PageLanguage: String, Sendable, CaseIterable {
  case indonesian = "id"
  case english = "en"

  /// One of two texts.
  func pick(_ indonesian: String, _ english: String) -> String { self == .indonesian ? indonesian : english }
}

/// A text in both languages, written in code.
struct Bilingual: Sendable, Equatable {
  let indonesian: String
  let english: String

  init(_ indonesian: String, _ english: String) {
    self.indonesian = indonesian
    self.english = english
  }

  func text(in language: PageLanguage) -> String { language.pick(indonesian, english) }
}

/// The theme a visitor chose; without a choice the browser's own preference holds.
enum PageTheme: String, Sendable, CaseIterable {
  case light, dark
}

/// Who is signed in, as far as the layout shows it.
struct SignedIn: Sendable, Equatable {
  /// The person's name.
  let name: String
  /// What the person is here: petugas, pengawas, pengelola …
  let role: Bilingual
  /// The places this role may go to, in order.
  let places: [Place]
  /// Can this person search for tickets? The search form is shown only then.
  let searches: Bool

  /// An entry of the navigation.
  struct Place: Sendable, Equatable {
    let label: Bilingual
    let link: Link
    /// The path under which this entry is the current one, for example `/meja`.
    let prefix: String

    static let desk = Place(label: Bilingual("Meja", "Desk"), link: Link("/meja"), prefix: "/meja")
    static let registry = Place(label: Bilingual("Registri", "Registry"), link: Link("/registri"), prefix: "/registri")
    static let supervisor = Place(
      label: Bilingual("Pengawas", "Supervisor"), link: Link("/pengawas"), prefix: "/pengawas")
    static let administration = Place(
      label: Bilingual("Kelola", "Administration"), link: Link("/kelola"), prefix: "/kelola")
  }
}

/// Everything a layout needs and no page has to think of.
struct PageFrame: PageValue {
  var language = PageLanguage.indonesian
  var theme: PageTheme?
  /// The path of this page, without its query.
  var path = "/"
  /// The query of this page, for the language and theme links.
  var query: [(String, String?)] = []
  /// The sealed token for the forms of this page.
  var seal = ""
  var flash: FlashMessage?
  var problems: [FieldProblem] = []
  var signedIn: SignedIn?
  var requestID = ""
  /// Addresses of style, script and icons with their content hash.
  var files = PublicLinks()

  /// The names a frame answers; a page must not use one of them for itself.
  static let names = [
    "ID", "EN", "lang", "theme", "csrf", "flash", "wasReceived", "wasRemoved", "hasProblems", "problems", "account",
    "requestID", "styleLink",
    "scriptLink", "portalScriptLink", "iconLink", "spriteLink", "staffStyleLink", "languageLink", "lightLink",
    "darkLink", "autoLink",
    "themeIsAuto", "themeIsLight", "themeIsDark",
  ]

  func value(of name: String) -> Shown? {
    switch name {
    case "ID": .flag(language == .indonesian)
    case "EN": .flag(language == .english)
    case "lang": .text(language.rawValue)
    case "theme": .text(theme?.rawValue)
    case "csrf": .text(seal)
    case "flash": .text(flash?.text.text(in: language))
    case "wasReceived": .flag(flash == .received)
    case "wasRemoved": .flag(flash == .removed)
    case "hasProblems": .flag(!problems.isEmpty)
    case "problems": .rows(problems)
    case "account": .part(signedIn.map { AccountBar(signedIn: $0, language: language, path: path) })
    case "requestID": .text(requestID)
    default: linkValue(of: name)
    }
  }

  private func linkValue(of name: String) -> Shown? {
    switch name {
    case "styleLink": .link(files.style)
    case "staffStyleLink": .link(files.staffStyle)
    case "scriptLink": .link(files.script)
    case "portalScriptLink": .link(files.portalScript)
    case "iconLink": .link(files.icon)
    case "spriteLink": .link(files.sprite)
    case "languageLink": .link(here("bahasa", language == .indonesian ? "en" : "id"))
    case "lightLink": .link(here("tema", "light"))
    case "darkLink": .link(here("tema", "dark"))
    case "autoLink": .link(here("tema", "auto"))
    case "themeIsAuto": .flag(theme == nil)
    case "themeIsLight": .flag(theme == .light)
    case "themeIsDark": .flag(theme == .dark)
    default: nil
    }
  }

  /// This page again, with one preference in its query.
  private func here(_ name: String, _ value: String) -> Link {
    let kept = query.filter { $0.0 != "bahasa" && $0.0 != "tema" }
    let segments = path.utf8.split(separator: 47).map { String(decoding: $0, as: UTF8.self) }
    return Link(path: "/", segments: segments, query: kept + [(name, value)])
  }
}

/// The signed-in part of the top bar.
private struct AccountBar: PageValue {
  let signedIn: SignedIn
  let language: PageLanguage
  let path: String

  func value(of name: String) -> Shown? {
    switch name {
    case "accountName": .text(signedIn.name)
    case "accountRole": .text(signedIn.role.text(in: language))
    case "searches": .flag(signedIn.searches)
    case "places": .rows(signedIn.places.map { PlaceEntry(place: $0, language: language, path: path) })
    default: nil
    }
  }
}

private struct PlaceEntry: PageValue {
  let place: SignedIn.Place
  let language: PageLanguage
  let path: String

  func value(of name: String) -> Shown? {
    switch name {
    case "placeName": .text(place.label.text(in: language))
    case "placeLink": .link(place.link)
    case "isHere": .flag(path == place.prefix || path.utf8.starts(with: (place.prefix + "/").utf8))
    default: nil
    }
  }
}

/// Where the style, the scripts and the icons are.
struct PublicLinks: Sendable {
  var style = Link("/aset/sigap.css")
  var staffStyle = Link("/aset/staff.css")
  var script = Link("/aset/sigap.js")
  var portalScript = Link("/aset/portal.js")
  var icon = Link("/aset/icon.svg")
  var sprite = Link("/aset/icons.svg")
}
