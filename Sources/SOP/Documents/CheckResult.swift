/// *Aduan masalah*, the output of SOP row 2: the problem as the team confirmed it.
public struct CheckResult: Sendable, Codable, Equatable {
  /// How the requester's authority over the domain was verified.
  public enum Authority: String, Sendable, Codable, CaseIterable {
    /// The sender is the contact on record.
    case contactOnRecord
    /// An official address of the institution itself.
    case officialAddress
    /// A letter or card was seen.
    case document
    /// Asked back by telephone at the institution's known number.
    case callBack
    /// Not needed: nothing will be changed on the requester's word.
    case notNeeded
    /// Could not be verified yet.
    case unverified
  }

  public var problem: String
  public var domain: DomainName?
  public var host: DomainName?
  public var category: Category
  public var since: String?
  public var authority: Authority
  public var authorityNote: String?
  public var institution: String?

  public init(
    problem: String, domain: DomainName?, host: DomainName? = nil, category: Category, since: String? = nil,
    authority: Authority, authorityNote: String? = nil, institution: String? = nil
  ) {
    self.problem = problem
    self.domain = domain
    self.host = host
    self.category = category
    self.since = since
    self.authority = authority
    self.authorityNote = authorityNote
    self.institution = institution
  }
}
