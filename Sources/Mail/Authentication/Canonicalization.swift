import Crypto
import Foundation

/// The two canonical forms of DKIM (RFC 6376 §3.4), written straight into a hash: nothing is kept but a small buffer,
/// and every byte is looked at once.
enum Canonicalization: String, Sendable {
  case simple, relaxed

  /// Writes a header field without its final line end.
  func write(_ field: RawMessage.Field, of message: RawMessage, into sink: inout HashSink) {
    write(
      message.bytes[field.range], colon: field.colon - field.range.lowerBound, unixLines: message.unixLines, into: &sink
    )
  }

  /// - Parameter colon: how many bytes stand before the colon.
  func write(_ field: ArraySlice<UInt8>, colon: Int, unixLines: Bool, into sink: inout HashSink) {
    switch self {
    case .simple:
      var previous: UInt8 = 0
      for byte in field {
        if byte == 10, unixLines, previous != 13 { sink.write(13) }
        sink.write(byte)
        previous = byte
      }
    case .relaxed:
      // §3.4.2: name in lower case, lines unfolded, white space made one, none at the ends and beside the colon.
      for byte in field.prefix(colon) where byte != 32 && byte != 9 { sink.write(lowercased(byte)) }
      sink.write(58)
      var gap = false
      var started = false
      for byte in field.dropFirst(colon + 1) {
        if byte == 32 || byte == 9 || byte == 13 || byte == 10 {
          gap = started
          continue
        }
        if gap { sink.write(32) }
        gap = false
        started = true
        sink.write(byte)
      }
    }
  }

  private func lowercased(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte + 32 : byte }

  /// The hash of the body.
  /// - Parameter limit: how many canonical bytes count (`l=`, §3.4.5); nil for all.
  /// - Returns: the digest, and how many canonical bytes there are.
  func bodyDigest(_ message: RawMessage, limit: Int?) -> (digest: SHA256.Digest, length: Int) {
    var sink = HashSink(limit: limit)
    var lines = 0
    var gap = false
    let bytes = message.bytes
    var index = message.body.lowerBound
    let end = message.body.upperBound
    while index < end {
      let byte = bytes[index]
      if byte == 10, message.unixLines {
        (lines, gap) = (lines + 1, false)
      } else if byte == 13, index + 1 < end, bytes[index + 1] == 10 {
        (lines, gap) = (lines + 1, false)
        index += 1
      } else if self == .relaxed, byte == 32 || byte == 9 {
        gap = true
      } else {
        for _ in 0..<lines { sink.writeLineEnd() }
        if gap { sink.write(32) }
        (lines, gap) = (0, false)
        // Up to the next byte that needs a decision, at once.
        var stop = index + 1
        while stop < end, bytes[stop] > 32 || (self == .simple && bytes[stop] == 32) { stop += 1 }
        sink.write(bytes[index..<stop])
        index = stop
        continue
      }
      index += 1
    }
    // §3.4.3: an empty body is one line end; §3.4.4: it is nothing. Else the last line is ended once.
    if self == .simple || sink.count > 0 { sink.writeLineEnd() }
    return (sink.finish(), sink.count)
  }
}

/// SHA-256 fed through a small buffer; counts what is written, and hashes only the first `limit` bytes.
struct HashSink {
  private var hash = SHA256()
  private var buffer: [UInt8] = []
  private let limit: Int
  /// Bytes written.
  private(set) var count = 0

  init(limit: Int? = nil) {
    self.limit = limit ?? .max
    buffer.reserveCapacity(Self.size)
  }

  private static let size = 16 << 10

  mutating func write(_ byte: UInt8) {
    if count < limit { buffer.append(byte) }
    count += 1
    if buffer.count >= Self.size { flush() }
  }

  mutating func write(_ bytes: ArraySlice<UInt8>) {
    buffer.append(contentsOf: bytes.prefix(max(0, limit - count)))
    count += bytes.count
    if buffer.count >= Self.size { flush() }
  }

  mutating func writeLineEnd() {
    write(13)
    write(10)
  }

  private mutating func flush() {
    hash.update(data: buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  mutating func finish() -> SHA256.Digest {
    flush()
    return hash.finalize()
  }
}
