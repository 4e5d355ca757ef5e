/// SOP row 6: the requester receives the answer and confirms that the matter is solved.
///
/// Needs: nothing to confirm; words to dispute.
/// Refuses: any other row than 6.
/// Follows: closed; or row 3 again with a new visit and its own clock; or, in silence, closed at the end of the set
/// working day with a notice.
extension Deliberation {
  mutating func confirm() throws(Rejection) {
    try require(.confirmation)
    record(.confirmed)
    end(.confirmed, at: now, note: nil)
  }

  mutating func dispute(_ reason: String) throws(Rejection) {
    try require(.confirmation)
    try require(reason, .reason)
    let id = nextID
    record(.disputed(reason: reason))
    enter(.analysis)
    send(.reopenedNotice, to: .requester, id: id)
  }

  mutating func end(_ kind: Closure.Kind, at instant: Instant, note: String?) {
    let id = nextID
    record(.closed(closure: Closure(kind: kind, at: instant, note: note)))
    send(.closingNotice(kind), to: .requester, id: id)
    switch kind {
    case .confirmed, .silence: break  // an answer was accepted, and the duplicates have it
    case .withdrawn, .notCompleted, .overridden: releaseDuplicates()
    }
  }
}
