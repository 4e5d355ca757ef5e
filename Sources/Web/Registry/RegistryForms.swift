import Desk
import SOP
import Wording

/// The registry's answer as typed: kept word for word when it is refused.
struct HandoffAnswerForm: Sendable, Equatable {
  var result: RegistryReply.Verdict?
  var text = ""
  var reference = ""

  init() {}

  init(_ form: FormData) {
    result = form["jawaban"].flatMap { RegistryReply.Verdict(rawValue: $0) }
    text = form.text("keterangan", limit: HandoffAnswerForm.kept)
    reference = form.text("rujukan", limit: HandoffAnswerForm.kept)
  }

  /// Bytes that are taken from a field: more than the procedure allows, so that it is the procedure that says no.
  static let kept = 1 << 20

  /// `nil` while no answer is chosen.
  func reply(through door: RegistryReply.Door) -> RegistryReply? {
    result.map {
      RegistryReply(result: $0, text: text, reference: reference.isEmpty ? nil : reference, door: door)
    }
  }

  var isEmpty: Bool { text.isEmpty && reference.isEmpty }
}

/// What was typed into a hand-off page and why it was not taken.
struct HandoffDraft: Sendable, Equatable {
  var answer = HandoffAnswerForm()
  var message = ""
  var problems: [FieldProblem] = []

  /// The form's field for a field of the procedure; empty: the problem belongs to no field.
  static func field(_ rejection: Rejection, ofMessage: Bool) -> String {
    switch rejection {
    case .textMissing(let field), .textTooLong(let field, _):
      switch field {
      case .reply: "keterangan"
      case .reference: "rujukan"
      case .text: ofMessage ? "pesan" : ""
      default: ""
      }
    default: ""
    }
  }
}
