/// Not fatalError(), a Fault.
func handle() throws {
  throw Fault("fatalError(")
}
try? FileHandle.standardError.write(contentsOf: Data())
// The digest has 32 bytes: swift-crypto's contract.
// swift-format-ignore: NeverForceUnwrap
let first = digest.first!
fatalError("the page library is not loaded")  // lint:allow before the server listens, a missing page is a broken build
