import Testing

@testable import Web

struct SafeHTMLTests {
  /// Marks that swift's Characters glue to their neighbour.
  static let marks = ["", "\u{0600}", "\u{0601}", "\u{06DD}", "\u{070F}", "\u{08E2}", "\u{110BD}"]
  static let tails = ["", "\u{0301}", "\u{200D}", "\u{FE0F}", "\u{20DD}"]

  @Test(arguments: marks) func `each sign is escaped whatever mark stands beside it`(mark: String) {
    for tail in Self.tails {
      for (sign, reference) in [
        ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;"), ("&", "&amp;"), ("`", "&#96;"),
      ] {
        #expect(Array(escapeHTML(mark + sign + tail).utf8) == Array((mark + reference + tail).utf8))
      }
    }
  }

  @Test func `text without signs comes out byte for byte`() {
    let text = "Sukamaju é e\u{301} 🇮🇩 \u{200F}"
    #expect(Array(escapeHTML(text).utf8) == Array(text.utf8))
  }

  @Test func `a link encodes every byte of its segments that could leave the segment`() {
    #expect(Link("/meja/tiket", "../x?y#z").text == "/meja/tiket/..%2Fx%3Fy%23z")
    #expect(Link("/", "..").text == "/%2E%2E")
    #expect(Link("/meja", query: [("q", "a b&c=\u{0600}\""), ("r", nil)]).text == "/meja?q=a%20b%26c%3D%D8%80%22")
  }

  @Test func `an outside link is https and plain or nothing`() {
    #expect(Link.web("https://wa.me/6281181103124")?.text == "https://wa.me/6281181103124")
    for bad in ["javascript:alert(1)", "http://x", "https:x", "//x", "https://x\"y", "https://x y", "https://x\n", ""] {
      #expect(Link.web(bad) == nil)
    }
    #expect(Link.mail("a@b?subject=x")?.text == "mailto:a@b%3Fsubject%3Dx")
    #expect(Link.phone("+62 811-x").text == "tel:+62811")
  }

  @Test(arguments: [
    "<a onclick=\"x\">", "<style>", "<p style=\"x\">", "<a href=\"{{address}}\">", "{{{body}}}", "{{bodyHTML}}",
    "{{=<% %>=}}", "{{%CONTENT_TYPE:TEXT}}", "{{>*name}}", "{{&body}}", "{{a.b}}", "{{upper(x)}}", "<a class={{x}}>",
    "{{x", "<script>1</script>", "<a href='x'>",
  ]) func `the loader refuses a template that could leak`(source: String) {
    #expect(throws: TemplateDefect.self) { try PageLibrary(sources: ["x": source]) }
  }

  @Test func `three braces show only clean HTML and an address shows only a link`() throws {
    struct Sly: PageValue {
      func value(of name: String) -> Shown? { .text("<b>") }
    }
    let library = try PageLibrary(sources: ["x": "[{{{bodyHTML}}}][<a href=\"{{someLink}}\">][{{plain}}]"])
    #expect(try library.render(part: Sly(), template: "x", in: PageFrame()) == "[][<a href=\"\">][&lt;b&gt;]")
  }

  @Test func `a row without an error does not show the error of the form around it`() throws {
    struct Row: PageValue {
      func value(of name: String) -> Shown? { name == "error" ? .absent : nil }
    }
    struct Form: PageValue {
      func value(of name: String) -> Shown? { name == "error" ? .text("outer") : .rows([Row()]) }
    }
    let library = try PageLibrary(sources: [
      "x": "{{#rows}}[{{#error}}{{error}}{{/error}}{{^error}}none{{/error}}]{{/rows}}"
    ])
    #expect(try library.render(part: Form(), template: "x", in: PageFrame()) == "[none]")
  }
}
