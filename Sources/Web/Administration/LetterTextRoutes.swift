// The words of letters. An administrator's text stands over the built-in one under the setting `letter/KIND/LANGUAGE`;
// an empty text brings the built-in one back. A text with a hole its letter does not know is refused with a sentence.

import Desk
import Foundation
import Hummingbird
import SOP
import Wording

enum LetterTextRoutes {
  static func add(to routes: inout RouteTable) {
    routes.get("/kelola/surat", for: .roles(.administrator)) { visitor in
      let changed = Set(
        try await visitor.web.store.settings().filter { $0.text?.isEmpty == false }.map { $0.key })
      return try visitor.page(LetterTextsPage(changed: changed, language: visitor.language))
    }
    routes.get("/kelola/surat/:letter/:language", for: .roles(.administrator)) { visitor in
      let (stem, language) = try letter(visitor)
      let own = try await visitor.web.store.setting(key(stem, language))
      let page = page(visitor, stem, language, text: own?.text ?? "", own: own)
      return try visitor.page(page)
    }
    routes.post("/kelola/surat/:letter/:language", for: .roles(.administrator)) { visitor in try await save(visitor) }
  }

  /// The setting a text is kept under.
  static func key(_ stem: LetterStem, _ language: Language) -> String { "letter/\(stem.rawValue)/\(language.rawValue)" }

  private static func letter(_ visitor: Visitor) throws -> (LetterStem, Language) {
    guard let stem = LetterStem(rawValue: visitor.parameter("letter") ?? ""),
      let language = Language(rawValue: visitor.parameter("language") ?? "")
    else { throw WebRefusal(.notFound) }
    return (stem, language)
  }

  private static func page(
    _ visitor: Visitor, _ stem: LetterStem, _ language: Language, text: String, own: Setting?
  ) -> LetterTextPage {
    let builtIn = Letters.builtIn(stem, language)
    let shown = text.isEmpty ? builtIn : text
    return LetterTextPage(
      stem: stem, language: language, words: visitor.language, text: shown,
      lastChange: own.map { "\($0.changedBy), \(visitor.dates.full($0.changedAt))" },
      sentence: Letters.check(shown, for: stem, visitor.language),
      preview: LetterSample(office: visitor.web.office).written(stem, language, text: shown))
  }

  private static func save(_ visitor: Visitor) async throws -> Response {
    let (stem, language) = try letter(visitor)
    let store = visitor.web.store
    let typed = visitor.form.text("naskah", limit: 40_000)
    let own = try await store.setting(key(stem, language))
    let page = page(visitor, stem, language, text: typed, own: own)
    let goesBack = visitor.form["aksi"] == "bawaan"
    if page.sentence != nil, !goesBack { return try visitor.page(page, .refused) }
    if visitor.form["aksi"] == "pratinjau" { return try visitor.page(page) }
    let isBuiltIn = goesBack || typed == Letters.builtIn(stem, language)
    try await store.save(
      try Setting(
        key: key(stem, language), value: isBuiltIn ? "" : typed, changedBy: try visitor.person().userName,
        changedAt: visitor.now))
    try await visitor.keepRecord("saveSetting", key(stem, language))
    await visitor.web.settingsChanged()
    return visitor.go(to: Link("/kelola/surat", stem.rawValue, language.rawValue), flash: .saved)
  }
}

struct LetterTextsPage: Page {
  static let template = "pages/admin-surat"
  static let previews = [LetterTextsPage(changed: ["letter/receipt/id", "letter/receipt/en"], language: .indonesian)]

  /// Keys of the settings that hold an own text.
  let changed: Set<String>
  let language: Language

  func value(of name: String) -> Shown? {
    switch name {
    case "tabs": AdministrationPart.letterTexts.tabs
    case "letters":
      .rows(
        LetterStem.allCases.map { stem in
          NamedValues([
            "letterName": .text(stem.label(language)),
            "firstLink": .link(Link("/kelola/surat", stem.rawValue, "id")),
            "secondLink": .link(Link("/kelola/surat", stem.rawValue, "en")),
            "firstChanged": .flag(changed.contains(LetterTextRoutes.key(stem, .indonesian))),
            "secondChanged": .flag(changed.contains(LetterTextRoutes.key(stem, .english))),
          ])
        })
    default: nil
    }
  }
}

struct LetterTextPage: Page {
  static let template = "pages/admin-surat-satu"
  static let previews = [
    LetterTextPage(
      stem: .receipt, language: .indonesian, words: .indonesian, text: Letters.builtIn(.receipt, .indonesian),
      lastChange: "admin, 23 November 2026", sentence: nil,
      preview: WrittenLetter(subject: "[ADU] Tanda terima", text: "Aduan diterima.", html: nil)),
    LetterTextPage(
      stem: .answer, language: .english, words: .indonesian, text: "Jawaban", lastChange: nil,
      sentence: "Isi surat setelah perihal masih kosong.", preview: nil),
  ]

  let stem: LetterStem
  let language: Language
  /// The language of the page itself.
  let words: Language
  let text: String
  let lastChange: String?
  /// Why the text cannot be used.
  let sentence: String?
  let preview: WrittenLetter?
  var problems: [FieldProblem] { sentence.map { [FieldProblem(field: "naskah", sentence: $0)] } ?? [] }

