// Saved replies: texts officers insert and edit.

import Desk
import Hummingbird
import SOP
import Wording

enum SavedReplyRoutes {
  static func add(to routes: inout RouteTable) {
    routes.get("/kelola/balasan", for: .roles(.administrator)) { visitor in
      try visitor.page(SavedRepliesPage(replies: try await visitor.web.store.savedReplies()))
    }
    routes.get("/kelola/balasan/:reply", for: .roles(.administrator)) { visitor in
      let reply = try await reply(visitor)
      return try visitor.page(SavedReplyPage(id: reply?.id, title: reply?.title ?? "", text: reply?.text ?? ""))
    }
    routes.post("/kelola/balasan/:reply", for: .roles(.administrator)) { visitor in try await save(visitor) }
    routes.post("/kelola/balasan/:reply/hapus", for: .roles(.administrator)) { visitor in
      guard let reply = try await reply(visitor) else { throw WebRefusal(.notFound) }
      try await visitor.web.store.deleteSavedReply(reply.id)
      try await visitor.keepRecord("deleteSavedReply", reply.title)
      return visitor.go(to: Link("/kelola/balasan"), flash: .removed)
    }
  }

  /// `nil` for the form of a new one, under `baru`.
  private static func reply(_ visitor: Visitor) async throws -> SavedReply? {
    let id = visitor.parameter("reply") ?? ""
    if id == "baru" { return nil }
    guard let reply = try await visitor.web.store.savedReplies().first(where: { $0.id == id }) else {
      throw WebRefusal(.notFound)
    }
    return reply
  }

  private static func save(_ visitor: Visitor) async throws -> Response {
    let known = try await reply(visitor)
    var page = SavedReplyPage(
      id: known?.id, title: visitor.form.text("judul", limit: 400), text: visitor.form.text("naskah"))
    page.check(visitor.language)
    guard page.problems.isEmpty else { return try visitor.page(page, .refused) }
    let reply = SavedReply(id: known?.id ?? Secrets.token(), title: page.title, text: page.text)
    try await visitor.web.store.save(reply)
    try await visitor.keepRecord("saveSavedReply", reply.title)
    return visitor.go(to: Link("/kelola/balasan"), flash: .saved)
  }
}

struct SavedRepliesPage: Page {
  static let template = "pages/admin-balasan"
  static let previews = [
    SavedRepliesPage(replies: [SavedReply(id: "r1", title: "Minta surat kuasa", text: "Yth. Bapak/Ibu,\nmohon …")]),
    SavedRepliesPage(replies: []),
  ]

  let replies: [SavedReply]

  func value(of name: String) -> Shown? {
    switch name {
    case "tabs": AdministrationPart.replies.tabs
    case "replies":
      .rows(
        replies.map {
          NamedValues([
            "replyTitle": .text($0.title), "firstLine": .text($0.text.firstLine(limit: 120)),
            "replyLink": .link(Link("/kelola/balasan", $0.id)),
          ])
        })
    default: nil
    }
  }
}

struct SavedReplyPage: Page {
  static let template = "pages/admin-balasan-satu"
  static let previews = [
    SavedReplyPage(id: "r1", title: "Minta surat kuasa", text: "Yth. Bapak/Ibu, …"), wrong,
  ]
  private static var wrong: SavedReplyPage {
    var page = SavedReplyPage(id: nil, title: "", text: "")
    page.check(.indonesian)
    return page
  }

  /// `nil`: a new one.
  let id: String?
  let title: String
  let text: String
  var problems: [FieldProblem] = []

  mutating func check(_ language: Language) {
    if title.isEmpty || title.firstLine(limit: 200) != title {
      problems.append(
        FieldProblem(
          field: "judul",
          sentence: language == .english
            ? "Write a title on one line, at most 200 characters."
            : "Tulis judul dalam satu baris, paling banyak 200 karakter."))
    }
    if text.isEmpty {
      problems.append(
        FieldProblem(field: "naskah", sentence: language == .english ? "Write the text." : "Tulis naskahnya."))
    }
  }

  func value(of name: String) -> Shown? {
    switch name {
    case "tabs": AdministrationPart.replies.tabs
    case "isNew": .flag(id == nil)
    case "saveLink": .link(Link("/kelola/balasan", id ?? "baru"))
    case "deleteLink": .link(Link("/kelola/balasan", id ?? "baru", "hapus"))
    case "judul":
      .part(TextField(name: name, value: title, error: problems.sentence(for: name), limit: 200))
    case "naskah":
      .part(TextAreaField(name: name, value: text, error: problems.sentence(for: name), rows: 10))
    default: nil
    }
  }
}
