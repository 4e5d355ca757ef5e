/// `ADU-202611-00042-P`: month of receipt in the office's zone, a running number within the month, one check
/// character. Spoken and typed easily; never a secret, never enough to read or append to a ticket.
public struct TicketNumber: Hashable, Sendable, Comparable, CustomStringConvertible, Codable {
  /// For example 202611.
  public let month: Int
  /// 1…99,999 within the month.
  public let running: Int

  public init?(month: Int, running: Int) {
    guard (100_001...999_912).contains(month), (1...12).contains(month % 100), (1...99_999).contains(running)
    else { return nil }
    self.month = month
    self.running = running
  }

  /// Reads a number as people type it: any case, spaces or no separators at all. `nil` when the check character
  /// does not fit, so that a slip of the finger is told at once.
  public init?(_ text: String) {
    var symbols: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 48...57, 65...90: symbols.append(byte)
      case 97...122: symbols.append(byte - 32)
      case UInt8(ascii: "-"), UInt8(ascii: " "), UInt8(ascii: "."): continue
      default: return nil
      }
      if symbols.count > 15 { return nil }
    }
    guard symbols.count == 15, symbols.starts(with: Array("ADU".utf8)) else { return nil }
    let digits = symbols[3..<14]
    guard digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
    func number(_ slice: ArraySlice<UInt8>) -> Int { slice.reduce(0) { $0 * 10 + Int($1) - 48 } }
    self.init(month: number(digits.prefix(6)), running: number(digits.suffix(5)))
    guard symbols[14] == checkCharacter else { return nil }
  }

  public var description: String {
    "ADU-\(digits.prefix(6))-\(digits.suffix(5))-\(Character(UnicodeScalar(checkCharacter)))"
  }

  private var digits: String {
    let tail = String(running)
    return String(month) + String(repeating: "0", count: max(0, 5 - tail.utf8.count)) + tail
  }

  /// A weighted sum modulo the prime 23: every single wrong digit and every swap of two digits changes it.
  private var checkCharacter: UInt8 {
    var sum = 0
    for (index, digit) in digits.utf8.enumerated() { sum += (index + 1) * (Int(digit) - 48) }
    return TicketNumber.alphabet[sum % 23]
  }
  /// 23 capital letters without I, O and Q, which are read as digits.
  private static let alphabet = Array("ABCDEFGHJKLMNPRSTUVWXYZ".utf8)

  public static func < (a: TicketNumber, b: TicketNumber) -> Bool { (a.month, a.running) < (b.month, b.running) }

  /// The month part for a receipt at `instant`.
  public static func month(of instant: Instant, in zone: OfficeZone) -> Int {
    let day = zone.local(instant).day
    return day.year * 100 + day.month
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let value = TicketNumber(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a ticket number")
    }
    self = value
  }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
