import Desk
import Foundation
import Testing

@testable import MailChannel

extension MailServerTests {
  @Test func `a mail comes byte for byte as the server holds it`() async throws {
    let odd = Array("From: a@b.example\r\nSubject: =?utf-8?q?r=C3=A9?=\r\n\r\n.dot\r\n)\r\nA1 OK\r\n".utf8)
    let message = odd + [0x80, 0xFF, 0xC3, 13, 10] + Array(repeating: 65, count: 200_000) + [13, 10]
    try servers.put(message, to: "kotak1")
    let shelf = Shelf()
    try await run(fetcher(account("kotak1"), shelf)) { await shelf.mails.count == 1 }
    let mails = await shelf.mails
    #expect(mails.first?.bytes == message)
    #expect(mails.first?.problem == nil)
    #expect(await shelf.cursor?.lastUID == mails.first?.uid)
  }

  @Test func `a mail that comes later is handed over within five seconds at the default pace`() async throws {
    let shelf = Shelf()
    let fetcher = fetcher(try account("kotak2"), shelf, poll: ImapFetcher.Pace().poll)
    try await run(fetcher) {
      guard fetcher.health.lastSuccess != nil else { return false }
      return true
    }
    let start = ContinuousClock.now
    async let running: Void = run(fetcher) { await shelf.mails.count == 1 }
    try await _Concurrency.Task.sleep(for: .milliseconds(300))
    try servers.command("deliver kotak2 1")
    try await running
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  @Test func `all of twenty thousand waiting mails are seen once each and in order`() async throws {
    try servers.command("deliver-seen kotak3 20000")
    let shelf = Shelf()
    let start = ContinuousClock.now
    try await run(fetcher(account("kotak3"), shelf)) { await shelf.mails.count >= 20_000 }
    let taken = ContinuousClock.now - start
    let uids = await shelf.mails.map(\.uid)
    #expect(uids.count == 20_000)
    #expect(Set(uids).count == 20_000)
    #expect(uids == uids.sorted())
    print("20000 mails fetched in \(taken)")
  }

  @Test func `a restart goes on at the cursor and fetches nothing twice`() async throws {
    try servers.command("deliver kotak4 3")
    let shelf = Shelf()
    try await run(fetcher(account("kotak4"), shelf)) { await shelf.mails.count == 3 }
    try servers.command("deliver kotak4 2")
    try await run(fetcher(account("kotak4"), shelf)) { await shelf.mails.count >= 5 }
    #expect(await Set(shelf.mails.map(\.uid)).count == 5)
  }

  @Test func `what could not be kept is fetched again`() async throws {
    try servers.command("deliver kotak5 3")
    let shelf = Shelf(refusing: 2)
    let fetcher = fetcher(try account("kotak5"), shelf)
    try await run(fetcher) { await shelf.mails.count == 3 }
    #expect(await shelf.mails.count == 3)
  }

  @Test func `a renumbered mailbox is read from its beginning`() async throws {
    try servers.command("deliver kotak6 3")
    let shelf = Shelf()
    try await run(fetcher(account("kotak6"), shelf)) { await shelf.mails.count == 3 }
    try servers.command("renumber kotak6")
    try await run(fetcher(account("kotak6"), shelf)) { await shelf.mails.count == 6 }
    #expect(await Set(shelf.mails.map(\.uidValidity)).count == 2)
    #expect(await Set(shelf.mails.map(\.bytes)).count == 3)
  }

  @Test func `a message over the limit is handed over as its beginning, and the next ones come`() async throws {
    let small = Array("Subject: kecil\r\n\r\nisi\r\n".utf8)
    try servers.put(small, to: "kotak7")
    let large =
      Array("Subject: besar\r\n\r\n".utf8)
      + Array(repeating: [UInt8](repeating: 66, count: 98) + [13, 10], count: 6000).joined()
    try servers.put(large, to: "kotak7")
    try servers.put(small, to: "kotak7")
    var account = try account("kotak7")
    account.messageLimit = 500_000
    let shelf = Shelf()
    try await run(fetcher(account, shelf)) { await shelf.mails.count == 3 }
    let mails = await shelf.mails
    #expect(mails.map(\.problem) == [nil, .tooLarge(limit: 500_000), nil])
    #expect(mails[1].bytes == Array(large.prefix(ImapMailbox.prefixBytes)))
    #expect(mails[2].bytes == small)
  }

  @Test func `a message the server cannot give does not hold up the others`() async throws {
    try servers.put(Array("Subject: satu\r\n\r\n1\r\n".utf8), to: "kotak8")
    // libcurl cannot read an answer without a literal, which is what an empty message is.
    try servers.put([], to: "kotak8")
    try servers.put(Array("Subject: tiga\r\n\r\n3\r\n".utf8), to: "kotak8")
    let shelf = Shelf()
    try await run(fetcher(account("kotak8"), shelf)) { await shelf.mails.count == 3 }
    let mails = await shelf.mails
    #expect(mails.first?.problem == nil)
    #expect(mails.last?.problem == nil)
    #expect(mails[1].bytes.isEmpty)
  }

  /// A mail of 900,000 bytes, which need more than four seconds over the slow line.
  private func large(_ user: String) throws -> [UInt8] {
    let line = [UInt8](repeating: 66, count: 98) + [13, 10]
    let mail = Array("Subject: besar\r\n\r\n".utf8) + Array(repeating: line, count: 9_000).joined()
    try servers.put(mail, to: user)
    return mail
  }

  @Test func `a large mail over a slow line takes its time and comes whole`() async throws {
    let mail = try large("kotak13")
    var account = try account("kotak13")
    account.address.port = servers.ports.slowImaps
    account.requestTimeout = .seconds(2)
    let shelf = Shelf()
    let start = ContinuousClock.now
    try await run(fetcher(account, shelf)) { await !shelf.mails.isEmpty }
    let found = await shelf.mails.first
    #expect(found?.bytes == mail, "\(found?.bytes.count ?? -1) \(String(describing: found?.problem))")
    #expect(ContinuousClock.now - start > .seconds(3))
  }

  @Test func `a line that falls silent in a mail is not waited for longer than any other answer`() async throws {
    _ = try large("kotak14")
    var account = try account("kotak14")
    account.address.port = servers.ports.silentImaps
    account.requestTimeout = .seconds(2)
    let lane = ImapLane(account, stop: StopFlag())
    let validity = try await lane.status().uidValidity
    let start = ContinuousClock.now
    let row = await lane.row(of: [1], uidValidity: validity, messages: 1, bytes: 1 << 20)
    #expect(row.fault == .timeout && row.mails.isEmpty, "\(String(describing: row.fault))")
    #expect(ContinuousClock.now - start < .seconds(12))
    await lane.close()
  }

  @Test func `a first look may leave what is in the mailbox, and takes all that comes from then on`() async throws {
    try servers.command("deliver kotak15 3")
    var pace = ImapFetcher.Pace()
    pace.beginning = ImapFetcher.Beginning.now
    pace.poll = .milliseconds(50)
    let shelf = Shelf()
    func fetcher() throws -> ImapFetcher {
      ImapFetcher(try account("kotak15"), sink: shelf, pace: pace, logger: quiet, clock: FixedClock())
    }
    try await run(fetcher()) { await shelf.cursor != nil }
    #expect(await shelf.mails.isEmpty)
    #expect(await shelf.cursor?.lastUID == 3)
    try servers.command("deliver kotak15 2")
    try await run(fetcher()) { await shelf.mails.count == 2 }
    #expect(await shelf.mails.map(\.uid) == [4, 5])
  }

  @Test func `a message is fetched again by its key`() async throws {
    let mail = Array("Subject: lagi\r\n\r\nisi\r\n".utf8)
    try servers.put(mail, to: "kotak16")
    var account = try account("kotak16")
    let validity = try ImapMailbox(account).status().uidValidity
    let key = "imap/\(account.mailboxID)/\(validity)/1"
    #expect(try await ImapRefetch(account).message(ofKey: key) == Data(mail))
    for other in [
      "imap/\(account.mailboxID)/\(validity)/2", "imap/\(account.mailboxID)/\(validity &+ 1)/1",
      "imap/lain/\(validity)/1", key + "x", "imap/\(account.mailboxID)/1", "web/1", "",
    ] {
      await #expect(throws: RefetchError.gone, "\(other)") { try await ImapRefetch(account).message(ofKey: other) }
    }
    account.messageLimit = 10
    await #expect(throws: RefetchError.tooLarge) { try await ImapRefetch(account).message(ofKey: key) }
    account.address.port = 9
    let elsewhere = "imap/\(account.mailboxID)/\(validity)/1"
    await #expect(throws: RefetchError.unreachable(code: "no_connection")) {
      try await ImapRefetch(account).message(ofKey: elsewhere)
    }
  }

