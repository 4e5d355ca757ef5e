/// A mailbox on its own thread: asked from anywhere, blocking nobody else.
actor ImapLane {
  /// Messages fetched one after the other, and how the row ended.
  struct Row: Sendable {
    var mails: [FetchedMail] = []
    /// Everything up to here is in `mails`, or gone from the server; nil when nothing was reached.
    var reached: UInt32?
    /// How many UIDs that are.
    var count = 0
    /// Why the next UID could not be fetched.
    var fault: ImapFault?
  }

  private nonisolated let thread = ThreadExecutor(name: "imap")
  nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

  private let account: ImapAccount
  private let stop: StopFlag
  private var mailbox: ImapMailbox?

  init(_ account: ImapAccount, stop: StopFlag) {
    self.account = account
    self.stop = stop
  }

  func status() throws(ImapFault) -> ImapStatus { try opened().status() }

  func uids(above cursor: UInt32, in status: ImapStatus) throws(ImapFault) -> [UInt32] {
    try opened().uids(above: cursor, in: status)
  }

  /// Fetches until `messages` or `bytes` are reached, or the UIDs are through, or one fails.
  func row(of uids: ArraySlice<UInt32>, uidValidity: UInt32, messages: Int, bytes: Int) -> Row {
    var row = Row()
    var size = 0
    for uid in uids {
      guard row.mails.count < messages, size < bytes else { break }
      do {
        if let mail = try mail(uid: uid, uidValidity: uidValidity) {
          size += mail.bytes.count
          row.mails.append(mail)
        }
      } catch {
        row.fault = error
        break
      }
      row.reached = uid
      row.count += 1
    }
    return row
  }

  /// Says good-bye to the server, on the thread, since that blocks too.
  func close() { mailbox = nil }

  private func opened() throws(ImapFault) -> ImapMailbox {
    if let mailbox { return mailbox }
    let mailbox = try ImapMailbox(account, stop: stop)
    self.mailbox = mailbox
    return mailbox
  }

  /// Nil when somebody removed the message since it was listed.
  private func mail(uid: UInt32, uidValidity: UInt32) throws(ImapFault) -> FetchedMail? {
    let mailbox = try opened()
    do {
      let bytes = try mailbox.message(uid: uid, uidValidity: uidValidity)
      return FetchedMail(uidValidity: uidValidity, uid: uid, bytes: bytes)
    } catch .tooLarge(let prefix) {
      let problem = FetchProblem.tooLarge(limit: account.messageLimit)
      return FetchedMail(uidValidity: uidValidity, uid: uid, bytes: prefix, problem: problem)
    } catch  where error == .messageMissing || error == .answer {
      // Either may mean three things: UIDs that mean something else, a message that is gone, one that cannot be given.
      // The connection is a new one now, so its view of the mailbox is fresh.
      let now = try mailbox.status().uidValidity
      if now != uidValidity { throw .uidValidityChanged(now: now) }
      if try mailbox.holds(uid: uid) { throw .messageMissing }
      return nil
    }
  }
}
