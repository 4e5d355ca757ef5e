struct Deadline {
  let now = Date()  // bad
  let then: Date = .now  // bad
  let id = UUID()  // bad
  let token = "\(UInt64.random(in: 0...9))"  // bad
  func wait() async {}  // bad
}
