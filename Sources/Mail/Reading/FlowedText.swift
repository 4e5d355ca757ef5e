/// format=flowed (RFC 3676 §4): a line that ends with a space goes on in the next one.
enum FlowedText {
  static func join(_ text: String, dropSpace: Bool) -> String {
    var out = [UInt8]()
    out.reserveCapacity(text.utf8.count)
    var depth = -1
    for raw in Array(text.utf8).split(separator: 10, omittingEmptySubsequences: false) {
      var line = raw
      if line.last == 13 { line = line.dropLast() }
      let quotes = line.prefix { $0 == 62 }.count
      var rest = line.dropFirst(quotes)
      if rest.first == 32 { rest = rest.dropFirst() }
      let signature = rest.elementsEqual("-- ".utf8)
      if depth == quotes, !signature {
        out.append(contentsOf: rest)
      } else {
        if depth >= 0 { out.append(10) }
        if quotes > 0 { out.append(contentsOf: line.prefix(quotes) + [32]) }
        out.append(contentsOf: rest)
      }
      if rest.last == 32, !signature {
        depth = quotes
        if dropSpace { out.removeLast() }
      } else {
        depth = -1
        out.append(10)
      }
    }
    if out.last == 10 { out.removeLast() }
    return String(decoding: out, as: UTF8.self)
  }
}
