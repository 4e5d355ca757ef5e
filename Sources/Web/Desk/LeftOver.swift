// What an officer typed into a form the ticket has moved on from.
//
// The refusal says why it was not taken; the form itself is no longer on the page, so its texts stand here, to be read
// and copied. Nothing typed is lost (its draft is kept as well).

import SOP
import Wording

/// One text of a form that has no place on the page any more.
struct LeftOver: PageValue {
  let name: String
  let text: String

  func value(of name: String) -> Shown? {
    switch name {
    case "leftName": .text(self.name)
    case "leftText": .text(text)
    default: nil
    }
  }

  /// The texts of `sent` when its form is not among `shown`; else none.
  static func texts(of sent: SentForm?, shown: Set<String>, _ language: Language) -> [LeftOver] {
    guard let sent, !shown.contains(sent.name) else { return [] }
    return sent.form.fields.compactMap { name, value in
      FormDraft.ours.contains(name) || value.isEmpty
        ? nil : LeftOver(name: FieldLabels.label(of: name, language), text: words(of: value, in: name, language))
    }
  }

  /// Choices are sent as codes: the label that stood beside the choice.
  private static func words(of value: String, in field: String, _ language: Language) -> String {
    let label: String? =
      switch field {
      case "kategori": Category(rawValue: value)?.codedLabel(language)
      case "kewenangan": CheckResult.Authority(rawValue: value)?.label(language)
      case "keputusan": AnalysisDecision.Kind(rawValue: value)?.label(language)
      case "hasil": RegistryReply.Verdict(rawValue: value)?.label(language)
      case "hasil-akhir": Answer.Outcome(rawValue: value)?.label(language)
      default: nil
      }
    return label ?? value
  }
}

/// What the fields of the ticket's page are called there. Their labels stand in the templates; a test holds both equal.
enum FieldLabels {
  static func label(of field: String, _ language: Language) -> String {
    guard let label = all[field] else { return String(decoding: field.utf8.prefix(60), as: UTF8.self) }
    return language.choose(label.indonesian, label.english)
  }

  static let all: [String: Bilingual] = [
    "masalah": Bilingual("Masalah yang dipastikan", "Confirmed problem"),
    "domain": Bilingual("Nama domain", "Domain name"),
    "host": Bilingual("Host yang terdampak", "Affected host"),
    "kategori": Bilingual("Kategori", "Category"),
    "sejak": Bilingual("Sejak", "Since"),
    "instansi": Bilingual("Instansi", "Institution"),
    "kewenangan": Bilingual("Kewenangan pemohon", "The requester's authority"),
    "catatan-kewenangan": Bilingual("Bagaimana kewenangan diperiksa", "How the authority was verified"),
    "penyebab": Bilingual("Penyebab", "Cause"),
    "keputusan": Bilingual("Keputusan", "Decision"),
    "tindakan": Bilingual("Tindakan, kata kerja dahulu", "Action, verb first"),
    "domain-pandi": Bilingual("Domain", "Domain"),
    "sekarang": Bilingual("Sekarang", "Current"),
    "diminta": Bilingual("Yang diminta", "Wanted"),
    "bukti": Bilingual("Bukti", "Evidence"),
    "pesan-pandi": Bilingual("Pesan kepada petugas PANDI", "Message to the registry's officer"),
    "alasan": Bilingual("Alasan", "Reason"),
    "pemilik": Bilingual("Pihak yang berwenang", "Who is responsible"),
    "kontak": Bilingual("Cara menghubungi", "How to reach them"),
    "bukti-rujukan": Bilingual("Bukti", "Proof"),
    "tiket-asli": Bilingual("Tiket asli", "Original ticket"),
    "kelengkapan": Bilingual("Yang diminta dari pemohon", "Asked of the requester"),
    "hasil": Bilingual("Jawaban PANDI", "The registry's reply"),
    "isi-konfirmasi": Bilingual("Isi konfirmasi", "Words of the reply"),
    "rujukan": Bilingual("Nomor rujukan", "Reference"),
    "jawaban": Bilingual("Jawaban", "Answer"),
    "hasil-akhir": Bilingual("Hasil akhir", "Outcome"),
    "pekerjaan": Bilingual("Yang dikerjakan tim sendiri", "What the team did itself"),
    "kata-pemohon": Bilingual("Pernyataan pemohon", "The requester's statement"),
    "alasan-belum": Bilingual("Yang belum selesai", "What is not solved"),
    "pesan": Bilingual("Pesan kepada pemohon", "Message to the requester"),
    "pesan-registri": Bilingual("Pesan kepada PANDI", "Message to the registry"),
    "catatan": Bilingual("Catatan internal", "Internal note"),
    "betul-domain": Bilingual("Domain terdaftar", "Registered domain"),
    "betul-host": Bilingual("Host", "Host"),
    "betul-instansi": Bilingual("Instansi", "Institution"),
    "betul-nama": Bilingual("Nama pemohon", "Requester's name"),
    "catatan-baca": Bilingual("Kepada siapa, dengan cara apa", "To whom, and how"),
    "surel-baru": Bilingual("Alamat surel yang baru", "The new e-mail address"),
    "alasan-alamat": Bilingual("Alasan penggantian", "Why it is changed"),
    "tahap": Bilingual("Tahap tujuan", "Stage"),
  ].merging(Detour.all.compactMap(\.text).map { ($0.field, $0.label) }) { own, _ in own }
}
