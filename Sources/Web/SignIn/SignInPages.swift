import Desk

/// Name and password.
struct SignInPage: Page {
  static let template = "pages/signin-masuk"
  static let previews = [
    SignInPage(), SignInPage(goOn: "/meja", name: "budi", sentence: "Nama pengguna atau kata sandi tidak cocok."),
  ]

  /// The path to go on to, as asked; checked when it is used.
  var goOn = ""
  var name = ""
  var sentence: String?

  var problems: [FieldProblem] { sentence.map { [FieldProblem(field: "nama", sentence: $0)] } ?? [] }

  func value(of name: String) -> Shown? {
    switch name {
    case "goOn": .text(goOn)
    case "nama": .part(TextField(name: "nama", value: self.name, error: sentence, autocomplete: "username", limit: 100))
    case "sandi":
      .part(TextField(name: "sandi", kind: .password, autocomplete: "current-password", limit: 1_000))
    default: nil
    }
  }
}

/// A button, because GET changes nothing.
struct SignOutPage: Page {
  static let template = "pages/signin-keluar"
  static let previews = [SignOutPage(isSignedIn: true), SignOutPage(isSignedIn: false)]

  let isSignedIn: Bool

  func value(of name: String) -> Shown? {
    switch name {
    case "isSignedIn": .flag(isSignedIn)
    default: nil
    }
  }
}

/// The first password, by one-time link.
struct SetupPage: Page {
  static let template = "pages/signin-awal"
  static let previews = [
    SetupPage(name: "Sari Dewi", userName: "sari"),
    SetupPage(name: "Sari Dewi", userName: "sari", sentence: "Kata sandi terlalu pendek.", again: "Ketik ulang."),
  ]

  let name: String
  let userName: String
  var sentence: String?
  /// What is wrong with the repetition.
  var again: String?

  var problems: [FieldProblem] {
    [
      sentence.map { FieldProblem(field: "sandi", sentence: $0) },
      again.map { FieldProblem(field: "ulang", sentence: $0) },
    ]
    .compactMap { $0 }
  }

  func value(of name: String) -> Shown? {
    switch name {
    case "personName": .text(self.name)
    case "userName": .text(userName)
    case "shortest": .number(SignIn.shortestPassword)
    case "sandi":
      .part(TextField(name: "sandi", error: sentence, kind: .password, autocomplete: "new-password", limit: 1_000))
    case "ulang":
      .part(TextField(name: "ulang", error: again, kind: .password, autocomplete: "new-password", limit: 1_000))
    default: nil
    }
  }
}
