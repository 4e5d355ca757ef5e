/// Days off by the joint decree of three ministers (SKB 3 Menteri): national holidays and cuti bersama.
///
/// Data with a year; an administrator adds the next years and corrects these. The cuti bersama of 2027
/// rest on a deduction for all days but 5 February (domain.md §5.5).
public enum Holidays {
  public static let national: [String] = [
    "2026-01-01", "2026-01-16", "2026-02-17", "2026-03-19", "2026-03-21", "2026-03-22", "2026-04-03",
    "2026-04-05", "2026-05-01", "2026-05-14", "2026-05-27", "2026-05-31", "2026-06-01", "2026-06-16",
    "2026-08-17", "2026-08-25", "2026-12-25",
    "2027-01-01", "2027-01-05", "2027-02-06", "2027-03-08", "2027-03-10", "2027-03-11", "2027-03-26",
    "2027-03-28", "2027-05-01", "2027-05-06", "2027-05-17", "2027-05-20", "2027-06-01", "2027-06-06",
    "2027-08-15", "2027-08-17", "2027-12-25", "2027-12-26",
  ]
  public static let jointLeave: [String] = [
    "2026-02-16", "2026-03-18", "2026-03-20", "2026-03-23", "2026-03-24", "2026-05-15", "2026-05-28",
    "2026-12-24",
    "2027-02-05", "2027-03-09", "2027-03-12", "2027-03-15", "2027-03-25", "2027-05-18", "2027-05-19",
    "2027-12-24",
  ]
  /// Every day off this version knows.
  public static let official = Set((national + jointLeave).compactMap { CalendarDay($0) })
}
