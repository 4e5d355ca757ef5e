import ArgumentParser
import Desk
import Foundation
import Logging
import SOP
import SQLiteStore
import ServiceLifecycle
import Synchronization
import Townsfolk
import UnixSignals
import Web
import Wording

/// The whole help desk with lively sample data; nothing leaves the machine.
struct Demo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the whole help desk with sample data on this machine; nothing leaves it.")

  @OptionGroup var common: CommonOptions
  @Option(help: "The port to listen on.") var port = 8080
  @Option(help: "Keep the data in this folder; without it, a new folder that is removed at the end.") var data: String?
  @Option(help: "How many tickets the sample holds.") var tickets = 200

  static let mailbox = "helpdesk@sigap.example"

  func run() async throws {
    let folder = data.map { URL(fileURLWithPath: $0, isDirectory: true) } ?? Demo.temporaryFolder()
    defer { if data == nil { try? FileManager.default.removeItem(at: folder) } }
    let configuration = try Demo.configuration(folder: folder, port: port, file: common.config)
    LineLogHandler.install(configuration)
    let clock = DemoClock()
    let house = try House(configuration, clock: clock)
    let mailbox = DemoMailbox(clock: clock)
    let dispatcher = house.dispatcher(sending: mailbox)
    try await house.reloadSettings()
    try await DemoPeople.settle(in: house)
    if try await house.store.counts(holder: nil).all == 0 {
      Sigap.say("Menyiapkan \(tickets) tiket contoh …")
      try await TownPlay(
        store: house.store, handling: house.handling, intake: house.intake, dispatcher: dispatcher,
        followUps: house.followUps, clock: clock, mailbox: Demo.mailbox
      ).play(max(0, min(tickets, 100_000)), until: clock.now())
    }
    Demo.welcome(house)
    let services: [any Service] = [
      try house.webServer(mailViewer: mailbox, facts: [("Peragaan", "ya")]), house.intake, house.clockwork,
      house.followUps, house.withheldLetters, dispatcher, try house.doorbell(),
    ]
    let group = ServiceGroup(
      configuration: .init(
        services: services.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint],
        logger: Logger(label: "sigap")))
    try await group.run()
    try house.store.close()
  }

  /// Duty around the clock, so that deadlines are seen to approach at any hour. What a file says of names and budgets
  /// is taken; its mail servers are understood and never spoken to.
  private static func configuration(folder: URL, port: Int, file: String?) throws -> Configuration {
    try Configuration(
      ConfigurationText(
        file: file,
        environment: [
          "SIGAP_DATA_DIRECTORY": folder.path, "SIGAP_HTTP_PORT": "\(port)", "SIGAP_MAIL_ADDRESS": mailbox,
          "SIGAP_REGISTRY_EMAIL": "petugas@registri.example", "SIGAP_OFFICE_HOURS": "selalu",
          "SIGAP_LOG_LEVEL": "warning",
        ]))
  }

  private static func temporaryFolder() -> URL {
    FileManager.default.temporaryDirectory.appendingPathComponent("sigap-demo-\(UUID().uuidString)")
  }

  private static func welcome(_ house: House) {
    let base = house.office.baseURL
    var lines =
      """

      Sigap berjalan di \(base) – tidak ada yang keluar dari mesin ini. Berhenti dengan Ctrl+C.

        Pemohon       \(base)/            (tanpa akun)
        Surat         \(base)/peragaan/surat   (semua surat yang dikirim)

        Masuk di \(base)/masuk:

      """
    for person in DemoPeople.all {
      let role = person.role.label(.indonesian).padding(toLength: 16, withPad: " ", startingAt: 0)
      let name = person.officer.account.padding(toLength: 8, withPad: " ", startingAt: 0)
      lines += "  \(role) nama: \(name) kata sandi: \(DemoPeople.password(of: person.role))\n"
    }
    // Written at once, also into a pipe: whoever started it waits for these lines.
    try? FileHandle.standardOutput.write(contentsOf: Data((lines + "\n").utf8))
  }
}

/// The people of the town with accounts everyone may use in the demonstration.
enum DemoPeople {
  static let all: [(officer: Officer, role: Role)] =
    Town.officers.map { ($0, .officer) } + Town.registryOfficers.prefix(1).map { ($0, .registry) }
    + Town.supervisors.prefix(1).map { ($0, .supervisor) } + [(Town.administrator, .administrator)]

  static func password(of role: Role) -> String { "peragaan-\(role.rawValue)-sigap" }

  static func settle(in house: House) async throws {
    for person in all where try await house.store.account(person.officer.account) == nil {
      let account = Account(
        id: person.officer.account, userName: person.officer.account, name: person.officer.name,
        email: "\(person.officer.account)@sigap.example", role: person.role,
        passwordHash: try await house.signIn.hasher.hash(password(of: person.role)))
      _ = try await house.store.save(account, expecting: nil)
    }
    for institution in Town.institutions {
      try await house.store.save(
        Institution(
          id: institution.domain.name, name: institution.name, kind: institution.kind,
          domains: [institution.domain], contacts: [institution.email]))
    }
    guard try await house.store.savedReplies().isEmpty else { return }
    for (id, title, text) in replies {
      try await house.store.save(SavedReply(id: id, title: title, text: text))
    }
  }

  private static let replies = [
    (
      "surat-penunjukan", "Minta surat penunjukan",
      "Mohon kirim surat penunjukan Pejabat Nama Domain yang berlaku beserta kartu ASN, agar permintaan dapat kami proses."
    ),
    (
      "tunggu-propagasi", "Perubahan sedang menyebar",
      "Perubahan sudah tercatat di registri. Sebagian pengguna masih melihat data lama sampai simpanan sementara mereka habis, paling lama dua hari."
    ),
    (
      "hubungi-hosting", "Hubungi penyedia hosting",
      "Nama domain Bapak/Ibu berfungsi dengan baik. Gangguan ada pada server situs; mohon hubungi penyedia hosting Bapak/Ibu."
    ),
  ]
}

/// The present, except while the play sets another time.
final class DemoClock: SettableClock {
  private let fixed = Mutex<Instant?>(nil)
  private let system = SystemWallClock()

  func set(_ instant: Instant?) { fixed.withLock { $0 = instant } }
  func now() -> Instant { fixed.withLock { $0 } ?? system.now() }
  func sleep(until instant: Instant) async throws { try await system.sleep(until: instant) }
}

/// Every letter of the demonstration, kept instead of sent: the newest 500.
actor DemoMailbox: LetterSender, MailViewer {
  private let clock: any WallClock
  private var kept: [ViewedLetter] = []

  init(clock: any WallClock) { self.clock = clock }

  func send(_ letter: OutboxLetter) async throws(DeliveryError) -> String {
    kept.append(
      ViewedLetter(
        id: letter.id, recipient: letter.recipient, subject: letter.subject, text: letter.text, at: clock.now()))
    if kept.count > 500 { kept.removeFirst(kept.count - 500) }
    return "250 2.0.0 kept for the viewer"
  }

  func letters() -> [ViewedLetter] { kept.reversed() }
}
