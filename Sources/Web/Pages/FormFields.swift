// The fields of forms, each with its partial under `templates/parts/`.
//
// A page answers a field's name with `.part(field)`; its template opens the section and fills the blocks:
//
//     {{#surel}}{{<parts/text}}
//       {{$label}}{{#ID}}Alamat surel{{/ID}}{{#EN}}E-mail address{{/EN}}{{/label}}
//       {{$hint}}{{#ID}}Contoh: sari@sukamaju.desa.id{{/ID}}{{/hint}}
//     {{/parts/text}}{{/surel}}
//
// Label above, hint below it, error sentence at the field, all tied together by `aria-describedby`. The id of a field
// is its name, so that the error summary can lead to it.

/// A line of text: `parts/text`.
struct TextField: PageValue, Equatable {
  /// What the browser is told about the content; decides keyboard and autofill.
  enum Kind: String, Sendable { case text, email, tel, password, search, url, date, number }

  let name: String
  var value = ""
  var error: String?
  var kind = Kind.text
  var required = true
  /// Required only for what is chosen elsewhere in the form; the label says so instead of "optional".
  var depends = false
  /// An autofill token of the HTML standard, such as `name`, `email`, `one-time-code`; empty: `off`.
  var autocomplete = ""
  /// The most the field takes, in UTF-16 units.
  var limit = 500

  func value(of part: String) -> Shown? {
    switch part {
    case "name": .text(name)
    case "value": kind == .password ? .absent : .text(value)
    case "error": .text(error)
    case "kind": .text(kind.rawValue)
    case "required": .flag(required && !depends)
    case "depends": .flag(depends)
    case "optional": .flag(!required && !depends)
    case "autocomplete": .text(autocomplete.isEmpty ? "off" : autocomplete)
    case "limit": .number(limit)
    default: nil
    }
  }
}

/// Several lines of text: `parts/textarea`.
struct TextAreaField: PageValue, Equatable {
  let name: String
  var value = ""
  var error: String?
  var required = true
  /// Required only for what is chosen elsewhere in the form.
  var depends = false
  var rows = 5
  var limit = 20_000

  func value(of part: String) -> Shown? {
    switch part {
    case "name": .text(name)
    case "value": .text(value)
    case "error": .text(error)
    case "required": .flag(required && !depends)
    case "depends": .flag(depends)
    case "optional": .flag(!required && !depends)
    case "rows": .number(rows)
    case "limit": .number(limit)
    default: nil
    }
  }
}

/// One thing to choose. The label is data, so it comes in the visitor's language already.
struct FieldOption: Sendable, Equatable {
  let value: String
  let label: String
  var note: String?
  var isChosen = false
}

/// A list to choose one of: `parts/select`.
struct SelectField: PageValue, Equatable {
  let name: String
  var options: [FieldOption]
  var error: String?
  var required = true

  func value(of part: String) -> Shown? {
    switch part {
    case "name": .text(name)
    case "error": .text(error)
    case "required": .flag(required)
    case "options": .rows(options.indices.map { OptionRow(field: name, index: $0, option: options[$0], many: false) })
    default: nil
    }
  }
}

/// Visible choices, one (radio) or several (checkbox): `parts/choice`.
struct ChoiceField: PageValue, Equatable {
  let name: String
  var options: [FieldOption]
  var error: String?
  /// May several be chosen?
  var many = false
  var required = true

  func value(of part: String) -> Shown? {
    switch part {
    case "name": .text(name)
    case "error": .text(error)
    case "required": .flag(required)
    case "options": .rows(options.indices.map { OptionRow(field: name, index: $0, option: options[$0], many: many) })
    default: nil
    }
  }
}

/// Files to send: `parts/file`. The form needs `enctype="multipart/form-data"`.
struct FileField: PageValue, Equatable {
  let name: String
  var error: String?
  var required = false
  /// The `accept` list, for example `image/*,application/pdf`.
  var accept = "image/*,application/pdf,.eml,.txt,.doc,.docx,.xls,.xlsx,.odt"

  func value(of part: String) -> Shown? {
    switch part {
    case "name": .text(name)
    case "error": .text(error)
    case "required": .flag(required)
    case "accept": .text(accept)
    default: nil
    }
  }
}

private struct OptionRow: PageValue {
  let field: String
  let index: Int
  let option: FieldOption
  let many: Bool

  func value(of part: String) -> Shown? {
    switch part {
    // The first choice bears the field's own id: the error summary leads there.
    case "optionID": .text(index == 0 ? field : "\(field)-\(index)")
    case "option": .text(option.value)
    case "optionLabel": .text(option.label)
    case "note": .text(option.note)
    case "isChosen": .flag(option.isChosen)
    case "many": .flag(many)
    default: nil
    }
  }
}

/// The way to the next page of a list: `parts/pager`.
struct Pager: PageValue, Equatable {
  var newer: Link?
  var older: Link?
  /// Where one is, as a sentence: "51–100 dari 412".
  var place = ""

  func value(of part: String) -> Shown? {
    switch part {
    case "newerLink": .link(newer)
    case "olderLink": .link(older)
    case "pagerPlace": .text(place)
    default: nil
    }
  }
}
