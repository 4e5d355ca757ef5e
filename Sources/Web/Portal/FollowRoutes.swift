// The requester's page of a ticket.
//
// The right is a key: it comes by the link of a letter or of the done page, or with the code that proves the address,
// and lies in a cookie from then on. Without it `/tiket/NUMBER` shows the same page for every number, so that nobody
// learns which tickets exist. GET changes nothing but that cookie.

import Desk
import Foundation
import Hummingbird
import SOP
import Wording

enum FollowRoutes {
  static func add(to routes: inout RouteTable) {
    routes.get("/lacak", for: .everyone) { visitor in try visitor.page(TrackPage()) }
    routes.post("/lacak", for: .everyone) { try track($0) }

    let ticket = "/tiket/:number"
    routes.get(ticket, for: .everyone) { try await show($0) }
    routes.post(ticket + "/masuk", for: .everyone) { try await enter($0) }
    routes.get(ticket + "/bukti", for: .everyone) { visitor in
      try visitor.page(ProofPage(number: try visitor.ticketNumber(), key: visitor.query["kunci"] ?? ""))
    }
    routes.post(ticket + "/bukti", for: .everyone) { try await prove($0) }
    routes.post(ticket + "/pesan", for: .follower) { try await write($0) }
    routes.post(ticket + "/confirmation", for: .follower) { try await confirm($0) }
    routes.post(ticket + "/withdrawal", for: .follower) { visitor in
      let reason = visitor.form.text("sebab", limit: 1 << 20)
      return try await visitor.give(.withdraw(reason: reason), typed: FollowTyped(withdrawal: reason))
    }
    routes.post(ticket + "/reopening", for: .follower) { visitor in
      let reason = visitor.form.text("alasan", limit: 1 << 20)
      return try await visitor.give(.reopen(reason: reason), typed: FollowTyped(reason: reason))
    }
    routes.get(ticket + "/berkas/:digest", for: .follower) { try await file($0) }
    routes.get(ticket + "/langsung", for: .follower) { try await stream($0) }
  }

  private static func track(_ visitor: Visitor) throws -> Response {
    let typed = visitor.form.text("nomor", limit: 200)
    if let number = TicketNumber(typed) { return visitor.go(to: Link("/tiket", number.description)) }
    let sentence = visitor.language.choose(
      "Nomor itu belum lengkap atau salah ketik. Tulis seperti pada tanda terima, contoh: ADU-202611-00042-P",
      "That number is incomplete or mistyped. Write it as on the receipt, for example: ADU-202611-00042-P")
    return try visitor.page(
      TrackPage(typed: typed, problems: [FieldProblem(field: "nomor", sentence: sentence)]), .refused)
  }

  private static func show(_ visitor: Visitor) async throws -> Response {
    let number = try visitor.ticketNumber()
    if let key = visitor.query["kunci"] {
      var response = visitor.go(to: Link("/tiket", number.description))
      if visitor.web.tokens.isFollowKey(key, of: number) { visitor.rememberKey(of: number, on: &response) }
      return response
    }
    guard visitor.follows(number), let ticket = try await visitor.web.store.ticket(number) else {
      return try visitor.page(LockedPage(number: number))
    }
    return try visitor.page(try await FollowPage(of: ticket, for: visitor))
  }

  /// By number and the code of the letter: whoever read the letter holds the address.
  private static func enter(_ visitor: Visitor) async throws -> Response {
    let number = try visitor.ticketNumber()
    let code = visitor.form.text("kode", limit: 200)
    if let limit = try await visitor.codeRation(number) {
      return try visitor.page(LockedPage(number: number, typed: code, problems: [limit]), .tooMany)
    }
    guard let ticket = try await visitor.web.store.ticket(number), try await visitor.proves(code: code, ticket) else {
      return try visitor.page(
        LockedPage(number: number, typed: code, problems: [FollowTyped.wrongCode(visitor.language)]), .refused)
    }
    var response = visitor.go(to: Link("/tiket", number.description))
    visitor.rememberKey(of: number, on: &response)
    return response
  }

