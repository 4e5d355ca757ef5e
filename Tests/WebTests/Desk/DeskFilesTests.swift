import Desk
import Foundation
import HTTPTypes
import SOP
import Testing

@testable import Web

/// Files that officers send: on the wall of the words they came with, read there by those who read that wall.
struct DeskFilesTests {
  private let bytes = Array("isi berkas".utf8)

  private func upload(_ field: String, _ name: String = "surat tugas.pdf") -> Browser.Upload {
    Browser.Upload(field, name: name, type: "application/pdf", bytes: bytes)
  }

  private func link(in page: String, under prefix: String) throws -> String {
    let start = try #require(page.range(of: "href=\"\(prefix)/berkas/"))
    return "\(prefix)/berkas/" + page[start.upperBound...].prefix { $0 != "\"" }
  }

  @Test(arguments: [("message", "pesan", "berkas", Stage.check), ("answer", "jawaban", "berkas-jawaban", .answer)])
  func `the requester reads the files of a message and of an answer`(
    form: String, field: String, files: String, stage: Stage
  ) async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: stage)
    try await house.open { [bytes] browser in
      try await browser.signIn(as: .officer)
      try await browser.get("/meja/tiket/\(number)")
      let next = try await browser.submit(
        "/meja/tiket/\(number)/\(form)", [field: "Lihat berkas.", "hasil-akhir": "solved"], uploads: [upload(files)])
      #expect(next.status == .ok)
      let own = try link(in: next.text, under: "/meja/tiket/\(number)")
      #expect(try await browser.get(own).bytes == bytes)
      let requester = browser.another()
      try await requester.follow(number)
      let page = try await requester.get("/tiket/\(number)").text
      #expect(page.contains("surat tugas.pdf"))
      #expect(try await requester.get(try link(in: page, under: "/tiket/\(number)")).bytes == bytes)
    }
  }

  @Test func `the registry reads the files of its wall and no other, by link and at its desk`() async throws {
    let house = try TestHouse()
    let (secret, file) = TestHouse.file([1, 2, 3], name: "ktp.jpg", type: "image/jpeg")
    let number = try await house.ticket(at: .registry, attachments: [secret], files: [file])
    try await house.open { [bytes] browser in
      try await browser.signIn(as: .officer)
      try await browser.get("/meja/tiket/\(number)")
      _ = try await browser.post(
        "/meja/tiket/\(number)/registry-message", ["pesan-registri": "Lihat berkas."],
        uploads: [upload("berkas-registri")])
      let token = house.tokens.handoffToken(number, ordinal: 1)
      let registry = browser.another()
      for place in ["/registri/permintaan/\(token)", "/registri/tiket/\(number)"] {
        if place.hasPrefix("/registri/tiket") { try await registry.signIn(as: .registry) }
        let page = try await registry.get(place).text
        #expect(page.contains("surat tugas.pdf") && !page.contains("ktp.jpg"))
        #expect(try await registry.get(try link(in: page, under: place)).bytes == bytes)
        #expect(try await registry.get("\(place)/berkas/\(secret.sha256)").status == .notFound)
      }
      let follower = browser.another()
      try await follower.follow(number)
      #expect(!(try await follower.get("/tiket/\(number)").text.contains("surat tugas.pdf")))
    }
  }

  @Test func `before there is a packet the registry has no page for files`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket()
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      #expect(!(try await browser.get("/meja/tiket/\(number)").text.contains("name=\"berkas-registri\"")))
    }
  }

  @Test(arguments: [("message", "berkas", Stage.check), ("answer", "berkas-jawaban", .answer)])
  func `more files than ten are refused at their field and nothing is sent`(
    form: String, files: String, stage: Stage
  ) async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: stage)
    let before = try await house.facts(number).count
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      try await browser.get("/meja/tiket/\(number)")
      let page = try await browser.post(
        "/meja/tiket/\(number)/\(form)", ["pesan": "Banyak.", "jawaban": "Banyak.", "hasil-akhir": "solved"],
        uploads: (0..<11).map { upload(files, "berkas-\($0).pdf") })
      #expect(page.status == .unprocessableContent)
      #expect(page.text.contains("Tidak terunggah: berkas-10.pdf") && page.text.contains("href=\"#\(files)\""))
      #expect(page.text.contains("Banyak."))
    }
    #expect(try await house.facts(number).count == before)
  }

  @Test func `what was handed over at the counter comes with the complaint`() async throws {
    let house = try TestHouse()
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      try await browser.get("/meja/baru")
      let fields = ["uraian": "Situs mati.", "nama": "Siti", "kanal": "counter"]
      let location = try #require(
        try await browser.post("/meja/baru", fields, uploads: [upload("berkas")]).location)
      #expect(try await browser.get(location).text.contains("surat tugas.pdf"))
      let many = try await browser.post(
        "/meja/baru", fields, uploads: (0..<11).map { upload("berkas", "berkas-\($0).pdf") })
      #expect(many.status == .unprocessableContent && many.text.contains("id=\"berkas-error\""))
    }
  }
}
