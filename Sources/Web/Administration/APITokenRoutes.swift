// Tokens of programs that use the API. A token is shown once; only its digest is kept. What a role may do there is
// told in `APIRoutes`.

import Desk
import Hummingbird
import SOP
import Wording

enum APITokenRoutes {
  static func add(to routes: inout RouteTable) {
    routes.get("/kelola/token", for: .roles(.administrator)) { visitor in
      try await show(visitor, name: "", role: nil, problems: [])
    }
    routes.post("/kelola/token", for: .roles(.administrator)) { visitor in try await create(visitor) }
    routes.post("/kelola/token/:apitoken/cabut", for: .roles(.administrator)) { visitor in
      let digest = visitor.parameter("apitoken") ?? ""
      guard var token = try await visitor.web.store.apiToken(digest: digest) else { throw WebRefusal(.notFound) }
      if token.revokedAt == nil {
        token.revokedAt = visitor.now
        try await visitor.web.store.save(token)
        try await visitor.keepRecord("revokeToken", token.name)
      }
      return visitor.go(to: Link("/kelola/token"), flash: .saved)
    }
  }

  private static func show(
    _ visitor: Visitor, name: String, role: Role?, problems: [FieldProblem], _ outcome: HTTPOutcome = .shown
  ) async throws -> Response {
    try visitor.page(
      APITokensPage(
        tokens: try await visitor.web.store.apiTokens(), name: name, role: role, problems: problems,
        language: visitor.language, dates: visitor.dates), outcome)
  }

  private static func create(_ visitor: Visitor) async throws -> Response {
    let name = visitor.form.text("nama", limit: 400)
    let role = Role(rawValue: visitor.form.text("peran", limit: 40)).flatMap { APIRoutes.roles.contains($0) ? $0 : nil }
    var problems: [FieldProblem] = []
    if name.isEmpty || name.firstLine(limit: 100) != name {
      problems.append(
        FieldProblem(
          field: "nama",
          sentence: visitor.say("Tulis nama program dalam satu baris.", "Write the program's name on one line.")))
    }
    if role == nil {
      problems.append(FieldProblem(field: "peran", sentence: visitor.say("Pilih satu hak.", "Choose what it may do.")))
    }
    guard problems.isEmpty, let role else {
      return try await show(visitor, name: name, role: role, problems: problems, .refused)
    }
    let secret = Secrets.token()
    try await visitor.web.store.save(
      APIToken(digest: Secrets.digest(secret), name: name, role: role, createdAt: visitor.now))
    try await visitor.keepRecord("addToken", "\(name) (\(role.rawValue))")
    return try visitor.page(OneTimeSecretPage(kind: .token(name), secret: secret))
  }
}

struct APITokensPage: Page {
  static let template = "pages/admin-token"
  static let previews = [
    APITokensPage(
      tokens: [
        APIToken(digest: "d1", name: "Portal", role: .officer, createdAt: Instant(seconds: 1_793_671_200)),
        APIToken(
          digest: "d2", name: "Lama", role: .administrator, createdAt: Instant(seconds: 1_793_671_200),
          revokedAt: Instant(seconds: 1_793_671_200)),
      ], name: "", role: nil, problems: [], language: .indonesian, dates: DateWords(.indonesian)),
    APITokensPage(
      tokens: [], name: "", role: nil,
      problems: [
        FieldProblem(field: "nama", sentence: "Tulis nama program."), FieldProblem(field: "peran", sentence: "Pilih."),
      ], language: .indonesian, dates: DateWords(.indonesian)),
  ]

  let tokens: [APIToken]
  let name: String
  let role: Role?
  let problems: [FieldProblem]
  let language: Language
  let dates: DateWords

  func value(of name: String) -> Shown? {
    switch name {
    case "tabs": AdministrationPart.tokens.tabs
    case "tokens": .rows(tokens.map(row))
    case "nama": .part(TextField(name: name, value: self.name, error: problems.sentence(for: name), limit: 100))
    case "peran":
      .part(
        ChoiceField(
          name: name,
          options: APIRoutes.roles.map {
            FieldOption(
              value: $0.rawValue, label: $0.label(language), note: APIRoutes.rights(of: $0).text(in: pageLanguage),
              isChosen: $0 == role)
          }, error: problems.sentence(for: name)))
    default: nil
    }
  }

  private var pageLanguage: PageLanguage { language == .english ? .english : .indonesian }

  private func row(_ token: APIToken) -> NamedValues {
    NamedValues([
      "tokenName": .text(token.name), "roleName": .text(token.role.label(language)),
      "createdAt": .text(dates.full(token.createdAt)), "revokedAt": .text(token.revokedAt.map { dates.full($0) }),
      "revokeLink": .link(Link("/kelola/token", token.digest, "cabut")), "isGood": .flag(token.revokedAt == nil),
    ])
  }
}