  @Test func `a mail removed from the mailbox meanwhile is passed over`() async throws {
    try servers.command("deliver kotak9 5")
    let lane = ImapLane(try account("kotak9"), stop: StopFlag())
    let status = try await lane.status()
    let uids = try await lane.uids(above: 0, in: status)
    try servers.command("remove kotak9")
    try await _Concurrency.Task.sleep(for: .milliseconds(1100))
    let row = await lane.row(of: uids[...], uidValidity: status.uidValidity, messages: 64, bytes: 1 << 20)
    #expect(uids.count == 5)
    #expect(row.fault == nil)
    #expect(row.mails.isEmpty)
    #expect(row.reached == uids.last)
    await lane.close()
  }

  @Test func `a wrong secret, a missing mailbox and an unknown certificate are told apart`() async throws {
    #expect(await fault(try account("kotak1", secret: "salah")) == .wrongCredentials)
    #expect(await fault(try account("kotak1", mailbox: "TidakAda")) == .mailboxMissing)
    #expect(await fault(try account("kotak1", trust: servers.ports.otherCA)) == .untrusted)
    var nobody = try account("kotak1")
    nobody.address.port = 9
    #expect(await fault(nobody) == .connection(curl: 7))
  }

  private func fault(_ account: ImapAccount) async -> ImapFault? {
    let lane = ImapLane(account, stop: StopFlag())
    defer { Task { await lane.close() } }
    do {
      _ = try await lane.status()
      return nil
    } catch { return error }
  }

