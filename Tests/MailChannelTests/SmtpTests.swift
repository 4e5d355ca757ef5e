import Foundation
import Testing

@testable import MailChannel

extension MailServerTests {
  private func sender(_ port: Int?, secret: String = "rahasia", timeout: Swift.Duration = .seconds(5)) throws
    -> SmtpSender
  {
    let port = try #require(port, "Postfix needs root; `make test` installs it")
    var account = try SmtpAccount(
      url: "smtp://localhost:\(port)", user: "meja", secret: secret, helloName: "sigap.bantuan.example",
      trustFile: servers.ports.ca)
    account.transactionTimeout = timeout
    return SmtpSender(account)
  }

  private func send(_ recipient: String, timeout: Swift.Duration = .seconds(5)) async throws -> SmtpOutcome {
    let sender = try sender(servers.ports.sink, timeout: timeout)
    let outcome = await sender.send(letter, from: "meja@bantuan.example", to: recipient)
    await sender.close()
    return outcome
  }

  private var letter: [UInt8] { Array("Subject: hai\r\n\r\nisi\r\n".utf8) }

  private func sunk(_ reply: SmtpReply) throws -> [UInt8] {
    let number = try #require(reply.text.split(separator: " ").last)
    return Array(try Data(contentsOf: URL(filePath: "\(servers.ports.sinkMail)/\(number).eml")))
  }

  @Test func `a letter is accepted, arrives exactly, and the connection is used again`() async throws {
    let sender = try sender(servers.ports.sink)
    let odd =
      Array("Subject: titik\r\n\r\n.\r\n..\r\n.a\r\nb.\r\n".utf8)
      + Array(repeating: Array(".\r\n".utf8), count: 9000).joined()
    for _ in 1...3 {
      guard case .accepted(let reply) = await sender.send(odd, from: nil, to: "terima@bantuan.example") else {
        Issue.record("not accepted")
        return
      }
      #expect(reply.code == 250)
      #expect(try sunk(reply) == odd)
    }
    guard case .accepted(let reply) = await sender.send(letter, from: nil, to: "terima@bantuan.example") else { return }
    let number = try #require(reply.text.split(separator: " ").last)
    let envelope = try String(contentsOfFile: "\(servers.ports.sinkMail)/\(number).json", encoding: .utf8)
    #expect(envelope.components(separatedBy: "MAIL FROM:<>").count == 6, "four letters, and `from`, in one talk")
    await sender.close()
  }

  @Test func `lone line feeds and returns leave as CRLF, so that no end mark can be smuggled`() async throws {
    let sender = try sender(servers.ports.sink)
    let sly = Array("Subject: a\n\nx\n.\nMAIL FROM:<b@c.example>\r.\r\ny".utf8)
    guard case .accepted(let reply) = await sender.send(sly, from: nil, to: "terima@bantuan.example") else {
      Issue.record("not accepted")
      return
    }
    #expect(try sunk(reply) == Array("Subject: a\r\n\r\nx\r\n.\r\nMAIL FROM:<b@c.example>\r\n.\r\ny\r\n".utf8))
    await sender.close()
  }

