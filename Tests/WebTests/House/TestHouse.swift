import Desk
import DeskTesting
import Foundation
import Hummingbird
import HummingbirdTesting
import SOP

@testable import Web

/// The whole desk behind the pages, in memory, at a standing clock: what tests of pages run on.
///
///     let house = try TestHouse()
///     let number = try await house.ticket(at: .registry)
///     try await house.open { browser in
///       try await browser.signIn(as: .officer)
///       let page = try await browser.get("/meja")
///       let next = try await browser.submit("/meja/tiket/\(number)/check", ["masalah": "Situs mati"])
///     }
///
/// Everything is real but the store, the clock, the mail reader, the letters' words and the password hash.
struct TestHouse: Sendable {
  /// Tuesday 24 November 2026, 09.00 in Jakarta: an hour of service.
  static let morning = Instant(seconds: 1_795_485_600)
  static let secret = Array("thirty-two bytes that tests know".utf8)
  /// Compiled once for all houses: the templates are the same, and compiling them takes longer than a visit.
  private static let library = Result { try PageLibrary() }
  static let password = "kuda baterai stapler benar"

  let store: any DeskStore = MemoryStore()
  let clock = ManualClock(TestHouse.morning)
  let bells = Bells()
  let live = LiveHub()
  let tokens = Tokens(secret: TestHouse.secret)
  let office = Office(
    name: "Helpdesk Nama Domain", baseURL: "http://sigap.test", mailAddress: "aduan@sigap.test",
    registryName: "PANDI", registryEmail: "petugas@registri.test", zone: .jakarta)
  let handling: Handling
  let intake: Intake
  let web: DeskWeb
  let ground: WebGround
  private let mailViewer: (any MailViewer)?

  init(procedure: Procedure = Procedure(), mailViewer: (any MailViewer)? = nil) throws {
    let post = Post(store: store, writer: PlainLetterWriter(), tokens: tokens, office: office)
    handling = Handling(
      store: store, clock: clock, post: post, bells: bells, live: live, procedure: { procedure })
    intake = Intake(
      store: store, handling: handling, reader: PlainMessageReader(), tokens: tokens, office: office, clock: clock,
      bells: bells)
    web = DeskWeb(
      store: store, handling: handling, intake: intake,
      signIn: SignIn(store: store, hasher: PlainHasher(), clock: clock), tokens: tokens, post: post, office: office,
      presence: Presence(), live: live, bells: bells, clock: clock)
    ground = try WebGround(
      secret: TestHouse.secret, baseURL: office.baseURL, library: try TestHouse.library.get())
    self.mailViewer = mailViewer
  }

  /// A router of its own for every visit.
  var router: Router<WebContext> { WebServer.router(web: web, ground: ground, mailViewer: mailViewer) }

  /// Opens the house to one browser; more of them by `browser.another()`.
  func open(_ visit: @escaping @Sendable (Browser) async throws -> Void) async throws {
    try await Application(router: router).test(.router) { client in
      try await visit(Browser(client: client, house: self))
    }
  }

  // MARK: People

  /// The account of a role, made when it is first asked for; its password is `TestHouse.password`.
  func account(_ role: Role) async throws -> Account {
    let person = TestHouse.people[role] ?? (id: role.rawValue, name: role.rawValue)
    if let known = try await store.account(person.id) { return known }
    let account = Account(
      id: person.id, userName: person.id, name: person.name, email: "\(person.id)@sigap.test", role: role,
      passwordHash: try await PlainHasher().hash(TestHouse.password))
    _ = try await store.save(account, expecting: nil)
    return try await store.account(person.id) ?? account
  }

  private static let people: [Role: (id: String, name: String)] = [
    .officer: ("budi", "Budi Santoso"), .registry: ("wahyu", "Wahyu Nugroho"), .supervisor: ("sari", "Sari Dewi"),
    .administrator: ("dewi", "Dewi Lestari"),
  ]

  static let officer = Performer(party: .team, account: "budi", name: "Budi Santoso")
  static let registry = Performer(party: .registry, account: "wahyu", name: "Wahyu Nugroho")
  static let supervisor = Performer(party: .supervisor, account: "sari", name: "Sari Dewi")
  static let requester = Performer(party: .requester, name: "Siti Aminah")

  // MARK: Tickets

