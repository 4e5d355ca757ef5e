import Foundation
import Mail

/// names-mail-address: what is an address in a form (`MailAddress.parse`) and in a From field.
extension CorpusFacts {
  static func addresses(_ folder: URL) -> CorpusFacts {
    var facts = CorpusFacts()
    facts.exceptions = addressExceptions
    for row in rows(folder, "isemail.jsonl") {
      let address = row["address"] as? String ?? ""
      switch row["category"] as? String {
      case "ERR": facts.check(row, "form", MailAddress.parse(address) == nil, address)
      case "VALID_CATEGORY", "DNSWARN":
        facts.check(row, "form", MailAddress.parse(address)?.address == address, address)
      case let other: facts.notHeld["free to accept or refuse: \(other ?? "?")", default: 0] += 1
      }
    }
    for row in rows(folder, "flanker.jsonl") {
      let value = row["header_value"] as? String ?? ""
      let message = MailReader.read(Array("From: \(value)\n\nisi".utf8))
      if row["valid"] as? Bool == true {
        let wanted = bare(value)
        facts.check(row, "from", message.from.map(\.address) == [wanted], "\(wanted) \(message.from)")
      } else {
        facts.check(row, "no sender", message.sender == nil, "\(value) \(message.sender as Any)")
      }
    }
    return facts
  }

  /// The address within the angle brackets at the end, or all of it without a comment.
  private static func bare(_ value: String) -> String {
    if value.hasSuffix(">"), let open = value.lastIndex(of: "<") {
      return String(value[value.index(after: open)...].dropLast())
    }
    return value.range(of: " (").map { String(value[..<$0.lowerBound]) } ?? value
  }

  static let addressExceptions: [String: String] = [
    "isemail-005 form": "a domain of one label is no address on the open internet",
    "flanker-invalid-050 no sender": "a name without brackets before the address",
    "flanker-invalid-058 no sender": "a name without brackets before the address",
    "flanker-invalid-100 no sender": "an A-label that decodes to nothing; names are judged where domains are",
  ]
}
