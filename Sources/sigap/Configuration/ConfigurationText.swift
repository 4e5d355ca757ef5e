import Foundation
import Yams

/// The values as written, before anything is understood: file first, environment over it.
struct ConfigurationText: Sendable {
  private var values: [String: String] = [:]
  /// Where each value stands, for the sentence about a wrong one.
  private var origins: [String: String] = [:]

  init(file path: String?, environment: [String: String]) throws {
    if let path { try read(file: path) }
    try read(environment)
  }

  subscript(_ name: String) -> String {
    values[name] ?? ConfigurationKey.all.first { $0.name == name }?.fallback ?? ""
  }

  func fault(_ name: String, _ sentence: String) -> ConfigurationFault {
    ConfigurationFault("\(name) (\(origins[name] ?? "bawaan")): \(sentence)")
  }

  private mutating func read(file path: String) throws {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw ConfigurationFault("The configuration file \(path) cannot be read.")
    }
    guard bytes.count < 1 << 20 else { throw ConfigurationFault("The configuration file \(path) is over 1 MB.") }
    let document: Any?
    do {
      document = try Yams.load(yaml: String(decoding: bytes, as: UTF8.self))
    } catch {
      throw ConfigurationFault("The configuration file \(path) is not valid YAML\(ConfigurationText.place(of: error)).")
    }
    guard let document else { return }
    guard let mapping = document as? [String: Any] else {
      throw ConfigurationFault("The configuration file \(path) must hold keys and values.")
    }
    try read(mapping, prefix: "", file: path, depth: 0)
  }

  /// Where and what; never the line itself, which may hold a password.
  private static func place(of error: any Error) -> String {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _)?, .parser(_, let problem, let mark, _)?,
      .composer(_, let problem, let mark, _)?:
      " in line \(mark.line), column \(mark.column): \(problem)"
    default: ""
    }
  }

  private mutating func read(_ mapping: [String: Any], prefix: String, file: String, depth: Int) throws {
    for (key, value) in mapping.sorted(by: { $0.key < $1.key }) {
      let name = prefix + key
      if let nested = value as? [String: Any], depth < 6 {
        try read(nested, prefix: name + ".", file: file, depth: depth + 1)
        continue
      }
      guard ConfigurationKey.all.contains(where: { $0.name == name }) else {
        throw ConfigurationFault("\(file): unknown key \(name).\(ConfigurationText.suggestion(for: name))")
      }
      guard let text = ConfigurationText.text(of: value) else {
        throw ConfigurationFault("\(file): the value of \(name) must be a text or a number.")
      }
      values[name] = text
      origins[name] = file
    }
  }

  private static func text(of value: Any) -> String? {
    switch value {
    case let text as String: text
    case let number as Int: String(number)
    case let flag as Bool: flag ? "true" : "false"
    case is NSNull: ""
    default: nil
    }
  }

  private mutating func read(_ environment: [String: String]) throws {
    for (variable, value) in environment.sorted(by: { $0.key < $1.key })
    where variable.utf8.starts(with: "SIGAP_".utf8) && !ConfigurationText.foreign.contains(variable) {
      guard let key = ConfigurationKey.all.first(where: { $0.environmentName == variable }) else {
        throw ConfigurationFault("Unknown environment variable \(variable): no such key.")
      }
      values[key.name] = value
      origins[key.name] = variable
    }
  }

  /// Variables of tests and scripts, which configure nothing here.
  private static let foreign: Set<String> = ["SIGAP_CORPORA", "SIGAP_BINARY"]

  private static func suggestion(for name: String) -> String {
    let last = name.split(separator: ".").last.map { String($0).lowercased() } ?? ""
    let near = ConfigurationKey.all.filter { $0.name.lowercased().hasSuffix(last) }.map(\.name)
    return near.isEmpty ? "" : " Did you mean \(near.joined(separator: " or "))?"
  }
}
