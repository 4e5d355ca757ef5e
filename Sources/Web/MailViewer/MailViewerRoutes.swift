import Desk
import SOP
import Wording

/// The routes of the demonstration's mail viewer: every letter in one place, so that one person can play all parties.
enum MailViewerRoutes {
  static let pages: [any Page.Type] = [LettersPage.self]

  static func add(to routes: inout RouteTable, viewer: any MailViewer) {
    routes.get("/peragaan/surat", for: .everyone) { visitor in
      let wanted = visitor.query["kotak"].map { $0.clipped(toUTF8: 200).asciiLowered } ?? ""
      let letters = await viewer.letters().filter { wanted.isEmpty || $0.recipient.asciiLowered.contains(wanted) }
      let rows = letters.prefix(100).map { letter in
        ViewedLetterRow(
          letter: letter, sentAt: visitor.dates.relative(letter.at, now: visitor.now), base: visitor.web.office.baseURL)
      }
      return try visitor.page(LettersPage(recipient: wanted, letters: Array(rows)))
    }
  }
}

struct LettersPage: Page {
  static let template = "pages/peragaan-surat"
  static let previews = [
    LettersPage(
      recipient: "registri",
      letters: [
        ViewedLetterRow(
          letter: ViewedLetter(
            id: "ADU-202611-00042-P.1", recipient: "petugas@registri.example",
            subject: "[ADU-202611-00042-P] Penerusan",
            text: "Buka tautan: http://127.0.0.1:8080/registri/permintaan/20261100042k-1-abc\nTerima kasih.",
            at: Instant(seconds: 1_795_000_000)), sentAt: "hari ini pukul 10.04 WIB", base: "http://127.0.0.1:8080")
      ]),
    LettersPage(recipient: "", letters: []),
  ]

  let recipient: String
  let letters: [ViewedLetterRow]

  func value(of name: String) -> Shown? {
    switch name {
    case "recipientField": .part(TextField(name: "kotak", value: recipient, kind: .search, required: false, limit: 200))
    case "letters": .rows(letters)
    default: nil
    }
  }
}

struct ViewedLetterRow: PageValue {
  let letter: ViewedLetter
  let sentAt: String
  let base: String

  func value(of name: String) -> Shown? {
    switch name {
    case "letterID": .text(letter.id)
    case "recipient": .text(letter.recipient)
    case "subject": .text(letter.subject)
    case "text": .text(letter.text)
    case "sentAt": .text(sentAt)
    case "hasLinks": .flag(!places.isEmpty)
    case "links": .rows(places)
    default: nil
    }
  }

  /// Addresses of this site in the letter, so that the player can follow them.
  private var places: [LetterPlace] {
    let start = Array((base + "/").utf8)
    return letter.text.utf8.split { $0 <= 32 }.compactMap { word in
      guard word.starts(with: start), word.count < 400 else { return nil }
      return LetterPlace(pathAndQuery: String(decoding: word.dropFirst(start.count), as: UTF8.self))
    }
  }
}

/// One address in a letter: a path of this site and its one query, taken apart and put together again by `Link`.
struct LetterPlace: PageValue {
  let pathAndQuery: String

  func value(of name: String) -> Shown? {
    switch name {
    case "place": .text("/" + pathAndQuery)
    case "placeLink": .link(link)
    default: nil
    }
  }

  private var link: Link {
    let halves = pathAndQuery.utf8.split(separator: UInt8(ascii: "?"), maxSplits: 1)
    let segments = (halves.first ?? ""[...].utf8).split(separator: UInt8(ascii: "/"))
      .map { String(decoding: $0, as: UTF8.self) }
    let query = halves.dropFirst().first.map { half -> [(String, String?)] in
      let pair = half.split(separator: UInt8(ascii: "="), maxSplits: 1)
        .map { String(decoding: $0, as: UTF8.self) }
      return pair.count == 2 ? [(pair[0], pair[1])] : []
    }
    return Link(path: "/", segments: segments, query: query ?? [])
  }
}
