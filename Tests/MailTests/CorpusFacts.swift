import Foundation
import Mail

/// Facts of third-party corpora, compared with what `MailReader` says. Reads the files where they lie.
///
/// A folder's adapter names what it does not count against the reader: `exceptions` maps "case fact" to the class it
/// belongs to, such as a matter of taste of the oracle's own parser. Only facts that fail are excused, each is counted
/// and printed with its class, and there may not be more of them than were declared.
struct CorpusFacts {
  var right = 0
  var missed: [String] = []
  /// "case fact" to the name of its class.
  var exceptions: [String: String] = [:]
  private(set) var excused: [String: Int] = [:]
  private(set) var cases = Set<String>()
  /// Facts that the oracle gives and the product does not hold, by kind.
  var notHeld: [String: Int] = [:]
  var share: Double { right + missed.count == 0 ? 1 : Double(right) / Double(right + missed.count) }

  /// Folder of all corpora: `SIGAP_CORPORA`, or beside the checkout; nil when absent.
  static var folder: URL? {
    let path = ProcessInfo.processInfo.environment["SIGAP_CORPORA"] ?? "../shared/corpora"
    let url = URL(fileURLWithPath: path)
    return FileManager.default.fileExists(atPath: url.appendingPathComponent("README.md").path) ? url : nil
  }

  typealias Row = [String: Any]

  static func rows(_ folder: URL, _ file: String = "oracle.jsonl") -> [Row] {
    guard let text = try? String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8) else { return [] }
    return text.split(separator: "\n").compactMap {
      try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? Row
    }
  }

  static func message(_ folder: URL, _ row: Row) -> MailMessage {
    let name = row["file"] as? String ?? ""
    return MailReader.read([UInt8]((try? Data(contentsOf: folder.appendingPathComponent(name))) ?? Data()))
  }

  mutating func check(_ row: Row, _ fact: String, _ holds: Bool, _ detail: @autoclosure () -> String = "") {
    let id = row["id"] as? String ?? "?"
    cases.insert(id)
    if holds {
      right += 1
    } else if let excuse = exceptions["\(id) \(fact)"] {
      excused[excuse, default: 0] += 1
    } else {
      missed.append("\(id) \(fact) \(detail())")
    }
  }

  /// One line a folder, and what failed when asked for (`SIGAP_CORPORA_MISSED`).
  func report(_ folder: String) {
    print("\(folder): \(cases.count) cases, \(right + missed.count) facts, \(right) right, \(missed.count) wrong")
    for (name, count) in excused.sorted(by: { $0.key < $1.key }) { print("  excused \(count): \(name)") }
    for (name, count) in notHeld.sorted(by: { $0.key < $1.key }) { print("  not held \(count): \(name)") }
    guard ProcessInfo.processInfo.environment["SIGAP_CORPORA_MISSED"] != nil else { return }
    for line in missed { print("  wrong: \(line.prefix(400))") }
  }

  var overExcused: [String] {
    excused.filter { excuse in excuse.value > exceptions.values.filter { $0 == excuse.key }.count }.map(\.key)
  }

  /// Letters and digits only: words compare, layout does not.
  static func words(_ text: String) -> [UInt8] {
    var out = [UInt8]()
    for scalar in text.lowercased().unicodeScalars
    where scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
      out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
    return out
  }

  static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    part.isEmpty || Data(text).range(of: Data(part)) != nil
  }

  static func tidy(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Floors are what was measured; raise them when reading gets better, never lower them.
  static let adapters: [(folder: String, floor: Double, read: @Sendable (URL) -> CorpusFacts)] = [
    ("mail-parse-stalwart", 1, stalwart), ("mail-parse-zammad", 1, zammad), ("mail-parse-mime4j", 1, mime4j),
    ("helpdesk-mail", 1, helpdesk), ("names-mail-address", 1, addresses),
  ]
}
