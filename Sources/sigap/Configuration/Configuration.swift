import Desk
import Foundation
import Logging
import MailChannel
import SOP
import Web

/// The configuration, understood. Everything is checked here, before anything starts.
struct Configuration: Sendable {
  var host: String
  var port: Int
  var baseURL: String
  var trustedProxies: TrustedProxies
  var dataDirectory: URL
  var mailAddress: String
  var imap: ImapAccount?
  var imapPollSeconds: Int
  var imapBeginning: ImapFetcher.Beginning
  var smtp: SmtpAccount?
  var trustFile: String?
  var registryName: String
  var registryEmail: String?
  var officeName: String
  var procedure: Procedure
  var logLevel: Logger.Level
  var logsJSON: Bool
  /// Keys that are set although this version has nothing for them yet.
  var idleKeys: [String]

  var databasePath: String { dataDirectory.appendingPathComponent(DataFolder.databaseName).path }

  static func load(
    file: String?, environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws -> Configuration {
    try Configuration(ConfigurationText(file: file, environment: environment))
  }

  init(_ text: ConfigurationText) throws {
    host = text["http.host"]
    port = try Configuration.number("http.port", in: 0...65_535, text)
    let base = text["http.baseURL"]
    baseURL = base.isEmpty ? "http://\(host):\(port)" : try Configuration.baseURL(base, text)
    guard let proxies = TrustedProxies(text["http.trustedProxies"]) else {
      throw text.fault("http.trustedProxies", "must be addresses or ranges like 127.0.0.1, 10.0.0.0/8; or empty.")
    }
    trustedProxies = proxies
    dataDirectory = URL(fileURLWithPath: text["data.directory"], isDirectory: true)
    guard text["database.url"].isEmpty else {
      throw text.fault("database.url", "must be empty: this version keeps its data in the embedded database.")
    }
    trustFile = try Configuration.trustFile(text)
    mailAddress = text["mail.address"].asciiLowered
    imap = try Configuration.imap(text, trustFile)
    imapPollSeconds = try Configuration.number("mail.imap.pollSeconds", in: 1...300, text)
    imapBeginning = try Configuration.imapBeginning(text)
    smtp = try Configuration.smtp(text, trustFile, hello: URL(string: baseURL)?.host)
    if mailAddress.isEmpty {
      if imap != nil || smtp != nil {
        throw text.fault("mail.address", "must be the address of the mailbox, for example helpdesk@example.go.id.")
      }
      mailAddress = "helpdesk@localhost.invalid"
    } else if !Configuration.isAddress(mailAddress) {
      throw text.fault("mail.address", "must be an address like helpdesk@example.go.id.")
    }
    registryName = text["registry.name"]
    let registry = text["registry.email"].asciiLowered
    if !registry.isEmpty, !Configuration.isAddress(registry) {
      throw text.fault("registry.email", "must be an address like duty@example.id, or empty.")
    }
    registryEmail = registry.isEmpty ? nil : registry
    officeName = text["office.name"]
    procedure = try Configuration.procedure(text)
    guard let level = Logger.Level(rawValue: text["log.level"].lowercased()) else {
      throw text.fault("log.level", "must be one of trace, debug, info, notice, warning, error, critical.")
    }
    logLevel = level
    guard ["text", "json"].contains(text["log.format"]) else {
      throw text.fault("log.format", "must be text or json.")
    }
    logsJSON = text["log.format"] == "json"
    idleKeys = ConfigurationKey.all.filter { $0.isPlanned && !text[$0.name].isEmpty }.map(\.name)
  }

  private static func procedure(_ text: ConfigurationText) throws -> Procedure {
    guard let zone = OfficeZone(rawValue: text["office.timeZone"]) else {
      throw text.fault(
        "office.timeZone", "must be one of \(OfficeZone.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    let holidays = try holidays(text)
    func hours(_ key: String) throws -> ServiceHours {
      guard let hours = ServiceHoursText.read(text[key], zone: zone, holidays: holidays) else {
        throw text.fault(key, "must look like \"Sen-Jum 08.00-16.00\" or \"selalu\".")
      }
      return hours
    }
    func minutes(_ name: String) throws -> Int { try number("procedure.budgets.\(name)", in: 1...10_080, text) }
    return Procedure(
      checkMinutes: try minutes("check"), analysisMinutes: try minutes("analysis"),
      registryMinutes: try minutes("registry"), answerMinutes: try minutes("answer"),
      officeHours: try hours("office.hours"),
      registryHours: text["registry.hours"].isEmpty ? nil : try hours("registry.hours"),
      confirmationDays: try number("procedure.confirmationDays", in: 1...365, text),
      completionDays: try number("procedure.completionDays", in: 1...365, text))
  }

  /// The official days, and those of the calendar file: one day a line, `#` begins a remark.
  private static func holidays(_ text: ConfigurationText) throws -> Set<CalendarDay> {
    let path = text["office.calendar"]
    guard !path.isEmpty else { return Holidays.official }
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw text.fault("office.calendar", "the file \(path) cannot be read.")
    }
    var days = Holidays.official
    for line in bytes.split(whereSeparator: { $0 == 10 || $0 == 13 }) {
      let written = String(decoding: line.prefix { $0 != UInt8(ascii: "#") }, as: UTF8.self)
        .trimmingCharacters(in: .whitespaces)
      if written.isEmpty { continue }
      guard let day = CalendarDay(written) else {
        throw text.fault("office.calendar", "\(path) holds \"\(written.prefix(40))\", not a day like 2027-03-10.")
      }
      days.insert(day)
    }
    return days
  }

  private static func number(_ name: String, in range: ClosedRange<Int>, _ text: ConfigurationText) throws -> Int {
    guard let number = Int(text[name]), range.contains(number) else {
      throw text.fault(name, "must be a whole number from \(range.lowerBound) to \(range.upperBound).")
    }
    return number
  }

  private static func baseURL(_ value: String, _ text: ConfigurationText) throws -> String {
    var value = value
    while value.utf8.last == UInt8(ascii: "/") { value.removeLast() }
    guard let url = URL(string: value), url.scheme == "http" || url.scheme == "https", url.host != nil,
      url.query == nil, url.path.isEmpty
    else { throw text.fault("http.baseURL", "must be an address like https://aduan.example.go.id.") }
    return value
  }

  private static func isAddress(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard parts.count == 2, (1...64).contains(parts[0].count) else { return false }
    let local = parts[0].allSatisfy {
      ($0 > 32 && $0 < 127) && ![34, 40, 41, 44, 58, 59, 60, 62, 91, 92, 93].contains($0)
    }
    let domain = String(decoding: parts[1], as: UTF8.self)
    return local && (DomainName(domain) != nil || domain == "localhost")
  }
}