  @Test func `STARTTLS is spoken on the plain port before the secret`() async throws {
    let plain = try ImapAccount(
      url: "imap://localhost:\(servers.ports.imap)/INBOX", user: "kotak1", secret: "rahasia",
      trustFile: servers.ports.ca)
    #expect(await fault(plain) == nil)
    var stranger = plain
    stranger.trustFile = servers.ports.otherCA
    #expect(await fault(stranger) == .untrusted)
  }

  @Test func `a wrong secret is tried once in five minutes and shown`() async throws {
    let shelf = Shelf()
    let fetcher = fetcher(try account("kotak1", secret: "salah"), shelf)
    try await run(fetcher) {
      try? await _Concurrency.Task.sleep(for: .seconds(1))
      return fetcher.health.fault != nil
    }
    #expect(fetcher.health.fault == .mailbox(.wrongCredentials))
    #expect(fetcher.health.lastSuccess == nil)
  }

  @Test func `a server that comes back is used again, and nothing is lost`() async throws {
    try servers.command("deliver kotak10 2")
    let shelf = Shelf()
    let fetcher = fetcher(try account("kotak10"), shelf)
    async let running: Void = run(fetcher) { await shelf.mails.count == 5 }
    try await waitUntil { await shelf.mails.count == 2 }
    try servers.command("stop-dovecot")
    try servers.command("deliver kotak10 3")
    try await waitUntil { fetcher.health.fault != nil }
    try servers.command("start-dovecot")
    try await running
    #expect(await Set(shelf.mails.map(\.uid)).count == 5)
    #expect(fetcher.health.fault == nil || fetcher.health.fetched == 5)
  }

  @Test func `stopping ends a transfer that hangs within two seconds`() async throws {
    // A listener that never says a word.
    let deaf = try Deaf()
    var account = try account("kotak1")
    account.address.port = deaf.port
    let fetcher = fetcher(account, Shelf())
    let running = Task { try await fetcher.run() }
    try await _Concurrency.Task.sleep(for: .milliseconds(300))
    let start = ContinuousClock.now
    running.cancel()
    try await running.value
    #expect(ContinuousClock.now - start < .seconds(2))
  }
}
