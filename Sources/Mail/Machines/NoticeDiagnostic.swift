/// The most telling words of a notice, on one line.
enum NoticeDiagnostic {
  private static let limit = 500

  /// From the first line with a reply code (best one with a status code) to the end of its paragraph.
  static func coded(_ words: [UInt8]) -> String? {
    let lines = words.split(separator: 10, maxSplits: 2_000, omittingEmptySubsequences: false)
    let coded = lines.indices.lazy.map { ($0, StatusCode.replies(in: Array(lines[$0].prefix(2_000)))) }
      .filter { !$0.1.isEmpty }.prefix(50)
    guard let first = coded.first(where: { $0.1.contains { $0.status != nil } }) ?? coded.first else { return nil }
    return paragraph(lines[first.0...])
  }

  /// What follows the address, on its line and in the paragraph below; all of the line when it stands in a sentence.
  static func after(_ address: String, in words: [UInt8]) -> String? {
    let lines = words.split(separator: 10, maxSplits: 2_000, omittingEmptySubsequences: false)
    guard let first = lines.first else { return nil }
    let place = LooseAddress.all(in: first).first { $0.address == address }
    let sentence = place.map { first[first.startIndex..<$0.start].contains { (97...122).contains($0 | 32) } } ?? true
    let rest = sentence ? first : place.map { first[$0.end...] } ?? first
    return paragraph([rest.drop { " \t>\"':,;.".utf8.contains($0) }] + lines.dropFirst())
  }

  /// The paragraph that ends where the address stands.
  static func before(_ place: Int?, _ lines: [BounceNotice.Line]) -> String? {
    guard let place else { return nil }
    let above = lines[..<place].reversed().drop { BounceNotice.isBlank($0.bytes) }
      .prefix { !BounceNotice.isBlank($0.bytes) }.prefix(6)
    return paragraph(above.reversed().map(\.bytes))
  }

  /// Lines of rules and boxes are left out; a paragraph that ends with a colon goes on after the blank line.
  private static func paragraph(_ lines: some Sequence<ArraySlice<UInt8>>) -> String? {
    var out: [UInt8] = []
    for line in lines {
      if out.count > limit { break }
      let bare = line.prefix(limit).drop { $0 == 32 || $0 == 9 }
      if BounceNotice.isBlank(bare) {
        if out.isEmpty || out.last == UInt8(ascii: ":") { continue }
        break
      }
      guard bare.contains(where: { (97...122).contains($0 | 32) || (48...57).contains($0) || $0 >= 0x80 }) else {
        continue
      }
      if !out.isEmpty { out.append(32) }
      out.append(contentsOf: bare)
      while let last = out.last, last == 32 || last == 9 || last == 13 { out.removeLast() }
    }
    let text = CleanText.line(String(decoding: out, as: UTF8.self), limit: limit)
    return text.isEmpty ? nil : text
  }
}
