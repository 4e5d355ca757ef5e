/// Files that older programs write into the text itself (POSIX uuencode, historical form).
///
/// Enters: bytes of a text. Leaves: each block that is whole from "begin MODE NAME" to "end", with the range of bytes
/// it takes; a block with a line that does not fit its own length is no block and stays text. Linear.
enum Uuencode {
  struct Block {
    var range: Range<Int>
    var name: [UInt8]
    var bytes: [UInt8]
  }

  static func blocks(in text: ArraySlice<UInt8>, limit: Int = 100) -> [Block] {
    var found: [Block] = []
    var start = text.startIndex
    while start < text.endIndex, found.count < limit {
      let line = self.line(text, start)
      if let name = name(line.content) {
        let (block, next) = read(text, from: start, body: line.next, name: name)
        if let block { found.append(block) }
        start = next
      } else {
        start = line.next
      }
    }
    return found
  }

  /// Lines without "begin" and "end" around them, as some programs send a part; nil when one of them is none.
  static func lines(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    var bytes: [UInt8] = []
    var at = text.startIndex
    while at < text.endIndex {
      let line = self.line(text, at)
      at = line.next
      let count = line.content.first.map { Int(($0 &- 32) & 63) } ?? 0
      if count == 0 || line.content.elementsEqual("end".utf8) { continue }
      guard append(line.content, count, &bytes) else { return nil }
    }
    return bytes.isEmpty ? nil : bytes
  }

  private static func line(_ text: ArraySlice<UInt8>, _ start: Int) -> (content: ArraySlice<UInt8>, next: Int) {
    let end = text[start...].firstIndex(of: 10) ?? text.endIndex
    let content = text[start..<end]
    return (content.last == 13 ? content.dropLast() : content, min(end + 1, text.endIndex))
  }

  /// `begin 644 name`.
  private static func name(_ line: ArraySlice<UInt8>) -> [UInt8]? {
    guard line.count < 1_000, line.starts(with: "begin ".utf8) else { return nil }
    let rest = line.dropFirst(6)
    let mode = rest.prefix { (48...55).contains($0) }
    guard (3...4).contains(mode.count), rest.dropFirst(mode.count).first == 32 else { return nil }
    let name = rest.dropFirst(mode.count + 1)
    return name.isEmpty ? nil : Array(name)
  }

  /// The lines after "begin". A broken block is left at the line that breaks it, so that no line is read twice.
  private static func read(
    _ text: ArraySlice<UInt8>, from start: Int, body: Int, name: [UInt8]
  ) -> (block: Block?, next: Int) {
    var bytes: [UInt8] = []
    var at = body
    var closed = false
    while at < text.endIndex {
      let line = self.line(text, at)
      if line.content.elementsEqual("end".utf8) {
        guard closed || !bytes.isEmpty else { return (nil, line.next) }
        return (Block(range: start..<line.next, name: name, bytes: bytes), line.next)
      }
      let count = line.content.first.map { Int(($0 &- 32) & 63) } ?? 0
      if count == 0 {
        guard line.content.allSatisfy({ $0 == 32 || $0 == 96 }), !closed else { return (nil, at) }
        closed = true
      } else {
        guard !closed, append(line.content, count, &bytes) else { return (nil, at) }
      }
      at = line.next
    }
    return (nil, at)
  }

  /// Spaces cut off at the end are zeros; one or two signs more than needed are a checksum of old programs.
  private static func append(_ line: ArraySlice<UInt8>, _ count: Int, _ out: inout [UInt8]) -> Bool {
    let needed = (count + 2) / 3 * 4
    let signs = line.dropFirst()
    guard signs.count <= needed + 2, signs.allSatisfy({ (32...96).contains($0) }), count > 0 else { return false }
    // A line may lose only trailing spaces on its way, and few of them.
    guard signs.count * 2 >= needed else { return false }
    var left = count
    var index = signs.startIndex
    func next() -> UInt8 {
      defer { index += 1 }
      return index < signs.endIndex ? (signs[index] &- 32) & 63 : 0
    }
    while left > 0 {
      let (a, b, c, d) = (next(), next(), next(), next())
      out.append(a << 2 | b >> 4)
      if left > 1 { out.append((b & 15) << 4 | c >> 2) }
      if left > 2 { out.append((c & 3) << 6 | d) }
      left -= 3
    }
    return true
  }
}
