/// A mailbox: display name (may be empty) and addr-spec.
///
/// A value read from a message holds whatever stood there, cleaned; only a value made by `parse` is known
/// to be fit for SMTP, and `MailComposer` refuses any other.
public struct MailAddress: Sendable, Equatable, Hashable {
  /// Decoded display name without control characters; empty when none was given.
  public var name: String
  /// `local@domain`, without angle brackets.
  public var address: String

  public init(name: String = "", address: String) {
    self.name = name
    self.address = address
  }

  /// Strict scanner for forms and before SMTP (RFC 5321 §4.1.2, RFC 6531): addr-spec only.
  /// - Returns: nil unless `text` is a dot-atom, one `@` and a domain of at least two labels, with at most
  ///   64 and 254 bytes; no quoting, comment, space, control or format character, no address literal.
  ///   Letters beyond ASCII pass; turning them to A-labels is left to others.
  public static func parse(_ text: String) -> MailAddress? {
    guard text.utf8.count <= 254 else { return nil }
    return parse(Array(text.utf8))
  }

  /// The same over bytes; ill-formed UTF-8 is refused.
  public static func parse(_ bytes: [UInt8]) -> MailAddress? {
    guard bytes.count <= 254, let at = bytes.firstIndex(of: UInt8(ascii: "@")),
      let text = String(validating: bytes, as: UTF8.self)
    else { return nil }
    let local = bytes[..<at]
    let domain = bytes[bytes.index(after: at)...]
    guard (1...64).contains(local.count), (3...253).contains(domain.count) else { return nil }
    for atom in local.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
      guard !atom.isEmpty, isWord(atom, ascii: isAtomByte) else { return nil }
    }
    let labels = domain.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard labels.count >= 2 else { return nil }
    for label in labels {
      guard (1...63).contains(label.count), label.first != UInt8(ascii: "-"), label.last != UInt8(ascii: "-"),
        isWord(label, ascii: isLabelByte)
      else { return nil }
    }
    // A top label of digits only would be an address of another kind (RFC 3696 §2).
    guard let top = labels.last, !top.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return MailAddress(address: text)
  }

  /// The part after the last `@`, in ASCII lower case; empty when there is none.
  public var domain: String {
    let bytes = Array(address.utf8)
    guard let at = bytes.lastIndex(of: UInt8(ascii: "@")) else { return "" }
    return String(decoding: asciiLowercased(bytes[bytes.index(after: at)...]), as: UTF8.self)
  }

  private static func isWord(_ bytes: ArraySlice<UInt8>, ascii allowed: (UInt8) -> Bool) -> Bool {
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      if scalar.isASCII {
        guard allowed(UInt8(truncatingIfNeeded: scalar.value)) else { return false }
      } else {
        switch scalar.properties.generalCategory {
        case .lowercaseLetter, .uppercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
          .nonspacingMark, .spacingMark, .decimalNumber:
          continue
        default: return false
        }
      }
    }
    return true
  }

  /// atext of RFC 5322 §3.2.3.
  private static func isAtomByte(_ byte: UInt8) -> Bool {
    isLabelByte(byte) || "!#$%&'*+/=?^_`{|}~".utf8.contains(byte)
  }

  private static func isLabelByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122, 45: true
    default: false
    }
  }
}