  /// By the button of the proof link, or by the code in the ticket's page.
  private static func prove(_ visitor: Visitor) async throws -> Response {
    let number = try visitor.ticketNumber()
    guard visitor.form.has("kunci") else { return try await proveByCode(number, visitor) }
    let key = visitor.form.text("kunci", limit: 200)
    guard let ticket = try await visitor.web.store.ticket(number),
      let email = ticket.complaint.requester.email, visitor.web.tokens.isProofKey(key, number, email: email),
      try await visitor.perform(.proveAddress(email: email), on: number, by: ticket.asRequester) == nil
    else { return try visitor.page(ProofPage(number: number, key: key, isWrong: true), .refused) }
    var response = visitor.go(to: Link("/tiket", number.description), flash: .proven)
    visitor.rememberKey(of: number, on: &response)
    return response
  }

  private static func proveByCode(_ number: TicketNumber, _ visitor: Visitor) async throws -> Response {
    let ticket = try await visitor.followedTicket()
    let code = visitor.form.text("kode", limit: 200)
    var typed = FollowTyped(code: code)
    if let limit = try await visitor.codeRation(number) {
      typed.problems = [limit]
      return try visitor.page(try await FollowPage(of: ticket, for: visitor, typed: typed), .tooMany)
    }
    guard try await visitor.proves(code: code, ticket) else {
      typed.problems = [FollowTyped.wrongCode(visitor.language)]
      return try visitor.page(try await FollowPage(of: ticket, for: visitor, typed: typed), .refused)
    }
    return visitor.go(to: Link("/tiket", number.description), flash: .proven)
  }

  private static func write(_ visitor: Visitor) async throws -> Response {
    let ticket = try await visitor.followedTicket()
    var typed = FollowTyped(message: visitor.form.text("pesan", limit: 1 << 20))
    if let problem = try await visitor.messageProblem(ticket, typed.message) {
      typed.problems = [problem]
      return try visitor.page(try await FollowPage(of: ticket, for: visitor, typed: typed), .refused)
    }
    let files = try await visitor.keepUploads("berkas")
    if try await visitor.wroteJustNow(typed.message, files, in: ticket) {
      return visitor.go(to: Link("/tiket", ticket.number.description), flash: .received)
    }
    let message = IncomingMessage(channel: .web, text: typed.message, attachments: files)
    return try await visitor.give(.receiveFromRequester(message), typed: typed, flash: .received)
  }

  private static func confirm(_ visitor: Visitor) async throws -> Response {
    if visitor.form["hasil"] == "selesai" { return try await visitor.give(.confirm, typed: FollowTyped()) }
    let reason = visitor.form.text("alasan", limit: 1 << 20)
    return try await visitor.give(.dispute(reason: reason), typed: FollowTyped(reason: reason))
  }

  /// Only what stands on this ticket's requester wall; another digest is as if it did not exist.
  private static func file(_ visitor: Visitor) async throws -> Response {
    let ticket = try await visitor.followedTicket()
    let history = try await visitor.web.store.history(of: ticket.number)
    guard let digest = visitor.parameter("digest"),
      let attachment = RequesterWall(history).attachments.first(where: { $0.sha256.utf8.elementsEqual(digest.utf8) }),
      let bytes = try await visitor.web.store.file(attachment.sha256)
    else { throw WebRefusal(.notFound) }
    return .file(attachment, bytes: bytes)
  }

  private static func stream(_ visitor: Visitor) async throws -> Response {
    let ticket = try await visitor.followedTicket()
    let number = ticket.number
    return EventStream.response(visitor.web.live, first: "{\"version\":\(ticket.version)}") { change in
      change.number == number ? "{\"version\":\(change.version)}" : nil
    }
  }
}

