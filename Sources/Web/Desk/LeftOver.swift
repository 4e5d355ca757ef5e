// What an officer typed into a form the ticket has moved on from.
//
// The refusal says why it was not taken; the form itself is no longer on the page, so its texts stand here, to be read
// and copied. Nothing typed is lost (its draft is kept as well).

import SOP

/// One text of a form that has no place on the page any more.
struct LeftOver: PageValue {
  let name: String
  let text: String

  func value(of name: String) -> Shown? {
    switch name {
    case "leftName": .text(self.name)
    case "leftText": .text(text)
    default: nil
    }
  }

  /// The texts of `sent` when its form is not among `shown`; else none.
  static func texts(of sent: SentForm?, shown: Set<String>) -> [LeftOver] {
    guard let sent, !shown.contains(sent.name) else { return [] }
    return sent.form.fields.compactMap { name, value in
      let isOurs = name.utf8.starts(with: "_".utf8) || name == "versi"
      return isOurs || value.isEmpty ? nil : LeftOver(name: label(of: name), text: value)
    }
  }

  /// Field names are Indonesian words joined by hyphens: `catatan-kewenangan` reads "catatan kewenangan".
  private static func label(of field: String) -> String {
    String(decoding: field.utf8.prefix(60).map { $0 == 45 ? 32 : $0 }, as: UTF8.self)
  }
}
