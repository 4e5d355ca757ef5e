// What was typed into a form that an error page could not take: shown to be read and copied.

/// One text of such a form.
struct TypedText: PageValue {
  let field: String
  let text: String

  /// Never shown: secrets, and what no person typed.
  private static let silent: Set<String> = ["sandi", "ulang", "kunci", "kode", "versi", "ke", "isian", "penerusan"]

  func value(of name: String) -> Shown? {
    switch name {
    case "typedField": .text(field)
    case "typedText": .text(text)
    default: nil
    }
  }

  static func texts(of form: FormData) -> [TypedText] {
    form.fields.compactMap { name, value in
      guard !value.isEmpty, name.utf8.first != UInt8(ascii: "_"), !silent.contains(name) else { return nil }
      // Field names are Indonesian words joined by hyphens.
      let words = name.utf8.prefix(60).map { $0 == UInt8(ascii: "-") ? UInt8(ascii: " ") : $0 }
      return TypedText(field: String(decoding: words, as: UTF8.self), text: value)
    }
  }
}
