import SOP
import Wording

/// The form for a complaint that was spoken: `/meja/baru`.
struct OfficerIntakePage: Page {
  static let template = "pages/desk-baru"

  /// What was typed; empty at first.
  let form: FormData
  /// Makes a repeated click the same complaint.
  let key: String
  let language: Language
  var problems: [FieldProblem] = []

  func value(of name: String) -> Shown? {
    switch name {
    case "isian": .text(key)
    case "kanal": .part(channels)
    case "uraian":
      .part(TextAreaField(name: name, value: form[name] ?? "", error: problems.sentence(for: name), rows: 6))
    case "domain": .part(line(name, limit: 253))
    case "kategori":
      .part(
        list(
          name, language.choose("Belum diketahui", "Not known yet"),
          Category.allCases.map { ($0.rawValue, $0.codedLabel(language)) }))
    case "sejak": .part(line(name, limit: 200))
    case "nama": .part(line(name, required: true, limit: 200))
    case "instansi": .part(line(name, limit: 300))
    case "jenis":
      .part(
        list(
          name, language.choose("Belum diketahui", "Not known yet"),
          InstitutionKind.allCases.map { ($0.rawValue, $0.label(language)) }))
    case "jabatan": .part(line(name, limit: 300))
    case "surel": .part(line(name, kind: .email, limit: 320))
    case "telepon": .part(line(name, kind: .tel, limit: 100))
    case "berkas": .part(FileField(name: name, error: problems.sentence(for: name)))
    default: nil
    }
  }

  private var channels: ChoiceField {
    let chosen = form["kanal"] ?? ContactChannel.telephone.rawValue
    return ChoiceField(
      name: "kanal",
      options: SpokenComplaint.channels.map {
        FieldOption(value: $0.rawValue, label: $0.label(language), isChosen: $0.rawValue == chosen)
      }, error: problems.sentence(for: "kanal"))
  }

  private func line(_ name: String, kind: TextField.Kind = .text, required: Bool = false, limit: Int) -> TextField {
    TextField(
      name: name, value: form[name] ?? "", error: problems.sentence(for: name), kind: kind, required: required,
      limit: limit)
  }

  private func list(_ name: String, _ nothing: String, _ options: [(String, String)]) -> SelectField {
    let chosen = form[name] ?? ""
    return SelectField(
      name: name,
      options: ([("", nothing)] + options).map { FieldOption(value: $0.0, label: $0.1, isChosen: $0.0 == chosen) },
      error: problems.sentence(for: name), required: false)
  }

  static var previews: [OfficerIntakePage] {
    let names = [
      "kanal", "uraian", "domain", "kategori", "sejak", "nama", "instansi", "jenis", "jabatan", "surel", "telepon",
    ]
    let typed = FormData(
      [("kanal", "counter"), ("kategori", "DNS-01"), ("jenis", "village")]
        + names.filter { !["kanal", "kategori", "jenis"].contains($0) }.map { ($0, "Situs <desa> tidak bisa dibuka") })
    let wrong = (names + ["berkas"]).map { FieldProblem(field: $0, sentence: "Tulis isinya.") }
    return [
      OfficerIntakePage(form: FormData(), key: String(repeating: "0", count: 32), language: .indonesian),
      OfficerIntakePage(
        form: typed, key: String(repeating: "0", count: 32), language: .english,
        problems: wrong + [FieldProblem(field: "", sentence: "Coba lagi.")]),
    ]
  }
}
