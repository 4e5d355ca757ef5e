/// From results to one level: what counts as proof of the author's domain, and what does not.
///
/// Stricter than DMARC on three points, because the desk acts on what a message says: a signature counts only when it
/// covers the whole body and the subject, a pass that the whole world would get does not count, and a header with two
/// readings proves nothing.
struct ProofWeighing {
  let message: RawMessage
  let settings: AuthenticationSettings
  /// Domain of the one author, on whom both readers agree.
  private(set) var domain: String?
  /// What DMARC may weigh.
  private(set) var proven: [ProvenDomain] = []
  private var hasAuthor = false
  private var reasons: [AuthorProof.Reason] = []
  /// What of it counts here.
  private var counted: [ProvenDomain] = []
  /// Signatures that count, with what they sign.
  private var signatures: [DKIMOutcome] = []
  private var borderPass = false

  /// Fields that stand at most once (RFC 5322 §3.6, RFC 2045 §3); which of two is shown is the reader's choice.
  private static let singular = [
    "from", "sender", "reply-to", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references",
    "mime-version", "content-type", "content-transfer-encoding",
  ]

  init(message: RawMessage, settings: AuthenticationSettings, author: MailAddress?) {
    self.message = message
    self.settings = settings
    readAuthor(author)
  }

  private mutating func note(_ reason: AuthorProof.Reason) {
    if !reasons.contains(reason) { reasons.append(reason) }
  }

  private mutating func readAuthor(_ author: MailAddress?) {
    let fields = message.fields(named: "from")
    guard let field = fields.first else { return note(.authorMissing) }
    guard fields.count == 1, let author else { return note(.authorAmbiguous) }
    guard let read = DNSName.mailDomain(author.domain) else {
      hasAuthor = true
      return note(.authorDomainUnreadable)
    }
    guard let strict = AuthorField.address(message.value(field)),
      asciiLowercased(strict).elementsEqual(asciiLowercased(author.address.utf8))
    else { return note(.authorAmbiguous) }
    domain = read
    hasAuthor = true
  }

  /// A header or message that others may read differently.
  private mutating func readHeader() -> Bool {
    if message.odd { note(.headerOdd) }
    if message.tooLarge { note(.messageTooLarge) }
    var seen: Set<[UInt8]> = []
    let singular = Set(Self.singular.map { Array($0.utf8) })
    for field in message.fields where singular.contains(field.name) && !seen.insert(field.name).inserted {
      note(.headerRepeated)
    }
    return !message.odd && !message.tooLarge && !reasons.contains(.headerRepeated)
  }

  /// Gathers what is proven, before it is asked whose it is.
  mutating func weigh(_ report: AuthenticationReport) {
    weighSPF(report.spf)
    for outcome in report.dkim { weighDKIM(outcome) }
    if report.dkim.isEmpty { note(.dkimNone) }
    weighBorder(report.border.flatMap(\.methods))
    switch report.arc.result {
    case .none: break
    case .pass: note(.arcPass)
    case .fail: note(.arcFail)
    case .temperror: note(.arcTemperror)
    }
    if !readHeader() { (counted, borderPass) = ([], false) }
  }

  private mutating func weighSPF(_ outcome: SPFOutcome?) {
    guard let outcome else { return note(.spfNotChecked) }
    switch outcome.result {
    case .none: note(.spfNone)
    case .neutral: note(.spfNeutral)
    case .fail: note(.spfFail)
    case .softfail: note(.spfSoftfail)
    case .temperror: note(.spfTemperror)
    case .permerror: note(.spfPermerror)
    case .pass:
      if outcome.open { note(.spfOpen) }
      if let domain = outcome.domain { prove(.spf, domain, counts: !outcome.open) }
    }
  }

  private mutating func weighDKIM(_ outcome: DKIMOutcome) {
    switch outcome.result {
    case .fail: return note(.dkimFail)
    case .temperror: return note(.dkimTemperror)
    case .permerror: return note(.dkimPermerror)
    case .pass: break
    }
    guard let domain = outcome.domain else { return }
    if outcome.testing { return note(.dkimTesting) }
    if !outcome.wholeBody { note(.dkimBodyPartly) }
    let signsSubject = covers(outcome, "subject")
    if !signsSubject { note(.dkimSubjectUnsigned) }
    let counts = outcome.wholeBody && signsSubject
    prove(.dkim, domain, counts: counts)
    if counts { signatures.append(outcome) }
  }

  private mutating func prove(_ source: ProvenDomain.Source, _ domain: String, counts: Bool) {
    let found = ProvenDomain(source: source, domain: domain)
    if !proven.contains(found) { proven.append(found) }
    if counts, !counted.contains(found) { counted.append(found) }
  }

