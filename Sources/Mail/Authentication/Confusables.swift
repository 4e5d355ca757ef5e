/// Letters and digits that pass for another at a glance: a small table of our own, for ASCII and the Cyrillic and
/// Greek letters with the same shape. Known limit: it is no copy of Unicode's list (UTS #39), which knows thousands.
enum Confusables {
  private static let shapes: [Unicode.Scalar: UInt8] = {
    let rows: [(UInt8, String)] = [
      (UInt8(ascii: "a"), "\u{430}\u{3B1}\u{251}"), (UInt8(ascii: "b"), "\u{44C}\u{184}"),
      (UInt8(ascii: "c"), "\u{441}\u{3F2}"), (UInt8(ascii: "d"), "\u{501}"),
      (UInt8(ascii: "e"), "\u{435}\u{454}\u{4BD}"),
      (UInt8(ascii: "g"), "9\u{261}\u{581}"), (UInt8(ascii: "h"), "\u{4BB}\u{570}"),
      (UInt8(ascii: "i"), "1l|\u{456}\u{3B9}\u{131}\u{4CF}\u{269}"), (UInt8(ascii: "j"), "\u{458}"),
      (UInt8(ascii: "k"), "\u{43A}\u{3BA}"), (UInt8(ascii: "m"), "\u{43C}"), (UInt8(ascii: "n"), "\u{578}\u{3B7}"),
      (UInt8(ascii: "o"), "0\u{43E}\u{3BF}\u{585}\u{3C3}"), (UInt8(ascii: "p"), "\u{440}\u{3C1}"),
      (UInt8(ascii: "q"), "\u{51B}"), (UInt8(ascii: "r"), "\u{433}"), (UInt8(ascii: "s"), "5\u{455}"),
      (UInt8(ascii: "t"), "\u{442}\u{3C4}"), (UInt8(ascii: "u"), "\u{57D}\u{3C5}"),
      (UInt8(ascii: "v"), "\u{475}\u{3BD}"),
      (UInt8(ascii: "w"), "\u{51D}\u{461}"), (UInt8(ascii: "x"), "\u{445}\u{3C7}"),
      (UInt8(ascii: "y"), "\u{443}\u{3B3}"),
      (UInt8(ascii: "z"), "2\u{1B6}"),
    ]
    var shapes: [Unicode.Scalar: UInt8] = [:]
    for (letter, twins) in rows { for twin in twins.unicodeScalars { shapes[twin] = letter } }
    return shapes
  }()

  /// Two letters that pass for one.
  private static let pairs: [(UInt8, UInt8, UInt8)] = [
    (UInt8(ascii: "r"), UInt8(ascii: "n"), UInt8(ascii: "m")),
    (UInt8(ascii: "v"), UInt8(ascii: "v"), UInt8(ascii: "w")),
    (UInt8(ascii: "c"), UInt8(ascii: "i"), UInt8(ascii: "d")),
  ]

  /// The bare shape of a name: what it looks like, in ASCII lower case. Marks fall away, `l` and `1` are `i`, `rn` is
  /// `m`; letters without a twin stay as their bytes, so that nothing foreign becomes equal by chance.
  static func shape(_ scalars: some Sequence<Unicode.Scalar>) -> [UInt8] {
    var out: [UInt8] = []
    for scalar in scalars {
      if let letter = shapes[scalar] {
        append(letter, &out)
      } else if scalar.isASCII {
        let byte = UInt8(truncatingIfNeeded: scalar.value)
        append((65...90).contains(byte) ? byte + 32 : byte, &out)
      } else if scalar.properties.generalCategory == .nonspacingMark || Disguise.isInvisible(scalar) {
        continue
      } else {
        out += UTF8.encode(scalar).map(Array.init) ?? []
      }
    }
    return out
  }

  private static func append(_ byte: UInt8, _ out: inout [UInt8]) {
    // Upper-case letters came here in lower case; their own twins are looked up again.
    let letter = shapes[Unicode.Scalar(byte)] ?? byte
    if let pair = pairs.first(where: { $0.0 == out.last && $0.1 == letter }) {
      out[out.count - 1] = pair.2
    } else {
      out.append(letter)
    }
  }
}
