import CCurl

/// Which mailbox is read, and how.
public struct ImapAccount: Sendable {
  /// `imaps://host:port/INBOX`; on this machine also `imap://` (with STARTTLS).
  public var address: ServerAddress
  public var user: String
  public var secret: String
  /// A PEM file of trusted roots instead of the system's.
  public var trustFile: String?
  /// Of one message, in bytes. Larger ones are reported with their beginning.
  public var messageLimit = 30 << 20
  public var connectTimeout: Swift.Duration = .seconds(15)
  /// Of one request; of a message: the longest silence, in which less than a kilobyte a second comes.
  public var requestTimeout: Swift.Duration = .seconds(60)
  /// The slowest line that a message may come over, in bytes a second: a large one needs its time.
  public var slowestRate = 8 << 10

  /// - Parameter url: without user and secret in it. Without a path the mailbox is `INBOX`.
  public init(url: String, user: String, secret: String, trustFile: String? = nil) throws(ServerAddressFault) {
    address = try ServerAddress(url, schemes: ["imaps", "imap"])
    guard address.scheme == "imaps" || address.isLoopback else { throw .notLoopback }
    if address.path.isEmpty { address.path = "INBOX" }
    (self.user, self.secret, self.trustFile) = (user, secret, trustFile)
  }

  /// Of one message of the largest size.
  var messageTimeout: Swift.Duration { requestTimeout + .seconds(messageLimit / max(1, slowestRate)) }

  /// Names this mailbox of this user on this server, for the cursor.
  public var mailboxID: String { "\(address.root)\(address.path);user=\(user)" }
}

/// What the server says about a mailbox.
public struct ImapStatus: Sendable, Equatable {
  public var uidValidity: UInt32
  /// The UID that the next message will at least get.
  public var uidNext: UInt32
  public var messages: UInt32
}

/// One mailbox over one connection. Blocks: used on one thread of its own, see `ImapLane`.
///
/// The connection is kept and made anew when it is gone. Each operation makes one request at most a few times; how often
/// to come back after a fault is the caller's choice, because a wrong secret tried too often locks the account.
public final class ImapMailbox {
  private let account: ImapAccount
  private let curl: CurlHandle

  /// For one look from outside (`sigap doctor`): on a thread that may block.
  public convenience init(_ account: ImapAccount) throws(ImapFault) { try self.init(account, stop: StopFlag()) }

  init(_ account: ImapAccount, stop: StopFlag) throws(ImapFault) {
    self.account = account
    do {
      curl = try CurlHandle(
        protocols: account.address.scheme, trustFile: account.trustFile, connectTimeout: account.connectTimeout,
        stop: stop)
    } catch { throw .connection(curl: Int(CURLE_FAILED_INIT.rawValue)) }
    curl.set(CURLOPT_USERNAME, account.user)
    curl.set(CURLOPT_PASSWORD, account.secret)
  }

  /// Asks without selecting the mailbox, so that the two refusals cannot be confused (libcurl's code 67 means both): here
  /// a refused login is always the credentials, and a refused STATUS always the mailbox.
  public func status() throws(ImapFault) -> ImapStatus {
    // NOOP first: a mailbox that this connection has selected must be looked at anew.
    try ask("NOOP", of: account.address.root)
    curl.set(CURLOPT_URL, account.address.root)
    // The path holds no quote and no backslash: `ServerAddress` allows letters, digits and `._-/` only.
    curl.set(CURLOPT_CUSTOMREQUEST, "STATUS \"\(account.address.path)\" (MESSAGES UIDNEXT UIDVALIDITY)")
    let ending = curl.perform(timeout: account.requestTimeout, limit: 1 << 20)
    if ending.code == CURLE_QUOTE_ERROR {
      throw ending.saysUnavailable ? ImapFault.connection(curl: Int(ending.code.rawValue)) : .mailboxMissing
    }
    guard ending.code == CURLE_OK else { throw ImapFault(ending) }
    guard let status = ImapAnswer.status(ending.body) else { throw .answer }
    return status
  }

  /// All UIDs above `cursor`, ascending.
  ///
  /// libcurl silently cuts a long `* SEARCH` line, so at most `window` messages are asked for at a time: by their place in
  /// the mailbox, newest window first, until one reaches the cursor. UIDs ascend with the place (RFC 3501 §2.3.1.1), so
  /// everything below is known. Each window must hold exactly as many UIDs as places, else messages would be lost:
  /// `answer` is thrown then (somebody removed messages meanwhile, or the line was cut), and the caller comes back.
  public func uids(above cursor: UInt32, in status: ImapStatus, window: UInt32 = 1000) throws(ImapFault) -> [UInt32] {
    var found: Set<UInt32> = []
    var last = status.messages
    guard last > 0, status.uidNext > 1, status.uidNext - 1 > cursor else { return [] }
    // Selects the mailbox, and looks at it anew when it was selected before.
    try ask("NOOP", of: mailboxURL)
    while last > 0 {
      let first = last > window ? last - window + 1 : 1
      let body = try ask("UID SEARCH \(first):\(last)", of: mailboxURL)
      guard let hits = ImapAnswer.search(body), Set(hits).count == Int(last - first + 1) else { throw .answer }
      let fresh = hits.filter { $0 > cursor }
      found.formUnion(fresh)
      if fresh.count < hits.count { break }
      last = first - 1
    }
    return found.sorted()
  }

  /// The bytes of one message, exactly as the server holds them. Marks it as read on the server.
  /// - Throws: `messageMissing` when it is gone (or UIDVALIDITY is another), `tooLarge` with its beginning.
  public func message(uid: UInt32, uidValidity: UInt32) throws(ImapFault) -> [UInt8] {
    curl.set(CURLOPT_URL, "\(mailboxURL);UIDVALIDITY=\(uidValidity);UID=\(uid)")
    curl.set(CURLOPT_CUSTOMREQUEST, nil)
    let ending = curl.perform(
      timeout: account.messageTimeout, silence: account.requestTimeout, limit: account.messageLimit)
    if ending.overLimit { throw .tooLarge(prefix: Array(ending.body.prefix(ImapMailbox.prefixBytes))) }
    // Code 67 after a status that went well: the mailbox cannot be selected now. The next status tells why.
    if ending.code == CURLE_LOGIN_DENIED { throw .connection(curl: Int(ending.code.rawValue)) }
    guard ending.code == CURLE_OK else { throw ImapFault(ending) }
    return ending.body
  }

  /// Whether the server still lists this message.
  public func holds(uid: UInt32) throws(ImapFault) -> Bool {
    guard let hits = ImapAnswer.search(try ask("UID SEARCH UID \(uid)", of: mailboxURL)) else { throw .answer }
    return hits.contains(uid)
  }

  /// How much of a message over the limit is kept, in bytes.
  public static let prefixBytes = 256 << 10

  private var mailboxURL: String { account.address.root + account.address.path }

  /// Custom requests carry no escaping: they are built from numbers only.
  @discardableResult
  private func ask(_ request: String, of url: String) throws(ImapFault) -> [UInt8] {
    curl.set(CURLOPT_URL, url)
    curl.set(CURLOPT_CUSTOMREQUEST, request)
    let ending = curl.perform(timeout: account.requestTimeout, limit: 1 << 20)
    guard ending.code == CURLE_OK else {
      let fault = ImapFault(ending)
      // With a mailbox in the address code 67 may mean the mailbox: the next status tells.
      if fault == .wrongCredentials, url != account.address.root { throw .connection(curl: 67) }
      throw fault
    }
    return ending.body
  }
}
