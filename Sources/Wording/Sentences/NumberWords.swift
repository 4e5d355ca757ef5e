public import SOP

/// Numbers as people write them: 1.234,5 in Indonesian, 1,234.5 in English.
public struct NumberWords: Sendable {
  public let language: Language

  public init(_ language: Language) { self.language = language }

  private var thousands: String { language.choose(".", ",") }
  private var point: String { language.choose(",", ".") }

  /// "1.234.567"
  public func whole(_ number: Int64) -> String {
    let digits = Array(String(number.magnitude).utf8)
    var out: [UInt8] = []
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { out += thousands.utf8 }
      out.append(digit)
    }
    return (number < 0 ? "-" : "") + String(decoding: out, as: UTF8.self)
  }

  public func whole(_ number: Int) -> String { whole(Int64(number)) }

  /// With `places` (0…4) digits after the separator, rounded half away from zero; "–" for what is no number or
  /// beyond 10¹².
  public func decimal(_ number: Double, places: Int = 1) -> String {
    guard number.isFinite, number.magnitude < 1e12 else { return "–" }
    let places = min(max(places, 0), 4)
    let scale = (0..<places).reduce(Int64(1)) { scale, _ in scale * 10 }
    let scaled = Int64((number.magnitude * Double(scale)).rounded())
    let sign = number < 0 && scaled > 0 ? "-" : ""
    guard places > 0 else { return sign + whole(scaled) }
    let fraction = String(scaled % scale)
    return sign + whole(scaled / scale) + point
      + String(repeating: "0", count: max(0, places - fraction.utf8.count)) + fraction
  }

  /// "87,5 %" of 7 in 8; "–" when there is nothing to compare with.
  public func percent(_ part: Int, of whole: Int, places: Int = 1) -> String {
    guard whole > 0 else { return "–" }
    return decimal(Double(part) * 100 / Double(whole), places: places) + language.choose(" %", "%")
  }

  /// The size of a file: "340 KB", "1,2 MB" (1 KB = 1,024 bytes, so that a limit of 15 × 2²⁰ reads "15 MB").
  public func fileSize(_ bytes: Int) -> String {
    let bytes = max(0, bytes)
    switch bytes {
    case ..<1_024: return whole(bytes) + language.choose(" bita", bytes == 1 ? " byte" : " bytes")
    case ..<1_048_064: return whole((bytes + 512) / 1_024) + " KB"
    case ..<1_073_217_536: return short(Double(bytes) / 1_048_576) + " MB"
    default: return short(Double(bytes) / 1_073_741_824) + " GB"
    }
  }

  /// One digit after the separator below ten, unless it would be zero.
  private func short(_ number: Double) -> String {
    let tenths = Int64((number * 10).rounded())
    return tenths % 10 == 0 || tenths >= 100 ? decimal(number, places: 0) : decimal(number, places: 1)
  }
}
