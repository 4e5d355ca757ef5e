import SOP

/// What the fields of a form hold: what was just sent, else the saved draft, else what the ticket says.
struct FilledForm: Sendable {
  let sent: FormData?
  /// Somebody has typed into it: a part that is folded is shown open.
  let isTouched: Bool
  let problems: [FieldProblem]

  /// - Parameter draft: what was typed before and not sent.
  init(_ name: String, sent: SentForm?, draft: FormData?) {
    let isSent = sent?.name == name
    self.sent = isSent ? sent?.form : draft
    isTouched = isSent || draft?.fields.contains { !$0.value.isEmpty } == true
    problems = isSent ? sent?.problems ?? [] : []
  }

  func text(_ name: String, _ fallback: String) -> String { sent?[name] ?? fallback }

  /// - Parameter depends: required for what is chosen elsewhere in the form.
  func line(
    _ name: String, _ fallback: String = "", required: Bool = true, depends: Bool = false, limit: Int = 500
  ) -> TextField {
    TextField(
      name: name, value: text(name, fallback), error: problems.sentence(for: name), required: required,
      depends: depends, limit: limit)
  }

  func area(
    _ name: String, _ fallback: String = "", required: Bool = true, depends: Bool = false, rows: Int = 4
  ) -> TextAreaField {
    TextAreaField(
      name: name, value: text(name, fallback), error: problems.sentence(for: name), required: required,
      depends: depends, rows: rows)
  }

  func files(_ name: String) -> FileField { FileField(name: name, error: problems.sentence(for: name)) }

  func list(_ name: String, _ options: [(value: String, label: String)], chosen: String) -> SelectField {
    let now = text(name, chosen)
    return SelectField(
      name: name,
      options: options.map { FieldOption(value: $0.value, label: $0.label, isChosen: $0.value == now) },
      error: problems.sentence(for: name))
  }

  func choice(_ name: String, _ options: [FieldOption], chosen: String, required: Bool = true) -> ChoiceField {
    let now = text(name, chosen)
    return ChoiceField(
      name: name,
      options: options.map {
        FieldOption(value: $0.value, label: $0.label, note: $0.note, isChosen: $0.value == now)
      }, error: problems.sentence(for: name), required: required)
  }
}

/// Names of domains and tickets in forms.
enum FormName {
  static func domain(_ form: FormData, _ field: String) throws -> DomainName? {
    guard let text = form.optional(field) else { return nil }
    guard let name = DomainName(text) else {
      throw FormRefusal(
        field: field,
        sentence: Bilingual(
          "Tulis nama domain seperti contoh: desasukamaju.desa.id", "Write the domain name like: desasukamaju.desa.id"))
    }
    return name
  }

  static func ticket(_ form: FormData, _ field: String) throws -> TicketNumber {
    guard let number = TicketNumber(form.typed(field)) else {
      throw FormRefusal(
        field: field,
        sentence: Bilingual(
          "Tulis nomor tiket seperti contoh: ADU-202611-00042-P", "Write the ticket number like: ADU-202611-00042-P"))
    }
    return number
  }
}

extension FormData {
  /// The whole text, uncut: when it is too long, it is the procedure that says so.
  func typed(_ name: String) -> String { text(name, limit: FormLimits().text) }

  /// The whole text, or `nil` when nothing was filled in.
  func optional(_ name: String) -> String? {
    let text = typed(name)
    return text.isEmpty ? nil : text
  }
}
