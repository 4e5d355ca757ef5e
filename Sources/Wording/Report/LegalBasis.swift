/// The rules an office acts under. They change, so they are data with a period of validity and never constants in a
/// text; an administrator corrects and adds to them. These come from second-hand sources: verify before printing.
public import SOP

public struct LegalBasis: Sendable, Codable, Equatable {
  public var title: String
  /// First day in force; `nil`: before anything this office keeps.
  public var validFrom: CalendarDay?
  /// Last day in force; `nil`: until further notice.
  public var validUntil: CalendarDay?

  public init(title: String, validFrom: CalendarDay? = nil, validUntil: CalendarDay? = nil) {
    self.title = title
    self.validFrom = validFrom
    self.validUntil = validUntil
  }

  public func isValid(on day: CalendarDay) -> Bool {
    if let validFrom, day < validFrom { return false }
    if let validUntil, day > validUntil { return false }
    return true
  }

  /// What the SOP prints, and the successor of the rule that was revoked (domain.md §0, §1.1).
  public static let offered: [LegalBasis] = [
    LegalBasis(
      title: "Peraturan Menteri Komunikasi dan Informatika Nomor 12 Tahun 2021 tentang Organisasi dan Tata Kerja "
        + "Kementerian Komunikasi dan Informatika"),
    LegalBasis(
      title: "Peraturan Menteri Komunikasi dan Informatika Nomor 5 Tahun 2015 tentang Registrar Nama Domain "
        + "Instansi Penyelenggara Negara", validUntil: CalendarDay(year: 2025, month: 3, day: 24)),
    LegalBasis(
      title: "Keputusan Direktur Jenderal Aplikasi Informatika Nomor 50 Tahun 2022 tentang tim kerja"),
    LegalBasis(
      title: "Peraturan Menteri Komunikasi dan Digital Nomor 5 Tahun 2025 tentang Penyelenggara Sistem Elektronik "
        + "Lingkup Publik", validFrom: CalendarDay(year: 2025, month: 3, day: 25)),
  ]
}

extension [LegalBasis] {
  /// Those in force on a day, in the order given.
  public func valid(on day: CalendarDay) -> [LegalBasis] { filter { $0.isValid(on: day) } }
}
