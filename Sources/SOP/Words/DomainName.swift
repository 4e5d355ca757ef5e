/// A host name as it may reach the wire: letters, digits and hyphens, lower case, no trailing dot
/// (RFC 1123 §2.1, RFC 5890 for A-labels). At most 253 bytes, labels of 1–63 bytes, at least two labels, the last
/// of which begins with a letter: `127.0.0.1` and `10.0x1` are addresses to a resolver, never names.
public struct DomainName: Hashable, Sendable, Comparable, CustomStringConvertible, Codable {
  /// The normalised name.
  public let name: String

  /// Reads a bare name (`SukaMaju.desa.id.`); `nil` for anything that is not one. No URL, no address.
  public init?(_ text: String) {
    var bytes = Array(text.utf8)
    guard bytes.count <= 254 else { return nil }
    if bytes.last == UInt8(ascii: ".") { bytes.removeLast() }
    guard !bytes.isEmpty, bytes.count <= 253 else { return nil }
    var labels = 0
    for label in bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
      guard DomainName.isLabel(label) else { return nil }
      labels += 1
    }
    let lowered = bytes.map { (65...90).contains($0) ? $0 + 32 : $0 }
    let top = lowered.lastIndex(of: UInt8(ascii: ".")).map { lowered[($0 + 1)...] }
    guard labels >= 2, let initial = top?.first, (97...122).contains(initial) else { return nil }
    name = String(decoding: lowered, as: UTF8.self)
  }

  private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
    guard (1...63).contains(label.count), label.first != hyphen, label.last != hyphen else { return false }
    return label.allSatisfy { byte in
      switch byte {
      case 48...57, 65...90, 97...122, hyphen: true
      default: false
      }
    }
  }
  private static let hyphen = UInt8(ascii: "-")

  /// The name the registrar manages: three labels under `go.id` and `desa.id` (both stand on the public suffix
  /// list), and `nil` for every other ending: those are not this office's.
  public var registrable: DomainName? {
    let labels = name.utf8.split(separator: UInt8(ascii: "."))
    guard labels.count >= 3, labels[labels.count - 1].elementsEqual("id".utf8) else { return nil }
    let second = labels[labels.count - 2]
    guard second.elementsEqual("go".utf8) || second.elementsEqual("desa".utf8) else { return nil }
    let tail = labels.suffix(3).map { String(decoding: $0, as: UTF8.self) }
    return DomainName(tail.joined(separator: "."))
  }

  public var description: String { name }
  public static func < (a: DomainName, b: DomainName) -> Bool { a.name < b.name }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let value = DomainName(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a domain name")
    }
    self = value
  }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }
}
