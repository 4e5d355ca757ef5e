import Foundation

/// Dates of mail (RFC 5322 §3.3 and §4.3) as programs write them.
///
/// Enters: the raw value of a Date field. Leaves: an instant, or nil where no day can be made of it. One pass.
/// Read beyond the standard: numeric months, ISO 8601, the order of `ctime`, "9.15", AM and PM, zones by name (those of
/// Indonesia too), `+07:00`, `GMT+7`, months in Indonesian and German, no time at all (midnight), no zone (UTC).
/// Own code because GMime's reader gives wrong instants for several of these and for 13 months in a year.
extension MailDate {
  static func read(_ raw: some Collection<UInt8>) -> Date? {
    DateScanner(raw.prefix(500)).date
  }

  /// Seconds since 1970 of a civil date and time in UTC, proleptic Gregorian; nil where no such day is.
  static func instant(year: Int, month: Int, day: Int, seconds: Int) -> Date? {
    guard (1_900...9_999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard day <= lengths[month - 1] else { return nil }
    let y = month <= 2 ? year - 1 : year
    let era = y / 400
    let yoe = y - era * 400
    let doy = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy
    return Date(timeIntervalSince1970: Double((era * 146_097 + doe - 719_468) * 86_400 + seconds))
  }
}

/// Takes a date apart into numbers, words and signs, and asks each what it is.
private struct DateScanner {
  private enum Item: Equatable {
    case number(Int, digits: Int)
    case word(String)
    case sign(UInt8)
  }

  private var items: [Item] = []

  init(_ bytes: some Collection<UInt8>) {
    var depth = 0
    var word: [UInt8] = []
    for byte in Array(bytes) + [32] {
      let letter = (97...122).contains(byte | 32) || byte > 127
      let digit = (48...57).contains(byte)
      if depth == 0, let last = word.last {
        if (48...57).contains(last) ? !digit : !letter {
          close(&word)
        }
      }
      switch byte {
      case 40: depth += 1
      case 41: depth = max(0, depth - 1)
      case _ where depth > 0: continue
      case _ where letter || digit: word.append(byte)
      case 43, 45, 46, 47, 58: items.append(.sign(byte))
      default: continue
      }
      if items.count > 60 { return }
    }
  }

  private mutating func close(_ word: inout [UInt8]) {
    let text = String(decoding: asciiLowercased(word), as: UTF8.self)
    if let first = word.first, (48...57).contains(first) {
      items.append(.number(word.count <= 9 ? Int(text) ?? 0 : 0, digits: word.count))
    } else {
      items.append(.word(text))
    }
    word = []
  }

  var date: Date? {
    let time = time(UInt8(ascii: ":")) ?? time(UInt8(ascii: "."))
    guard let day = day(before: time?.range.lowerBound ?? items.count, after: time?.range.upperBound ?? items.count)
    else { return nil }
    guard let seconds = time.map(\.seconds) ?? 0 else { return nil }
    let zone = time.map { self.zone(after: $0.range.upperBound) } ?? 0
    return MailDate.instant(year: day.year, month: day.month, day: day.day, seconds: seconds - zone)
  }

  private func number(_ index: Int) -> (value: Int, digits: Int)? {
    guard items.indices.contains(index), case .number(let value, let digits) = items[index] else { return nil }
    return (value, digits)
  }

  private func word(_ index: Int) -> String? {
    guard items.indices.contains(index), case .word(let word) = items[index] else { return nil }
    return word
  }

  // MARK: - Time

  /// The first `9:15` or `9:15:00`; with dots only as `9.15.00`. Seconds are nil when it is no time of a day.
  private func time(_ mark: UInt8) -> (range: Range<Int>, seconds: Int?)? {
    for index in items.indices {
      guard let hour = number(index), hour.digits <= 2, items.indices.contains(index + 1),
        items[index + 1] == .sign(mark), let minute = number(index + 2), minute.digits <= 2
      else { continue }
      var end = index + 3
      var second = 0
      if items.indices.contains(end), items[end] == .sign(mark), let found = number(end + 1), found.digits <= 2 {
        second = found.value
        end += 2
      } else if mark != UInt8(ascii: ":") {
        continue
      }
      // Parts of a second.
      if items.indices.contains(end), items[end] == .sign(46), number(end + 1) != nil { end += 2 }
      var hours = hour.value
      if let word = word(end), word == "am" || word == "pm", (1...12).contains(hours) {
        hours = hours % 12 + (word == "pm" ? 12 : 0)
        end += 1
      }
      let fits = hours <= 24 && minute.value < 60 && second <= 60
      return (index..<end, fits ? hours * 3_600 + minute.value * 60 + min(second, 59) : nil)
    }
    return nil
  }

