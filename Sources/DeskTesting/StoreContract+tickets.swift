import Desk
import Foundation
import SOP
import Testing

extension StoreContract {
  static let tickets: [StoreContract] = [
    StoreContract("a ticket comes back as its events tell it") { store in
      let number = try await store.nextNumber(month: 202611)
      let opening = try Samples.opening(number, Samples.complaint(text: "NUL \0, SUB \u{1A}0, \u{202E}kanan, 😀\r\n"))
      #expect(try await store.commit(opening) == .committed)
      #expect(try await store.ticket(number) == opening.after)
      #expect(try await store.history(of: number) == opening.events)
      #expect(try await store.summary(number) == TicketSummary(of: opening.after, changedAt: Samples.morning))
    },
    StoreContract("a ticket nobody opened is nil and has no history") { store in
      let number = try #require(TicketNumber(month: 202611, running: 77))
      #expect(try await store.ticket(number) == nil)
      #expect(try await store.history(of: number).isEmpty)
      #expect(try await store.summary(number) == nil)
    },
    StoreContract("numbers of a month are given once each, and each month begins at one") { store in
      let numbers = try await withThrowingTaskGroup(of: TicketNumber.self) { group in
        for _ in 0..<50 { group.addTask { try await store.nextNumber(month: 202611) } }
        return try await group.reduce(into: [TicketNumber]()) { $0.append($1) }
      }
      #expect(Set(numbers).count == 50)
      #expect(numbers.map { $0.running }.max() == 50)
      #expect(try await store.nextNumber(month: 202612).running == 1)
    },
    StoreContract("a number that is taken is told, and the next one is free") { store in
      let number = try #require(TicketNumber(month: 202611, running: 1))
      #expect(try await store.commit(Samples.opening(number)) == .committed)
      let other = try Samples.opening(number, Samples.complaint(text: "Orang lain"))
      #expect(try await store.commit(other) == .numberTaken)
      #expect(try await store.history(of: number).count == 2)
      let next = try await store.nextNumber(month: 202611)
      #expect(try await store.commit(Samples.opening(next)) == .committed)
    },
    StoreContract("of two decisions against one version one is told of the conflict and writes nothing") { store in
      let ticket = try await open(store)
      let results = try await withThrowingTaskGroup(of: CommitResult.self) { group in
        for word in ["satu", "dua", "tiga"] {
          let commit = try Samples.deciding(
            .addNote(text: word), on: ticket, by: Samples.budi, at: Samples.morning,
            letters: [Samples.letter("\(ticket.number).\(word)", of: ticket.number)])
          group.addTask { try await store.commit(commit) }
        }
        return try await group.reduce(into: [CommitResult]()) { $0.append($1) }
      }
      #expect(results.count { $0 == .committed } == 1)
      #expect(results.count { $0 == .versionConflict } == 2)
      #expect(try await store.letters(of: ticket.number).count == 1)
      #expect(try await store.commandLog(of: ticket.number, after: nil, limit: 10).count == 2)
    },
    StoreContract("a decision on a ticket that does not exist is a conflict") { store in
      let number = try #require(TicketNumber(month: 202611, running: 9))
      let ticket = try Samples.opening(number).after
      let commit = try Samples.deciding(.addNote(text: "catatan"), on: ticket, by: Samples.budi, at: Samples.morning)
      #expect(try await store.commit(commit) == .versionConflict)
      #expect(try await store.commandLog(of: nil, after: nil, limit: 10).isEmpty)
    },
    StoreContract("a decision without events leaves the ticket as it is, and is logged") { store in
      let ticket = try await open(store)
      let commit = try Samples.deciding(
        .noticeTime, on: ticket, by: .machine, at: Samples.morning.adding(seconds: 1))
      #expect(commit.events.isEmpty)
      let before = try await store.summary(ticket.number)
      #expect(try await store.commit(commit) == .committed)
      #expect(try await store.summary(ticket.number) == before)
      #expect(try await store.commandLog(of: ticket.number, after: nil, limit: 1).first?.command == "noticeTime")
    },
    StoreContract("events that do not follow the version are refused whole") { store in
      let ticket = try await open(store)
      let good = try Samples.deciding(.addNote(text: "satu"), on: ticket, by: Samples.budi, at: Samples.morning)
      let gap = Commit(
        number: good.number, expecting: good.expecting + 1, events: good.events, after: good.after, letters: [],
        followUps: [], releasesHeldLetters: false, at: good.at, log: good.log, settlement: nil, followUp: nil, files: []
      )
      await #expect(throws: (any Error).self) { try await store.commit(gap) }
      #expect(try await store.history(of: ticket.number).count == ticket.version)
    },
  ]

