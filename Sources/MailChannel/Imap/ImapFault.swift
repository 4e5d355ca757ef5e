import CCurl

/// Why the mailbox cannot be read now. Made from libcurl's codes and from response codes (RFC 5530), never from texts.
public enum ImapFault: Error, Sendable, Equatable {
  /// The server refused the user or the secret.
  case wrongCredentials
  /// The server let us in, but has no such mailbox for us.
  case mailboxMissing
  /// The certificate is unknown, for another name or out of date, or the server offers no TLS.
  case untrusted
  case timeout
  /// No connection, or it was cut.
  case connection(curl: Int)
  /// UIDs mean something else now; `now` is the new value.
  case uidValidityChanged(now: UInt32)
  /// The message is larger than the limit; `prefix` is its beginning.
  case tooLarge(prefix: [UInt8])
  /// The server knows no message with this UID, or cannot give it.
  case messageMissing
  /// The server's answer cannot be understood, or lacks messages it counts.
  case answer
  /// We were asked to stop.
  case stopped

  /// - Parameter ending: of a transfer that did not end well.
  init(_ ending: CurlHandle.Ending) {
    switch ending.code {
    case CURLE_LOGIN_DENIED: self = ending.saysUnavailable ? .connection(curl: 67) : .wrongCredentials
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_USE_SSL_FAILED, CURLE_SSL_CACERT_BADFILE,
      CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER:
      self = .untrusted
    case CURLE_OPERATION_TIMEDOUT: self = .timeout
    case CURLE_ABORTED_BY_CALLBACK: self = .stopped
    case CURLE_REMOTE_FILE_NOT_FOUND: self = .messageMissing
    case CURLE_WEIRD_SERVER_REPLY, CURLE_QUOTE_ERROR: self = .answer
    default: self = .connection(curl: Int(ending.code.rawValue))
    }
  }
}

extension CurlHandle.Ending {
  /// RFC 5530 `UNAVAILABLE`, `SERVERBUG`, `INUSE`: the server's own trouble, which passes.
  var saysUnavailable: Bool {
    lines.contains { line in
      ["UNAVAILABLE", "SERVERBUG", "INUSE"].contains { code in ImapAnswer.responseCode(of: line) == Array(code.utf8) }
    }
  }
}
