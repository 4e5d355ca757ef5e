import Foundation

@testable import Web

/// All components on three pages, one per layout; rendered in tests and by `scripts/gallery.sh`, never served.
let galleryPages: [any Page.Type] = [PortalGallery.self, StaffGallery.self, DeskGallery.self]

/// The gallery's templates, by name.
func galleryTemplates() throws -> [String: String] {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../WebGallery")
  var found: [String: String] = [:]
  for name in ["portal", "staff", "desk"] {
    let file = folder.appending(path: "gallery-\(name).mustache")
    found["pages/gallery-\(name)"] = try String(contentsOf: file, encoding: .utf8)
  }
  return found
}

struct PortalGallery: Page {
  static let template = "pages/gallery-portal"
  static let previews = [PortalGallery()]

  func value(of name: String) -> Shown? {
    switch name {
    case "surel":
      .part(
        TextField(
          name: "surel", value: "sari@", error: "Tulis alamat surel lengkap, seperti contoh.", kind: .email,
          autocomplete: "email"))
    case "nama": .part(TextField(name: "nama", required: false, autocomplete: "name"))
    case "uraian":
      .part(
        TextAreaField(name: "uraian", value: "Situs desa kami sukamaju.desa.id tidak bisa dibuka sejak kemarin sore."))
    case "keterangan": .part(TextAreaField(name: "keterangan", error: "Tulis sejak kapan.", required: false))
    case "kategori":
      .part(
        SelectField(
          name: "kategori",
          options: [
            FieldOption(value: "1", label: "Domain tidak dapat diakses", isChosen: true),
            FieldOption(value: "2", label: "Surel tidak jalan"),
          ]))
    case "sejak":
      .part(
        SelectField(
          name: "sejak", options: [FieldOption(value: "", label: "Pilih")], error: "Pilih satu.", required: false))
    case "jawaban":
      .part(
        ChoiceField(
          name: "jawaban",
          options: [
            FieldOption(
              value: "a", label: "Sudah dikerjakan", note: "Kami periksa sendiri dari luar setelah ini.", isChosen: true
            ),
            FieldOption(value: "b", label: "Tidak dapat, karena…"),
          ]))
    case "kanal":
      .part(
        ChoiceField(
          name: "kanal", options: [FieldOption(value: "w", label: "WhatsApp")], error: "Pilih paling sedikit satu.",
          many: true, required: false))
    case "berkas": .part(FileField(name: "berkas"))
    case "bukti":
      .part(FileField(name: "bukti", error: "Berkas terlalu besar. Kirim berkas yang lebih kecil.", required: true))
    default: nil
    }
  }
}

struct StaffGallery: Page {
  static let template = "pages/gallery-staff"
  static let previews = [StaffGallery()]

  func value(of name: String) -> Shown? {
    switch name {
    case "awal": .part(Pager(older: Link("/meja", query: [("after", "50")]), place: "1–50 dari 412"))
    case "akhir": .part(Pager(newer: Link("/meja")))
    default: nil
    }
  }
}

struct DeskGallery: Page {
  static let template = "pages/gallery-desk"
  static let previews = [DeskGallery()]

  func value(of name: String) -> Shown? {
    name == "bodyHTML" ? .clean(CleanHTML(plain: "Situs desa kami\nsukamaju.desa.id")) : nil
  }
}
