import Desk
import Foundation
import SOP
import Testing

/// What stands as JSON in the database beside the events: follow-ups, letters, submissions, people, settings. Each line of
/// `stored.jsonl` is one as it was first written, under the name of its kind; a line is never changed, only added.
@Suite struct StoredTextsTests {
  private struct Line: Decodable {
    let kind: String
    let decoded: any Codable & Equatable

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Kind.self)
      let kind = try #require(container.allKeys.first)
      self.kind = kind.stringValue
      func read<T: Codable & Equatable>(_ type: T.Type) throws -> T { try container.decode(type, forKey: kind) }
      decoded =
        switch kind {
        case .followUp: try read(FollowUp.self)
        case .letter: try read(OutboxLetter.self)
        case .submission: try read(WebSubmission.self)
        case .account: try read(Account.self)
        case .institution: try read(Institution.self)
        case .token: try read(APIToken.self)
        case .performer: try read(Performer.self)
        case .reasons: try read([String].self)
        case .calendar: try read(OfficeCalendar.self)
        case .text: try read(String.self)
        }
    }
  }

  private enum Kind: String, CodingKey, CaseIterable {
    case followUp, letter, submission, account, institution, token, performer, reasons, calendar, text
  }

  private func lines() throws -> [(text: String, line: Line)] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("stored.jsonl")
    return try Data(contentsOf: file).split(separator: UInt8(ascii: "\n")).map { text in
      (String(decoding: text, as: UTF8.self), try JSONDecoder().decode(Line.self, from: Data(text)))
    }
  }

  @Test func `every text ever stored still decodes, and every kind was stored`() throws {
    let lines = try lines()
    #expect(Set(lines.map { $0.line.kind }) == Set(Kind.allCases.map { $0.rawValue }))
    let commands = lines.compactMap { ($0.line.decoded as? FollowUp)?.command.name }
    // Whatever a decision, or the end of a letter, orders for a ticket.
    #expect(
      Set(commands) == [
        "recordAnswerAccepted", "recordAnswerFailed", "recordLetterFailed", "linkDuplicate", "answerAsOriginal",
        "originalEnded",
      ])
  }

  @Test func `a stored text is written today as it was then`() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    for (text, line) in try lines() {
      #expect(String(decoding: try encoder.encode([line.kind: Written(line.decoded)]), as: UTF8.self) == text)
    }
  }

  private struct Written: Encodable {
    let value: any Encodable
    init(_ value: any Encodable) { self.value = value }
    func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
  }
}
