import Foundation

/// The gate before GMime: one linear pass that repairs what GMime misreads and takes the sting out of what
/// would harm it. What was done is told in `problems`; nothing is thrown away but what lies over a bound.
///
/// - Nested address groups (`From: g:g:g:…`, 120 KB) overflow GMime's stack, in inner messages too: beyond
///   `colons` in one unfolded header-like line the further colons become spaces, and the message is `wild`.
/// - 100,000 parts cost 150 MB: lines that can be boundaries are counted.
/// - Lone CR and NUL in the outer header mean different things to different readers (parser differentials).
/// - A file with only CR as line end (classic Mac) is one header line to GMime.
struct MailGuard {
  static let colons = 1_000
  static let boundaryLines = 10_000
  static let dashLines = 50_000
  /// Header fields of all parts and inner messages together; GMime needs 3 µs and much memory for each.
  static let innerFields = 50_000
  /// Bytes of one unfolded header-like line of a part.
  static let innerLine = 64 << 10

  private(set) var bytes: [UInt8] = []
  private(set) var problems: [String] = []
  /// Reason for quarantine; the repaired message is harmless but was built to harm.
  private(set) var wild: String?
  private var fields = 0
  private var boundaries = 0
  private var dashes = 0
  private var dropping = false
  private var innerFields = 0
  private var inPart = false
  private var holdsMessage = false
  private var innerLine = 0

  init(_ raw: [UInt8]) {
    var source = raw[...]
    if source.count > MailLimits.message {
      source = source.prefix(MailLimits.message)
      note("message_too_large")
    }
    if source.starts(with: [0xEF, 0xBB, 0xBF]) { source = source.dropFirst(3) }
    let text = source.drop { $0 == 10 || $0 == 13 }
    if text.isEmpty { return }
    if text.count < source.count { note("leading_blank_lines") }
    bytes.reserveCapacity(text.count)
    if !text.contains(10), text.contains(13) {
      note("bare_cr_line_ends")
      pass(text.map { $0 == 13 ? 10 : $0 }[...])
    } else {
      pass(text)
    }
  }

  private mutating func note(_ problem: String) {
    if !problems.contains(problem) { problems.append(problem) }
  }

  /// Copies line by line; a logical line is a line with the folded lines after it.
  private mutating func pass(_ source: ArraySlice<UInt8>) {
    var logical = 0
    var inHeader = true
    var first = true
    var start = source.startIndex
    while start < source.endIndex {
      let end = lineEnd(source, start)
      let line = source[start..<end]
      start = end
      // mbox envelope before the header.
      if first, line.starts(with: "From ".utf8), line.dropFirst(5).first(where: { $0 != 32 && $0 != 9 }) != 58 {
        first = false
        continue
      }
      first = false
      let folded = line.first == 32 || line.first == 9
      let blank = line.first == 10 || (line.count == 2 && line.first == 13)
      if !folded {
        finish(from: logical, inHeader: inHeader)
        logical = bytes.count
      }
      if blank, inHeader {
        inHeader = false
        inPart = true
      }
      if inHeader { header(line, folded: folded) } else if !body(line) { return }
    }
    finish(from: logical, inHeader: inHeader)
  }

  /// A logical line is whole: a header field, one of a part, or just text.
  private mutating func finish(from start: Int, inHeader: Bool) {
    // No slice of `bytes` may live on while `bytes` changes: it would be copied whole, for every line.
    let count = bytes.count - start
    if count > 2 * Self.colons { disarm(from: start) }
    guard
      inHeader || (count < Self.innerLine && asciiLowercased(bytes[start...].prefix(8)).elementsEqual("content-".utf8)),
      let repaired = EncodedWords.withoutPadding(bytes[start...])
    else { return }
    bytes.removeLast(count)
    bytes.append(contentsOf: repaired)
  }

  /// Index after the next LF.
  private func lineEnd(_ source: ArraySlice<UInt8>, _ start: Int) -> Int {
    source[start...].withUnsafeBytes { rest in
      guard let base = rest.baseAddress, let hit = memchr(base, 10, rest.count) else { return source.endIndex }
      return start + base.distance(to: UnsafeRawPointer(hit)) + 1
    }
  }

  private mutating func header(_ line: ArraySlice<UInt8>, folded: Bool) {
    if !folded {
      fields += 1
      dropping = fields > MailLimits.fields
    }
    if bytes.count + line.count > MailLimits.header { dropping = true }
    if dropping { return note("header_too_large") }
    if line.count < 2_000, Self.names(line, "message/") { holdsMessage = true }
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

  /// Follows the headers of parts: they begin after a line that can be a boundary and, for message/rfc822,
  /// after the blank line that ends the header around. False when the line is over a bound.
  private mutating func inner(_ line: ArraySlice<UInt8>) -> Bool {
    if line.first == 10 || (line.first == 13 && line.count == 2) {
      inPart = holdsMessage
      holdsMessage = false
      return true
    }
    let folded = line.first == 32 || line.first == 9
    if !folded {
      guard let end = line.firstIndex(where: { $0 <= 32 || $0 == 58 || $0 == 127 }), line[end] != 10 else {
        inPart = false
        return true
      }
      guard line[end...].first(where: { $0 != 32 && $0 != 9 }) == 58 else {
        inPart = false
        return true
      }
      innerFields += 1
      innerLine = 0
    }
    innerLine += line.count
    if line.count < 2_000, Self.names(line, "message/") { holdsMessage = true }
    guard innerFields <= Self.innerFields, innerLine <= Self.innerLine else {
      note("part_header_too_large")
      if line.count > Self.innerLine, line.reduce(0, { $0 + ($1 == 58 ? 1 : 0) }) > Self.colons {
        wild = "address_group_bomb"
      }
      return false
    }
    return true
  }

  private static func names(_ line: ArraySlice<UInt8>, _ word: String) -> Bool {
    let lower = asciiLowercased(line)
    let letters = Array(word.utf8)
    return lower.indices.contains { lower[$0] == letters.first && lower[$0...].starts(with: letters) }
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
    }
    if line.starts(with: [45, 45]) {
      inPart = true
      holdsMessage = false
    } else if inPart, !inner(line) {
      return true
    }
    bytes.append(contentsOf: line)
    return true
  }

  /// Blanks the colons beyond the bound in the header-like logical line that starts at `start`.
  private mutating func disarm(from start: Int) {
    guard let colon = bytes[start...].firstIndex(of: 58) else { return }
    let header = bytes[start..<colon].allSatisfy { byte in
      switch byte {
      case 48...57, 65...90, 97...122, 45, 32, 9, 10, 13: true
      default: false
      }
    }
    guard header else { return }
    var seen = 0
    for index in start..<bytes.count where bytes[index] == 58 {
      seen += 1
      if seen > Self.colons {
        bytes[index] = 32
        wild = "address_group_bomb"
      }
    }
  }
}
