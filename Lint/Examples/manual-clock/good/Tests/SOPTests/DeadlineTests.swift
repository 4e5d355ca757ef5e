@Test func `a deadline passes, whatever Date() says`() {
  let now = Date(timeIntervalSince1970: 1_764_000_000)
  #expect(Deadline(now).passed(at: now))
}
