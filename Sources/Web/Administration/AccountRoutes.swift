// Accounts: add, change, disable, and the one-time link that sets a password. A link is shown once, to the
// administrator who asked for it; only its digest is kept.

import Desk
import Hummingbird
import SOP
import Wording

enum AccountRoutes {
  static func add(to routes: inout RouteTable) {
    routes.get("/kelola/akun", for: .roles(.administrator)) { visitor in try await list(visitor, AccountForm()) }
    routes.post("/kelola/akun", for: .roles(.administrator)) { visitor in try await create(visitor) }
    routes.get("/kelola/akun/:account", for: .roles(.administrator)) { visitor in
      let account = try await account(visitor)
      return try show(visitor, account, AccountForm(account))
    }
    routes.post("/kelola/akun/:account", for: .roles(.administrator)) { visitor in try await change(visitor) }
    routes.post("/kelola/akun/:account/nonaktif", for: .roles(.administrator)) { visitor in
      try await disable(visitor)
    }
    routes.post("/kelola/akun/:account/aktif", for: .roles(.administrator)) { visitor in
      var account = try await account(visitor)
      account.disabledAt = nil
      try await save(visitor, account)
      try await visitor.keepRecord("enableAccount", account.userName)
      return visitor.go(to: Link("/kelola/akun", account.id), flash: .saved)
    }
    routes.post("/kelola/akun/:account/tautan", for: .roles(.administrator)) { visitor in try await reset(visitor) }
  }

  private static func account(_ visitor: Visitor) async throws -> Account {
    guard let account = try await visitor.web.store.account(visitor.parameter("account") ?? "") else {
      throw WebRefusal(.notFound)
    }
    return account
  }

  private static func list(_ visitor: Visitor, _ form: AccountForm, _ outcome: HTTPOutcome = .shown) async throws
    -> Response
  {
    try visitor.page(
      AccountsPage(accounts: try await visitor.web.store.accounts(), form: form, language: visitor.language), outcome)
  }

  private static func show(
    _ visitor: Visitor, _ account: Account, _ form: AccountForm, reason: String = "", _ outcome: HTTPOutcome = .shown
  ) throws -> Response {
    try visitor.page(
      AccountPage(
        account: account, form: form, reason: reason, isOwn: account.id == visitor.account?.id,
        language: visitor.language, dates: visitor.dates), outcome)
  }

  private static func save(_ visitor: Visitor, _ account: Account) async throws {
    guard try await visitor.web.store.save(account, expecting: account.version) else { throw WebRefusal(.conflict) }
  }

  private static func create(_ visitor: Visitor) async throws -> Response {
    var form = AccountForm(visitor.form)
    form.check(visitor.language, isNew: true)
    let store = visitor.web.store
    if form.problems.isEmpty, try await store.account(named: form.userName) != nil { form.nameTaken(visitor.language) }
    guard form.problems.isEmpty, let role = form.role else { return try await list(visitor, form, .refused) }
    let account = Account(
      id: Secrets.token(), userName: form.userName, name: form.name, email: form.email.isEmpty ? nil : form.email,
      role: role, language: form.language, version: 1)
    guard try await store.save(account, expecting: nil), let saved = try await store.account(account.id) else {
      form.nameTaken(visitor.language)
      return try await list(visitor, form, .refused)
    }
    try await visitor.keepRecord("addAccount", "\(account.userName) (\(role.rawValue))")
    return try await showLink(visitor, saved)
  }

  private static func change(_ visitor: Visitor) async throws -> Response {
    var account = try await account(visitor)
    var form = AccountForm(visitor.form)
    form.userName = account.userName
    form.check(visitor.language, isNew: false)
    if account.id == visitor.account?.id, form.role != account.role { form.ownRole(visitor.language) }
    guard form.problems.isEmpty, let role = form.role else { return try show(visitor, account, form, .refused) }
    let roleChanges = role != account.role
    account.name = form.name
    account.email = form.email.isEmpty ? nil : form.email
    account.role = role
    account.language = form.language
    try await save(visitor, account)
    // A new role begins with a new session (OWASP ASVS 7.2.4).
    if roleChanges { try await visitor.web.store.endSessions(of: account.id) }
    try await visitor.keepRecord("changeAccount", "\(account.userName) (\(role.rawValue))")
    return visitor.go(to: Link("/kelola/akun", account.id), flash: .saved)
  }

