import Desk
import DeskTesting
import Foundation
import HTTPTypes
import SOP
import Testing
import Wording

@testable import Web

/// A complaint an officer took by telephone or at the counter.
struct OfficerIntakeTests {
  private let spoken = [
    "kanal": "counter", "uraian": "Situs desa mati.", "domain": "Layanan.SukaMaju.desa.id", "kategori": "DNS-01",
    "sejak": "kemarin sore", "nama": "Siti Aminah", "instansi": "Desa Sukamaju", "jenis": "village",
    "jabatan": "Kepala Desa", "surel": "Kades@SukaMaju.desa.id", "telepon": "0812 3456",
  ]

  private func key(of page: String) throws -> String {
    let start = try #require(page.range(of: "name=\"isian\" value=\""))
    return String(page[start.upperBound...].prefix(32))
  }

  @Test func `what was said at the counter becomes a ticket with the officer as its writer`() async throws {
    let house = try TestHouse()
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      var fields = spoken
      fields["isian"] = try key(of: try await browser.get("/meja/baru").text)
      let answer = try await browser.post("/meja/baru", fields)
      let location = try #require(answer.location)
      #expect(answer.status == .seeOther && location.hasPrefix("/meja/tiket/ADU-"))
      let number = try #require(TicketNumber(String(location.dropFirst("/meja/tiket/".count))))
      let complaint = try await house.state(number).complaint
      #expect(complaint.channel == .counter && complaint.enteredBy == Officer(account: "budi", name: "Budi Santoso"))
      #expect(complaint.domain?.name == "sukamaju.desa.id" && complaint.host?.name == "layanan.sukamaju.desa.id")
      #expect(complaint.category == .notReachable && complaint.since == "kemarin sore")
      let requester = complaint.requester
      #expect(requester.name == "Siti Aminah" && requester.email == "kades@sukamaju.desa.id")
      #expect(requester.institutionKind == .village && !requester.emailProven)
      // A second click on the same form is the same complaint.
      #expect(try await browser.post("/meja/baru", fields).location == location)
      #expect(try await house.store.counts(holder: nil).all == 1)
    }
  }

  @Test func `a refused form keeps what was typed and says what to do at the field`() async throws {
    let house = try TestHouse()
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      let key = try key(of: try await browser.get("/meja/baru").text)
      let fields = [
        "isian": key, "kanal": "counter", "uraian": "", "nama": "Siti <b>", "domain": "bukan domain",
        "surel": "tanpa-alamat", "jabatan": String(repeating: "x", count: 301), "kategori": "TLS-01",
      ]
      let answer = try await browser.post("/meja/baru", fields)
      #expect(answer.status == .unprocessableContent)
      #expect(try self.key(of: answer.text) == key)
      for kept in [
        "value=\"Siti &lt;b&gt;\"", "value=\"bukan domain\"", "value=\"tanpa-alamat\"", "value=\"TLS-01\" selected",
        "value=\"counter\" checked",
      ] {
        #expect(answer.text.contains(kept), "\(kept)")
      }
      for field in ["uraian", "domain", "surel", "jabatan"] {
        #expect(answer.text.contains("id=\"\(field)-error\""), "\(field)")
      }
      #expect(try await house.store.counts(holder: nil).all == 0)
    }
  }

  @Test func `a form without a key and with unknown choices still becomes a ticket`() async throws {
    let house = try TestHouse()
    try await house.open { browser in
      try await browser.signIn(as: .supervisor)
      let answer = try await browser.post(
        "/meja/baru", ["uraian": "Situs mati", "nama": "Siti", "kanal": "merpati", "kategori": "?", "isian": "x"])
      let location = try #require(answer.location)
      let number = try #require(TicketNumber(String(location.dropFirst("/meja/tiket/".count))))
      #expect(try await house.state(number).complaint.channel == .telephone)
    }
  }

  @Test func `only the team enters complaints`() async throws {
    let house = try TestHouse()
    try await house.open { browser in
      try await browser.signIn(as: .administrator)
      #expect(try await browser.get("/meja/baru").status == .notFound)
      #expect(try await browser.post("/meja/baru", spoken).status == .notFound)
      #expect(try await house.store.counts(holder: nil).all == 0)
    }
  }
}
