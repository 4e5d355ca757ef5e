import Desk
import DeskTesting
import Foundation
import SOP
import Synchronization
import Testing
import Townsfolk

/// What an administrator decides at the ledger.
@Suite struct PersonTests {
  private let joko = Town.someone(of: .administrator)

  @Test func `a row in quarantine is taken again when an administrator says so`() async throws {
    let house = House()
    let id = try await house.deliver(ReadMail().with { $0.unreadable = "charset" })
    try await house.intake.takeWaiting()
    house.reader.teach(id, .complaint())
    try await house.intake.replay(id, by: joko)
    try await house.intake.takeWaiting()
    #expect(try await house.store.inbound(id)?.outcome?.kind == .opened)
  }

  @Test func `a row that reached a ticket is not taken again`() async throws {
    let house = House()
    let number = try await house.atRegistry()
    let opened = try await house.deliver(.complaint(from: "b@lain.example"))
    let appended = try await house.deliver(.from(House.kades, "Tambahan.", to: house.replyAddress(number)))
    let reply = try await house.deliver(.from(House.registry, "Selesai.", to: house.replyAddress(number, .registry)))
    await #expect(throws: Intake.NotReplayable.self) { try await house.intake.replay(opened, by: joko) }
    try await house.intake.takeWaiting()
    for (id, kind) in [(opened, InboundOutcome.Kind.opened), (appended, .appended), (reply, .registryReply)] {
      #expect(try await house.store.inbound(id)?.outcome?.kind == kind)
      await #expect(throws: Intake.NotReplayable.self) { try await house.intake.replay(id, by: joko) }
    }
    await #expect(throws: Intake.NotReplayable.self) { try await house.intake.replay("tidak ada", by: joko) }
  }

  @Test(arguments: [ReadMail.Automatic.autoReply, .list, .notification])
  func `a mail taken for a machine's becomes a ticket when a person says so`(kind: ReadMail.Automatic) async throws {
    let house = House()
    let id = try await house.deliver(ReadMail.complaint().with { $0.automatic = kind })
    try await house.intake.takeWaiting()
    #expect(try await house.store.inbound(id)?.outcome?.kind == .automatic)
    try await house.intake.openAnyway(id, by: joko)
    let outcome = try #require(try await house.store.inbound(id)?.outcome)
    #expect(outcome.kind == .opened && outcome.reasons.contains("opened_by_person"))
    let number = try #require(outcome.ticket)
    #expect(try await house.ticket(number).complaint.requester.email == House.kades)
    #expect(try await house.store.history(of: number).first?.by.party == .administrator)
    #expect(try await house.line("receipt", of: number).state == .queued)
    await #expect(throws: Intake.NotReplayable.self) { try await house.intake.openAnyway(id, by: joko) }
    #expect(try await house.tickets() == 1)
  }

  @Test func `pressed twice at the same time it is one ticket`() async throws {
    let house = House()
    let id = try await house.deliver(ReadMail.complaint().with { $0.automatic = .list })
    try await house.intake.takeWaiting()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 { group.addTask { try? await house.intake.openAnyway(id, by: joko) } }
    }
    #expect(try await house.tickets() == 1)
  }

  @Test func `what is in a ticket, cannot be read, or ended the process is not made a ticket`() async throws {
    let house = House()
    let opened = try await house.deliver(.complaint())
    let broken = try await house.deliver(ReadMail().with { $0.unreadable = "charset" })
    let empty = try await house.deliver(.complaint(), trouble: "not_fetched")
    try await house.intake.takeWaiting()
    let deadly = try await house.deliver(.complaint())
    for _ in 0..<3 { _ = try await house.store.takeWaiting(limit: 1, now: house.clock.now()) }
    try await house.intake.takeWaiting()
    for id in [opened, broken, deadly, "tidak ada"] {
      await #expect(throws: Intake.NotReplayable.self) { try await house.intake.openAnyway(id, by: joko) }
    }
    #expect(house.reader.timesRead(deadly) == 0)
    #expect(try await house.tickets() == 1)
    #expect(try await house.store.inbound(empty)?.outcome?.kind == .quarantined)
  }

  @Test func `a mail that could not be fetched is fetched again before it is replayed`() async throws {
    let store: any DeskStore = MemoryStore()
    let shelf = Shelf()
    let house = House(store: store, refetch: shelf)
    let draft = InboundDraft(
      id: "1", source: .imap, key: "imap/box/7/9", receivedAt: house.clock.now(), raw: Data(), trouble: "not_fetched")
    _ = try await store.receive([draft], advancing: nil)
    try await house.intake.takeWaiting()
    #expect(try await store.inbound("1")?.outcome?.reasons == ["not_fetched"])
    for trouble in [RefetchError.gone, .tooLarge, .unreachable(code: "timeout")] {
      shelf.answer(.failure(trouble))
      await #expect(throws: trouble) { try await house.intake.replay("1", by: joko) }
    }
    #expect(try await store.inbound("1")?.outcome?.kind == .quarantined)
    shelf.answer(.success(Data("surat".utf8)))
    house.reader.teach("surat", .complaint())
    try await house.intake.replay("1", by: joko)
    try await house.intake.takeWaiting()
    #expect(try await store.inbound("1")?.outcome?.kind == .opened)
    #expect(shelf.asked == Array(repeating: "imap/box/7/9", count: 4))
  }
}

/// A mailbox that answers as told.
private final class Shelf: MailRefetch {
  private let state = Mutex((answer: Swift.Result<Data, RefetchError>.failure(.gone), asked: [String]()))

  var asked: [String] { state.withLock { $0.asked } }
  func answer(_ answer: Swift.Result<Data, RefetchError>) { state.withLock { $0.answer = answer } }

  func message(ofKey key: String) async throws(RefetchError) -> Data {
    let answer = state.withLock { state in
      state.asked.append(key)
      return state.answer
    }
    return try answer.get()
  }
}
