import Desk
import SOP
import Wording

/// `/`: what happened, in own words; how to follow; the mailbox as the other way.
struct StartPage: Page {
  static let template = "pages/portal-awal"
  var unfinished: ComplaintDraft?
  let office: Office

  func value(of name: String) -> Shown? {
    switch name {
    case "uraian": .part(TextAreaField(name: "uraian"))
    case "nomor": .part(TextField(name: "nomor", limit: 40))
    case "unfinished": .flag(unfinished != nil)
    case "unfinishedText": .text(unfinished?.text.firstLine(limit: 100))
    case "goOnLink": .link(unfinished?.nextStep.link)
    case "mailAddress": .text(office.mailAddress)
    case "mailLink": .link(Link.mail(office.mailAddress))
    default: nil
    }
  }
}

/// `/lapor`: what happened, and the domain it is about.
struct WhatPage: Page {
  static let template = "pages/portal-lapor"
  let draft: ComplaintDraft
  /// What stood in the domain field; nil: what was read.
  var typedDomain: String?
  /// The text was understood but for the name: the page says why it asks.
  var asksForDomain = false
  var problems: [FieldProblem] = []

  static func problems(_ draft: ComplaintDraft, isName: Bool, _ language: Language) -> [FieldProblem] {
    var found: [FieldProblem] = []
    if !draft.text.holdsWords {
      found.append(
        FieldProblem(
          field: "uraian",
          sentence: language.choose(
            "Ceritakan apa yang terjadi, misalnya: Situs desa kami tidak bisa dibuka sejak kemarin.",
            "Tell us what happened, for example: Our village's site cannot be opened since yesterday.")))
    } else if draft.text.utf8.count > Message.longest {
      found.append(
        FieldProblem(
          field: "uraian",
          sentence: language.choose(
            "Tulisan terlalu panjang. Ringkas, atau lampirkan sebagai berkas pada langkah ketiga.",
            "The text is too long. Shorten it, or attach it as a file in step three.")))
    }
    if !isName {
      found.append(
        FieldProblem(
          field: "domain",
          sentence: language.choose(
            "Tulis nama domain seperti contoh: desasukamaju.desa.id. Kosongkan bila tidak tahu.",
            "Write the domain name like this example: desasukamaju.desa.id. Leave it empty if you do not know.")))
    }
    return found
  }

  private var others: String {
    let reading = ComplaintReading(text: draft.text)
    return ([reading.domain].compactMap { $0 } + reading.alternatives).map(\.name).filter { $0 != draft.domain }
      .prefix(4).joined(separator: ", ")
  }

  func value(of name: String) -> Shown? {
    switch name {
    case "uraian": .part(TextAreaField(name: "uraian", value: draft.text, error: problems.sentence(for: "uraian")))
    case "domain":
      .part(
        TextField(
          name: "domain", value: typedDomain ?? draft.domain, error: problems.sentence(for: "domain"), required: false,
          limit: 300))
    case "asksForDomain": .flag(asksForDomain)
    case "others": .text(others)
    default: nil
    }
  }
}

/// `/lapor/pemohon`: who complains.
struct WhoPage: Page {
  static let template = "pages/portal-pemohon"
  let form: RequesterForm
  let domain: String
  let problems: [FieldProblem]
  let language: Language

  func value(of name: String) -> Shown? {
    switch name {
    case "domainName": .text(domain)
    case "instansi": field("instansi", form.institution, autocomplete: "organization", limit: 300)
    case "jenis": .part(SelectField(name: "jenis", options: kinds, error: problems.sentence(for: "jenis")))
    case "nama": field("nama", form.name, autocomplete: "name", limit: 200)
    case "jabatan": field("jabatan", form.position, required: false, autocomplete: "organization-title", limit: 300)
    case "surel": field("surel", form.email, .email, required: false, autocomplete: "email", limit: 254)
    case "telepon": field("telepon", form.phone, .tel, required: false, autocomplete: "tel", limit: 40)
    default: nil
    }
  }

  private func field(
    _ name: String, _ value: String, _ kind: TextField.Kind = .text, required: Bool = true, autocomplete: String,
    limit: Int
  ) -> Shown {
    .part(
      TextField(
        name: name, value: value, error: problems.sentence(for: name), kind: kind, required: required,
        autocomplete: autocomplete, limit: limit))
  }

