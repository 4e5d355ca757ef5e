import ArgumentParser
import Desk
import Foundation
import Logging
import MailChannel
import SQLiteStore
import ServiceLifecycle
import UnixSignals

/// Web, channels, clock and outbox in one process. Stops gracefully on SIGTERM and SIGINT.
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Run the help desk: web, channels, clock, outbox.")

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let house = try House(try common.load())
    try await house.reloadSettings()
    try await FirstAdministrator.announce(house)
    let logger = Logger(label: "sigap")
    for key in house.configuration.idleKeys {
      logger.warning("a key is set that this version has nothing for yet", metadata: ["key": "\(key)"])
    }
    var services: [any Service] = [
      try house.webServer(), house.intake, house.clockwork, house.followUps, house.housekeeping,
      house.withheldLetters, try house.doorbell(),
    ]
    if let sender = house.smtpSender() {
      services.append(house.dispatcher(sending: sender))
    } else {
      logger.warning("mail.smtp.url is empty: letters wait in the outbox")
    }
    if let fetcher = house.imapFetcher() {
      services.append(fetcher)
    } else {
      logger.notice("mail.imap.url is empty: mail comes in by the pipe only (sigap mail ingest)")
    }
    logger.notice("ready", metadata: ["url": "\(house.configuration.baseURL)"])
    let group = ServiceGroup(
      configuration: .init(
        services: services.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
    try await group.run()
    try house.store.close()
  }
}

/// While nobody can administer, each start prints a one-time link that makes the first administrator.
enum FirstAdministrator {
  static func announce(_ house: House) async throws {
    let accounts = try await house.store.accounts()
    guard !accounts.contains(where: { $0.role == .administrator && $0.disabledAt == nil && $0.passwordHash != nil })
    else { return }
    let account =
      accounts.first { $0.userName == "admin" }
      ?? Account(id: "admin", userName: "admin", name: "Administrator", role: .administrator)
    let secret = try await house.signIn.issueSetup(for: account)
    Sigap.say("First administrator (name: admin). Set the password once, within seven days:")
    Sigap.say("  \(house.office.baseURL)/masuk/awal/\(secret)")
  }
}
