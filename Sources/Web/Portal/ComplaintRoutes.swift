// The form of a complaint: what happened, who you are, files, check, done. One question a page.
//
// Every "Lanjut" writes the draft before it answers, so that each page can be left and come back to. The last step
// hands the draft to intake under its own key: pressed twice, or sent again after a lost connection, it is one ticket.

import Desk
import Hummingbird
import SOP
import Wording

enum ComplaintRoutes {
  static func add(to routes: inout RouteTable) {
    routes.get("/", for: .everyone) { try await start($0) }
    routes.get("/lapor", for: .everyone) { visitor in
      let asks = visitor.query["domain"] != nil
      return try visitor.page(WhatPage(draft: try await visitor.openDraft(), asksForDomain: asks))
    }
    routes.post("/lapor", for: .everyone) { try await takeWhat($0) }
    routes.post("/lapor/hapus", for: .everyone) { visitor in
      try await visitor.dropDraft()
      return visitor.go(to: Link("/"), flash: .removed)
    }
    routes.get("/lapor/pemohon", for: .everyone) { try await showWho($0) }
    routes.post("/lapor/pemohon", for: .everyone) { try await takeWho($0) }
    routes.get("/lapor/berkas", for: .everyone) { visitor in
      try await visitor.step(.files) { try visitor.page(FilesPage(draft: $0, language: visitor.language)) }
    }
    routes.post("/lapor/berkas", for: .everyone) { try await takeFiles($0) }
    routes.post("/lapor/berkas/hapus", for: .everyone) { try await dropFile($0) }
    routes.get("/lapor/periksa", for: .everyone) { visitor in
      try await visitor.step(.check) { try visitor.page(CheckPage(draft: $0, language: visitor.language)) }
    }
    routes.post("/lapor/periksa", for: .everyone) { try await submit($0) }
    routes.get("/lapor/selesai/:number", for: .follower) { visitor in
      try visitor.page(DonePage(of: try await visitor.followedTicket(), for: visitor))
    }
  }

  private static func start(_ visitor: Visitor) async throws -> Response {
    let draft = try await visitor.complaintDraft()
    let unfinished = draft?.ticket == nil ? draft : nil
    return try visitor.page(StartPage(unfinished: unfinished, office: visitor.web.office))
  }

  private static func takeWhat(_ visitor: Visitor) async throws -> Response {
    var draft = try await visitor.openDraft()
    let typed = visitor.form.has("domain") ? visitor.form.text("domain", limit: 2_000) : nil
    let isName = draft.take(text: visitor.form.text("uraian", limit: 1 << 20), typed: typed)
    let problems = WhatPage.problems(draft, isName: isName, visitor.language)
    guard problems.isEmpty else {
      return try visitor.page(WhatPage(draft: draft, typedDomain: typed, problems: problems), .refused)
    }
    try await visitor.keep(draft)
    // No name found and none asked for yet: the same page asks, by its second field.
    if draft.domain.isEmpty, typed == nil { return visitor.go(to: Link("/lapor", query: [("domain", "")])) }
    return visitor.go(to: draft.nextStep == .check ? ComplaintDraft.Step.check.link : ComplaintDraft.Step.who.link)
  }

  private static func showWho(_ visitor: Visitor) async throws -> Response {
    try await visitor.step(.who) { draft in
      var draft = draft
      // Never ask for what the directory knows.
      if draft.institution.isEmpty, let domain = DomainName(draft.domain),
        let known = try await visitor.web.store.institution(ofDomain: domain)
      {
        (draft.institution, draft.kind) = (known.name, known.kind.rawValue)
      }
      return try visitor.page(
        WhoPage(form: RequesterForm(draft), domain: draft.domain, problems: [], language: visitor.language))
    }
  }

  private static func takeWho(_ visitor: Visitor) async throws -> Response {
    try await visitor.step(.who) { draft in
      let form = RequesterForm(visitor.form)
      let problems = form.problems(visitor.language)
      guard problems.isEmpty else {
        return try visitor.page(
          WhoPage(form: form, domain: draft.domain, problems: problems, language: visitor.language), .refused)
      }
      var draft = draft
      let isFirst = draft.nextStep == .who
      form.put(into: &draft)
      try await visitor.keep(draft)
      return visitor.go(to: isFirst ? ComplaintDraft.Step.files.link : ComplaintDraft.Step.check.link)
    }
  }

