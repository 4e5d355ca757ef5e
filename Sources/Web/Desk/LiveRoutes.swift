// What moves, told to open pages: GET /meja/langsung and /registri/langsung, server-sent events (HTML standard §9.2).
//
// Out: for each change of a ticket `data: {"id":"ADU-…","version":7,"stage":"check","page":true}`; `page` is false for
// changes that the page cannot lack (it shows one ticket, and this is another one). With `?tiket=NUMBER` the officer
// counts as present there (`&menulis=answer`: as writing in that form), and
// `data: {"id":"hadir","text":"Budi sedang menulis jawaban"}` follows whenever the others there change. Every twenty
// seconds an event `ping`, by which a browser knows that the line is alive, and we that the browser is. The registry is
// told `data: {"regions":true}` when something of its row may have changed, and nothing of any ticket.
//
// Ends with the browser, with the server's shutdown (`LiveHub.close`), and within twenty seconds of the session's end.
// Nothing is kept: a page that was away is told to reload by its own script.

import Desk
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import SOP
import Wording

/// The route of live changes.
enum DeskLiveRoutes {
  static let pages: [any Page.Type] = []

  static func add(to routes: inout RouteTable) {
    routes.get("/meja/langsung", for: .roles(.officer, .supervisor)) { try stream($0) }
    routes.get("/registri/langsung", for: .roles(.registry)) { try stream($0) }
  }

  private static func stream(_ visitor: Visitor) throws -> Response {
    let watch = try LiveWatch(visitor, account: try visitor.person())
    return Response(
      status: HTTPOutcome.shown.status,
      headers: [.contentType: "text/event-stream", .cacheControl: "no-store", .accelBuffering: "no"],
      body: ResponseBody { writer in
        for await news in watch.news() { try await writer.write(ByteBuffer(string: news.text)) }
        try await writer.finish(nil)
      })
  }
}

/// One event of the stream.
struct LiveNews: Sendable, Equatable {
  /// As it goes over the wire, with the empty line that ends it.
  let text: String

  static let ping = LiveNews(text: "event: ping\ndata: {}\n\n")
  /// The lists of the page may be old; which ticket it was is not said.
  static let regions = LiveNews(text: "data: {\"regions\":true}\n\n")

  /// - Parameter page: whether the page may show something old now.
  static func change(_ change: TicketChange, page: Bool) -> LiveNews {
    data(Change(id: change.number.description, version: change.version, stage: change.stage.code, page: page))
  }

  static func presence(_ sentence: String) -> LiveNews { data(Text(id: "hadir", text: sentence)) }

  private struct Change: Encodable {
    let id: String
    let version: Int
    let stage: String
    let page: Bool
  }

  private struct Text: Encodable {
    let id: String
    let text: String
  }

  /// JSON has no raw line ends, so one line of data is enough.
  private static func data(_ value: some Encodable) -> LiveNews {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let json = (try? encoder.encode(value)) ?? Data("{}".utf8)
    return LiveNews(text: "data: \(String(decoding: json, as: UTF8.self))\n\n")
  }
}

/// One open page: what it is told, and the sign of life it gives.
struct LiveWatch: Sendable {
  /// Seconds between two looks at who else is here.
  static let step: Int64 = 5
  /// Every so many steps: a ping, a sign of life, a look at the session.
  static let stepsPerPing = 4

  let web: DeskWeb
  let account: Account
  let session: String
  let language: Language
  /// The ticket the page shows.
  let ticket: TicketNumber?
  /// The form the officer writes in.
  let writing: String?

  init(_ visitor: Visitor, account: Account) throws {
    web = visitor.web
    self.account = account
    language = visitor.language
    session = visitor.ground.cookies.value(.session, in: visitor.request) ?? ""
    if account.role != .registry, let text = visitor.query["tiket"] {
      guard let number = TicketNumber(text) else { throw WebRefusal(.notFound) }
      ticket = number
    } else {
      ticket = nil
    }
    writing = visitor.query["menulis"].flatMap { LiveWatch.isFormName($0) ? $0 : nil }
  }

  /// Everything this page is told, from now until the session or the server ends, or nobody reads any more. A page
  /// that reads too slowly misses events, never the newest ones.
  func news() -> AsyncStream<LiveNews> {
    let (stream, continuation) = AsyncStream.makeStream(of: LiveNews.self, bufferingPolicy: .bufferingNewest(64))
    // Subscribed before the headers are out: what happens from here on is told.
    let changes = web.live.changes()
    let work = Task {
      await withTaskGroup(of: Void.self) { group in
        group.addTask {
          for await change in changes {
            if let news = news(of: change) { continuation.yield(news) }
          }
        }
        group.addTask { try? await beat(continuation) }
        // The first to end ends the other: shutdown, the session, or the reader.
        await group.next()
        group.cancelAll()
      }
      if let ticket { web.presence.leave(account.id, ticket: ticket) }
      continuation.finish()
    }
    continuation.onTermination = { _ in work.cancel() }
    return stream
  }

  private func news(of change: TicketChange) -> LiveNews? {
    guard account.role == .registry else {
      return .change(change, page: ticket == nil || change.number == ticket)
    }
    // A packet comes with row 4 and leaves it for the answer, or back to the analysis.
    switch change.stage {
    case .analysis, .registry, .answer: return .regions
    case .submission, .check, .confirmation: return nil
    }
  }

  /// Returns when the session is over.
  private func beat(_ continuation: AsyncStream<LiveNews>.Continuation) async throws {
    var told = ""
    var steps = 0
    while !Task.isCancelled {
      if steps % LiveWatch.stepsPerPing == 0 {
        guard try await web.signIn.account(ofSession: session)?.id == account.id else { return }
        continuation.yield(.ping)
      }
      noteSelf()
      let others = others()
      if others != told { continuation.yield(.presence(others)) }
      told = others
      steps = steps == LiveWatch.stepsPerPing - 1 ? 0 : steps + 1
      try await web.clock.sleep(until: web.now.adding(seconds: LiveWatch.step))
    }
  }

  private func noteSelf() {
    guard let ticket else { return }
    let officer = Officer(account: account.id, name: account.name)
    web.presence.note(officer, at: ticket, writing: writing, now: web.now)
  }

  /// The others at this ticket, one sentence each; empty when there are none.
  private func others() -> String {
    guard let ticket else { return "" }
    return web.presence.others(at: ticket, than: account.id, now: web.now)
      .map { PresenceWords.sentence($0, language) }.joined(separator: " · ")
  }

  /// Lower-case letters and hyphens, at most thirty.
  private static func isFormName(_ text: String) -> Bool {
    (1...30).contains(text.utf8.count) && text.utf8.allSatisfy { (97...122).contains($0) || $0 == 45 }
  }
}

/// Who else is at a ticket, in words.
enum PresenceWords {
  /// "Budi sedang menulis jawaban", "Budi membuka tiket ini".
  static func sentence(_ seen: Presence.Seen, _ language: Language) -> String {
    let name = seen.officer.name.firstLine(limit: 100)
    guard let form = seen.writing else {
      return language.choose("\(name) membuka tiket ini", "\(name) has this ticket open")
    }
    let words = TicketForms.writing(form) ?? Bilingual("di tiket ini", "in this ticket")
    return language.choose("\(name) sedang menulis \(words.indonesian)", "\(name) is writing \(words.english)")
  }
}

extension HTTPField.Name {
  /// Tells nginx not to hold events back.
  static let accelBuffering = own("X-Accel-Buffering")
}
