import CCurl

/// The server that takes our letters, and how it is spoken to.
public struct SmtpAccount: Sendable {
  /// `smtps://host:465` (TLS from the first byte) or `smtp://host:587` (STARTTLS, forced).
  public var address: ServerAddress
  /// Nil: no AUTH.
  public var user: String?
  public var secret: String?
  /// A PEM file of trusted roots instead of the system's.
  public var trustFile: String?
  /// What we call ourselves in EHLO: a host name.
  public var helloName: String
  /// No TLS. For test servers on a loopback address; refused elsewhere.
  public var allowPlain: Bool
  public var connectTimeout: Swift.Duration = .seconds(15)
  /// Of one whole transaction. A short one makes more `uncertain` ends (RFC 5321 §4.5.3.2 gives a server minutes); a long
  /// one must still end within the outbox's lease, see `SmtpLetterSender.longestWait`.
  public var transactionTimeout: Swift.Duration = .seconds(60)

  /// - Throws: `ServerAddressFault`; `notLoopback` for plain speech to another machine, `host` for an EHLO name that is
  ///   none.
  public init(
    url: String, user: String? = nil, secret: String? = nil, helloName: String, trustFile: String? = nil,
    allowPlain: Bool = false
  ) throws(ServerAddressFault) {
    address = try ServerAddress(url, schemes: ["smtps", "smtp"])
    guard address.path.isEmpty else { throw .path }
    guard MailAddressScanner.allowsHost(helloName) else { throw .host }
    guard !allowPlain || address.isLoopback else { throw .notLoopback }
    (self.user, self.secret, self.helloName) = (user, secret, helloName)
    (self.trustFile, self.allowPlain) = (trustFile, allowPlain)
    // RFC 6409 §3.1: letters are submitted on 587; libcurl would take 25.
    if address.scheme == "smtp", address.port == nil { address.port = 587 }
  }
}

/// Sends letters, one transaction for each recipient, over one kept connection on a thread of its own.
///
/// One letter at a time: letters asked for meanwhile wait. The caller decides what follows from an outcome.
public actor SmtpSender {
  private nonisolated let thread = ThreadExecutor(name: "smtp")
  public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

  private let account: SmtpAccount
  private let stop = StopFlag()
  private var curl: CurlHandle?

  public init(_ account: SmtpAccount) { self.account = account }

  /// - Parameters:
  ///   - message: RFC 5322; line ends become CRLF. Dots are stuffed on the way.
  ///   - sender: the envelope's; nil is the empty one `<>` that answers to bounces and automatic replies need.
  ///   - recipient: the envelope's. Both are refused with 553, without a connection, when they hold anything that could
  ///     become a command (see `MailAddressScanner`).
  ///   - latest: when other letters took until after it, nothing is begun: `later` with `busy`.
  public func send(
    _ message: [UInt8], from sender: String?, to recipient: String,
    beginningBefore latest: ContinuousClock.Instant? = nil
  ) -> SmtpOutcome {
    for address in [sender, recipient].compactMap(\.self) where !MailAddressScanner.allows(address) {
      return .refused(SmtpReply(code: 553, text: "5.1.3 alamat tidak dapat dipakai di sini / address not usable here"))
    }
    if stop.isSet { return .later(SmtpReply(code: 0, text: ""), .stopped) }
    if let latest, latest < .now { return .later(SmtpReply(code: 0, text: ""), .busy) }
    let bytes = SmtpSender.lineEnds(message)
    let first = transaction(bytes, sender, recipient)
    // A kept connection that the server has closed meanwhile ends before DATA: then a new one is safe.
    if first.reused, case .later(let reply, let trouble) = SmtpOutcome(first),
      trouble == .connection || reply.code == 421,
      !SmtpReply.all(in: first.lines).contains(where: { $0.code == 354 })
    {
      return SmtpOutcome(transaction(bytes, sender, recipient))
    }
    return SmtpOutcome(first)
  }

  /// Logs in and says good-bye; for `sigap doctor`. Nil: fine.
  public func check() -> SmtpTrouble? {
    do {
      let curl = try opened()
      curl.set(CURLOPT_URL, account.address.root + account.helloName)
      curl.set(CURLOPT_UPLOAD, 0)
      curl.set(CURLOPT_MAIL_FROM, nil)
      curl.set(CURLOPT_CUSTOMREQUEST, "NOOP")
      defer { self.curl = nil }
      let ending = curl.perform(timeout: .seconds(30), limit: 64 << 10)
      return ending.code == CURLE_OK ? nil : SmtpTrouble(ending.code)
    } catch { return .connection }
  }

  /// Ends a running transaction within a second and refuses further ones with `later`.
  public nonisolated func shutDown() { stop.set() }

  /// Says good-bye to the server.
  public func close() { curl = nil }

  private func transaction(_ bytes: [UInt8], _ sender: String?, _ recipient: String) -> CurlHandle.Ending {
    do {
      let curl = try opened()
      curl.set(CURLOPT_URL, account.address.root + account.helloName)
      curl.set(CURLOPT_UPLOAD, 1)
      curl.set(CURLOPT_MAIL_FROM, "<\(sender ?? "")>")
      curl.set(size: bytes.count)
      let list = curl.set(recipient: "<\(recipient)>")
      let ending = withExtendedLifetime(list) {
        curl.perform(timeout: account.transactionTimeout, limit: 64 << 10, upload: bytes)
      }
      if ending.code != CURLE_OK {
        // libcurl may keep a connection that still owes us an answer; the next letter would take it for its own.
        curl.abandon()
        self.curl = nil
      }
      return ending
    } catch {
      return CurlHandle.Ending(
        code: CURLE_OUT_OF_MEMORY, body: [], overLimit: false, lines: [], responseCode: 0, uploadTaken: false,
        reused: false)
    }
  }

  private func opened() throws(CurlUnavailable) -> CurlHandle {
    if let curl { return curl }
    let curl = try CurlHandle(
      protocols: account.address.scheme, trustFile: account.trustFile, connectTimeout: account.connectTimeout,
      stop: stop)
    if account.allowPlain { curl.set(CURLOPT_USE_SSL, sg_curl_ssl_none) }
    if let user = account.user {
      curl.set(CURLOPT_USERNAME, user)
      curl.set(CURLOPT_PASSWORD, account.secret ?? "")
    }
    self.curl = curl
    return curl
  }

  /// Lone CR and lone LF become CRLF: a server that reads them as line ends could otherwise see an end mark, and further
  /// commands, inside the letter ("SMTP smuggling").
  static func lineEnds(_ message: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(message.count + message.count / 32)
    var previous: UInt8 = 0
    for byte in message {
      switch byte {
      case 13: out += [13, 10]
      case 10: if previous != 13 { out += [13, 10] }
      default: out.append(byte)
      }
      previous = byte
    }
    return out
  }
}