  func value(of name: String) -> Shown? {
    switch name {
    case "tabs": AdministrationPart.letterTexts.tabs
    case "letterName": .text(stem.label(words))
    case "languageName": .text(language.label(words))
    case "lastChange": .text(lastChange)
    case "saveLink": .link(Link("/kelola/surat", stem.rawValue, language.rawValue))
    case "holes": .text(stem.names.sorted().joined(separator: ", "))
    case "naskah": .part(TextAreaField(name: name, value: text, error: sentence, rows: 18, limit: 16_000))
    case "preview":
      sentence == nil
        ? .part(
          preview.map {
            NamedValues(["previewSubject": .text($0.subject), "previewText": .text($0.text)])
          }) : .absent
    default: nil
    }
  }
}

/// A letter of an imagined ticket, to see how a text reads.
struct LetterSample {
  let office: Office

  /// `nil` when the sample cannot be built: the page then shows no preview.
  func written(_ stem: LetterStem, _ language: Language, text: String) -> WrittenLetter? {
    let names = OfficeNames(officeName: office.name, registryName: office.registryName, zone: office.zone)
    let letters = Letters(office: names, overrides: [Letters.key(stem, language): text])
    let moment = Instant(seconds: 1_793_671_200)
    guard let ticket = ticket(at: moment, language) else { return nil }
    let follow = "\(office.baseURL)/tiket/\(ticket.number)"
    if stem == .proof {
      return letters.writeProof(code: "123456", link: follow, ticket: ticket.number, language: language)
    }
    let links = LetterLinks(
      follow: follow, handoff: "\(office.baseURL)/registri/permintaan/contoh",
      desk: "\(office.baseURL)/meja/tiket/\(ticket.number)")
    return letter(stem, at: moment).map { letters.write($0, for: ticket, links: links) }
  }

  private func ticket(at moment: Instant, _ language: Language) -> Ticket? {
    guard let number = TicketNumber(month: 202_611, running: 42) else { return nil }
    let requester = Requester(
      name: "Siti Aminah", email: "kades@sukamaju.desa.id", emailProven: true, institution: "Desa Sukamaju",
      language: language)
    let complaint = Complaint(
      channel: .email, receivedAt: moment, requester: requester, subject: "Situs desa",
      text: "Situs desa tidak dapat dibuka.",
      domain: DomainName("sukamaju.desa.id"))
    let performer = Performer(party: .requester)
    guard let decision = try? Ticket.submit(complaint, as: number, by: performer, at: moment, under: Procedure())
    else { return nil }
    let events = decision.events.enumerated().map { index, event in
      RecordedEvent(sequence: index + 1, at: moment, by: performer, event: event)
    }
    return Ticket(number: number, events: events)
  }

  /// The facts of a letter. Only the procedure makes letters; a sample is read from the form they are stored in.
  private struct Facts: Encodable {
    let id = "ADU-202611-00042.9"
    let to: Party
    let kind: Letter.Kind
    let held = false
  }
  private struct HandoffFacts: Encodable {
    let ordinal = 1
    let packet: HandoffPacket
    let dueAt: Instant
    let sentBy: Performer
  }

  private func letter(_ stem: LetterStem, at moment: Instant) -> Letter? {
    let to: Party =
      switch stem {
      case .handoff, .registryMessage: .registry
      case .lapseNotice, .escalationNotice: .supervisor
      default: .requester
      }
    guard let kind = kind(stem, at: moment), let data = try? JSONEncoder().encode(Facts(to: to, kind: kind)) else {
      return nil
    }
    return try? JSONDecoder().decode(Letter.self, from: data)
  }

  private func kind(_ stem: LetterStem, at moment: Instant) -> Letter.Kind? {
    let answer = Answer(text: "Server nama sudah diperbaiki.", outcome: .solved)
    let officer = Performer(party: .team, account: "budi", name: "Budi Santoso")
    switch stem {
    case .receipt: return .receipt
    case .question: return .question(text: "Sejak kapan situs tidak dapat dibuka?")
    case .message: return .message(text: "Kami sedang memeriksa server nama.")
    case .answer: return .answer(answer)
    case .answerOfOriginal:
      return TicketNumber(month: 202_611, running: 41).map { .answerOfOriginal(answer, original: $0) }
    case .addressNotice: return .addressNotice(former: "kades@sukamaju.desa.id")
    case .closingNotice: return .closingNotice(.silence)
    case .reopenedNotice: return .reopenedNotice
    case .registryMessage: return .registryMessage(text: "Mohon kabar penerusan ini.")
    case .lapseNotice: return .lapseNotice(stage: .check, dueAt: moment)
    case .escalationNotice: return .escalationNotice(reason: "Perlu keputusan pengawas.", from: officer)
    case .proof: return nil
    case .handoff:
      guard let domain = DomainName("sukamaju.desa.id") else { return nil }
      let packet = HandoffPacket(
        action: "Ubah server nama", domain: domain, current: "ns1.lama.id", wanted: "ns1.baru.id",
        evidence: "Surat kepala desa", note: "Mohon dikerjakan.")
      guard let data = try? JSONEncoder().encode(HandoffFacts(packet: packet, dueAt: moment, sentBy: officer)) else {
        return nil
      }
      return (try? JSONDecoder().decode(Handoff.self, from: data)).map { .handoff($0) }
    }
  }
}
