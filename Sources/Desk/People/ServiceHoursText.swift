public import SOP

/// Hours as an administrator writes them: `Sen-Jum 08.00-16.00`, several stretches divided by commas, or `selalu`.
/// English day names and a colon in times are understood too.
public enum ServiceHoursText {
  /// `nil` when the text is none of that.
  public static func read(_ text: String, zone: OfficeZone, holidays: Set<CalendarDay>) -> ServiceHours? {
    guard text.utf8.count < 1_000 else { return nil }
    let lowered = tidied(text)
    let words = lowered.utf8.split { $0 == 32 || $0 == 9 }
    if words.count == 1, let word = words.first, ["selalu", "always"].contains(String(decoding: word, as: UTF8.self)) {
      return .always(in: zone, holidays: holidays)
    }
    var shifts: [ServiceHours.Shift] = []
    for piece in lowered.utf8.split(separator: UInt8(ascii: ",")) {
      guard let more = stretch(piece) else { return nil }
      shifts += more
    }
    return shifts.isEmpty ? nil : ServiceHours(zone: zone, shifts: shifts, holidays: holidays)
  }

  /// Lower case; a dash (U+2013) is a hyphen, and spaces beside a hyphen are none.
  private static func tidied(_ text: String) -> String {
    var out: [UInt8] = []
    let hyphen = UInt8(ascii: "-")
    for scalar in text.asciiLowered.unicodeScalars {
      let bytes = scalar.value == 0x2013 ? [hyphen] : Array(String(scalar).utf8)
      if bytes == [hyphen] { while out.last == 32 { out.removeLast() } }
      if bytes == [32], out.last == hyphen { continue }
      out += bytes
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// `sen-jum 08.00-16.00`
  private static func stretch(_ piece: Substring.UTF8View) -> [ServiceHours.Shift]? {
    let words = piece.split { $0 == 32 || $0 == 9 }
    guard words.count == 2 else { return nil }
    let days = words[0].split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    let times = words[1].split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard let first = days.first.flatMap({ weekday($0) }), let last = days.last.flatMap({ weekday($0) }),
      days.count <= 2, first <= last, times.count == 2, let from = minute(times[0]), let to = minute(times[1])
    else { return nil }
    let shifts = (first...last).compactMap { ServiceHours.Shift(weekday: $0, from: from, to: to) }
    return shifts.count == last - first + 1 ? shifts : nil
  }

  private static func weekday(_ word: Substring.UTF8View) -> Int? {
    guard word.count >= 3 else { return nil }
    let start = String(decoding: word.prefix(3), as: UTF8.self)
    for names in [
      ["sen", "sel", "rab", "kam", "jum", "sab", "min"], ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
    ] {
      if let index = names.firstIndex(of: start) { return index + 1 }
    }
    return nil
  }

  /// `08.00` or `8:00`, up to 24.00, in minutes.
  private static func minute(_ word: Substring.UTF8View) -> Int? {
    let parts = word.split(omittingEmptySubsequences: false) { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }
    guard parts.count == 2, parts[1].count == 2, let hour = Int(String(decoding: parts[0], as: UTF8.self)),
      let minute = Int(String(decoding: parts[1], as: UTF8.self)), (0...24).contains(hour), (0...59).contains(minute),
      hour < 24 || minute == 0
    else { return nil }
    return hour * 60 + minute
  }
}
