/// What a visitor sees when a page cannot be shown: one sentence that says what happened, one that says what to do.
/// Never the text of an error; a fault shows its incident number instead.
struct ErrorPage: Page {
  static let template = "pages/galat"
  static let previews = [
    ErrorPage(
      heading: Bilingual("Ada yang salah pada sistem kami", "Something is wrong on our side"),
      sentence: Bilingual("Gangguan ini sudah tercatat.", "This fault has been recorded."), incident: "K7Q2-9XMD"),
    ErrorPage(
      heading: Bilingual("Halaman tidak ditemukan", "Page not found"),
      sentence: Bilingual("Periksa kembali alamatnya.", "Please check the address."), incident: nil,
      typed: [TypedText(field: "pesan", text: "Situs kami masih mati.")]),
  ]

  let heading: Bilingual
  let sentence: Bilingual
  let incident: String?
  /// Texts of the form that was refused.
  var typed: [TypedText] = []

  func value(of name: String) -> Shown? {
    switch name {
    case "headingID": .text(heading.indonesian)
    case "headingEN": .text(heading.english)
    case "sentenceID": .text(sentence.indonesian)
    case "sentenceEN": .text(sentence.english)
    case "incident": .text(incident)
    case "hasTyped": .flag(!typed.isEmpty)
    case "typed": .rows(typed)
    default: nil
    }
  }
}
