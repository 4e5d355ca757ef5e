/// Who is believed about what happened before the message reached the mailbox (RFC 8601 §1.6, §5).
///
/// A results field proves nothing by itself: anybody may write one. It is believed only when it bears the name of one
/// of the office's own servers and stands above the line with which the border took the message from the world;
/// everything from that line downwards came with the message.
public struct ResultsTrust: Sendable, Equatable {
  /// authserv-ids of the office's own servers, in lower case (RFC 8601 §2.5). None: no field is believed.
  public var servers: Set<String>
  /// Names by which servers behind the border call themselves after `by` in Received, in lower case: those that take
  /// mail from the office's own servers only. The topmost Received of any other is the border's line.
  public var inner: Set<String>
  /// The border puts its results below its own Received line, as some milters do, and takes away every field that
  /// arrives under its name (RFC 8601 §5). Without that removal anybody could write there: leave it false.
  public var belowBorder: Bool

  public init(servers: Set<String> = [], inner: Set<String> = [], belowBorder: Bool = false) {
    self.servers = Set(servers.map { asciiLowercased($0) })
    self.inner = Set(inner.map { asciiLowercased($0) })
    self.belowBorder = belowBorder
  }

  /// The believed fields of a message, from the top.
  public func believed(_ raw: [UInt8]) -> [AuthenticationResults] {
    believed(RawMessage(raw))
  }

  func believed(_ message: RawMessage) -> [AuthenticationResults] {
    guard !servers.isEmpty else { return [] }
    var found: [AuthenticationResults] = []
    var crossed = false
    for field in message.fields {
      if field.name.elementsEqual("received".utf8) {
        if crossed { break }
        crossed = !(Self.receiver(message.value(field)).map(inner.contains) ?? false)
        if crossed, !belowBorder { break }
      } else if field.name.elementsEqual("authentication-results".utf8),
        found.count < AuthenticationLimits.resultFields,
        let results = AuthenticationResults(message.value(field)), servers.contains(results.server)
      {
        found.append(results)
      }
    }
    // A message that never crossed a border was not looked at by one.
    return crossed ? found : []
  }

  /// The name after `by` (RFC 5321 §4.4), in lower case. What the client called itself stands in the same line and is
  /// its own choice: a line that can be read in two ways has no receiver.
  static func receiver(_ value: ArraySlice<UInt8>) -> String? {
    guard value.count <= AuthenticationLimits.field else { return nil }
    var words: [[UInt8]] = [[]]
    var depth = 0
    for byte in value {
      if byte == 59, depth == 0 { break }
      if byte == 40 { depth += 1 }
      if depth > 0 || TagList.isSpace(byte) {
        if words.last?.isEmpty == false { words.append([]) }
      } else {
        words[words.count - 1].append(byte)
      }
      if byte == 41 {
        guard depth > 0 else { return nil }
        depth -= 1
      }
    }
    let places = words.indices.filter { asciiLowercased(words[$0]).elementsEqual("by".utf8) }
    guard depth == 0, places.count == 1, let by = places.first, by + 1 < words.count, !words[by + 1].isEmpty else {
      return nil
    }
    return String(decoding: asciiLowercased(words[by + 1]), as: UTF8.self)
  }
}
