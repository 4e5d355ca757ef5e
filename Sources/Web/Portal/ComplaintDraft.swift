// A complaint on its way through the form, kept on the server under the visitor's cookie: a lost connection, a closed
// browser or a dead battery loses nothing that was sent with "Lanjut".

import Desk
import Foundation
import SOP

/// What the visitor has told so far. Everything is as typed but the domain, which was read.
struct ComplaintDraft: Sendable, Codable, Equatable {
  /// Random; the key under which the ledger takes the complaint once, however often the button is pressed.
  var id: String
  var text = ""
  /// A normalised name; empty: none was found or named.
  var domain = ""
  /// The affected host, when it is not the registrable name itself.
  var host = ""
  var institution = ""
  /// Raw value of `InstitutionKind`; empty: not chosen yet.
  var kind = ""
  var name = ""
  var position = ""
  var email = ""
  var phone = ""
  var files: [Attachment] = []
  /// Set once the complaint is a ticket: the draft is over.
  var ticket: TicketNumber?

  static let form = "portal/complaint"
  static let mostFiles = 10

  /// The steps of the form, in order.
  enum Step: Int, Sendable, CaseIterable {
    case what = 1
    case who, files, check

    var link: Link {
      switch self {
      case .what: Link("/lapor")
      case .who: Link("/lapor/pemohon")
      case .files: Link("/lapor/berkas")
      case .check: Link("/lapor/periksa")
      }
    }
  }

  /// The first step that still lacks something.
  var nextStep: Step {
    if text.isEmpty { return .what }
    if name.isEmpty || institution.isEmpty || InstitutionKind(rawValue: kind) == nil { return .who }
    return .check
  }

  /// Takes the text, and the domain found in it unless the visitor named one.
  /// - Parameter typed: what stood in the domain field; nil when the form had none.
  /// - Returns: false when something was typed that is no domain name.
  mutating func take(text: String, typed: String?) -> Bool {
    self.text = text
    // An empty field that never held a name says nothing; emptied, it says that the name found was wrong.
    let typed = typed?.isEmpty == true && domain.isEmpty ? nil : typed
    let reading = ComplaintReading(text: typed ?? text)
    if let found = reading.domain {
      domain = found.name
      host = reading.host?.name ?? ""
      if host.isEmpty, let inText = ComplaintReading(text: text).host, inText.registrable == found {
        host = inText.name
      }
      return true
    }
    host = ""
    guard let typed, !typed.isEmpty else {
      domain = ""
      return true
    }
    guard let other = ComplaintDraft.name(in: typed) else { return false }
    domain = other.name
    return true
  }

  /// The name in a typed address of any ending: without scheme, path and port.
  private static func name(in typed: String) -> DomainName? {
    var bytes = Array(typed.utf8)[...]
    if let slash = bytes.firstIndex(of: 47), slash > bytes.startIndex, bytes[slash - 1] == 58,
      bytes.dropFirst(slash - bytes.startIndex + 1).first == 47
    {
      bytes = bytes[(slash + 2)...]
    }
    if let at = bytes.lastIndex(of: 64) { bytes = bytes[(at + 1)...] }
    let end = bytes.firstIndex { $0 == 47 || $0 == 58 || $0 == 63 || $0 == 35 } ?? bytes.endIndex
    return DomainName(String(decoding: bytes[..<end], as: UTF8.self))
  }

  func submission(in language: Language) -> WebSubmission {
    func some(_ text: String) -> String? { text.isEmpty ? nil : text }
    return WebSubmission(
      channel: .web,
      requester: Requester(
        name: name, email: some(email), phone: some(phone), institution: some(institution),
        institutionKind: InstitutionKind(rawValue: kind), position: some(position), language: language),
      text: text, domain: DomainName(domain), host: DomainName(host), attachments: files)
  }
}

extension Visitor {
  /// Where this visitor's draft lies; nil before the browser has a cookie.
  private var draftKey: DraftKey? {
    ground.cookies.value(.visitor, in: request)
      .map { DraftKey(owner: Secrets.digest("visitor/\($0)"), form: ComplaintDraft.form) }
  }

  /// The complaint this visitor has begun; nil when there is none.
  func complaintDraft() async throws -> ComplaintDraft? {
    guard let draftKey, let kept = try await web.store.draft(draftKey) else { return nil }
    return try? JSONDecoder().decode(ComplaintDraft.self, from: Data(kept.json.utf8))
  }

  /// The complaint being written: the one begun, or a new one when it became a ticket.
  func openDraft() async throws -> ComplaintDraft {
    if let draft = try await complaintDraft(), draft.ticket == nil { return draft }
    return ComplaintDraft(id: RandomToken.hex(bytes: 16))
  }

  /// Durable on return.
  func keep(_ draft: ComplaintDraft) async throws {
    guard let draftKey else { throw WebRefusal(.forbidden) }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let json = String(decoding: try encoder.encode(draft), as: UTF8.self)
    try await web.store.save(Draft(key: draftKey, json: json, savedAt: now))
  }

  func dropDraft() async throws {
    guard let draftKey else { return }
    try await web.store.save(Draft(key: draftKey, json: "", savedAt: now))
  }
}
