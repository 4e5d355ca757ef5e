import Desk
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import SOP
import Testing

@testable import Web

struct HealthTests {
  @Test func `a living house says so to everyone`() async throws {
    let house = try TestHouse()
    try await house.open { browser in
      let live = try await browser.get("/health/live")
      let ready = try await browser.get("/health/ready")
      #expect(live.text == "ok\n" && ready.text == "ready\n")
    }
  }

  @Test func `figures are for programs on this machine that ask directly`() async throws {
    let house = try TestHouse()
    _ = try await house.ticket(at: .analysis)
    try await house.open { browser in
      let page = try await browser.get("/metrics")
      #expect(page.status == .notFound)
    }
    try await Application(router: house.router).test(.live) { client in
      let browser = Browser(client: client, house: house)
      let page = try await browser.get("/metrics")
      #expect(page.status == .ok)
      #expect(page.text.contains("sigap_tickets{stage=\"3\"} 1\n"))
      #expect(page.text.contains("sigap_letters{state=\"queued\"} "))
      #expect(page.text.contains("process_resident_memory_bytes "))
      for name in ["X-Forwarded-For", "Forwarded", "Via"] {
        #expect(try await browser.get("/metrics", headers: [.own(name): "x"]).status == .notFound)
      }
    }
  }

  @Test func `every line of the figures is a comment or one sample`() {
    let figures = Figures(tickets: QueueCounts(), letters: [:], inbound: [:], uptime: .seconds(5))
    for line in figures.exposition.split(separator: "\n") where !line.hasPrefix("# ") {
      let parts = line.split(separator: " ")
      #expect(parts.count == 2 && Double(parts[1]) != nil, "\(line)")
    }
    #expect(figures.exposition.contains("sigap_uptime_seconds 5\n"))
  }
}
