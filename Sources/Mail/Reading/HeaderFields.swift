import CGMime

/// The outer header: names in lower case, decoded values in order.
struct HeaderFields {
  let fields: [(name: String, value: String)]

  init(fields: [(name: String, value: String)]) {
    self.fields = fields
  }

  /// Copies at most `MailLimits.fields` fields out of GMime.
  init(_ object: UnsafeMutablePointer<GMimeObject>) {
    var fields: [(String, String)] = []
    if let list = g_mime_object_get_header_list(object) {
      let count = min(Int(g_mime_header_list_get_count(list)), MailLimits.fields)
      for index in 0..<max(0, count) {
        guard let header = g_mime_header_list_get_header_at(list, Int32(index)),
          let name = g_mime_header_get_name(header)
        else { continue }
        let value = g_mime_header_get_value(header).map { String(cString: $0) } ?? ""
        fields.append((asciiLowercased(String(cString: name)), value))
      }
    }
    self.fields = fields
  }

  /// First value of a field, given in lower case.
  subscript(_ name: String) -> String? { fields.first { $0.name == name }?.value }

  func all(_ name: String) -> [String] { fields.lazy.filter { $0.name == name }.map(\.value) }

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