  private static func takeFiles(_ visitor: Visitor) async throws -> Response {
    try await visitor.step(.files) { draft in
      var draft = draft
      let room = max(0, ComplaintDraft.mostFiles - draft.files.count)
      let kept = try await visitor.keepUploads("berkas", atMost: room)
      let sent = visitor.form.files.filter { $0.field == "berkas" }
      for file in kept where !draft.files.contains(where: { $0.sha256 == file.sha256 }) { draft.files.append(file) }
      try await visitor.keep(draft)
      let refused = (visitor.form.refusedFiles + sent.dropFirst(room).map(\.name)).map { FileNames.clean($0) }
      guard refused.isEmpty else {
        return try visitor.page(FilesPage(draft: draft, refused: refused, language: visitor.language), .refused)
      }
      let goesOn = visitor.form["aksi"] != "unggah" || sent.isEmpty
      return visitor.go(to: goesOn ? ComplaintDraft.Step.check.link : ComplaintDraft.Step.files.link)
    }
  }

  private static func dropFile(_ visitor: Visitor) async throws -> Response {
    var draft = try await visitor.openDraft()
    draft.files.removeAll { $0.sha256 == visitor.form["berkas"] }
    if !draft.text.isEmpty { try await visitor.keep(draft) }
    return visitor.go(to: ComplaintDraft.Step.files.link, flash: .removed)
  }

  private static func submit(_ visitor: Visitor) async throws -> Response {
    if let number = try await visitor.complaintDraft()?.ticket { return done(number, visitor) }
    return try await visitor.step(.check) { draft in
      if let problem = try await ration(draft, visitor) {
        return try visitor.page(
          CheckPage(draft: draft, problems: [problem], language: visitor.language), .tooMany)
      }
      let taken = try await visitor.web.intake.submit(
        draft.submission(in: visitor.language), source: .web, key: "web/\(draft.id)")
      guard let number = taken.ticket else { throw Fault("the complaint of draft \(draft.id) became no ticket") }
      // What the person told is in the ticket now, and no longer in a browser that others may use.
      try await visitor.keep(ComplaintDraft(id: draft.id, ticket: number))
      return done(number, visitor)
    }
  }

  private static func done(_ number: TicketNumber, _ visitor: Visitor) -> Response {
    var response = visitor.go(to: Link("/lapor/selesai", number.description))
    visitor.rememberKey(of: number, on: &response)
    return response
  }

  /// Why this complaint must wait; nil when it need not. The code letter goes to an address somebody typed, so the
  /// letters to one address are few (security.md A8), and so are complaints from one network address.
  private static func ration(_ draft: ComplaintDraft, _ visitor: Visitor) async throws -> FieldProblem? {
    let store = visitor.web.store
    guard try await store.allow("portal/complaint/\(visitor.address)", limit: 60, per: 3_600, now: visitor.now) else {
      return FieldProblem(
        field: "",
        sentence: visitor.language.choose(
          "Terlalu banyak pengaduan dari jaringan ini. Tunggu satu jam, lalu tekan Kirim lagi; isian Bapak/Ibu "
            + "tersimpan. Yang mendesak dapat dikirim lewat surel ke \(visitor.web.office.mailAddress).",
          "Too many complaints from this network. Wait an hour and press Send again; what you wrote is kept. What "
            + "is urgent can be mailed to \(visitor.web.office.mailAddress)."))
    }
    guard !draft.email.isEmpty else { return nil }
    for (key, limit, seconds) in [("hour", 3, Int64(3_600)), ("day", 8, 86_400)] {
      let key = "portal/code/\(key)/\(draft.email)"
      guard try await store.allow(key, limit: limit, per: seconds, now: visitor.now) else {
        return FieldProblem(
          field: "surel",
          sentence: visitor.language.choose(
            "Terlalu banyak kode dikirim ke \(draft.email). Kosongkan alamat surel, atau kirim lagi satu jam lagi; "
              + "isian Bapak/Ibu tersimpan.",
            "Too many codes were sent to \(draft.email). Leave the e-mail address empty, or send again in an hour; "
              + "what you wrote is kept."))
      }
    }
    return nil
  }
}

extension Visitor {
  /// Runs one step of the form with its draft; a visitor who has skipped a step is led back to it.
  fileprivate func step(
    _ step: ComplaintDraft.Step, _ run: (ComplaintDraft) async throws -> Response
  ) async throws -> Response {
    let draft = try await openDraft()
    guard draft.nextStep.rawValue >= step.rawValue else { return go(to: draft.nextStep.link) }
    return try await run(draft)
  }
}
