import Foundation
import Testing

@testable import Web

struct GalleryOutput {
  /// `scripts/gallery.sh` sets SIGAP_GALLERY to the folder it takes pictures of.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["SIGAP_GALLERY"] != nil))
  func `the gallery is written out for the eye`() throws {
    let folder = URL(filePath: try #require(ProcessInfo.processInfo.environment["SIGAP_GALLERY"]))
    let library = try PageLibrary(sources: try PageLibrary().sources.merging(try galleryTemplates()) { $1 })
    let signedIn = SignedIn(
      name: "Budi Santoso", role: Bilingual("Petugas", "Officer"), places: [.desk, .supervisor, .administration],
      searches: true)
    for theme in PageTheme.allCases {
      for type in galleryPages + PageRegistry.all {
        for (index, page) in previews(of: type).enumerated() {
          var frame = PageFrame(theme: theme, path: "/meja")
          if type == PortalGallery.self {
            frame.flash = .saved
            frame.problems = [FieldProblem(field: "surel", sentence: "Tulis alamat surel lengkap, seperti contoh.")]
          } else {
            frame.signedIn = signedIn
          }
          let name = type.template.replacingOccurrences(of: "/", with: "-") + "-\(index)-\(theme.rawValue).html"
          try Data(library.render(page, in: frame).utf8).write(to: folder.appending(path: name))
        }
      }
    }
  }
}
