import Desk
import Foundation
import HTTPTypes
import SOP
import Testing
import Wording

@testable import Web

/// What is typed and not sent is kept, whatever form it is typed into.
struct DraftTests {
  struct Typed: Sendable, CustomTestStringConvertible {
    let form: String
    let field: String
    var stage = Stage.check
    var role = Role.officer
    var isClosed = false
    /// Taken by telephone, without an address, and answered: the answer waits to be read out.
    var isSpoken = false
    var testDescription: String { form }
  }

  static let all = [
    Typed(form: "check", field: "masalah"), Typed(form: "analysis", field: "penyebab", stage: .analysis),
    Typed(form: "registry", field: "isi-konfirmasi", stage: .registry),
    Typed(form: "answer", field: "jawaban", stage: .answer),
    Typed(form: "confirmation", field: "alasan-belum", stage: .confirmation), Typed(form: "message", field: "pesan"),
    Typed(form: "registry-message", field: "pesan-registri"), Typed(form: "note", field: "catatan"),
    Typed(form: "correction", field: "betul-nama"), Typed(form: "question", field: "pertanyaan"),
    Typed(form: "pause", field: "alasan-jeda"), Typed(form: "escalation", field: "alasan-eskalasi"),
    Typed(form: "return", field: "alasan-kembali", stage: .answer), Typed(form: "withdrawal", field: "alasan-cabut"),
    Typed(form: "override", field: "alasan-pindah", role: .supervisor),
    Typed(form: "closure", field: "alasan-tutup", role: .supervisor),
    Typed(form: "reopening", field: "alasan-buka", isClosed: true), Typed(form: "address", field: "surel-baru"),
    Typed(form: "reading", field: "catatan-baca", stage: .answer, isSpoken: true),
  ]

  /// Forms that are folded away until somebody wants them.
  private static let folded = Set(Detour.all.map(\.form.name)).union(
    ["registry", "confirmation", "correction", "address"])

  /// A ticket whose page has this form.
  private func ticket(_ typed: Typed, _ house: TestHouse) async throws -> TicketNumber {
    if typed.isSpoken { return try await house.spokenTicket() }
    let number = try await house.ticket(at: typed.stage, email: "\(typed.form)@desa.id")
    if typed.isClosed {
      try await house.handling.perform(.withdraw(reason: "Selesai."), on: number, by: TestHouse.requester)
    }
    return number
  }

  @Test func `every form in which something is typed is tried here`() {
    #expect(Set(Self.all.map(\.form)) == Set(TicketForms.all.filter { $0.writing != nil }.map(\.name)))
  }

  @Test(arguments: all) func `a form keeps what is typed, says where, and opens where it is folded`(typed: Typed)
    async throws
  {
    let house = try TestHouse()
    let number = try await ticket(typed, house)
    try await house.open { browser in
      try await browser.signIn(as: typed.role)
      let place = "/meja/tiket/\(number)/draf/\(typed.form)"
      let before = try await browser.get("/meja/tiket/\(number)").text
      #expect(before.contains("data-draft=\"\(place)\""))
      let kept = try await browser.post(
        place, [typed.field: "Baru setengah jadi", "isian": "99", "penerusan": "99", "pemegang": "x"])
      #expect(kept.status == .noContent)
      let page = try await browser.get("/meja/tiket/\(number)").text
      #expect(page.contains("Baru setengah jadi"))
      #expect(!page.contains("value=\"99\""))
      let opened = { (text: String) in text.components(separatedBy: " open>").count }
      if Self.folded.contains(typed.form) { #expect(opened(page) > opened(before)) }
    }
  }

  @Test func `a spoken complaint is kept while it is typed and dropped when it is a ticket`() async throws {
    let house = try TestHouse()
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      #expect(try await browser.get("/meja/baru").text.contains("data-draft=\"/meja/baru/draf\""))
      let typed = ["uraian": "Kata <Ibu> Siti", "nama": "Siti", "kategori": "TLS-01", "kanal": "counter"]
      #expect(try await browser.post("/meja/baru/draf", typed).status == .noContent)
      let again = try await browser.get("/meja/baru").text
      for kept in ["Kata &lt;Ibu&gt; Siti", "value=\"TLS-01\" selected", "value=\"counter\" checked"] {
        #expect(again.contains(kept), "\(kept)")
      }
      let other = browser.another()
      try await other.signIn(as: .supervisor)
      #expect(!(try await other.get("/meja/baru").text.contains("Siti")))
      #expect(try await browser.post("/meja/baru", typed).status == .seeOther)
      #expect(!(try await browser.get("/meja/baru").text.contains("Siti")))
    }
  }

