// Signing in and out, and the one-time link by which a person sets a password.
//
// Every sign-in opens a new session and ends the one the browser had; where one goes on is a path of this site the
// role may use, or the role's own first page. A wrong name, a wrong password and a disabled account look alike.

import Desk
import HTTPTypes
import Hummingbird
import SOP
import Wording

/// The routes of this part of the pages.
enum SignInRoutes {
  static let pages: [any Page.Type] = [SignInPage.self, SignOutPage.self, SetupPage.self]

  static func add(to routes: inout RouteTable) {
    routes.get("/masuk", for: .everyone) { visitor in
      if let account = visitor.account { return visitor.go(to: place(after: visitor.query, for: account.role)) }
      return try visitor.page(SignInPage(goOn: visitor.query["ke"] ?? ""))
    }
    routes.post("/masuk", for: .everyone) { visitor in try await signIn(visitor) }
    routes.get("/keluar", for: .everyone) { visitor in try visitor.page(SignOutPage(isSignedIn: visitor.account != nil))
    }
    routes.post("/keluar", for: .everyone) { visitor in
      await endOldSession(of: visitor)
      var response = visitor.go(to: Link("/masuk"), flash: .signedOut)
      visitor.ground.cookies.clear(.session, on: &response)
      return response
    }
    routes.get("/masuk/awal/:setup", for: .everyone) { visitor in
      let account = try await invited(visitor)
      return try visitor.page(SetupPage(name: account.name, userName: account.userName))
    }
    routes.post("/masuk/awal/:setup", for: .everyone) { visitor in try await setPassword(visitor) }
  }

  /// Where a role begins its day.
  static func home(of role: Role) -> Link {
    switch role {
    case .officer: Link("/meja")
    case .registry: Link("/registri")
    case .supervisor: Link("/pengawas")
    case .administrator: Link("/kelola")
    }
  }

  /// The page asked for before signing in, if the role may see that part of the house.
  static func place(after query: Query, for role: Role) -> Link {
    let own: [StaticString] =
      switch role {
      case .officer: ["/meja"]
      case .registry: ["/registri"]
      case .supervisor: ["/meja", "/pengawas"]
      case .administrator: ["/kelola"]
      }
    return query.returnPath("ke", under: own) ?? home(of: role)
  }

  private static func signIn(_ visitor: Visitor) async throws -> Response {
    let name = visitor.form.text("nama", limit: 200)
    let goOn = visitor.form.text("ke", limit: 500)
    do {
      let (secret, account) = try await visitor.web.signIn.signIn(
        name, visitor.form["sandi"] ?? "", from: visitor.address)
      return await entered(visitor, secret, to: place(after: Query([("ke", goOn)]), for: account.role))
    } catch let refusal as SignIn.Refusal {
      let page = SignInPage(goOn: goOn, name: name, sentence: refusal.sentence(visitor.language))
      return try refused(visitor, page, refusal)
    }
  }

  private static func setPassword(_ visitor: Visitor) async throws -> Response {
    let account = try await invited(visitor)
    let password = visitor.form["sandi"] ?? ""
    var page = SetupPage(name: account.name, userName: account.userName)
    guard password == visitor.form["ulang"] else {
      page.again =
        visitor.language == .english
        ? "The two passwords differ. Type it again." : "Kedua kata sandi berbeda. Ketik ulang."
      return try visitor.page(page, .refused)
    }
    do {
      let (secret, account) = try await visitor.web.signIn.setPassword(
        password, setup: visitor.parameter("setup") ?? "")
      return await entered(visitor, secret, to: home(of: account.role))
    } catch let refusal as SignIn.Refusal {
      if refusal == .linkInvalid { throw usedUp }
      page.sentence = refusal.sentence(visitor.language)
      return try refused(visitor, page, refusal)
    }
  }

  private static func refused(_ visitor: Visitor, _ page: some Page, _ refusal: SignIn.Refusal) throws -> Response {
    var response = try visitor.page(page, refusal == .tooOften ? .tooMany : .refused)
    if refusal == .tooOften { response.headers[.retryAfter] = "600" }
    return response
  }

  private static func entered(_ visitor: Visitor, _ secret: String, to link: Link) async -> Response {
    await endOldSession(of: visitor)
    var response = visitor.go(to: link)
    visitor.ground.cookies.set(.session, secret, for: Int(SignIn.sessionSeconds), on: &response)
    return response
  }

  /// A session that was in the browser before ends with the new one; that it had ended already is no trouble.
  private static func endOldSession(of visitor: Visitor) async {
    guard let old = visitor.ground.cookies.value(.session, in: visitor.request) else { return }
    try? await visitor.web.signIn.signOut(old)
  }

  private static func invited(_ visitor: Visitor) async throws -> Account {
    guard let account = try await visitor.web.signIn.account(ofSetup: visitor.parameter("setup") ?? "") else {
      throw usedUp
    }
    return account
  }

  private static let usedUp = WebRefusal(
    .gone,
    Bilingual(
      "Tautan ini sudah dipakai atau kedaluwarsa. Minta tautan baru kepada pengelola sistem.",
      "This link was used already or has expired. Ask the administrator for a new one."))
}

extension SignIn.Refusal {
  /// What to do, in the person's language.
  func sentence(_ language: Language) -> String {
    let words: Bilingual =
      switch self {
      case .wrong:
        Bilingual(
          "Nama pengguna atau kata sandi tidak cocok. Periksa keduanya, lalu coba lagi.",
          "User name or password does not fit. Check both and try again.")
      case .tooOften:
        Bilingual(
          "Terlalu banyak percobaan. Tunggu sepuluh menit, lalu coba lagi.",
          "Too many tries. Wait ten minutes, then try again.")
      case .linkInvalid:
        Bilingual("Tautan ini sudah dipakai atau kedaluwarsa.", "This link was used already or has expired.")
      case .passwordTooShort:
        Bilingual(
          "Kata sandi terlalu pendek. Pakai paling sedikit \(SignIn.shortestPassword) karakter.",
          "The password is too short. Use at least \(SignIn.shortestPassword) characters.")
      case .passwordTooCommon:
        Bilingual(
          "Kata sandi ini mudah ditebak. Pakai beberapa kata yang tidak berhubungan.",
          "This password is easy to guess. Use several unrelated words.")
      }
    return language == .english ? words.english : words.indonesian
  }
}
