import CCurl

/// A server's reply (RFC 5321 §4.2), or what we say in its place.
public struct SmtpReply: Sendable, Equatable {
  /// 200…599; zero when no server spoke.
  public var code: Int
  /// Without the code, its lines joined with spaces, at most 500 bytes, control bytes as spaces.
  public var text: String

  public init(code: Int, text: String) { (self.code, self.text) = (code, text) }
}

/// How one transaction with one recipient ended.
public enum SmtpOutcome: Sendable, Equatable {
  /// The server took responsibility. The reply often names its queue id.
  case accepted(SmtpReply)
  /// It will never take this letter for this recipient.
  case refused(SmtpReply)
  /// Not now: worth another try, nothing was delivered.
  case later(SmtpReply, SmtpTrouble)
  /// The whole letter was handed over, and no answer came. It may have arrived: never sent again by itself.
  case uncertain(SmtpTrouble)
}

/// What stood in the way.
public enum SmtpTrouble: String, Sendable, Equatable {
  /// A temporary reply of the server.
  case reply
  /// User or secret refused; every letter waits until the configuration is corrected.
  case credentials = "wrong_credentials"
  /// Certificate not trusted, or no STARTTLS offered.
  case untrusted = "untrusted_server"
  case timeout
  case connection = "no_connection"
  /// We were asked to stop.
  case stopped
  /// Other letters took too long.
  case busy
}

extension SmtpOutcome {
  /// Reads the outcome from libcurl's code, the server's reply codes and the bytes that were taken.
  init(_ ending: CurlHandle.Ending) {
    // After a refusal libcurl says QUIT; that answer (221) says nothing about the letter.
    let replies = SmtpReply.all(in: ending.lines).filter { $0.code != 221 }
    let last = replies.last ?? SmtpReply(code: 0, text: "")
    if ending.code == CURLE_OK {
      self = .accepted(last)
      return
    }
    let trouble = SmtpTrouble(ending.code)
    if let data = replies.lastIndex(where: { $0.code == 354 }) {
      if data == replies.count - 1 {
        // RFC 5321 §4.2.5: before the end mark nothing is delivered; after it the answer alone tells.
        self = ending.uploadTaken ? .uncertain(trouble) : .later(last, trouble)
        return
      }
      self = last.code >= 500 ? .refused(last) : .later(last, .reply)
      return
    }
    // CURLE_SEND_ERROR with a reply of 400 and more is a refused MAIL, RCPT or DATA. Other codes (greeting, EHLO, STARTTLS,
    // AUTH) speak about us, not about the letter; so do the replies of RFC 4954 §6 to MAIL.
    if ending.code == CURLE_SEND_ERROR, last.code >= 400 {
      let aboutUs = [530, 534, 535, 538].contains(last.code)
      if last.code < 500 {
        self = .later(last, .reply)
      } else {
        self = aboutUs ? .later(last, .credentials) : .refused(last)
      }
      return
    }
    self = .later(last, trouble)
  }
}

extension SmtpTrouble {
  init(_ code: CURLcode) {
    switch code {
    case CURLE_LOGIN_DENIED: self = .credentials
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_USE_SSL_FAILED, CURLE_SSL_CACERT_BADFILE,
      CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER:
      self = .untrusted
    case CURLE_OPERATION_TIMEDOUT: self = .timeout
    case CURLE_ABORTED_BY_CALLBACK: self = .stopped
    case CURLE_WEIRD_SERVER_REPLY, CURLE_REMOTE_ACCESS_DENIED: self = .reply
    default: self = .connection
    }
  }
}

extension SmtpReply {
  /// Joins the lines `250-…` and `250 …` of one reply. Lines that are no reply are passed over.
  static func all(in lines: [[UInt8]]) -> [SmtpReply] {
    var replies: [SmtpReply] = []
    var text: [UInt8] = []
    for line in lines {
      guard line.count >= 3, line.prefix(3).allSatisfy({ (48...57).contains($0) }),
        let code = Int(String(decoding: line.prefix(3), as: UTF8.self)), (200...599).contains(code)
      else { continue }
      if !text.isEmpty { text.append(32) }
      text += line.dropFirst(4).prefix(500)
      if line.count > 3, line[3] == UInt8(ascii: "-") { continue }
      let clean = text.prefix(500).map { $0 < 32 || $0 == 127 ? 32 : $0 }
      replies.append(SmtpReply(code: code, text: String(decoding: clean, as: UTF8.self)))
      text = []
    }
    return replies
  }
}
