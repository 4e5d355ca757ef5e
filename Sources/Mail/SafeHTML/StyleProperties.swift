/// The properties of inline style that are kept, each with the shape of its values (`SafeStyle`). Bounds leave out what
/// hides text or covers that of others: tiny and huge type, lines upon each other, boxes out of their place.
enum StyleProperties {
  indirect enum Shape: Sendable {
    case words(Set<String>, most: Int)
    case colour(opaque: Bool)
    case sizes(Bounds, most: Int)
    case border
    case fonts
    case either(Shape, Shape)
  }

  /// In thousandths of a pixel, per cent, and of the number one.
  struct Bounds: Sendable {
    var pixels: ClosedRange<Int>
    var percent: ClosedRange<Int>?
    /// What a number without unit is; nil: pixels, as old pages have it.
    var factor: ClosedRange<Int>?
  }

  struct Rule: Sendable {
    /// A shorthand of which only one part is kept is written as that part.
    let name: String
    let shape: Shape
  }

  static let rules: [String: Rule] = {
    var all: [String: Rule] = [:]
    for (name, shape) in sizes.merging(colours, uniquingKeysWith: { $1 }) { all[name] = Rule(name: name, shape: shape) }
    for (name, words) in keywords {
      let shape = Shape.words(words, most: name == "text-decoration" ? 3 : 1)
      all[name] = Rule(name: name, shape: all[name].map { .either(shape, $0.shape) } ?? shape)
    }
    all["background"] = all["background-color"]
    all["list-style"] = all["list-style-type"]
    all["font-family"] = Rule(name: "font-family", shape: .fonts)
    for side in ["", "-top", "-right", "-bottom", "-left"] {
      let most = side.utf8.isEmpty ? 4 : 1
      for (name, shape) in [
        ("margin\(side)", .sizes(gap, most: most)), ("padding\(side)", .sizes(gap, most: most)),
        ("border\(side)", .border), ("border\(side)-color", .colour(opaque: false)),
        ("border\(side)-style", .words(lines, most: most)),
        ("border\(side)-width", .either(.sizes(lineWidth, most: most), .words(widths, most: 1))),
      ] as [(String, Shape)] {
        all[name] = Rule(name: name, shape: shape)
      }
    }
    return all
  }()

  static let lines: Set<String> = [
    "dashed", "dotted", "double", "groove", "hidden", "inset", "none", "outset", "ridge", "solid",
  ]
  static let widths: Set<String> = ["medium", "thick", "thin"]
  static let lineWidth = Bounds(pixels: 0...20_000)
  private static let gap = Bounds(pixels: 0...200_000, percent: 0...50_000)
  private static let box = Bounds(pixels: 0...4_000_000, percent: 0...100_000)

  private static let colours: [String: Shape] = [
    "background-color": .colour(opaque: false), "color": .colour(opaque: true),
  ]

  private static let sizes: [String: Shape] = [
    "border-radius": .sizes(Bounds(pixels: 0...100_000, percent: 0...50_000), most: 4),
    "border-spacing": .sizes(Bounds(pixels: 0...100_000), most: 2),
    "font-size": .sizes(Bounds(pixels: 6_000...100_000, percent: 40_000...400_000), most: 1),
    "font-weight": .sizes(Bounds(pixels: 0...0, factor: 100_000...900_000), most: 1),
    "height": .sizes(box, most: 1),
    "letter-spacing": .sizes(Bounds(pixels: 0...20_000), most: 1),
    "line-height": .sizes(
      Bounds(pixels: 8_000...200_000, percent: 80_000...400_000, factor: 800...4_000), most: 1),
    "max-width": .sizes(box, most: 1),
    "min-height": .sizes(box, most: 1),
    "min-width": .sizes(box, most: 1),
    "text-indent": .sizes(gap, most: 1),
    "width": .sizes(box, most: 1),
    "word-spacing": .sizes(Bounds(pixels: 0...20_000), most: 1),
  ]

  private static let keywords: [String: Set<String>] = [
    "border-collapse": ["collapse", "separate"],
    "clear": ["both", "left", "none", "right"],
    "display": [
      "block", "inline", "inline-block", "inline-table", "list-item", "table", "table-cell", "table-row",
    ],
    "float": ["left", "none", "right"],
    "font-size": [
      "large", "larger", "medium", "small", "smaller", "x-large", "x-small", "xx-large", "xx-small",
    ],
    "font-style": ["italic", "normal", "oblique"],
    "font-variant": ["normal", "small-caps"],
    "font-weight": ["bold", "bolder", "lighter", "normal"],
    "letter-spacing": ["normal"],
    "line-height": ["normal"],
    "list-style-type": [
      "circle", "decimal", "disc", "lower-alpha", "lower-latin", "lower-roman", "none", "square", "upper-alpha",
      "upper-latin", "upper-roman",
    ],
    "overflow-wrap": ["break-word", "normal"],
    "text-align": ["center", "end", "justify", "left", "right", "start"],
    "text-decoration": ["line-through", "none", "overline", "underline"],
    "text-decoration-line": ["line-through", "none", "overline", "underline"],
    "text-transform": ["capitalize", "lowercase", "none", "uppercase"],
    "vertical-align": [
      "baseline", "bottom", "middle", "sub", "super", "text-bottom", "text-top", "top",
    ],
    "white-space": ["normal", "nowrap", "pre", "pre-line", "pre-wrap"],
    "word-break": ["break-all", "break-word", "normal"],
    "word-spacing": ["normal"],
    "word-wrap": ["break-word", "normal"],
  ]
}
