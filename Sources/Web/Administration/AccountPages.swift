import Desk
import SOP
import Wording

private let sari = Account(
  id: "a1", userName: "sari", name: "Sari Dewi", email: "sari@kantor.go.id", role: .supervisor, passwordHash: "x",
  version: 1)
private let wahyu = Account(
  id: "a2", userName: "wahyu", name: "Wahyu", role: .registry, disabledAt: Instant(seconds: 1_793_671_200), version: 1)

/// All accounts, and the form for a new one.
struct AccountsPage: Page {
  static let template = "pages/admin-akun"
  static let previews = [
    AccountsPage(accounts: [sari, wahyu], form: AccountForm(), language: .indonesian),
    AccountsPage(
      accounts: [Account(id: "a3", userName: "budi", name: "Budi", role: .officer)], form: wrong, language: .indonesian),
  ]
  private static var wrong: AccountForm {
    var form = AccountForm()
    form.check(.indonesian, isNew: true)
    return form
  }

  let accounts: [Account]
  let form: AccountForm
  let language: Language
  var problems: [FieldProblem] { form.problems }

  func value(of name: String) -> Shown? {
    switch name {
    case "tabs": AdministrationPart.accounts.tabs
    case "accounts": .rows(accounts.map(row))
    case "isRefused": .flag(!problems.isEmpty)
    default: form.field(name, language)
    }
  }

  private func row(_ account: Account) -> NamedValues {
    NamedValues([
      "userName": .text(account.userName), "personName": .text(account.name),
      "roleName": .text(account.role.label(language)), "email": .text(account.email),
      "accountLink": .link(Link("/kelola/akun", account.id)), "isDisabled": .flag(account.disabledAt != nil),
      "isInvited": .flag(account.disabledAt == nil && account.passwordHash == nil),
    ])
  }
}

/// One account: its facts, and what is dangerous below them.
struct AccountPage: Page {
  static let template = "pages/admin-akun-satu"
  static let previews = [
    AccountPage(
      account: sari, form: AccountForm(sari), reason: "", isOwn: false, language: .indonesian,
      dates: DateWords(.indonesian)),
    AccountPage(
      account: wahyu, form: wrong, reason: "", isOwn: false, language: .indonesian, dates: DateWords(.indonesian)),
    AccountPage(
      account: sari, form: AccountForm(sari), reason: "", isOwn: true, language: .indonesian,
      dates: DateWords(.indonesian)),
  ]
  private static var wrong: AccountForm {
    var form = AccountForm(wahyu)
    form.problems = [FieldProblem(field: "alasan", sentence: "Tulis alasannya.")]
    return form
  }

  let account: Account
  let form: AccountForm
  /// The reason as typed.
  let reason: String
  let isOwn: Bool
  let language: Language
  let dates: DateWords
  var problems: [FieldProblem] { form.problems }

  func value(of name: String) -> Shown? {
    switch name {
    case "tabs": AdministrationPart.accounts.tabs
    case "userName": .text(account.userName)
    case "saveLink": .link(Link("/kelola/akun", account.id))
    case "disableLink": .link(Link("/kelola/akun", account.id, "nonaktif"))
    case "enableLink": .link(Link("/kelola/akun", account.id, "aktif"))
    case "resetLink": .link(Link("/kelola/akun", account.id, "tautan"))
    case "disabledAt": .text(account.disabledAt.map { dates.full($0) })
    case "isEnabled": .flag(account.disabledAt == nil)
    case "mayDisable": .flag(account.disabledAt == nil && !isOwn)
    case "alasan":
      .part(TextField(name: "alasan", value: reason, error: problems.sentence(for: "alasan"), limit: 500))
    default: form.field(name, language)
    }
  }
}

/// A secret that is shown this one time: a set-up link, or the token of a program.
struct OneTimeSecretPage: Page {
  static let template = "pages/admin-rahasia"
  static let previews = [
    OneTimeSecretPage(kind: .setup(sari), secret: "https://sigap.example/masuk/awal/abc"),
    OneTimeSecretPage(kind: .token("Portal satu data"), secret: "abc"),
  ]

  enum Kind: Sendable {
    case setup(Account)
    case token(String)
  }

  let kind: Kind
  let secret: String

  func value(of name: String) -> Shown? {
    switch name {
    case "tabs": (isSetup ? AdministrationPart.accounts : .tokens).tabs
    case "isSetup": .flag(isSetup)
    case "owner":
      switch kind {
      case .setup(let account): .text(account.name)
      case .token(let name): .text(name)
      }
    case "secret": .text(secret)
    case "backLink": .link((isSetup ? AdministrationPart.accounts : .tokens).link)
    default: nil
    }
  }

  private var isSetup: Bool {
    if case .setup = kind { true } else { false }
  }
}