  /// A ticket that was led to `stage` through the real write path, each row by its own party.
  /// - Parameter proven: the requester's address was proven, so letters are mailed.
  func ticket(
    at stage: Stage = .check, text: String = "Situs desa sukamaju.desa.id tidak bisa dibuka sejak kemarin.",
    domain: String? = "sukamaju.desa.id", email: String? = "kades@sukamaju.desa.id", proven: Bool = true,
    attachments: [Attachment] = [], files: [StoredFile] = []
  ) async throws -> TicketNumber {
    let submission = WebSubmission(
      channel: .web, requester: Requester(name: "Siti Aminah", email: email, institution: "Desa Sukamaju"),
      text: text, domain: domain.flatMap { DomainName($0) }, attachments: attachments)
    guard let number = try await intake.submit(submission, source: .web, key: nil, files: files).ticket else {
      throw Fault("the house opened no ticket")
    }
    if proven, let email { try await handling.perform(.proveAddress(email: email), on: number, by: Self.requester) }
    try await lead(number, to: stage)
    return number
  }

  /// A complaint by telephone without an address, whose answer waits to be read out.
  func spokenTicket() async throws -> TicketNumber {
    let submission = WebSubmission(
      channel: .telephone, requester: Requester(name: "Siti Aminah", phone: "0812 3456", institution: "Desa Sukamaju"),
      text: "Situs desa mati.", domain: DomainName("sukamaju.desa.id"),
      enteredBy: Officer(account: "budi", name: "Budi Santoso"))
    guard let number = try await intake.submit(submission, source: .officer, key: nil).ticket else {
      throw Fault("the house opened no ticket")
    }
    try await lead(number, to: .answer)
    try await handling.perform(
      .sendAnswer(Answer(text: "Sudah kami betulkan.", outcome: .solved)), on: number, by: Self.officer)
    return number
  }

  /// Goes on with a ticket row by row until it stands in `stage`.
  func lead(_ number: TicketNumber, to stage: Stage) async throws {
    if stage > .check {
      try await handling.perform(
        .recordCheck(
          CheckResult(
            problem: "Situs tidak dapat dibuka.", domain: DomainName("sukamaju.desa.id"), category: .notReachable,
            authority: .contactOnRecord)), on: number, by: Self.officer)
    }
    if stage > .analysis, let domain = DomainName("sukamaju.desa.id") {
      let packet = HandoffPacket(
        action: "Ubah server nama", domain: domain, current: "ns1.lama.id", wanted: "ns1.baru.id",
        evidence: "Server lama tidak menjawab.", note: "Mohon segera.")
      try await handling.perform(
        .recordAnalysis(
          AnalysisDecision(cause: "Server nama tidak menjawab.", way: .registryExecutes(packet: packet))),
        on: number, by: Self.officer)
    }
    if stage > .registry {
      try await handling.perform(
        .recordRegistryReply(RegistryReply(result: .done, text: "Sudah diubah.", door: .desk), ordinal: 1),
        on: number, by: Self.registry)
    }
    if stage > .answer {
      let after = try await handling.perform(
        .sendAnswer(Answer(text: "Domain sudah dapat diakses kembali.", outcome: .solved)), on: number,
        by: Self.officer)
      if let letter = after.answerUnderWay {
        try await handling.perform(
          .recordAnswerAccepted(channel: .email, letter: letter), on: number, by: .machine)
      }
    }
  }

  func state(_ number: TicketNumber) async throws -> Ticket {
    guard let ticket = try await store.ticket(number) else { throw NoSuchTicket() }
    return ticket
  }

  /// The names of the facts of a ticket, in order.
  func facts(_ number: TicketNumber) async throws -> [TicketEvent] {
    try await store.history(of: number).map(\.event)
  }

  /// A file as stores keep it.
  static func file(_ bytes: [UInt8], name: String, type: String) -> (attachment: Attachment, file: StoredFile) {
    let digest = Secrets.sha256(Data(bytes))
    return (
      Attachment(fileName: name, contentType: type, size: bytes.count, sha256: digest),
      StoredFile(sha256: digest, bytes: Data(bytes))
    )
  }
}

/// Argon2id's place in tests: quick, and just as strict about what fits.
struct PlainHasher: PasswordHasher {
  func hash(_ password: String) async throws -> String { "plain:" + Secrets.digest(password) }
  func verify(_ password: String, against hash: String) async throws -> Bool {
    hash == "plain:" + Secrets.digest(password)
  }
}

/// Reads mails of four header fields: From, To, Subject, Message-ID; the rest is text.
struct PlainMessageReader: MessageReader {
  func read(_ raw: Data) -> ReadMail {
    var mail = ReadMail()
    let lines = String(decoding: raw, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    let head = lines.prefix { !$0.isEmpty }
    for line in head {
      let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      guard parts.count == 2 else { continue }
      switch parts[0] {
      case "From": mail.senderAddress = parts[1]
      case "To": mail.recipients.append(parts[1])
      case "Subject": mail.subject = parts[1]
      case "Message-ID": mail.messageID = parts[1]
      default: break
      }
    }
    mail.text = lines.dropFirst(head.count + 1).joined(separator: "\n")
    mail.fingerprint = mail.messageID.map { Secrets.digest($0) } ?? ""
    return mail
  }
}