  /// Whether a field is absent or signed.
  private func covers(_ outcome: DKIMOutcome, _ name: String) -> Bool {
    message.fields(named: name).isEmpty || outcome.signedFields.contains { $0.utf8.elementsEqual(name.utf8) }
  }

  /// What the border found. Its word on signatures counts for nothing where our own look found one that leaves part
  /// of the message to anybody: the border's pass may rest on that one. Of DMARC there is one answer; two that differ
  /// mean that something else speaks through the field.
  private mutating func weighBorder(_ methods: [AuthenticationResults.Method]) {
    let signaturesCount = !reasons.contains(.dkimBodyPartly) && !reasons.contains(.dkimSubjectUnsigned)
    var verdicts: [Bool] = []
    for method in methods {
      let isPass = method.result.utf8.elementsEqual("pass".utf8)
      switch method.name {
      case "spf" where isPass:
        guard let domain = Self.domain(method, ["smtp.mailfrom", "smtp.helo"]) else { continue }
        note(.borderSPF)
        prove(.spf, domain, counts: true)
      case "dkim" where isPass && signaturesCount:
        guard let domain = Self.domain(method, ["header.d", "header.i"]) else { continue }
        note(.borderDKIM)
        prove(.dkim, domain, counts: true)
      case "dmarc":
        let author = Self.domain(method, ["header.from"])
        verdicts.append(isPass && author != nil && author == domain)
      default: break
      }
    }
    borderPass = signaturesCount && !verdicts.isEmpty && verdicts.allSatisfy { $0 }
    if borderPass { note(.borderDMARC) }
  }

  /// The domain that the first of the named properties holds, bare or in an address.
  private static func domain(_ method: AuthenticationResults.Method, _ names: [String]) -> String? {
    guard let text = names.lazy.compactMap({ method.value($0) }).first else { return nil }
    let bytes = Array(text.utf8)
    let name = bytes.lastIndex(of: 64).map { bytes[($0 + 1)...] } ?? bytes[...]
    return DNSName.mailDomain(String(decoding: name, as: UTF8.self))
  }

  // MARK: - The level

  mutating func proof(_ report: AuthenticationReport) -> AuthorProof {
    guard let domain else { return AuthorProof(level: hasAuthor ? .address : .none, reasons: reasons) }
    let aligned = aligned(report.dmarc, domain).filter { counted.contains($0) }
    for source in [ProvenDomain.Source.spf, .dkim] where counted.contains(where: { $0.source == source }) {
      let isAligned = aligned.contains { $0.source == source }
      switch source {
      case .spf: note(isAligned ? .spfAligned : .spfUnaligned)
      case .dkim: note(isAligned ? .dkimAligned : .dkimUnaligned)
      }
    }
    guard !aligned.isEmpty || borderPass else { return AuthorProof(level: .address, domain: domain, reasons: reasons) }
    noteGaps(aligned)
    let isOfficial = settings.government.contains { $0 != domain && DNSName.isWithin(domain, $0) }
    if isOfficial { note(.governmentDomain) }
    return AuthorProof(level: isOfficial ? .officialDomain : .alignedDomain, domain: domain, reasons: reasons)
  }

  private mutating func aligned(_ outcome: DMARCOutcome, _ domain: String) -> [ProvenDomain] {
    switch outcome.result {
    case .pass: note(.dmarcPass)
    case .temperror: note(.dmarcTemperror)
    case .fail:
      switch outcome.policy ?? .none {
      case .none: note(.dmarcFailNone)
      case .quarantine: note(.dmarcFailQuarantine)
      case .reject: note(.dmarcFailReject)
      }
    case .none:
      note(.dmarcNone)
      let same = counted.filter { $0.domain.utf8.elementsEqual(domain.utf8) }
      if !same.isEmpty { note(.alignedWithoutPolicy) }
      return same
    }
    return outcome.aligned
  }

  /// What stays open when the proof rests on signatures alone and each of them leaves it out.
  private mutating func noteGaps(_ aligned: [ProvenDomain]) {
    let named = signatures.filter { signature in
      aligned.contains { $0.source == .dkim && $0.domain == signature.domain }
    }
    guard !named.isEmpty, !aligned.contains(where: { $0.source == .spf }) else { return }
    let gaps: [(String, AuthorProof.Reason)] = [
      ("reply-to", .replyToUnsigned), ("content-type", .contentTypeUnsigned), ("message-id", .messageIDUnsigned),
    ]
    for (field, reason) in gaps where !named.contains(where: { covers($0, field) }) { note(reason) }
  }
}
