/// Start tags with attributes whose every value has a known shape.
///
/// A link opens outside of this page and tells the other side nothing; its text keeps its direction to itself. An
/// image has one of three sources: bytes within the address, a part of the same message (`data-cid` names it, `src` is
/// where the desk keeps it), or a remote address (`data-remote-src` when it is not to be loaded). Read again, each
/// gives the same.
struct SafeAttributes {
  let remote: CleanHTML.Remote
  /// The place of the message's part with this Content-ID.
  let part: (String) -> String?
  /// Images with a remote address, shown or not.
  private(set) var remoteImages = 0

  typealias Pair = (name: String, value: [UInt8])

  init(remote: CleanHTML.Remote, part: @escaping (String) -> String?) {
    self.remote = remote
    self.part = part
  }

  /// The whole start tag; nil when the element without its address says nothing.
  mutating func tag(_ element: HTMLVocabulary.Element, _ pairs: [Pair]) -> [UInt8]? {
    var out = Array("<\(element.name)".utf8)
    var said = true
    switch element.name {
    case "a":
      guard let address = pairs.first(where: { $0.name == "href" }).flatMap({ SafeAddress.link($0.value) }) else {
        return nil
      }
      Self.write("href", address, &out)
      Self.write("rel", Array("noopener noreferrer nofollow".utf8), &out)
      Self.write("target", Array("_blank".utf8), &out)
      if !pairs.contains(where: { $0.name == "dir" }) { Self.write("dir", Array("auto".utf8), &out) }
    case "img": said = image(pairs, &out)
    default: break
    }
    for (name, value) in pairs where element.attributes.contains(name) {
      guard let safe = Self.value(name, value, element.name) else { continue }
      if name == "alt", !safe.isEmpty { said = true }
      Self.write(name, safe, &out)
    }
    out.append(62)
    return said ? out : nil
  }

  private static func write(_ name: String, _ value: [UInt8], _ out: inout [UInt8]) {
    out += " \(name)=\"".utf8
    SafeText.escape(value, into: &out)
    out.append(34)
  }

  /// - Returns: whether the image has a source.
  private mutating func image(_ pairs: [Pair], _ out: inout [UInt8]) -> Bool {
    func value(_ name: String) -> [UInt8]? { pairs.first { $0.name == name }?.value }
    let source =
      value("src").flatMap(SafeAddress.image) ?? value("data-cid").flatMap(SafeAddress.part)
      ?? value("data-remote-src").flatMap(SafeAddress.remoteImage)
    switch source {
    case .data(let bytes): Self.write("src", bytes, &out)
    case .part(let id):
      Self.write("data-cid", Array(id.utf8), &out)
      if let place = part(id), let path = SafeAddress.ownPath(place) { Self.write("src", path, &out) }
    case .remote(let address):
      remoteImages += 1
      switch remote {
      case .blocked: Self.write("data-remote-src", address, &out)
      case .allowed:
        Self.write("src", address, &out)
        Self.write("referrerpolicy", Array("no-referrer".utf8), &out)
      }
    case nil: return false
    }
    return true
  }

  /// The value as it may stand; nil: the attribute is left out. Addresses are not written here.
  static func value(_ name: String, _ value: [UInt8], _ element: String) -> [UInt8]? {
    switch name {
    case "title", "alt": Array(CleanText.line(String(decoding: value, as: UTF8.self), limit: 1_000).utf8)
    case "style": SafeStyle.filter(value)
    case "bgcolor", "color": StyleTokens.attributeColour(value)
    case "face": SafeStyle.fonts(value)
    case "lang": value.count <= 35 && value.allSatisfy(isTagByte) && !value.isEmpty ? value : nil
    case "nowrap": []
    case "width", "height": length(value)
    case "size" where element == "font": fontSize(value)
    case "border", "cellpadding", "cellspacing", "size": number(value, 0...100)
    case "colspan", "rowspan": number(value, 1...100)
    case "start", "value": number(value, 0...999_999)
    default: keyword(name, value)
    }
  }

  private static let keywords: [String: Set<String>] = [
    "align": ["bottom", "center", "justify", "left", "middle", "right", "top"],
    "dir": ["auto", "ltr", "rtl"],
    "type": ["1", "a", "cite", "circle", "disc", "i", "square"],
    "valign": ["baseline", "bottom", "middle", "top"],
  ]

  private static func keyword(_ name: String, _ value: [UInt8]) -> [UInt8]? {
    guard value.count <= 10 else { return nil }
    let word = String(decoding: asciiLowercased(value), as: UTF8.self)
    guard keywords[name]?.contains(word) == true else { return nil }
    // Of lists, `A` and `a` are two things.
    return name == "type" ? value : Array(word.utf8)
  }

  private static func isTagByte(_ byte: UInt8) -> Bool {
    (97...122).contains(byte | 32) || (48...57).contains(byte) || byte == 45
  }

  private static func number(_ value: [UInt8], _ range: ClosedRange<Int>) -> [UInt8]? {
    guard (1...6).contains(value.count), value.allSatisfy({ (48...57).contains($0) }),
      let number = Int(String(decoding: value, as: UTF8.self)), range.contains(number)
    else { return nil }
    return Array(String(number).utf8)
  }

  /// Pixels or per cent.
  private static func length(_ value: [UInt8]) -> [UInt8]? {
    if value.last == 37 { return number(value.dropLast().map { $0 }, 0...100).map { $0 + [37] } }
    let pixels = value.suffix(2).elementsEqual("px".utf8) ? Array(value.dropLast(2)) : value
    return number(pixels, 0...4_000)
  }

  /// HTML §15.3.4: 1...7, or a step.
  private static func fontSize(_ value: [UInt8]) -> [UInt8]? {
    guard let digit = value.last, (49...55).contains(digit), value.count <= 2 else { return nil }
    return value.count == 1 || value.first == 43 || value.first == 45 ? value : nil
  }
}
