// A complaint that came by telephone or at the counter, entered by an officer (SOP row 1, in the requester's name).
//
// In: GET and POST /meja/baru; POST /meja/baru/draf while somebody types. On disk before a ticket exists: the submission in the inbound ledger, under a key of
// this form, so that a repeated click makes no second ticket. Checked here, before the ledger: everything row 1
// bounds, because a row that the procedure refuses could only be set aside. Out: the ticket's page.

import Desk
import Hummingbird
import SOP
import Wording

/// The routes of complaints taken by an officer.
enum OfficerIntakeRoutes {
  static let pages: [any Page.Type] = [OfficerIntakePage.self]

  static func add(to routes: inout RouteTable) {
    let staff = Access.roles(.officer, .supervisor)
    routes.get("/meja/baru", for: staff) { visitor in
      let draft = try await FormDraft.load(visitor, FormDraft.spoken)
      return try visitor.page(
        OfficerIntakePage(form: draft, key: RandomToken.hex(bytes: 16), language: visitor.language))
    }
    routes.post("/meja/baru", for: staff) { try await take($0) }
    routes.post("/meja/baru/draf", for: staff) { visitor in
      try await FormDraft.keep(visitor, FormDraft.spoken)
      return Response(status: HTTPOutcome.done.status)
    }
  }

  private static func take(_ visitor: Visitor) async throws -> Response {
    var entry = SpokenComplaint(visitor.form, language: visitor.language)
    let key = SpokenComplaint.key(visitor.form)
    if let refused = visitor.refusedFiles(of: "berkas") { entry.refuse(refused, visitor.visit.language) }
    guard entry.problems.isEmpty else {
      return try visitor.page(
        OfficerIntakePage(form: visitor.form, key: key, language: visitor.language, problems: entry.problems),
        .refused)
    }
    let person = try visitor.person()
    let officer = Officer(account: person.id, name: person.name)
    let files = try await visitor.keepUploads("berkas")
    let taken = try await visitor.web.intake.submit(
      entry.submission(enteredBy: officer, files), source: .officer, key: "officer/\(person.id)/\(key)")
    guard let number = taken.ticket else { throw Fault("a spoken complaint became no ticket") }
    try await FormDraft.drop(visitor, FormDraft.spoken)
    return visitor.go(to: Link("/meja/tiket", number.description), flash: .saved)
  }
}

/// What an officer wrote down, read field by field.
struct SpokenComplaint: Sendable {
  let channel: ContactChannel
  let text: String
  let name: DomainName?
  let category: SOP.Category?
  let since: String?
  let requester: Requester
  private(set) var problems: [FieldProblem] = []

  /// The ways in that have no page of their own.
  static let channels: [ContactChannel] = [.telephone, .counter]

  init(_ form: FormData, language: Language) {
    func read(_ field: String) -> String { form.text(field, limit: 1 << 20) }
    func optional(_ field: String) -> String? {
      let text = read(field)
      return text.isEmpty ? nil : text
    }
    channel = SpokenComplaint.channels.first { $0.rawValue == form["kanal"] } ?? .telephone
    text = read("uraian")
    name = DomainName(read("domain"))
    category = form["kategori"].flatMap { Category(rawValue: $0) }
    since = optional("sejak")
    requester = Requester(
      name: read("nama"), email: optional("surel").map { $0.asciiLowered }, phone: optional("telepon"),
      institution: optional("instansi"), institutionKind: form["jenis"].flatMap { InstitutionKind(rawValue: $0) },
      position: optional("jabatan"))
    check(form, language)
  }

  /// The bounds of row 1 (`Deliberation.submit`), and what only a form can get wrong.
  private mutating func check(_ form: FormData, _ language: Language) {
    func refuse(_ field: String, _ rejection: Rejection) {
      problems.append(FieldProblem(field: field, sentence: rejection.sentence(language)))
    }
    if text.isEmpty { refuse("uraian", .textMissing(.text)) }
    if requester.name.isEmpty { refuse("nama", .textMissing(.requesterName)) }
    let bounds: [(String, String?, Rejection.Field, Int)] = [
      ("uraian", text, .text, Message.longest), ("nama", requester.name, .requesterName, 200),
      ("instansi", requester.institution, .institution, 300), ("jabatan", requester.position, .contact, 300),
      ("surel", requester.email, .contact, 320), ("telepon", requester.phone, .contact, 100),
      ("sejak", since, .since, 200),
    ]
    for (field, value, kind, limit) in bounds where (value ?? "").utf8.count > limit {
      refuse(field, .textTooLong(kind, limit: limit))
    }
    if name == nil, form.optional("domain") != nil {
      problems.append(
        FieldProblem(
          field: "domain",
          sentence: language.choose(
            "Tulis nama domain seperti contoh: desasukamaju.desa.id",
            "Write the domain name like: desasukamaju.desa.id")))
    }
    if let email = requester.email, !SpokenComplaint.isAddress(email), problems.sentence(for: "surel") == nil {
      problems.append(
        FieldProblem(
          field: "surel",
          sentence: language.choose(
            "Alamat surel belum lengkap. Contoh: sari@sukamaju.desa.id",
            "The e-mail address is not complete. Example: sari@sukamaju.desa.id")))
    }
  }

  mutating func refuse(_ files: FormRefusal, _ language: PageLanguage) {
    problems.append(FieldProblem(field: files.field, sentence: files.sentence.text(in: language)))
  }

  /// The registrable name is what the ticket is about; a name below it is the host that is affected.
  func submission(enteredBy officer: Officer, _ files: [Attachment]) -> WebSubmission {
    let domain = name.map { $0.registrable ?? $0 }
    let isHost = name != domain && name?.name != "www.\(domain?.name ?? "")"
    return WebSubmission(
      channel: channel, requester: requester, text: text, domain: domain, host: isHost ? name : nil,
      category: category, since: since, attachments: files, enteredBy: officer)
  }

  /// The form's own key: thirty-two hexadecimal digits given with the empty form.
  static func key(_ form: FormData) -> String {
    let key = form["isian"] ?? ""
    let isOurs = key.utf8.count == 32 && key.utf8.allSatisfy { FormCoding.digit($0) != nil }
    return isOurs ? key : RandomToken.hex(bytes: 16)
  }

  /// One `@` with something before it and a host name after it, printable ASCII only.
  private static func isAddress(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.allSatisfy({ $0 > 32 && $0 < 127 }) else { return false }
    let parts = bytes.split(separator: 64, omittingEmptySubsequences: false)
    guard parts.count == 2, let local = parts.first, !local.isEmpty, let host = parts.last else { return false }
    return DomainName(String(decoding: host, as: UTF8.self)) != nil
  }
}
