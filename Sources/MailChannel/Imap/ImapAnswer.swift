/// Reads the few answers of an IMAP server that we ask for. Works on bytes; anything else in the answer is passed over.
enum ImapAnswer {
  /// The items of `* STATUS name (MESSAGES 3 UIDNEXT 4 …)`, RFC 3501 §7.2.4; nil when one we need is missing.
  static func status(_ body: [UInt8]) -> ImapStatus? {
    for line in lines(of: body) where starts(line, with: "* STATUS ") {
      // The name may hold parentheses: the list is the last pair.
      guard let open = line.lastIndex(of: UInt8(ascii: "(")), let close = line.lastIndex(of: UInt8(ascii: ")")),
        open < close
      else { continue }
      let words = line[(open + 1)..<close].split(separator: UInt8(ascii: " "))
      var values: [[UInt8]: UInt32] = [:]
      for (name, value) in zip(words, words.dropFirst()) { values[uppercased(name)] = number(value) }
      guard let messages = values[Array("MESSAGES".utf8)], let next = values[Array("UIDNEXT".utf8)],
        let validity = values[Array("UIDVALIDITY".utf8)], validity > 0, next > 0
      else { continue }
      return ImapStatus(uidValidity: validity, uidNext: next, messages: messages)
    }
    return nil
  }

  /// The numbers of all `* SEARCH 1 2 3` lines, RFC 3501 §7.2.5; nil when there is no such line or it holds anything else.
  static func search(_ body: [UInt8]) -> [UInt32]? {
    var found: [UInt32]?
    for line in lines(of: body) where starts(line, with: "* SEARCH") {
      var numbers = found ?? []
      for word in line.dropFirst(8).split(separator: UInt8(ascii: " ")) {
        guard let number = number(word), number > 0 else { return nil }
        numbers.append(number)
      }
      found = numbers
    }
    return found
  }

  /// `AUTHENTICATIONFAILED` of `A002 NO [AUTHENTICATIONFAILED] text`, in capitals; nil without one.
  static func responseCode(of line: [UInt8]) -> [UInt8]? {
    let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
    guard words.count == 3, words[2].first == UInt8(ascii: "[") else { return nil }
    return uppercased(words[2].dropFirst().prefix { $0 != UInt8(ascii: "]") && $0 != UInt8(ascii: " ") })
  }

  private static func lines(of body: [UInt8]) -> [[UInt8]] {
    body.split { $0 == 10 || $0 == 13 }.map(Array.init)
  }

  private static func starts(_ line: [UInt8], with word: String) -> Bool {
    uppercased(line.prefix(word.utf8.count)) == Array(word.utf8)
  }

  private static func uppercased(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    bytes.map { (97...122).contains($0) ? $0 - 32 : $0 }
  }

  /// A number of RFC 3501 §9: digits, below 2³².
  private static func number(_ word: ArraySlice<UInt8>) -> UInt32? {
    guard (1...10).contains(word.count), word.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return UInt32(String(decoding: word, as: UTF8.self))
  }
}
