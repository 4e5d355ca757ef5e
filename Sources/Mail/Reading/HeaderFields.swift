import CGMime

/// The fields of one header: names in lower case, values in order, as sent and decoded.
///
/// Enters: a header that GMime read, or the bytes of one. Leaves: at most `MailLimits.fields` fields. Values are
/// decoded here and not by GMime (see `EncodedWords`).
struct HeaderFields {
  struct Field: Equatable {
    var name: String
    /// Decoded, not cleaned.
    var value: String
    /// As it stood, folds and all.
    var raw: [UInt8]
  }

  let fields: [Field]

  /// Copies the fields out of GMime.
  /// - Parameter fallback: the character set of the body, for bytes beyond ASCII that are no UTF-8.
  init(_ object: UnsafeMutablePointer<GMimeObject>, fallback: String? = nil) {
    var fields: [Field] = []
    if let list = g_mime_object_get_header_list(object) {
      let count = min(Int(g_mime_header_list_get_count(list)), MailLimits.fields)
      for index in 0..<max(0, count) {
        guard let header = g_mime_header_list_get_header_at(list, Int32(index)),
          let name = g_mime_header_get_name(header)
        else { continue }
        fields.append(Self.field(Self.bytes(name), Self.bytes(g_mime_header_get_raw_value(header)), fallback))
      }
    }
    self.fields = fields
  }

  /// Reads the header that the bytes begin with, up to the first empty line, in its first 256 KB.
  init(_ bytes: [UInt8], fallback: String? = nil) {
    var fields: [Field] = []
    var held: (name: [UInt8], value: [UInt8])?
    for raw in bytes.prefix(MailLimits.header).split(separator: 10, omittingEmptySubsequences: false) {
      let line = raw.last == 13 ? raw.dropLast() : raw
      if line.isEmpty { break }
      if line.first == 32 || line.first == 9 {
        held?.value.append(contentsOf: [10] + line)
        continue
      }
      if let held { fields.append(Self.field(held.name, held.value, fallback)) }
      held = nil
      guard fields.count < MailLimits.fields, let colon = line.firstIndex(of: 58) else { continue }
      var name = Array(line[..<colon])
      while name.last == 32 || name.last == 9 { name.removeLast() }
      if !name.isEmpty, !name.contains(where: { $0 <= 32 || $0 == 127 }) {
        held = (name, Array(line[line.index(after: colon)...]))
      }
    }
    if let held { fields.append(Self.field(held.name, held.value, fallback)) }
    self.fields = fields
  }

  private static func field(_ name: [UInt8], _ raw: [UInt8], _ fallback: String?) -> Field {
    let bare = raw.drop { $0 <= 32 }
    return Field(
      name: String(decoding: asciiLowercased(name), as: UTF8.self),
      value: EncodedWords.decode(
        bare.prefix(bare.count - bare.reversed().prefix { $0 <= 32 }.count), fallback: fallback),
      raw: raw)
  }

  /// A string of GMime as bytes.
  static func bytes(_ text: UnsafePointer<CChar>?) -> [UInt8] {
    guard let text else { return [] }
    return UnsafeRawBufferPointer(start: text, count: strlen(text)).map(\.self)
  }

  /// First value of a field, given in lower case.
  subscript(_ name: String) -> String? { fields.first { $0.name == name }?.value }

  func all(_ name: String) -> [String] { fields.lazy.filter { $0.name == name }.map(\.value) }

  /// Values of a field as sent.
  func raw(_ name: String) -> [[UInt8]] { fields.lazy.filter { $0.name == name }.map(\.raw) }

  func count(_ name: String) -> Int { fields.reduce(0) { $0 + ($1.name == name ? 1 : 0) } }

  /// First value, one clean line in lower case, at most 200 bytes; empty when absent.
  func word(_ name: String) -> String {
    self[name].map { asciiLowercased(CleanText.line($0, limit: 200)) } ?? ""
  }
}

/// Message identifiers (RFC 5322 §3.6.4), read loosely.
enum MessageIDs {
  /// - Returns: each `<…>` without brackets and inner white space; where there is no bracket, each word.
  static func read(_ value: String, limit: Int = 1_000) -> [String] {
    let bytes = Array(value.utf8)
    var found: [String] = []
    if !bytes.contains(60) {
      for word in bytes.split(whereSeparator: { $0 <= 32 || $0 == 44 }).prefix(limit) { add(word, &found) }
      return found
    }
    var index = 0
    while index < bytes.count, found.count < limit {
      guard let open = bytes[index...].firstIndex(of: 60),
        let close = bytes[open...].firstIndex(of: 62)
      else { break }
      // A bracket opened twice: the inner one is the identifier.
      let inner = bytes[open..<close].lastIndex(of: 60) ?? open
      add(bytes[(inner + 1)..<close], &found)
      index = close + 1
    }
    return found
  }

  private static func add(_ bytes: ArraySlice<UInt8>, _ found: inout [String]) {
    let kept = bytes.filter { $0 > 32 && $0 != 127 && $0 != 60 && $0 != 62 }
    let id = CleanText.line(String(decoding: kept, as: UTF8.self), limit: 998)
    if !id.isEmpty { found.append(id) }
  }
}
