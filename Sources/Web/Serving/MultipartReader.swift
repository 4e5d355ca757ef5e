// multipart/form-data (RFC 7578) as it streams in.
//
// In: pieces of a body, cut anywhere. Out: the head of each part, its bytes in pieces, its end. What is kept between
// two calls is at most one delimiter and one part head (8 KB). Linear in the input; nothing in here can trap.

/// Reads one body.
struct MultipartReader: Sendable {
  /// What a part says about itself.
  struct PartHead: Sendable, Equatable {
    let name: String
    /// Nil for a plain field; empty for a file input that was left empty.
    let fileName: String?
    let contentType: String
  }

  enum Event: Sendable, Equatable {
    case part(PartHead)
    case data([UInt8])
    case endOfPart
  }

  private enum State { case preamble, afterDelimiter, body, complete }

  private let delimiter: [UInt8]
  private var state = State.preamble
  private var pending: [UInt8] = [13, 10]

  /// Has the closing delimiter been seen?
  var isComplete: Bool { state == .complete }

  /// - Parameter boundary: from the content type; 1 to 70 bytes (RFC 2046 §5.1.1), nil otherwise.
  init?(boundary: String) {
    guard (1...70).contains(boundary.utf8.count) else { return nil }
    delimiter = [13, 10, 45, 45] + Array(boundary.utf8)
  }

  /// - Throws: 400 when a part head is malformed or longer than 8 KB.
  mutating func feed(_ bytes: some Sequence<UInt8>) throws(WebRefusal) -> [Event] {
    if state == .complete { return [] }
    pending += bytes
    var events: [Event] = []
    var at = 0
    while try step(&at, &events) {}
    pending.removeFirst(at)
    return events
  }

  /// One step from `at`, which moves past what is used up; false when more input is needed.
  private mutating func step(_ at: inout Int, _ events: inout [Event]) throws(WebRefusal) -> Bool {
    switch state {
    case .complete:
      at = pending.count
      return false
    case .preamble, .body:
      let found = find(delimiter, from: at)
      // Without a delimiter all but its possible beginning is content.
      let end = found ?? max(at, pending.count - delimiter.count + 1)
      if state == .body {
        if end > at { events.append(.data(Array(pending[at..<end]))) }
        if found != nil { events.append(.endOfPart) }
      }
      at = end
      guard found != nil else { return false }
      at += delimiter.count
      state = .afterDelimiter
      return true
    case .afterDelimiter:
      guard pending.count >= at + 2 else { return false }
      if pending[at] == 45, pending[at + 1] == 45 {
        state = .complete
        return true
      }
      guard let end = find([13, 10, 13, 10], from: at) else {
        guard pending.count - at <= 8_192 else { throw WebRefusal(.unreadable) }
        return false
      }
      guard end - at <= 8_192, let head = MultipartReader.partHead(pending[at..<end]) else {
        throw WebRefusal(.unreadable)
      }
      events.append(.part(head))
      state = .body
      at = end + 4
      return true
    }
  }

  private func find(_ wanted: [UInt8], from: Int) -> Int? {
    guard let first = wanted.first, pending.count - from >= wanted.count else { return nil }
    return pending.withUnsafeBufferPointer { bytes in
      var at = from
      let last = bytes.count - wanted.count
      while at <= last {
        if bytes[at] == first, wanted.indices.allSatisfy({ bytes[at + $0] == wanted[$0] }) { return at }
        at += 1
      }
      return nil
    }
  }

  private static func partHead(_ bytes: some Collection<UInt8>) -> PartHead? {
    var disposition: HeaderValue?
    var contentType = "application/octet-stream"
    for line in bytes.split(separator: 10) {
      guard let colon = line.firstIndex(of: 58) else { continue }
      let name = HeaderValue.lowered(line[..<colon])
      let value = FormCoding.text(line[line.index(after: colon)...].filter { $0 != 13 })
      if name == "content-disposition" { disposition = HeaderValue(value) }
      if name == "content-type" { contentType = HeaderValue(value).value }
    }
    guard let disposition, disposition.value == "form-data", let name = disposition["name"] else { return nil }
    guard name.utf8.count <= 200 else { return nil }
    return PartHead(name: name, fileName: disposition["filename"].map(bareName), contentType: contentType)
  }

  /// The last part of a path, without control characters, at most 200 bytes.
  private static func bareName(_ name: String) -> String {
    let last = name.utf8.split(whereSeparator: { $0 == 47 || $0 == 92 }).last ?? []
    var out = ""
    for scalar in String(decoding: Array(last), as: UTF8.self).unicodeScalars
    where scalar.properties.generalCategory != .control && scalar.properties.generalCategory != .format {
      if out.utf8.count > 196 { break }
      out.unicodeScalars.append(scalar)
    }
    return out
  }
}

/// A header value with parameters: `form-data; name="x"; filename="y"`.
struct HeaderValue: Sendable {
  /// The part before the first `;`, in lower case, without white space around it.
  let value: String
  private let parameters: [(String, String)]

  init(_ text: String) {
    var pieces: [[UInt8]] = [[]]
    var isQuoted = false
    var isEscaped = false
    for byte in text.utf8.prefix(8_192) {
      if byte == 59, !isQuoted {
        if pieces.count > 20 { break }
        pieces.append([])
        continue
      }
      if byte == 34, !isEscaped { isQuoted.toggle() }
      isEscaped = byte == 92 && isQuoted && !isEscaped
      pieces[pieces.count - 1].append(byte)
    }
    value = HeaderValue.lowered(HeaderValue.trimmed(pieces.first ?? []))
    parameters = pieces.dropFirst().compactMap(HeaderValue.parameter)
  }

  /// The first parameter called `name`.
  subscript(name: String) -> String? { parameters.first { $0.0 == name }?.1 }

  private static func parameter(_ piece: [UInt8]) -> (String, String)? {
    guard let cut = piece.firstIndex(of: 61) else { return nil }
    var value = trimmed(Array(piece[(cut + 1)...]))
    if value.first == 34 { value = unquoted(value) }
    return (lowered(trimmed(Array(piece[..<cut]))), FormCoding.text(value))
  }

  /// Without the quotes. Browsers write a quote inside as `%22` and leave backslashes alone (WHATWG HTML,
  /// multipart/form-data encoding); a backslash before a quote is taken as an escape.
  private static func unquoted(_ value: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var index = 1
    while index < value.count, value[index] != 34 {
      if value[index] == 92, index + 1 < value.count, value[index + 1] == 34 { index += 1 }
      out.append(value[index])
      index += 1
    }
    return out
  }

  static func lowered(_ bytes: some Sequence<UInt8>) -> String {
    FormCoding.text(bytes.map { (65...90).contains($0) ? $0 + 32 : $0 })
  }

  private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
    var out = Array(bytes.drop { $0 == 32 || $0 == 9 })
    while let last = out.last, last == 32 || last == 9 { out.removeLast() }
    return out
  }
}