  // MARK: - Day

  private func day(before: Int, after: Int) -> (year: Int, month: Int, day: Int)? {
    var numbers: [(value: Int, digits: Int)] = []
    var month: Int?
    for index in items.indices.prefix(before) {
      if let found = number(index) { numbers.append(found) }
      // The last one: "mar, 3 nov" begins with a Tuesday.
      if let word = word(index) { month = Self.month(word) ?? month }
    }
    // `Tue Nov  3 09:15:00 2026 +0700`
    if numbers.count == (month == nil ? 2 : 1) {
      let later = items.indices.dropFirst(after).first { index in
        number(index)?.digits == 4 && (index == 0 || items[index - 1] != .sign(43) && items[index - 1] != .sign(45))
      }
      if let later, let year = number(later) { numbers.append(year) }
    }
    if let month {
      guard numbers.count >= 2 else { return nil }
      let yearFirst = numbers[0].digits >= 3 || numbers[0].value > 31
      let (year, day) = yearFirst ? (numbers[0], numbers[1]) : (numbers[1], numbers[0])
      return (Self.fullYear(year), month, day.value)
    }
    guard numbers.count >= 3 else { return nil }
    if numbers[0].digits >= 3 { return (Self.fullYear(numbers[0]), numbers[1].value, numbers[2].value) }
    let swapped = numbers[1].value > 12 && numbers[0].value <= 12
    return (
      Self.fullYear(numbers[2]), numbers[swapped ? 0 : 1].value, numbers[swapped ? 1 : 0].value
    )
  }

  /// RFC 5322 §4.3.
  private static func fullYear(_ year: (value: Int, digits: Int)) -> Int {
    switch year.digits {
    case 1, 2: year.value < 50 ? 2_000 + year.value : 1_900 + year.value
    case 3: 1_900 + year.value
    default: year.value
    }
  }

  private static let months = [
    ["january", "januari", "januar"], ["february", "februari", "februar", "pebruari"],
    ["march", "maret", "märz", "mrz"],
    ["april"], ["may", "mei", "mai"], ["june", "juni"], ["july", "juli"], ["august", "agustus", "agt"],
    ["september"], ["october", "oktober"], ["november", "nopember"], ["december", "desember", "dezember"],
  ]

  /// The whole name or its beginning, of at least three letters.
  private static func month(_ word: String) -> Int? {
    guard word.utf8.count >= 3 else { return nil }
    return months.firstIndex { $0.contains { $0.utf8.starts(with: word.utf8) } }.map { $0 + 1 }
  }

  // MARK: - Zone

  /// Seconds east of Greenwich; 0 for what is not known (RFC 5322 §4.3).
  private func zone(after start: Int) -> Int {
    var index = start
    // The year, in the order of `ctime`.
    if number(index)?.digits == 4 { index += 1 }
    var named = 0
    if let word = word(index) {
      named = Self.zones[word] ?? 0
      guard ["gmt", "utc", "ut"].contains(word) else { return named }
      index += 1
    }
    guard items.indices.contains(index), items[index] == .sign(43) || items[index] == .sign(45),
      let number = number(index + 1)
    else { return named }
    var hours = number.value
    var minutes = 0
    if number.digits >= 3 {
      (hours, minutes) = (number.value / 100, number.value % 100)
    } else if items.indices.contains(index + 2), items[index + 2] == .sign(58), let found = self.number(index + 3) {
      minutes = found.value
    }
    guard hours < 24, minutes < 60 else { return named }
    let east = hours * 3_600 + minutes * 60
    return items[index] == .sign(45) ? -east : east
  }

  private static let zones: [String: Int] = [
    "wib": 7, "wita": 8, "wit": 9, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8,
    "pdt": -7,
    "akst": -9, "hst": -10, "bst": 1, "wet": 0, "west": 1, "met": 1, "mez": 1, "cet": 1, "mesz": 2, "mest": 2,
    "cest": 2,
    "eet": 2, "eest": 3, "msk": 3, "jst": 9, "kst": 9, "hkt": 8, "sgt": 8, "myt": 8, "awst": 8, "aest": 10, "aedt": 11,
    "nzst": 12, "nzdt": 13,
  ].mapValues { $0 * 3_600 }
}
