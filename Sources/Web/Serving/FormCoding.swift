// Queries and URL-encoded forms, decoded on bytes. Never traps, whatever comes.
// WHATWG URL §5.1: pairs at `&`, name to the first `=`, `+` is a space, `%XX` a byte; bad escapes stay as they are.
// Invalid UTF-8 becomes U+FFFD, NUL disappears.

import Hummingbird

enum FormCoding {
  /// The pairs of `bytes`; nil when there are more than `limit` of them.
  static func pairs(_ bytes: some Collection<UInt8>, limit: Int) -> [(String, String)]? {
    var pairs: [(String, String)] = []
    for part in bytes.split(separator: 38) {
      if pairs.count >= limit { return nil }
      let cut = part.firstIndex(of: 61)
      let name = decode(part[..<(cut ?? part.endIndex)])
      let value = cut.map { decode(part[part.index(after: $0)...]) } ?? ""
      pairs.append((name, value))
    }
    return pairs
  }

  /// Percent-encoding and plus signs resolved.
  static func decode(_ bytes: some Collection<UInt8>) -> String {
    var out: [UInt8] = []
    var hex: [UInt8] = []
    var isOpen = false
    for byte in bytes {
      if isOpen {
        if let digit = digit(byte) {
          hex.append(digit)
          if hex.count == 2 {
            out.removeLast(2)
            out.append(hex[0] << 4 | hex[1])
            isOpen = false
            continue
          }
          out.append(byte)
          continue
        }
        isOpen = false
      }
      if byte == 37 {
        isOpen = true
        hex = []
      }
      out.append(byte == 43 ? 32 : byte)
    }
    return text(out)
  }

  /// Bytes as text: invalid UTF-8 replaced, NUL removed.
  static func text(_ bytes: some Collection<UInt8>) -> String {
    String(decoding: bytes.filter { $0 != 0 }, as: UTF8.self)
  }

  static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70: byte - 55
    case 97...102: byte - 87
    default: nil
    }
  }
}

/// The query of a request. At most 100 pairs in 8 KB; what is beyond is as if it were not there.
struct Query: Sendable {
  let pairs: [(String, String)]

  init(_ pairs: [(String, String)] = []) { self.pairs = pairs }

  init(of request: Request) {
    let query = request.uri.query ?? ""
    pairs = query.utf8.count <= 8_192 ? FormCoding.pairs(Array(query.utf8), limit: 100) ?? [] : []
  }

  /// The first value called `name`, at most 1,000 bytes.
  subscript(name: String) -> String? {
    pairs.first { $0.0 == name && $0.1.utf8.count <= 1_000 }?.1
  }

  /// A whole number within `range`; nil for anything else.
  func int(_ name: String, in range: ClosedRange<Int>) -> Int? {
    self[name].flatMap { Int($0) }.flatMap { range.contains($0) ? $0 : nil }
  }

  /// Where to go on after signing in: an own path under one of `prefixes`, of plain segments only; else nil.
  func returnPath(_ name: String, under prefixes: [StaticString]) -> Link? {
    guard let path = self[name], path.utf8.first == 47 else { return nil }
    let segments = path.utf8.dropFirst().split(separator: 47, omittingEmptySubsequences: false)
    for segment in segments {
      guard !segment.isEmpty, segment.contains(where: { $0 != 46 }),
        segment.allSatisfy({
          ((48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || [45, 46, 95].contains($0))
        })
      else { return nil }
    }
    guard
      prefixes.contains(where: { path == $0.description || path.utf8.starts(with: ($0.description + "/").utf8) })
    else { return nil }
    return Link(path: "/", segments: segments.map { String(decoding: $0, as: UTF8.self) }, query: [])
  }
}