  static let decisions: [StoreContract] = [
    StoreContract("a write that fails takes only itself back, also beside others in one flush") { store in
      let ticket = try await open(store, letters: [Samples.letter("surat", of: nil)])
      let bad = try Samples.deciding(
        .addNote(text: "gagal"), on: ticket, by: Samples.budi, at: Samples.morning,
        letters: [Samples.letter("surat", of: ticket.number)])
      let opened = await withTaskGroup(of: Bool.self) { group in
        for index in 1...40 {
          group.addTask {
            if index == 20 { return (try? await store.commit(bad)) == .committed }
            return (try? await open(store)) != nil
          }
        }
        return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(opened == 39)
      #expect(try await store.history(of: ticket.number).count == ticket.version)
      #expect(try await store.counts(holder: nil).all == 40)
      #expect(try await store.search("gagal", after: nil, limit: 5).isEmpty)
    },
    StoreContract("due tickets come earliest first and only when their instant has come") { store in
      let first = try await open(store, at: Samples.morning)
      let second = try await open(store, at: Samples.morning.adding(seconds: 60))
      let due = try #require(first.nextDue)
      #expect(try await store.earliestDue() == due)
      #expect(try await store.dueTickets(at: due.adding(seconds: -1), limit: 10).isEmpty)
      #expect(try await store.dueTickets(at: due, limit: 10) == [first.number])
      let later = due.adding(seconds: 60)
      #expect(try await store.dueTickets(at: later, limit: 10) == [first.number, second.number])
      #expect(try await store.dueTickets(at: later, limit: 1) == [first.number])
      let told = try Samples.deciding(.noticeTime, on: first, by: .machine, at: due)
      #expect(try await store.commit(told) == .committed)
      #expect(try await store.dueTickets(at: due, limit: 10).isEmpty)
      #expect(try await store.earliestDue() == due.adding(seconds: 60))
    },
    StoreContract("a follow-up stays until the commit that carries it out") { store in
      let ticket = try await open(store)
      #expect(try await store.followUps(limit: 10).isEmpty)
      let original = try await open(store)
      let moved = try await deliver(.recordCheck(check()), on: ticket, store)
      let linked = try await deliver(
        .recordAnalysis(AnalysisDecision(cause: "sama", way: .duplicate(of: original.number))), on: moved, store)
      let order = try #require(try await store.followUps(limit: 10).first)
      #expect(order.followUp.ticket == original.number)
      #expect(order.followUp.command == .linkDuplicate(linked.number))
      let commit = try Samples.deciding(
        order.followUp.command, on: original, by: .machine, at: Samples.morning, followUp: order.id)
      #expect(try await store.commit(commit) == .committed)
      #expect(try await store.followUps(limit: 10).isEmpty)
    },
    StoreContract("a follow-up can be dropped") { store in
      let ticket = try await open(store, letters: [Samples.letter("a", of: nil)])
      let claim = try #require(try await store.claim(limit: 1, now: Samples.morning, lease: 60).first)
      let order = FollowUpSample.letterFailed("a", of: ticket.number)
      #expect(try await store.record(.failed(detail: "550"), for: claim, followUp: order, now: Samples.morning))
      let stored = try #require(try await store.followUps(limit: 10).first)
      #expect(stored.followUp == order)
      try await store.dropFollowUp(stored.id)
      #expect(try await store.followUps(limit: 10).isEmpty)
    },
    StoreContract("the command log is newest first, refusals stand in it, pages continue it") { store in
      let ticket = try await open(store)
      for index in 1...5 {
        try await store.logRefusal(
          CommandLogEntry(
            at: Samples.morning, ticket: ticket.number, command: "confirm\(index)", by: Samples.budi,
            refusal: "wrong_stage"))
      }
      try await store.logRefusal(
        CommandLogEntry(at: Samples.morning, ticket: nil, command: "submit", by: .machine, refusal: "x"))
      let page = try await store.commandLog(of: ticket.number, after: nil, limit: 2)
      #expect(page.map { $0.command } == ["confirm5", "confirm4"])
      #expect(page.first?.refusal == "wrong_stage")
      #expect(page.first?.by == Samples.budi)
      let next = try await store.commandLog(of: ticket.number, after: 2, limit: 10)
      #expect(next.map { $0.command } == ["confirm3", "confirm2", "confirm1", "submit"])
      #expect(try await store.commandLog(of: nil, after: nil, limit: 100).count == 7)
    },
    StoreContract("files are kept once, by digest, also with a commit") { store in
      let bytes = Data([0, 1, 2, 255])
      let twice = StoredFile(sha256: "aa", bytes: bytes)
      try await store.keep([twice, twice], at: Samples.morning)
      #expect(try await store.file("aa") == bytes)
      #expect(try await store.file("bb") == nil)
      let number = try await store.nextNumber(month: 202611)
      let commit = try Samples.opening(number, files: [StoredFile(sha256: "bb", bytes: Data())])
      #expect(try await store.commit(commit) == .committed)
      #expect(try await store.file("bb") == Data())
    },
    StoreContract("an upload is dropped when nobody sent it, and kept while anything names it") { store in
      let digests = ["sent", "drafted", "waiting", "wanted-again", "left"].map { Secrets.sha256(Data($0.utf8)) }
      for digest in digests {
        try await store.keep([StoredFile(sha256: digest, bytes: Data(digest.utf8))], at: Samples.morning)
      }
      var complaint = Samples.complaint()
      complaint.attachments = [
        Attachment(fileName: "a.png", contentType: "image/png", size: 64, sha256: digests[0])
      ]
      _ = try await open(store, complaint)
      let key = DraftKey(owner: "sari", form: "portal/complaint")
      try await store.save(Draft(key: key, json: "{\"files\":\"\(digests[1])\"}", savedAt: Samples.morning))
      let draft = InboundDraft(
        id: "row", source: .web, key: nil, receivedAt: Samples.morning, raw: Data("[\"\(digests[2])\"]".utf8))
      _ = try await store.receive([draft], advancing: nil)
      let later = Samples.morning.adding(seconds: 60)
      for digest in [digests[0], digests[3]] {
        try await store.keep([StoredFile(sha256: digest, bytes: Data(digest.utf8))], at: later)
      }
      #expect(try await store.dropUploads(olderThan: later) == 1)
      #expect(try await store.file(digests[4]) == nil)
      for digest in digests.prefix(4) { #expect(try await store.file(digest) != nil) }
      #expect(try await store.dropUploads(olderThan: later.adding(seconds: 1)) == 1)
      #expect(try await store.file(digests[0]) != nil, "a ticket's file is never dropped")
    },
  ]

  // MARK: What the checks build with

  static func open(
    _ store: any DeskStore, _ complaint: Complaint = Samples.complaint(), at now: Instant = Samples.morning,
    letters: [OutboxLetter] = []
  ) async throws -> Ticket {
    let number = try await store.nextNumber(month: 202611)
    var complaint = complaint
    complaint.receivedAt = now
    let commit = try Samples.opening(number, complaint, at: now, letters: letters)
    try #require(try await store.commit(commit) == .committed)
    return commit.after
  }

  static func deliver(
    _ command: TicketCommand, on ticket: Ticket, by performer: Performer = Samples.budi,
    at now: Instant = Samples.morning, _ store: any DeskStore
  ) async throws -> Ticket {
    let commit = try Samples.deciding(command, on: ticket, by: performer, at: now)
    try #require(try await store.commit(commit) == .committed)
    return commit.after
  }

  static func check() -> CheckResult {
    CheckResult(
      problem: "Situs tidak terjangkau", domain: DomainName("sukamaju.desa.id"), category: .notReachable,
      authority: .contactOnRecord)
  }
}

enum FollowUpSample {
  /// A follow-up can only be made by a decision; what is stored as JSON can be read from it as well.
  static func letterFailed(_ letter: String, of ticket: TicketNumber) -> FollowUp? {
    struct Shape: Encodable {
      let ticket: TicketNumber
      let command: TicketCommand
    }
    let shape = Shape(ticket: ticket, command: .recordLetterFailed(letter: letter, reason: "550"))
    guard let json = try? JSONEncoder().encode(shape) else { return nil }
    return try? JSONDecoder().decode(FollowUp.self, from: json)
  }
}
