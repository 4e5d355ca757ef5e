// The only place that loads templates.
//
// At start every `*.mustache` under `templates/` is read, checked against `TemplateRules`, given the pragma of our own
// escaper (pages, layouts and partials alike: each of them would otherwise fall back to the library's leaking one),
// and compiled once. A template that breaks a rule or names a file that does not exist stops the start.

import Foundation
import Mustache

/// All templates, compiled.
struct PageLibrary: Sendable {
  private let templates: MustacheLibrary
  /// The source of each template, by its name; for the tests that walk them.
  let sources: [String: String]

  /// Loads the templates that are built into the program.
  init() throws {
    guard let folder = Bundle.module.url(forResource: "templates", withExtension: nil) else {
      throw TemplateDefect(file: "templates", reason: "the folder is not in the program's resources")
    }
    try self.init(sources: PageLibrary.read(folder))
  }

  /// - Parameter sources: template text by name, for example `"pages/masuk"`.
  init(sources: [String: String]) throws {
    SafeHTML.registered
    var templates: [String: MustacheTemplate] = [:]
    for (name, source) in sources {
      let tags = try TemplateRules.tags(of: source, file: name)
      for tag in tags where tag.kind == .partial || tag.kind == .layout {
        guard sources[tag.name] != nil else {
          throw TemplateDefect(file: name, reason: "no such template: \(tag.name)")
        }
      }
      let text = PageLibrary.dedented(PageLibrary.dotted(source, tags))
      templates[PageLibrary.dotted(name)] = try MustacheTemplate(string: SafeHTML.pragma + text)
    }
    self.sources = sources
    self.templates = MustacheLibrary(templates: templates)
  }

  /// The page as HTML.
  func render(_ page: some Page, in frame: PageFrame) throws -> String {
    try render(PageRoot(page: page, frame: frame), template: type(of: page).template)
  }

  /// A part of a page as HTML, for a fragment that the browser patches in.
  func render(part value: some PageValue, template: String, in frame: PageFrame) throws -> String {
    try render(PageRoot(page: value, frame: frame), template: template)
  }

  private func render(_ root: PageRoot, template: String) throws -> String {
    guard let html = templates.render(root, withTemplate: PageLibrary.dotted(template)) else {
      throw TemplateDefect(file: template, reason: "no such template")
    }
    return html
  }

  /// The library cannot close a tag whose name has a slash: `{{/layouts/portal}}`. Inside it, files have dots.
  private static func dotted(_ name: String) -> String {
    String(decoding: name.utf8.map { $0 == 47 ? 46 : $0 }, as: UTF8.self)
  }

  private static func dotted(_ source: String, _ tags: [TemplateTag]) -> String {
    var bytes = Array(source.utf8)
    for tag in tags where tag.kind == .partial || tag.kind == .layout || tag.kind == .end {
      // Two braces and the sign stand before the name.
      for at in (tag.offset + 3)..<(tag.offset + 3 + tag.name.utf8.count) where bytes[at] == 47 { bytes[at] = 46 }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Lines without the spaces before them: shorter pages, and a partial never changes the inside of a text area.
  private static func dedented(_ source: String) -> String {
    source.utf8.split(separator: 10, omittingEmptySubsequences: false)
      .map { String(decoding: $0.drop { $0 == 32 || $0 == 9 }, as: UTF8.self) }.joined(separator: "\n")
  }

  private static func read(_ folder: URL) throws -> [String: String] {
    var sources: [String: String] = [:]
    let root = folder.resolvingSymlinksInPath().path + "/"
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "mustache" else { continue }
      let path = file.resolvingSymlinksInPath().deletingPathExtension().path
      sources[String(path.dropFirst(root.count))] = try String(contentsOf: file, encoding: .utf8)
    }
    return sources
  }
}

/// What a template sees at its outermost: the names of the page, then those of the frame around it.
private struct PageRoot: MustacheParent {
  let page: any PageValue
  let frame: PageFrame

  func child(named name: String) -> Any? {
    page.child(named: name) ?? frame.child(named: name)
  }
}
