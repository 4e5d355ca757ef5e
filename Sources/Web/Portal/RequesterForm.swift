import Desk
import SOP
import Wording

/// Who complains, as typed, and what is wrong with it.
struct RequesterForm: Sendable, Equatable {
  var institution = ""
  var kind = ""
  var name = ""
  var position = ""
  var email = ""
  var phone = ""

  init(_ draft: ComplaintDraft) {
    (institution, kind, name) = (draft.institution, draft.kind, draft.name)
    (position, email, phone) = (draft.position, draft.email, draft.phone)
  }

  init(_ form: FormData) {
    func line(_ name: String) -> String { form.text(name, limit: 2_000) }
    (institution, kind, name) = (line("instansi"), line("jenis"), line("nama"))
    (position, email, phone) = (line("jabatan"), line("surel"), line("telepon"))
  }

  func problems(_ language: Language) -> [FieldProblem] {
    var found: [FieldProblem] = []
    func no(_ field: String, _ indonesian: String, _ english: String) {
      found.append(FieldProblem(field: field, sentence: language.choose(indonesian, english)))
    }
    if !institution.holdsWords {
      no("instansi", "Tulis nama instansi, misalnya: Pemerintah Desa Sukamaju.", "Name the institution.")
    } else if institution.utf8.count > 300 {
      no("instansi", "Nama instansi terlalu panjang. Singkat namanya.", "The institution's name is too long.")
    }
    if InstitutionKind(rawValue: kind) == nil { no("jenis", "Pilih jenis instansinya.", "Choose the kind.") }
    if !name.holdsWords {
      no("nama", "Tulis nama Bapak/Ibu.", "Write your name.")
    } else if name.utf8.count > 200 {
      no("nama", "Nama terlalu panjang. Tulis nama yang biasa dipakai.", "The name is too long.")
    }
    if position.utf8.count > 300 { no("jabatan", "Jabatan terlalu panjang. Singkat.", "The position is too long.") }
    if !email.isEmpty, !RequesterForm.isAddress(email) {
      no(
        "surel", "Tulis alamat surel lengkap, seperti contoh: sari@sukamaju.desa.id",
        "Write the whole e-mail address, like this example: sari@sukamaju.desa.id")
    }
    if !phone.isEmpty, !RequesterForm.isPhone(phone) {
      no(
        "telepon", "Tulis nomor telepon dengan angka saja, seperti contoh: 0812 3456 7890",
        "Write the telephone number in digits, like this example: 0812 3456 7890")
    }
    return found
  }

  func put(into draft: inout ComplaintDraft) {
    (draft.institution, draft.kind, draft.name) = (institution, kind, name)
    (draft.position, draft.email, draft.phone) = (position, email.asciiLowered, phone)
  }

  /// An address a letter can go to: RFC 5321 §4.1.2 without quoted local parts and address literals.
  static func isAddress(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: 64, omittingEmptySubsequences: false)
    guard parts.count == 2, text.utf8.count <= 254, (1...64).contains(parts[0].count) else { return false }
    let dots = parts[0].split(separator: 46, omittingEmptySubsequences: false)
    let signs = Array("!#$%&'*+-/=?^_`{|}~".utf8)
    let isLocal = dots.allSatisfy { part in
      !part.isEmpty
        && part.allSatisfy {
          (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || signs.contains($0)
        }
    }
    return isLocal && DomainName(String(decoding: Array(parts[1]), as: UTF8.self)) != nil
  }

  private static func isPhone(_ text: String) -> Bool {
    let digits = text.utf8.count { (48...57).contains($0) }
    return (8...15).contains(digits) && text.utf8.count <= 40
      && text.utf8.allSatisfy { (48...57).contains($0) || [32, 40, 41, 43, 45, 46].contains($0) }
  }
}

extension String {
  /// Is there anything to read in it? White space, controls and invisible marks are nothing.
  var holdsWords: Bool {
    unicodeScalars.contains { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator: false
      default: !scalar.properties.isWhitespace && !scalar.properties.isDefaultIgnorableCodePoint
      }
    }
  }
}
