import Mail
import Synchronization

/// A DNS on paper: names with their records. What stands nowhere does not exist, and is noted.
final class RecordedLookups: DNSLookups {
  enum Entry {
    case txt([UInt8])
    case a(IPAddress)
    case aaaa(IPAddress)
    case mx(UInt16, String)
    case ptr(String)
    case alias(String)
    /// Any type that has no record before this entry gets no answer.
    case silence
    /// This type (as in "TXT") gets no answer.
    case silent(String)
    /// The name exists; nothing else is said.
    case empty
    /// The name is known not to exist.
    case nothing
  }

  let entries: [String: [Entry]]
  private let log = Mutex<[String]>([])

  init(_ entries: [String: [Entry]] = [:]) {
    var lower: [String: [Entry]] = [:]
    for (name, list) in entries { lower[Self.key(name), default: []] += list }
    self.entries = lower
  }

  /// TXT records only.
  convenience init(txt: [String: String]) {
    self.init(txt.mapValues { [.txt(Array($0.utf8))] })
  }

  /// Every question, as "TYPE name".
  var asked: [String] { log.withLock { $0 } }
  /// The names asked for that stand nowhere.
  var unknown: Set<String> {
    Set(asked.compactMap { $0.split(separator: " ").last.map(String.init) }.filter { entries[$0] == nil })
  }

  private static func key(_ name: String) -> String {
    let lower = name.lowercased()
    return lower.hasSuffix(".") ? String(lower.dropLast()) : lower
  }

  private func answer<Value>(_ type: String, _ name: String, _ pick: (Entry) -> Value?) -> DNSAnswer<Value> {
    log.withLock { $0.append("\(type) \(name)") }
    var name = Self.key(name)
    for _ in 0..<10 {
      guard let list = entries[name] else { return .noSuchName }
      var found: [Value] = []
      for entry in list {
        switch entry {
        case .silence: return found.isEmpty ? .temporaryFailure : .values(found)
        case .silent(type): return .temporaryFailure
        case .nothing: return .noSuchName
        default: if let value = pick(entry) { found.append(value) }
        }
      }
      guard found.isEmpty, let target = list.compactMap({ if case .alias(let name) = $0 { name } else { nil } }).first
      else { return .values(found) }
      name = Self.key(target)
    }
    return .temporaryFailure
  }

  func txt(_ name: String) async -> DNSAnswer<[UInt8]> {
    answer("TXT", name) { if case .txt(let text) = $0 { text } else { nil } }
  }

  func a(_ name: String) async -> DNSAnswer<IPAddress> {
    answer("A", name) { if case .a(let address) = $0 { address } else { nil } }
  }

  func aaaa(_ name: String) async -> DNSAnswer<IPAddress> {
    answer("AAAA", name) { if case .aaaa(let address) = $0 { address } else { nil } }
  }

  func mx(_ name: String) async -> DNSAnswer<MailExchange> {
    answer("MX", name) {
      if case .mx(let preference, let host) = $0 { MailExchange(preference: preference, host: host) } else { nil }
    }
  }

  func ptr(_ name: String) async -> DNSAnswer<String> {
    answer("PTR", name) { if case .ptr(let host) = $0 { host } else { nil } }
  }
}
