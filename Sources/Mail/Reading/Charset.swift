/// Names of character sets as mail spells them.
///
/// Enters: a label of any origin. Leaves: one of the sets this room reads, or nil. Only names of this list ever reach
/// `iconv`: its tables for mainframes hang or abort on some bytes, and `//` in a name would be a switch.
/// Labels are read as browsers do (WHATWG Encoding): Latin-1 and ASCII mean Windows-1252, GB2312 means GB18030.
enum Charset: Equatable {
  case utf8
  case utf7
  case utf16
  case utf32
  case iso2022jp
  case iso2022kr
  case hz
  /// A name for iconv.
  case table(String)

  static let latin1 = Charset.table("WINDOWS-1252")

  init?(_ label: String?) {
    guard let label, label.utf8.count <= 100 else { return nil }
    // "utf-8", "UTF_8", "'utf8'", "charset=utf-8" and "utf-8; x" are one name.
    let word = asciiLowercased(Array(label.utf8)).drop { $0 <= 32 || $0 == 34 || $0 == 39 }
      .prefix { $0 > 32 && $0 != 59 && $0 != 44 && $0 != 34 && $0 != 39 }
    var letters = word.filter { (48...57).contains($0) || (97...122).contains($0) }
    for prefix in ["charset", "xcs", "cs"] where letters.starts(with: prefix.utf8) {
      letters.removeFirst(prefix.utf8.count)
    }
    if let found = Self.named(letters) {
      self = found
    } else if letters.first == UInt8(ascii: "x"), let found = Self.named(Array(letters.dropFirst())) {
      self = found
    } else {
      return nil
    }
  }

  private static func named(_ letters: [UInt8]) -> Charset? {
    let name = String(decoding: letters, as: UTF8.self)
    return Self.names[name] ?? codePage(letters) ?? iso8859(letters)
  }

  /// `windows-1252`, `cp1252`, `win1252`, `ms1252`, `ansi1252`, `ibm850`, `1252`.
  private static func codePage(_ letters: [UInt8]) -> Charset? {
    let digits = letters.suffix(while: { (48...57).contains($0) })
    let front = String(decoding: letters.dropLast(digits.count), as: UTF8.self)
    guard ["windows", "win", "cp", "ms", "ansi", "ibm", "oem", "dos", "codepage", ""].contains(front) else {
      return nil
    }
    let number = String(decoding: digits, as: UTF8.self)
    switch number {
    case "1250", "1251", "1252", "1253", "1254", "1255", "1256", "1257", "1258": return .table("WINDOWS-" + number)
    case "437", "737", "775", "850", "852", "855", "857", "858", "860", "861", "862", "863", "865", "866", "869",
      "1125":
      return .table("CP" + number)
    case "874": return .table("CP874")
    case "932", "31": return .table("CP932")
    case "936", "54936": return .table("GB18030")
    case "949", "51949": return .table("CP949")
    case "950": return .table("CP950")
    case "20127", "28591": return latin1
    case "28592": return .table("ISO-8859-2")
    case "28595": return .table("ISO-8859-5")
    case "28599": return .table("WINDOWS-1254")
    case "28605": return .table("ISO-8859-15")
    case "20866": return .table("KOI8-R")
    case "21866": return .table("KOI8-U")
    case "50220", "50221", "50222": return .iso2022jp
    case "50225": return .iso2022kr
    case "51932": return .table("EUC-JP")
    case "52936": return .hz
    case "65000": return .utf7
    case "65001": return .utf8
    case "1200", "1201": return .utf16
    default: return nil
    }
  }

  /// `iso-8859-15`, `8859-15`, `iso8859_1`, `iso-8859-8-i`, `latin2`.
  private static func iso8859(_ letters: [UInt8]) -> Charset? {
    var rest = letters[...]
    if rest.starts(with: "iso".utf8) { rest = rest.dropFirst(3) }
    if rest.starts(with: "latin".utf8) || rest.first == UInt8(ascii: "l") && rest.count <= 3 {
      let number = String(decoding: rest.drop { !(48...57).contains($0) }, as: UTF8.self)
      let parts = [
        "1": "1", "2": "2", "3": "3", "4": "4", "5": "9", "6": "10", "7": "13", "8": "14", "9": "15", "0": "15",
        "10": "16",
      ]
      return parts[number].flatMap(part)
    }
    guard rest.starts(with: "8859".utf8) else { return nil }
    let number = rest.dropFirst(4).prefix { (48...57).contains($0) }
    return number.count > 2
      ? part(String(decoding: number.prefix(2), as: UTF8.self))
      : part(String(decoding: number, as: UTF8.self))
  }

  private static func part(_ number: String) -> Charset? {
    switch number {
    case "1": latin1
    case "9": .table("WINDOWS-1254")
    case "11": .table("CP874")
    case "2", "3", "4", "5", "6", "7", "8", "10", "13", "14", "15", "16": .table("ISO-8859-" + number)
    default: nil
    }
  }