  private static func disable(_ visitor: Visitor) async throws -> Response {
    var account = try await account(visitor)
    var form = AccountForm(account)
    if account.id == visitor.account?.id { form.notOneself(visitor.language) }
    guard form.problems.isEmpty, let reason = visitor.reason() else {
      if form.problems.isEmpty { form.problems = [visitor.reasonMissing] }
      return try show(visitor, account, form, reason: visitor.form.text("alasan"), .refused)
    }
    account.disabledAt = visitor.now
    try await save(visitor, account)
    try await visitor.web.store.endSessions(of: account.id)
    try await visitor.keepRecord("disableAccount", account.userName, reason: reason)
    return visitor.go(to: Link("/kelola/akun", account.id), flash: .saved)
  }

  private static func reset(_ visitor: Visitor) async throws -> Response {
    let account = try await account(visitor)
    var form = AccountForm(account)
    guard let reason = visitor.reason() else {
      form.problems = [visitor.reasonMissing]
      return try show(visitor, account, form, .refused)
    }
    try await visitor.keepRecord("resetAccount", account.userName, reason: reason)
    return try await showLink(visitor, account)
  }

  private static func showLink(_ visitor: Visitor, _ account: Account) async throws -> Response {
    let secret = try await visitor.web.signIn.issueSetup(for: account)
    return try visitor.page(
      OneTimeSecretPage(kind: .setup(account), secret: "\(visitor.web.office.baseURL)/masuk/awal/\(secret)"))
  }
}

/// What an account's form holds, right or wrong.
struct AccountForm: Sendable {
  var userName = ""
  var name = ""
  var email = ""
  var role: Role?
  var language = Language.indonesian
  var problems: [FieldProblem] = []

  init() {}

  init(_ account: Account) {
    userName = account.userName
    name = account.name
    email = account.email ?? ""
    role = account.role
    language = account.language
  }

  init(_ form: FormData) {
    userName = form.text("pengguna", limit: 200).asciiLowered
    name = form.text("nama", limit: 400)
    email = form.text("surel", limit: 400).asciiLowered
    role = Role(rawValue: form.text("peran", limit: 40))
    language = Language(rawValue: form.text("bahasa", limit: 10)) ?? .indonesian
  }

  mutating func check(_ language: Language, isNew: Bool) {
    if isNew, !AccountForm.isUserName(userName) {
      add(
        "pengguna", language, "Pakai 2–40 huruf kecil, angka, titik, garis bawah, atau tanda hubung.",
        "Use 2 to 40 small letters, digits, dots, underscores or hyphens.")
    }
    if name.firstLine(limit: 100) != name || name.isEmpty {
      add(
        "nama", language, "Tulis nama dalam satu baris, paling banyak 100 karakter.",
        "Write the name on one line, at most 100 characters.")
    }
    if !email.isEmpty, Link.mail(email) == nil {
      add(
        "surel", language, "Tulis alamat surel lengkap, misalnya sari@instansi.go.id.",
        "Write a whole address, such as sari@instansi.go.id.")
    }
    if role == nil { add("peran", language, "Pilih satu peran.", "Choose a role.") }
  }

  mutating func nameTaken(_ language: Language) {
    add(
      "pengguna", language, "Nama pengguna ini sudah dipakai. Pilih yang lain.",
      "This user name is taken. Choose another.")
  }

  mutating func ownRole(_ language: Language) {
    add(
      "peran", language, "Peran sendiri tidak dapat diubah; minta pengelola lain.",
      "You cannot change your own role; ask another administrator.")
  }

  mutating func notOneself(_ language: Language) {
    add(
      "", language, "Akun sendiri tidak dapat dinonaktifkan; minta pengelola lain.",
      "You cannot disable your own account; ask another administrator.")
  }

  private mutating func add(_ field: String, _ language: Language, _ indonesian: String, _ english: String) {
    problems.append(FieldProblem(field: field, sentence: language == .english ? english : indonesian))
  }

  private static func isUserName(_ text: String) -> Bool {
    (2...40).contains(text.utf8.count)
      && text.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) || [45, 46, 95].contains($0) }
  }

  /// The fields, by name.
  func field(_ name: String, _ words: Language) -> Shown? {
    switch name {
    case "pengguna": .part(TextField(name: name, value: userName, error: problems.sentence(for: name), limit: 40))
    case "nama": .part(TextField(name: name, value: self.name, error: problems.sentence(for: name), limit: 100))
    case "surel":
      .part(
        TextField(
          name: name, value: email, error: problems.sentence(for: name), kind: .email, required: false, limit: 254))
    case "peran":
      .part(
        ChoiceField(
          name: name,
          options: Role.allCases.map { FieldOption(value: $0.rawValue, label: $0.label(words), isChosen: $0 == role) },
          error: problems.sentence(for: name)))
    case "bahasa":
      .part(
        SelectField(
          name: name,
          options: [
            FieldOption(value: "id", label: "Bahasa Indonesia", isChosen: language == .indonesian),
            FieldOption(value: "en", label: "English", isChosen: language == .english),
          ]))
    default: nil
    }
  }
}
