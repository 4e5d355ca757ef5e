/// A-labels read back (RFC 3492): what a browser or mail program would show for `xn--…`. Only to look at; nothing is
/// looked up or compared by it.
enum Punycode {
  /// - Parameter label: what stands behind `xn--`, at most 59 bytes.
  /// - Returns: nil for what is no Punycode.
  static func decode(_ label: ArraySlice<UInt8>) -> [Unicode.Scalar]? {
    guard label.count <= 59, label.allSatisfy({ (33...126).contains($0) }) else { return nil }
    var out: [UInt32] = []
    var rest = label
    if let hyphen = label.lastIndex(of: 45) {
      out = label[..<hyphen].map(UInt32.init)
      rest = label[(hyphen + 1)...]
    }
    var code: UInt32 = 128
    var index: UInt32 = 0
    var bias: UInt32 = 72
    while !rest.isEmpty {
      let start = index
      var weight: UInt32 = 1
      var step: UInt32 = 36
      while true {
        guard let byte = rest.popFirst(), let digit = digit(byte) else { return nil }
        let (term, high) = digit.multipliedReportingOverflow(by: weight)
        let (sum, over) = index.addingReportingOverflow(term)
        guard !high, !over else { return nil }
        index = sum
        let threshold = step <= bias ? 1 : min(26, step - bias)
        if digit < threshold { break }
        let (next, wide) = weight.multipliedReportingOverflow(by: 36 - threshold)
        guard !wide else { return nil }
        weight = next
        step += 36
      }
      let count = UInt32(truncatingIfNeeded: out.count + 1)
      bias = adapted(index - start, count, first: start == 0)
      let (moved, over) = code.addingReportingOverflow(index / count)
      guard !over, Unicode.Scalar(moved) != nil else { return nil }
      code = moved
      index %= count
      out.insert(code, at: Int(index))
      index += 1
    }
    let scalars = out.compactMap { Unicode.Scalar($0) }
    return scalars.count == out.count ? scalars : nil
  }

  private static func digit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 48...57: UInt32(byte) - 22
    case 65...90: UInt32(byte) - 65
    case 97...122: UInt32(byte) - 97
    default: nil
    }
  }

  private static func adapted(_ delta: UInt32, _ count: UInt32, first: Bool) -> UInt32 {
    var rest = first ? delta / 700 : delta / 2
    rest += rest / count
    var steps: UInt32 = 0
    while rest > 455 {
      rest /= 35
      steps += 36
    }
    return steps + 36 * rest / (rest + 38)
  }
}
