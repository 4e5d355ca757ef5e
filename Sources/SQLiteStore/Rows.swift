import Foundation
import GRDB
import SOP

extension Database {
  /// Runs a statement that is prepared once per connection.
  func run(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws {
    try cachedStatement(sql: sql).execute(arguments: arguments)
  }

  func row(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> Row? {
    try Row.fetchOne(try cachedStatement(sql: sql), arguments: arguments)
  }

  func rows(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> [Row] {
    try Row.fetchAll(try cachedStatement(sql: sql), arguments: arguments)
  }

  func number(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> Int64? {
    try Int64.fetchOne(try cachedStatement(sql: sql), arguments: arguments)
  }
}

/// Values as JSON texts. Keys are sorted, so that equal values are equal texts.
enum JSONText {
  static func of(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  static func read<T: Decodable>(_ type: T.Type, _ text: String, at place: String) throws -> T {
    do {
      return try JSONDecoder().decode(type, from: Data(text.utf8))
    } catch {
      throw StoreFault.unreadable(place)
    }
  }
}

/// Outside text in a column. SQLite's text ends at a NUL when it passes through C strings, so NUL is written as
/// SUB "0" (and SUB as SUB "1"): what comes back is what went in.
enum Packed {
  static func text(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0 || $0 == 0x1A }) else { return text }
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0: out.append(contentsOf: "\u{1A}0".unicodeScalars)
      case 0x1A: out.append(contentsOf: "\u{1A}1".unicodeScalars)
      default: out.append(scalar)
      }
    }
    return String(out)
  }

  static func textIfAny(_ text: String?) -> String? {
    guard let text else { return nil }
    return Packed.text(text)
  }

  static func unpack(_ text: String) -> String {
    guard text.utf8.contains(0x1A) else { return text }
    var out = String.UnicodeScalarView()
    var escaped = false
    for scalar in text.unicodeScalars {
      if escaped {
        out.append(scalar == "0" ? "\0" : "\u{1A}")
        escaped = false
      } else if scalar == "\u{1A}" {
        escaped = true
      } else {
        out.append(scalar)
      }
    }
    return String(out)
  }

  static func unpackIfAny(_ text: String?) -> String? {
    guard let text else { return nil }
    return unpack(text)
  }
}

extension Row {
  func packed(_ column: String) -> String { Packed.unpack(self[column] as String) }
  func packedIfAny(_ column: String) -> String? { Packed.unpackIfAny(self[column] as String?) }

  func instant(_ column: String) -> Instant { Instant(seconds: self[column] as Int64) }
  func instantIfAny(_ column: String) -> Instant? { (self[column] as Int64?).map { Instant(seconds: $0) } }

  func value<T: RawRepresentable<String>>(_ type: T.Type, _ column: String) throws -> T {
    guard let value = T(rawValue: self[column] as String) else { throw StoreFault.unreadable(column) }
    return value
  }

  func valueIfAny<T: RawRepresentable<String>>(_ type: T.Type, _ column: String) throws -> T? {
    guard let text = self[column] as String? else { return nil }
    guard let value = T(rawValue: text) else { throw StoreFault.unreadable(column) }
    return value
  }

  func ticketNumber(_ column: String) throws -> TicketNumber {
    guard let number = TicketNumber(self[column] as String) else { throw StoreFault.unreadable(column) }
    return number
  }

  func ticketNumberIfAny(_ column: String) throws -> TicketNumber? {
    (self[column] as String?) == nil ? nil : try ticketNumber(column)
  }

  func domainIfAny(_ column: String) throws -> DomainName? {
    guard let text = self[column] as String? else { return nil }
    guard let name = DomainName(text) else { throw StoreFault.unreadable(column) }
    return name
  }
}
