/// Fields of a report part (RFC 3464 §2.1): groups of `Name: value`, parted by blank lines.
enum ReportFields {
  typealias Field = (name: String, value: String)

  /// At most 200 groups of 100 fields; values unfolded to one clean line.
  static func read(_ bytes: [UInt8]) -> [[Field]] {
    var groups: [[Field]] = []
    var group: [Field] = []
    for raw in bytes.prefix(1 << 20).split(separator: 10, omittingEmptySubsequences: false) {
      let line = raw.last == 13 ? raw.dropLast() : raw
      if line.allSatisfy({ $0 == 32 || $0 == 9 }) {
        if !group.isEmpty { groups.append(group) }
        group = []
        if groups.count >= 200 { return groups }
      } else if line.first == 32 || line.first == 9 {
        guard let last = group.indices.last, group[last].value.utf8.count < 4_096 else { continue }
        group[last].value += " " + clean(line)
      } else if let colon = line.firstIndex(of: 58), group.count < 100 {
        group.append((asciiLowercased(clean(line[..<colon])), clean(line[(colon + 1)...])))
      }
    }
    if !group.isEmpty { groups.append(group) }
    return groups
  }

  private static func clean(_ line: ArraySlice<UInt8>) -> String {
    CleanText.line(TextDecoding.decode(Array(line.prefix(8_192)), charset: nil).text, limit: 4_096)
  }
}
