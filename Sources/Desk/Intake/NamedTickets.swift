import SOP

/// Ticket numbers in a line people wrote: `[ADU-202611-00042-P]`, `Re:ADU 202611 00042 P`, `adu20261100042p`.
enum NamedTickets {
  /// At most 10 numbers of the first 2,000 bytes, each once, in order. A linear walk.
  static func numbers(in line: String) -> [TicketNumber] {
    let bytes = Array(line.asciiLowered.utf8.prefix(2_000))
    let beginning = Array("adu".utf8)
    var found: [TicketNumber] = []
    for start in bytes.indices where bytes[start...].starts(with: beginning) {
      if start > 0, isWord(bytes[start - 1]) { continue }
      var symbols = 0
      var end = start
      while end < bytes.count, symbols < 15, isWord(bytes[end]) || isSeparator(bytes[end]), end - start < 40 {
        if isWord(bytes[end]) { symbols += 1 }
        end += 1
      }
      guard symbols == 15, end == bytes.count || !isWord(bytes[end]),
        let number = TicketNumber(String(decoding: bytes[start..<end], as: UTF8.self)), !found.contains(number)
      else { continue }
      found.append(number)
      if found.count == 10 { break }
    }
    return found
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (97...122).contains(byte) || byte >= 0x80
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
  }
}
