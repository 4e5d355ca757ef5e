import Desk
import DeskTesting
import SOP
import Testing
import Townsfolk

/// The registry's answers by mail: which of them settle row 4.
@Suite struct RegistryMailTests {
  private let stranger = "orang@lain.example"

  @Test func `a registry reply counts from the registry's address alone`() async throws {
    let house = House()
    let number = try await house.atRegistry()
    let address = house.replyAddress(number, .registry)
    let forged = try await house.receive(.from(stranger, "Selesai. Sudah kami ubah.", to: address))
    #expect(forged.kind == .appended)
    #expect(try await house.ticket(number).stage == .registry)
    let real = try await house.receive(.from(House.registry, "Selesai. Sudah kami ubah.", to: address))
    #expect(real.kind == .registryReply)
    #expect(try await house.ticket(number).stage == .answer)
  }

  @Test(arguments: ["Sudah kami coba tetapi gagal.", "Selesaikan dulu dokumennya", "Tidak, selesai besok", "Oke"])
  func `other words of the registry wait for an officer`(text: String) async throws {
    let house = House()
    let number = try await house.atRegistry()
    let taken = try await house.receive(.from(House.registry, text, to: house.replyAddress(number, .registry)))
    #expect(taken.kind == .appended)
    #expect(try await house.ticket(number).stage == .registry)
    #expect(try await house.store.summary(number)?.unread == true)
  }

  @Test func `what the registry's own ticket system marks as automatic is shown on its wall, unproven`() async throws {
    let house = House()
    let number = try await house.atRegistry()
    try await house.post()
    let sent = house.sender.sent.count
    let taken = try await house.receive(
      ReadMail.from(House.registry, "Selesai. Sudah kami ubah.", to: house.replyAddress(number, .registry)).with {
        $0.automatic = .notification
      })
    #expect(taken.kind == .appended && taken.reasons == ["token_valid", "notification"])
    try await house.post()
    #expect(try await house.ticket(number).stage == .registry && house.sender.sent.count == sent)
    #expect(try await house.store.summary(number)?.unread == true)
    guard case .registryWrote(let message)? = try await house.store.history(of: number).last?.event else {
      Issue.record("not on the registry's wall")
      return
    }
    #expect(message.unproven == House.registry)
  }

  @Test func `an old 'selesai' does not answer a new packet`() async throws {
    let house = House()
    let number = try await house.atRegistry()
    let first = try await house.line("handoff", of: number).letter.messageID
    let question = RegistryReply(result: .needsInformation, text: "Server nama yang mana?", door: .desk)
    try await house.give(.recordRegistryReply(question, ordinal: 1), to: number, by: .registry)
    try await house.give(.recordAnalysis(.handoff), to: number)
    let reply = ReadMail.from(House.registry, "Selesai.", to: house.replyAddress(number, .registry))
    let late = try await house.receive(reply.with { $0.answers = [first] })
    #expect(late.kind == .appended && late.reasons.contains("earlier_handoff"))
    #expect(try await house.ticket(number).stage == .registry)
    let second = try await house.line("handoff", of: number).letter.messageID
    let right = try await house.receive(
      ReadMail.from(House.registry, "Selesai.", to: house.replyAddress(number, .registry)).with {
        $0.answers = [second, first]
      })
    #expect(right.kind == .registryReply)
  }

  @Test func `one 'selesai' delivered twice does not answer the packet that followed`() async throws {
    let house = House()
    let number = try await house.atRegistry()
    let mail = ReadMail.from(House.registry, "Selesai.", to: house.replyAddress(number, .registry))
    #expect(try await house.receive(mail).kind == .registryReply)
    try await house.give(.returnToAnalysis(reason: "belum betul"), to: number)
    try await house.give(.recordAnalysis(.handoff), to: number)
    let version = try await house.ticket(number).version
    #expect(try await house.receive(mail).kind == .duplicate)
    #expect(try await house.ticket(number).stage == .registry)
    #expect(try await house.ticket(number).version == version)
  }

  @Test func `reply and message of a mail are one transaction`() async throws {
    let house = House()
    let number = try await house.atRegistry()
    let before = try await house.ticket(number).version
    try await house.receive(.from(House.registry, "Selesai. Sudah.", to: house.replyAddress(number, .registry)))
    let added = try await house.store.history(of: number).dropFirst(before)
    #expect(Set(added.map { $0.at }).count == 1)
    var names: [String] = []
    for recorded in added {
      switch recorded.event {
      case .registryReplied: names.append("reply")
      case .registryWrote: names.append("message")
      default: break
      }
    }
    #expect(names == ["reply", "message"])
    let log = try await house.store.commandLog(of: number, after: nil, limit: 2).map { $0.command }
    #expect(log == ["receiveFromRegistry", "recordRegistryReply"])
  }

  @Test func `a registry reply too long for the record is shown, not lost`() async throws {
    let house = House()
    let number = try await house.atRegistry()
    let text = "Selesai.\n" + String(repeating: "a", count: 30_000)
    let taken = try await house.receive(.from(House.registry, text, to: house.replyAddress(number, .registry)))
    #expect(taken.kind == .appended && taken.reasons.contains("reply_refused_text_too_long"))
  }

  @Test func `an answer to the hand-off letter from elsewhere stands on the registry's wall, unproven`() async throws {
    let house = House()
    let number = try await house.atRegistry()
    let handoff = try await house.line("handoff", of: number).letter.messageID
    for sender in [stranger, House.kades] {
      try await house.receive(ReadMail.from(sender, "Selesai.").with { $0.answers = [handoff] })
      guard case .registryWrote(let message)? = try await house.store.history(of: number).last?.event else {
        Issue.record("not on the registry's wall")
        return
      }
      #expect(message.unproven == sender)
    }
    #expect(try await house.ticket(number).complaint.requester.emailProven == false)
  }
}
