/// Lists of mailboxes (RFC 5322 §3.4 and the obsolete forms of §4.4) as people and programs write them.
///
/// Enters: the raw value of an address field. Leaves: its mailboxes in order, groups flattened, each with whatever
/// stood there; whether an address is fit for anything is asked elsewhere. Two linear passes, no recursion.
///
/// Read beyond the standard: `Name a@b` without brackets, `a@b; c@d`, `"a@b"`, a comma or bracket in an encoded word,
/// quotes and brackets that never close, bytes beyond ASCII. A comment within a name stays with it, a comment
/// elsewhere is the name when there is no other.
/// Own code because GMime's reader recurses into nested groups until the stack is gone, and drops names in comments.
struct AddressList {
  private(set) var mailboxes: [MailAddress] = []
  /// More mailboxes than the limit stood there.
  private(set) var over = false

  private let tokens: [AddressToken]
  private let fallback: String?
  private let limit: Int
  private var phrase: [AddressToken] = []
  private var comments: [[UInt8]] = []
  /// Content of the angle brackets of the mailbox at hand.
  private var angle: [UInt8]?

  /// - Parameter fallback: a character set for bytes beyond ASCII that are no UTF-8.
  init(_ raw: [UInt8], fallback: String? = nil, limit: Int = MailLimits.addresses) {
    tokens = AddressToken.scan(raw)
    self.fallback = fallback
    self.limit = limit
    run()
  }

  private mutating func run() {
    var at = 0
    while at < tokens.count, !over {
      let token = tokens[at]
      at += 1
      switch token.kind {
      case .comment: comments.append(token.bytes)
      case .sign(44), .sign(59): finish()
      case .sign(58):
        // What stands before it names a group; "a@b:c" does not.
        if angle == nil, !phrase.contains(where: { $0.kind == .sign(64) }) { clear() } else { phrase.append(token) }
      case .sign(60):
        if angle != nil { finish() }
        at = readAngle(from: at)
      case .sign(62): continue
      default: phrase.append(token)
      }
    }
    if !over { finish() }
  }

  private mutating func clear() {
    phrase = []
    comments = []
    angle = nil
  }

  /// To the ">", or to the comma where it was forgotten; a second "<" begins anew.
  private mutating func readAngle(from start: Int) -> Int {
    var at = start
    var parts: [AddressToken] = []
    let opened = comments.count
    scan: while at < tokens.count {
      let token = tokens[at]
      switch token.kind {
      case .sign(62):
        at += 1
        break scan
      case .sign(60): parts = []
      case .sign(44), .sign(59):
        // A route has commas before its colon (RFC 5322 §4.4).
        guard parts.first?.kind == .sign(64) else { break scan }
        parts.append(token)
      case .comment: comments.append(token.bytes)
      default: parts.append(token)
      }
      at += 1
    }
    angle = Self.joined(Self.withoutRoute(parts))
    commentsBeforeAngle = opened
    return at
  }

  private var commentsBeforeAngle = 0

  private static func withoutRoute(_ parts: [AddressToken]) -> [AddressToken] {
    guard parts.first?.kind == .sign(64), let colon = parts.lastIndex(where: { $0.kind == .sign(58) }) else {
      return parts
    }
    return Array(parts[(colon + 1)...])
  }

  /// As written, white space around "." and "@" taken out.
  private static func joined(_ parts: some Sequence<AddressToken>) -> [UInt8] {
    var out: [UInt8] = []
    var glue = true
    for part in parts {
      if part.spaced, !glue, !part.joins { out.append(32) }
      out.append(contentsOf: part.raw)
      glue = part.joins
    }
    return out
  }

  private mutating func finish() {
    defer { clear() }
    if let angle {
      let inPhrase = comments.prefix(commentsBeforeAngle)
      return add(angle, name: name(of: phrase, inPhrase: Array(inPhrase)))
    }
    let chunks = chunks()
    let addresses = chunks.filter { $0.contains { $0.kind == .sign(64) } }
    guard !addresses.isEmpty else { return finishWithoutAt() }
    let others = chunks.filter { !$0.contains { $0.kind == .sign(64) } }.flatMap(\.self)
    for chunk in addresses { add(Self.joined(chunk), name: name(of: others, inPhrase: [])) }
  }

  /// `"a@b"` is an address in the wrong quotes; `root` is one of this house; other words are kept as they are.
  private mutating func finishWithoutAt() {
    if phrase.count == 1, let only = phrase.first, only.kind == .quoted, only.bytes.contains(64) {
      return add(only.bytes, name: name(of: [], inPhrase: []))
    }
    guard !phrase.isEmpty else { return }
    let words = Array(EncodedWords.decode(words(of: phrase), fallback: fallback).utf8)
    add(words, name: name(of: [], inPhrase: []))
  }

  /// The phrase cut at white space, but not beside "." and "@".
  private func chunks() -> [[AddressToken]] {
    var chunks: [[AddressToken]] = []
    var glue = false
    for token in phrase {
      if chunks.isEmpty || token.spaced && !glue && !token.joins {
        chunks.append([token])
      } else {
        chunks[chunks.count - 1].append(token)
      }
      glue = token.joins
    }
    return chunks
  }

