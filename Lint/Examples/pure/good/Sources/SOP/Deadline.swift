/// Never `Date()` here; nothing is async.
struct Deadline {
  let now: Date
  let id: UUID
  let words = "await UUID()"
  let start = Date(timeIntervalSince1970: 0)
}
