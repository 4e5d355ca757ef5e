import Foundation
import Logging
public import SOP
public import ServiceLifecycle

/// From the ledger to tickets: recognises each waiting row and carries out what it means.
///
/// What enters: rows the channels made durable. What leaves: one settled outcome a row, in the transaction that
/// changes the ticket, or quarantine. On disk before anything here begins: the raw bytes. A crash between any two
/// lines leaves the row waiting; one that kills the process twice while it is taken alone goes to quarantine, and one that fails twice; what the
/// store could not do (a full disk) is no fault of the message and counts for nothing. Mails of one sender are taken in
/// the order they came; different senders share the store's flushes.
public struct Intake: Service {
  public struct Taken: Sendable, Equatable {
    public let kind: InboundOutcome.Kind
    public let ticket: TicketNumber?
    public let reasons: [String]
  }

  let store: any DeskStore
  let handling: Handling
  let reader: any MessageReader
  let recogniser: Recogniser
  let clock: any WallClock
  let bells: Bells
  /// `nil`: no mailbox is read.
  let refetch: (any MailRefetch)?
  private let owed = Owed()
  private let logger = Logger(label: "sigap.intake")

  public init(
    store: any DeskStore, handling: Handling, reader: any MessageReader, tokens: Tokens, office: Office,
    clock: any WallClock, bells: Bells, refetch: (any MailRefetch)? = nil
  ) {
    self.store = store
    self.handling = handling
    self.reader = reader
    self.recogniser = Recogniser(store: store, tokens: tokens, office: office)
    self.clock = clock
    self.bells = bells
    self.refetch = refetch
  }

