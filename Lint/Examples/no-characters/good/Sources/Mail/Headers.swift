// Never value.contains("\n").
if value.utf8.contains(0x0A) || value.unicodeScalars.contains("\n") { return nil }
let lines = text.unicodeScalars.split(separator: "\n")
let known = kinds.contains("list")
let clean = scalars.filter { $0 == "\r" }
let own = names.contains("a")  // lint:allow a set of our own names
