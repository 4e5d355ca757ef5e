/// What a first letter costs: one use of each of these windows, or of none.
///
/// Counted in the transaction that queues the letter. So a message that comes again after a crash, and a commit that
/// failed, have cost nothing.
public struct Ration: Sendable, Equatable {
  /// Windows follow one another from the epoch on.
  public struct Limit: Sendable, Equatable {
    /// What is counted ("receipt/hour/kades@sukamaju.desa.id").
    public let key: String
    public let uses: Int
    public let seconds: Int64
    /// Why a letter is withheld when the window is full; stands at the letter in the outbox.
    public let code: String
    public init(key: String, uses: Int, seconds: Int64, code: String) {
      self.key = key
      self.uses = uses
      self.seconds = seconds
      self.code = code
    }
  }

  /// Ids of the letters it is for: they wait `withheld` when one of the windows is full.
  public let letters: Set<String>
  public let limits: [Limit]
  public init(letters: Set<String>, limits: [Limit]) {
    self.letters = letters
    self.limits = limits
  }
}

/// The letters that go to an address nobody has verified: whoever writes any From, or types any address into a form,
/// has them sent (security.md A8).
enum FirstLetter: String {
  case receipt, proof

  /// How many may go. An address whose holder has proven it, or that stands in the directory, is still only named by a
  /// From that anyone can write: it has a wide ration of its own, and takes nothing from its domain's.
  func limits(to address: String, isKnown: Bool) -> [Ration.Limit] {
    let address = address.asciiLowered
    func limit(_ window: String, _ uses: Int, _ seconds: Int64, _ code: String) -> Ration.Limit {
      Ration.Limit(key: "\(rawValue)/\(window)", uses: uses, seconds: seconds, code: "ration_\(code)")
    }
    let (hour, day) = isKnown ? (20, 60) : self == .receipt ? (1, 5) : (5, 20)
    let own = [
      limit("hour/\(address)", hour, 3_600, "address_hour"), limit("day/\(address)", day, 86_400, "address_day"),
    ]
    if isKnown { return own }
    let domain = address.utf8.split(separator: UInt8(ascii: "@")).last.map { String(decoding: $0, as: UTF8.self) } ?? ""
    let ofDomain = self == .receipt ? 20 : 60
    return own + [
      limit("domain/\(domain)", FirstLetter.isProvider(domain) ? ofDomain * 5 : ofDomain, 3_600, "domain"),
      limit("all", self == .receipt ? 200 : 500, 3_600, "all"),
    ]
  }

  /// Domains under which strangers have their mailboxes: a flood at one of them must not silence all the others.
  private static let providers: Set<String> = [
    "gmail.com", "googlemail.com", "yahoo.com", "yahoo.co.id", "ymail.com", "rocketmail.com", "outlook.com",
    "outlook.co.id", "hotmail.com", "live.com", "msn.com", "icloud.com", "me.com", "proton.me", "protonmail.com",
    "zoho.com", "mail.com", "aol.com", "gmx.com", "plasa.com", "telkom.net", "mail.go.id",
  ]

  private static func isProvider(_ domain: String) -> Bool { providers.contains(domain) }
}