  private var kinds: [FieldOption] {
    let none = FieldOption(value: "", label: language.choose("Pilih", "Choose"), isChosen: form.kind.isEmpty)
    return [none]
      + InstitutionKind.allCases.map {
        FieldOption(value: $0.rawValue, label: $0.label(language), isChosen: $0.rawValue == form.kind)
      }
  }
}

/// One file of a list: name, size, and what can be done with it.
struct FileRow: PageValue, Equatable {
  let attachment: Attachment
  let language: Language
  /// Where it can be read.
  var link: Link?

  func value(of name: String) -> Shown? {
    switch name {
    case "fileName": .text(attachment.fileName)
    case "fileSize": .text(NumberWords(language).fileSize(attachment.size))
    case "fileDigest": .text(attachment.sha256)
    case "fileLink": .link(link)
    default: nil
    }
  }
}

/// `/lapor/berkas`: pictures and papers.
struct FilesPage: Page {
  static let template = "pages/portal-berkas"
  let draft: ComplaintDraft
  /// Names of files that were not taken.
  var refused: [String] = []
  let language: Language

  var problems: [FieldProblem] {
    refused.isEmpty
      ? []
      : [
        FieldProblem(
          field: "berkas",
          sentence: language.choose(
            "Tidak terunggah: \(refused.joined(separator: ", ")). Kirim paling banyak 10 berkas, masing-masing 15 MB.",
            "Not uploaded: \(refused.joined(separator: ", ")). Send at most 10 files, 15 MB each."))
      ]
  }

  func value(of name: String) -> Shown? {
    switch name {
    case "berkas": .part(FileField(name: "berkas", error: problems.first?.sentence))
    case "files": .rows(draft.files.map { FileRow(attachment: $0, language: language) })
    case "hasFiles": .flag(!draft.files.isEmpty)
    default: nil
    }
  }
}

/// `/lapor/periksa`: everything once more, each with a way to change it.
struct CheckPage: Page {
  static let template = "pages/portal-periksa"
  let draft: ComplaintDraft
  var problems: [FieldProblem] = []
  let language: Language

  func value(of name: String) -> Shown? {
    switch name {
    case "text": .text(draft.text)
    case "domainName": .text(draft.host.isEmpty ? draft.domain : "\(draft.domain) (\(draft.host))")
    case "institution": .text(draft.institution)
    case "kind": .text(InstitutionKind(rawValue: draft.kind)?.label(language))
    case "person": .text(draft.name)
    case "position": .text(draft.position)
    case "email": .text(draft.email)
    case "phone": .text(draft.phone)
    case "files": .rows(draft.files.map { FileRow(attachment: $0, language: language) })
    default: nil
    }
  }
}

/// `/lapor/selesai/NUMBER`: the number, what happens next and by when, how to follow.
struct DonePage: Page {
  static let template = "pages/portal-selesai"
  let number: TicketNumber
  /// "hari ini pukul 10.24 WIB"; nil once the check is over.
  let checkedBy: String?
  /// The whole secret link, as text to be copied.
  let secret: String
  /// Set when a code was sent there and has not come back.
  let codeTo: String?
  let domain: String?
  /// The budgets of the procedure in minutes, from row 3 on.
  let analysisMinutes: Int
  let answerMinutes: Int

  func value(of name: String) -> Shown? {
    switch name {
    case "number": .text(number.description)
    case "ticketLink": .link(Link("/tiket", number.description))
    case "checkedBy": .text(checkedBy)
    case "secret": .text(secret)
    case "codeTo": .text(codeTo)
    case "domainName": .text(domain)
    case "analysisMinutes": .number(analysisMinutes)
    case "answerMinutes": .number(answerMinutes)
    default: nil
    }
  }
}

extension DonePage {
  init(of ticket: Ticket, for visitor: Visitor) {
    let procedure = visitor.web.handling.procedure
    func minutes(_ stage: Stage) -> Int { Int((procedure.budget(of: stage) ?? 0) / 60) }
    let due = ticket.stage == .check && !ticket.isClosed ? ticket.visit?.deadline?.dueAt : nil
    self.init(
      number: ticket.number, checkedBy: due.map { visitor.dates.relative($0, now: visitor.now) },
      secret: visitor.web.post.followLink(ticket.number),
      codeTo: ticket.addressAwaitsProof ? ticket.complaint.requester.email : nil,
      domain: ticket.complaint.domain?.name, analysisMinutes: minutes(.analysis), answerMinutes: minutes(.answer))
  }
}
