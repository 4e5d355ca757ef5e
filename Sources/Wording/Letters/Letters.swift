/// Every letter Sigap sends, word for word.
///
/// Enters: a letter of the procedure (facts), its ticket, the links it may point to. Leaves: subject, plain text, and
/// the same text as simple HTML. It cannot fail: an administrator's text that no longer compiles is passed over for the
/// built-in one.
///
/// What holds: the subject is one line and begins with the ticket number in brackets, once. Receipt and proof hold no
/// text anyone outside chose, for they go to addresses nobody has verified (they would carry a stranger's words under
/// our name). Letters to the registry hold the packet and never the requester's name, address or thread. What people
/// wrote is filled in as text: it is never compiled as a template, and the HTML is the escaped plain text.
public import Desk
public import SOP

/// Who signs, and the facts letters mention.
public struct OfficeNames: Sendable, Equatable {
  public var officeName: String
  public var registryName: String
  /// The zone of every time of day in letters.
  public var zone: OfficeZone
  /// Working days after which silence closes an answered ticket.
  public var confirmationDays: Int

  public init(
    officeName: String = "Helpdesk Nama Domain – Tim Layanan Domain", registryName: String = "PANDI",
    zone: OfficeZone = .jakarta, confirmationDays: Int = 3
  ) {
    self.officeName = officeName
    self.registryName = registryName
    self.zone = zone
    self.confirmationDays = confirmationDays
  }
}

public struct Letters: LetterWriter {
  public let office: OfficeNames
  private let templates: [String: LetterTemplate]

  /// `overrides`: an administrator's texts under `Letters.key(…)`.
  public init(office: OfficeNames = OfficeNames(), overrides: [String: String] = [:]) {
    self.office = office
    var templates: [String: LetterTemplate] = [:]
    for stem in LetterStem.allCases {
      for language in Language.allCases {
        let key = Letters.key(stem, language)
        let own = overrides[key].flatMap { try? LetterTemplate($0, for: stem) }
        templates[key] = own ?? (try? LetterTemplate(Letters.builtIn(stem, language), for: stem))
      }
    }
    self.templates = templates
  }

  /// Where a text is kept: "receipt.id".
  public static func key(_ stem: LetterStem, _ language: Language) -> String { stem.rawValue + "." + language.rawValue }

  /// Why a text cannot be used for this letter, in a sentence; `nil` when it can.
  public static func check(_ template: String, for stem: LetterStem, _ language: Language) -> String? {
    do throws(LetterTemplate.Flaw) {
      _ = try LetterTemplate(template, for: stem)
      return nil
    } catch { return error.sentence(language) }
  }

  /// The text Sigap ships, as an administrator starts from it.
  public static func builtIn(_ stem: LetterStem, _ language: Language) -> String {
    language == .indonesian ? stem.indonesianText : stem.englishText
  }

  public func write(_ letter: Letter, for ticket: Ticket, links: LetterLinks) -> WrittenLetter {
    let language = letter.to == .requester ? ticket.complaint.requester.language : .indonesian
    var values = LetterValues(office: office, language: language, number: ticket.number)
    values.fill(letter.kind, ticket)
    values.name(letter.files ?? [], to: letter.to)
    let link =
      switch letter.to {
      case .requester: links.follow
      case .registry: links.handoff ?? ""
      case .team, .supervisor, .administrator, .machine: links.desk
      }
    values["link"] = link
    return written(LetterStem(letter.kind), values, link: link)
  }

  public func writeProof(code: String, link: String, ticket: TicketNumber, language: Language) -> WrittenLetter {
    var values = LetterValues(office: office, language: language, number: ticket)
    values["code"] = Clean.line(code, limit: 40)
    values["link"] = link
    return written(.proof, values, link: link)
  }

  private func written(_ stem: LetterStem, _ values: LetterValues, link: String) -> WrittenLetter {
    let rendered =
      templates[Letters.key(stem, values.language)]?.render(values.entries)
      ?? (subject: stem.label(values.language), text: values["number"])
    // The number stands in brackets once: brackets of the rest become round ones.
    var rest = String.UnicodeScalarView()
    for scalar in rendered.subject.unicodeScalars {
      rest.append(scalar == "[" ? "(" : scalar == "]" ? ")" : scalar)
    }
    return WrittenLetter(
      subject: "[\(values.number)] " + String(rest), text: rendered.text,
      html: LetterHTML.page(rendered.text, title: String(rest), link: link, language: values.language))
  }
}
