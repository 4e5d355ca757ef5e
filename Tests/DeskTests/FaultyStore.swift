import Desk
import Foundation
import SOP
import Synchronization

/// The memory store with one ticket that cannot be read, what a torn row looks like to the desk, or with a full disk.
/// Another ticket may be called due for ever, and something may happen at each commit.
final class FaultyStore: DeskStore {
  private let memory: any DeskStore
  private let broken = Mutex<TicketNumber?>(nil)
  private let claims = Mutex(0)
  private let alwaysDue = Mutex<TicketNumber?>(nil)
  private let atCommit = Mutex<(@Sendable () -> Void)?>(nil)
  private let trouble = Mutex(false)
  private let refusesCommits = Mutex(false)
  struct DiskFull: Error {}

  init(_ memory: any DeskStore) { self.memory = memory }

  /// Every write of intake fails, and none of it is the message's fault.
  func fillDisk(_ isFull: Bool) { trouble.withLock { $0 = isFull } }
  /// Every commit fails because of what it holds.
  func refuseCommits(_ refuses: Bool) { refusesCommits.withLock { $0 = refuses } }
  private var isTroubled: Bool { trouble.withLock { $0 } }
  func isOwnTrouble(_ error: any Error) -> Bool { error is DiskFull }

  func breakTicket(_ number: TicketNumber?) { broken.withLock { $0 = number } }
  /// A summary that says due whatever the ticket's events say.
  func callDue(_ number: TicketNumber?) { alwaysDue.withLock { $0 = number } }
  func whenCommitting(_ body: (@Sendable () -> Void)?) { atCommit.withLock { $0 = body } }
  /// How often the desk asked what is due.
  var timesAskedForDue: Int { claims.withLock { $0 } }
  private func isBroken(_ number: TicketNumber) -> Bool { broken.withLock { $0 == number } }

