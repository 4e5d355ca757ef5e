import Desk
import DeskTesting
import Foundation
import HTTPTypes
import SOP
import Testing
import Wording

@testable import Web

/// *Laporan Pengaduan* as a page.
struct ReportTests {
  @Test func `a report has all sections in order and the facts of every row`() async throws {
    let house = try TestHouse()
    let (attachment, file) = TestHouse.file([1, 2, 3], name: "layar<1>.png", type: "image/png")
    let number = try await house.ticket(at: .confirmation, attachments: [attachment], files: [file])
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      let answer = try await browser.get("/meja/tiket/\(number)/laporan")
      #expect(answer.status == .ok)
      var rest = answer.text[...]
      for section in ReportSection.allCases {
        let found = try #require(rest.range(of: "<h2>\(section.letteredHeading(.indonesian))</h2>"))
        rest = rest[found.upperBound...]
      }
      let report = try #require(try await house.state(number).report)
      for fact in [
        report.number, "Siti Aminah", "kades@sukamaju.desa.id", "desa.id", "layar&lt;1&gt;.png", attachment.sha256,
        "Situs tidak dapat dibuka.", "Server nama tidak menjawab.", "Ubah server nama", "ns1.baru.id", "Sudah diubah.",
        "Domain sudah dapat diakses kembali.", "Ombudsman", "Tanda tangan", "Budi Santoso",
      ] {
        #expect(answer.text.contains(fact), "\(fact)")
      }
    }
  }

  @Test func `the legal bases are those in force on the day of issue`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .analysis)
    let report = try #require(try await house.state(number).report)
    func bases(issuedAt: Instant) async throws -> String {
      let issued = ComplaintReport(
        number: report.number, issuedAt: issuedAt, complaint: report.complaint, check: report.check, preparedBy: nil)
      let account = ReportAccount(
        report: issued, ticket: try await house.state(number), history: [], letters: [], procedure: Procedure(),
        office: "", now: issuedAt, dates: DateWords(.indonesian))
      return account.text(of: .legalBases, in: .head) ?? ""
    }
    let today = try await bases(issuedAt: TestHouse.morning)
    #expect(today.contains("Nomor 5 Tahun 2025") && !today.contains("Nomor 5 Tahun 2015"))
    let before = try await bases(issuedAt: TestHouse.morning.adding(seconds: -2 * 366 * 86_400))
    #expect(before.contains("Nomor 5 Tahun 2015") && !before.contains("Nomor 5 Tahun 2025"))
  }

  @Test func `a report of a ticket under way says what has not happened`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .analysis)
    try await house.open { browser in
      try await browser.signIn(as: .supervisor)
      let page = try await browser.get("/meja/tiket/\(number)/laporan").text
      for sentence in [
        "Belum diputuskan.", "Tidak diteruskan ke PANDI.", "Belum dijawab.", "Belum ditutup", "Tidak ada lampiran.",
      ] {
        #expect(page.contains(sentence), "\(sentence)")
      }
    }
  }

  @Test func `before the check there is no report and others do not find one`() async throws {
    let house = try TestHouse()
    let fresh = try await house.ticket(at: .check)
    let checked = try await house.ticket(at: .analysis, email: "lain@sukamaju.desa.id")
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      let early = try await browser.get("/meja/tiket/\(fresh)/laporan")
      #expect(early.status == .conflict && early.text.contains("Laporan Pengaduan belum dibuat"))
      #expect(try await browser.get("/meja/tiket/ADU-202611-99999-X/laporan").status == .notFound)
      try await browser.signIn(as: .registry)
      #expect(try await browser.get("/meja/tiket/\(checked)/laporan").status == .notFound)
    }
  }
}
