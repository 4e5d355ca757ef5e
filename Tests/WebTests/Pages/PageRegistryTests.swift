import Foundation
import Mustache
import Testing

@testable import Web

/// Frames that together walk every branch of the layouts.
let previewFrames: [PageFrame] = PageLanguage.allCases.flatMap { language in
  [
    PageFrame(language: language, path: "/lapor", seal: "seal", flash: .received),
    PageFrame(
      language: language, theme: .dark, path: "/meja/tiket", query: [("q", "desa")], seal: "seal",
      flash: .removed,
      problems: [FieldProblem(field: "uraian", sentence: "Tulis."), FieldProblem(field: "", sentence: "Ulangi.")],
      signedIn: SignedIn(
        name: "Budi Santoso", role: Bilingual("Petugas", "Officer"), places: [.desk, .supervisor], searches: true)),
    PageFrame(
      language: language, theme: .light,
      signedIn: SignedIn(name: "Wahyu", role: Bilingual("PANDI", "PANDI"), places: [.registry], searches: false)),
  ]
}

struct PageRegistryTests {
  let gallery: [String: String]
  let library: PageLibrary
  let pages: [any Page]

  init() throws {
    let own = try PageLibrary()
    gallery = try galleryTemplates()
    library = try PageLibrary(sources: own.sources.merging(gallery) { $1 })
    pages = (PageRegistry.all + galleryPages).flatMap { previews(of: $0) }
  }

  @Test func `every page template belongs to a registered page value`() {
    let files = Set(library.sources.keys.filter { $0.utf8.starts(with: "pages/".utf8) && gallery[$0] == nil })
    #expect(files == Set(PageRegistry.all.map { $0.template }))
  }

  @Test func `every name in a template exists on its value and every branch has a preview`() throws {
    var walk = try TemplateWalk(sources: library.sources)
    for page in pages {
      for frame in previewFrames { try walk.walk(page, in: frame) }
    }
    #expect(walk.unknown.sorted() == [])
    let unreached = walk.unreached()
    #expect(unreached == [])
  }

  @Test func `no page takes a name that belongs to the frame`() {
    for page in pages {
      for name in PageFrame.names { #expect(page.value(of: name) == nil, "\(type(of: page)) answers \(name)") }
    }
  }

  @Test func `the frame answers the names it lists`() {
    for name in PageFrame.names { #expect(previewFrames[0].value(of: name) != nil, "\(name)") }
  }

  @Test func `each preview renders in both languages with one title one main and no leftover tag`() throws {
    for page in pages {
      for frame in previewFrames {
        let html = try library.render(page, in: frame)
        #expect(html.contains("<html lang=\"\(frame.language.rawValue)\""))
        #expect(html.components(separatedBy: "<title>").count == 2)
        #expect(html.components(separatedBy: "<main").count == 2)
        #expect(html.components(separatedBy: "<h1").count == 2)
        // Letter texts of an administrator are templates themselves: shown in text areas and code, nowhere else.
        #expect(!withoutLetterTexts(html).contains("{{"), "\(type(of: page))")
        if !frame.problems.isEmpty { #expect(html.contains("<title>Galat: ") || html.contains("<title>Error: ")) }
      }
    }
  }

  @Test func `hostile text is inert in every partial layout and page`() throws {
    let names = Set(
      try library.sources.flatMap { file, source in try TemplateRules.tags(of: source, file: file).map(\.name) })
    for file in library.sources.keys.sorted() {
      let html = try library.render(part: Hostile(names: names), template: file, in: PageFrame())
      for sign in ["<script>alert", "\"onfocus", "'onfocus"] { #expect(!html.contains(utf8: sign), "\(file): \(sign)") }
    }
  }
}

/// The previews of one page type, as values.
func previews(of type: any Page.Type) -> [any Page] { type.previews }

/// Answers every name with hostile text: a mark that joins the next character before each sign that matters.
private struct Hostile: PageValue {
  let names: Set<String>
  static let text = "\u{0600}<script>alert(1)</script>\u{0600}\"onfocus=alert(1) \u{0600}'onfocus=alert(1)"

  func value(of name: String) -> Shown? { name == "ID" ? .flag(true) : names.contains(name) ? .text(Self.text) : nil }
}

extension String {
  /// Are the bytes of `part` in this text? (`contains` compares Characters, which is what the attack hides behind.)
  func contains(utf8 part: String) -> Bool {
    let all = Array(utf8)
    let part = Array(part.utf8)
    guard all.count >= part.count, !part.isEmpty else { return false }
    return (0...(all.count - part.count)).contains { all[$0..<($0 + part.count)].elementsEqual(part) }
  }
}

/// The page without what stands in text areas, code and quoted texts.
private func withoutLetterTexts(_ html: String) -> String {
  var out = ""
  var rest = html[...]
  while let open = rest.range(of: "<textarea") {
    out += rest[..<open.lowerBound]
    guard let close = rest.range(of: "</textarea>", range: open.upperBound..<rest.endIndex) else { return out }
    rest = rest[close.upperBound...]
  }
  return out + rest
}
