import SOP
import Testing

@testable import Wording

@Suite struct TimelineTests {
  private func sentences(_ words: String, _ language: Language, _ reader: Party) -> [String?] {
    Samples.events(words).enumerated().map { index, event in
      Timeline.sentence(
        for: RecordedEvent(sequence: index + 1, at: Samples.now, by: Samples.budi, event: event), language,
        reader: reader)
    }
  }

  @Test(arguments: Language.allCases) func `officers read a sentence for every event`(language: Language) {
    let all = sentences("x", language, .team)
    #expect(all.allSatisfy { $0?.isEmpty == false })
    #expect(all == sentences("x", language, .supervisor))
  }

  @Test(arguments: [Party.requester, .team])
  func `a complaint of the web form came in by the form, for its page did not exist yet`(reader: Party) {
    var complaint = Samples.complaint("x")
    complaint.channel = .web
    let event = RecordedEvent(
      sequence: 1, at: Samples.now, by: Performer(party: .requester),
      event: .submitted(complaint: complaint, procedure: "SOP-2022"))
    #expect(
      Timeline.sentence(for: event, .indonesian, reader: reader)?.hasPrefix("Pengaduan diterima lewat formulir web")
        == true)
  }

  @Test func `both languages tell every event differently`() {
    for (indonesian, english) in zip(sentences("x", .indonesian, .team), sentences("x", .english, .team)) {
      #expect(indonesian != english)
    }
  }

  @Test(arguments: Language.allCases, [Party.requester, .registry])
  func `no words of people and no account reach those outside`(language: Language, reader: Party) {
    for sentence in sentences("RAHASIA", language, reader).compactMap({ $0 }) {
      #expect(!sentence.contains("RAHASIA") && !sentence.contains("acct-77f1"))
      #expect(!sentence.contains(Samples.other.description) && !sentence.contains("Budi"))
    }
  }

  @Test func `notes and the registry's wall do not exist for the requester`() {
    for (event, sentence) in zip(Samples.events("x"), sentences("x", .indonesian, .requester)) {
      switch event {
      case .noteAdded, .registryWrote, .writtenToRegistry, .escalated, .letterFailed, .answerFailed, .duplicateLinked,
        .overridden, .returnedToAnalysis, .escalationTaken, .wordsRead:
        #expect(sentence == nil)
      case .clockTold(let mark, _): #expect((sentence != nil) == (mark == .lapse))
      default: break
      }
    }
  }

  @Test func `an unproven message is not shown as the requester's own`() {
    let message = Message(
      id: "m", wall: .requester, author: Performer(party: .requester), channel: .email, text: "x",
      unproven: "sender_differs")
    let event = RecordedEvent(sequence: 3, at: Samples.now, by: .machine, event: .requesterWrote(message: message))
    #expect(Timeline.sentence(for: event, .indonesian, reader: .requester) == nil)
    #expect(Timeline.sentence(for: event, .indonesian, reader: .team)?.contains("belum terbukti") == true)
  }

  @Test func `an unproven reply to a notice is not shown as a colleague's own`() {
    let message = Message(
      id: "m", wall: .team, author: Performer(party: .machine, name: "orang"), channel: .email, text: "x",
      unproven: "orang@lain.example")
    let event = RecordedEvent(sequence: 3, at: Samples.now, by: .machine, event: .noteAdded(message: message))
    #expect(Timeline.sentence(for: event, .indonesian, reader: .team)?.contains("belum terbukti") == true)
  }

  @Test(arguments: Samples.hostileWords) func `words of people stand on one line`(words: String) {
    for sentence in sentences(words, .indonesian, .team).compactMap({ $0 }) {
      #expect(sentence.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{2028}" && $0 != "\u{202E}" })
    }
  }

  @Test func `a requester reads who handles the ticket by name`() {
    let event = RecordedEvent(
      sequence: 3, at: Samples.now, by: Samples.budi,
      event: .assigned(officer: Officer(account: "acct-77f1", name: "Budi Santoso")))
    #expect(Timeline.sentence(for: event, .indonesian, reader: .requester) == "Ditangani oleh Budi Santoso.")
  }
}
