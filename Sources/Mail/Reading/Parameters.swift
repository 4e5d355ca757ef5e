/// A value with parameters: Content-Type, Content-Disposition (RFC 2045 §5.1, RFC 2183, RFC 2231).
///
/// Enters: the raw value of the field. Leaves: the value in lower case and its parameters, decoded. Linear.
///
/// Read beyond the standard: comments, values with spaces and no quotes, encoded words in and out of quotes, a quote
/// that never closes, a forgotten ";" before a folded line, pieces out of order, lower and upper case, backslashes of
/// Windows paths, bytes beyond ASCII. Of a parameter given twice the first counts, of its plain and its extended form
/// the extended (RFC 6266 §4.3).
/// Own code because GMime drops a name whose character set it does not know and the pieces behind a gap.
struct Parameters {
  /// `text/plain`, `attachment`.
  private(set) var value = ""
  private var plain: [(name: String, value: [UInt8])] = []
  private let fallback: String?

  private struct Piece {
    var number: Int
    var encoded: Bool
    var bytes: [UInt8]
  }
  private var pieces: [String: [Piece]] = [:]

  /// Of one field; a bound for what is kept, not for what may stand there.
  private static let most = 1_000

  init(_ raw: [UInt8], fallback: String? = nil) {
    self.fallback = fallback
    var scanner = ParameterScanner(raw)
    value = String(decoding: asciiLowercased(scanner.value()), as: UTF8.self)
    var count = 0
    while count < Self.most, let (name, bytes) = scanner.next() {
      count += 1
      keep(name, bytes)
    }
  }

  /// A parameter's value, given its name in lower case.
  subscript(_ name: String) -> String? {
    if let found = extended(name) { return found }
    return plain.first { $0.name == name }.map { EncodedWords.decode($0.value, fallback: fallback) }
  }

  /// `name`, `name*`, `name*1`, `name*1*`.
  private mutating func keep(_ name: [UInt8], _ bytes: [UInt8]) {
    let lower = asciiLowercased(name)
    guard let star = lower.firstIndex(of: 42) else {
      plain.append((String(decoding: lower, as: UTF8.self), bytes))
      return
    }
    let rest = lower[(star + 1)...]
    let digits = rest.prefix { (48...57).contains($0) }
    guard digits.count <= 6 else { return }
    let number = digits.isEmpty ? 0 : Int(String(decoding: digits, as: UTF8.self)) ?? 0
    let encoded = digits.isEmpty || rest.last == 42
    pieces[String(decoding: lower[..<star], as: UTF8.self), default: []].append(
      Piece(number: number, encoded: encoded, bytes: bytes))
  }

  /// The pieces put together; a gap in their numbers is no reason to lose the rest.
  private func extended(_ name: String) -> String? {
    guard let found = pieces[name], !found.isEmpty else { return nil }
    var charset: String?
    var bytes: [UInt8] = []
    var last = -1
    for piece in found.sorted(by: { $0.number < $1.number }) where piece.number != last {
      var content = piece.bytes[...]
      if last == -1, piece.encoded {
        // charset'language'text; with one quote or none, all of it is text.
        let parts = content.split(separator: 39, maxSplits: 2, omittingEmptySubsequences: false)
        if parts.count == 3 {
          charset = String(decoding: parts[0], as: UTF8.self)
          content = parts[2]
        }
      }
      last = piece.number
      bytes += piece.encoded ? Self.percentDecoded(content) : Array(content)
    }
    if charset == nil { return EncodedWords.decode(bytes, fallback: fallback) }
    return TextDecoding.decode(bytes, charset: charset, fallback: fallback).text
  }

  static func percentDecoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var out = [UInt8]()
    out.reserveCapacity(text.count)
    var at = text.startIndex
    while at < text.endIndex {
      let rest = text[(at + 1)...]
      if text[at] == 37, let high = rest.first.flatMap(TransferDecoding.hexValue),
        let low = rest.dropFirst().first.flatMap(TransferDecoding.hexValue)
      {
        out.append(high << 4 | low)
        at += 3
      } else {
        out.append(text[at])
        at += 1
      }
    }
    return out
  }
}

/// Cuts `value; name=value; …` into its pieces.
private struct ParameterScanner {
  private let line: [UInt8]
  private var at = 0
  /// Once a comment was found open to the end, none is looked for again: each search would cost the whole line.
  private var openComment = false

  init(_ raw: [UInt8]) {
    line = raw.filter { $0 != 13 && $0 != 0 }
  }

  /// Up to the first ";" (or a fold behind which a parameter begins), without comments and white space.
  mutating func value() -> [UInt8] {
    var out: [UInt8] = []
    while at < line.count, line[at] != 59 {
      if line[at] == 10, !out.isEmpty, beginsParameter(at + 1) { break }
      if line[at] == 40, skipComment() { continue }
      if line[at] > 32 { out.append(line[at]) }
      at += 1
    }
    return out
  }

  mutating func next() -> (name: [UInt8], value: [UInt8])? {
    while at < line.count {
      let byte = line[at]
      if byte <= 32 || byte == 59 {
        at += 1
      } else if byte == 40, skipComment() {
        continue
      } else {
        let name = name()
        guard at < line.count, line[at] == 61 else { continue }
        at += 1
        let value = content()
        if !name.isEmpty { return (name, value) }
      }
    }
    return nil
  }

  /// To the "=", or behind what is no parameter.
  private mutating func name() -> [UInt8] {
    var out: [UInt8] = []
    while at < line.count, line[at] != 61, line[at] != 59 {
      if line[at] > 32 { out.append(line[at]) }
      at += 1
    }
    return out
  }

  private mutating func content() -> [UInt8] {
    while at < line.count, line[at] <= 32 { at += 1 }
    guard at < line.count else { return [] }
    return line[at] == 34 ? quoted() : bare()
  }

  /// A backslash hides a quote or a backslash; before anything else it is one of a Windows path.
  private mutating func quoted() -> [UInt8] {
    at += 1
    var out: [UInt8] = []
    while at < line.count, line[at] != 34 {
      if line[at] == 92, at + 1 < line.count, line[at + 1] == 34 || line[at + 1] == 92 { at += 1 }
      out.append(line[at])
      at += 1
    }
    at = min(at + 1, line.count)
    return out
  }

  /// To the ";", or to a fold behind which the next parameter begins.
  private mutating func bare() -> [UInt8] {
    var out: [UInt8] = []
    while at < line.count, line[at] != 59 {
      if line[at] == 10, beginsParameter(at + 1) { break }
      if line[at] == 40, out.last == 32, skipComment() { continue }
      out.append(line[at] < 32 ? 32 : line[at])
      at += 1
    }
    while out.last == 32 { out.removeLast() }
    return out
  }

  /// Letters, digits, "-" and "*", then "=" and no second "=": an encoded word begins otherwise.
  private func beginsParameter(_ start: Int) -> Bool {
    let rest = line[start...].prefix(80).drop { $0 <= 32 }
    let name = rest.prefix { byte in
      switch byte {
      case 48...57, 65...90, 97...122, 45, 42: true
      default: false
      }
    }
    return !name.isEmpty && rest.dropFirst(name.count).first == 61
  }

  /// False, and nothing skipped, when it never ends.
  private mutating func skipComment() -> Bool {
    guard !openComment else { return false }
    var depth = 0
    var end = at
    while end < line.count {
      switch line[end] {
      case 92: end += 1
      case 40: depth += 1
      case 41: depth -= 1
      default: break
      }
      end += 1
      if depth == 0 {
        at = min(end, line.count)
        return true
      }
    }
    openComment = true
    return false
  }
}
