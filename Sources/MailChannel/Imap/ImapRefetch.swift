public import Desk
public import Foundation

/// Fetches one message again, over a connection of its own, by the key its ledger row has (`LedgerSink.key`).
public struct ImapRefetch: MailRefetch {
  private let account: ImapAccount

  public init(_ account: ImapAccount) { self.account = account }

  public func message(ofKey key: String) async throws(RefetchError) -> Data {
    guard let place = LedgerSink.place(inKey: key, of: account.mailboxID) else { throw .gone }
    let lane = ImapLane(account, stop: StopFlag())
    let row = await lane.row(of: [place.uid], uidValidity: place.validity, messages: 1, bytes: account.messageLimit)
    // Not waited for: the good-bye may take minutes.
    Task { await lane.close() }
    if let fault = row.fault {
      if case .uidValidityChanged = fault { throw .gone }
      throw .unreachable(code: FetchFault.mailbox(fault).code)
    }
    guard let mail = row.mails.first else { throw .gone }
    guard mail.problem == nil else { throw .tooLarge }
    return Data(mail.bytes)
  }
}
