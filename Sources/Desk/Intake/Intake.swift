import Foundation
import Logging
public import SOP
public import ServiceLifecycle

/// From the ledger to tickets: recognises each waiting row and carries out what it means.
///
/// What enters: rows the channels made durable. What leaves: one settled outcome a row, in the transaction that
/// changes the ticket, or quarantine. On disk before anything here begins: the raw bytes. A crash between any two
/// lines leaves the row waiting; one that kills the process twice goes to quarantine. Mails of one sender are taken
/// in the order they came; different senders share the store's flushes.
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
  private let logger = Logger(label: "sigap.intake")

  public init(
    store: any DeskStore, handling: Handling, reader: any MessageReader, tokens: Tokens, office: Office,
    clock: any WallClock, bells: Bells
  ) {
    self.store = store
    self.handling = handling
    self.reader = reader
    self.recogniser = Recogniser(store: store, tokens: tokens, office: office)
    self.clock = clock
    self.bells = bells
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
          logger.error("intake could not read the ledger", metadata: ["error": "\(error)"])
          try? await clock.sleep(until: clock.now().adding(seconds: 2))
        }
      }
    }
  }

  /// Takes everything that waits now.
  public func takeWaiting() async throws {
    while !Task.isCancelled {
      let items = try await store.takeWaiting(limit: 128, now: clock.now())
      if items.isEmpty { return }
      let read = await readAll(items)
      var bySender: [String: [(InboundItem, ReadMail?)]] = [:]
      for (item, mail) in read { bySender[mail?.senderAddress ?? item.id, default: []].append((item, mail)) }
      await withTaskGroup(of: Void.self) { group in
        for conversation in bySender.values {
          group.addTask { for (item, mail) in conversation { await takeSafely(item, mail) } }
        }
      }
    }
  }

  /// One row now, for whoever waits for its outcome (the form, the pipe).
  public func take(_ id: String) async throws -> Taken {
    guard let item = try await store.inbound(id) else { throw Fault("ledger row \(id) is gone") }
    if let outcome = item.outcome {
      return Taken(kind: outcome.kind, ticket: outcome.ticket, reasons: outcome.reasons)
    }
    return try await take(item, isMail(item) ? reader.read(item.raw) : nil)
  }

  /// A complaint from a form, the API or an officer: durable, then a ticket. `key` makes a repeated hand-in the same
  /// one.
  public func submit(
    _ submission: WebSubmission, source: InboundSource, key: String?, files: [StoredFile] = []
  ) async throws -> Taken {
    let now = clock.now()
    let draft = InboundDraft(
      id: InboundID.make(at: now), source: source, key: key, receivedAt: now, raw: try submission.encoded,
      files: files)
    let receipts = try await store.receive([draft], advancing: nil)
    guard let receipt = receipts.first else { throw Fault("the ledger gave no receipt") }
    return try await take(receipt.id)
  }

  private func isMail(_ item: InboundItem) -> Bool {
    switch item.source {
    case .imap, .pipe: true
    case .web, .api, .officer: false
    }
  }

  private func readAll(_ items: [InboundItem]) async -> [(InboundItem, ReadMail?)] {
    await withTaskGroup(of: (Int, ReadMail?).self) { group in
      for (index, item) in items.enumerated() {
        group.addTask { (index, isMail(item) && item.trouble == nil ? reader.read(item.raw) : nil) }
      }
      var read = items.map { (item: $0, mail: ReadMail?.none) }
      for await (index, mail) in group { read[index].mail = mail }
      return read
    }
  }

  /// A row that fails stays waiting: the next round takes it alone, and after the second failure it is set aside.
  private func takeSafely(_ item: InboundItem, _ mail: ReadMail?) async {
    do {
      _ = try await take(item, mail)
    } catch {
      logger.error("a message could not be taken", metadata: ["inbound": "\(item.id)", "error": "\(error)"])
      guard item.attempts >= 2 else { return bells.intake.ring() }
      let outcome = InboundOutcome(kind: .quarantined, ticket: nil, reasons: ["failed_twice"])
      _ = try? await store.settle(
        Settlement(inbound: item.id, outcome: outcome, fingerprint: nil), now: clock.now())
    }
  }

  private func take(_ item: InboundItem, _ mail: ReadMail?) async throws -> Taken {
    guard isMail(item) else { return try await takeSubmission(item) }
    let mail = mail ?? ReadMail()
    switch try await recogniser.recognise(mail, trouble: item.trouble, attempts: item.attempts) {
    case .quarantine(let reasons): return try await settle(item, mail, .quarantined, nil, reasons)
    case .bounce(let letter, let bounce, let reasons):
      return try await takeBounce(item, mail, letter: letter, bounce, reasons)
    case .automatic(let ticket, let reasons): return try await settle(item, mail, .automatic, ticket, reasons)
    case .belongs(let number, let party, let unproven, let reasons):
      return try await append(item, mail, to: number, from: party, unproven: unproven, reasons: reasons)
    case .complaint(let reasons): return try await open(item, mail, reasons: reasons)
    }
  }

  private func takeSubmission(_ item: InboundItem) async throws -> Taken {
    if item.attempts > 2 { return try await settle(item, ReadMail(), .quarantined, nil, ["crashed_twice"]) }
    let submission = try JSONDecoder().decode(WebSubmission.self, from: item.raw)
    let opened = try await handling.open(
      submission.complaint(receivedAt: item.receivedAt, inbound: item.id),
      by: submission.enteredBy.map { Performer(party: .team, account: $0.account, name: $0.name) }
        ?? Performer(party: .requester, name: submission.requester.name)
    ) { number in
      Settlement(
        inbound: item.id, outcome: InboundOutcome(kind: .opened, ticket: number), fingerprint: nil,
        sender: submission.requester.email, subject: submission.subject)
    }
    return Intake.result(of: opened, reasons: [])
  }

  private static func result(of opened: Handling.Opened, reasons: [String]) -> Taken {
    switch opened {
    case .opened(let number): Taken(kind: .opened, ticket: number, reasons: reasons)
    case .duplicate(let original): Taken(kind: .duplicate, ticket: original, reasons: ["fingerprint_known"])
    }
  }

  private func settle(
    _ item: InboundItem, _ mail: ReadMail, _ kind: InboundOutcome.Kind, _ ticket: TicketNumber?, _ reasons: [String]
  ) async throws -> Taken {
    let fresh = try await store.settle(
      settlement(item, mail, InboundOutcome(kind: kind, ticket: ticket, reasons: reasons)), now: clock.now())
    return fresh
      ? Taken(kind: kind, ticket: ticket, reasons: reasons)
      : Taken(kind: .duplicate, ticket: nil, reasons: ["fingerprint_known"])
  }

  private func settlement(_ item: InboundItem, _ mail: ReadMail, _ outcome: InboundOutcome) -> Settlement {
    Settlement(
      inbound: item.id, outcome: outcome, fingerprint: mail.fingerprint.isEmpty ? nil : mail.fingerprint,
      sender: mail.senderAddress, subject: mail.subject.firstLine(limit: 200))
  }

  private func open(_ item: InboundItem, _ mail: ReadMail, reasons: [String]) async throws -> Taken {
    var complaint = mail.complaint(receivedAt: item.receivedAt, inbound: item.id)
    complaint.possiblyRelated = try await possiblyRelated(mail, complaint)
    var reasons = reasons
    if complaint.possiblyRelated != nil { reasons.append("possibly_related") }
    if complaint.domain == nil { reasons.append("no_domain_found") }
    let kept = reasons
    let opened = try await handling.open(
      complaint, by: Performer(party: .requester, name: complaint.requester.name), files: mail.files
    ) { number in
      settlement(item, mail, InboundOutcome(kind: .opened, ticket: number, reasons: kept))
    }
    return Intake.result(of: opened, reasons: reasons)
  }

  /// Tickets the mail may belong to without proof: named in its subject, or open for the same address and domain.
  /// They are shown to officers and never merged.
  private func possiblyRelated(_ mail: ReadMail, _ complaint: Complaint) async throws -> [TicketNumber]? {
    var related: [TicketNumber] = []
    for word in mail.subject.unicodeScalars.prefix(400).split(whereSeparator: { !$0.isNumberScalar }).prefix(40) {
      if let number = TicketNumber(String(word)), try await store.summary(number) != nil { related.append(number) }
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
  ) async throws -> Taken {
    let message = mail.message(inbound: item.id, unproven: unproven)
    let performer = Performer(party: party, name: mail.senderName ?? mail.senderAddress)
    if party == .registry {
      return try await appendFromRegistry(item, mail, message, to: number, by: performer, reasons: reasons)
    }
    try await handling.perform(
      .receiveFromRequester(message), on: number, by: performer, files: mail.files,
      settling: settlement(item, mail, InboundOutcome(kind: .appended, ticket: number, reasons: reasons)))
    if unproven == nil, let sender = mail.senderAddress {
      _ = try? await handling.perform(.proveAddress(email: sender), on: number, by: performer)
    }
    return Taken(kind: .appended, ticket: number, reasons: reasons)
  }

  /// The registry's answer by mail: one of the three first lines settles row 4; other words wait for an officer.
  private func appendFromRegistry(
    _ item: InboundItem, _ mail: ReadMail, _ message: IncomingMessage, to number: TicketNumber, by performer: Performer,
    reasons: [String]
  ) async throws -> Taken {
    let reply = message.unproven == nil ? RegistryReplyReading.result(of: mail.text) : nil
    let ticket = try await store.ticket(number)
    let answers = reply != nil && ticket?.stage == .registry && ticket?.isClosed == false
    let kind: InboundOutcome.Kind = answers ? .registryReply : .appended
    // The reply first: a crash before the message is settled repeats this row, and the reply is not given twice.
    if answers, let reply, let ordinal = ticket?.handoff?.ordinal {
      try await handling.perform(
        .recordRegistryReply(
          RegistryReply(result: reply.result, text: reply.rest, door: .email), ordinal: ordinal),
        on: number, by: performer)
    }
    try await handling.perform(
      .receiveFromRegistry(message), on: number, by: performer, files: mail.files,
      settling: settlement(item, mail, InboundOutcome(kind: kind, ticket: number, reasons: reasons)))
    return Taken(kind: kind, ticket: number, reasons: reasons)
  }

  private func takeBounce(
    _ item: InboundItem, _ mail: ReadMail, letter: String?, _ bounce: ReadMail.Bounce, _ reasons: [String]
  ) async throws -> Taken {
    var ticket: TicketNumber?
    if let letter, let line = try await store.letter(letter) {
      ticket = line.letter.ticket
      if bounce.permanent {
        let detail = [bounce.status, bounce.diagnostic].compactMap { $0 }.joined(separator: " ")
        let followUp = ticket.map { number in
          Dispatcher.failure(
            of: line.letter, on: number, isAnswer: line.letter.kind.utf8.starts(with: "answer".utf8),
            detail: detail.firstLine(limit: 300))
        }
        try await store.recordLate(
          .failed, detail: detail.firstLine(limit: 300), letter: line.letter.id, followUp: followUp, now: clock.now())
        bells.followUps.ring()
      }
    }
    return try await settle(item, mail, .bounce, ticket, reasons)
  }
}

