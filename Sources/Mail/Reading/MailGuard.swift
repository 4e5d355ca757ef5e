import Foundation

/// The gate before GMime: repairs what GMime misreads and takes the sting out of what would harm it. Two linear
/// passes. What was done is told in `problems`; nothing is thrown away but what lies over a bound.
///
/// - Nested address groups (`From: g:g:g:…`, 120 KB) overflow GMime's stack, in inner messages too: beyond `colons` in
///   one unfolded address field the further colons become spaces, and the message is `wild` (see `GroupBomb`).
/// - 100,000 parts cost 150 MB: lines that can be boundaries are counted, headers of parts bounded.
/// - Lone CR and NUL in the outer header mean different things to different readers (parser differentials).
/// - A file with only CR as line end (classic Mac) is one header line to GMime.
/// - Before the header may stand the line of an mbox, or lines that some gateway put there: GMime would take the
///   whole message for text.
struct MailGuard {
  static let colons = 1_000
  static let boundaryLines = 10_000
  static let dashLines = 50_000
  /// Header fields of all parts and inner messages together; GMime needs 3 µs and much memory for each.
  static let innerFields = 50_000
  /// Bytes of one unfolded field of a part.
  static let innerLine = 64 << 10

  private(set) var bytes: [UInt8] = []
  private(set) var problems: [String] = []
  /// Reason for quarantine; the repaired message is harmless but was built to harm.
  private(set) var wild: String?
  private var fields = 0
  private var boundaries = 0
  private var dashes = 0
  private var dropping = false
  private var inner = PartHeaders()

  init(_ raw: [UInt8]) {
    var source = raw[...]
    if source.count > MailLimits.message {
      source = source.prefix(MailLimits.message)
      note("message_too_large")
    }
    if source.starts(with: [0xEF, 0xBB, 0xBF]) { source = source.dropFirst(3) }
    var text = source.drop { $0 == 10 || $0 == 13 }
    if text.isEmpty { return }
    if text.count < source.count { note("leading_blank_lines") }
    bytes.reserveCapacity(text.count)
    if !text.contains(10), text.contains(13) {
      note("bare_cr_line_ends")
      text = text.map { $0 == 13 ? 10 : $0 }[...]
    }
    let header = FirstLines.header(text)
    if header.junk { note("junk_before_header") }
    pass(text[header.start...])
    if GroupBomb.disarm(&bytes, keeping: Self.colons) { wild = "address_group_bomb" }
  }

  private mutating func note(_ problem: String) {
    if !problems.contains(problem) { problems.append(problem) }
  }

  /// Copies: the outer header line by line, of the body only what can be a header of a part.
  private mutating func pass(_ source: ArraySlice<UInt8>) {
    var start = source.startIndex
    var inHeader = true
    while inHeader, start < source.endIndex {
      let line = source[start..<Self.lineEnd(source, start)]
      start = line.endIndex
      if Self.isBlank(line) {
        inHeader = false
        inner.outerEnds()
        bytes.append(contentsOf: line)
      } else {
        header(line)
      }
    }
    while start < source.endIndex {
      guard inner.open else {
        // Nothing but a line that begins with "--" opens a header again.
        let next = Self.dashLine(source, start)
        bytes.append(contentsOf: source[start..<next])
        start = next
        if start < source.endIndex { inner.boundary() }
        continue
      }
      let line = source[start..<Self.lineEnd(source, start)]
      start = line.endIndex
      if !body(line) { return }
    }
  }

  private static func isBlank(_ line: ArraySlice<UInt8>) -> Bool {
    line.first == 10 || (line.count == 2 && line.first == 13)
  }

  /// Index after the next LF.
  static func lineEnd(_ source: ArraySlice<UInt8>, _ start: Int) -> Int {
    source[start...].withUnsafeBytes { rest in
      guard let base = rest.baseAddress, let hit = memchr(base, 10, rest.count) else { return source.endIndex }
      return start + base.distance(to: UnsafeRawPointer(hit)) + 1
    }
  }

  /// Index of the next line that begins with "--".
  private static func dashLine(_ source: ArraySlice<UInt8>, _ start: Int) -> Int {
    if source[start...].starts(with: [45, 45]) { return start }
    var at = start
    while at < source.endIndex {
      at = lineEnd(source, at)
      if at + 1 < source.endIndex, source[at] == 45, source[at + 1] == 45 { return at }
    }
    return source.endIndex
  }