  @Test func `refusals for good are told from refusals for now`() async throws {
    #expect(try await send("tolak@bantuan.example") == .refused(SmtpReply(code: 550, text: "5.1.1 no such mailbox")))
    #expect(try await send("nanti@bantuan.example") == .later(SmtpReply(code: 451, text: "4.2.1 try again"), .reply))
    #expect(try await send("tolakisi@bantuan.example") == .refused(SmtpReply(code: 554, text: "5.7.1 content refused")))
    #expect(
      try await send("nantiisi@bantuan.example") == .later(SmtpReply(code: 452, text: "4.3.1 disk is full"), .reply))
  }

  @Test func `a reply of several lines is one reply`() async throws {
    #expect(
      try await send("banyak@bantuan.example")
        == .accepted(SmtpReply(code: 250, text: "2.0.0 first line 2.0.0 second line")))
  }

  @Test func `a connection cut after the final dot is uncertain`() async throws {
    #expect(try await send("putustitik@bantuan.example") == .uncertain(.connection))
  }

  @Test func `silence after the final dot is uncertain`() async throws {
    #expect(try await send("diam@bantuan.example", timeout: .seconds(1)) == .uncertain(.timeout))
  }

  @Test func `an answer that comes too late is not taken for the next letter's`() async throws {
    let sender = try sender(servers.ports.sink, timeout: .seconds(1))
    let start = ContinuousClock.now
    #expect(await sender.send(letter, from: nil, to: "diam@bantuan.example") == .uncertain(.timeout))
    #expect(
      await sender.send(letter, from: nil, to: "tolakisi@bantuan.example")
        == .refused(SmtpReply(code: 554, text: "5.7.1 content refused")))
    #expect(ContinuousClock.now - start < .seconds(10), "no good-bye is waited for")
  }

  @Test(arguments: ["putusrcpt", "putusdata"])
  func `a connection cut before the letter is tried later`(habit: String) async throws {
    guard case .later(_, .connection) = try await send("\(habit)@bantuan.example") else {
      Issue.record("must be later")
      return
    }
  }

  @Test func `a connection cut inside a long letter is tried later`() async throws {
    let sender = try sender(servers.ports.sink)
    let long = Array(repeating: [UInt8](repeating: 67, count: 998) + [13, 10], count: 4_000).joined()
    let outcome = await sender.send(Array(long), from: nil, to: "putusisi@bantuan.example")
    guard case .later(_, .connection) = outcome else {
      Issue.record("must be later, is \(outcome)")
      return
    }
    await sender.close()
  }

  @Test(arguments: [
    "a@b.example>\r\nRCPT TO:<c@d.example", "a@b.example\nx", "<a@b.example>", "a b@c.example", "a@b@c.example",
    "@b.example",
    "a@", "a@b..example", "a\u{0}@b.example", "ä@b.example", "a@b.example\u{301}",
  ])
  func `an address that could become a command is refused without a connection`(address: String) async throws {
    let nowhere = SmtpSender(try SmtpAccount(url: "smtp://localhost:9", helloName: "a.example"))
    for (from, to) in [("meja@bantuan.example", address), (address, "meja@bantuan.example")] {
      guard case .refused(let reply) = await nowhere.send(letter, from: from, to: to) else {
        Issue.record("must be refused")
        return
      }
      #expect(reply.code == 553)
    }
  }

  @Test func `a server without STARTTLS is not spoken to`() async throws {
    let sender = try sender(servers.ports.sinkPlain)
    guard case .later(_, .untrusted) = await sender.send(letter, from: nil, to: "terima@bantuan.example") else {
      Issue.record("must be untrusted")
      return
    }
    #expect(await sender.check() == .untrusted)
  }

  @Test func `plain speech is allowed by name, and only on this machine`() async throws {
    let account = try SmtpAccount(
      url: "smtp://127.0.0.1:\(servers.ports.sinkPlain)", helloName: "a.example", allowPlain: true)
    let sender = SmtpSender(account)
    guard case .accepted = await sender.send(letter, from: nil, to: "terima@bantuan.example") else {
      Issue.record("must be accepted")
      return
    }
    await sender.close()
    #expect(throws: ServerAddressFault.notLoopback) {
      try SmtpAccount(url: "smtp://mail.example:25", helloName: "a.example", allowPlain: true)
    }
    #expect(throws: ServerAddressFault.notLoopback) {
      try ImapAccount(url: "imap://mail.example/INBOX", user: "a", secret: "b")
    }
  }

  @Test func `wrong credentials make a letter wait, not fail`() async throws {
    let sender = try sender(servers.ports.sink, secret: "salah")
    guard case .later(let reply, .credentials) = await sender.send(letter, from: nil, to: "terima@bantuan.example")
    else {
      Issue.record("must wait")
      return
    }
    #expect(reply.code == 535)
    #expect(await sender.check() == .credentials)
  }

  @Test func `an unknown certificate is refused`() async throws {
    let account = try SmtpAccount(
      url: "smtp://localhost:\(servers.ports.sink)", helloName: "a.example", trustFile: servers.ports.otherCA)
    #expect(await SmtpSender(account).check() == .untrusted)
  }

  @Test func `a letter sent through Postfix arrives in the requester's mailbox`() async throws {
    let sender = try sender(servers.ports.submission, timeout: .seconds(20))
    #expect(await sender.check() == nil)
    let body = "Subject: jawaban\r\n\r\n.titik\r\nselesai\r\n"
    let outcome = await sender.send(Array(body.utf8), from: "meja@bantuan.example", to: "kotak11+tiket@bantuan.example")
    guard case .accepted = outcome else {
      Issue.record("must be accepted, is \(outcome)")
      return
    }
    let unknown = await sender.send(Array(body.utf8), from: "meja@bantuan.example", to: "takada@bantuan.example")
    guard case .refused(let reply) = unknown else {
      Issue.record("must be refused, is \(unknown)")
      return
    }
    #expect(reply.code == 550)
    await sender.close()
    let shelf = Shelf()
    try await run(fetcher(account("kotak11"), shelf)) { await shelf.mails.count == 1 }
    let arrived = await shelf.mails.first.map { String(decoding: $0.bytes, as: UTF8.self) }
    #expect(arrived?.hasSuffix("\r\n\r\n.titik\r\nselesai\r\n") == true)
  }
}