extension Unicode.Scalar {
  fileprivate var isNumberScalar: Bool {
    switch self {
    case "0"..."9", "A"..."Z", "a"..."z", "-": true
    default: false
    }
  }
}

extension ReadMail {
  func complaint(receivedAt: Instant, inbound: String) -> Complaint {
    let reading = ComplaintReading(text: subject + "\n" + text, sender: senderAddress)
    let name = (senderName ?? "").firstLine(limit: 120)
    return Complaint(
      channel: .email, receivedAt: receivedAt,
      requester: Requester(
        name: name.isEmpty ? (senderAddress ?? "").clipped(toUTF8: 120) : name,
        email: senderAddress.flatMap { $0.utf8.count <= 320 ? $0 : nil }),
      subject: subject.firstLine(limit: 250), text: text.clipped(toUTF8: Message.longest), domain: reading.domain,
      host: reading.host, category: reading.category, attachments: attachments, inbound: inbound)
  }

  func message(inbound: String, unproven: String?) -> IncomingMessage {
    IncomingMessage(
      channel: .email, text: text.clipped(toUTF8: Message.longest),
      foldedText: foldedText?.clipped(toUTF8: Message.longest), subject: subject.firstLine(limit: 250),
      attachments: attachments, inbound: inbound, unproven: unproven)
  }
}

extension String {
  /// The longest prefix of whole scalars that fits into `limit` bytes.
  public func clipped(toUTF8 limit: Int) -> String {
    guard utf8.count > limit else { return self }
    var size = 0
    var out = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      size += UTF8.width(scalar)
      if size > limit { break }
      out.append(scalar)
    }
    return String(out)
  }
}
