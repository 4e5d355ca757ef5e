import Foundation

/// Dates written without `DateFormatter`: fixed English names, UTC, no locale.
enum MailDate {
  struct Parts {
    var year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, weekday: Int
  }

  /// Year 1 to 9999 in UTC; nil outside (RFC 5322 §3.3 has four-digit years here).
  static func parts(_ date: Date) -> Parts? {
    let seconds = date.timeIntervalSince1970.rounded(.down)
    guard seconds >= -62_135_596_800, seconds < 253_402_300_800 else { return nil }
    let all = Int(seconds)
    let days = all >= 0 ? all / 86_400 : -((86_399 - all) / 86_400)
    let rest = all - days * 86_400
    // Days to civil date, proleptic Gregorian, eras of 400 years.
    let z = days + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let doe = z - era * 146_097
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100)
    let mp = (5 * doy + 2) / 153
    let month = mp < 10 ? mp + 3 : mp - 9
    return Parts(
      year: yoe + era * 400 + (month <= 2 ? 1 : 0), month: month, day: doy - (153 * mp + 2) / 5 + 1,
      hour: rest / 3_600, minute: rest / 60 % 60, second: rest % 60, weekday: ((days + 4) % 7 + 7) % 7)
  }

  /// RFC 3339 in UTC, whole seconds; nil outside the years 1...9999.
  static func internet(_ date: Date) -> String? {
    guard let p = parts(date) else { return nil }
    return "\(pad(p.year, 4))-\(pad(p.month))-\(pad(p.day))T\(pad(p.hour)):\(pad(p.minute)):\(pad(p.second))Z"
  }

  /// date-time of RFC 5322 §3.3 in UTC.
  static func header(_ date: Date) -> String? {
    guard let p = parts(date), p.year >= 1900 else { return nil }
    let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return "\(days[p.weekday]), \(p.day) \(months[p.month - 1]) \(p.year) "
      + "\(pad(p.hour)):\(pad(p.minute)):\(pad(p.second)) +0000"
  }

  private static func pad(_ number: Int, _ width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
