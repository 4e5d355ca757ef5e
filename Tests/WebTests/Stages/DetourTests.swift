import Desk
import HTTPTypes
import SOP
import Testing

@testable import Web

/// The other ways on: questions, pauses, escalation, returns, notes, holders.
struct DetourTests {
  struct DetourCase: Sendable, CustomTestStringConvertible {
    let form: String
    let fields: [String: String]
    let stage: Stage
    var role = Role.officer
    let holds: @Sendable (Ticket, [TicketEvent]) -> Bool
    var testDescription: String { form }
  }

  static let cases = [
    DetourCase(form: "question", fields: ["pertanyaan": "Sejak kapan?"], stage: .check) { ticket, _ in
      ticket.pause?.reason == .incomplete
    },
    DetourCase(form: "pause", fields: ["alasan-jeda": "Nomor rujukan."], stage: .analysis) { ticket, _ in
      ticket.pause?.waitingFor == .registry
    },
    DetourCase(form: "escalation", fields: ["alasan-eskalasi": "Mendesak."], stage: .registry) { _, facts in
      facts.contains(.escalated(reason: "Mendesak."))
    },
    DetourCase(form: "return", fields: ["alasan-kembali": "Keliru."], stage: .answer) { ticket, _ in
      ticket.stage == .analysis && ticket.visit?.ordinal == 2
    },
    DetourCase(form: "withdrawal", fields: ["alasan-cabut": "Sudah pulih sendiri."], stage: .check) { ticket, _ in
      ticket.closure?.kind == .withdrawn
    },
    DetourCase(form: "message", fields: ["pesan": "Sedang kami kerjakan."], stage: .registry) { _, facts in
      facts.contains {
        if case .writtenToRequester(let said) = $0 { said.text == "Sedang kami kerjakan." } else { false }
      }
    },
    DetourCase(form: "registry-message", fields: ["pesan-registri": "Sudah terlihat?"], stage: .registry) { _, facts in
      facts.contains { if case .writtenToRegistry(let said) = $0 { said.text == "Sudah terlihat?" } else { false } }
    },
    DetourCase(form: "note", fields: ["catatan": "Hosting sama."], stage: .check) { _, facts in
      facts.contains { if case .noteAdded(let said) = $0 { said.text == "Hosting sama." } else { false } }
    },
    DetourCase(form: "taking", fields: [:], stage: .check) { ticket, _ in ticket.holder?.account == "budi" },
    DetourCase(form: "release", fields: [:], stage: .analysis) { ticket, _ in ticket.holder == nil },
    DetourCase(
      form: "correction", fields: ["betul-domain": "wonosari.desa.id", "betul-nama": "Sari Wulandari"], stage: .check
    ) { ticket, _ in
      ticket.complaint.domain == DomainName("wonosari.desa.id") && ticket.complaint.requester.name == "Sari Wulandari"
    },
    DetourCase(
      form: "override", fields: ["tahap": "5", "alasan-pindah": "Perintah direktur."], stage: .check,
      role: .supervisor
    ) { ticket, _ in ticket.stage == .answer },
    DetourCase(form: "closure", fields: ["alasan-tutup": "Uji coba."], stage: .check, role: .supervisor) { ticket, _ in
      ticket.closure?.kind == .overridden
    },
  ]

  @Test(arguments: cases) func `each form of the page becomes its one command`(way: DetourCase) async throws {
    let house = try TestHouse()
    let number = try await house.ticket(at: way.stage)
    try await house.open { browser in
      try await browser.signIn(as: way.role)
      try await browser.get("/meja/tiket/\(number)")
      let answer = try await browser.post("/meja/tiket/\(number)/\(way.form)", way.fields)
      #expect(answer.status == .seeOther)
      #expect(try await browser.get("/meja/tiket/\(number)").status == .ok)
    }
    #expect(way.holds(try await house.state(number), try await house.facts(number)))
  }

  @Test func `a pause is ended and a closed ticket reopened`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket()
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      _ = try await browser.post("/meja/tiket/\(number)/question", ["pertanyaan": "Sejak kapan?"])
      _ = try await browser.post("/meja/tiket/\(number)/resume")
      #expect(try await house.state(number).pause == nil)
      _ = try await browser.post("/meja/tiket/\(number)/withdrawal", ["alasan-cabut": ""])
      #expect(try await house.state(number).isClosed)
      let closed = try await browser.get("/meja/tiket/\(number)")
      #expect(closed.text.contains("/meja/tiket/\(number)/reopening"))
      _ = try await browser.post("/meja/tiket/\(number)/reopening", ["alasan-buka": "Mati lagi."])
      #expect(try await house.state(number).isClosed == false)
    }
  }

  @Test(arguments: ["override", "closure"])
  func `an officer neither sees nor does what is the supervisor's`(form: String) async throws {
    let house = try TestHouse()
    let number = try await house.ticket()
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      #expect(!(try await browser.get("/meja/tiket/\(number)").text.contains("/\(form)\"")))
      let answer = try await browser.post(
        "/meja/tiket/\(number)/\(form)", ["tahap": "5", "alasan-pindah": "a", "alasan-tutup": "a"])
      #expect(answer.status == .unprocessableContent)
      #expect(answer.text.contains("Pengawas"))
    }
    let ticket = try await house.state(number)
    #expect(ticket.stage == .check && !ticket.isClosed)
  }

  @Test(arguments: [
    ("question", "pertanyaan"), ("pause", "alasan-jeda"), ("escalation", "alasan-eskalasi"), ("message", "pesan"),
    ("registry-message", "pesan-registri"), ("note", "catatan"),
  ]) func `an empty text is refused at its own field`(form: String, field: String) async throws {
    let house = try TestHouse()
    let number = try await house.ticket()
    let before = try await house.facts(number).count
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      let page = try await browser.post("/meja/tiket/\(number)/\(form)", [field: " "])
      #expect(page.status == .unprocessableContent)
      #expect(page.text.contains("href=\"#\(field)\""))
      #expect(page.text.contains("id=\"\(field)\""))
    }
    #expect(try await house.facts(number).count == before)
  }

  @Test func `what is too long comes back whole with its limit`() async throws {
    let house = try TestHouse()
    let number = try await house.ticket()
    let long = String(repeating: "kata ", count: 6_000) + "akhir"
    try await house.open { browser in
      try await browser.signIn(as: .officer)
      let page = try await browser.post("/meja/tiket/\(number)/message", ["pesan": long])
      #expect(page.status == .unprocessableContent)
      #expect(page.text.contains(long))
    }
  }
}
