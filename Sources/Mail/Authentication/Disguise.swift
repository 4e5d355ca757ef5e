/// Tricks with names: what a person would take an author for, held against what the address says.
///
/// Enters: display name and address as a reader of mail found them, and the domains that people know. Leaves: stable
/// codes; none of them proves bad intent, each is something to show beside the name. Known limit: `MailReader` has
/// already replaced direction characters in names; whoever wants them noticed hands in the decoded name.
public struct Disguise: Sendable {
  /// What was seen.
  public enum Sign: String, Sendable, CaseIterable {
    /// The display name holds an address, and it is not the mailbox.
    case nameHoldsOtherAddress = "name_holds_other_address"
    /// The display name holds a known domain, and the mailbox is elsewhere.
    case nameHoldsKnownDomain = "name_holds_known_domain"
    /// Characters that turn the direction of text.
    case directionCharacters = "direction_characters"
    /// Characters of no width.
    case invisibleCharacters = "invisible_characters"
    /// A label of the domain is written as `xn--…`.
    case domainEncoded = "domain_encoded"
    /// The domain holds characters beyond ASCII.
    case domainNotASCII = "domain_not_ascii"
    /// One label mixes letters of several scripts.
    case domainMixedScripts = "domain_mixed_scripts"
    /// The domain looks like a known one, or carries it where it does not belong.
    case domainLooksKnown = "domain_looks_known"
  }

  private struct Known: Sendable {
    var name: String
    /// Shapes of the labels.
    var shape: [[UInt8]]
  }

  private let known: [Known]

  /// - Parameter known: domains and registries that people trust, such as `go.id`; at most 1,000 are kept.
  public init(known: [String] = ["go.id", "desa.id"]) {
    self.known = known.prefix(1_000).compactMap { DNSName.mailDomain($0) }.map {
      Known(name: $0, shape: Self.labels(Array($0.unicodeScalars), hyphens: false))
    }
  }

  /// - Returns: each sign once, in the order of `Sign`.
  public func signs(_ author: MailAddress) -> [Sign] {
    let name = Array(author.name.unicodeScalars.prefix(MailLimits.name))
    let scalars = Array(author.address.unicodeScalars.prefix(1_000))
    let domain = scalars.lastIndex(of: "@").map { Array(scalars[($0 + 1)...]) } ?? []
    var found: Set<Sign> = []
    for scalar in name + scalars {
      if CleanText.isDirection(scalar) { found.insert(.directionCharacters) }
      if Self.isInvisible(scalar) { found.insert(.invisibleCharacters) }
    }
    readName(name, author, &found)
    readDomain(domain, &found)
    return Sign.allCases.filter(found.contains)
  }