  @Test func `colleagues are told what is being written by the name of its form`() {
    let seen = { (form: String?) in
      Presence.Seen(officer: Officer(account: "rina", name: "Rina"), writing: form, at: TestHouse.morning)
    }
    for form in TicketForms.all where form.writing != nil {
      let sentence = PresenceWords.sentence(seen(form.name), .indonesian)
      #expect(sentence.hasPrefix("Rina sedang menulis ") && !sentence.hasSuffix("di tiket ini"), "\(form.name)")
    }
    #expect(PresenceWords.sentence(seen("taking"), .english) == "Rina is writing in this ticket")
    #expect(PresenceWords.sentence(seen(nil), .indonesian) == "Rina membuka tiket ini")
  }

  // MARK: What has no form any more

  @Test(arguments: Language.allCases)
  func `what stands left over is called as its field was called`(language: Language) async throws {
    let house = try TestHouse()
    try await house.open { browser in
      let chief = browser.another()
      try await browser.signIn(as: .officer)
      try await chief.signIn(as: .supervisor)
      var found: [String: Set<String>] = [:]
      for typed in Self.all {
        let number = try await ticket(typed, house)
        let reader = typed.role == .supervisor ? chief : browser
        let page = try await reader.get("/meja/tiket/\(number)?bahasa=\(language.rawValue)").text
        for (field, label) in Self.labels(of: page) { found[field, default: []].insert(label) }
      }
      for (field, labels) in found where FieldLabels.all[field] != nil {
        #expect(labels == [FieldLabels.label(of: field, language)], "\(field)")
      }
      #expect(Set(FieldLabels.all.keys).subtracting(found.keys).isEmpty)
    }
  }

  /// The labels of a page by the names of their fields; those of choices stand in legends.
  private static func labels(of page: String) -> [(String, String)] {
    func attribute(_ mark: String, _ piece: String) -> String? {
      piece.range(of: mark).map { String(piece[$0.upperBound...].prefix { $0 != "\"" }) }
    }
    func words(_ text: Substring) -> String {
      String(text.prefix { $0 != "<" }).replacingOccurrences(of: "&#39;", with: "'").trimmingCharacters(
        in: .whitespaces)
    }
    let lines = page.components(separatedBy: "<label class=\"").dropFirst().compactMap { piece in
      piece.range(of: "\">").flatMap { end in
        attribute("for=\"", String(piece[..<end.upperBound])).map { ($0, words(piece[end.upperBound...])) }
      }
    }
    let choices = page.components(separatedBy: "<legend class=\"label\">").dropFirst().compactMap { piece in
      attribute(" name=\"", piece).map { ($0, words(piece[...])) }
    }
    return lines + choices
  }

  @Test func `an answer typed while another one is on its way is shown to be copied`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: .answer)
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      _ = try await browser.submit(
        "/meja/tiket/\(number)/answer", ["jawaban": "Sudah pulih.", "hasil-akhir": "solved"])
      let other = browser.another()
      try await other.signIn(as: .supervisor)
      let page = try await other.post(
        "/meja/tiket/\(number)/answer", ["jawaban": "Jawaban saya yang lain.", "hasil-akhir": "declined"])
      #expect(page.status == .unprocessableContent)
      #expect(page.text.contains("belum tersimpan") && page.text.contains("Jawaban saya yang lain."))
      #expect(page.text.contains("<dt>Hasil akhir</dt><dd class=\"lines\">Permohonan ditolak</dd>"))
      #expect(!page.text.contains("name=\"jawaban\""))
    }
  }
}
