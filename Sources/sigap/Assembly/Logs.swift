import Foundation
import Logging

/// One event, one line on standard error: text for people, JSON for machines. Control characters of what is logged
/// never reach the line.
struct LineLogHandler: LogHandler {
  let label: String
  let json: Bool
  var logLevel: Logger.Level
  var metadata: Logger.Metadata = [:]

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let merged = metadata.merging(event.metadata ?? [:]) { $1 }
    let pairs = merged.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }
    let time = Date().formatted(.iso8601)
    let line = json ? jsonLine(event, time, pairs) : textLine(event, time, pairs)
    Sigap.say(line)
  }

  private func textLine(_ event: LogEvent, _ time: String, _ pairs: [(String, String)]) -> String {
    var line = "\(time) \(event.level.rawValue.uppercased()) \(label): \(event.message)"
    for (key, value) in pairs { line += " \(key)=\(value)" }
    return LineLogHandler.flat(line)
  }

  private func jsonLine(_ event: LogEvent, _ time: String, _ pairs: [(String, String)]) -> String {
    var object = Dictionary(pairs) { first, _ in first }
    object["time"] = time
    object["level"] = event.level.rawValue
    object["logger"] = label
    object["message"] = "\(event.message)"
    let data = try? JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
    return data.map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  /// Control characters and line separators as `\u{…}`.
  static func flat(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isControl = scalar.properties.generalCategory == .control || scalar == "\u{2028}" || scalar == "\u{2029}"
      if isControl {
        out.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
      } else {
        out.append(scalar)
      }
    }
    return String(out)
  }

  static func install(_ configuration: Configuration) {
    LoggingSystem.bootstrap { label in
      LineLogHandler(label: label, json: configuration.logsJSON, logLevel: configuration.logLevel)
    }
  }
}
