import Desk
import SOP
import Testing

@testable import Wording

@Suite struct LabelTests {
  /// All labels of a family, per language.
  private func families(_ language: Language) -> [[String]] {
    [
      Stage.allCases.map { $0.label(language) }, Stage.allCases.map { $0.longLabel(language) },
      Party.allCases.map { $0.label(language) }, SOP.Category.allCases.map { $0.label(language) },
      ContactChannel.allCases.map { $0.label(language) }, ContactChannel.allCases.map { $0.manner(language) },
      Language.allCases.map { $0.label(language) }, InstitutionKind.allCases.map { $0.label(language) },
      Procedure.Document.allCases.map { $0.label(language) }, ClockMark.allCases.map { $0.label(language) },
      AnalysisDecision.Kind.allCases.map { $0.label(language) },
      AnalysisDecision.Kind.allCases.map { $0.hint(language) }, Answer.Outcome.allCases.map { $0.label(language) },
      RegistryReply.Verdict.allCases.map { $0.label(language) }, RegistryReply.Door.allCases.map { $0.label(language) },
      Closure.Kind.allCases.map { $0.label(language) }, Pause.Reason.allCases.map { $0.label(language) },
      CheckResult.Authority.allCases.map { $0.label(language) }, Message.Wall.allCases.map { $0.label(language) },
      Role.allCases.map { $0.label(language) }, LetterState.allCases.map { $0.label(language) },
      InboundOutcome.Kind.allCases.map { $0.label(language) }, InboundSource.allCases.map { $0.label(language) },
      LetterStem.allCases.map { $0.label(language) }, TicketState.allCases.map { $0.label(language) },
      DeliveryCause.allCases.map { $0.sentence(language) },
      InboundReason.known.map { InboundReason.sentence($0, language) },
      OutboxDetail.known.map { OutboxDetail.sentence($0, language) },
      ReportSection.allCases.map { $0.heading(language) }, ReportField.allCases.map { $0.label(language) },
      Rejection.Field.allCases.map { $0.label(language) }, Samples.rejections.map { $0.sentence(language) },
    ]
  }

  @Test(arguments: Language.allCases) func `every case has a label of its own`(language: Language) {
    for family in families(language) {
      #expect(family.allSatisfy { !$0.isEmpty })
      let twice = Dictionary(grouping: family, by: { $0 }).filter { $0.value.count > 1 }.keys
      #expect(twice.isEmpty)
    }
  }

  @Test func `no English words stand in Indonesian texts`() {
    let english: Set<String> = [
      "the", "is", "of", "and", "to", "this", "your", "you", "was", "with", "for", "not", "by", "please", "status",
      "user", "agent", "login", "upload", "email", "password", "keluhan", "anda", "kamu", "terlambat",
    ]
    let labels = families(.indonesian).flatMap { $0 }.filter { $0 != "Status kirim" }
    let letters = LetterStem.allCases.map { Letters.builtIn($0, .indonesian) }
    let events = Samples.events("x").enumerated().compactMap { index, event in
      Timeline.sentence(
        for: RecordedEvent(sequence: index + 1, at: Samples.now, by: Samples.budi, event: event), .indonesian,
        reader: .team)
    }
    for text in labels + letters + events {
      let found = words(in: text)
      #expect(english.isDisjoint(with: found), "\(text)")
    }
  }

  private func words(in text: String) -> Set<String> {
    Set(
      text.lowercased().unicodeScalars.split { !$0.properties.isAlphabetic }.map { String($0) })
  }

  @Test func `a state names the decision and the return`() throws {
    #expect(try Samples.ticket().state(.indonesian) == "Pengecekan")
    let summary = try TicketSummary(of: Samples.ticket(), changedAt: Samples.now)
    #expect(summary.state(.english) == "Being checked")
  }

  @Test func `an unknown letter kind and an unknown reason print as they are`() {
    #expect(LetterStem.label(of: "receipt", .indonesian) == "Tanda terima pengaduan")
    #expect(LetterStem.label(of: "novelty", .indonesian) == "novelty")
    #expect(InboundReason.sentence("brand_new\ncode", .english) == "brand_new code")
  }

  @Test func `a refusal says what to do next`() {
    #expect(
      Rejection.domainMissing.sentence(.indonesian).contains("Tulis nama domain seperti contoh: desasukamaju.desa.id"))
    #expect(
      Rejection.wrongStage(needed: [.check, .analysis, .answer], actual: .registry).sentence(.indonesian)
        .contains("2. Pengecekan, 3. Analisa atau 5. Jawaban"))
    #expect(Rejection.textTooLong(.text, limit: 20_000).sentence(.indonesian).contains("20.000"))
    #expect(Rejection.textTooLong(.text, limit: 20_000).sentence(.english).contains("20,000"))
  }

  @Test(arguments: [
    ("550", "550 5.1.1 User unknown", DeliveryCause.addressUnknown), ("552", "5.2.2 full", .mailboxFull),
    ("5.7.1", "", .refused), ("timeout", "", .timeout), ("421", "", .busy), ("599", "", .permanent),
    ("4.4.1", "", .hostSilent), ("", "\u{0600}", .unknown), ("9.9.9", "999999999999999999999.1.1", .unknown),
  ])
  func `a failed delivery is told by its codes`(code: String, detail: String, cause: DeliveryCause) {
    #expect(DeliveryCause(code: code, detail: detail) == cause)
  }

  @Test func `legal bases are valid only in their time`() throws {
    let last = try #require(CalendarDay(year: 2025, month: 3, day: 24))
    let first = try #require(CalendarDay(year: 2025, month: 3, day: 25))
    func titles(_ day: CalendarDay) -> [Bool] {
      ["Nomor 5 Tahun 2015", "Nomor 5 Tahun 2025"].map { title in
        LegalBasis.offered.valid(on: day).contains { $0.title.contains(title) }
      }
    }
    #expect(titles(last) == [true, false])
    #expect(titles(first) == [false, true])
    #expect(LegalBasis.offered.valid(on: first).count == 3)
  }
}
