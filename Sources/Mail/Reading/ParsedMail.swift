import CGMime

/// A message in GMime's hands: the guarded bytes and the tree over them, freed together.
///
/// Used for the mail itself and for what is found in it: content of an opaque signature, a multipart whose boundary
/// had to be guessed. Not shared between threads.
final class ParsedMail {
  let guarded: MailGuard
  /// nil when the bytes begin with no header.
  let message: UnsafeMutablePointer<GMimeMessage>?

  private static let ready: Void = g_mime_init()

  init(_ raw: [UInt8]) {
    _ = Self.ready
    let guarded = MailGuard(raw)
    self.guarded = guarded
    let options = sg_options()
    defer { g_mime_parser_options_free(options) }
    message = guarded.bytes.withUnsafeBytes { buffer -> UnsafeMutablePointer<GMimeMessage>? in
      guard let base = buffer.baseAddress, !buffer.isEmpty else { return nil }
      return sg_parse(base.assumingMemoryBound(to: CChar.self), buffer.count, options)
    }
  }

  deinit {
    if let message { sg_unref(message) }
  }

  var root: UnsafeMutablePointer<GMimeObject>? { message.flatMap { g_mime_message_get_mime_part($0) } }

  /// The character set that the body, or its first part, is labelled with: what a careless program writes its header
  /// in as well.
  var charset: String? {
    var node = root
    for _ in 0..<8 {
      guard let current = node else { return nil }
      if let type = MimePart.raw(current, "Content-Type").last, let name = Parameters(type)["charset"] { return name }
      guard sg_is_multipart(current) != 0, g_mime_multipart_get_count(sg_multipart(current)) > 0 else { return nil }
      node = g_mime_multipart_get_part(sg_multipart(current), 0)
    }
    return nil
  }
}

/// The boundary of a multipart whose header names none, or another one than was used.
enum LostBoundary {
  /// Enters: all that stands where the parts should be. Leaves: it again under a header that names the boundary of its
  /// first line, if another such line or its end follows.
  /// - Parameter type: of the multipart, such as `multipart/alternative`.
  static func restored(_ body: [UInt8], _ type: String) -> [UInt8]? {
    let text = body.drop { $0 <= 32 }
    guard text.starts(with: [45, 45]) else { return nil }
    let first = text.prefix { $0 != 10 && $0 != 13 }
    let boundary = first.dropFirst(2)
    // RFC 2046 §5.1.1: at most 70, and neither quote nor backslash.
    guard (1...100).contains(boundary.count), !boundary.contains(where: { $0 < 32 || $0 == 34 || $0 == 92 }),
      !boundary.allSatisfy({ $0 == 45 }), boundary.last != 32
    else { return nil }
    var rest = text.dropFirst(first.count)
    while let end = rest.firstIndex(of: 10) {
      rest = rest[(end + 1)...]
      if rest.starts(with: first) {
        return Array("Content-Type: \(type); boundary=\"".utf8) + boundary + Array("\"\n\n".utf8) + text
      }
    }
    return nil
  }
}
