/// How far a message proves who wrote it. Only the domain can be proven, never the person.
public struct AuthorProof: Sendable, Equatable {
  /// From nothing to most.
  public enum Level: String, Sendable, CaseIterable, Comparable {
    /// There is no single author: none, several, or one that two readers could read differently.
    case none
    /// An address that anybody may have written.
    case address
    /// The domain of the address answers for the message.
    case alignedDomain = "aligned_domain"
    /// The same, and the domain is one that only the government gets.
    case officialDomain = "official_domain"

    public static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

    private var rank: Int {
      switch self {
      case .none: 0
      case .address: 1
      case .alignedDomain: 2
      case .officialDomain: 3
      }
    }
  }

  /// Stable codes: why the level is what it is, and what a person should look at.
  public enum Reason: String, Sendable, CaseIterable {
    // The author.
    case authorMissing = "author_missing"
    case authorAmbiguous = "author_ambiguous"
    case authorDomainUnreadable = "author_domain_unreadable"
    // The header: where any of these stands, nothing is proven.
    case headerOdd = "header_odd"
    case headerRepeated = "header_repeated"
    case messageTooLarge = "message_too_large"
    // SPF.
    case spfNotChecked = "spf_not_checked"
    case spfAligned = "spf_aligned"
    case spfUnaligned = "spf_unaligned"
    case spfOpen = "spf_open"
    case spfNone = "spf_none"
    case spfNeutral = "spf_neutral"
    case spfFail = "spf_fail"
    case spfSoftfail = "spf_softfail"
    case spfTemperror = "spf_temperror"
    case spfPermerror = "spf_permerror"
    // DKIM.
    case dkimNone = "dkim_none"
    case dkimAligned = "dkim_aligned"
    case dkimUnaligned = "dkim_unaligned"
    case dkimFail = "dkim_fail"
    case dkimTemperror = "dkim_temperror"
    case dkimPermerror = "dkim_permerror"
    /// A good signature that leaves the end of the body to anybody.
    case dkimBodyPartly = "dkim_body_partly"
    /// A good signature that leaves the subject to anybody.
    case dkimSubjectUnsigned = "dkim_subject_unsigned"
    case dkimTesting = "dkim_testing"
    /// The only proof is a signature that leaves these to anybody.
    case replyToUnsigned = "reply_to_unsigned"
    case contentTypeUnsigned = "content_type_unsigned"
    case messageIDUnsigned = "message_id_unsigned"
    // DMARC.
    case dmarcNone = "dmarc_none"
    case dmarcPass = "dmarc_pass"
    case dmarcFailNone = "dmarc_fail_none"
    case dmarcFailQuarantine = "dmarc_fail_quarantine"
    case dmarcFailReject = "dmarc_fail_reject"
    case dmarcTemperror = "dmarc_temperror"
    /// Aligned although the domain publishes no policy: only the very same domain counts then.
    case alignedWithoutPolicy = "aligned_without_policy"
    // ARC.
    case arcPass = "arc_pass"
    case arcFail = "arc_fail"
    case arcTemperror = "arc_temperror"
    // Believed results of the office's own border.
    case borderSPF = "border_spf"
    case borderDKIM = "border_dkim"
    case borderDMARC = "border_dmarc"
    // The domain.
    case governmentDomain = "government_domain"
  }

  public var level: Level
  /// Domain of the author in lower case; nil at level none.
  public var domain: String?
  /// Each reason once, in the order it was found.
  public var reasons: [Reason]

  public init(level: Level, domain: String? = nil, reasons: [Reason] = []) {
    self.level = level
    self.domain = domain
    self.reasons = reasons
  }
}

/// What authentication is told by the operator.
public struct AuthenticationSettings: Sendable, Equatable {
  public var trust: ResultsTrust
  /// Domains under which only government bodies get a name, in lower case.
  public var government: Set<String>
  /// Registries under `.id`: nobody is aligned with somebody else merely because both stand under one of them.
  public var suffixes: Set<String>

  /// Second-level registries of `.id` as PANDI runs them.
  public static let registries: Set<String> = [
    "id", "ac.id", "biz.id", "co.id", "desa.id", "go.id", "mil.id", "my.id", "net.id", "or.id", "ponpes.id", "sch.id",
    "web.id",
  ]

  public init(
    trust: ResultsTrust = ResultsTrust(), government: Set<String> = ["go.id", "desa.id"],
    suffixes: Set<String> = registries
  ) {
    self.trust = trust
    self.government = Set(government.compactMap { DNSName.normal($0) })
    self.suffixes = Set(suffixes.compactMap { DNSName.normal($0) })
  }
}