  public func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          try await takeWaiting()
          await bells.intake.wait()
        } catch is CancellationError {
          return
        } catch {
          logger.error("the ledger could not be worked on", metadata: ["error": "\(error)"])
          try? await clock.sleep(until: clock.now().adding(seconds: 2))
        }
      }
    }
  }

  /// Takes everything that waits now. Throws when the store is in trouble: nothing is lost, come again later.
  public func takeWaiting() async throws {
    while !Task.isCancelled {
      try await payBack()
      let items = try await store.takeWaiting(limit: 128, now: clock.now())
      if items.isEmpty { return }
      let read = await readAll(items)
      var bySender: [String: [(InboundItem, ReadMail?)]] = [:]
      for (item, mail) in read { bySender[mail?.senderAddress ?? item.id, default: []].append((item, mail)) }
      let conversations = Array(bySender.values)
      // What has begun is finished, also when the server is asked to stop: a task of its own is not cancelled.
      await Task {
        await withTaskGroup(of: Void.self) { group in
          for conversation in conversations {
            group.addTask { for (item, mail) in conversation { await takeSafely(item, mail) } }
          }
        }
      }.value
      if let trouble = owed.trouble { throw trouble }
    }
  }

  /// Rows that the store failed are not counted as attempted. A crash before this has counted one attempt too many.
  private func payBack() async throws {
    let ids = owed.ids
    if ids.isEmpty { return }
    try await store.giveBack(ids)
    owed.forget(ids)
  }

  /// One row now, for whoever waits for its outcome (the form, the pipe).
  public func take(_ id: String) async throws -> Taken {
    guard let item = try await store.inbound(id) else { throw Fault("ledger row \(id) is gone") }
    if let outcome = item.outcome {
      return Taken(kind: outcome.kind, ticket: outcome.ticket, reasons: outcome.reasons)
    }
    try await take(item, isReadable(item) ? reader.read(item.raw) : nil)
    // What the ledger says is the truth: the service loop may have been quicker with the same row.
    guard let outcome = try await store.inbound(id)?.outcome else { throw Fault("ledger row \(id) was not settled") }
    return Taken(kind: outcome.kind, ticket: outcome.ticket, reasons: outcome.reasons)
  }

  /// A complaint from a form, the API or an officer: durable, then a ticket. `key` makes a repeated hand-in the same
  /// one. Throws the `Rejection` of a text beyond its limit before anything is kept, so that the form can say so and
  /// the corrected text may come under the same key.
  public func submit(
    _ submission: WebSubmission, source: InboundSource, key: String?, files: [StoredFile] = []
  ) async throws -> Taken {
    let now = clock.now()
    try handling.check(submission.complaint(receivedAt: now, inbound: ""), by: submission.performer)
    let draft = InboundDraft(
      id: InboundID.make(at: now), source: source, key: key, receivedAt: now, raw: try submission.encoded,
      files: files)
    let receipts = try await store.receive([draft], advancing: nil)
    guard let receipt = receipts.first else { throw Fault("the ledger gave no receipt") }
    do {
      return try await take(receipt.id)
    } catch {
      // It is durable and waits: the service loop goes on with it.
      bells.intake.ring()
      throw error
    }
  }

  /// What killed the process twice is not read a third time.
  private func isReadable(_ item: InboundItem) -> Bool {
    item.source.isMail && item.trouble == nil && item.attempts <= Recogniser.mostAttempts
  }

  private func readAll(_ items: [InboundItem]) async -> [(InboundItem, ReadMail?)] {
    await withTaskGroup(of: (Int, ReadMail?).self) { group in
      for (index, item) in items.enumerated() {
        group.addTask { (index, isReadable(item) ? reader.read(item.raw) : nil) }
      }
      var read = items.map { (item: $0, mail: ReadMail?.none) }
      for await (index, mail) in group { read[index].mail = mail }
      return read
    }
  }

  /// A row that fails stays waiting: the next round takes it alone, and after the second failure it is set aside.
  private func takeSafely(_ item: InboundItem, _ mail: ReadMail?) async {
    do {
      try await take(item, mail)
    } catch {
      if store.isOwnTrouble(error) { return owed.add(item.id, because: error) }
      logger.error("a message could not be taken", metadata: ["inbound": "\(item.id)", "error": "\(error)"])
      guard item.attempts >= 2 else { return bells.intake.ring() }
      do {
        try await setAside(item, mail, because: "failed_twice")
      } catch {
        owed.add(item.id, because: error)
      }
    }
  }

  /// Without a fingerprint: another copy is not a duplicate of a message that could not be taken.
  private func setAside(_ item: InboundItem, _ mail: ReadMail?, because reason: String) async throws {
    let form = item.source.isMail ? nil : try? JSONDecoder().decode(WebSubmission.self, from: item.raw)
    _ = try await store.settle(
      Settlement(
        inbound: item.id, outcome: InboundOutcome(kind: .quarantined, ticket: nil, reasons: [reason]),
        fingerprint: nil, sender: mail?.senderAddress ?? form?.requester.email,
        subject: (mail?.subject ?? form?.subject)?.firstLine(limit: 200)), now: clock.now())
  }

  private func take(_ item: InboundItem, _ mail: ReadMail?) async throws {
    guard item.source.isMail else { return try await takeSubmission(item) }
    let mail = mail ?? ReadMail()
    switch try await recogniser.recognise(mail, trouble: item.trouble, attempts: item.attempts) {
    case .quarantine(let reasons): try await settle(item, mail, .quarantined, nil, reasons)
    case .bounce(let letter, let ticket, let bounce, let reasons):
      try await takeBounce(item, mail, letter: letter, ticket: ticket, bounce, reasons)
    case .automatic(let ticket, let reasons): try await settle(item, mail, .automatic, ticket, reasons)
    case .belongs(let number, let party, let unproven, let reasons):
      if mail.automatic != .none, try await !isInMachineRation(number) {
        return try await settle(item, mail, .automatic, number, reasons + ["too_many_automatic"])
      }
      try await append(item, mail, to: number, from: party, unproven: unproven, reasons: reasons)
    case .note(let number, let performer, let unproven, let reasons):
      try await handling.perform(
        .receiveNote(mail.message(inbound: item.id, unproven: unproven)), on: number, by: performer, files: mail.files,
        settling: settlement(item, mail, InboundOutcome(kind: .appended, ticket: number, reasons: reasons)))
    case .complaint(let reasons): try await open(item, mail, reasons: reasons)
    }
  }

  private func takeSubmission(_ item: InboundItem) async throws {
    if item.attempts > Recogniser.mostAttempts {
      return try await settle(item, ReadMail(), .quarantined, nil, ["crashed_twice"])
    }
    guard let submission = try? JSONDecoder().decode(WebSubmission.self, from: item.raw) else {
      return try await settle(item, ReadMail(), .quarantined, nil, ["unreadable"])
    }
    do {
      _ = try await handling.open(
        submission.complaint(receivedAt: item.receivedAt, inbound: item.id), by: submission.performer
      ) { number in
        Settlement(
          inbound: item.id, outcome: InboundOutcome(kind: .opened, ticket: number), fingerprint: nil,
          sender: submission.requester.email, subject: submission.subject)
      }
    } catch let rejection as Rejection {
      // `submit` asks the procedure first; a row from an older version may still be refused, and is kept to be seen.
      try await settle(item, ReadMail(), .quarantined, nil, ["refused_\(rejection.code)"])
    }
  }

  private func settle(
    _ item: InboundItem, _ mail: ReadMail, _ kind: InboundOutcome.Kind, _ ticket: TicketNumber?, _ reasons: [String]
  ) async throws {
    _ = try await store.settle(
      settlement(item, mail, InboundOutcome(kind: kind, ticket: ticket, reasons: reasons)), now: clock.now())
  }

  func settlement(
    _ item: InboundItem, _ mail: ReadMail, _ outcome: InboundOutcome, overrules: Bool = false
  ) -> Settlement {
    Settlement(
      inbound: item.id, outcome: outcome, fingerprint: mail.fingerprint.isEmpty ? nil : mail.fingerprint,
      sender: mail.senderAddress, subject: mail.subject.firstLine(limit: 200), overrules: overrules)
  }

  /// `person`: who decided that it is a complaint; `nil`: intake took it for one.
  func open(_ item: InboundItem, _ mail: ReadMail, reasons: [String], person: Performer? = nil) async throws {
    var complaint = mail.complaint(receivedAt: item.receivedAt, inbound: item.id)
    complaint.possiblyRelated = try await possiblyRelated(mail, complaint)
    var reasons = reasons
    if complaint.possiblyRelated != nil { reasons.append("possibly_related") }
    if complaint.domain == nil { reasons.append("no_domain_found") }
    let kept = reasons
    let performer = person ?? Performer(party: .requester, name: complaint.requester.name)
    _ = try await handling.open(complaint, by: performer, files: mail.files) { number in
      settlement(
        item, mail, InboundOutcome(kind: .opened, ticket: number, reasons: kept), overrules: person != nil)
    }
  }

  /// Tickets the mail may belong to without proof: named in its subject, or open for the same address and domain.
  /// They are shown to officers and never merged.
  private func possiblyRelated(_ mail: ReadMail, _ complaint: Complaint) async throws -> [TicketNumber]? {
    var related: [TicketNumber] = []
    for number in NamedTickets.numbers(in: mail.subject) where try await store.summary(number) != nil {
      related.append(number)
    }
    if let sender = mail.senderAddress {
      for summary in try await store.openTickets(ofRequester: sender, limit: 5)
      where complaint.domain == nil || summary.domain == complaint.domain {
        if !related.contains(summary.number) { related.append(summary.number) }
      }
    }
    return related.isEmpty ? nil : Array(related.prefix(5))
  }

  private func append(
    _ item: InboundItem, _ mail: ReadMail, to number: TicketNumber, from party: Party, unproven: String?,
    reasons: [String]
  ) async throws {
    let message = mail.message(inbound: item.id, unproven: unproven)
    let performer = Performer(party: party, name: mail.senderName ?? mail.senderAddress)
    if party == .registry {
      return try await appendFromRegistry(item, mail, message, to: number, by: performer, reasons: reasons)
    }
    try await appendFromRequester(item, mail, message, to: number, by: performer, reasons: reasons)
  }

  /// Machines that answer each other must not fill a ticket: what goes beyond stays in the ledger.
  private func isInMachineRation(_ number: TicketNumber) async throws -> Bool {
    try await store.allow("machine-mail/\(number)", limit: 20, per: 86_400, now: clock.now())
  }

  private func takeBounce(
    _ item: InboundItem, _ mail: ReadMail, letter: String?, ticket known: TicketNumber?, _ bounce: ReadMail.Bounce,
    _ reasons: [String]
  ) async throws {
    var ticket = known
    if let letter, let line = try await store.letter(letter) {
      ticket = line.letter.ticket
      if bounce.permanent {
        let detail = [bounce.status, bounce.diagnostic].compactMap { $0 }.joined(separator: " ")
        let followUp = ticket.map { number in
          Dispatcher.failure(
            of: line.letter, on: number, isAnswer: Dispatcher.isAnswer(line.letter),
            detail: detail.firstLine(limit: 300))
        }
        try await store.recordLate(
          .failed, detail: detail.firstLine(limit: 300), letter: line.letter.id, followUp: followUp, now: clock.now())
        bells.followUps.ring()
      }
    }
    try await settle(item, mail, .bounce, ticket, reasons)
  }
}
