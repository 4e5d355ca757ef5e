// Institutions, their domain names, and the addresses whose word counts for them.

import Desk
import Hummingbird
import SOP
import Wording

enum InstitutionRoutes {
  private static let most = 200

  static func add(to routes: inout RouteTable) {
    routes.get("/kelola/instansi", for: .roles(.administrator)) { visitor in
      let wanted = visitor.query["q"] ?? ""
      let found = try await visitor.web.store.institutions(matching: wanted.isEmpty ? nil : wanted, limit: most)
      return try visitor.page(
        InstitutionsPage(institutions: found, wanted: wanted, isCut: found.count == most, language: visitor.language))
    }
    routes.get("/kelola/instansi/:institution", for: .roles(.administrator)) { visitor in
      let institution = try await institution(visitor)
      return try visitor.page(
        InstitutionPage(
          id: visitor.parameter("institution") ?? "", form: InstitutionForm(institution), language: visitor.language))
    }
    routes.post("/kelola/instansi/:institution", for: .roles(.administrator)) { visitor in try await save(visitor) }
  }

  /// `nil` for the form of a new one, under `baru`.
  private static func institution(_ visitor: Visitor) async throws -> Institution? {
    let id = visitor.parameter("institution") ?? ""
    if id == "baru" { return nil }
    // Institutions are few thousands, and this page is rare: the list is walked.
    guard
      let found = try await visitor.web.store.institutions(matching: nil, limit: 100_000).first(where: { $0.id == id })
    else { throw WebRefusal(.notFound) }
    return found
  }

  private static func save(_ visitor: Visitor) async throws -> Response {
    let known = try await institution(visitor)
    var form = InstitutionForm(visitor.form)
    let institution = form.institution(id: known?.id ?? Secrets.token(), visitor.language)
    guard let institution else {
      return try visitor.page(
        InstitutionPage(id: known?.id ?? "baru", form: form, language: visitor.language), .refused)
    }
    try await visitor.web.store.save(institution)
    try await visitor.keepRecord("saveInstitution", institution.name)
    return visitor.go(to: Link("/kelola/instansi"), flash: .saved)
  }
}

/// What the form of an institution holds, right or wrong.
struct InstitutionForm: Sendable {
  var name = ""
  var kind: InstitutionKind?
  /// One a line.
  var domains = ""
  var contacts = ""
  var problems: [FieldProblem] = []

  init(_ institution: Institution?) {
    guard let institution else { return }
    name = institution.name
    kind = institution.kind
    domains = institution.domains.map { $0.name }.joined(separator: "\n")
    contacts = institution.contacts.joined(separator: "\n")
  }

  init(_ form: FormData) {
    name = form.text("nama", limit: 600)
    kind = InstitutionKind(rawValue: form.text("jenis", limit: 40))
    domains = form.text("domain")
    contacts = form.text("kontak")
  }

  /// The institution, or `nil` with what is wrong in `problems`.
  mutating func institution(id: String, _ language: Language) -> Institution? {
    func say(_ field: String, _ indonesian: String, _ english: String) -> FieldProblem {
      FieldProblem(field: field, sentence: language == .english ? english : indonesian)
    }
    if name.isEmpty || name.firstLine(limit: 200) != name {
      problems.append(
        say(
          "nama", "Tulis nama dalam satu baris, paling banyak 200 karakter.",
          "Write the name on one line, at most 200 characters."))
    }
    if kind == nil { problems.append(say("jenis", "Pilih satu jenis.", "Choose a kind.")) }
    var names: [DomainName] = []
    for line in lines(of: domains) {
      if let name = DomainName(line), name.registrable == name {
        if !names.contains(name) { names.append(name) }
      } else if problems.sentence(for: "domain") == nil {
        problems.append(
          say(
            "domain", "“\(line)” bukan nama di bawah go.id atau desa.id. Tulis satu nama tiap baris.",
            "“\(line)” is no name under go.id or desa.id. Write one name a line."))
      }
    }
    let addresses = lines(of: contacts).map { $0.asciiLowered }
    if let wrong = addresses.first(where: { Link.mail($0) == nil }) {
      problems.append(
        say(
          "kontak", "“\(wrong)” bukan alamat surel lengkap. Tulis satu alamat tiap baris.",
          "“\(wrong)” is no whole e-mail address. Write one a line."))
    }
    guard problems.isEmpty, let kind else { return nil }
    return Institution(id: id, name: name, kind: kind, domains: names, contacts: addresses)
  }

  private func lines(of text: String) -> [String] {
    text.utf8.split(separator: 10).map { String(decoding: $0, as: UTF8.self).firstLine(limit: 254) }
      .filter { !$0.isEmpty }
  }
}

struct InstitutionsPage: Page {
  static let template = "pages/admin-instansi"
  static let previews = [
    InstitutionsPage(
      institutions: [
        Institution(
          id: "i1", name: "Desa Sukamaju", kind: .village, domains: [DomainName("sukamaju.desa.id")].compactMap { $0 },
          contacts: ["kades@sukamaju.desa.id"])
      ], wanted: "suka", isCut: true, language: .indonesian),
    InstitutionsPage(institutions: [], wanted: "", isCut: false, language: .indonesian),
  ]

  let institutions: [Institution]
  let wanted: String
  /// There are more than are shown.
  let isCut: Bool
  let language: Language

  func value(of name: String) -> Shown? {
    switch name {
    case "tabs": AdministrationPart.institutions.tabs
    case "wanted": .text(wanted)
    case "isCut": .flag(isCut)
    case "institutions": .rows(institutions.map(row))
    default: nil
    }
  }

  private func row(_ institution: Institution) -> NamedValues {
    NamedValues([
      "institutionName": .text(institution.name), "kindName": .text(institution.kind.label(language)),
      "institutionLink": .link(Link("/kelola/instansi", institution.id)),
      "domains": .text(institution.domains.map { $0.name }.joined(separator: "\n")),
      "contacts": .text(institution.contacts.joined(separator: "\n")),
    ])
  }
}

struct InstitutionPage: Page {
  static let template = "pages/admin-instansi-satu"
  static let previews = [
    InstitutionPage(id: "baru", form: InstitutionForm(nil), language: .indonesian),
    InstitutionPage(id: "i1", form: wrong, language: .indonesian),
  ]
  private static var wrong: InstitutionForm {
    var form = InstitutionForm(FormData([("domain", "contoh.com"), ("kontak", "kades")]))
    _ = form.institution(id: "i1", .indonesian)
    return form
  }

  let id: String
  let form: InstitutionForm
  let language: Language
  var problems: [FieldProblem] { form.problems }

  func value(of name: String) -> Shown? {
    switch name {
    case "tabs": AdministrationPart.institutions.tabs
    case "isNew": .flag(id == "baru")
    case "saveLink": .link(Link("/kelola/instansi", id))
    case "nama":
      .part(TextField(name: name, value: form.name, error: problems.sentence(for: name), limit: 200))
    case "jenis":
      .part(
        SelectField(
          name: name,
          options: InstitutionKind.allCases.map {
            FieldOption(value: $0.rawValue, label: $0.label(language), isChosen: $0 == form.kind)
          }, error: problems.sentence(for: name)))
    case "domain":
      .part(
        TextAreaField(name: name, value: form.domains, error: problems.sentence(for: name), required: false, rows: 4))
    case "kontak":
      .part(
        TextAreaField(name: name, value: form.contacts, error: problems.sentence(for: name), required: false, rows: 4))
    default: nil
    }
  }
}
