public import Desk
import Foundation
public import SOP

/// A wall clock that can be set, for plays of the past.
public protocol SettableClock: WallClock {
  /// `nil`: the present again.
  func set(_ instant: Instant?)
}

/// Plays complaints of the town through the real write path: mail into the ledger, intake, commands, outbox. The
/// clock is set to each moment of the play, so that histories lie in the past and the present is now.
public struct TownPlay: Sendable {
  /// How far a complaint gets.
  public enum Ending: CaseIterable, Sendable {
    case arrived, lapsedInCheck, asked, checked, atRegistry, acknowledged, lateRegistry, registryAnswered, answered
    case confirmed, disputed, referred, declined, duplicate, withdrawn, silent
  }

  let store: any DeskStore
  let handling: Handling
  let intake: Intake
  let dispatcher: Dispatcher
  let followUps: FollowUpRunner
  let clock: any SettableClock
  let mailbox: String

  public init(
    store: any DeskStore, handling: Handling, intake: Intake, dispatcher: Dispatcher, followUps: FollowUpRunner,
    clock: any SettableClock, mailbox: String
  ) {
    self.store = store
    self.handling = handling
    self.intake = intake
    self.dispatcher = dispatcher
    self.followUps = followUps
    self.clock = clock
    self.mailbox = mailbox
  }

  /// Plays `count` complaints that arrived before `now`. Most are long over; the last ones are in every row.
  public func play(_ count: Int, until now: Instant) async throws {
    var random = SeededRandom(seed: 2026)
    var last: TicketNumber?
    for index in 0..<count {
      let isRecent = index >= count - min(48, count / 2)
      let ending = isRecent ? Ending.allCases[index % Ending.allCases.count] : random.pick(TownPlay.over)
      let age = isRecent ? TownPlay.age(of: ending, &random) : Int64(random.number(in: 20_000...900_000))
      last = try await play(index, ending, from: now.adding(seconds: -age), until: now, original: last, &random)
    }
    clock.set(nil)
  }

  private static let over: [Ending] = [.confirmed, .confirmed, .confirmed, .referred, .declined, .withdrawn]

  /// Seconds ago, so that the ticket's clock is in the middle of its row now.
  private static func age(of ending: Ending, _ random: inout SeededRandom) -> Int64 {
    switch ending {
    case .arrived, .checked: Int64(random.number(in: 60...540))
    case .lapsedInCheck: Int64(random.number(in: 620...2_400))
    case .asked, .atRegistry, .acknowledged, .registryAnswered: Int64(random.number(in: 900...1_500))
    case .lateRegistry: Int64(random.number(in: 2_700...4_000))
    default: Int64(random.number(in: 3_000...12_000))
    }
  }

  // MARK: One complaint

  private func play(
    _ index: Int, _ ending: Ending, from start: Instant, until now: Instant, original: TicketNumber?,
    _ random: inout SeededRandom
  ) async throws -> TicketNumber? {
    let complaint = Town.complaint(index, at: start)
    clock.set(start)
    let taken = try await arrive(complaint, key: "town/\(index)", at: start)
    guard let number = taken.ticket else { return original }
    try await dispatcher.sendWaiting()
    let officer = random.pick(Town.officers)
    var scene = Scene(
      play: self, number: number, complaint: complaint, officer: Town.performer(officer, as: .team), at: start,
      latest: now, original: original ?? number)
    do {
      try await scene.act(ending, &random)
    } catch is Rejection {
      // The next moment would lie in the future: the ticket stays where it is.
    }
    try await dispatcher.sendWaiting()
    try await followUps.runWaiting()
    return number
  }

  private func arrive(_ complaint: Complaint, key: String, at instant: Instant) async throws -> Intake.Taken {
    if complaint.channel == .email {
      let draft = InboundDraft(
        id: InboundID.make(at: instant), source: .imap, key: key, receivedAt: instant,
        raw: Data(letter(of: complaint, id: key).utf8))
      guard let receipt = try await store.receive([draft], advancing: nil).first else {
        throw Fault("the ledger gave no receipt")
      }
      return try await intake.take(receipt.id)
    }
    var requester = complaint.requester
    requester.emailProven = true
    return try await intake.submit(
      WebSubmission(
        channel: .web, requester: requester, subject: complaint.subject, text: complaint.text,
        domain: complaint.domain, category: complaint.category, since: complaint.since),
      source: .web, key: key)
  }

  /// The complaint as a mail (RFC 5322, 8-bit UTF-8 text).
  private func letter(of complaint: Complaint, id: String) -> String {
    let subject = Data(complaint.subject.utf8).base64EncodedString()
    let name = Data(complaint.requester.name.utf8).base64EncodedString()
    let tag = String(decoding: id.utf8.map { $0 == UInt8(ascii: "/") ? UInt8(ascii: ".") : $0 }, as: UTF8.self)
    return [
      "From: =?utf-8?B?\(name)?= <\(complaint.requester.email ?? "warga@contoh.example")>", "To: <\(mailbox)>",
      "Subject: =?utf-8?B?\(subject)?=", "Message-ID: <\(tag)@kota.example>", "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit", "", complaint.text, "",
    ].joined(separator: "\r\n")
  }

  func perform(_ command: TicketCommand, on number: TicketNumber, by performer: Performer, at instant: Instant)
    async throws
  {
    clock.set(instant)
    try await handling.perform(command, on: number, by: performer)
    try await dispatcher.sendWaiting()
    try await followUps.runWaiting()
  }
}