extension Ticket {
  /// The requester as the one who gives a command.
  var asRequester: Performer {
    Performer(party: .requester, name: complaint.requester.name.isEmpty ? nil : complaint.requester.name)
  }
}

extension Visitor {
  /// Gives the followed ticket a command of its requester; a refusal shows the page again with what was typed.
  fileprivate func give(_ command: TicketCommand, typed: FollowTyped, flash: FlashMessage = .saved) async throws
    -> Response
  {
    let ticket = try await followedTicket()
    guard let rejection = try await perform(command, on: ticket.number, by: ticket.asRequester) else {
      return go(to: Link("/tiket", ticket.number.description), flash: flash)
    }
    var typed = typed
    typed.problems = [
      FieldProblem(field: FollowTyped.field(of: command, rejection), sentence: rejection.sentence(language))
    ]
    return try page(try await FollowPage(of: try await followedTicket(), for: self, typed: typed), .refused)
  }

  /// True when the code is the one sent to the ticket's address; the address counts as proven from then on.
  fileprivate func proves(code: String, _ ticket: Ticket) async throws -> Bool {
    guard let email = ticket.complaint.requester.email, web.tokens.isProofCode(code, ticket.number, email: email)
    else { return false }
    return try await perform(.proveAddress(email: email), on: ticket.number, by: ticket.asRequester) == nil
  }

  /// Six digits can be guessed by a machine in a day: few tries for a ticket and for a network address.
  fileprivate func codeRation(_ number: TicketNumber) async throws -> FieldProblem? {
    let tries: [(String, Int, Int64)] = [
      ("portal/code-try/hour/\(number)", 6, 3_600), ("portal/code-try/day/\(number)", 12, 86_400),
      ("portal/code-try/\(address)", 60, 3_600),
    ]
    for (key, limit, seconds) in tries {
      guard try await web.store.allow(key, limit: limit, per: seconds, now: now) else {
        return FieldProblem(
          field: "kode",
          sentence: language.choose(
            "Terlalu banyak percobaan. Tunggu satu jam, atau buka tautan di dalam surel itu.",
            "Too many tries. Wait an hour, or open the link in that e-mail."))
      }
    }
    return nil
  }

  fileprivate func messageProblem(_ ticket: Ticket, _ text: String) async throws -> FieldProblem? {
    if !form.refusedFiles.isEmpty {
      let names = form.refusedFiles.map { FileNames.clean($0) }.joined(separator: ", ")
      return FieldProblem(
        field: "berkas",
        sentence: language.choose(
          "Tidak terunggah: \(names). Kirim paling banyak 10 berkas, masing-masing 15 MB.",
          "Not uploaded: \(names). Send at most 10 files, 15 MB each."))
    }
    if !text.holdsWords, !form.files.contains(where: { $0.field == "berkas" }) {
      return FieldProblem(field: "pesan", sentence: Rejection.textMissing(.text).sentence(language))
    }
    guard try await web.store.allow("portal/message/\(ticket.number)", limit: 40, per: 3_600, now: now) else {
      return FieldProblem(
        field: "pesan",
        sentence: language.choose(
          "Terlalu banyak pesan dalam satu jam. Tunggu sebentar, lalu kirim lagi; tulisan Bapak/Ibu ada di bawah.",
          "Too many messages in an hour. Wait a little and send again; what you wrote stands below."))
    }
    return nil
  }

  /// The same words and files as the last message, within two minutes: the button was pressed twice.
  fileprivate func wroteJustNow(_ text: String, _ files: [Attachment], in ticket: Ticket) async throws -> Bool {
    for recorded in try await web.store.history(of: ticket.number).reversed() {
      guard now.seconds(since: recorded.at) <= 120 else { return false }
      guard case .requesterWrote(let message) = recorded.event else { continue }
      return message.text.utf8.elementsEqual(text.utf8)
        && message.attachments.map(\.sha256) == files.map(\.sha256)
    }
    return false
  }
}
