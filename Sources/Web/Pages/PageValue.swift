// What a template may see.
//
// A page is a value: a struct that conforms to `Page` and answers each name its template uses in one `switch`.
// To add a page: write `templates/pages/NAME.mustache` inside a layout, write the struct with `previews` that walk
// every branch of the template, add the type to `PageRegistry.all`. The tests then render it in both languages and
// fail on a name the value lacks, on a branch no preview reaches, and on anything the template rules forbid.

import Mustache

/// One thing a template can show. Text is always escaped; what is not text says so.
enum Shown: Sendable {
  /// Known, but not there now: shows nothing, its section is skipped, its inverted section is shown.
  case absent
  /// Text of any origin. Empty text counts as absent.
  case text(String)
  case number(Int)
  case flag(Bool)
  /// Written as it is. Its name ends in `HTML`, and the template writes it with three braces.
  case clean(CleanHTML)
  /// An address. Its name ends in `Link`.
  case link(Link)
  /// A value with names of its own, for a section or a partial.
  case part(any PageValue)
  case rows([any PageValue])

  static func text(_ text: String?) -> Shown { text.map { .text($0) } ?? .absent }
  static func link(_ link: Link?) -> Shown { link.map { .link($0) } ?? .absent }
  static func part(_ part: (any PageValue)?) -> Shown { part.map { .part($0) } ?? .absent }
}

/// What the template library gets for a name that is known but absent. Answering nil instead would make it look for
/// the same name in the surrounding value: a row without an error would show the error of the form around it.
private struct Absent: MustacheCustomRenderable {
  var renderText: String { "" }
  var isNull: Bool { true }
}

/// A value with named parts: a page, a row of a table, a form field.
protocol PageValue: MustacheParent, Sendable {
  /// The part called `name`; nil when the value has no such name at all (the surrounding value is asked then).
  func value(of name: String) -> Shown?
}

extension PageValue {
  func child(named name: String) -> Any? {
    guard let shown = value(of: name) else { return nil }
    switch shown {
    case .clean(let html): return NameRule.of(name) == .clean ? html : Absent()
    case .link(let link): return NameRule.of(name) == .link ? link : Absent()
    case .part(let part): return part
    case .rows(let rows): return rows
    case .absent: return Absent()
    case .flag(let flag): return flag
    // A name that ends in HTML or Link promises a safe type: plain text under it shows nothing.
    case .text(let text): return text.isEmpty || NameRule.of(name) != .plain ? Absent() : text
    case .number(let number): return NameRule.of(name) == .plain ? number : Absent()
    }
  }
}

/// What a name promises about its value.
enum NameRule {
  case plain, clean, link

  static func of(_ name: String) -> NameRule {
    let bytes = Array(name.utf8)
    if bytes.suffix(4).elementsEqual("HTML".utf8) { return .clean }
    if bytes.suffix(4).elementsEqual("Link".utf8) { return .link }
    return .plain
  }
}

/// A whole page.
protocol Page: PageValue {
  /// Its file under `templates/`, without the ending.
  static var template: String { get }
  /// Examples that together walk every branch of the template, longest and emptiest included.
  static var previews: [Self] { get }
  /// What was wrong with the form that was sent; the layout shows it above everything else.
  var problems: [FieldProblem] { get }
}

extension Page {
  var problems: [FieldProblem] { [] }
}

/// One line of the error summary: the field it belongs to and the sentence that says what to do.
struct FieldProblem: PageValue, Equatable {
  /// The `name` of the field, which is also its id on the page. Empty: belongs to no field.
  let field: String
  let sentence: String

  func value(of name: String) -> Shown? {
    switch name {
    case "sentence": .text(sentence)
    case "fieldLink": field.isEmpty ? .absent : .link(.anchor(field))
    default: nil
    }
  }
}

extension Sequence<FieldProblem> {
  /// The sentence for one field, to be shown at the field itself.
  func sentence(for field: String) -> String? { first { $0.field == field }?.sentence }
}
