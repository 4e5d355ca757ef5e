/// Every key there is: one line each, the only place that names them. A key that is not here stops the start.
///
/// The same keys serve the YAML file (nested or dotted) and the environment (`http.baseURL` → `SIGAP_HTTP_BASE_URL`).
struct ConfigurationKey: Sendable {
  let name: String
  /// What holds without any configuration; empty: nothing.
  let fallback: String
  let isSecret: Bool
  /// Known, but this version has nothing for it yet: set, it is told at the start and does nothing.
  let isPlanned: Bool

  init(_ name: String, _ fallback: String = "", secret: Bool = false, planned: Bool = false) {
    self.name = name
    self.fallback = fallback
    self.isSecret = secret
    self.isPlanned = planned
  }

  /// `mail.imap.passwordFile` → `SIGAP_MAIL_IMAP_PASSWORD_FILE`.
  var environmentName: String {
    var out = "SIGAP_"
    var previousIsLower = false
    for scalar in name.unicodeScalars {
      let isUpper = ("A"..."Z").contains(scalar)
      if isUpper && previousIsLower { out += "_" }
      out += scalar == "." ? "_" : String(scalar).uppercased()
      previousIsLower = ("a"..."z").contains(scalar)
    }
    return out
  }

  static let all: [ConfigurationKey] = [
    ConfigurationKey("http.host", "127.0.0.1"),
    ConfigurationKey("http.port", "8080"),
    ConfigurationKey("http.baseURL"),
    ConfigurationKey("http.trustedProxies", "127.0.0.1, ::1"),
    ConfigurationKey("data.directory", "./sigap-data"),
    ConfigurationKey("database.url"),
    ConfigurationKey("mail.address"),
    ConfigurationKey("mail.imap.url"),
    ConfigurationKey("mail.imap.user"),
    ConfigurationKey("mail.imap.password", secret: true),
    ConfigurationKey("mail.imap.passwordFile"),
    ConfigurationKey("mail.imap.pollSeconds", "2"),
    ConfigurationKey("mail.imap.from", "all"),
    ConfigurationKey("mail.smtp.url"),
    ConfigurationKey("mail.smtp.user"),
    ConfigurationKey("mail.smtp.password", secret: true),
    ConfigurationKey("mail.smtp.passwordFile"),
    ConfigurationKey("registry.name", "PANDI"),
    ConfigurationKey("registry.email"),
    ConfigurationKey("registry.hours"),
    ConfigurationKey("office.name", "Tim Layanan Domain"),
    ConfigurationKey("office.hours", "Sen-Jum 08.00-16.00"),
    ConfigurationKey("office.timeZone", "Asia/Jakarta"),
    ConfigurationKey("office.calendar"),
    ConfigurationKey("procedure.budgets.check", "10"),
    ConfigurationKey("procedure.budgets.analysis", "15"),
    ConfigurationKey("procedure.budgets.registry", "30"),
    ConfigurationKey("procedure.budgets.answer", "15"),
    ConfigurationKey("procedure.confirmationDays", "3"),
    ConfigurationKey("procedure.completionDays", "30"),
    ConfigurationKey("whatsapp.apiURL", planned: true),
    ConfigurationKey("whatsapp.phoneNumberID", planned: true),
    ConfigurationKey("whatsapp.accessToken", secret: true, planned: true),
    ConfigurationKey("whatsapp.appSecret", secret: true, planned: true),
    ConfigurationKey("whatsapp.verifyToken", secret: true, planned: true),
    ConfigurationKey("dns.rootHints", planned: true),
    ConfigurationKey("dns.port", planned: true),
    ConfigurationKey("dns.trustAnchors", planned: true),
    ConfigurationKey("dns.resolvers", planned: true),
    ConfigurationKey("rdap.url", planned: true),
    ConfigurationKey("egress.allow", planned: true),
    ConfigurationKey("tls.trustFile"),
    ConfigurationKey("log.level", "info"),
    ConfigurationKey("log.format", "text"),
  ]
}

/// The configuration cannot be used: the sentence names the key and says what it should be.
struct ConfigurationFault: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
