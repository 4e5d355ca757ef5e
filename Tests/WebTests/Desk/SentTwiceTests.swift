import Desk
import Foundation
import HTTPTypes
import SOP
import Testing

@testable import Web

/// A form that arrives twice is carried out once; the same words from a newer page are meant.
struct SentTwiceTests {
  struct Form: Sendable, CustomTestStringConvertible {
    let name: String
    let fields: [String: String]
    var stage = Stage.check
    var testDescription: String { name }
  }

  static let forms = [
    Form(name: "message", fields: ["pesan": "Sedang kami kerjakan."]),
    Form(name: "registry-message", fields: ["pesan-registri": "Sudah terlihat?"], stage: .registry),
    Form(name: "note", fields: ["catatan": "Hosting sama."]),
    Form(name: "question", fields: ["pertanyaan": "Sejak kapan?"]),
    Form(name: "escalation", fields: ["alasan-eskalasi": "Mendesak."]),
    Form(
      name: "check", fields: ["masalah": "Mati.", "domain": "sukamaju.desa.id", "kategori": "DNS-01"]),
    Form(
      name: "analysis", fields: ["penyebab": "Mati.", "keputusan": "declined", "alasan": "Bukan pejabat."],
      stage: .analysis),
    Form(
      name: "registry", fields: ["hasil": "done", "isi-konfirmasi": "Sudah.", "penerusan": "1"], stage: .registry),
    Form(name: "answer", fields: ["jawaban": "Sudah pulih.", "hasil-akhir": "solved"], stage: .answer),
    Form(
      name: "confirmation", fields: ["kata-pemohon": "belum", "alasan-belum": "Masih mati."], stage: .confirmation),
  ]

  /// The version of the ticket that a page shows, as its forms carry it.
  private static func shown(_ page: String) throws -> String {
    let mark = try #require(page.range(of: "name=\"isian\" value=\""))
    return String(page[mark.upperBound...].prefix { $0 != "\"" })
  }

  @Test(arguments: forms) func `a second click of the same page changes nothing and reads as done`(form: Form)
    async throws
  {
    let house = try TestHouse()
    let number = try await house.ticket(at: form.stage)
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      var fields = form.fields
      fields["isian"] = try Self.shown(try await browser.get("/meja/tiket/\(number)").text)
      let path = "/meja/tiket/\(number)/\(form.name)"
      #expect(try await browser.post(path, fields).status == .seeOther)
      let once = try await house.facts(number).count
      #expect(try await browser.post(path, fields).status == .seeOther)
      #expect(try await house.facts(number).count == once)
    }
  }

  @Test func `two clicks at the same moment are one message`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket()
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      let version = try Self.shown(try await browser.get("/meja/tiket/\(number)").text)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<8 {
          group.addTask {
            _ = try await browser.post(
              "/meja/tiket/\(number)/message", ["pesan": "Sedang kami kerjakan.", "isian": version])
          }
        }
        try await group.waitForAll()
      }
      let said = try await house.facts(number).filter { if case .writtenToRequester = $0 { true } else { false } }
      #expect(said.count == 1)
    }
  }

  @Test func `other words, a newer page and another officer are each a message of their own`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket()
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      let path = "/meja/tiket/\(number)"
      let version = try Self.shown(try await browser.get(path).text)
      _ = try await browser.post(path + "/message", ["pesan": "Satu.", "isian": version])
      _ = try await browser.post(path + "/message", ["pesan": "Dua.", "isian": version])
      let newer = try Self.shown(try await browser.get(path).text)
      _ = try await browser.post(path + "/message", ["pesan": "Dua.", "isian": newer])
      let other = browser.another()
      try await other.signIn(as: .supervisor)
      try await other.get(path)
      _ = try await other.post(path + "/message", ["pesan": "Satu.", "isian": version])
      let said = try await house.facts(number).compactMap { event -> String? in
        if case .writtenToRequester(let message) = event { message.text } else { nil }
      }
      #expect(said == ["Satu.", "Dua.", "Dua.", "Satu."])
    }
  }
}