  func nextNumber(month: Int) async throws -> TicketNumber {
    try await memory.nextNumber(month: month)
  }
  func ticket(_ number: TicketNumber) async throws -> Ticket? {
    if isBroken(number) { throw Fault("broken ticket") }
    return try await memory.ticket(number)
  }
  func history(of number: TicketNumber) async throws -> [RecordedEvent] {
    try await memory.history(of: number)
  }
  func commit(_ commit: Commit) async throws -> CommitResult {
    atCommit.withLock { $0 }?()
    if isTroubled { throw DiskFull() }
    if refusesCommits.withLock({ $0 }) { throw Fault("this message cannot be written") }
    return try await memory.commit(commit)
  }
  func logRefusal(_ entry: CommandLogEntry) async throws {
    try await memory.logRefusal(entry)
  }
  func dueTickets(at instant: Instant, limit: Int) async throws -> [TicketNumber] {
    claims.withLock { $0 += 1 }
    let due = try await memory.dueTickets(at: instant, limit: limit)
    guard let liar = alwaysDue.withLock({ $0 }), !due.contains(liar) else { return due }
    return due + [liar]
  }
  func earliestDue() async throws -> Instant? {
    try await memory.earliestDue()
  }
  func followUps(limit: Int) async throws -> [StoredFollowUp] {
    try await memory.followUps(limit: limit)
  }
  func dropFollowUp(_ id: Int64) async throws {
    try await memory.dropFollowUp(id)
  }
  func file(_ sha256: String) async throws -> Data? {
    try await memory.file(sha256)
  }
  func keep(_ files: [StoredFile], at now: Instant) async throws {
    try await memory.keep(files, at: now)
  }
  func dropUploads(olderThan instant: Instant) async throws -> Int {
    try await memory.dropUploads(olderThan: instant)
  }
  func receive(_ drafts: [InboundDraft], advancing cursor: MailboxCursor?) async throws -> [InboundReceipt] {
    try await memory.receive(drafts, advancing: cursor)
  }
  func takeWaiting(limit: Int, now: Instant) async throws -> [InboundItem] {
    try await memory.takeWaiting(limit: limit, now: now)
  }
  func inbound(_ id: String) async throws -> InboundItem? {
    try await memory.inbound(id)
  }
  func settle(_ settlement: Settlement, now: Instant) async throws -> Bool {
    try await memory.settle(settlement, now: now)
  }
  func giveBack(_ ids: [String]) async throws {
    if isTroubled { throw DiskFull() }
    try await memory.giveBack(ids)
  }
  func replay(_ id: String, by performer: Performer, now: Instant) async throws -> Bool {
    try await memory.replay(id, by: performer, now: now)
  }
  func refill(_ id: String, raw: Data) async throws -> Bool {
    try await memory.refill(id, raw: raw)
  }
  func mailboxCursor(_ mailbox: String) async throws -> MailboxCursor? {
    try await memory.mailboxCursor(mailbox)
  }
  func inboundPage(outcome: InboundOutcome.Kind?, after: String?, limit: Int) async throws -> [InboundLine] {
    try await memory.inboundPage(outcome: outcome, after: after, limit: limit)
  }
  func inboundCounts() async throws -> [InboundOutcome.Kind: Int] {
    try await memory.inboundCounts()
  }
  func claim(limit: Int, now: Instant, lease: Int64) async throws -> [ClaimedLetter] {
    try await memory.claim(limit: limit, now: now, lease: lease)
  }
  func record(_ outcome: SendOutcome, for claim: ClaimedLetter, followUp: FollowUp?, now: Instant) async throws -> Bool
  {
    try await memory.record(outcome, for: claim, followUp: followUp, now: now)
  }
  func recordLate(_ state: LetterState, detail: String, letter id: String, followUp: FollowUp?, now: Instant)
    async throws
  {
    try await memory.recordLate(state, detail: detail, letter: id, followUp: followUp, now: now)
  }
  func earliestLetter() async throws -> Instant? {
    try await memory.earliestLetter()
  }
  func letter(_ id: String) async throws -> OutboxLine? {
    try await memory.letter(id)
  }
  func letters(of ticket: TicketNumber) async throws -> [OutboxLine] {
    try await memory.letters(of: ticket)
  }
  func outboxPage(state: LetterState?, after: String?, limit: Int) async throws -> [OutboxLine] {
    try await memory.outboxPage(state: state, after: after, limit: limit)
  }
  func outboxCounts() async throws -> [LetterState: Int] {
    try await memory.outboxCounts()
  }
  func sendAgain(_ id: String, by performer: Performer, now: Instant) async throws -> Bool {
    try await memory.sendAgain(id, by: performer, now: now)
  }
  func release(_ id: String, within limits: [Ration.Limit], now: Instant) async throws -> Bool {
    try await memory.release(id, within: limits, now: now)
  }
  func lastEvent() async throws -> Int64 {
    try await memory.lastEvent()
  }
  func changes(after event: Int64, limit: Int) async throws -> (last: Int64, tickets: [TicketChange]) {
    try await memory.changes(after: event, limit: limit)
  }
  func isKnown(address: String) async throws -> Bool {
    try await memory.isKnown(address: address)
  }
  func queue(_ view: QueueView, after: QueueCursor?, limit: Int) async throws -> [TicketSummary] {
    try await memory.queue(view, after: after, limit: limit)
  }
  func counts(holder: String?) async throws -> QueueCounts {
    try await memory.counts(holder: holder)
  }
  func summary(_ number: TicketNumber) async throws -> TicketSummary? {
    try await memory.summary(number)
  }
  func search(_ text: String, after: Int64?, limit: Int) async throws -> [SearchHit] {
    try await memory.search(text, after: after, limit: limit)
  }
  func tickets(ofDomain domain: DomainName, limit: Int) async throws -> [TicketSummary] {
    try await memory.tickets(ofDomain: domain, limit: limit)
  }
  func openTickets(ofRequester email: String, limit: Int) async throws -> [TicketSummary] {
    try await memory.openTickets(ofRequester: email, limit: limit)
  }
  func commandLog(of ticket: TicketNumber?, after: Int64?, limit: Int) async throws -> [CommandLogEntry] {
    try await memory.commandLog(of: ticket, after: after, limit: limit)
  }
  func accounts() async throws -> [Account] {
    try await memory.accounts()
  }
  func account(_ id: String) async throws -> Account? {
    try await memory.account(id)
  }
  func account(named userName: String) async throws -> Account? {
    try await memory.account(named: userName)
  }
  func save(_ account: Account, expecting version: Int?) async throws -> Bool {
    try await memory.save(account, expecting: version)
  }
  func institutions(matching text: String?, limit: Int) async throws -> [Institution] {
    try await memory.institutions(matching: text, limit: limit)
  }
  func institution(ofDomain domain: DomainName) async throws -> Institution? {
    try await memory.institution(ofDomain: domain)
  }
  func save(_ institution: Institution) async throws {
    try await memory.save(institution)
  }
  func savedReplies() async throws -> [SavedReply] {
    try await memory.savedReplies()
  }
  func save(_ reply: SavedReply) async throws {
    try await memory.save(reply)
  }
  func deleteSavedReply(_ id: String) async throws {
    try await memory.deleteSavedReply(id)
  }
  func setting(_ key: String) async throws -> Setting? {
    try await memory.setting(key)
  }
  func settings() async throws -> [Setting] {
    try await memory.settings()
  }
  func save(_ setting: Setting) async throws {
    try await memory.save(setting)
  }
  func session(digest: String) async throws -> Session? {
    try await memory.session(digest: digest)
  }
  func save(_ session: Session) async throws {
    try await memory.save(session)
  }
  func endSession(digest: String) async throws {
    try await memory.endSession(digest: digest)
  }
  func endSessions(of account: String) async throws {
    try await memory.endSessions(of: account)
  }
  func dropSessions(expiredBefore instant: Instant) async throws {
    try await memory.dropSessions(expiredBefore: instant)
  }
  func allow(_ key: String, limit: Int, per seconds: Int64, now: Instant) async throws -> Bool {
    try await memory.allow(key, limit: limit, per: seconds, now: now)
  }
  func draft(_ key: DraftKey) async throws -> Draft? {
    try await memory.draft(key)
  }
  func save(_ draft: Draft) async throws {
    try await memory.save(draft)
  }
  func dropDrafts(olderThan instant: Instant) async throws {
    try await memory.dropDrafts(olderThan: instant)
  }
  func apiToken(digest: String) async throws -> APIToken? {
    try await memory.apiToken(digest: digest)
  }
  func apiTokens() async throws -> [APIToken] {
    try await memory.apiTokens()
  }
  func save(_ token: APIToken) async throws {
    try await memory.save(token)
  }
}
