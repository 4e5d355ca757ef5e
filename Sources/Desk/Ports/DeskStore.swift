/// The one door to a database, as the desk needs it; each part is a contract of its own.
public protocol DeskStore: TicketStore, FileStore, InboundLedger, Outbox, TicketReading, Directory, Sessions {
  /// Whether an error of this store says nothing about what was asked of it: the disk is full, another process holds
  /// the file, the store is closed. The same call may succeed later.
  func isOwnTrouble(_ error: any Error) -> Bool
}
