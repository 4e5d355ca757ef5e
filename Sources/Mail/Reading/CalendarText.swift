/// Calendar parts in words (iCalendar, RFC 5545): what, when, where, by whom.
///
/// Enters: the text of a text/calendar part. Leaves: lines for a person, empty when it holds no event. At most ten
/// events; repetitions are not unrolled, times are told in the zone they name.
enum CalendarText {
  private static let most = 64 << 10

  static func words(_ calendar: String) -> String {
    var events: [[String: (value: String, zone: String)]] = []
    var event: [String: (value: String, zone: String)]?
    var cancelled = false
    for line in unfolded(calendar) {
      guard let (name, parameters, value) = parts(line) else { continue }
      switch (name, asciiLowercased(value)) {
      case ("begin", "vevent"), ("begin", "vtodo"): event = [:]
      case ("end", "vevent"), ("end", "vtodo"):
        if let event, events.count < 10 { events.append(event) }
        event = nil
      case ("method", "cancel"): cancelled = true
      // An alarm within an event has fields of the same names.
      case _ where event?[name] == nil: event?[name] = (value, parameters)
      default: continue
      }
    }
    return events.map { words($0, cancelled: cancelled) }.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private static func words(_ event: [String: (value: String, zone: String)], cancelled: Bool) -> String {
    var lines: [String] = []
    func add(_ label: String, _ value: String) {
      let clean = CleanText.lines(value, limit: 4 << 10).text
      if !CleanText.isBlank(clean) { lines.append(label + ": " + clean) }
    }
    if let summary = event["summary"] { add(cancelled ? "Acara dibatalkan" : "Acara", unescaped(summary.value)) }
    let start = event["dtstart"].map(time) ?? ""
    let end = (event["dtend"] ?? event["due"]).map(time) ?? ""
    add("Waktu", end.isEmpty ? start : start + " – " + end)
    if let place = event["location"] { add("Tempat", unescaped(place.value)) }
    if let host = event["organizer"] {
      let bytes = Array(host.value.utf8)
      let address = asciiLowercased(bytes.prefix(7)).elementsEqual("mailto:".utf8) ? bytes.dropFirst(7) : bytes[...]
      add("Penyelenggara", String(decoding: address, as: UTF8.self))
    }
    if let text = event["description"] { add("Keterangan", unescaped(text.value)) }
    return lines.joined(separator: "\n")
  }

  /// Lines with their folds taken out (§3.1).
  private static func unfolded(_ calendar: String) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    for raw in Array(calendar.utf8.prefix(most)).split(separator: 10) {
      let line = raw.last == 13 ? raw.dropLast() : raw
      if let first = line.first, first == 32 || first == 9, !lines.isEmpty {
        lines[lines.count - 1].append(contentsOf: line.dropFirst())
      } else {
        lines.append(Array(line))
      }
    }
    return lines
  }

  /// `NAME;PARAMETERS:VALUE`; a colon within quotes does not part them. Of the parameters only the zone is told.
  private static func parts(_ line: [UInt8]) -> (name: String, zone: String, value: String)? {
    var quoted = false
    guard
      let colon = line.firstIndex(where: { byte in
        if byte == 34 { quoted.toggle() }
        return byte == 58 && !quoted
      })
    else { return nil }
    let pieces = line[..<colon].split(separator: 59)
    guard let name = pieces.first else { return nil }
    let zone = pieces.dropFirst().first { asciiLowercased($0.prefix(5)).elementsEqual("tzid=".utf8) }
    return (
      String(decoding: asciiLowercased(name), as: UTF8.self),
      CleanText.line(String(decoding: (zone ?? []).dropFirst(5).filter { $0 != 34 }, as: UTF8.self), limit: 100),
      String(decoding: line[(colon + 1)...], as: UTF8.self)
    )
  }

  /// `20261103T091500Z` as `2026-11-03 09:15 UTC` (§3.3.5); anything else as it stands.
  private static func time(_ field: (value: String, zone: String)) -> String {
    let bytes = Array(field.value.utf8)
    let day = bytes.prefix(8)
    let clock = bytes.dropFirst(9).prefix(4)
    guard day.count == 8, (day + clock).allSatisfy({ (48...57).contains($0) }) else {
      return CleanText.line(field.value, limit: 60)
    }
    func text(_ part: some Sequence<UInt8>) -> String { String(decoding: Array(part), as: UTF8.self) }
    var out = text(day.prefix(4)) + "-" + text(day.dropFirst(4).prefix(2)) + "-" + text(day.dropFirst(6))
    guard clock.count == 4, bytes[8] | 32 == 116 else { return out }
    out += " " + text(clock.prefix(2)) + ":" + text(clock.dropFirst(2))
    if bytes.last == UInt8(ascii: "Z") { return out + " UTC" }
    return field.zone.isEmpty ? out : out + " (" + field.zone + ")"
  }

  /// §3.3.11.
  private static func unescaped(_ text: String) -> String {
    var out: [UInt8] = []
    var escaped = false
    for byte in text.utf8 {
      if escaped {
        out.append(byte | 32 == 110 ? 10 : byte)
        escaped = false
      } else if byte == 92 {
        escaped = true
      } else {
        out.append(byte)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}
