import ArgumentParser
import Desk
import Foundation
import Logging
import MailChannel
import Passwords
import SOP
import SQLiteStore
import ServiceLifecycle
import Synchronization
import Web
import Wording

/// All rooms joined: what every command that touches the data works with.
struct House: Sendable {
  let configuration: Configuration
  let store: SQLiteDeskStore
  let clock: any WallClock
  let bells = Bells()
  let live = LiveHub()
  let presence = Presence()
  let tokens: Tokens
  let office: Office
  let letters: LetterKeeper
  let procedures: ProcedureKeeper
  let post: Post
  let handling: Handling
  let intake: Intake
  let signIn: SignIn
  private let secret: [UInt8]

  /// Opens the data folder (making it when it is not there) and joins everything over it.
  init(_ configuration: Configuration, clock: any WallClock = SystemWallClock()) throws {
    self.configuration = configuration
    self.clock = clock
    secret = try DataFolder(configuration.dataDirectory).secret()
    store = try SQLiteDeskStore(path: configuration.databasePath, onDiskFailure: House.leave)
    tokens = Tokens(secret: secret)
    office = Office(
      name: configuration.officeName, baseURL: configuration.baseURL, mailAddress: configuration.mailAddress,
      registryName: configuration.registryName, registryEmail: configuration.registryEmail,
      zone: configuration.procedure.officeHours.zone)
    letters = LetterKeeper(
      OfficeNames(
        officeName: office.name, registryName: office.registryName, zone: office.zone,
        confirmationDays: configuration.procedure.confirmationDays))
    let procedures = ProcedureKeeper(configuration.procedure)
    self.procedures = procedures
    post = Post(store: store, writer: letters, tokens: tokens, office: office)
    handling = Handling(
      store: store, clock: clock, post: post, bells: bells, live: live, procedure: { procedures.procedure })
    intake = Intake(
      store: store, handling: handling, reader: DeskMessageReader(), tokens: tokens, office: office, clock: clock,
      bells: bells, refetch: configuration.imap.map { ImapRefetch($0) })
    signIn = SignIn(store: store, hasher: Argon2Hasher(), clock: clock)
  }

  /// Ends the process at once: what was acknowledged is on the disk, and only a new start finds out what else is.
  /// In the pipe the exit code tells the MTA to keep the message.
  private static func leave(because failure: String) {
    Sigap.say("sigap: the disk failed (\(failure)). Stopping: see to the disk, then start again.")
    exit(ExitCode.tryAgainLater.rawValue)
  }

  /// Takes over what an administrator changed.
  func reloadSettings() async throws {
    try await procedures.reload(from: store)
    letters.override(with: try await store.settings())
  }

  func dispatcher(sending sender: any LetterSender) -> Dispatcher {
    Dispatcher(store: store, sender: sender, clock: clock, bells: bells)
  }
  var clockwork: Clockwork { Clockwork(store: store, handling: handling, clock: clock, bell: bells.clockwork) }
  var housekeeping: Housekeeping { Housekeeping(store: store, clock: clock) }
  var withheldLetters: WithheldLetters { WithheldLetters(store: store, clock: clock, bells: bells) }
  func doorbell() throws -> Doorbell {
    Doorbell(
      path: try DataFolder(configuration.dataDirectory).doorbellPath, bells: bells,
      others: OtherWriters(store: store, live: live))
  }
  var followUps: FollowUpRunner {
    FollowUpRunner(store: store, handling: handling, clock: clock, bell: bells.followUps)
  }

  func webServer(mailViewer: (any MailViewer)? = nil, facts: [(name: String, value: String)] = []) throws -> WebServer {
    var web = DeskWeb(
      store: store, handling: handling, intake: intake, signIn: signIn, tokens: tokens, post: post, office: office,
      presence: presence, live: live, bells: bells, clock: clock)
    let house = self
    web.settingsChanged = {
      do {
        try await house.reloadSettings()
        house.bells.clockwork.ring()
      } catch {
        Logger(label: "sigap").error("settings could not be taken over", metadata: ["error": "\(error)"])
      }
    }
    web.systemFacts = { facts + house.facts() }
    return try WebServer(
      web: web, secret: secret, host: configuration.host, port: configuration.port,
      proxies: configuration.trustedProxies, mailViewer: mailViewer)
  }

  private func facts() -> [(name: String, value: String)] {
    [
      ("Versi", Sigap.version),
      ("Folder data", configuration.dataDirectory.path),
      ("synchronous", (try? store.writerSynchronous()).map { $0 == 2 ? "FULL" : "\($0)" } ?? "?"),
    ]
  }

  func smtpSender() -> SmtpLetterSender? { configuration.smtp.map { SmtpLetterSender($0, office: office) } }

  func imapFetcher() -> ImapFetcher? {
    guard let account = configuration.imap else { return nil }
    var pace = ImapFetcher.Pace()
    pace.poll = .seconds(configuration.imapPollSeconds)
    pace.beginning = configuration.imapBeginning
    return ImapFetcher(
      account, sink: LedgerSink(ledger: store, clock: clock, intake: bells.intake), pace: pace,
      logger: Logger(label: "sigap.imap"), clock: clock)
  }
}

/// The words of letters, with an administrator's own texts over ours.
final class LetterKeeper: LetterWriter {
  private let names: OfficeNames
  private let current: Mutex<Letters>

  init(_ names: OfficeNames) {
    self.names = names
    current = Mutex(Letters(office: names, overrides: [:]))
  }

  /// Settings `letter/<kind>/<id|en>`.
  func override(with settings: [Setting]) {
    var overrides: [String: String] = [:]
    for setting in settings {
      let parts = setting.key.split(separator: "/")
      guard parts.count == 3, parts[0] == "letter", let text = setting.text, !text.isEmpty else { continue }
      overrides["\(parts[1]).\(parts[2])"] = text
    }
    let letters = Letters(office: names, overrides: overrides)
    current.withLock { $0 = letters }
  }

  func write(_ letter: Letter, for ticket: Ticket, links: LetterLinks) -> WrittenLetter {
    current.withLock { $0 }.write(letter, for: ticket, links: links)
  }

  func writeProof(code: String, link: String, ticket: TicketNumber, language: Language) -> WrittenLetter {
    current.withLock { $0 }.writeProof(code: code, link: link, ticket: ticket, language: language)
  }
}
