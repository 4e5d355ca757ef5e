import Desk
import SOP
import Wording

/// What was typed into a form of the ticket's page and why it was not taken.
struct FollowTyped: Sendable, Equatable {
  var message = ""
  var reason = ""
  var withdrawal = ""
  var code = ""
  var problems: [FieldProblem] = []

  /// The form's field a refusal belongs to; empty: to none.
  static func field(of command: TicketCommand, _ rejection: Rejection) -> String {
    switch rejection {
    case .textMissing, .textTooLong: break
    default: return ""
    }
    switch command {
    case .receiveFromRequester: return "pesan"
    case .dispute, .reopen: return "alasan"
    case .withdraw: return "sebab"
    default: return ""
    }
  }

  static func wrongCode(_ language: Language) -> FieldProblem {
    FieldProblem(
      field: "kode",
      sentence: language.choose(
        "Nomor dan kode itu tidak cocok. Periksa enam angka di dalam surel dari kami.",
        "That number and code do not fit. Check the six digits in our e-mail."))
  }
}

/// `/tiket/NUMBER`: where it stands, who holds it and until when, what was found, what was said.
struct FollowPage: Page {
  static let template = "pages/portal-tiket"

  let number: TicketNumber
  var version = 1
  var domain: String?
  let headline: String
  var explanation: String?
  var clock: ServiceClock?
  /// Who works on it: a name, or nil.
  var holder: String?
  var found: [Fact] = []
  var rows: [FollowRow] = []
  var wall: [SaidRow] = []
  /// The address that waits for its code.
  var codeTo: String?
  var mayWrite = true
  var mayConfirm = false
  var mayReopen = false
  var typed = FollowTyped()

  /// A label and what belongs to it.
  struct Fact: PageValue, Equatable {
    let label: String
    let text: String

    func value(of name: String) -> Shown? {
      switch name {
      case "factLabel": .text(label)
      case "factText": .text(text)
      default: nil
      }
    }
  }

  /// One message of the conversation.
  struct SaidRow: PageValue, Equatable {
    let author: String
    let at: String
    let machineAt: String
    let isOurs: Bool
    let text: String
    let files: [FileRow]

    func value(of name: String) -> Shown? {
      switch name {
      case "author": .text(author)
      case "saidAt": .text(at)
      case "machineAt": .text(machineAt)
      case "isOurs": .flag(isOurs)
      case "saidText": .text(text)
      case "files": .rows(files)
      case "hasFiles": .flag(!files.isEmpty)
      default: nil
      }
    }
  }

  var problems: [FieldProblem] { typed.problems }

  func value(of name: String) -> Shown? {
    switch name {
    case "number": .text(number.description)
    case "version": .number(version)
    case "domainName": .text(domain)
    case "headline": .text(headline)
    case "explanation": .text(explanation)
    case "clock": .part(clock)
    case "holder": .text(holder)
    case "hasPanel": .flag(explanation != nil || clock != nil || holder != nil || !found.isEmpty)
    case "found": .rows(found)
    case "hasFound": .flag(!found.isEmpty)
    case "rows": .rows(rows)
    case "wall": .rows(wall)
    case "codeTo": .text(codeTo)
    case "mayWrite": .flag(mayWrite)
    case "mayConfirm": .flag(mayConfirm)
    case "mayReopen": .flag(mayReopen)
    default: formValue(of: name) ?? linkValue(of: name)
    }
  }

  private func formValue(of name: String) -> Shown? {
    switch name {
    case "pesan":
      .part(
        TextAreaField(
          name: "pesan", value: typed.message, error: problems.sentence(for: "pesan"), rows: 4))
    case "berkas": .part(FileField(name: "berkas", error: problems.sentence(for: "berkas")))
    case "alasan":
      .part(TextAreaField(name: "alasan", value: typed.reason, error: problems.sentence(for: "alasan"), rows: 4))
    case "sebab":
      .part(
        TextAreaField(
          name: "sebab", value: typed.withdrawal, error: problems.sentence(for: "sebab"), required: false, rows: 3,
          limit: 2_000))
    case "kode": .part(TextField.proofCode(typed.code, problems))
    case "opensDispute": .flag(problems.sentence(for: "alasan") != nil)
    case "opensWithdrawal": .flag(problems.sentence(for: "sebab") != nil)
    default: nil
    }
  }

  private func linkValue(of name: String) -> Shown? {
    let number = number.description
    return switch name {
    case "selfLink": .link(Link("/tiket", number))
    case "liveLink": .link(Link("/tiket", number, "langsung"))
    case "messageLink": .link(Link("/tiket", number, "pesan"))
    case "confirmLink": .link(Link("/tiket", number, "confirmation"))
    case "withdrawLink": .link(Link("/tiket", number, "withdrawal"))
    case "reopenLink": .link(Link("/tiket", number, "reopening"))
    case "proveLink": .link(Link("/tiket", number, "bukti"))
    default: nil
    }
  }
}

extension TextField {
  /// The six digits of the letter that proves an address.
  static func proofCode(_ typed: String, _ problems: [FieldProblem]) -> TextField {
    TextField(
      name: "kode", value: typed, error: problems.sentence(for: "kode"), autocomplete: "one-time-code", limit: 20)
  }
}

/// `/lacak`: a number.
struct TrackPage: Page {
  static let template = "pages/portal-lacak"
  var typed = ""
  var problems: [FieldProblem] = []

  func value(of name: String) -> Shown? {
    name == "nomor"
      ? .part(TextField(name: "nomor", value: typed, error: problems.sentence(for: "nomor"), limit: 40)) : nil
  }
}

/// `/tiket/NUMBER` without its key: the same for every number, whether there is such a ticket or not.
struct LockedPage: Page {
  static let template = "pages/portal-kunci"
  let number: TicketNumber
  var typed = ""
  var problems: [FieldProblem] = []

  func value(of name: String) -> Shown? {
    switch name {
    case "number": .text(number.description)
    case "enterLink": .link(Link("/tiket", number.description, "masuk"))
    case "kode": .part(TextField.proofCode(typed, problems))
    default: nil
    }
  }
}

/// `/tiket/NUMBER/bukti?kunci=…`: one button. Mail scanners that open the link prove nothing.
struct ProofPage: Page {
  static let template = "pages/portal-bukti"
  let number: TicketNumber
  let key: String
  var isWrong = false

  func value(of name: String) -> Shown? {
    switch name {
    case "number": .text(number.description)
    case "key": .text(key)
    case "isWrong": .flag(isWrong)
    case "proveLink": .link(Link("/tiket", number.description, "bukti"))
    case "ticketLink": .link(Link("/tiket", number.description))
    default: nil
    }
  }
}
