/// A message as its signers saw it: the fields of the outer header and the body, as ranges of the bytes that came.
///
/// Enters: the bytes of one message, untouched. Leaves: fields in order, nothing decoded, nothing unfolded. Lines end
/// with CRLF; a message whose first line ends with LF alone comes from a Unix mailbox or pipe, and each of its LF
/// stands for CRLF. What two readers could take apart differently is told in `odd` and makes no author proven.
/// Known limit: a byte order mark or blank lines before the header leave no header here.
struct RawMessage {
  struct Field {
    /// In ASCII lower case, without space before the colon; empty for a line that is no field.
    var name: [UInt8]
    /// From the name to the line end before the next field, that line end left out.
    var range: Range<Int>
    /// Index of the colon.
    var colon: Int
  }

  let bytes: [UInt8]
  private(set) var fields: [Field] = []
  private(set) var body: Range<Int>
  /// Lines end with LF.
  private(set) var unixLines = false
  /// The header holds a lone CR or LF, a NUL, a line that is no field or white space only, a space before a colon.
  private(set) var odd = false
  /// Over a bound of `MailLimits`; the reader cut it, so what was signed is not what is read.
  private(set) var tooLarge = false

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    body = bytes.endIndex..<bytes.endIndex
    tooLarge = bytes.count > MailLimits.message
    if let first = Self.lineFeed(bytes, 0) { unixLines = first == 0 || bytes[first - 1] != 13 }
    readHeader()
  }

  private mutating func readHeader() {
    var start = 0
    // An mbox envelope is no part of the message.
    if bytes.starts(with: "From ".utf8), let end = Self.lineFeed(bytes, 0) { start = end + 1 }
    var open: Field?
    let first = start
    while start < bytes.count {
      let end = Self.lineFeed(bytes, start) ?? bytes.count
      let hasReturn = end > start && end < bytes.count && bytes[end - 1] == 13
      let text = start..<(hasReturn ? end - 1 : end)
      let next = min(end + 1, bytes.count)
      if end < bytes.count, hasReturn == unixLines { odd = true }
      if text.isEmpty {
        body = next..<bytes.count
        break
      }
      if next - first > MailLimits.header || fields.count >= MailLimits.fields {
        tooLarge = true
        break
      }
      if bytes[text].contains(where: { $0 == 0 || $0 == 13 }) { odd = true }
      if bytes[start] == 32 || bytes[start] == 9, let before = open {
        // For some readers a line of white space ends the header.
        if bytes[text].allSatisfy({ $0 == 32 || $0 == 9 }) { odd = true }
        open?.range = before.range.lowerBound..<text.upperBound
      } else {
        if let open { fields.append(open) }
        open = field(text)
      }
      start = next
    }
    if let open { fields.append(open) }
  }

  private mutating func field(_ text: Range<Int>) -> Field {
    guard let colon = bytes[text].firstIndex(of: 58) else {
      odd = true
      return Field(name: [], range: text, colon: text.upperBound)
    }
    var name = bytes[text.lowerBound..<colon]
    if name.last == 32 || name.last == 9 { odd = true }
    while name.last == 32 || name.last == 9 { name.removeLast() }
    // RFC 5322 §2.2: printable, no space.
    if name.isEmpty || name.contains(where: { !(33...126).contains($0) }) {
      odd = true
      return Field(name: [], range: text, colon: colon)
    }
    return Field(name: asciiLowercased(name), range: text, colon: colon)
  }

  private static func lineFeed(_ bytes: [UInt8], _ start: Int) -> Int? {
    bytes[start...].firstIndex(of: 10)
  }

  /// Fields of a name, given in lower case, from the top.
  func fields(named name: String) -> [Field] {
    fields.filter { $0.name.elementsEqual(name.utf8) }
  }

  /// What stands behind the colon, folded as it is.
  func value(_ field: Field) -> ArraySlice<UInt8> {
    field.colon < field.range.upperBound ? bytes[(field.colon + 1)..<field.range.upperBound] : []
  }

  /// The value on one line, ends trimmed.
  func line(_ field: Field) -> String {
    CleanText.line(String(decoding: value(field).prefix(AuthenticationLimits.field), as: UTF8.self))
  }
}
