/// One Authentication-Results field (RFC 8601 §2.2), or the same content in an ARC set (RFC 8617 §4.1.1): what some
/// server found. Whether that server is to be believed is decided elsewhere.
///
/// Enters: the bytes behind the colon. Leaves: words in lower case where they are not told apart by case, values as
/// written; nil when there is no authserv-id. Read loosely, as servers write it: what is no `name=value` is left out.
public struct AuthenticationResults: Sendable, Equatable {
  public struct Method: Sendable, Equatable {
    /// `spf`, `dkim`, `dmarc`, `arc`, … in lower case.
    public var name: String
    /// `pass`, `fail`, … in lower case.
    public var result: String
    /// `ptype.property` in lower case, and its value as written.
    public var properties: [Property]

    /// Value of the first property of a name.
    public func value(_ name: String) -> String? {
      properties.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }
  }

  public struct Property: Sendable, Equatable {
    public var name: String
    public var value: String
  }

  /// In lower case.
  public var server: String
  public var methods: [Method] = []

  private static let most = 50

  public init?(_ value: ArraySlice<UInt8>) {
    self.init(sections: Self.sections(value))
  }

  /// The field of an ARC set: `i=` and a semicolon stand before the rest.
  init?(arc value: ArraySlice<UInt8>) {
    self.init(sections: Self.sections(value)?.dropFirst())
  }

  private init?(sections: ArraySlice<[Word]>?) {
    guard let sections, let first = sections.first, case .text(let name)? = first.first else { return nil }
    server = String(decoding: asciiLowercased(name), as: UTF8.self)
    // A version other than 1 means another language.
    if first.count > 1 {
      guard first.count == 2, case .text(let version) = first[1], version.elementsEqual("1".utf8) else { return nil }
    }
    methods = sections.dropFirst().prefix(Self.most).compactMap(Self.method)
  }

  // MARK: - Words

  enum Word: Equatable {
    case text([UInt8])
    case equals
  }

  /// Words between semicolons; comments (nested, §2.2 by RFC 5322 §3.2.2) are gaps, quoted text is one word.
  private static func sections(_ value: ArraySlice<UInt8>) -> ArraySlice<[Word]>? {
    guard value.count <= AuthenticationLimits.field else { return nil }
    var sections: [[Word]] = [[]]
    var word: [UInt8]?
    func close() {
      if let text = word { sections[sections.count - 1].append(.text(text)) }
      word = nil
    }
    var depth = 0
    var quoted = false
    var escaped = false
    for byte in value {
      if escaped {
        escaped = false
        if quoted { word?.append(byte) }
      } else if byte == 92, quoted || depth > 0 {
        escaped = true
      } else if quoted {
        if byte == 34 { quoted = false } else { word?.append(byte) }
      } else if byte == 40 {
        close()
        depth += 1
      } else if depth > 0 {
        if byte == 41 { depth -= 1 }
      } else if byte == 34 {
        quoted = true
        if word == nil { word = [] }
      } else if TagList.isSpace(byte) {
        close()
      } else if byte == 59 {
        close()
        sections.append([])
      } else if byte == 61, !isWithinValue(word, sections.last) {
        close()
        sections[sections.count - 1].append(.equals)
      } else {
        if word == nil { word = [] }
        word?.append(byte)
      }
    }
    // What never ends was not meant as it stands.
    guard depth == 0, !quoted else { return nil }
    close()
    return sections[...]
  }

  /// An `=` within a value, such as the padding of a signature, belongs to the value.
  private static func isWithinValue(_ word: [UInt8]?, _ section: [Word]?) -> Bool {
    word != nil && section?.last == .equals
  }

  /// `method[/version] = result`, then `name = value` as often as it comes.
  private static func method(_ words: [Word]) -> Method? {
    var pairs: [(name: [UInt8], value: [UInt8])] = []
    var index = 0
    while index + 2 < words.count, pairs.count < most {
      if case .text(let name) = words[index], words[index + 1] == .equals, case .text(let value) = words[index + 2] {
        pairs.append((name, value))
        index += 3
      } else {
        index += 1
      }
    }
    guard let first = pairs.first, words.first == .text(first.name) else { return nil }
    return Method(
      name: String(decoding: asciiLowercased(first.name.prefix { $0 != 47 }), as: UTF8.self),
      result: String(decoding: asciiLowercased(first.value), as: UTF8.self),
      properties: pairs.dropFirst().map { pair in
        Property(
          name: String(decoding: asciiLowercased(pair.name), as: UTF8.self),
          value: CleanText.line(String(decoding: pair.value, as: UTF8.self), limit: 1_000))
      })
  }
}
