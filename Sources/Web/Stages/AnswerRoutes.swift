import Desk
import SOP
import Wording

/// SOP row 5 on the desk: *konfirmasi/jawaban* to the requester.
enum AnswerRoutes {
  static let form = DeskForm(
    name: "answer", writing: Bilingual("jawaban", "the answer"), fields: [.answer: "jawaban", .work: "pekerjaan"],
    files: "berkas-jawaban"
  ) { form, _, _ in
    guard let outcome = Answer.Outcome(rawValue: form.typed("hasil-akhir")) else {
      throw FormRefusal(field: "hasil-akhir", sentence: Bilingual("Pilih hasil akhirnya.", "Choose the outcome."))
    }
    return .sendAnswer(Answer(text: form.typed("jawaban"), outcome: outcome, work: form.optional("pekerjaan")))
  }
}

/// The form of row 5, filled in from what was decided and what the registry answered: `stages/answer`.
struct AnswerForm: PageValue {
  let view: TicketView
  let filled: FilledForm

  private var ticket: Ticket { view.ticket }

  func value(of name: String) -> Shown? {
    switch name {
    case "actionLink": .link(Link("/meja/tiket", view.number, "answer"))
    case "draftLink": .link(Link("/meja/tiket", view.number, "draf", "answer"))
    case "reachSentence": .text(view.reach.sentence(view.language))
    case "answerButton": .text(view.reach.answerButton(view.requesterName, view.language))
    case "underWay": .flag(ticket.answerUnderWay != nil && !ticket.answerWaitsForVoice)
    case "failure": .text(ticket.answerFailure)
    case "waitsForOriginal": .text(ticket.pause?.reason == .duplicate ? ticket.duplicateOf?.description : nil)
    case "jawaban": .part(filled.area("jawaban", AnswerForm.proposal(view), rows: 7))
    case "berkasJawaban": .part(filled.files("berkas-jawaban"))
    case "pekerjaan": .part(filled.area("pekerjaan", required: false, rows: 2))
    case "hasilAkhir":
      .part(
        filled.choice(
          "hasil-akhir",
          Answer.Outcome.allCases.map { FieldOption(value: $0.rawValue, label: $0.label(view.language)) },
          chosen: outcome.rawValue))
    default: nil
    }
  }

  private var outcome: Answer.Outcome {
    switch ticket.analysis?.kind {
    case .referred: .referred
    case .declined: .declined
    default: ticket.registryReply?.result == .cannot ? .information : .solved
    }
  }

  /// A first draft, which the officer edits: only what is on record. An answer that did not arrive, or was not read
  /// out yet, is there again.
  static func proposal(_ view: TicketView) -> String {
    let ticket = view.ticket
    if let answer = ticket.answer, ticket.answerFailure != nil || ticket.answerWaitsForVoice { return answer.text }
    let choose = view.language == .english && ticket.complaint.requester.language == .english
    let greeting = choose ? "Dear Sir or Madam," : "Yth. Bapak/Ibu \(ticket.complaint.requester.name),"
    var lines = [greeting, ""]
    switch ticket.analysis?.way {
    case .referred(let referral):
      lines += [ticket.analysis?.cause ?? "", "\(referral.owner): \(referral.contact)", referral.proof]
    case .declined(let reason): lines.append(reason)
    default: lines += [ticket.registryReply?.text ?? "", ticket.analysis?.cause ?? ""]
    }
    return lines.joined(separator: "\n")
  }
}

/// An answer that waits to be read out: `stages/reading`.
struct ReadingForm: PageValue {
  let view: TicketView
  let filled: FilledForm

  func value(of name: String) -> Shown? {
    switch name {
    case "actionLink": .link(Link("/meja/tiket", view.number, "reading"))
    case "draftLink": .link(Link("/meja/tiket", view.number, "draf", "reading"))
    case "answerText": .text(view.ticket.answer?.text)
    case "callNumber": .text(view.ticket.complaint.requester.phone)
    case "catatanBaca": .part(filled.line("catatan-baca", required: false, limit: 2_000))
    default: nil
    }
  }
}
