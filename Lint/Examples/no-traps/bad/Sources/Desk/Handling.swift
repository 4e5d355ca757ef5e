func handle() {
  fatalError("never")  // bad
}
FileHandle.standardError.write(Data())  // bad
unowned(unsafe) let desk: Desk  // bad
let first = list.first!  // swift-format-ignore, and it is bad
let other = true
// swift-format-ignore: NeverForceUnwrap — without a reason above it is bad
let last = list.last!
