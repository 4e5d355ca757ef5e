/// SOP row 6: the requester receives the answer and confirms that the matter is solved.
///
/// Needs: nothing to confirm; words to dispute. By a button, by an officer on the requester's word, or by a reply whose
/// first line says so; what else the requester writes only puts off the end by silence.
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

  /// A reply that says whether it is solved: the words stand on the wall, and count. Unproven words never do.
  mutating func receiveVerdict(_ incoming: IncomingMessage, _ verdict: RequesterVerdict) throws(Rejection) {
    guard incoming.unproven == nil else { return try receiveFromRequester(incoming) }
    try require(.confirmation)
    try bound(incoming.text, .text, limit: Message.longest)
    record(.requesterWrote(message: message(.requester, from: incoming)))
    switch verdict {
    case .solved: try confirm()
    case .notSolved(let reason): try dispute(Deliberation.cut(reason, to: 20_000))
    }
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
