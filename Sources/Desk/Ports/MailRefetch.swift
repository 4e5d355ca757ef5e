public import Foundation

/// Fetches one message again from where it came from. Implemented by the channel that reads the mailbox.
public protocol MailRefetch: Sendable {
  /// The whole message of a ledger row's key. May take minutes: a large mail on a slow line.
  func message(ofKey key: String) async throws(RefetchError) -> Data
}

/// Why a message could not be fetched again.
public enum RefetchError: Error, Sendable, Equatable {
  /// The mailbox does not hold it any more, or it came from another one.
  case gone
  /// It is over the limit of one message.
  case tooLarge
  /// The mail server cannot be reached now, or cannot give it; `code` is for the log.
  case unreachable(code: String)
}