  static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xAD, 0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x200B...0x200D, 0x2060...0x2064, 0x3164, 0xFEFF, 0xFFA0,
      0xE0000...0xE007F:
      true
    default: false
    }
  }

  // MARK: - The display name

  private func readName(_ name: [Unicode.Scalar], _ author: MailAddress, _ found: inout Set<Sign>) {
    let mailbox = Array(author.address.utf8)
    let domain = author.domain
    for word in name.compactMap(Self.plain).split(whereSeparator: { !Self.isAddressPart($0) }).prefix(50) {
      let text = String(String.UnicodeScalarView(word.drop { $0 == "." || $0 == "-" }))
      var bytes = asciiLowercased(text.utf8)
      while bytes.last == 46 || bytes.last == 45 { bytes.removeLast() }
      if let at = bytes.firstIndex(of: 64), at > 0, bytes[(at + 1)...].contains(46) {
        if !bytes.elementsEqual(asciiLowercased(mailbox)) { found.insert(.nameHoldsOtherAddress) }
      } else if let claimed = DNSName.mailDomain(String(decoding: bytes, as: UTF8.self)),
        known.contains(where: { DNSName.isWithin(claimed, $0.name) && !DNSName.isWithin(domain, $0.name) })
      {
        found.insert(.nameHoldsKnownDomain)
      }
    }
  }

  /// What the eye sees: nothing for a character without width, the plain one for wide and small forms.
  private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0)
    case 0xFE6B: "@"
    case 0x2024, 0x3002, 0xFE52, 0xFF61: "."
    default: isInvisible(scalar) || CleanText.isDirection(scalar) ? nil : scalar
    }
  }

  /// Letters, digits and what else stands in plain addresses.
  private static func isAddressPart(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      return SPFMacro.isLetter(UInt8(truncatingIfNeeded: scalar.value))
        || "0123456789@.-_+%".unicodeScalars.contains(scalar)
    }
    return scalar.properties.isAlphabetic
  }

  // MARK: - The domain

  private func readDomain(_ scalars: [Unicode.Scalar], _ found: inout Set<Sign>) {
    guard !scalars.isEmpty, scalars.count <= 253 else { return }
    if scalars.contains(where: { !$0.isASCII }) { found.insert(.domainNotASCII) }
    var shown: [Unicode.Scalar] = []
    for label in scalars.split(separator: ".", omittingEmptySubsequences: false) {
      if !shown.isEmpty { shown.append(".") }
      var readable = Array(label)
      let bytes = asciiLowercased(String(String.UnicodeScalarView(label)).utf8)
      if bytes.starts(with: "xn--".utf8) {
        found.insert(.domainEncoded)
        if let decoded = Punycode.decode(bytes.dropFirst(4)) { readable = decoded }
      }
      if Self.scripts(readable) > 1 { found.insert(.domainMixedScripts) }
      shown += readable
    }
    if looksKnown(scalars, shown) { found.insert(.domainLooksKnown) }
  }

  /// How many scripts the letters of a label come from, of those with letters like the Latin ones and the rest.
  private static func scripts(_ label: [Unicode.Scalar]) -> Int {
    var seen: Set<Int> = []
    for scalar in label where scalar.properties.isAlphabetic {
      switch scalar.value {
      case 0...0x24F, 0x1E00...0x1EFF, 0x2C60...0x2C7F, 0xA720...0xA7FF, 0xFF21...0xFF5A: seen.insert(0)
      case 0x370...0x3FF, 0x1F00...0x1FFF: seen.insert(1)
      case 0x400...0x52F, 0x1C80...0x1C8F, 0x2DE0...0x2DFF, 0xA640...0xA69F: seen.insert(2)
      case 0x530...0x58F: seen.insert(3)
      case 0x13A0...0x13FF, 0xAB70...0xABBF: seen.insert(4)
      default: seen.insert(5)
      }
    }
    return seen.count
  }

  /// Known labels in a row, in shape, while the domain is not really under them: at its end (`g0.id`, `dinas-go.id`)
  /// or before other labels (`dinas.go.id.example.com`, `go-id.com`).
  private func looksKnown(_ domain: [Unicode.Scalar], _ shown: [Unicode.Scalar]) -> Bool {
    let name = DNSName.normal(String(String.UnicodeScalarView(domain)))
    let plain = Self.labels(shown, hyphens: false)
    let parted = Self.labels(shown, hyphens: true)
    return known.contains { known in
      if let name, DNSName.isWithin(name, known.name) { return false }
      return Self.holds(plain, known.shape) || Self.holds(parted, known.shape)
    }
  }

  private static func holds(_ labels: [[UInt8]], _ known: [[UInt8]]) -> Bool {
    guard !known.isEmpty, labels.count >= known.count else { return false }
    return (0...(labels.count - known.count)).contains { labels[$0..<($0 + known.count)].elementsEqual(known) }
  }

  /// Shapes of the labels; with `hyphens`, a hyphen parts labels as a dot does.
  private static func labels(_ name: [Unicode.Scalar], hyphens: Bool) -> [[UInt8]] {
    name.split { $0 == "." || hyphens && $0 == "-" }.map { Confusables.shape($0) }
  }
}
