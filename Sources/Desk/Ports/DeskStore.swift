/// The one door to a database, as the desk needs it; each part is a contract of its own.
public protocol DeskStore: TicketStore, FileStore, InboundLedger, Outbox, TicketReading, Directory, Sessions {}
