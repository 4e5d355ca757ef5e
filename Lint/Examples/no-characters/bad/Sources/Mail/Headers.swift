if value.contains("\n") { return nil }  // bad
let lines = text.split(separator: "\r\n")  // bad
let clean = text.filter { $0 == "\r" }  // bad
let rows = text.components(separatedBy: .newlines)  // bad
let open = html.firstIndex(of: "<")  // bad
if text.contains(where: { $0 == "\0" }) { return nil }  // bad
