/// Which addresses a notice says have failed, and in which words.
///
/// Enters: a notice; the addresses that its header names (X-Failed-Recipients); the addresses that are ours and
/// therefore hardly failed. Leaves: at most `limit` addresses, each with the lines that are about it. Mail systems
/// write them in few ways, asked in this order: a line that begins with the address, an SMTP command, an address
/// after a label such as `Recipient:`, an address anywhere.
struct FailedRecipients {
  struct Entry: Equatable {
    var address: String
    /// What the notice says of it; all of the notice when it names one address only.
    var words: [UInt8]
    /// The most telling part of `words` on one line, without the address itself.
    var diagnostic: String?
  }

  static let limit = 50

  private(set) var entries: [Entry] = []

  init(_ notice: BounceNotice, named: [String], ours: Set<String>) {
    let mentions = Mentions(notice.lines)
    let addresses = named.isEmpty ? mentions.chosen(without: ours) : Array(named.prefix(Self.limit))
    let places = addresses.map { mentions.place(of: $0) }
    let whole = notice.text
    for (address, place) in zip(addresses, places) {
      let next = places.compactMap { $0 }.filter { $0 > place ?? .max }.min() ?? notice.lines.count
      let own = place.map { BounceNotice.join(notice.lines[$0..<next]) }
      let words = addresses.count == 1 ? whole : own ?? whole
      let said =
        NoticeDiagnostic.coded(words) ?? own.flatMap { NoticeDiagnostic.after(address, in: $0) }
        ?? NoticeDiagnostic.before(place, notice.lines)
      entries.append(Entry(address: address, words: words, diagnostic: said))
    }
  }
}

/// Addresses of a notice and where they stand.
private struct Mentions {
  private var listed: [(address: String, line: Int)] = []
  private var commanded: [(address: String, line: Int)] = []
  private var labelled: [(address: String, line: Int)] = []
  private var anywhere: [(address: String, line: Int)] = []
  /// First line of each address, in lower case; a line that begins with it before any other.
  private var places: [String: Int] = [:]
  /// Indent and bracket of the first listed address: a list is written in one manner.
  private var manner: (indent: Int, bracket: Bool)?

  init(_ lines: [BounceNotice.Line]) {
    for (number, line) in lines.enumerated() where !line.cited && line.bytes.count < 2_000 {
      let found = LooseAddress.all(in: line.bytes)
      guard let first = found.first else { continue }
      if let manner = Self.manner(of: first, in: line.bytes) {
        if self.manner == nil { self.manner = manner }
        if let own = self.manner, own == manner { listed.append((first.address, number)) }
      }
      for address in found.prefix(5) {
        let before = line.bytes[line.bytes.startIndex..<address.start]
        let words = WordPatterns<Bool>.words(Array(before.suffix(80)))
        if words.suffix(2).elementsEqual([Array("rcpt".utf8), Array("to".utf8)]) {
          commanded.append((address.address, number))
        } else if Self.labels(words) {
          labelled.append((address.address, number))
        } else if !Self.helps(words) {
          anywhere.append((address.address, number))
        }
      }
    }
    for (address, line) in listed + commanded + labelled + anywhere {
      let key = asciiLowercased(address)
      if places[key] == nil { places[key] = line }
    }
  }

  /// The best list that holds an address which is not ours; when all are ours, the best list.
  func chosen(without ours: Set<String>) -> [String] {
    let lists = [listed, commanded, labelled]
    for list in lists {
      let others = Self.distinct(list.map(\.address).filter { !ours.contains(asciiLowercased($0)) })
      if !others.isEmpty { return others }
    }
    if let other = anywhere.first(where: { !ours.contains(asciiLowercased($0.address)) }) { return [other.address] }
    return Self.distinct((lists.first { !$0.isEmpty } ?? []).map(\.address))
  }

  func place(of address: String) -> Int? { places[asciiLowercased(address)] }

  private static func distinct(_ addresses: [String]) -> [String] {
    var seen: Set<String> = []
    return Array(addresses.filter { seen.insert(asciiLowercased($0)).inserted }.prefix(FailedRecipients.limit))
  }

  /// nil unless the line begins with the address, after blanks, a bullet and an opening bracket.
  private static func manner(
    of address: LooseAddress, in line: ArraySlice<UInt8>
  ) -> (indent: Int, bracket: Bool)? {
    let before = line[line.startIndex..<address.start]
    let indent = before.prefix { $0 == 32 || $0 == 9 }.count
    let opening = before.dropFirst(indent)
    guard opening.count <= 6, opening.allSatisfy({ " \t*->#<\"'".utf8.contains($0) || $0 >= 0x80 }) else { return nil }
    var after = line[address.end...]
    while let next = after.first, ">\"'".utf8.contains(next) { after = after.dropFirst() }
    guard let next = after.first else { return (indent, opening.contains(60)) }
    return " \t\r:,;.(<".utf8.contains(next) ? (indent, opening.contains(60)) : nil
  }

  private static func labels(_ words: [[UInt8]]) -> Bool {
    guard !helps(words) else { return false }
    return words.suffix(4).contains { word in
      [
        "recipient", "recipients", "to", "address", "addresses", "for", "user", "mailbox", "failed", "attempts",
        "errors",
      ]
      .contains { word.elementsEqual($0.utf8) }
    }
  }

  /// An address to ask for help, or one that only wrote.
  private static func helps(_ words: [[UInt8]]) -> Bool {
    words.suffix(3).contains { word in
      [
        "contact", "assistance", "support", "help", "questions", "from", "by", "postmaster", "sender", "write",
        "mailto",
      ]
      .contains { word.elementsEqual($0.utf8) }
    }
  }
}

/// An address in running text, read more loosely than `MailAddress.parse`: what a report names has failed already.
struct LooseAddress {
  var address: String
  var start: Int
  var end: Int

  /// Every address of a line; an `@` is looked at once, with at most 64 bytes before and 253 after it.
  static func all(in line: ArraySlice<UInt8>, limit: Int = 50) -> [LooseAddress] {
    var found: [LooseAddress] = []
    for at in line.indices where line[at] == UInt8(ascii: "@") {
      var end = at + 1
      while end < line.endIndex, end - at <= 253, isDomain(line[end]) { end += 1 }
      while end > at + 1, line[end - 1] == 46 || line[end - 1] == 45 { end -= 1 }
      let start = localStart(line, at)
      guard start < at, end > at + 1,
        let text = String(validating: line[start..<end], as: UTF8.self),
        !text.unicodeScalars.contains(where: { CleanText.isControl($0) })
      else { continue }
      found.append(LooseAddress(address: text, start: start, end: end))
      if found.count >= limit { break }
    }
    return found
  }

  private static func localStart(_ line: ArraySlice<UInt8>, _ at: Int) -> Int {
    let first = max(line.startIndex, at - 64)
    var start = at
    if start > first, line[start - 1] == UInt8(ascii: "\"") {
      guard let open = line[first..<(start - 1)].lastIndex(of: UInt8(ascii: "\"")) else { return at }
      return open
    }
    while start > first, isLocal(line[start - 1]) { start -= 1 }
    while start < at, line[start] == UInt8(ascii: "'") { start += 1 }
    return start
  }

  private static func isLocal(_ byte: UInt8) -> Bool {
    byte > 32 && byte != 127 && !"<>()[],;:\"@\\".utf8.contains(byte)
  }

  private static func isDomain(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122, 45, 46, 0x80...: true
    default: false
    }
  }
}