  private func words(of tokens: [AddressToken]) -> [UInt8] {
    var out: [UInt8] = []
    for token in tokens {
      if token.spaced, !out.isEmpty { out.append(32) }
      out.append(contentsOf: token.bytes)
    }
    return out
  }

  private func name(of phrase: [AddressToken], inPhrase: [[UInt8]]) -> String {
    let name = EncodedWords.decode(words(of: phrase), fallback: fallback)
    if CleanText.isBlank(name) {
      return comments.map { EncodedWords.decode($0, fallback: fallback) }.joined(separator: " ")
    }
    return inPhrase.reduce(name) { $0 + " (" + EncodedWords.decode($1, fallback: fallback) + ")" }
  }

  private mutating func add(_ address: [UInt8], name: String) {
    let text = TextDecoding.decode(address, charset: nil, fallback: fallback).text
    let clean = CleanText.line(text, limit: 1_000)
    guard !clean.isEmpty else { return }
    guard mailboxes.count < limit else {
      over = true
      return
    }
    mailboxes.append(MailAddress(name: CleanText.line(name), address: clean))
  }
}

/// A piece of an address field.
struct AddressToken: Equatable {
  enum Kind: Equatable {
    case atom
    case quoted
    case comment
    /// One of `< > , ; : @ .`
    case sign(UInt8)
  }

  var kind: Kind
  /// Without quotes, brackets of a comment, or backslashes.
  var bytes: [UInt8]
  /// As it stood.
  var raw: [UInt8]
  /// White space stood before it.
  var spaced: Bool

  /// Holds together what stands around it.
  var joins: Bool { kind == .sign(64) || kind == .sign(46) }

  static func scan(_ source: [UInt8]) -> [AddressToken] {
    // Unfolding takes the line ends away and nothing else (RFC 5322 §2.2.3).
    let line = source.filter { $0 != 10 && $0 != 13 && $0 != 0 }.map { $0 == 9 ? 32 : $0 }
    var scanner = AddressScanner(line: line)
    return scanner.run()
  }
}

/// Cuts an address field into tokens.
private struct AddressScanner {
  let line: [UInt8]
  private var at = 0
  private var spaced = false
  private var tokens: [AddressToken] = []
  /// Once one of them was found open to the end, the rest is not searched again: each search would cost the whole line.
  private var openQuote = false
  private var openComment = false

  init(line: [UInt8]) { self.line = line }

  mutating func run() -> [AddressToken] {
    while at < line.count {
      let byte = line[at]
      switch byte {
      case 32:
        spaced = true
        at += 1
      case 34: if !quoted() { literal() }
      case 40: if !comment() { literal() }
      case 44, 46, 58, 59, 60, 62, 64:
        push(.sign(byte), [byte], at + 1)
      default: atom()
      }
    }
    return tokens
  }

  private mutating func push(_ kind: AddressToken.Kind, _ bytes: [UInt8], _ end: Int) {
    tokens.append(AddressToken(kind: kind, bytes: bytes, raw: Array(line[at..<end]), spaced: spaced))
    spaced = false
    at = end
  }

  /// A quote or bracket without its other half stands for itself, in the middle of whatever is there.
  private mutating func literal() {
    push(.atom, [line[at]], at + 1)
  }

  private mutating func quoted() -> Bool {
    guard !openQuote else { return false }
    var bytes: [UInt8] = []
    var end = at + 1
    while end < line.count, line[end] != 34 {
      if line[end] == 92, end + 1 < line.count { end += 1 }
      bytes.append(line[end])
      end += 1
    }
    guard end < line.count else {
      openQuote = true
      return false
    }
    push(.quoted, bytes, end + 1)
    return true
  }

  private mutating func comment() -> Bool {
    guard !openComment else { return false }
    var bytes: [UInt8] = []
    var depth = 1
    var end = at + 1
    while end < line.count {
      let byte = line[end]
      if byte == 92, end + 1 < line.count {
        end += 1
        bytes.append(line[end])
      } else {
        if byte == 40 { depth += 1 }
        if byte == 41 { depth -= 1 }
        if depth == 0 { break }
        bytes.append(byte)
      }
      end += 1
    }
    guard depth == 0 else {
      openComment = true
      return false
    }
    push(.comment, bytes, end + 1)
    return true
  }

  private mutating func atom() {
    var end = at
    if line[at] == 61, let word = EncodedWords.wordEnd(line, at) {
      end = word
    } else if line[at] == 91, let close = line[at...].prefix(300).firstIndex(of: 93) {
      // A domain literal holds colons.
      end = close + 1
    } else {
      end += 1
      while end < line.count {
        let byte = line[end]
        if byte <= 32 || byte == 34 || byte == 40 || byte == 91 || [44, 46, 58, 59, 60, 62, 64].contains(byte) {
          break
        }
        if byte == 61, end + 1 < line.count, line[end + 1] == 63 { break }
        end += 1
      }
    }
    push(.atom, Array(line[at..<end]), end)
  }
}