  private mutating func header(_ line: ArraySlice<UInt8>) {
    let folded = line.first == 32 || line.first == 9
    if !folded {
      fields += 1
      dropping = fields > MailLimits.fields
    }
    if bytes.count + line.count > MailLimits.header { dropping = true }
    if dropping { return note("header_too_large") }
    inner.outer(line, folded: folded)
    var rest = line
    // `From : a` is a From to some readers and nothing to others (obsolete syntax, RFC 5322 §4.5).
    if !folded, let colon = line.firstIndex(of: 58), colon > line.startIndex,
      line[colon - 1] == 32 || line[colon - 1] == 9
    {
      let name = line[..<colon].reversed().drop { $0 == 32 || $0 == 9 }.reversed()
      if !name.contains(where: { $0 <= 32 }) {
        bytes.append(contentsOf: name)
        rest = line[colon...]
      }
    }
    for (index, byte) in rest.enumerated() {
      let endsLine = byte == 13 && index == rest.count - 2
      if byte == 0 || (byte == 13 && !endsLine) {
        note("control_in_header")
        bytes.append(32)
      } else {
        bytes.append(byte)
      }
    }
  }

  /// False when the rest of the message is to be cut.
  private mutating func body(_ line: ArraySlice<UInt8>) -> Bool {
    if line.starts(with: [45, 45]) {
      dashes += 1
      let rest = line.dropFirst(2)
      if rest.first != 32, rest.contains(where: { $0 != 45 && $0 != 10 && $0 != 13 }) { boundaries += 1 }
      if boundaries > Self.boundaryLines || dashes > Self.dashLines {
        note("too_many_parts")
        return false
      }
      inner.boundary()
    } else if Self.isBlank(line) {
      inner.blank()
    } else if !inner.take(line) {
      note("part_header_too_large")
      if GroupBomb.isBomb(line, beyond: Self.colons) { wild = "address_group_bomb" }
      return true
    }
    bytes.append(contentsOf: line)
    return true
  }
}

/// Follows where GMime may read a header in the body: behind a line that can be a boundary, and behind the empty line
/// of a header that announces a message (message/rfc822, or any part of multipart/digest). It may see more headers
/// than there are, never fewer.
private struct PartHeaders {
  /// How many headers may still follow one another from here.
  private var left = 0
  private var announced = 0
  private var digest = false
  private var inContentType = false
  private var inField = false
  private var fields = 0
  private var length = 0

  var open: Bool { left > 0 }

  mutating func outer(_ line: ArraySlice<UInt8>, folded: Bool) {
    read(line, folded: folded)
  }

  mutating func outerEnds() {
    left = announced
    announced = 0
  }

  mutating func boundary() {
    left = digest ? 2 : 1
    announced = 0
    inField = false
  }

  mutating func blank() {
    left += announced - 1
    announced = 0
    inField = false
  }

  /// False when the line is over a bound and is to be left out.
  mutating func take(_ line: ArraySlice<UInt8>) -> Bool {
    let folded = line.first == 32 || line.first == 9
    if !folded {
      inField = Self.isField(line)
      length = 0
      if inField { fields += 1 }
    }
    read(line, folded: folded)
    guard inField else { return true }
    length += line.count
    return fields <= MailGuard.innerFields && length <= MailGuard.innerLine
  }

  private mutating func read(_ line: ArraySlice<UInt8>, folded: Bool) {
    if !folded { inContentType = Self.mentions(line.prefix(14), "content-type") }
    guard inContentType, line.count < 4_000 else { return }
    if Self.mentions(line, "message") { announced = 1 }
    if Self.mentions(line, "digest") { digest = true }
  }

  /// `Name:` with anything between them that GMime lets pass.
  private static func isField(_ line: ArraySlice<UInt8>) -> Bool {
    guard let end = line.firstIndex(where: { $0 <= 32 || $0 == 58 || $0 == 127 }), end > line.startIndex else {
      return false
    }
    return line[end...].first { $0 != 32 && $0 != 9 } == 58
  }

  private static func mentions(_ line: ArraySlice<UInt8>, _ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard line.count >= count else { return false }
    return line.indices.dropLast(count - 1).contains { start in
      word.withUTF8Buffer { letters in zip(line[start...], letters).allSatisfy { $0 | 32 == $1 | 32 } }
    }
  }
}
