public import SOP

/// A first message as an official writes it; `{domain}`, `{institution}` and `{official}` stand for the sender's own.
public struct TownMessage: Sendable, Equatable {
  public let subject: String
  public let text: String
  /// What an officer would find it to be about.
  public let category: Category
  /// In the requester's words.
  public let since: String?
  /// False where the writer forgot to name the domain: the desk must ask.
  public let namesDomain: Bool

  init(_ category: Category, _ subject: String, _ text: String, since: String? = nil, namesDomain: Bool = true) {
    self.category = category
    self.subject = subject
    self.text = text
    self.since = since
    self.namesDomain = namesDomain
  }

  /// The complaint this message becomes when `institution` sends it.
  public func complaint(from institution: TownInstitution, by channel: ContactChannel, at instant: Instant) -> Complaint
  {
    Complaint(
      channel: channel, receivedAt: instant, requester: institution.requester(),
      subject: filled(subject, for: institution), text: filled(text, for: institution),
      domain: namesDomain ? institution.domain : nil, category: channel == .web ? category : nil, since: since)
  }

  private func filled(_ template: String, for institution: TownInstitution) -> String {
    var out = ""
    var rest = template[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      out += rest[..<open]
      switch rest[rest.index(after: open)..<close] {
      case "domain": out += institution.domain.name
      case "institution": out += institution.name
      case "official": out += institution.official
      default: break
      }
      rest = rest[rest.index(after: close)...]
    }
    return out + rest
  }
}
