public import SOP

/// What the desk knows of itself: from the configuration, never from a message.
public struct Office: Sendable, Equatable {
  public var name: String
  /// Where people reach the pages, without a trailing slash; the only base of every link.
  public var baseURL: String
  /// The mailbox complaints are sent to, lower case.
  public var mailAddress: String
  public var registryName: String
  /// Where hand-offs are mailed; `nil`: the registry works on its desk page only.
  public var registryEmail: String?
  public var zone: OfficeZone

  public init(
    name: String, baseURL: String, mailAddress: String, registryName: String, registryEmail: String?,
    zone: OfficeZone
  ) {
    self.name = name
    self.baseURL = baseURL
    self.mailAddress = mailAddress
    self.registryName = registryName
    self.registryEmail = registryEmail
    self.zone = zone
  }
}
