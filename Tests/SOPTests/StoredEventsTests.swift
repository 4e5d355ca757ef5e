import Foundation
import Testing
import Townsfolk

@testable import SOP

/// Events and letters are stored for ever. `events.jsonl` and `letters.jsonl` hold lines as they were first written;
/// a line is never changed, only added (run the tests once with `WRITE_STORED_EVENTS=1`, which appends what is
/// missing).
@Suite(.serialized) struct StoredEventsTests {
  private func file(_ name: String) -> URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(name)
  }

  private func lines(_ name: String) throws -> [Data] {
    try Data(contentsOf: file(name)).split(separator: UInt8(ascii: "\n")).map { Data($0) }
  }

  /// The name of a case with the nested cases that must not be lost either.
  private func detail(_ event: TicketEvent) -> String {
    switch event {
    case .closed(let closure): "closed.\(closure.kind.rawValue)"
    case .analysisRecorded(let decision): "analysisRecorded.\(decision.kind.rawValue)"
    case .clockTold(let mark, _): "clockTold.\(mark.rawValue)"
    case .paused(let pause): "paused.\(pause.reason.rawValue)"
    case .registryReplied(let reply): "registryReplied.\(reply.result.rawValue)"
    case .resumed(let deadline): deadline == nil ? "resumed.without" : "resumed.with"
    case .stageEntered(let entry): "stageEntered.\(entry.stage.code)"
    default: eventName(event)
    }
  }

  private var expectedDetails: Set<String> {
    let nested: Set<String> = [
      "closed", "analysisRecorded", "clockTold", "paused", "registryReplied", "resumed", "stageEntered",
    ]
    var all = eventNames.subtracting(nested)
    all.formUnion(Closure.Kind.allCases.map { "closed.\($0.rawValue)" })
    all.formUnion(AnalysisDecision.Kind.allCases.map { "analysisRecorded.\($0.rawValue)" })
    all.formUnion(ClockMark.allCases.map { "clockTold.\($0.rawValue)" })
    all.formUnion(Pause.Reason.allCases.map { "paused.\($0.rawValue)" })
    all.formUnion(RegistryReply.Verdict.allCases.map { "registryReplied.\($0.rawValue)" })
    all.formUnion(Stage.allCases.dropFirst().map { "stageEntered.\($0.code)" })
    all.formUnion(["resumed.with", "resumed.without"])
    return all
  }

  private func detail(_ kind: Letter.Kind) -> String {
    if case .closingNotice(let closure) = kind { return "closingNotice.\(closure.rawValue)" }
    return letterName(kind)
  }

  private var expectedLetters: Set<String> {
    letterNames.subtracting(["closingNotice"]).union(Closure.Kind.allCases.map { "closingNotice.\($0.rawValue)" })
  }

  @Test func `every event ever written still decodes, and every case was written`() throws {
    try write()
    let events = try lines("events.jsonl").map { try JSONDecoder().decode(RecordedEvent.self, from: $0) }
    #expect(Set(events.map { detail($0.event) }) == expectedDetails)
  }

  @Test func `every letter ever written still decodes, and every kind was written`() throws {
    let letters = try lines("letters.jsonl").map { try JSONDecoder().decode(Letter.self, from: $0) }
    #expect(Set(letters.map { detail($0.kind) }) == expectedLetters)
  }

  @Test func `a stored event is written today as it was then`() throws {
    for line in try lines("events.jsonl") {
      let event = try JSONDecoder().decode(RecordedEvent.self, from: line)
      #expect(try encoder.encode(event) == line)
    }
  }

  private var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }

  private func write() throws {
    guard ProcessInfo.processInfo.environment["WRITE_STORED_EVENTS"] == "1" else { return }
    var events = (try? lines("events.jsonl")) ?? []
    var letters = (try? lines("letters.jsonl")) ?? []
    var missing = expectedDetails.subtracting(
      try events.map { detail(try JSONDecoder().decode(RecordedEvent.self, from: $0).event) })
    var missingLetters = expectedLetters.subtracting(
      try letters.map { detail(try JSONDecoder().decode(Letter.self, from: $0).kind) })
    func keep(_ event: RecordedEvent) throws {
      guard missing.remove(detail(event.event)) != nil else { return }
      events.append(try encoder.encode(event))
    }
    try keep(RecordedEvent(sequence: 9, at: wib(23, 9, 0), by: .machine, event: .resumed(deadline: nil)))
    for seed in 0..<UInt64(2_000) {
      var walk = try RandomWalk(seed: seed)
      for _ in 0..<60 { walk.step() }
      for event in walk.scene.history {
        let line = try encoder.encode(event)
        if line.count < 4_000 { try keep(event) }
      }
      for letter in walk.scene.letters {
        let line = try encoder.encode(letter)
        if line.count < 4_000, missingLetters.remove(detail(letter.kind)) != nil { letters.append(line) }
      }
    }
    try Data(events.joined(separator: Data("\n".utf8)) + Data("\n".utf8)).write(to: file("events.jsonl"))
    try Data(letters.joined(separator: Data("\n".utf8)) + Data("\n".utf8)).write(to: file("letters.jsonl"))
  }
}
