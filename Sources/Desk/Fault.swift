/// We are broken: logged once with an incident number; the visitor sees the number, never the text.
public struct Fault: Error, Sendable, CustomStringConvertible {
  public let description: String
  public init(_ description: String) { self.description = description }
}

/// From outside, "not found" and "not yours" look alike.
public struct NoSuchTicket: Error, Sendable, Equatable {
  public init() {}
}