  private static let names: [String: Charset] = {
    var names: [String: Charset] = [:]
    func add(_ charset: Charset, _ labels: [String]) { for label in labels { names[label] = charset } }
    add(.utf8, ["utf8", "unicode11utf8", "unicode20utf8", "utf8mb4", "utf8mb3", "utf8n", "utf8mac", "utf8bom", "u8"])
    add(.utf7, ["utf7", "unicode11utf7", "unicode20utf7", "utf7imap"])
    add(
      .utf16,
      [
        "utf16", "utf16le", "utf16be", "ucs2", "ucs2le", "ucs2be", "unicode", "iso10646ucs2", "unicodefffe",
        "unicodefeff", "utf16n",
      ])
    add(.utf32, ["utf32", "utf32le", "utf32be", "ucs4", "iso10646ucs4"])
    add(
      latin1,
      [
        "usascii", "ascii", "ansix341968", "ansix341986", "iso646us", "iso646", "us", "ascii7bit", "ascii8bit",
        "8bit", "7bit", "iso88591windows30latin1", "westerneuropean", "iso8859", "ansi", "unknown8bit",
      ])
    add(
      .table("GB18030"),
      ["gb2312", "gb231280", "gbk", "gb18030", "gb", "euccn", "chinese", "isoir58", "cngb", "gb180302000"])
    add(.hz, ["hz", "hzgb2312", "hzgb"])
    add(.table("BIG5-HKSCS"), ["big5", "big5hkscs", "cnbig5", "big5eten", "hkbig5", "xbig5"])
    add(.table("EUC-TW"), ["euctw"])
    add(
      .iso2022jp,
      [
        "iso2022jp", "iso2022jpms", "jis", "iso2022jp1", "iso2022jp2", "iso2022jp3", "jisencoding",
        "iso2022jp2004", "junet",
      ])
    add(.table("CP932"), ["shiftjis", "sjis", "mskanji", "windows31j", "shiftjisms"])
    add(.table("EUC-JP"), ["eucjp", "ujis", "eucjpms", "xeucjp"])
    add(.iso2022kr, ["iso2022kr"])
    add(.table("CP949"), ["euckr", "ksc56011987", "ksc5601", "ksc5601987", "ksc56011989", "korean", "uhc", "isoir149"])
    add(.table("JOHAB"), ["johab", "ksc56011992"])
    add(.table("ISO-2022-CN"), ["iso2022cn", "iso2022cnext"])
    add(.table("KOI8-R"), ["koi8r", "koi8", "koi", "cskoi8r"])
    add(.table("KOI8-U"), ["koi8u", "koi8ru"])
    add(.table("KOI8-T"), ["koi8t"])
    add(.table("CP874"), ["tis620", "tis62025331", "thai"])
    add(.table("TCVN"), ["tcvn", "tcvn5712"])
    add(.table("VISCII"), ["viscii"])
    add(.table("MACINTOSH"), ["macintosh", "mac", "macroman", "xmacroman", "applemacintosh"])
    add(.table("MAC-CENTRALEUROPE"), ["macce", "maccentraleurope"])
    add(.table("MAC-CYRILLIC"), ["maccyrillic", "macukrainian", "macuk"])
    add(.table("WINDOWS-1251"), ["cyrillic", "windowscyrillic"])
    add(.table("WINDOWS-1256"), ["arabic", "asmo708"])
    add(.table("ISO-8859-7"), ["greek", "elot928"])
    add(.table("ISO-8859-8"), ["hebrew", "visual", "logical"])
    add(.table("HP-ROMAN8"), ["hproman8", "roman8", "r8"])
    return names
  }()
}

extension Collection where Element == UInt8, Self: BidirectionalCollection {
  /// The longest end all of whose bytes pass.
  func suffix(while passes: (UInt8) -> Bool) -> SubSequence {
    var start = endIndex
    while start > startIndex, passes(self[index(before: start)]) { start = index(before: start) }
    return self[start...]
  }
}

/// The character set an HTML text names itself (`<meta charset=…>`, `<meta … content="text/html; charset=…">`).
enum HTMLCharset {
  /// Looks into the first 2,048 bytes, as browsers look into the first 1,024.
  static func declared(_ html: ArraySlice<UInt8>) -> String? {
    let head = asciiLowercased(html.prefix(2_048).filter { $0 != 0 })
    guard let meta = find("<meta", head[...]) else { return nil }
    var rest = head[meta...]
    while let at = find("charset", rest) {
      let value = rest[at...].drop { $0 <= 32 }
      rest = value
      guard value.first == 61 else { continue }
      let name = value.dropFirst().drop { $0 <= 32 || $0 == 34 || $0 == 39 }
        .prefix { (48...57).contains($0) || (97...122).contains($0) || $0 == 45 || $0 == 95 }
      if !name.isEmpty { return String(decoding: name, as: UTF8.self) }
    }
    return nil
  }

  /// Index behind the word.
  private static func find(_ word: String, _ text: ArraySlice<UInt8>) -> Int? {
    let letters = Array(word.utf8)
    var at = text.startIndex
    while at + letters.count <= text.endIndex {
      if text[at] == letters.first, text[at...].starts(with: letters) { return at + letters.count }
      at += 1
    }
    return nil
  }
}
