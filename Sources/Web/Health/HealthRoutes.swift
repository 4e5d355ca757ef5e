// What watchers ask: is the process alive, can it work, how much of everything is there.
//
// `/health/live` answers as long as the process does. `/health/ready` asks the store and says 503 when that fails.
// `/metrics` is Prometheus' text format 0.0.4, for programs on this machine only; its figures are kept up to date by
// each commit, so that asking costs nothing.

import Desk
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import SOP

/// The routes of this part of the pages.
enum HealthRoutes {
  static func add(to routes: inout RouteTable) {
    let started = ContinuousClock.now
    routes.get("/health/live", for: .everyone) { _ in text("ok\n", .shown) }
    routes.get("/health/ready", for: .everyone) { visitor in
      do {
        _ = try await visitor.web.store.earliestDue()
        return text("ready\n", .shown)
      } catch {
        // Why is in the log of the store; a watcher needs the answer only.
        return text("store does not answer\n", .unavailable)
      }
    }
    routes.get("/metrics", for: .loopback) { visitor in
      let figures = try await Figures(
        tickets: visitor.web.store.counts(holder: nil), letters: visitor.web.store.outboxCounts(),
        inbound: visitor.web.store.inboundCounts(), uptime: ContinuousClock.now - started)
      return text(figures.exposition, .shown)
    }
  }

  private static func text(_ text: String, _ outcome: HTTPOutcome) -> Response {
    Response(
      status: outcome.status, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }
}

/// The figures of one moment, in Prometheus' text format.
struct Figures: Sendable {
  let tickets: QueueCounts
  let letters: [LetterState: Int]
  let inbound: [InboundOutcome.Kind: Int]
  let uptime: Swift.Duration

  var exposition: String {
    var out = ""
    func gauge(_ name: String, _ help: String, _ samples: [(labels: String, value: String)]) {
      out += "# HELP \(name) \(help)\n# TYPE \(name) gauge\n"
      for sample in samples { out += "\(name)\(sample.labels) \(sample.value)\n" }
    }
    gauge(
      "sigap_tickets", "Open tickets by stage.",
      Stage.allCases.map { ("{stage=\"\($0.rawValue)\"}", "\(tickets.byStage[$0] ?? 0)") })
    gauge("sigap_tickets_closed", "Closed tickets.", [("", "\(tickets.closed)")])
    gauge("sigap_tickets_lapsed", "Open tickets past their due instant.", [("", "\(tickets.lapsed)")])
    gauge(
      "sigap_letters", "Letters by state.",
      LetterState.allCases.map { ("{state=\"\($0.rawValue)\"}", "\(letters[$0] ?? 0)") })
    gauge(
      "sigap_inbound", "Rows of the inbound ledger by outcome.",
      InboundOutcome.Kind.allCases.map { ("{outcome=\"\($0.rawValue)\"}", "\(inbound[$0] ?? 0)") })
    gauge("sigap_uptime_seconds", "Seconds since the pages were started.", [("", "\(uptime.components.seconds)")])
    if let bytes = Figures.residentBytes() {
      gauge("process_resident_memory_bytes", "Resident memory of the process.", [("", "\(bytes)")])
    }
    return out
  }

  /// proc(5): the second number of `statm` is the resident set in pages; `nil` where there is no such file.
  static func residentBytes() -> Int? {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
    let words = text.utf8.split(separator: 32)
    guard words.count > 1, let pages = Int(String(decoding: words[1], as: UTF8.self)) else { return nil }
    let (bytes, overflow) = pages.multipliedReportingOverflow(by: Int(sysconf(Int32(_SC_PAGESIZE))))
    return overflow ? nil : bytes
  }
}
