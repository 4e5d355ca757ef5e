/// *Laporan Pengaduan*, the input SOP row 3 requires: numbered, made from rows 1 and 2 (domain.md §6.1 A–F).
/// What follows in the procedure (G–L) is read from the ticket when the report is printed.
public struct ComplaintReport: Sendable, Codable, Equatable {
  /// `LAP-202611-00042`, and `LAP-202611-00042/2` when the check was done again.
  public let number: String
  public let issuedAt: Instant
  public let complaint: Complaint
  public let check: CheckResult
  public let preparedBy: Officer?

  public init(number: String, issuedAt: Instant, complaint: Complaint, check: CheckResult, preparedBy: Officer?) {
    self.number = number
    self.issuedAt = issuedAt
    self.complaint = complaint
    self.check = check
    self.preparedBy = preparedBy
  }

  static func number(of ticket: TicketNumber, edition: Int) -> String {
    let parts = ticket.description.utf8.split(separator: UInt8(ascii: "-"))
      .map { String(decoding: $0, as: UTF8.self) }
    let base = "LAP-" + parts.dropFirst().prefix(2).joined(separator: "-")
    return edition > 1 ? "\(base)/\(edition)" : base
  }
}
