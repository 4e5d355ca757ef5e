@Test func `a deadline passes`() {
  let now = Date.now  // bad
  #expect(Deadline(now).passed(at: Date()))  // bad
}
